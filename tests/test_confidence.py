import pytest

from index.documents import Passage, Span
from index.queries import Hit
from qa_service.answers import Claim, Verdict
from qa_service.confidence import confidence, coverage, is_worth_asking, revised
from tests.fakes import make_article

ARTICLE = make_article(
    "Medvedev counted 280,000 recruits in Moscow.", title="Army grows"
)  # of 4 September 2023


def hit(similarity: float = 0.5) -> Hit:
    return Hit(Passage(ARTICLE, Span(0, len(ARTICLE.text))), 1.0, similarity)


@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("how many recruits did Medvedev cite", 1.0),
        ("how many tanks did Medvedev count in Moscow", 5 / 6),  # names count twice; no tanks
        ("What grows?", 1.0),  # the headline counts
        ("Who was counted in September 2023?", 1.0),  # and so does the day
        ("Who is the mayor of Paris?", 0.0),
        ("😀", 0.0),
    ],
)
def test_coverage_is_the_share_of_what_is_asked_about(question: str, share: float) -> None:
    assert coverage(question, [hit()]) == pytest.approx(share)


def test_the_passages_of_one_article_count_together() -> None:
    question = "how many recruits did Medvedev cite"
    parts = [Hit(Passage(ARTICLE, span), 1.0, 0.5) for span in (Span(0, 16), Span(16, 44))]
    assert coverage(question, parts) > max(coverage(question, [part]) for part in parts)


def test_confidence_rises_with_the_cosine_and_with_the_words() -> None:
    near, far = "how many recruits did Medvedev cite", "Who is the mayor of Paris?"
    assert confidence(near, [hit(0.7)]) > confidence(near, [hit(0.4)]) > 0.5
    assert confidence(far, [hit(0.4)]) < 0.1
    assert confidence("how many did Medvedev cite in Paris", [hit()]) < confidence(
        "how many did Medvedev cite in Moscow", [hit()]
    )
    assert confidence(near, []) == 0.0


def test_a_brief_question_is_asked_on_less() -> None:
    assert is_worth_asking("who won the cup final", 0.15)
    assert not is_worth_asking("who won the cup final", 0.05)
    assert not is_worth_asking("which of the clubs from Tolbury won the national cup final", 0.15)


def test_what_became_of_the_claims_moves_the_confidence() -> None:
    def claim(verdict: Verdict, *, moved: bool = False) -> Claim:
        return Claim("Norair cut flights.", (1,), verdict, (), moved=moved)

    quoted = revised(0.9, [claim(Verdict.SUPPORTED)])
    moved = revised(0.9, [claim(Verdict.SUPPORTED, moved=True)])
    refused = revised(0.9, [claim(Verdict.UNSUPPORTED)])
    assert 0.9 > quoted > moved > refused > 0
    assert revised(0.1, []) == 0.1  # the model was not asked
