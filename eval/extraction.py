"""`python -m eval extraction FOLDER`: how well text, title, date and author are taken from pages.

The pages come with their text alone. Title, date and author are therefore held to what the page
says in a second place, which is taken out of the reader's sight first: that is agreement between
two statements of one publisher, not truth.
"""

import argparse
import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from trafilatura import extract

from index.dates import parse_date
from index.errors import Unreadable
from index.formats.decode import decode
from index.formats.head import date_in_url
from index.formats.html import raw_from_html
from index.identity import RawArticle

SHINGLE = 4  # words: what the benchmark that the pages come from counts
LINKED_DATA = re.compile(r"<script[^>]*ld\+json[^>]*>(.*?)</script>", re.IGNORECASE | re.DOTALL)
AUTHOR = re.compile(r'"author"\s*:.{0,300}?"name"\s*:\s*\[?\s*"([^"]{3,80})"', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Page:
    """A page, where it was, and its text as people marked it."""

    url: str
    html: str
    text: str


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    right: int
    of: int

    def __str__(self) -> str:
        return f"{self.right / self.of:.3f} ({self.right} of {self.of})" if self.of else "none"


def pages(folder: Path) -> Iterator[Page]:
    """Yield the pages of the benchmark."""
    for line in (folder / "pages.jsonl").read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        html = decode(gzip.decompress((folder / said["html_file"]).read_bytes()))
        yield Page(said["url"], html, said["gold_text"])


def shingle_f1(found: str, gold: str) -> float:
    """Return F1 over runs of four words; 1 where both are empty."""
    ours, theirs = _shingles(found), _shingles(gold)
    if not ours and not theirs:
        return 1.0
    return 2 * (ours & theirs).total() / (ours.total() + theirs.total())


def title_agrees(found: RawArticle, url: str) -> bool | None:
    """Whether most words of the address stand in the title; None if the address has too few."""
    slug = max(urlsplit(url).path.split("/"), key=lambda part: part.count("-"))
    words = [word for word in re.findall(r"[a-z]{4,}", slug.lower()) if word != "html"]
    if len(words) < 4:
        return None
    title = (found.title or "").lower()
    return sum(word in title for word in words) / len(words) >= 0.5


def date_agrees(page: Page) -> bool | None:
    """Whether the day is the one in the address, for a reader who does not see the address."""
    stated = date_in_url(page.url)
    if stated is None:
        return None
    blind = page.html.replace(urlsplit(page.url).path, "/")
    found = _day(parse_date(str(_read(blind, None).published or "")))
    expected = _day(parse_date(stated))
    # A day more or less: publishers state the hour in UTC, and the address in their own time.
    return bool(found and expected and abs((found - expected).days) <= 1)


def author_agrees(page: Page) -> bool | None:
    """Whether the author is the one of the page's JSON-LD, for a reader who does not see that."""
    stated = [name for block in LINKED_DATA.findall(page.html) for name in AUTHOR.findall(block)]
    if not stated:
        return None
    found = _words(_read(LINKED_DATA.sub("", page.html), page.url).author or "")
    return any(_words(re.split("[,|]", name)[0]) <= found for name in stated)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be asked for."""
    parser.add_argument("folder", type=Path, help="pages.jsonl and the pages that it names")


def run(arguments: argparse.Namespace) -> int:
    """Print the table; 1 if text is taken worse than trafilatura alone takes it."""
    known = list(pages(arguments.folder))
    begun = time.perf_counter()
    found = [_read(page.html, page.url) for page in known]
    seconds = time.perf_counter() - begun
    ours = _mean([shingle_f1(raw.text, page.text) for raw, page in zip(found, known, strict=True)])
    alone = _mean(
        [shingle_f1(extract(page.html, include_comments=False) or "", page.text) for page in known]
    )
    kinds = Counter(raw.published_known_by or "none" for raw in found)
    print(f"pages                      {len(known)}, {len(known) / seconds:.1f} a second")
    print(f"refused                    {sum(not raw.text for raw in found)}")
    print(f"text, F1                   {ours:.3f} (trafilatura alone {alone:.3f})")
    titles = [title_agrees(raw, page.url) for raw, page in zip(found, known, strict=True)]
    print(f"title, by the address      {share(titles)}")
    print(f"date, by the address       {share([date_agrees(page) for page in known])}")
    print(f"author, by JSON-LD         {share([author_agrees(page) for page in known])}")
    print(f"author found at all        {Share(sum(bool(r.author) for r in found), len(found))}")
    print(f"dates known by             {', '.join(f'{k} {n}' for k, n in kinds.most_common())}")
    return 1 if round(ours, 3) < round(alone, 3) else 0


def share(outcomes: Sequence[bool | None]) -> Share:
    """Count what agreed among what could be compared."""
    told = [outcome for outcome in outcomes if outcome is not None]
    return Share(sum(told), len(told))


def _read(html: str, url: str | None) -> RawArticle:
    try:
        return raw_from_html(html, url=url)
    except Unreadable:
        return RawArticle("")


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    if 0 < len(words) < SHINGLE:
        return Counter([tuple(words)])
    return Counter(zip(*(words[n:] for n in range(SHINGLE)), strict=False))


def _words(name: str) -> set[str]:
    return set(re.findall(r"\w+", name.casefold())) - {"by"}


def _day(moment: date | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
