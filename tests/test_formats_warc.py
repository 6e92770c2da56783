import gzip
import zlib
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest

from index.documents import Article
from index.read import Rejected, read

PROSE = (
    "<p>The council of the town met on Monday evening and agreed to keep all taxes as they are for "
    "one more year.</p><p>The café on the square stays open, said the mayor, and the roads will be "
    "mended in spring, when the frost is over.</p>"
)
PAGE = f"<html><head><title>{{title}}</title></head><body><article>{PROSE}</article></body></html>"


def record(
    body: bytes,
    *,
    kind: str = "response",
    url: str = "https://sarn.example/a",
    status: str = "200 OK",
    headers: str = "Content-Type: text/html",
    extra: str = "",
) -> bytes:
    http = f"HTTP/1.1 {status}\r\n{headers}\r\n\r\n".encode() + body
    warc = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
        "WARC-Record-ID: <urn:uuid:7f0e7d1e-0000-4000-8000-000000000000>\r\n"
        f"WARC-Date: 2023-09-05T10:00:00Z\r\n{extra}"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return warc.encode() + http + b"\r\n\r\n"


def page(title: str, encoding: str = "utf-8") -> bytes:
    return PAGE.format(title=title).encode(encoding)


def chunked(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(data), data)


def test_each_page_is_an_article_known_by_the_address_it_was_asked_for(tmp_path: Path) -> None:
    records = [
        record(b"", kind="request"),
        record(page("One")),
        record(page("Zwei", "windows-1252"), url="https://sarn.example/b",
               headers="Content-Type: text/html; charset=ISO-8859-1"),
        record(chunked(gzip.compress(page("Three"))), url="https://sarn.example/c",
               headers="Content-Type: text/html\r\nContent-Encoding: gzip\r\n"
               "Transfer-Encoding: chunked"),
    ]  # fmt: skip
    (tmp_path / "a.warc").write_bytes(b"".join(records))
    (tmp_path / "b.warc.gz").write_bytes(b"".join(map(gzip.compress, records)))
    found = list(read([tmp_path / "a.warc"]))
    assert [(f.title, f.url, "café" in f.text) for f in found if isinstance(f, Article)] == [
        ("One", "https://sarn.example/a", True),
        ("Zwei", "https://sarn.example/b", True),
        ("Three", "https://sarn.example/c", True),
    ]
    assert found == list(read([tmp_path / "b.warc.gz"]))


def test_answers_that_are_no_page_are_rejected_by_number_and_address(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(
        record(b"", status="301 Moved")
        + record(b"\x89PNG", headers="Content-Type: image/png")
        + record(page("Cut"), extra="WARC-Truncated: length\r\n")
        + record(b"\x1f\x8bnot packed", headers="Content-Type: text/html\r\nContent-Encoding: gzip")
        + record(page("Last"))
    )
    *rejected, last = read([tmp_path])
    assert [f.where for f in rejected if isinstance(f, Rejected)] == [
        f"a.warc[{n}] https://sarn.example/a" for n in range(4)
    ]
    reasons = [f.reason for f in rejected if isinstance(f, Rejected)]
    assert reasons[:3] == [
        "expected a page with status 200, got 301",
        "expected a page, got image/png",
        "expected a whole page, got one that the crawler cut short (length)",
    ]
    assert isinstance(last, Article)


RAW = zlib.compressobj(wbits=-15)
ENCODED = [
    ("br", brotli.compress(page("One"))),
    ("br", page("One")),  # stored unpacked, under the header that it came with
    ("BR", brotli.compress(page("One"))),
    ("deflate", zlib.compress(page("One"))),
    ("deflate", RAW.compress(page("One")) + RAW.flush()),
    ("gzip", page("One")),
    ("zstd", page("One")),
]


@pytest.mark.parametrize(("encoding", "body"), ENCODED)
def test_a_page_is_unpacked_by_what_it_says_and_what_it_is(
    tmp_path: Path, encoding: str, body: bytes
) -> None:
    headers = f"Content-Type: text/html\r\nContent-Encoding: {encoding}"
    (tmp_path / "a.warc").write_bytes(record(body, headers=headers))
    (found,) = read([tmp_path])
    assert isinstance(found, Article), found
    assert (found.title, "café" in found.text) == ("One", True)


BOMB = brotli.compress(b" " * 2**30)


@pytest.mark.parametrize(
    ("encoding", "body", "reason"),
    [
        ("br", brotli.compress(page("One"))[:-20], "damaged br"),
        ("br", b"\xff" * 200, "damaged br"),
        ("deflate", b"\xff" * 200, "damaged deflate"),
        ("br", BOMB, "at most 16 MB"),
        ("zstd", b"\x28\xb5\x2f\xfd", "got it in 'zstd'"),
    ],
    ids=["cut", "noise", "no deflate", "bomb", "zstd"],
)
def test_a_page_that_cannot_be_unpacked_is_rejected_with_the_reason(
    tmp_path: Path, encoding: str, body: bytes, reason: str
) -> None:
    headers = f"Content-Type: text/html\r\nContent-Encoding: {encoding}"
    (tmp_path / "a.warc").write_bytes(record(body, headers=headers))
    (found,) = read([tmp_path])
    assert isinstance(found, Rejected)
    assert reason in found.reason


def test_a_page_cannot_take_the_place_of_one_on_another_site(tmp_path: Path) -> None:
    own, foreign = (
        page("A").replace(b"</head>", f'<link rel="canonical" href="{url}"/></head>'.encode())
        for url in ("https://www.sarn.example/story", "https://elsewhere.example/story")
    )
    (tmp_path / "a.warc").write_bytes(record(own) + record(foreign))
    assert [f.url for f in read([tmp_path]) if isinstance(f, Article)] == [
        "https://www.sarn.example/story",
        "https://sarn.example/a",
    ]


@pytest.mark.parametrize("data", [b"WARC/1.0\r\nnonsense", b"WARC/1.0\r\n\r\n", b"WARC/9"])
def test_what_is_no_warc_is_rejected(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.warc").write_bytes(data)
    (found,) = read([tmp_path])
    assert isinstance(found, Rejected)
    assert "WARC" in found.reason


def test_a_cut_archive_gives_what_stands_before_the_cut(tmp_path: Path) -> None:
    one, two = (gzip.compress(record(page(title))) for title in ("One", "Two"))
    (tmp_path / "a.warc.gz").write_bytes(one + two[:-30])
    found = list(read([tmp_path]))
    assert isinstance(found[0], Article)
    assert isinstance(found[-1], Rejected)
