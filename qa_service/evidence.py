"""Retrieve big, quote small: from the passages found, the sentences that the model is shown.

A sentence is wanted for the question's words in it and, less, in the sentence before and after it
and in the headline: the answer often stands beside the words that were asked for. A number or a
name, where one is asked for, speaks for a sentence as well. Knows nothing of prompts and models.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.documents import Article, Passage, Sentence
from index.queries import Hit
from index.rank import ASKING as FUNCTION_WORDS
from index.rank import stem
from index.split import split_sentences
from index.tongues import comparable, language_of
from qa_service.orders import gives_orders
from qa_service.wanted import could_answer

# About 300 tokens. Two cores read 50 to 70 prompt tokens a second, so this is five of the seconds
# that a reader waits. Of 564 answerable questions the sentences chosen held the answer to 86 %,
# with 1,600 characters to 89 %; the passages whole, of 484 of them, to 93 %.
EVIDENCE_CHARS = 1200
PASSAGES = 6  # further down, a passage more often misleads than helps
HEADING = 40  # characters beside the title: the date, and the ids of its sentences
BESIDE = 0.5  # what a word counts that stands in the sentence before, or in the headline
AHEAD = 0.25  # or in the sentence after
RANK_WEIGHT = 4.0  # the best passage's head start; the second's is half of it, and so on
# For a number or a name that the question lacks, where it asks for one. With it the sentences
# chosen held the answer to .867 instead of .846 of 324 of RealTimeQA's questions, to .838 instead
# of .806 and .850 instead of .800 of 160 and 80 others; weights of 1 to 4 differ little.
ANSWER_WEIGHT = 3.0

# Beside function words, words of saying and names of the kind of answer ("what share", "on what
# date"): they stand in the question instead of the answer.
ASKING = FUNCTION_WORDS | frozenset(
    """all also amount announce announced asked between call called can cite cited claim claimed
    come could date day during figure find gave get give given go happen happened just kind last
    latest level long made make me mention mentioned month my name named names new news no not now
    number out percentage place range report reported s said say says share should sum t take tell
    than thing think time told total type""".split()
)
WORD = re.compile(r"\w+")
# A question states nothing; a quiz among the articles would answer every question with itself.
ASKS = ("?", "？", "؟")
LABEL = 4  # words: with fewer and no full stop nothing is stated
CLOSING = " \t\n\"'”’»)]"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Sentences of one article that the model is shown, in the order of the text."""

    article: Article
    sentences: tuple[Sentence, ...]


def select(question: str, hits: Sequence[Hit], *, room: int = EVIDENCE_CHARS) -> list[Evidence]:
    """Return the sentences most likely to answer, by article, the best article first.

    `room` is how many characters they may have together, headlines included.
    """
    runs = [sentences_of(hit.passage) for hit in hits[:PASSAGES]]
    scored = sorted(scores(question, runs), key=lambda pair: -pair[0])
    chosen: list[Sentence] = []
    for _, sentence in scored:
        is_first = all(other.article != sentence.article for other in chosen)
        cost = len(sentence.text) + (len(sentence.article.title) + HEADING) * is_first
        if cost <= room:
            chosen.append(sentence)
            room -= cost
    articles = dict.fromkeys(sentence.article for run in runs for sentence in run)
    return [Evidence(a, found) for a in articles if (found := _in_order(a, chosen))]


def scores(question: str, runs: Sequence[Sequence[Sentence]]) -> list[tuple[float, Sentence]]:
    """Score the sentences of each passage, the passages being given best first."""
    language = language_of(question)
    wanted = content_words(question, language)
    words = [[content_words(sentence.text, language) for sentence in run] for run in runs]
    every = [w for run in words for w in run]
    weight = {w: math.log(1 + len(every) / (1 + sum(w in s for s in every))) for w in wanted}

    answers = could_answer(question)

    def weigh(having: set[str]) -> float:
        return sum(weight[w] for w in wanted & having)

    found = []
    for rank, (run, sets) in enumerate(zip(runs, words, strict=True), start=1):
        for place, sentence in enumerate(run):
            before = sets[place - 1] if place else set()
            after = sets[place + 1] if place + 1 < len(sets) else set()
            headline = content_words(sentence.article.title, language)
            score = (
                weigh(sets[place])
                + BESIDE * weigh((before | headline) - sets[place])
                + AHEAD * weigh(after - before - headline - sets[place])
                + ANSWER_WEIGHT * answers(sentence.text)
            )
            found.append((score + RANK_WEIGHT / rank, sentence))
    return found


def _in_order(article: Article, sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    mine = [sentence for sentence in sentences if sentence.article == article]
    return tuple(sorted(mine, key=lambda sentence: sentence.span.start))


def sentences_of(passage: Passage) -> list[Sentence]:
    """Return the sentences of a passage that state anything."""
    inside = [s for s in split_sentences(passage.article) if s.span.within(passage.span)]
    return [sentence for sentence in inside if states(sentence.text)]


def states(text: str) -> bool:
    """Whether a sentence states anything: it is no bare name or label, no question, no order."""
    says = any(word.islower() for word in WORD.findall(text) if word.isalpha()) or any(
        sign.isalpha() and sign.upper() == sign.lower()
        for sign in text  # no capitals to tell by
    )
    asks = text.rstrip(CLOSING).endswith(ASKS)
    return says and not asks and not gives_orders(text) and not is_label(text)


def is_label(text: str) -> bool:
    """Whether a line is a caption, or one of a quiz's answers: few words and no sign at the end."""
    words = text.split()
    spaced = all(sign < "\u0530" for word in words for sign in word if sign.isalpha())
    return spaced and len(words) < LABEL and words[-1][-1:].isalnum()


def content_words(text: str, language: str = "en") -> set[str]:
    """Return the stems of the words that a question is about; of all words, if none is left.

    `language` is that of the question, for every text that is compared with it.
    """
    if language != "en":
        return comparable(text, language)
    words = {word for word in WORD.findall(text.casefold())}
    return {stem(word) for word in (words - ASKING) or words}
