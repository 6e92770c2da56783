"""Whether a claim is borne out by sentences that were shown: the only place that makes a Citation.

Deterministic rules (`qa_service.checks`, told one by one in docs/verification.md) and, where one is
passed in, a learned verifier that may reject and never rescue. No similarity accepts anything.
Knows nothing of prompts, of searching, or of how the claim was written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.documents import Sentence
from qa_service.answers import Citation, Claim, DraftClaim, Issue, Verdict
from qa_service.candidates import Candidates
from qa_service.checks import as_of, kinds, markup, questions
from qa_service.checks.identical import is_copy
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

    With the question (`asked`), the rest of the articles may bear a claim out, too, and any of
    their sentences may explain a name that it has.
    """
    text = drafted.text.strip()
    named, issues = resolve(drafted.sentence_ids, shown)
    wrong = [] if copied(text, shown) else markup.check(text) or questions.check(text, asked)
    if not wrong and not cited:  # what follows an answer may be of any kind
        wrong = kinds.check(text, asked)
    if wrong:
        return Verified(Claim(text, (), Verdict.UNSUPPORTED, (*issues, *wrong)))
    groups = Candidates(text, shown.values(), named, asked)
    judge = Judge(groups, verifier)
    for group in groups:
        support = judge.support(group)
        if isinstance(support, Support):
            return believed(text, support, cited, issues, moved=not groups.are_named(group))
    return Verified(Claim(text, (), Verdict.UNSUPPORTED, (*issues, *judge.blame())))


def copied(text: str, shown: Mapping[str, Sentence]) -> bool:
    """Whether the claim is word for word a sentence that was shown."""
    return any(is_copy(text, s.text, s.article.source) for s in shown.values())


def resolve(
    ids: Sequence[str], shown: Mapping[str, Sentence]
) -> tuple[tuple[Sentence, ...], tuple[Issue, ...]]:
    """Look up the named ids, each once; name those that were never shown."""
    unique = tuple(dict.fromkeys(ids))
    unknown = [i for i in unique if i not in shown]
    issues = [Issue("unknown_id", f"No sentence {i} was shown.") for i in unknown]
    return tuple(shown[i] for i in unique if i in shown), tuple(issues)


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
