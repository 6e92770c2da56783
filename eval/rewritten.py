"""The same articles written anew in every format that can be written, and read back.

What comes back with the same words was read whole; how many a second is what the reader takes, with
normalising and hashing. Feeds and wires are written as plainly as their standards allow.
"""

import csv
import gzip
import html
import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from index.documents import Article
from index.read import Rejected, read

FEED = 500  # entries: a feed is read whole, and none that we saw had more


@dataclass(frozen=True, slots=True)
class Back:
    """What came back of the articles that were written in one format."""

    name: str
    files: int
    read: int
    refused: int
    same: int  # words, one after the other
    seconds: float


def round_trips(articles: Sequence[Article], folder: Path) -> Iterator[Back]:
    """Write the articles in each format and read them."""
    for name, write in WRITERS.items():
        place = folder / name
        place.mkdir()
        write(articles, place)
        begun = time.perf_counter()
        found = list(read([place]))
        seconds = time.perf_counter() - begun
        refused = sum(isinstance(each, Rejected) for each in found)
        back = {_words(each) for each in found if isinstance(each, Article)}
        same = sum(_words(article) in back for article in articles)
        files = sum(1 for _ in place.iterdir())
        yield Back(name, files, len(found) - refused, refused, same, seconds)


def _words(article: Article) -> tuple[str, ...]:
    return tuple(article.text.split())


def _record(article: Article) -> dict[str, str]:
    said = {"id": article.id, "title": article.title, "text": article.text}
    return {**said, "published": _published(article)} if article.published else said


def _published(article: Article) -> str:
    return article.published.isoformat() if article.published else ""


def _paragraphs(article: Article) -> str:
    lines = (line for line in article.text.split("\n") if line.strip())
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines)


def _page(article: Article) -> str:
    title = html.escape(article.title)
    return (
        f"<!doctype html><html><head><title>{title}</title></head><body><article>"
        f"{_paragraphs(article)}</article></body></html>"
    )


def _texts(articles: Iterable[Article], folder: Path) -> None:
    for number, article in enumerate(articles):
        head = f"title: {article.title}\ndate: {_published(article)}\n\n"
        (folder / f"{number}.txt").write_text(head + article.text, encoding="utf-8")


def _pages(articles: Iterable[Article], folder: Path) -> None:
    for number, article in enumerate(articles):
        (folder / f"{number}.html").write_text(_page(article), encoding="utf-8")


def _lines(articles: Iterable[Article], folder: Path) -> None:
    with gzip.open(folder / "a.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(_record(article)) + "\n" for article in articles)


def _table(articles: Iterable[Article], folder: Path) -> None:
    with (folder / "a.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, ["id", "title", "text", "published"], delimiter=";")
        rows.writeheader()
        rows.writerows(_record(article) for article in articles)


def _parquet(articles: Iterable[Article], folder: Path) -> None:
    import pyarrow  # type: ignore[import-untyped]
    from pyarrow import parquet

    records = [_record(article) for article in articles]
    parquet.write_table(pyarrow.Table.from_pylist(records), folder / "a.parquet")


def _feeds(articles: Sequence[Article], folder: Path) -> None:
    for start in range(0, len(articles), FEED):
        items = "".join(
            f"<item><title>{escape(html.escape(each.title))}</title><guid>{escape(each.id)}</guid>"
            f"<description>{escape(_paragraphs(each))}</description></item>"
            for each in articles[start : start + FEED]
        )
        feed = f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'
        (folder / f"{start}.rss").write_text(feed, encoding="utf-8")


def _ninjs(articles: Iterable[Article], folder: Path) -> None:
    for number, article in enumerate(articles):
        item = {"uri": article.id, "headlines": [{"value": article.title}], "version": "1"}
        bodies = [{"contentType": "text/html", "value": _paragraphs(article)}]
        (folder / f"{number}.json").write_text(json.dumps({**item, "bodies": bodies}))


def _newsml(articles: Iterable[Article], folder: Path) -> None:
    with (folder / "a.xml").open("w", encoding="utf-8") as file:
        file.write('<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>')
        for article in articles:
            file.write(
                f'<newsItem guid="{escape(article.id)}" version="1"><itemMeta><itemClass '
                'qcode="ninat:text"/><provider literal="Example"/><versionCreated>'
                f"{_published(article)}</versionCreated></itemMeta><contentMeta><headline>"
                f"{escape(article.title)}</headline></contentMeta><contentSet><inlineXML><html "
                'xmlns="http://www.w3.org/1999/xhtml"><body>'
                f"{_paragraphs(article)}</body></html></inlineXML></contentSet></newsItem>"
            )
        file.write("</itemSet></newsMessage>")


def _warc(articles: Iterable[Article], folder: Path) -> None:
    with (folder / "a.warc.gz").open("wb") as file:
        for number, article in enumerate(articles):
            body = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{_page(article)}".encode()
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/{number}"
                f"\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            file.write(gzip.compress(head.encode() + body + b"\r\n\r\n"))


WRITERS: dict[str, Callable[[Sequence[Article], Path], None]] = {
    "text": _texts,
    "web pages": _pages,
    "JSON lines, gz": _lines,
    "table": _table,
    "Parquet": _parquet,
    "RSS": _feeds,
    "ninjs": _ninjs,
    "NewsML-G2": _newsml,
    "WARC, gz": _warc,
}
