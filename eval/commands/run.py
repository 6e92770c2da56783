"""`python -m eval run CASES`: ask, score, and write the page that says how far to trust it."""

import argparse
import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from eval.asking import InProcess, OverHttp
from eval.attacks import make_rivals
from eval.cases import digest
from eval.gates import failures
from eval.judges import CrossEncoderJudge, GoldJudge, LanguageModelJudge, judge_agreement
from eval.metrics.citations import Judge
from eval.opening import (
    ROOT,
    RUNS,
    add_archive_arguments,
    archive_digest,
    every_article,
    opened_archive,
    service_settings,
)
from eval.pairs import Pair, pairs_of_reply, paraphrases
from eval.readers import own, read_cases
from eval.rereading import reread
from eval.results import metric_values, write_results
from eval.running import Asker, run_cases
from eval.runs import Run, Settings, code_version, key_of
from eval.sampling import sample
from eval.scoring import Scored, score
from eval.summary import Line, markdown, number, summarise
from eval.swaps import SwapTrial, run_swaps
from index.archive import Archive
from index.embed import Embedder, load_embedder
from qa_service.llm import LLM
from qa_service.prompts import READ_ALONE, SYSTEM
from qa_service.serve import running_llm

EXIT_GATE, EXIT_INCOMPLETE = 1, 3
PER_KIND = 80  # attacks, at most


@dataclass(frozen=True, slots=True)
class Subject:
    """What is evaluated: who answers, and what of it identifies the run."""

    asker: Asker
    settings: Settings
    archive: Archive | None = None
    llm: LLM | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be asked for."""
    add = parser.add_argument
    add("cases", type=Path, help="a file of cases or a folder of a known data set")
    add("--url", help="ask a running service instead of one in this process")
    add(
        "--peer", choices=["llamaindex"], help="ask another system with the same articles and model"
    )
    add_archive_arguments(parser)
    add("--answerable", type=int, help="draw so many answerable cases (fixed seed)")
    add("--absent", type=int, help="draw so many unanswerable cases (fixed seed)")
    add("--judge", action="append", default=[], help="gold (default), llm, nli:MODEL; repeatable")
    add("--jobs", type=int, default=1, help="cases at a time")
    add("--swap", action="store_true", help="attack the answers' own claims as well")
    add("--runs", type=Path, default=RUNS, help="where runs are kept (default: eval/runs)")
    add("--label", default="", help="part of the run's key, for what the settings cannot see")


def run(arguments: argparse.Namespace) -> int:
    """Ask and score; returns the exit status."""
    return asyncio.run(_run(arguments))


async def _run(arguments: argparse.Namespace) -> int:
    if arguments.peer and (arguments.url or arguments.swap or arguments.jobs > 1):
        raise ValueError("--peer is asked here, a case at a time: no --url, --swap or --jobs")
    drawn = sample(read_cases(arguments.cases), arguments.answerable, arguments.absent)
    async with _subject(arguments) as subject:
        settings = {**subject.settings, "cases": digest(drawn), "label": arguments.label}
        finished = Run.begin(arguments.runs, _name(arguments.cases), settings)
        own.write(drawn, finished.cases)
        replies = await run_cases(drawn, subject.asker, finished, jobs=arguments.jobs)
        judges = [_judge(name, subject) for name in arguments.judge or ["gold"]]
        scored = [await score(case, replies[case.id], judges) for case in drawn]
        swaps = await _swaps(scored, subject) if arguments.swap else None
    return _finish(finished, scored, swaps, arguments)


@asynccontextmanager
async def _subject(arguments: argparse.Namespace) -> AsyncIterator[Subject]:
    if arguments.url:
        service = OverHttp(arguments.url)
        yield Subject(service, {"url": arguments.url, "archive": service.archive()})
        return
    given = service_settings(arguments.data)
    embedder = load_embedder(given.embedder or None)
    with opened_archive(given, arguments.articles, embedder=embedder) as archive:
        async with running_llm(given) as llm:
            settings: Settings = {
                "model": given.llm_model or llm.name,
                "server": given.llm_base_url,
                "embedder": embedder.fingerprint,
                "archive": archive_digest(archive),
            }
            if arguments.peer:
                asker, own_settings = _peer(archive, embedder, llm)
            else:
                asker, own_settings = _service(archive, llm)
            yield Subject(asker, {**settings, **own_settings}, archive, llm)


def _service(archive: Archive, llm: LLM) -> tuple[Asker, Settings]:
    prompt = sha256(f"{SYSTEM}\0{READ_ALONE}".encode()).hexdigest()[:12]
    code = code_version(ROOT / "index", ROOT / "qa_service")
    return InProcess(archive, llm), {"prompt": prompt, "code": code}


def _peer(archive: Archive, embedder: Embedder, llm: LLM) -> tuple[Asker, Settings]:
    """Index the archive's articles with LlamaIndex; its index is kept for the next time."""
    try:
        from eval.llamaindex import LlamaIndex, version
    except ImportError as error:
        raise ValueError(f'--peer llamaindex needs pip install -e ".[bench]" ({error})') from error
    key = key_of({"articles": archive_digest(archive), "embedder": embedder.fingerprint})
    folder = RUNS / "archives" / f"llamaindex-{key}"
    asker = LlamaIndex(list(every_article(archive)), embedder, llm, folder=folder)
    return asker, {"peer": version()}


def _judge(name: str, subject: Subject) -> Judge:
    if name == "gold":
        return GoldJudge()
    if name.startswith("nli:"):
        return CrossEncoderJudge(name.removeprefix("nli:"))
    if name == "llm" and subject.llm is not None:
        return LanguageModelJudge(subject.llm)
    raise ValueError(f"{name!r} is no judge here: gold, nli:MODEL, or llm without --url")


async def _swaps(scored: Sequence[Scored], subject: Subject) -> SwapTrial:
    if subject.archive is None or subject.llm is None:
        raise ValueError("--swap needs the articles, so it goes with --data, not with --url")
    pairs: list[Pair] = list(paraphrases())
    for one in scored:
        stored, asked = subject.archive.article, one.case.question
        pairs += pairs_of_reply(one.case.id, one.reply, stored, asked=asked)
    tried = run_swaps(pairs, per_kind=PER_KIND, controls=0)
    read = await reread(make_rivals(pairs, at_most=PER_KIND), subject.llm)
    return SwapTrial((*tried.trials, *read))


def _finish(
    run: Run, scored: Sequence[Scored], swaps: SwapTrial | None, arguments: argparse.Namespace
) -> int:
    lines = summarise(scored)
    errors = Counter(one.reply.error for one in scored if one.reply.error is not None)
    failed = [f"cases that failed: {count}, with {error}" for error, count in errors.items()]
    notes = [*failed, *_agreed(scored)]
    extra: dict[str, float] = {}
    if swaps is not None:
        extra = {"swaps_accepted": swaps.accepted, "true_claims_refused": swaps.refused}
        swaps.write(run.folder / "swaps-wrong.jsonl")
        notes += [f"{name}: {number(value)}" for name, value in extra.items()]
    notes.append("; ".join(f"{name} {str(v)[:50]}" for name, v in run.settings.items() if v))
    write_results(run, lines, scored, notes=notes, extra=extra)
    print(markdown(f"Evaluation {run.folder.name}", lines, notes))
    if swaps is not None:
        print(swaps.markdown())
    print(f"\nEvery case, readable: {run.folder / 'report.html'}")
    return _status(lines, extra, bool(errors), arguments)


def _status(
    lines: Sequence[Line], extra: dict[str, float], broken: bool, arguments: argparse.Namespace
) -> int:
    values = metric_values(lines) | extra
    missed = failures(arguments.gates, values)
    if values.get("quotes_exact", 1.0) < 1 and not arguments.peer:
        missed.append("a quote is not the article's own words: see quotes_exact in the report")
    for line in missed:
        print(f"FAILED: {line}")
    return EXIT_GATE if missed else EXIT_INCOMPLETE if broken else 0


def _agreed(scored: Sequence[Scored]) -> list[str]:
    names = list(dict.fromkeys(name for one in scored for name in one.judged))
    if len(names) < 2:
        return []
    first, second = ([j for one in scored for j in one.judged.get(n, [])] for n in names[:2])
    agreed = judge_agreement(first, second)
    if agreed is None:
        return [f"{names[0]} and {names[1]} judged no claim in common"]
    share, kappa, n = agreed
    return [f"{names[0]} and {names[1]} agree on {share:.2f} of {n} claims (kappa {kappa:.2f})"]


def _name(path: Path) -> str:
    return path.name.split(".")[0] if path.name != "questions.jsonl" else path.parent.name
