"""Which of a record's fields is which of ours: `title=headline,text=body_text`."""

from collections.abc import Mapping

from index.errors import Unreadable

OURS = frozenset(
    "id title text html url source author published language updated notice copyright status "
    "usable_from edition published_known_by".split()
)


def parse_map(given: str) -> dict[str, str]:
    """Return the names that a record has for our fields; `Unreadable` says what is wrong."""
    fields: dict[str, str] = {}
    for pair in given.split(","):
        ours, equals, theirs = (part.strip() for part in pair.partition("="))
        if not (ours and equals and theirs):
            raise Unreadable(f"expected FIELD=NAME,FIELD=NAME, got {pair.strip()!r}")
        if ours not in OURS:
            raise Unreadable(f"expected one of {', '.join(sorted(OURS))}, got {ours!r}")
        if ours in fields:
            raise Unreadable(f"expected {ours!r} once, got it twice")
        fields[ours] = theirs
    return fields


def mapped(record: Mapping[str, object], fields: Mapping[str, str]) -> Mapping[str, object]:
    """Return the record under our names; a name with dots may lead into objects in objects."""
    if not fields:
        return record
    return {**record, **{ours: _at(record, theirs) for ours, theirs in fields.items()}}


def _at(record: Mapping[str, object], name: str) -> object:
    value: object = record
    if name in record:
        return record[name]
    for step in name.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value
