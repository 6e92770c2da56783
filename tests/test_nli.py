import pytest

from qa_service.answers import DraftClaim, Verdict
from qa_service.nli import NliVerifier
from qa_service.verify import verify
from tests.claims import shown
from tests.fakes import make_article

SENTENCES = shown(make_article("The army lost 25 tanks in August."))


class Labels:
    """A cross-encoder that gives every pair the same labels, and remembers what it read."""

    def __init__(self, **likely: float) -> None:
        self.likely = likely
        self.read: list[tuple[str, str]] = []

    def __call__(self, cited: str, claim: str) -> dict[str, float]:
        self.read.append((cited, claim))
        return self.likely


@pytest.mark.parametrize(
    ("labels", "stands"),
    [
        (Labels(entailment=0.9, neutral=0.1, contradiction=0.0), True),
        (Labels(entailment=0.3, neutral=0.6, contradiction=0.1), True),
        (Labels(entailment=0.1, neutral=0.9, contradiction=0.0), False),
        (Labels(entailment=0.3, neutral=0.1, contradiction=0.6), False),
        (Labels(entailment=0.05), False),
    ],
)
def test_a_model_rejects_what_contradicts_or_does_not_follow(labels: Labels, stands: bool) -> None:
    claim = DraftClaim("The army lost 25 tanks.", ("S1",))
    judged = verify(claim, SENTENCES, verifier=NliVerifier(labels)).claim
    assert (judged.verdict is Verdict.SUPPORTED) == stands
    assert [i.kind for i in judged.issues] == ([] if stands else ["verifier"])


def test_the_cited_text_is_read_as_the_premise() -> None:
    labels = Labels(entailment=1.0)
    verify(DraftClaim("The army lost 25 tanks.", ("S1",)), SENTENCES, verifier=NliVerifier(labels))
    assert labels.read == [("The army lost 25 tanks in August.", "The army lost 25 tanks.")]


def test_a_model_rescues_nothing() -> None:
    labels = Labels(entailment=1.0, contradiction=0.0)
    claim = DraftClaim("The army lost 75 tanks.", ("S1",))
    judged = verify(claim, SENTENCES, verifier=NliVerifier(labels)).claim
    assert [i.kind for i in judged.issues] == ["number"]
    assert labels.read == []
