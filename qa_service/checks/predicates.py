"""Which words of a text stand under a "not" or a "may". One scan, two questions.

A negator or hedge reaches to the end of its clause. The first word of meaning after it is its
head: "did not *resign* on Sunday", "plans to *visit* Paris". Knows no irony, no "few" and no "if
only"; a clause ends where a comma, a conjunction or a relative pronoun says so.
"""

from functools import lru_cache
from typing import NamedTuple

from qa_service.checks.common_words import COMMON
from qa_service.checks.senses import sense
from qa_service.checks.words import Token, is_content, lemmas, tokens, word_set

NOT = word_set(
    "not never no cannot without nobody none nothing neither nor nowhere hardly barely scarcely "
    "nicht kein keine keinen keinem keiner nie niemals ohne niemand nichts weder "
    "pas jamais aucun aucune sans ni rien personne "
    "nunca ningun ninguna sin tampoco nadie "
    "не нет никогда без ни никто ничего لا لم لن ليس ليست بدون غير 不 没 無 无 未 非"
)
NOT_WITH_TO = lemmas(  # negate what they are followed by: "refused to sign", "denied taking it"
    "refuse fail decline deny unable reject stop prevent avoid cease forget neglect abstain refrain"
)
NO_NEGATION = {  # what looks like a negation and is none
    "not": word_set("only just merely least to until"),
    "no": word_set("doubt fewer less more later sooner matter"),
    "nothing": word_set("but"),
}
OPEN = word_set(
    "may might could would will shall should must if unless possibly perhaps maybe potentially "
    "potential possible planned expected proposed likely scheduled upcoming hypothetical intended "
    "prospective whether wird werden würde könnte soll sollte pourrait sera seront devrait podría "
    "podria debería sería может могут мог будет будут ли"
)
ALLEGED = word_set(
    "alleged allegedly reportedly suspected purported purportedly supposedly apparently rumored "
    "rumoured unconfirmed mutmaßlich angeblich presunto présumé предположительно"
)
OPEN_WITH_TO = lemmas(
    "plan want hope intend aim seek vow pledge promise threaten ask urge order tell call agree "
    "decide offer propose consider set go about expect schedule prepare try attempt ready due "
    "wish refuse poise need"
)
ALLEGED_WITH = lemmas("accuse suspect charge believe think rumor allege claim")
STOPS = word_set(
    "but because although though while whereas who which whom when after before since and so yet "
    "aber weil und der mais parce et pero porque y но потому и который"
)
SIGNS = frozenset(',.;:!?()—–…\n"“”«»„')
INFINITIVE = "infinitive"  # "was chosen to lead": done or not, the words do not tell
REACH = 4  # words between "asked" and its "to": "asked the prime minister to"


class Word(NamedTuple):
    """A word of meaning and what it stands under."""

    meaning: str  # its sense, or its stem
    text: str
    negative: bool
    hedge: str  # "", "open", "alleged", or INFINITIVE: it says neither
    not_head: bool  # the first word under the negation
    hedge_head: bool


@lru_cache(maxsize=8192)
def predicates(text: str) -> tuple[Word, ...]:
    """Scan a text for its words of meaning."""
    words = tokens(text)
    out: list[Word] = []
    negative, hedge, not_head, hedge_head = False, "", False, False
    start_at = -1  # a "to" that starts a hedge announced by "plans"
    pending = ("", False)
    for at, token in enumerate(words):
        if ends_clause(words, at):
            negative, hedge, not_head, hedge_head, start_at = False, "", False, False, -1
            continue
        if token.key in ("or", "nor", "oder", "ou", "или"):
            not_head = negative
        if negates(words, at):
            negative, not_head = not negative, True
            continue
        if at == start_at:
            flips = pending[1]
            negative, not_head = negative ^ flips, not_head or flips
            hedge, hedge_head = pending[0] or hedge, hedge_head or bool(pending[0])
            continue
        if token.key in OPEN or token.key in ALLEGED:
            hedge, hedge_head = "alleged" if token.key in ALLEGED else "open", True
            continue
        opens_at, kind, flips = leads(words, at)
        if opens_at:
            start_at, pending = opens_at, (kind, flips)
            if token.stem not in NOT_WITH_TO:
                continue
        if is_content(token) and not is_adverb(token) and not is_name(words, at):
            open_ended = INFINITIVE if at and words[at - 1].key == "to" else ""
            out.append(
                Word(
                    sense(token.stem),
                    token.text,
                    negative,
                    hedge or open_ended,
                    not_head,
                    hedge_head,
                )
            )
            not_head = hedge_head = False
            if opens_at == at + 1 and flips and words[opens_at].key not in ("to", "that", "from"):
                negative, not_head, start_at = not negative, True, -1
    return tuple(out)


def ends_clause(words: tuple[Token, ...], at: int) -> bool:
    """Whether what went before reaches no further than here."""
    return words[at].text in SIGNS or words[at].key in STOPS


def negates(words: tuple[Token, ...], at: int) -> bool:
    """Whether the word at a place turns what follows into its contrary."""
    key = words[at].key
    if key.endswith("n't") or key == "cannot":
        return True
    if key not in NOT:
        return False
    following = words[at + 1] if at + 1 < len(words) else None
    if following is None or following.key in NO_NEGATION.get(key, ()):
        return False
    return not (key == "no" and (following.text[0].isdecimal() or following.text == "."))


def leads(words: tuple[Token, ...], at: int) -> tuple[int, str, bool]:
    """Where a verb such as "plans", "refused" or "accused" begins to govern; 0 if it does not."""
    stem = words[at].stem
    if stem in NOT_WITH_TO:
        following = words[at + 1] if at + 1 < len(words) else None
        if following is None:
            return 0, "", False
        governed = following.key in ("to", "that", "from", "he", "she", "they", "it", "any")
        return (at + 1, "", True) if governed or following.key.endswith("ing") else (0, "", False)
    if stem in OPEN_WITH_TO:
        return find(words, at, ("to",)), "open", False
    if stem in ALLEGED_WITH:
        return find(words, at, ("of", "with", "to", "that")), "alleged", False
    return 0, "", False


def find(words: tuple[Token, ...], at: int, links: tuple[str, ...]) -> int:
    """The place of the next link word within reach and within the clause, or 0."""
    for place in range(at + 1, min(at + 2 + REACH, len(words))):
        if words[place].key in links:
            return place
        if ends_clause(words, place):
            return 0
    return 0


def is_name(words: tuple[Token, ...], at: int) -> bool:
    """Whether a word is written as a name; names are neither denied nor planned."""
    if not words[at].is_capital:
        return False
    begins = at == 0 or words[at - 1].text in '.!?\n“"'
    followed = at + 1 < len(words) and words[at + 1].is_capital
    return not begins or (followed and words[at].key not in COMMON)


def is_adverb(token: Token) -> bool:
    """Whether a word merely colours the verb after it."""
    return (len(token.key) > 4 and token.key.endswith("ly")) or token.key in (
        "yet",
        "ever",
        "fully",
    )
