from collections.abc import Iterator
from pathlib import Path

import pytest

from index.archive import Archive
from index.documents import Span
from qa_service.answers import Citation, Status, Verdict
from qa_service.second_reading import is_due, objection, part_of
from tests.fakes import HashedEmbedder, ScriptedLLM, make_article
from tests.test_ask import answer

TITLE = "Ada Quill named director of the Harbour Museum"
NAMED = "Ada Quill takes over in May."
FOLLOWS = "Her place at the Tram Museum goes to Ben Roe, who died for trams, colleagues joke."
ASKED = "Who was named director of the Harbour Museum?"
TRUE = "Ada Quill was named director of the Harbour Museum. [S1]"
FALSE = "Ben Roe was named director of the Harbour Museum. [S2]"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = Archive.open(tmp_path, HashedEmbedder())
    list(archive.add([make_article(f"{NAMED} {FOLLOWS}", title=TITLE)]))
    yield archive
    archive.close()


def quoting(text: str) -> list[Citation]:
    return [Citation(1, make_article(text), Span(0, len(text)))]


def test_a_claim_stands_if_its_quote_alone_answers_the_same(archive: Archive) -> None:
    llm = ScriptedLLM(TRUE, "Ada Quill", rereads=True)
    got = answer(archive, llm, ASKED)
    assert (got.status, [c.quote for c in got.citations]) == (Status.ANSWERED, [NAMED])
    asked, again = llm.prompts
    assert NAMED in again.user
    assert FOLLOWS not in again.user
    assert again.user.endswith(f"Question: {ASKED}\nAnswer:")
    assert got.usage.prompt_tokens == sum(len(p.user) // 4 for p in (asked, again))


def test_another_name_of_the_story_is_refused_and_the_reason_told(archive: Archive) -> None:
    got = answer(archive, ScriptedLLM(FALSE, *["not told"] * 2, rereads=True), ASKED)
    (claim,) = got.claims
    assert (got.status, got.text, claim.verdict) == (Status.NOT_FOUND, "", Verdict.UNSUPPORTED)
    assert [issue.kind for issue in claim.issues] == ["second_reading"]


def test_what_the_quote_answers_instead_is_told_in_its_own_words(archive: Archive) -> None:
    both = "Ada Quill was named director of the Harbour Museum, where Ben Roe had been for long."
    list(archive.add([make_article(both, id="a2", title="Harbour Museum")]))
    got = answer(archive, ScriptedLLM(FALSE, *["Ada Quill"] * 2, rereads=True), ASKED)
    assert got.text == f"“{both}” [1]."
    assert [claim.verdict for claim in got.claims] == [Verdict.UNSUPPORTED, Verdict.SUPPORTED]


def test_what_follows_an_answer_need_be_none_itself(archive: Archive) -> None:
    more = "Ben Roe died for trams, colleagues joke. [S2]"
    got = answer(archive, ScriptedLLM(f"{TRUE}\n{more}", "Ada Quill", rereads=True), ASKED)
    assert [claim.verdict for claim in got.claims] == [Verdict.SUPPORTED] * 2
    llm = ScriptedLLM(f"{TRUE}\n{more}", *["not told"] * 2, *[more, "no"], rereads=True)
    got = answer(archive, llm, ASKED)
    assert got.status is Status.NOT_FOUND


def test_claims_are_told_in_the_order_in_which_they_were_written(archive: Archive) -> None:
    more = "The Harbour Museum named its director. [S1]"
    list(archive.add([make_article("The Harbour Museum named its director.", id="a2")]))
    got = answer(archive, ScriptedLLM(f"{TRUE}\n{more}", "Ada Quill", rereads=True), ASKED)
    assert got.claims[0].text == TRUE[:-5]


@pytest.mark.parametrize(
    ("claim", "quote", "asked", "due", "why"),
    [
        (TRUE[:-5], NAMED, ASKED, True, "the quote has her name and no appointment"),
        (TRUE[:-5], TITLE, ASKED, False, "the quote tells all of it"),
        ("Quill was.", NAMED, "Was Ada Quill named director of the museum?", False, "yes or no"),
        ("Quill was.", NAMED, "Was it Quill or Roe who was named director?", False, "A or B"),
        ("Ада Квилл.", "Ада Квилл.", "Кто возглавит музей порта?", False, "not English"),
    ],
)
def test_only_what_rests_on_little_of_its_quote_is_read_again(
    claim: str, quote: str, asked: str, due: bool, why: str
) -> None:
    assert is_due(claim, quoting(quote), asked) is due, why


@pytest.mark.parametrize(
    ("claim", "answer", "why"),
    [
        ("Two of the ferries were sold.", "2", "a number in digits"),
        ("The United Kingdom bought them.", "UK", "a country by its short name"),
        ("Mayor Ines Kovacs bought them.", "Kovacs", "a surname"),
        ("They were sold after a fire in the engine room.", "engine fire", "the same words"),
    ],
)
def test_the_same_answer_may_be_worded_differently(claim: str, answer: str, why: str) -> None:
    assert objection(claim, answer, "what became of the ferries") is None, why


def test_a_description_does_not_contradict_a_name_where_a_person_is_asked_for() -> None:
    found, described = "Gerrit Anselm first saw the comet.", "Amateur astronomer"
    assert objection(found, described, "who discovered the comet") is None
    assert objection(found, "Ada Quill", "who discovered the comet") is not None
    assert objection(found, described, "which telescope showed the comet") is not None


@pytest.mark.parametrize(
    ("claim", "answer", "why"),
    [
        ("Mayor Ines Kovacs bought the ferries.", "Mayor Colm Reddy", "both are mayors"),
        ("Two of the ferries were sold.", "three", "another number"),
        ("Two of the ferries were sold.", "not told", "nothing"),
        ("Two of the ferries were sold.", "the ferries", "no more than the question"),
        ("Ferries were sold to Ostrel.", "Ferries", "a bare name of the question"),
    ],
)
def test_another_answer_is_an_objection(claim: str, answer: str, why: str) -> None:
    assert objection(claim, answer, "what became of the ferries") is not None, why


def test_of_two_questions_in_one_the_quote_is_asked_the_one_that_the_claim_answers() -> None:
    both = "How many died in the flood and who came to help the villages?"
    assert part_of(both, "Neighbours came to help.") == "who came to help the villages"
    assert part_of(ASKED, "Neighbours came to help.") == ASKED
