"""The article's own sentence, where what the model wrote about it could not be verified.

A model finds the answer and words the rest of its claim so that no check can follow it. The claim
stays refused; but if a sentence has its whole answer and tells what was asked, the reader gets that
sentence, word for word. What it says is true of the article in any case, so a similarity may have a
part in choosing it. Accepts nothing: `verify` judges the sentence like any other claim.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from index.documents import Sentence
from index.split import split_sentences
from qa_service.answers import Claim, DraftClaim
from qa_service.candidates import Candidates
from qa_service.checks import content, overlap
from qa_service.checks.nouns import GENERAL
from qa_service.checks.words import tokens, word_set
from qa_service.evidence import states

Refused = tuple[DraftClaim, Claim]
Similarities = Callable[[str, Sequence[str]], Sequence[float]]  # cosines of a question and texts

# The share of the question's words in the sentence under its headline, and its cosine to the
# question, together. What is told is read again, so this may be low: of 80 + 68 questions 1.1 had
# 42 right and answered 16 without an answer, 0.9 had 47 and 18, and 0.7 had 49 and 19.
TO_THE_POINT = 0.7
TO_THE_POINT_UNREAD = 1.1
MOST = 0.75  # of the answer's words
# The number of another thing is no answer in the source's words either: "how many tanks".
FIGURES = frozenset({"number", "unit"})
HOW_MANY = re.compile(r"\bhow many (?:\w+ )?(\w+)", re.IGNORECASE)
LONGEST = 400  # characters; what is longer answers no question at a glance
# "This coincides with a holiday" says nothing without the sentence before it.
POINTING = word_set("he she it they this that these those his her its their there then but and so")


def sentences(
    refused: Sequence[Refused],
    shown: Mapping[str, Sentence],
    asked: str,
    similarities: Similarities,
    *,
    least: float = TO_THE_POINT,
) -> list[Sentence]:
    """Return the sentences that answer what the refused claims were to answer, the best first."""
    pool = list(dict.fromkeys(s for drafted, claim in refused
                              for s in holding(drafted, claim, shown, asked)))  # fmt: skip
    cosines = similarities(asked, [s.text for s in pool])
    scored = [(told(s, asked) + cosine, s) for s, cosine in zip(pool, cosines, strict=True)]
    scored.sort(key=lambda pair: -pair[0])
    return [sentence for score, sentence in scored if score >= least]


def holding(
    drafted: DraftClaim, claim: Claim, shown: Mapping[str, Sentence], asked: str
) -> Iterator[Sentence]:
    """Yield the sentences of the articles shown that have the answer of a refused claim."""
    groups = Candidates(drafted.text, shown.values(), (), asked)
    if not groups.answer:
        return
    disputed = FIGURES & {issue.kind for issue in claim.issues}
    for article in dict.fromkeys(sentence.article for sentence in groups.shown):
        for sentence in split_sentences(article):
            is_counted = not disputed or counts(sentence.text, asked)
            if is_counted and answers(groups, sentence) and stands_alone(sentence.text):
                yield sentence


def answers(groups: Candidates, sentence: Sentence) -> bool:
    """Whether a sentence has every name and number of the answer, and most of its other words."""
    named = [t for t in groups.answer if t.is_capital or t.text[0].isdecimal()]
    return groups.answer_share((sentence,)) >= MOST and all(
        overlap.written(token, sentence.text) for token in named
    )


def told(sentence: Sentence, asked: str) -> float:
    """The share of the question's words that a sentence has under its headline."""
    return content.asked_share(asked, f"{sentence.article.title}\n{sentence.text}")


def counts(text: str, asked: str) -> bool:
    """Whether a text mentions what the question wants counted, if it names that."""
    wanted = [t for match in HOW_MANY.finditer(asked) for t in tokens(match[0])[2:]]
    return not wanted or any(t.stem in GENERAL or overlap.has(t.stem, text) for t in wanted)


def stands_alone(text: str) -> bool:
    """Whether a sentence states something, is short and does not point at the one before it."""
    first = next((token.key for token in tokens(text) if token.is_word), "")
    return len(text) <= LONGEST and first not in POINTING and states(text)
