"""Whether a claim is borne out by sentences that were shown: the only place that makes a Citation.

Deterministic rules (`qa_service.checks`, told one by one in docs/verification.md) and, where one is
passed in, a learned verifier that may reject and never rescue. No similarity accepts anything.
Knows nothing of prompts, of searching, or of how the claim was written.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from index.documents import Sentence
from qa_service.answers import Citation, Claim, DraftClaim, Issue, Verdict
from qa_service.checks import as_of, markup, questions
from qa_service.checks.identical import same_words, without_attribution
from qa_service.judging import Judge, Support, Verifier


@dataclass(frozen=True, slots=True)
class Verified:
    """A claim with its verdict and the citations that are new, numbered on from those before."""

    claim: Claim
    citations: tuple[Citation, ...] = ()

    @property
    def moved(self) -> bool:
        """Whether the claim is supported by a sentence that the model had not named."""
        return self.claim.moved


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
    wrong = [] if copied(text, shown) else markup.check(text) or questions.check(text, asked)
    if wrong:
        return Verified(Claim(text, (), Verdict.UNSUPPORTED, (*issues, *wrong)))
    judge = Judge(text, tuple(shown.values()), named, asked, verifier)
    for group, moved in candidates(judge, named):
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


def candidates(
    judge: Judge, named: Sequence[Sentence]
) -> Iterator[tuple[tuple[Sentence, ...], bool]]:
    """Yield the groups to try, and whether the model did not name them.

    A sentence that was named and has no word of the answer comes last: a headline may explain it,
    but a reader wants to see the answer in the quote.
    """
    mine = list(within(named))
    silent = [group for group in mine if not judge.has_answer(group)]
    yield from ((group, False) for group in mine if group not in silent)
    yield from ((group, True) for group in judge.elsewhere(named) if judge.has_answer(group))
    yield from ((group, False) for group in silent)
    yield from ((group, True) for group in judge.elsewhere(named) if not judge.has_answer(group))


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
    found = (*issues, *notes)
    claim = Claim(text, tuple(numbers_used), Verdict.SUPPORTED, found, moved=moved)
    return Verified(claim, tuple(new))


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
