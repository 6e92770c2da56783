"""RealTimeQA: dated quiz questions over news (Kasai et al. 2023), as prepared beside its articles.

{"id": "rtq-20240105_3", "question": "Which city …?", "date": "2024-01-05", "choices": ["A", "B"],
 "answers": ["B"], "answer_pool": true, "abstain_pool": false, "gold_article_ids": ["rt-1a2b"],
 "support_article_ids": ["rt-3c4d", "rt-1a2b"]}

`answer_pool` are the answerable ones, `abstain_pool` those whose answer stands in no article (an
exact-string label, so a sample of it has to be read); the rest are left out. Gold articles are the
ones that people linked, else those that hold the answer and most of the question's words.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from eval.cases import Case, Gold
from eval.readers.records import read_records


def read(folder: Path) -> Iterator[Case]:
    """Read the questions with a label; each is asked as of its own date."""
    for record in read_records(folder / "questions.jsonl"):
        if not record["answer_pool"] and not record["abstain_pool"]:
            continue
        golds = record["gold_article_ids"] or record["support_article_ids"]
        yield Case(
            id=record["id"],
            question=record["question"],
            answers=tuple(record["answers"]) if record["answer_pool"] else (),
            answerable=record["answer_pool"],
            as_of=date.fromisoformat(record["date"]),
            gold=tuple(Gold(article_id=gold) for gold in golds) if record["answer_pool"] else (),
            choices=tuple(record["choices"]),
        )
