"""Whether a claim has anything to stand on: how many of its words the source has.

This check can only refuse. It says nothing for a claim whose words are all there in another order;
the other checks are for that. In scripts without capitals, where no name can be told from a word,
every word must be there.
"""

from functools import lru_cache

from index.documents import Article
from qa_service.answers import Issue
from qa_service.checks import outcomes
from qa_service.checks.cited import Cited
from qa_service.checks.number_words import NUMERALS
from qa_service.checks.overlap import (
    added,
    has,
    has_form,
    in_dates,
    is_bare,
    share,
    stems,
    told_share,
    without_case,
    written,
)
from qa_service.checks.words import is_content, last_sentence, tokens
from qa_service.evidence import ASKING
from qa_service.premise import missing

# Two content words in five: honest paraphrases of one sentence keep more than half of them, once
# headline and the sentence before are counted, and a claim on another matter seldom has a third.
LEAST_SHARE = 0.4
# A bare name answers where the sentence has so many of the question's words, and with its headline
# so many: any other sentence below a fitting headline names somebody, too.
LEAST_BARE, LEAST_ASKED = 0.4, 0.5
# Or so many, where the question's names are all near: eight right answers more of 358 questions
# that have one, one wrong one, and one to 125 others.
LEAST_NAMED = 0.25
# Of the other words of an answer that stands in the cited sentence: they are the question's own.
LEAST_TOLD = 0.25
# Of the words that a claim shares with the question, the whole article has over half.
LEAST_KNOWN = 0.55
FEW = 3  # words, of which a share tells nothing
NEXT_TO_NONE = 2  # words of the question in a claim: "The measure is called the X Act"


def check(claim: str, cited: Cited) -> list[Issue]:
    """Refuse a claim most of whose content words are nowhere in what it cites.

    Refuse, too, what is no statement: whatever sentence has "Batgirl" would bear it out.
    """
    words = [t for t in tokens(claim) if is_content(t) and t.key not in NUMERALS]
    if not words and not any(t.text[0].isdecimal() for t in tokens(claim)):
        return [Issue("empty", "The claim says nothing that could be checked.")]
    around = cited.around + "\n" + cited.source
    if not words or is_bare(claim):  # "$26 million" is a bare number, too
        return answers(claim, cited)
    dated = {t.start for t in in_dates(claim, cited.language or "en")}
    foreign = [
        t.text for t in words
        if without_case(t) and t.start not in dated and not has_form(t, around)
    ]  # fmt: skip
    if foreign:
        return [Issue("content", f"“{foreign[0]}” is not in the cited sentence.")]
    if cited.asked and known_share(claim, cited) < LEAST_KNOWN:
        return [Issue("content", "The article is not about what was asked.")]
    if not (tells_answer(claim, cited) or tells_most(claim, cited)):
        return [Issue("content", "Most of what the claim says is not in the cited sentence.")]
    return []


def tells_most(claim: str, cited: Cited) -> bool:
    """Whether most words of a claim are in the cited sentences, and with what explains them."""
    told = told_share(claim, cited.told if cited.asked else cited.text)
    around = cited.around + "\n" + cited.source
    return told >= LEAST_SHARE and share(claim, around) >= LEAST_SHARE


def tells_answer(claim: str, cited: Cited) -> bool:
    """Whether the cited sentences have the whole answer; the other words are the question's own.

    Of these, names too, they have some. If the claim has next to none, as in "The law is called
    the X Act", the question itself is compared.
    """
    answer = added(claim, cited.asked) if cited.asked else []
    if not answer or not all(written(t, cited.text) for t in answer):
        return False
    if len(stems(claim) - {t.stem for t in answer}) < NEXT_TO_NONE:
        return is_asked(cited)
    return share(claim, cited.told) >= LEAST_TOLD


def answers(claim: str, cited: Cited) -> list[Issue]:
    """Refuse a bare name or number, unless one cited sentence has it and tells what was asked."""
    if not cited.asked:
        return [Issue("empty", "A name or a number alone states nothing that could be checked.")]
    if len(cited.sentences) > 1 or not is_asked(cited) or share(claim, cited.text) < 1:
        return [Issue("content", "The cited sentence does not tell what was asked.")]
    return []


def is_asked(cited: Cited) -> bool:
    """Whether the cited sentences tell what was asked, and what is near them its deed.

    Asked how much Ann Smith spent, a bare sum is no answer from a sentence that has her earn it.
    """
    if not outcomes.tells_deed(cited.asked, cited.told):
        return False
    if asked_share(cited.asked, cited.told) < LEAST_ASKED:
        return False
    own = asked_share(cited.asked, cited.text)
    return (own >= LEAST_BARE and has_figures(cited)) or (own >= LEAST_NAMED and is_named(cited))


def has_figures(cited: Cited) -> bool:
    """Whether the cited sentences, or what is near them, have every number of the question."""
    figures = [t for t in tokens(cited.asked) if any(c.isdecimal() for c in t.text)]
    return all(written(t, cited.told) for t in figures)


def is_named(cited: Cited) -> bool:
    """Whether they have every name and number; a year may be that of the publication."""
    near = Article(
        "", "", cited.headline, cited.told, source=cited.source, published=cited.published
    )
    return not missing(cited.asked, near)


def known_share(claim: str, cited: Cited) -> float:
    """The share of the question's words in a claim that the article has somewhere."""
    words = [s for s in stems(claim) if has(s, cited.asked)]
    if len(words) < FEW:
        return 1.0
    return sum(has(s, cited.article) for s in words) / len(words)


def asked_share(asked: str, text: str) -> float:
    """The share of a question's words that a text has: of all of it, or of its last sentence.

    "A jury convicted him. Which company did he lead?" asks only the second.
    """
    words = [asked_about(part) for part in (asked, last_sentence(asked))]
    return max(sum(has(s, text) for s in part) / len(part) if part else 0.0 for part in words)


@lru_cache(maxsize=512)
def asked_about(question: str) -> frozenset[str]:
    """The stems of what a question is about, "cite", "figure" and the like aside."""
    return frozenset(
        t.stem for t in tokens(question)
        if is_content(t) and t.key not in NUMERALS and t.key not in ASKING
    )  # fmt: skip
