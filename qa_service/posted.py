"""Articles that come in a request's body: one object, a list, or one object a line.

Finds the records and lets `index.formats.json` read each; knows nothing of storing.
"""

import json
from collections.abc import Iterable, Mapping

from index.documents import Article
from index.errors import Unreadable
from index.formats.json import article_from_record
from qa_service.errors import BadRequest, NotText, TooMany, UnknownMedia

MAX_ARTICLES = 1000  # a thousand take a minute to embed on two cores; longer than most clients wait
LINES = ("application/x-ndjson", "application/ndjson", "application/jsonl")


def read_posted(body: bytes, content_type: str) -> list[Article | Unreadable]:
    """Return every article in the order sent, with the reason in place of one that is none.

    Raises `QAError` where the body as a whole cannot be understood.
    """
    records = _records(body, content_type.partition(";")[0].strip().lower())
    if len(records) > MAX_ARTICLES:
        raise TooMany(
            f"One call takes at most {MAX_ARTICLES} articles, and {len(records)} came: send them "
            "in several calls, or ingest with the command."
        )
    return [_article(record) for record in records]


def _records(body: bytes, media: str) -> list[object]:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotText(f"Send UTF-8: the byte at {error.start} is not.") from None
    if media in LINES:  # split at LF alone: JSON may hold other line ends as they are
        return [_parsed_line(n, line) for n, line in _numbered(text) if line.strip()]
    if media != "application/json":
        raise UnknownMedia(
            f"Send application/json, or application/x-ndjson with one article a line; {media!r} "
            "came."
            if media
            else "Name the body's type: 'Content-Type: application/json'."
        )
    try:
        content = _parse(text)
    except Unreadable as error:
        raise BadRequest(f"{error}; send one article, a list, or {{'articles': […]}}.") from None
    if isinstance(content, Mapping) and content.keys() == {"articles"}:
        content = content["articles"]
    return content if isinstance(content, list) else [content]


def _numbered(text: str) -> Iterable[tuple[int, str]]:
    return enumerate(text.split("\n"), start=1)


def _parsed_line(number: int, line: str) -> object:
    try:
        return _parse(line)
    except Unreadable as error:
        return Unreadable(f"line {number}: {error}")


def _parse(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable(f"this is not JSON: {error.msg} at character {error.pos}") from None
    except (ValueError, RecursionError) as error:  # numbers of thousands of digits; deep nesting
        raise Unreadable(f"this JSON cannot be read: {error}") from None


def _article(record: object) -> Article | Unreadable:
    if isinstance(record, Unreadable):
        return record
    if not isinstance(record, Mapping):
        return Unreadable(f"expected an object with title and text, got {type(record).__name__}")
    try:
        return article_from_record(record)
    except Unreadable as error:
        return error
