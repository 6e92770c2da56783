"""Our own format: one case a line. `examples/questions.jsonl` and `make-cases` are written in it.

{"id": "q1", "question": "How many ferries were cancelled on Monday?", "answers": ["14"],
 "answerable": true, "as_of": "2024-02-06", "filters": {"sources": ["Harbour Post"]},
 "gold": [{"url": "https://example.org/ferries", "quote": "Fourteen ferries were cancelled."}],
 "choices": ["12", "14"]}

Only `question` is required. `gold` names an article by `article_id` or `url`; a `file`, and in a
file of many the `record` with the article's id, may stand beside them.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from eval.cases import Case, Gold
from eval.readers.records import read_records
from qa_service.answers import Filters

_FIELDS = {"id", "question", "answers", "answerable", "as_of", "filters", "gold", "choices"}
_GOLD_FIELDS = {"article_id", "url", "quote", "file", "grade"}


def read(path: Path) -> Iterator[Case]:
    """Read cases, refusing a field that the format does not have: it would be lost in silence."""
    for number, record in enumerate(read_records(path), start=1):
        if unknown := record.keys() - _FIELDS:
            raise ValueError(f"{path}, case {number}: unknown fields {sorted(unknown)}")
        if not str(record.get("question", "")).strip():
            raise ValueError(f"{path}, case {number}: a case needs a question")
        yield _case(record, default_id=f"case-{number}")


def write(cases: Iterable[Case], path: Path) -> None:
    """Write cases, one a line; `read` gives them back."""
    with path.open("w", encoding="utf-8") as file:
        for case in cases:
            file.write(json.dumps(_record(case), ensure_ascii=False) + "\n")


def _case(record: dict[str, Any], *, default_id: str) -> Case:
    answers = tuple(str(answer) for answer in record.get("answers", ()))
    as_of = record.get("as_of")
    return Case(
        id=str(record.get("id", default_id)),
        question=str(record["question"]),
        answers=answers,
        answerable=bool(record.get("answerable", bool(answers))),
        as_of=date.fromisoformat(as_of) if as_of else None,
        filters=_filters(record.get("filters") or {}),
        gold=tuple(_gold(gold) for gold in record.get("gold") or ()),
        choices=tuple(str(choice) for choice in record.get("choices") or ()),
    )


def _gold(record: dict[str, Any]) -> Gold:
    if unknown := record.keys() - _GOLD_FIELDS - {"record"}:
        raise ValueError(f"unknown fields {sorted(unknown)} in gold {record}")
    given = {"article_id": record.get("record"), **record}
    given.pop("record", None)
    return Gold(**given)


def _filters(record: dict[str, Any]) -> Filters:
    values: dict[str, Any] = {
        name: date.fromisoformat(value) if name.startswith("published_") else tuple(value)
        for name, value in record.items()
        if value is not None
    }
    return Filters(**values)


def _record(case: Case) -> dict[str, Any]:
    filters = {name: _plain(getattr(case.filters, name)) for name in Filters.__slots__}
    gold = [
        {name: value for name in sorted(_GOLD_FIELDS) if (value := getattr(one, name)) is not None}
        for one in case.gold
    ]
    record: dict[str, Any] = {
        "id": case.id,
        "question": case.question,
        "answers": list(case.answers),
        "answerable": case.answerable,
        "as_of": _plain(case.as_of),
        "filters": {name: value for name, value in filters.items() if value},
        "gold": gold,
        "choices": list(case.choices),
    }
    return {name: v for name, v in record.items() if v not in ([], {}, None) or name == "answers"}


def _plain(value: object) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
