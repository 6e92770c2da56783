import pytest

from qa_service.answers import Claim, Verdict
from qa_service.compose import compose


def claim(text: str, *citations: int, supported: bool = True) -> Claim:
    return Claim(text, citations, Verdict.SUPPORTED if supported else Verdict.UNSUPPORTED)


def test_markers_stand_before_the_final_stop_and_every_place_is_right() -> None:
    text, placed = compose(
        [claim("Taxes stay.", 1), claim("Nonsense.", supported=False), claim("Rents rise", 1, 2)]
    )
    assert text == "Taxes stay [1]. Rents rise [1][2]."
    assert [(c.start, c.end) for c in placed] == [(0, 15), (None, None), (16, 34)]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Will it rain?", "Will it rain [1]?"),
        ("税金は同じ。", "税金は同じ [1]。"),
        ("He said “no.”", "He said “no.” [1]."),
    ],
)
def test_the_final_punctuation_is_kept(said: str, shown: str) -> None:
    assert compose([claim(said, 1)])[0] == shown
