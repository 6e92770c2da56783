from collections.abc import Sequence

import pytest

from index.archive import Archive
from index.documents import Sentence
from index.split import split_sentences
from qa_service.answers import Claim, DraftClaim, Issue, Status, Verdict
from qa_service.prompts import READ_ALONE
from qa_service.verbatim import TO_THE_POINT, TO_THE_POINT_UNREAD, sentences, stands_alone
from tests.fakes import ScriptedLLM, make_article
from tests.test_ask import answer, archive

__all__ = ["archive"]  # the fixture

PLANT = "Ines Varga, a retired welder, gave the museum its oldest tram in spring."
MORE = "She had kept it in a barn for 25 years. Seven other trams are on loan."
ASKED = "Which retired welder donated the oldest tram to the museum?"


def near(question: str, texts: Sequence[str]) -> list[float]:
    return [0.4] * len(texts)


def found(
    claim: str,
    kind: str,
    *,
    asked: str = ASKED,
    text: str = f"{PLANT} {MORE}",
    title: str = "Trams",
) -> list[str]:
    shown = dict(
        zip(("S1", "S2", "S3"), split_sentences(make_article(text, title=title)), strict=False)
    )
    refused = [
        (DraftClaim(claim, ("S1",)), Claim(claim, (), Verdict.UNSUPPORTED, (Issue(kind, ""),)))
    ]
    return [s.text.strip() for s in sentences(refused, shown, asked, near)]


def test_the_sentence_with_the_answer_stands_in_for_a_claim_that_was_refused() -> None:
    assert found("Ines Varga donated the museum's oldest tram.", "content") == [PLANT]


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        ("Which retired welder donated the tram?", "it adds nothing to the question"),
        ("Ines Kovacs donated the oldest tram.", "no sentence has the whole answer"),
        ("The tram was kept in a barn for 25 years.", "the sentence points at the one before it"),
        ("The trams on loan are seven.", "the sentence tells something else"),
    ],
)
def test_no_other_sentence_does(claim: str, why: str) -> None:
    assert found(claim, "content") == [], why


def test_the_number_of_something_else_is_no_answer() -> None:
    asked = "how many buses did the museum get in spring"
    said = "The museum got 14 trams in spring."
    assert found("The museum got 14 buses in spring.", "unit", asked=asked, text=said) == []
    counted = asked.replace("buses", "trams")
    assert found("It got 14 trams in the spring of 2023.", "number", asked=counted, text=said) == []
    assert found("In spring it got 14 trams.", "number", asked=counted, text=said) == [said]


def test_what_the_sentence_has_of_the_question_counts_with_how_near_it_is() -> None:
    shown = {"S1": split_sentences(make_article(PLANT, title="Trams"))[0]}
    claim = "Ines Varga donated it."
    refused = [(DraftClaim(claim, ("S1",)), Claim(claim, (), Verdict.UNSUPPORTED))]

    def kept(cosine: float, least: float = TO_THE_POINT) -> list[Sentence]:
        cosines = [cosine]
        return sentences(refused, shown, ASKED, lambda q, texts: cosines, least=least)

    assert (len(kept(0.4)), len(kept(-0.2))) == (1, 0)
    assert len(kept(0.1)) > len(kept(0.1, TO_THE_POINT_UNREAD))


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        (PLANT, True),
        ("She had kept it in a barn.", False),
        ("Old trams", False),
        ("The tram " + "rolled and " * 40 + "stopped.", False),
    ],
)
def test_a_sentence_is_short_and_says_what_it_is_about(text: str, alone: bool) -> None:
    assert stands_alone(text) is alone


def test_the_reader_gets_it_in_quotation_marks_and_the_model_has_read_it_alone(
    archive: Archive,
) -> None:
    list(archive.add([make_article(f"{PLANT} {MORE}", id="a2", title="Museum gets a tram")]))
    llm = ScriptedLLM(
        "Ines Varga did not give the museum its oldest tram. [S1]", "Ines Varga", rereads=True
    )
    got = answer(archive, llm, question="Which retired welder gave the museum its oldest tram?")
    refused, told = got.claims
    assert (refused.verdict, told.verdict, told.verbatim) == (
        Verdict.UNSUPPORTED, Verdict.SUPPORTED, True,
    )  # fmt: skip
    assert got.text == f"“{PLANT}” [1]."
    assert got.text[told.start : told.end] == got.text
    assert [c.quote for c in got.citations] == [PLANT]
    again = llm.prompts[-1]
    assert (again.system, len(again.sentences)) == (READ_ALONE, 0)


def test_it_is_not_told_if_read_by_itself_it_answers_something_else(archive: Archive) -> None:
    list(archive.add([make_article(f"{PLANT} {MORE}", id="a2", title="Museum gets a tram")]))
    wrong = "Ines Varga did not give the museum its oldest tram. [S1]"
    llm = ScriptedLLM(wrong, "not told", wrong, "not told", rereads=True)
    got = answer(archive, llm, question="Which retired welder gave the museum its oldest tram?")
    assert (got.status, got.text, got.citations) == (Status.NOT_FOUND, "", ())
    assert not any(claim.verbatim for claim in got.claims)
