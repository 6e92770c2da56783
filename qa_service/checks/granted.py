"""What the question says and the article of the cited sentences bears out, wherever it says so.

Asked who slashed 31,000 flights, a model answers "X slashed 31,000 flights" from a sentence that
has X and no number: the flights are the reader's own words, and the headline has them. A check asks
here before it refuses a claim for such words. What the claim adds to the question is never granted,
nor is what the question says and the article does not: "how many tanks", "who lost". The words of
names are `names.granted`, numbers `numbers.granted`.
"""

from functools import lru_cache

from qa_service.checks import names, overlap
from qa_service.checks.anchors import Relation
from qa_service.checks.antonyms import akin
from qa_service.checks.cited import Cited
from qa_service.checks.mentions import small_words
from qa_service.checks.predicates import INFINITIVE, Word, polarity, predicates
from qa_service.checks.relations import reading
from qa_service.checks.words import Token, tokens


def word(mine: Word, cited: Cited) -> bool:
    """Whether question and article have a word, denied and hedged as the claim has it."""
    return all(
        any(
            (w.meaning, w.negative) == (mine.meaning, mine.negative) and as_sure(w, mine)
            for w in predicates(text)
        )
        for text in (cited.asked, cited.article)
    )


def hedge(mine: Word, cited: Cited) -> bool:
    """Whether the question leaves a word open: an answer that does so too claims no more."""
    return any(w.meaning == mine.meaning and w.hedge for w in predicates(cited.asked))


def turn(mine: Token, *, denied: bool, cited: Cited) -> bool:
    """Whether question and article have a word that tells a direction, denied as in the claim."""
    return all(
        any(is_denied == denied and akin(mine, token) for token, is_denied in turns(text))
        for text in (cited.asked, cited.article)
    )


def bond(mine: Relation, cited: Cited) -> bool:
    """Whether question and article join a name to the word that governs it."""
    return mine.kind == "name" and all(
        any(
            r[:3] == mine[:3] and names.same_name(r.anchor, mine.anchor)
            for r in reading(text, cited.language or "en", small_words(text)).relations
        )
        for text in (cited.asked, cited.article)
    )


def titled(name: tuple[str, ...], claim: str, cited: Cited) -> bool:
    """Whether a name is the question's own and the headline has it beside the whole answer.

    "Prince George is going to Eton College", above "the eldest child of Prince William will".
    """
    title = cited.article.partition("\n")[0]
    added = overlap.added(claim, cited.asked) if cited.asked else []
    answer = [t for t in added if t.is_capital or t.text[0].isdecimal()] or added
    both = (names.vocabulary(cited.asked), names.vocabulary(title))
    return (
        bool(answer)
        and all(set(name) <= there for there in both)
        and all(overlap.written(token, title) for token in answer)
    )


def as_sure(one: Word, other: Word) -> bool:
    """Whether two words are both hedged or both stated; an infinitive may be either."""
    return INFINITIVE in (one.hedge, other.hedge) or bool(one.hedge) == bool(other.hedge)


@lru_cache(maxsize=512)
def turns(text: str) -> tuple[tuple[Token, bool], ...]:
    """The words of a text and whether each is denied."""
    return tuple(zip(tokens(text), polarity(text), strict=True))
