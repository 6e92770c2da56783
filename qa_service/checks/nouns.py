"""A common noun in another's place: "the bank sued" on "the firm sued".

Looked at is only a claim that keeps the sentence word for word around the noun, and only a noun
behind its article. Near synonyms of the news may stand for each other; what is not in the table is
held to be another thing. Knows English only.
"""

from collections.abc import Iterator
from functools import lru_cache

from qa_service.answers import Issue
from qa_service.checks import names
from qa_service.checks.alignment import laid, reordered
from qa_service.checks.cited import Cited
from qa_service.checks.quantities import quantities
from qa_service.checks.senses import sense
from qa_service.checks.stemmer import alike
from qa_service.checks.words import Token, is_content, lemma, lemmas, tokens, word_set

SYNONYMS = """
company firm business corporation group enterprise maker manufacturer car vehicle automobile |
child kid youngster | policeman officer cop | plane aircraft jet airliner ship boat vessel ferry |
house home property building | road street highway | town city village money cash sum amount | job
post position role | doctor physician medic | lawyer attorney solicitor storm hurricane typhoon
cyclone | fire blaze inferno | quake earthquake tremor | shop store outlet government
administration cabinet | lawmaker legislator politician | law legislation bill measure act vote
poll ballot election referendum | deal agreement accord pact contract treaty | war conflict attack
strike assault raid offensive | soldier troop | worker employee staff | boss head chief leader
study research survey report paper analysis review | scientist researcher expert | court tribunal
plan proposal scheme project | price cost | pay salary wage | virus disease illness outbreak
vaccine jab shot | drug medicine medication | team side club squad | match game | fan supporter
prize award honour honor | book novel | song track single | film movie picture | show series
programme program | phone smartphone | passenger traveller traveler | migrant refugee immigrant
protester demonstrator | crash accident collision | blast explosion | area region district border
frontier | truce ceasefire | talk negotiation | spokesman spokeswoman spokesperson decision ruling
verdict judgment | judge justice magistrate | country nation state | woman lady man guy | photo
photograph picture image | reporter journalist | rise increase | fall drop decline damage
destruction | holiday vacation | flat apartment | lift elevator | fee charge | tax levy rule
regulation | cause reason | effect impact | aim goal | party | body corpse | inquiry investigation
probe | warning alert | meeting summit | concert gig | tour | record | gun weapon firearm rifle
pistol | teen teenager | baby infant newborn | pupil student | shopper customer client | resident
inhabitant
"""
GENERAL = lemmas("people person time year day week month hour minute other case percent item")
WIDE = lemmas("company firm group organization agency country place animal person man woman team")
DETERMINERS = word_set("the a an its his her their this that our")
GROUPS = [{lemma(w) for w in group.split()} for group in SYNONYMS.replace("\n", " ").split("|")]


def check(claim: str, cited: Cited) -> list[Issue]:
    """Name a noun in another noun's place, or one that is counted and that nobody mentions."""
    if (cited.language or "en") != "en":
        return []
    return misplaced(claim, cited) or unheard_of(claim, cited)


def unheard_of(claim: str, cited: Cited) -> list[Issue]:
    """Name what the claim counts, if the whole article never mentions it: "280,000 *tanks*"."""
    if not cited.article:
        return []
    there = mentioned(cited.article)
    for place, noun in counted(claim, cited.language or "en"):
        known = {sense(noun), *(w for g in GROUPS if noun in g for w in g)}
        if noun not in GENERAL and not known & there and not any(alike(noun, w) for w in there):
            written = tokens(claim)[place].text
            return [Issue("content", f"The article says nothing of “{written}”.")]
    return []


def counted(claim: str, language: str) -> Iterator[tuple[int, str]]:
    """Where the claim has a plural right behind a number, and its stem."""
    words = tokens(claim)
    for quantity in quantities(claim, language):
        at = quantity.last
        if at < len(words) and is_plural(words[at]):
            yield at, words[at].stem


def is_plural(token: Token) -> bool:
    """Whether a word is written as the plural of a common noun."""
    return token.text.islower() and token.key.endswith("s") and is_content(token)


@lru_cache(maxsize=512)
def mentioned(text: str) -> frozenset[str]:
    """The stems and senses of all words of a text."""
    stems = {t.stem for t in tokens(text) if t.is_word}
    return frozenset(stems | {sense(s) for s in stems})


def misplaced(claim: str, cited: Cited) -> list[Issue]:
    """Name the first noun of the claim that stands in another noun's place."""
    for sentence in cited.sentences:
        over = laid(claim, sentence)
        for edit in over.edits:
            mine, theirs = over.claim[slice(*edit.mine)], over.sentence[slice(*edit.theirs)]
            if not edit.anchored or len(mine) != 1 or len(theirs) != 1 or reordered(over, edit):
                continue
            before = over.claim[edit.mine[0] - 1] if edit.mine[0] else None
            in_place = before is None or before.key in DETERMINERS
            own = names.granted(mine, cited) or is_asked(mine[0], cited)
            if in_place and another(mine[0], theirs[0]) and not own:
                told = (
                    f"The claim says “{mine[0].text}”; the cited sentence says “{theirs[0].text}”."
                )
                return [Issue("content", told)]
    return []


def is_asked(noun: Token, cited: Cited) -> bool:
    """Whether the question calls something by a wide name: "the company", which is an airline."""
    return noun.stem in WIDE and noun.stem in {t.stem for t in tokens(cited.asked)}


def another(one: Token, other: Token) -> bool:
    """Whether two nouns cannot be one thing under two names."""
    if not (is_content(one) and is_content(other)) or other.is_capital or one.is_capital:
        return False
    if alike(one.stem, other.stem) or sense(one.stem) == sense(other.stem):
        return False
    return not any(one.stem in group and other.stem in group for group in GROUPS)
