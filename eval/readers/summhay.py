"""SummHay's news half: which documents each insight of a topic stands in (Laban et al. 2024).

queries.jsonl.gz: {"id": "syq-1", "topic": "news1", "question": "Impact of fuel on speed?",
 "insights": [{"id": "i1", "text": "…", "gold_doc_ids": ["sy-1"]}], "gold_doc_ids": ["sy-1"]}
articles.jsonl.gz: {"id": "sy-1", "topic": "news1", "number": 1, "text": "…"}
system_outputs.jsonl.gz: {"query_id": "syq-1", "system": "vector_gpt-4o",
 "bullets": ["* It is fast. [1][7]"],
 "eval": [{"insight_id": "i1", "coverage": "FULL_COVERAGE", "bullet_id": 1}]}
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eval.cases import Case, Gold
from eval.readers.records import read_records


@dataclass(frozen=True, slots=True)
class CoveredInsight:
    """An insight that a published summary covers: the bullet that does, and where it stands."""

    system: str
    bullet: str
    gold: frozenset[int]  # document numbers, as the bullets cite them


def read(folder: Path) -> Iterator[Case]:
    """Read the questions with their gold documents; there is no short answer to compare."""
    for record in read_records(folder / "queries.jsonl.gz"):
        golds = tuple(Gold(article_id=gold) for gold in record["gold_doc_ids"])
        yield Case(id=record["id"], question=record["question"], gold=golds)


def read_covered(folder: Path) -> Iterator[CoveredInsight]:
    """Read, for every system, the bullets that its judge matched to an insight."""
    numbers = {a["id"]: a["number"] for a in read_records(folder / "articles.jsonl.gz")}
    golds = {
        (query["id"], insight["id"]): frozenset(numbers[gold] for gold in insight["gold_doc_ids"])
        for query in read_records(folder / "queries.jsonl.gz")
        for insight in query["insights"]
    }
    for output in read_records(folder / "system_outputs.jsonl.gz"):
        for judged in output["eval"]:
            if judged["coverage"] != "NO_COVERAGE":
                bullet = output["bullets"][int(judged["bullet_id"]) - 1]
                gold = golds[output["query_id"], judged["insight_id"]]
                yield CoveredInsight(output["system"], bullet, gold)
