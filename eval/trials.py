"""Claims put to the service's verifier: how often it believes a false one or refuses a true one.

Calls `qa_service.verify.verify`, the function that every claim of an answer goes through.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.attacks import MAKERS, RIVALS, Attack
from eval.intervals import Interval, rate
from eval.metrics.citations import f1
from eval.pairs import Pair
from eval.readers.wice import LabelledClaim
from index.documents import Sentence, Span
from index.identity import RawArticle, identify
from qa_service.answers import Claim, DraftClaim, Verdict
from qa_service.verify import verify

PUBLISHED_F1 = 0.61  # GPT-4 on 100 test claims of WiCE with oracle passages (Kamoi et al. 2023)


@dataclass(frozen=True, slots=True)
class Trial:
    """A claim, whether it is true, and what the verifier made of it."""

    kind: str  # of attack, or where a true claim is from
    claim: Claim
    true: bool
    exchanged: str
    cited: str

    @property
    def believed(self) -> bool:
        """Whether a reader would be shown the claim as supported."""
        return self.claim.verdict is Verdict.SUPPORTED


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: how many of these claims were decided wrongly."""

    kind: str
    wrong: int
    rate: Interval


def try_attack(attack: Attack) -> Trial:
    """Put a false claim to the verifier, citing the sentence that it was made from."""
    return _trial(attack.kind, attack.claim, attack.pair, true=False, exchanged=attack.exchanged)


def try_pair(pair: Pair) -> Trial:
    """Put a true claim to the verifier, as it stands."""
    return _trial(pair.origin, pair.claim, pair, true=True, exchanged="")


def _trial(kind: str, text: str, pair: Pair, *, true: bool, exchanged: str) -> Trial:
    drafted = DraftClaim(text, (pair.cited, *pair.also))
    claim = verify(drafted, pair.shown, asked=pair.asked).claim
    return Trial(kind, claim, true, exchanged, pair.shown[pair.cited].text)


def rows(trials: Sequence[Trial]) -> list[Row]:
    """Count by kind: false claims believed first, then true claims refused."""
    kinds = [*MAKERS, *RIVALS, *dict.fromkeys(trial.kind for trial in trials if trial.true)]
    return [row for kind in kinds if (row := _row(kind, trials)) is not None]


def _row(kind: str, trials: Sequence[Trial]) -> Row | None:
    own = [trial for trial in trials if trial.kind == kind]
    wrong = sum(trial.believed != trial.true for trial in own)
    return Row(kind, wrong, rate(wrong, len(own))) if own else None


def total(trials: Sequence[Trial], *, true: bool) -> Row:
    """Count over all kinds, `RIVALS` aside."""
    own = [trial for trial in trials if trial.true is true and trial.kind not in RIVALS]
    wrong = sum(trial.believed != trial.true for trial in own)
    return Row("all true claims" if true else "all attacks", wrong, rate(wrong, len(own)))


@dataclass(frozen=True, slots=True)
class Detection:
    """Precision, recall and F1 of calling a claim supported, and the share decided rightly."""

    precision: float
    recall: float
    f1: float
    accuracy: float
    n: int


def try_labelled(claims: Sequence[LabelledClaim]) -> list[tuple[LabelledClaim, Claim]]:
    """Put claims to the verifier with their gold sentences shown and cited."""
    return [(labelled, _verified(labelled)) for labelled in claims]


def detection(judged: Sequence[tuple[LabelledClaim, Claim]]) -> Detection:
    """Score "supported" against the rest."""
    said = [(one.supported, claim.verdict is Verdict.SUPPORTED) for one, claim in judged]
    hits = sum(gold and called for gold, called in said)
    called = sum(called for _, called in said)
    gold = sum(gold for gold, _ in said)
    precision, recall = hits / called if called else 0.0, hits / gold if gold else 0.0
    accuracy = sum(gold == called for gold, called in said) / len(said)
    return Detection(precision, recall, f1(precision, recall), accuracy, len(said))


def _verified(labelled: LabelledClaim) -> Claim:
    shown: dict[str, Sentence] = {}
    if labelled.sentences:
        text = "\n".join(" ".join(sentence.split()) for sentence in labelled.sentences)
        raw = RawArticle(title=labelled.title, text=text, id=labelled.id, language="en")
        article = identify(raw)
        start = 0
        for place, line in enumerate(article.text.splitlines(keepends=True)):
            shown[f"S{place}"] = Sentence(article, Span(start, start + len(line)))
            start += len(line)
    return verify(DraftClaim(labelled.claim, tuple(shown)), shown).claim
