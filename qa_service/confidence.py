"""How likely it is that the passages found hold the answer, before any model has been asked."""

import math
from collections.abc import Sequence

from index.queries import Hit
from qa_service.evidence import content_words

# Fitted by `python -m eval calibrate` (see docs/answers.md).
WEIGHTS = {"similarity": 8.0, "coverage": 3.0}
BIAS = -5.0
WORTH_ASKING = 0.15


def confidence(question: str, hits: Sequence[Hit]) -> float:
    """Return a probability, from the best passage's cosine and the words that passages share."""
    if not hits:
        return 0.0
    similarity = max(hit.similarity for hit in hits)
    features = {"similarity": similarity, "coverage": coverage(question, hits)}
    return 1 / (1 + math.exp(-BIAS - sum(WEIGHTS[k] * v for k, v in features.items())))


def coverage(question: str, hits: Sequence[Hit]) -> float:
    """Return the largest share of the question's words that one passage has, headline included."""
    wanted = content_words(question)
    shares = [
        len(wanted & content_words(f"{hit.passage.article.title} {hit.passage.text}")) / len(wanted)
        for hit in hits
        if wanted
    ]
    return max(shares, default=0.0)
