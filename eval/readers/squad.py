"""SQuAD-style JSON: paragraphs with questions; version 2 has unanswerable ones.

{"data": [{"title": "Ferries", "paragraphs": [{"context": "Fourteen ferries were cancelled.",
 "qas": [{"id": "q1", "question": "How many were cancelled?", "is_impossible": false,
          "answers": [{"text": "Fourteen", "answer_start": 0}]}]}]}]}
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from eval.cases import Case, Gold

_SENTENCE_ENDS = (". ", "? ", "! ", "\n")


def read(path: Path) -> Iterator[Case]:
    """Read the questions; the gold quote is the sentence that the answer was marked in."""
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            for record in paragraph["qas"]:
                yield _case(record, paragraph["context"])


def _case(record: dict[str, Any], context: str) -> Case:
    impossible = bool(record.get("is_impossible", False))
    answers = [] if impossible else record["answers"]
    quotes = dict.fromkeys(_sentence_at(context, answer["answer_start"]) for answer in answers)
    return Case(
        id=str(record["id"]),
        question=record["question"],
        answers=tuple(dict.fromkeys(answer["text"] for answer in answers)),
        answerable=not impossible,
        gold=tuple(Gold(quote=quote) for quote in quotes),
    )


def _sentence_at(context: str, place: int) -> str:
    start = max(context.rfind(end, 0, place) + len(end.rstrip(" ")) for end in _SENTENCE_ENDS)
    ends = [found for end in _SENTENCE_ENDS if (found := context.find(end, place)) >= 0]
    return context[max(start, 0) : min(ends, default=len(context)) + 1].strip()
