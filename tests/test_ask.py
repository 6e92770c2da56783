import asyncio
from collections.abc import AsyncGenerator, Iterator
from datetime import date
from pathlib import Path

import pytest

from index.archive import Archive
from qa_service.answers import Answer, Filters, Prompt, Status, Turn, Usage, Verdict
from qa_service.ask import Event, Found, ask
from qa_service.confidence import WORTH_ASKING
from qa_service.errors import LLMUnavailable
from qa_service.verify import Verified
from tests.fakes import HashedEmbedder, ScriptedLLM, make_article

QUESTION = "How many people had joined the army, Medvedev said?"
TEXT = (
    "Dmitry Medvedev said that about 280,000 people had joined the army since 1 January. "
    "Some of them were reservists. He denied that a new call-up was planned."
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = Archive.open(tmp_path, HashedEmbedder())
    list(archive.add([make_article(TEXT, title="Medvedev counts recruits to the army")]))
    yield archive
    archive.close()


def events(
    archive: Archive, llm: ScriptedLLM, question: str = QUESTION, **more: object
) -> list[Event]:
    async def collect() -> list[Event]:
        return [e async for e in ask(question, archive=archive, llm=llm, **more)]  # type: ignore[arg-type]

    return asyncio.run(collect())


def answer(archive: Archive, llm: ScriptedLLM, question: str = QUESTION, **more: object) -> Answer:
    last = events(archive, llm, question, **more)[-1]
    assert isinstance(last, Answer)
    return last


def test_passages_come_first_then_claims_then_the_answer(archive: Archive) -> None:
    llm = ScriptedLLM("About 280,000 people had joined the army since 1 January. [S1]")
    found, verified, last = events(archive, llm)
    assert isinstance(found, Found)
    assert isinstance(verified, Verified)
    assert isinstance(last, Answer)
    assert last.text == "About 280,000 people had joined the army since 1 January [1]."
    assert [c.quote for c in last.citations] == [TEXT.split(". ")[0] + "."]
    assert last.citations == verified.citations
    assert last.usage.completion_tokens > 0
    assert (last.status, last.related) == (Status.ANSWERED, ())


def test_a_wrong_number_is_shown_and_kept_out_of_the_text(archive: Archive) -> None:
    reply = "About 290,000 people had joined the army. [S1] Some were reservists. [S2]"
    llm = ScriptedLLM(reply, "reservists", rereads=True)
    got = answer(archive, llm, question="Which recruits to the army did Medvedev count?")
    assert [claim.verdict for claim in got.claims] == [Verdict.UNSUPPORTED, Verdict.SUPPORTED]
    assert got.claims[0].issues[0].kind == "number"
    assert got.text == "Some were reservists [1]."
    assert got.text[got.claims[1].start : got.claims[1].end] == got.text


def test_nothing_supported_is_not_found_with_the_nearest_passages(archive: Archive) -> None:
    wrong = "75,000 tanks had joined the army. [S1]"
    got = answer(archive, ScriptedLLM(wrong, wrong))
    assert (got.status, got.text, got.citations) == (Status.NOT_FOUND, "", ())
    assert [hit.passage.article.id for hit in got.related] == ["a1"]
    assert len(got.claims) == 1


def test_another_articles_other_number_is_told_with_its_date_and_quote(archive: Archive) -> None:
    other = make_article(
        "About 335,000 people had joined the army since 1 January, Medvedev said.",
        id="a2", title="Medvedev counts recruits to the army again", source="City Ledger",
        published=date(2023, 10, 26),
    )  # fmt: skip
    copy = make_article(TEXT, id="a3", title="Medvedev counts recruits to the army", source="Wire")
    list(archive.add([other, copy]))
    llm = ScriptedLLM("About 280,000 people had joined the army since 1 January. [S1]")
    got = answer(archive, llm)
    quotes = {c.number: (c.article.id, c.quote) for c in got.citations}
    (told,) = got.conflicts
    assert "City Ledger gave another number [2]" in told
    assert quotes[2] == ("a2", other.text)


def test_an_old_article_is_named_as_such_when_the_question_is_about_now(archive: Archive) -> None:
    said = "About 280,000 people had joined the army since 1 January. [S1]"
    question = "How many people have now joined the army, Medvedev said?"
    got = answer(archive, ScriptedLLM(said), question, as_of=date(2023, 10, 15))
    assert got.missing == "The newest article on this is 41 days old (4 September 2023)."
    assert answer(archive, ScriptedLLM(said), as_of=date(2023, 10, 15)).missing is None


def test_a_question_far_from_every_passage_does_not_reach_the_model(archive: Archive) -> None:
    llm = ScriptedLLM()
    got = answer(archive, llm, "Who is the mayor of Paris?")
    assert (got.status, llm.prompts, got.usage) == (Status.NOT_FOUND, [], Usage())
    assert got.confidence is not None
    assert got.confidence < 0.1


@pytest.mark.parametrize("question", ["😀", "?", "...", "the of and", "是"])
def test_a_question_without_words_is_not_found(archive: Archive, question: str) -> None:
    assert answer(archive, ScriptedLLM(), question).status is Status.NOT_FOUND


def test_an_empty_archive_is_not_found(tmp_path: Path) -> None:
    archive = Archive.open(tmp_path, HashedEmbedder())
    got = answer(archive, ScriptedLLM())
    assert (got.status, got.related) == (Status.NOT_FOUND, ())
    archive.close()


def test_filters_and_as_of_hold_in_the_search_and_in_the_prompt(archive: Archive) -> None:
    llm = ScriptedLLM("About 280,000 people had joined the army. [S1]")
    assert answer(archive, llm, as_of=date(2023, 9, 3)).status is Status.NOT_FOUND
    assert answer(archive, llm, filters=Filters(sources=("nobody",))).status is Status.NOT_FOUND
    assert answer(archive, llm, as_of=date(2023, 9, 5)).status is Status.ANSWERED
    assert "5 September 2023" in llm.prompts[0].user


def test_a_model_that_repeats_itself_is_heard_once(archive: Archive) -> None:
    said = "About 280,000 people had joined the army. [S1]"
    assert len(answer(archive, ScriptedLLM(f"{said} {said} {said}")).claims) == 1


def test_a_follow_up_is_searched_with_the_question_before_it(archive: Archive) -> None:
    llm = ScriptedLLM("Some of them were reservists. [S2]", "reservists", rereads=True)
    got = answer(archive, llm, "and who were they?", history=[Turn(QUESTION, "About 280,000.")])
    assert got.question_used == f"{QUESTION} and who were they?"
    assert (got.question, got.status) == ("and who were they?", Status.ANSWERED)


def test_a_model_that_is_down_is_an_error_and_no_answer(archive: Archive) -> None:
    with pytest.raises(LLMUnavailable):
        answer(archive, ScriptedLLM(LLMUnavailable("loading")))


class EndlessLLM:
    """Talks until it is stopped, and remembers that it was."""

    name = "endless"
    stopped = False

    async def complete(self, prompt: Prompt, *, max_tokens: int) -> AsyncGenerator[str | Usage]:
        try:
            while True:
                await asyncio.sleep(0)
                yield "Some of them were reservists. [S2]\n"
        finally:
            self.stopped = True


def test_a_reader_who_leaves_stops_the_model(archive: Archive) -> None:
    llm = EndlessLLM()

    async def leave() -> None:
        asked = ask(QUESTION, archive=archive, llm=llm)
        async for event in asked:
            if isinstance(event, Verified):
                break
        await asked.aclose()

    asyncio.run(leave())
    assert llm.stopped


def test_no_model_is_asked_where_no_sentence_can_be_shown(archive: Archive) -> None:
    quiz = "How many recruits to the army did the leader of Quillby count?"
    list(archive.add([make_article(quiz, id="quiz", title="Quiz")]))
    got = answer(archive, ScriptedLLM(), question=quiz)
    assert got.status is Status.NOT_FOUND
    assert got.confidence is not None
    assert got.confidence > WORTH_ASKING
