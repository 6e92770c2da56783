"""How likely it is that the passages found hold the answer, before any model has been asked.

And how likely an answer is right, once its claims have been checked. Knows no model.
"""

import math
import re
from collections import defaultdict
from collections.abc import Sequence

from index.queries import Hit
from index.rank import stem
from index.tongues import comparable, form, language_of
from qa_service.answers import Claim, Verdict
from qa_service.evidence import content_words
from qa_service.premise import share

# A capital or a digit, but not the capital of the first word.
NAME = re.compile(r"(?<!^)\b(?:[^\W\d_a-z]\w*|\w*\d\w*)")

# Logistic regression on half of 673 dated questions about news, 453 of them answerable; on the
# other half it told answerable from absent with an AUC of .965, where the cosine alone had .90.
SIMILARITY_WEIGHT, COVERAGE_WEIGHT, SHARE_WEIGHT, BIAS = 8.6, 9.4, 5.0, -16.0

# Below it the model is not asked: of all these questions that refuses 72 % of the absent ones, in
# milliseconds, and 1.1 % of the answerable ones; 0.28 refuses 76 % and 2.0 %.
WORTH_ASKING = 0.2
# One word of a few that is told in another way, as "won the cup final" where they won the cup,
# outweighs all that fits. Of 16 questions of two or three words to the sample news .1 refuses one
# where .2 refuses three, and asks the model one of 16 others more.
WORTH_ASKING_BRIEF = 0.1
BRIEF = 4  # words that tell what a question is about


# Of 404 questions, 244 of them answerable, over what the passages promised: the share of right
# answers whose claims stand in the sentences that the model named (.75 of 138); of those moved or
# told in the article's own words (.61 of 100); and the share of answerable questions among those of
# which every claim was refused (.34 of 115).
NAMED, MOVED, REFUSED = 0.8, 0.7, 0.42

# Of a question in another language than English the cosine says little: the default embedding
# model is an English one. It is taken to be middling, so that the words decide.
FOREIGN_SIMILARITY = 0.5


def confidence(question: str, hits: Sequence[Hit]) -> float:
    """Return a probability, from the hits whose articles are of the question's time.

    It rises with the best passage's cosine, with the words that one article's passages share, and
    with the share of the question's names that one article has.
    """
    if not hits:
        return 0.0
    similarity = max(hit.similarity for hit in hits)
    if language_of(question) != "en":
        similarity = FOREIGN_SIMILARITY
    weighed = (
        SIMILARITY_WEIGHT * similarity
        + COVERAGE_WEIGHT * coverage(question, hits)
        + SHARE_WEIGHT * share(question, hits)
    )
    return 1 / (1 + math.exp(-BIAS - weighed))


def is_worth_asking(question: str, confidence: float) -> bool:
    """Whether the model is to be asked."""
    is_brief = len(telling(question)) <= BRIEF
    return confidence >= (WORTH_ASKING_BRIEF if is_brief else WORTH_ASKING)


def revised(before: float, claims: Sequence[Claim]) -> float:
    """Return the probability once the claims have their verdicts.

    Of an answer it is that of being right; of "not found", that the passages held the answer.
    """
    supported = [claim for claim in claims if claim.verdict is Verdict.SUPPORTED]
    if not supported:
        return before * (REFUSED if claims else 1)
    is_moved = any(claim.moved or claim.verbatim for claim in supported)
    return before * (MOVED if is_moved else NAMED)


def coverage(question: str, hits: Sequence[Hit]) -> float:
    """Return the largest share of the question's words that the passages of one article have.

    Its headline and the day it was published count as its words, and a name or number of the
    question counts twice.
    """
    weights = {word: 1 + is_telling for word, is_telling in telling(question).items()}
    language = language_of(question)
    found: dict[str, set[str]] = defaultdict(set)
    for hit in hits:
        found[hit.passage.article.id] |= words_of(hit, language) & weights.keys()
    shares = [sum(weights[word] for word in words) for words in found.values()]
    return max(shares, default=0) / (sum(weights.values()) or 1)  # an emoji has no words


def telling(question: str) -> dict[str, bool]:
    """Return the stems of what is asked about, and whether each is a name or a number."""
    language = language_of(question)
    reduced = stem if language == "en" else form
    names = {reduced(w.casefold()) for w in NAME.findall(question) if language != "de"}
    return {word: word in names for word in words_in(question, language)}


def words_of(hit: Hit, language: str) -> set[str]:
    """Return the stems of a passage, its headline and its date, as a question's are made."""
    article = hit.passage.article
    day = f"{article.published:%d %B %Y}" if article.published else ""
    return words_in(f"{article.title} {hit.passage.text} {day.lstrip('0')}", language)


def words_in(text: str, language: str) -> set[str]:
    """Return what a text is about, comparable within one language of the question."""
    return content_words(text) if language == "en" else comparable(text, language)
