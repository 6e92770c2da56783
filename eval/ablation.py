"""What each step of the search buys: the same questions under one recipe after another.

Cases fall into two halves by their ids, so that what helps one of them by chance shows. Knows no
language model.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from eval.cases import Case
from eval.intervals import Interval, bootstrap
from eval.metrics.retrieval import MEASURES, article_ranking
from eval.observing import found
from eval.replies import Reply
from eval.wording import contains, words
from index.archive import Archive
from index.embed import Embedder
from index.queries import Query
from index.rank import Recipe
from qa_service import wire_answers

LIMIT = 12  # passages; what the service asks for
READ = 8  # of them, whose sentences the model may be shown
SHOWN = ("hits@1", "hits@4", "hits@10", "mrr@10")

NOTHING = Recipe(cosine=0.6, words=0.4, title=0, time=0, per_article=LIMIT)
STEPS: Mapping[str, Recipe] = {
    "BM25 alone": replace(NOTHING, cosine=0, words=1),
    "vectors alone": replace(NOTHING, cosine=1, words=0),
    "both, fused": NOTHING,
    "+ time that is named": replace(NOTHING, time=0.25),
    "+ headline": replace(NOTHING, time=0.25, title=0.2),
    "+ three of an article: as it is": Recipe(),
    "vectors .8, BM25 .2": replace(Recipe(), cosine=0.8, words=0.2),
    "without time": replace(Recipe(), time=0),
    "without headline": replace(Recipe(), title=0),
}

Scores = dict[str, float]  # by measure, of one case


@dataclass(frozen=True, slots=True)
class Line:
    """One recipe over one set of cases."""

    step: str
    values: Mapping[str, Interval]


class Remembering:
    """An embedder that embeds each question once, however often it is asked."""

    def __init__(self, embedder: Embedder) -> None:
        self.fingerprint, self.dimension = embedder.fingerprint, embedder.dimension
        self.embed_passages, self.embed_texts = embedder.embed_passages, embedder.embed_texts
        self.count_tokens = embedder.count_tokens
        self.embed_query = lru_cache(maxsize=10_000)(embedder.embed_query)


def half(case: Case) -> int:
    """Return 0 or 1, always the same for the same case."""
    return zlib.crc32(case.id.encode()) % 2


def scores(case: Case, archive: Archive, recipe: Recipe) -> Scores:
    """Search for a case by one recipe."""
    query = Query(case.question, as_of=case.as_of, limit=LIMIT)
    hits = archive.search(query, recipe=recipe)
    reply = Reply(found=tuple(found(wire_answers.hit(hit)) for hit in hits))
    ranking = article_ranking(case, reply)
    read = [words(one.text) for one in reply.found[:READ]]
    there = any(contains(text, words(answer)) for answer in case.answers for text in read)
    return {name: ranking[name].value for name in MEASURES} | {"answer@8": float(there)}


def table(step: str, by_case: Sequence[Scores]) -> Line:
    """Return the means of one recipe with their intervals."""
    names = (*SHOWN, "answer@8")
    return Line(step, {name: bootstrap([one[name] for one in by_case]) for name in names})


def markdown(title: str, lines: Sequence[Line]) -> Iterator[str]:
    """Yield a table of Markdown."""
    names = list(lines[0].values) if lines else []
    yield f"\n### {title}\n"
    yield f"| recipe | {' | '.join(names)} |"
    yield "|---" * (len(names) + 1) + "|"
    for line in lines:
        yield f"| {line.step} | {' | '.join(_cell(line.values[name]) for name in names)} |"


def difference(one: Sequence[Scores], other: Sequence[Scores], name: str) -> Interval:
    """Return by how much the first is better, case by case."""
    return bootstrap([a[name] - b[name] for a, b in zip(one, other, strict=True)])


def _cell(value: Interval) -> str:
    return f"{value.value:.3f} ({value.low:.2f}–{value.high:.2f})"
