"""Which sentences a claim may rest on, and in which order they are tried. Knows no check.

Those that the model named come first, alone and in pairs; then others that were shown, and the rest
of their articles. None without the answer is tried: a headline may explain a sentence, but a reader
has to find the answer in the quote.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations, pairwise

from index.documents import Sentence, Span
from index.split import split_sentences
from qa_service.checks import overlap
from qa_service.datelines import without_dateline
from qa_service.evidence import states

Group = tuple[Sentence, ...]  # one or two

# A sentence with this share of the claim's words is about the same thing: what it says to the
# contrary stands against the claim, and a sentence with fewer of them does not rescue it.
NEAR = 0.6

OPENING = 100  # characters of an article, among them an agency's name above the dateline
# A dateline answers nothing but "where".
PLACE = re.compile(r"\b(?:where|city|town|village|place|state|country)\b", re.IGNORECASE)

# What the model pointed at may be worded freely; what it did not point at has to say this share of
# the claim, names aside: two sentences that say neither half of it once stood for "X announced he
# will return to late-night TV".
MOVED = 0.6

# Of the answer, in the quote: "Patel filed a suit" where no sentence that does has "Kash Patel".
WHOLE, PART = 1.0, 0.5

# Sentences before a cited one that may say who "he" is: in news he is named within two sentences,
# the third is for a quotation that runs over several.
SENTENCES_BEFORE = 3


class Candidates:
    """The groups of sentences that could bear out one claim."""

    def __init__(
        self, text: str, shown: Iterable[Sentence], named: Sequence[Sentence], asked: str
    ) -> None:
        self.text, self.named, self.asked = text, named, asked
        self.answer = overlap.added(text, asked) if asked else []
        # A bare name is looked for where the question is answered.
        self.stated = f"{asked} {text}" if overlap.is_bare(text) else text
        self.shown = tuple(s for s in dict.fromkeys(shown) if s.quotable.start < s.quotable.end)
        self.overlaps: dict[Group, float] = {}
        self.near = [s for s in self.shown if self.overlap((s,)) >= NEAR]

    def __iter__(self) -> Iterator[Group]:
        """Yield every group that has the answer, the whole of it or else half, the best first."""
        pairs = filter(readable, [*combinations(self.named, 2), *self.introduced()])
        mine: list[Group] = [*((s,) for s in self.named), *pairs]
        later: list[Group] = []
        for group in chain(mine, self.elsewhere(), self.unshown()):
            share = self.answer_share(group)
            if share >= WHOLE:
                yield group
            elif share >= PART:
                later.append(group)
        yield from later

    def are_named(self, group: Group) -> bool:
        """Whether the model named all sentences of a group."""
        return set(group) <= set(self.named)

    def answer_share(self, group: Group) -> float:
        """The share of the words, names and numbers that are not the question's; 1 if none is."""
        if not self.answer:
            return WHOLE
        there = joined(group) if PLACE.search(self.asked) else apart_from_datelines(group)
        return sum(overlap.written(t, there) for t in self.answer) / len(self.answer)

    def introduced(self) -> Iterator[Group]:
        """Yield named sentences with one shortly before: "The two schools", and which they are."""
        for sentence in self.named:
            every = split_sentences(sentence.article) if self.asked else []
            at = next((n for n, s in enumerate(every) if s.span == sentence.span), 0)
            behind = every[max(0, at - SENTENCES_BEFORE) : at]
            yield from ((before, sentence) for before in reversed(behind) if states(before.text))

    def elsewhere(self) -> Iterator[Group]:
        """Yield what was shown and not named, then neighbours, those nearest the claim first."""
        yield from self.nearest([(s,) for s in self.shown if s not in self.named])
        yield from self.nearest([pair for pair in neighbours(self.shown) if readable(pair)])

    def unshown(self) -> Iterator[Group]:
        """Yield the other sentences of the articles, for an answer: the model read a part of each.

        A claim without a question is held to what was shown.
        """
        articles = dict.fromkeys(s.article for s in self.shown) if self.asked else {}
        others = (s for article in articles for s in split_sentences(article))
        yield from self.nearest([(s,) for s in others if s not in self.shown and states(s.text)])

    def nearest(self, groups: Iterable[Group]) -> list[Group]:
        """Those that say enough of the claim, the nearest first."""
        home = {s.article.id for s in self.named}
        near = [g for g in groups if overlap.told_share(self.stated, joined(g)) >= MOVED]
        return sorted(near, key=lambda g: (-self.overlap(g), g[0].article.id not in home))

    def overlap(self, group: Group) -> float:
        """The share of the claim's words that a group has; only to choose among what passes."""
        if group not in self.overlaps:
            self.overlaps[group] = overlap.share(self.stated, joined(group))
        return self.overlaps[group]


def readable(pair: Group) -> bool:
    """Whether it can be told who does what in two sentences: so far in English only."""
    return all((sentence.article.language or "en") == "en" for sentence in pair)


def joined(group: Group) -> str:
    """The sentences of a group, one to a line."""
    return "\n".join(sentence.text for sentence in group)


def apart_from_datelines(group: Group) -> str:
    """The sentences of a group without their datelines."""
    parts = [without_dateline(s.text, opens=s.span.start < OPENING) for s in group]
    return "\n".join(parts)


def neighbours(shown: Sequence[Sentence]) -> Iterator[Group]:
    """Pairs of shown sentences that follow each other in one article."""
    order = sorted(shown, key=lambda s: (s.article.id, s.article.version, s.span.start))
    for one, two in pairwise(order):
        if one.article == two.article and touching(one.span, two.span, one.article.text):
            yield one, two


def touching(one: Span, two: Span, text: str) -> bool:
    """Whether only white space lies between two spans."""
    return one.end <= two.start and not text[one.end : two.start].strip()
