"""From the folder of examples to quoted answers, with both real models."""

import asyncio
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import ingest
from index.archive import Archive
from qa_service.answers import Answer, Status
from qa_service.ask import ask
from qa_service.embedded import EmbeddedServer
from qa_service.embedded_llm import EmbeddedLLM
from qa_service.model_file import QWEN_CODER, default_folder, ensure_model
from qa_service.prompts import SYSTEM

pytestmark = pytest.mark.model
EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    from index.embed import load_embedder

    data = tmp_path_factory.mktemp("data")
    assert ingest.main([str(EXAMPLES / "articles"), "--data", str(data)]) == 0
    archive = Archive.open(data, load_embedder())
    yield archive
    archive.close()


def answers(archive: Archive, *questions: tuple[str, date | None]) -> list[Answer]:
    """Ask the embedded model, which is loaded once for all of them."""
    if not (default_folder() / QWEN_CODER.name).exists():
        pytest.skip("the language model is not here; `python -m qa_service.model_file` fetches it")

    async def collect() -> list[Answer]:
        llm = EmbeddedLLM(EmbeddedServer(await asyncio.to_thread(ensure_model)))
        llm.start(SYSTEM)
        try:
            found = []
            for question, as_of in questions:
                events = [e async for e in ask(question, archive=archive, llm=llm, as_of=as_of)]
                assert isinstance(events[-1], Answer)
                found.append(events[-1])
            return found
        finally:
            await llm.stop()

    return asyncio.run(collect())


def test_the_readmes_question_is_answered_and_paris_has_no_mayor(archive: Archive) -> None:
    recruits, mayor = answers(
        archive,
        ("how many recruits did Medvedev cite", None),
        ("Who is the mayor of Paris?", None),
    )
    assert recruits.status is Status.ANSWERED
    assert "280,000" in recruits.text
    citation = recruits.citations[0]
    stored = archive.article(citation.article.id, citation.article.version)
    assert stored.text[citation.span.start : citation.span.end] == citation.quote
    assert "280,000" in citation.quote
    assert (mayor.status, mayor.text, len(mayor.related) > 0) == (Status.NOT_FOUND, "", True)


def test_the_articles_of_the_example_questions_are_found(archive: Archive) -> None:
    from index.queries import Query

    lines = (EXAMPLES / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [case for case in map(json.loads, lines) if case["answerable"]]
    found = 0
    for case in cases:
        as_of = date.fromisoformat(case["as_of"]) if case.get("as_of") else None
        hits = archive.search(Query(case["question"], as_of=as_of, limit=4))
        urls = {hit.passage.article.url for hit in hits}
        found += any(gold["url"] in urls for gold in case["gold"])
    # 74 of 74 when this was written; the margin is for another processor's arithmetic.
    assert found >= len(cases) - 2
