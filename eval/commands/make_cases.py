"""`python -m eval make-cases --data DIR`: questions about the user's own articles, to be edited."""

import argparse
import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from datetime import date, datetime
from pathlib import Path

from tqdm import tqdm

from eval.cases import Case
from eval.making import (
    NearDuplicates,
    answerable,
    before_it_existed,
    fault,
    hidden,
    holders,
    parse_written,
    prompt_for,
    sample_sentences,
)
from eval.opening import add_archive_arguments, every_article, opened_archive, service_settings
from eval.readers import own
from index.documents import Article, Sentence
from qa_service.llm import LLM
from qa_service.serve import running_llm
from qa_service.settings import Settings

SEED = 20230904
UNANSWERABLE = 0.3  # of the cases; half of them hidden, half asked too early
TRIES = 3  # sentences drawn for each case that is wanted: about one in two is filtered
MAX_TOKENS = 80


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be asked for."""
    add = parser.add_argument
    add_archive_arguments(parser)
    add("--n", type=int, default=200, help="cases to make")
    add("--out", type=Path, default=Path("cases.jsonl"), help="file to write")


def run(arguments: argparse.Namespace) -> int:
    """Write the cases and say what was filtered."""
    given = service_settings(arguments.data)
    with opened_archive(given, arguments.articles) as archive:
        articles = list(every_article(archive))
    cases, faults = asyncio.run(_made(articles, arguments.n, given))
    own.write(cases, arguments.out)
    sides = Counter(case.answerable for case in cases)
    print(f"{arguments.out}: {sides[True]} answerable, {sides[False]} unanswerable")
    for reason, count in faults.most_common():
        print(f"  {count} left out: {reason}")
    return 0


async def _made(
    articles: Sequence[Article], n: int, given: Settings
) -> tuple[list[Case], Counter[str]]:
    faults: Counter[str] = Counter()
    sentences = sample_sentences(articles, n * TRIES, seed=SEED)
    cases: list[Case] = []
    async with running_llm(given) as llm:
        with tqdm(total=n, unit="case") as bar:
            async for case in written_cases(sentences, llm, faults):
                cases.append(case)
                bar.update()
                if len(cases) == n:
                    break
    return with_unanswerable(cases, articles), faults


async def written_cases(
    sentences: Sequence[Sentence], llm: LLM, faults: Counter[str]
) -> AsyncIterator[Case]:
    """Let the model write a question about each sentence; keep the ones without a fault."""
    for sentence in sentences:
        async with aclosing(llm.complete(prompt_for(sentence), max_tokens=MAX_TOKENS)) as pieces:
            reply = "".join([piece async for piece in pieces if isinstance(piece, str)])
        written = parse_written(reply)
        reason = "not two lines" if written is None else fault(written, sentence)
        if written is None or reason is not None:
            faults[reason or ""] += 1
            continue
        yield answerable(written, sentence)


def with_unanswerable(cases: Sequence[Case], articles: Sequence[Article]) -> list[Case]:
    """Turn the last cases into unanswerable ones: hidden and too early, one after the other."""
    count = round(len(cases) * UNANSWERABLE)
    kept, turned = list(cases[: len(cases) - count]), cases[len(cases) - count :]
    duplicates = NearDuplicates(articles)
    dates = {article.id: _day(article.published) for article in articles if article.published}
    for at, case in enumerate(turned):
        gold = case.gold[0].article_id or ""
        alike = duplicates.of(gold) | holders(case, articles)
        first = min((dates[one] for one in alike if one in dates), default=None)
        early = at % 2 == 1 and first is not None and all(one in dates for one in alike)
        kept.append(before_it_existed(case, first) if early and first else hidden(case, alike))
    return kept


def _day(published: date) -> date:
    return published.date() if isinstance(published, datetime) else published
