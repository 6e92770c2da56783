"""One claim against the sentences shown: which of them bear it out, and with what context.

Runs the checks of `qa_service.checks` in their order over one sentence or two. Knows nothing of
models and makes no citation; that is for `qa_service.verify`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from index.documents import Sentence, Span
from index.split import split_sentences
from qa_service.answers import Issue
from qa_service.background import background
from qa_service.checks import (
    asides,
    content,
    dates,
    direction,
    edits,
    modality,
    names,
    negation,
    nouns,
    numbers,
    roles,
    sequence,
    slots,
    speakers,
    superlatives,
)
from qa_service.checks.cited import Cited
from qa_service.checks.identical import same_words, without_attribution

# Sentences before a cited one that may say who "he" is: in news he is named within two sentences,
# the third is for a quotation that runs over several.
SENTENCES_BEFORE = 3
STRICT = (  # what only the cited words can bear out, all of them together
    numbers.check,
    negation.check,
    direction.check,
    modality.check,
    edits.check,
    sequence.check,
    nouns.check,
    roles.check,
    slots.check,
    asides.check,
)
AGAINST = (negation.clash, *STRICT[2:])
"""What a sentence that is near the claim can say against it."""
TURNED = (negation.clash, direction.check, edits.check, sequence.check)
"""What a claim that turns a named sentence's words has against it, wherever else it might rest."""
AGAINST_IN_PAIR = (negation.clash, modality.check)
"""What either sentence of a pair can say against a claim, whatever the other one adds."""
EXPLAINED = (dates.check, names.check, speakers.check, superlatives.check, content.check)
"""What the words around may explain."""


# A sentence with this share of the claim's words is about the same thing: what it says to the
# contrary stands against the claim, and a sentence with fewer of them does not rescue it.
NEAR = 0.6

# What the model pointed at may be worded freely; what it did not point at has to say this share of
# the claim, names aside: two sentences that say neither half of it once stood for "X announced he
# will return to late-night TV".
MOVED = 0.6

# Of what a claim adds to the question, names aside, the sentence has to say at least this share.
ADDED = 0.5

Check = Callable[[str, Cited], list[Issue]]


class Verifier(Protocol):
    """A learned second opinion, such as an NLI cross-encoder."""

    def rejects(self, claim: str, cited: str) -> str | None:
        """Say in a sentence why the cited text does not bear out the claim, or None."""
        ...


@dataclass(frozen=True, slots=True)
class Support:
    """Sentences that bear out a claim, and what else it took to see that they do."""

    sentences: tuple[Sentence, ...]
    before: tuple[Sentence, ...] = ()
    by_headline: bool = False
    speaker: str | None = None
    background: tuple[Sentence, ...] = ()


class Judge:
    """One claim against the sentences shown; answers for any group of them, and says why not."""

    def __init__(
        self,
        text: str,
        shown: tuple[Sentence, ...],
        named: tuple[Sentence, ...],
        asked: str,
        verifier: Verifier | None,
    ) -> None:
        self.text, self.named, self.asked, self.verifier = text, named, asked, verifier
        # A bare name is looked for where the question is answered.
        self.stated = text if content.states(text) else f"{asked} {text}"
        self.shown = tuple(s for s in dict.fromkeys(shown) if s.quotable.start < s.quotable.end)
        articles = dict.fromkeys(sentence.article for sentence in self.shown)
        self.previous = {b: a for x in articles for a, b in pairwise(split_sentences(x))}
        self.said_against: dict[Sentence, list[Issue]] = {}
        self.overlaps: dict[tuple[Sentence, ...], float] = {}
        self.near = [s for s in self.shown if self.overlap((s,)) >= NEAR]

    def support(self, group: tuple[Sentence, ...]) -> Support | list[Issue]:
        """Find the least context with which every check passes, or what is wrong with most."""
        if len(group) == 1 and same_words(self.text, group[0].text):
            return Support(group)
        bare = self.cited(group, (), headline=False)
        text = without_attribution(self.text, group[0].article.source)
        if len(group) == 1 and same_words(text, group[0].text):
            return Support(group)
        if len(group) > 1 and self.overlap(group) <= max(self.overlap((s,)) for s in group):
            return [Issue("content", "One of the two sentences adds nothing to the other.")]
        if issues := self.unsaid(group) or self.against(group, text):
            return issues
        if issues := failures(STRICT, text, bare):
            return issues
        for before, headline, about in self.contexts(group):
            cited = self.cited(group, before, headline=headline, background=about)
            issues = failures(EXPLAINED, text, cited)
            if not issues:
                speaker = speakers.speaker_of(self.cited(group, self.before(group), headline=False))
                found = Support(group, before, headline, speaker, about)
                return self.second_opinion(cited, found)
        return issues

    def unsaid(self, group: tuple[Sentence, ...]) -> list[Issue]:
        """Refuse an answer whose words are not there, whatever it shares with the question.

        Asked what food was thrown, "10,000kg of tomatoes were thrown" has most of its words in any
        sentence about the throwing; the one that counts is "tomatoes". Names are checked apart.
        """
        if not self.asked:
            return []
        text = "\n".join((group[0].article.title, *(sentence.text for sentence in group)))
        if content.told_share(self.text, text, besides=self.asked) >= ADDED:
            return []
        return [Issue("content", "What the claim adds to the question is not in that sentence.")]

    def has_answer(self, group: tuple[Sentence, ...]) -> bool:
        """Whether a group has half of the words, names and numbers that are not the question's."""
        text = "\n".join(sentence.text for sentence in group)
        added = content.added(self.text, self.asked) if self.asked else []
        return 2 * sum(content.written(t, text) for t in added) >= len(added)

    def against(self, group: tuple[Sentence, ...], text: str) -> list[Issue]:
        """What either sentence of a pair says to the contrary, or one that is nearer to the claim.

        The model's own choice stands, whatever another article says: that is told as a conflict.
        """
        if len(group) > 1:
            for sentence in group:
                alone = self.cited((sentence,), (), headline=False)
                if issues := failures(AGAINST_IN_PAIR, text, alone):
                    return issues
        if set(group) <= set(self.named):
            return []
        mine = self.overlap(group)
        nearer = (self.contrary(s) for s in self.near if self.overlap((s,)) > mine)
        return next(filter(None, nearer), []) or self.turned_by_named(group, text)

    def turned_by_named(self, group: tuple[Sentence, ...], text: str) -> list[Issue]:
        """What a named sentence as near as the group says, if the claim turns its very words.

        Two sentences that say it together are never nearer than one of which a word was changed.
        """
        least = self.overlap(group) if len(group) == 1 else NEAR
        as_near = [s for s in self.near if s in self.named and self.overlap((s,)) >= least]
        alone = (self.cited((s,), (), headline=False) for s in as_near)
        return next(filter(None, (failures(TURNED, text, cited) for cited in alone)), [])

    def contrary(self, sentence: Sentence) -> list[Issue]:
        """What one sentence says to the contrary; asked once."""
        if sentence not in self.said_against:
            text = without_attribution(self.text, sentence.article.source)
            alone = self.cited((sentence,), (), headline=False)
            self.said_against[sentence] = failures(AGAINST, text, alone)
        return self.said_against[sentence]

    def second_opinion(self, cited: Cited, support: Support) -> Support | list[Issue]:
        """Let the learned verifier reject what the rules would believe."""
        read = "\n".join((*cited.before, *cited.sentences))
        reason = self.verifier.rejects(self.text, read) if self.verifier else None
        return [Issue("verifier", reason)] if reason else support

    def contexts(
        self, group: tuple[Sentence, ...]
    ) -> Iterator[tuple[tuple[Sentence, ...], bool, tuple[Sentence, ...]]]:
        """What may explain a group, the least first.

        Sentences before it, the headline, and where the article names what was asked about.
        """
        yield (), False, ()
        yield (), True, ()
        behind = self.before(group)
        for depth in range(1, len(behind) + 1):
            yield behind[-depth:], False, ()
            yield behind[-depth:], True, ()
        if self.asked and (found := background(self.text, self.asked, group)):
            yield (), True, found
            yield behind, True, found

    def before(self, group: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
        """The sentences that directly precede those of a group."""
        chain: list[Sentence] = []
        for sentence in group:
            at: Sentence | None = sentence
            while len(chain) < SENTENCES_BEFORE and at and (at := self.previous.get(at)):
                if at not in group and at not in chain:
                    chain.insert(0, at)
        return tuple(chain)

    def cited(
        self,
        group: tuple[Sentence, ...],
        before: tuple[Sentence, ...],
        *,
        headline: bool,
        background: tuple[Sentence, ...] = (),
    ) -> Cited:
        """Bundle what the checks look at; the background says what the story is about, no more."""
        article = group[0].article
        about = [s.article.title for s in group] if headline else []
        return Cited(
            sentences=tuple(s.text.strip() for s in group),
            before=tuple(s.text.strip() for s in before),
            headline="\n".join(dict.fromkeys(about)),
            background=tuple(s.text.strip() for s in background),
            published=article.published,
            language=article.language,
            source=" ".join(filter(None, (article.source, article.author))),
            asked=self.asked,
            article=f"{article.title}\n{article.text}",
        )

    def elsewhere(self, named: Sequence[Sentence]) -> Iterator[tuple[Sentence, ...]]:
        """Other sentences shown, then neighbours: those with most of the claim's words first."""
        home = {s.article.id for s in named}
        single = [(s,) for s in self.shown if s not in named]
        pairs = list(neighbours(self.shown))
        for groups in (single, pairs):
            near = [g for g in groups if self.tells(g)]
            yield from sorted(near, key=lambda g: (-self.overlap(g), g[0].article.id not in home))

    def tells(self, group: tuple[Sentence, ...]) -> bool:
        """Whether a group that the model did not name has enough of the claim's own words."""
        return content.told_share(self.stated, "\n".join(s.text for s in group)) >= MOVED

    def overlap(self, group: tuple[Sentence, ...]) -> float:
        """The share of the claim's words that a group has; only to choose among what passes."""
        if group not in self.overlaps:
            text = "\n".join(s.text for s in group)
            self.overlaps[group] = content.share(self.stated, text)
        return self.overlaps[group]

    def blame(self, named: Sequence[Sentence]) -> list[Issue]:
        """What is wrong with the best sentence named, or with having named none."""
        if not named:
            return [Issue("no_source", "No sentence that was shown says this.")]
        best = max(named, key=lambda s: self.overlap((s,)))
        found = self.support((best,))
        return [] if isinstance(found, Support) else found


def failures(checks: Iterable[Check], claim: str, cited: Cited) -> list[Issue]:
    """What the first check that refuses a claim has against it; one reason is enough."""
    return next((issues for check in checks if (issues := check(claim, cited))), [])


def neighbours(shown: Sequence[Sentence]) -> Iterator[tuple[Sentence, Sentence]]:
    """Pairs of shown sentences that follow each other in one article."""
    order = sorted(shown, key=lambda s: (s.article.id, s.article.version, s.span.start))
    for one, two in pairwise(order):
        if one.article == two.article and touching(one.span, two.span, one.article.text):
            yield one, two


def touching(one: Span, two: Span, text: str) -> bool:
    """Whether only white space lies between two spans."""
    return one.end <= two.start and not text[one.end : two.start].strip()
