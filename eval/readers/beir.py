"""A BEIR folder (Thakur et al. 2021): queries and graded relevance, for search alone.

queries.jsonl: {"_id": "q1", "text": "ferry cancellations"}
qrels/test.tsv, after a header line: q1<TAB>doc7<TAB>1
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from eval.cases import Case, Gold
from eval.readers.records import read_records


def read(folder: Path) -> Iterator[Case]:
    """Read the queries that have a relevant document; the corpus is ingested separately."""
    golds: dict[str, list[Gold]] = defaultdict(list)
    with (folder / "qrels" / "test.tsv").open(encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            query, document, grade = line.rstrip("\n").split("\t")
            if int(grade) > 0:
                golds[query].append(Gold(article_id=document, grade=int(grade)))
    for record in read_records(folder / "queries.jsonl"):
        if record["_id"] in golds:
            gold = tuple(golds[record["_id"]])
            yield Case(id=record["_id"], question=record["text"], gold=gold)
