"""Whether a claim is borne out by sentences that were shown: the only place that makes a Citation.

Deterministic rules (`qa_service.checks`, told one by one in docs/verification.md) and, where one is
passed in, a learned verifier that may reject and never rescue. No similarity accepts anything.
Knows nothing of prompts, of searching, or of how the claim was written.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Protocol

from index.documents import Sentence, Span
from index.split import split_sentences
from qa_service.answers import Citation, Claim, DraftClaim, Issue, Verdict
from qa_service.background import background
from qa_service.checks import (
    as_of,
    content,
    dates,
    direction,
    edits,
    markup,
    modality,
    names,
    negation,
    nouns,
    numbers,
    questions,
    roles,
    sequence,
    slots,
    speakers,
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
)
AGAINST = (negation.clash, *STRICT[2:])
"""What a sentence that is near the claim can say against it."""
TURNED = (negation.clash, direction.check, edits.check, sequence.check)
"""What a claim that turns a named sentence's words has against it, wherever else it might rest."""
AGAINST_IN_PAIR = (negation.clash, modality.check)
"""What either sentence of a pair can say against a claim, whatever the other one adds."""
EXPLAINED = (dates.check, names.check, speakers.check, content.check)
"""What the words around may explain."""


# A sentence with this share of the claim's words is about the same thing: what it says to the
# contrary stands against the claim, and a sentence with fewer of them does not rescue it.
NEAR = 0.6

# What the model pointed at may be worded freely; what it did not point at has to say this share of
# the claim, names aside: two sentences that say neither half of it once stood for "X announced he
# will return to late-night TV".
MOVED = 0.6

Check = Callable[[str, Cited], list[Issue]]


class Verifier(Protocol):
    """A learned second opinion, such as an NLI cross-encoder."""

    def rejects(self, claim: str, cited: str) -> str | None:
        """Say in a sentence why the cited text does not bear out the claim, or None."""
        ...


@dataclass(frozen=True, slots=True)
class Verified:
    """A claim with its verdict and the citations that are new, numbered on from those before."""

    claim: Claim
    citations: tuple[Citation, ...] = ()
    moved: bool = False  # supported by a sentence that the model had not named


@dataclass(frozen=True, slots=True)
class Support:
    """Sentences that bear out a claim, and what else it took to see that they do."""

    sentences: tuple[Sentence, ...]
    before: tuple[Sentence, ...] = ()
    by_headline: bool = False
    speaker: str | None = None
    background: tuple[Sentence, ...] = ()


def verify(
    drafted: DraftClaim,
    shown: Mapping[str, Sentence],
    *,
    cited: Sequence[Citation] = (),
    asked: str = "",
    verifier: Verifier | None = None,
) -> Verified:
    """Believe a claim if at most two sentences bear it out: those named, or else others shown.

    Names that the question (`asked`) has may be explained by any sentence of the cited article.
    """
    text = drafted.text.strip()
    named, issues = resolve(drafted.sentence_ids, shown)
    wrong = [] if copied(text, shown) else markup.check(text) or questions.check(text)
    if wrong:
        return Verified(Claim(text, (), Verdict.UNSUPPORTED, (*issues, *wrong)))
    judge = Judge(text, tuple(shown.values()), named, asked, verifier)
    for groups, moved in ((within(named), False), (judge.elsewhere(named), True)):
        for group in groups:
            support = judge.support(group)
            if isinstance(support, Support):
                return believed(text, support, cited, issues, moved=moved)
    return Verified(Claim(text, (), Verdict.UNSUPPORTED, (*issues, *judge.blame(named))))


def copied(text: str, shown: Mapping[str, Sentence]) -> bool:
    """Whether the claim is word for word a sentence that was shown, its outlet's name aside."""
    return any(
        same_words(bare, s.text)
        for s in shown.values()
        for bare in (text, without_attribution(text, s.article.source))
    )


def resolve(
    ids: Sequence[str], shown: Mapping[str, Sentence]
) -> tuple[tuple[Sentence, ...], tuple[Issue, ...]]:
    """Look up the named ids, each once; name those that were never shown."""
    unique = tuple(dict.fromkeys(ids))
    unknown = [i for i in unique if i not in shown]
    issues = [Issue("unknown_id", f"No sentence {i} was shown.") for i in unknown]
    return tuple(shown[i] for i in unique if i in shown), tuple(issues)


def within(named: Sequence[Sentence]) -> Iterator[tuple[Sentence, ...]]:
    """The smallest sets first: each sentence alone, then each pair."""
    yield from ((s,) for s in named)
    yield from combinations(named, 2)


def believed(
    text: str, support: Support, cited: Sequence[Citation], issues: Sequence[Issue], *, moved: bool
) -> Verified:
    """Make the citations of a supported claim, using again the numbers of those made before."""
    numbers_used: list[int] = []
    new: list[Citation] = []
    for sentence in support.sentences:
        made = citation(sentence, support, number=len(cited) + len(new) + 1)
        known = next((c for c in cited if same_place(c, made)), None)
        if known is None:
            new.append(made)
        numbers_used.append((known or made).number)
    article = support.sentences[0].article
    notes = as_of.notes(text, article.published, article.language)
    claim = Claim(text, tuple(numbers_used), Verdict.SUPPORTED, (*issues, *notes))
    return Verified(claim, tuple(new), moved)


def citation(sentence: Sentence, support: Support, *, number: int) -> Citation:
    """Cite a sentence with the context of its own article that the checks relied on."""
    article = sentence.article
    around = dict.fromkeys((*support.background, *support.before))
    context = [s.quotable for s in around if s.article == article]
    return Citation(
        number, article, sentence.quotable, tuple(context), support.speaker, support.by_headline
    )


def same_place(one: Citation, other: Citation) -> bool:
    """Whether two citations differ in nothing but their number."""
    return (one.article.id, one.article.version, one.span, one.context, one.speaker) == (
        other.article.id, other.article.version, other.span, other.context, other.speaker,
    )  # fmt: skip


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
        if issues := self.against(group, text) or failures(STRICT, text, bare):
            return issues
        for before, headline, about in self.contexts(group):
            cited = self.cited(group, before, headline=headline, background=about)
            issues = failures(EXPLAINED, text, cited)
            if not issues:
                speaker = speakers.speaker_of(self.cited(group, self.before(group), headline=False))
                found = Support(group, before, headline, speaker, about)
                return self.second_opinion(cited, found)
        return issues

    def against(self, group: tuple[Sentence, ...], text: str) -> list[Issue]:
        """What a sentence nearer to the claim than the group says to the contrary, or one of it."""
        if len(group) > 1:
            for sentence in group:
                alone = self.cited((sentence,), (), headline=False)
                if issues := failures(AGAINST_IN_PAIR, text, alone):
                    return issues
        mine = self.overlap(group)
        nearer = (self.contrary(s) for s in self.near if self.overlap((s,)) > mine)
        return next(filter(None, nearer), []) or self.turned_by_named(group, text)

    def turned_by_named(self, group: tuple[Sentence, ...], text: str) -> list[Issue]:
        """What a named sentence as near as the group says, if the claim turns its very words."""
        if set(group) <= set(self.named):
            return []
        as_near = [
            s for s in self.near if s in self.named and self.overlap((s,)) >= self.overlap(group)
        ]
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
        about += [s.text.strip() for s in background]
        return Cited(
            sentences=tuple(s.text.strip() for s in group),
            before=tuple(s.text.strip() for s in before),
            headline="\n".join(dict.fromkeys(about)),
            published=article.published,
            language=article.language,
            source=" ".join(filter(None, (article.source, article.author))),
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
        return content.told_share(self.text, "\n".join(s.text for s in group)) >= MOVED

    def overlap(self, group: tuple[Sentence, ...]) -> float:
        """The share of the claim's words that a group has; only to choose among what passes."""
        if group not in self.overlaps:
            text = "\n".join(s.text for s in group)
            self.overlaps[group] = content.share(self.text, text)
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
