import sys

import pytest

from index.errors import Unreadable
from index.formats.recognise import kind_of, reader_of


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"%PDF-1.7", "report.txt", "pdf"),
        (b"WARC/1.1\r\n", "crawl", "warc"),
        (b"PAR1\x15", "data.bin", "parquet"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><!-- x --><rss version='2.0'>", "news.html", "feed"),
        ("<?xml version='1.0' encoding='utf-16'?><feed>".encode("utf-16"), "a.xml", "feed"),
        (b"<!DOCTYPE nitf SYSTEM 'x.dtd' [<!-- -->]><nitf>", "a.xml", "nitf"),
        (b"<a:newsMessage xmlns:a='http://iptc.org/std/nar/2006-10-01/'>", "wire", "newsml"),
        (b"<urlset>", "sitemap.xml", "sitemap"),
        (b"<!doctype html><title>", "page", "html"),
        (b"<html xmlns='http://www.w3.org/1999/xhtml'>", "page.xml", "html"),
        (b'{"a": 1}\n{"a": 2}', "lines.json", "lines"),
        (b'{"a": 1}', "one.jsonl", "lines"),
        (b'[{"a": 1}', "export", "json"),
        (b"<p>a piece</p>", "piece.html", "html"),
        (b"<html> is a tag", "notes.txt", "text"),
        (b"# <rss>", "notes.md", "markdown"),
        (b"<rss>,b", "a.csv", "table"),
        (b"a;b", "a.TSV.gz", "table"),
    ],
)
def test_the_first_bytes_say_what_a_file_is_and_its_name_where_they_do_not(
    head: bytes, name: str, kind: str
) -> None:
    assert kind_of(head, name) == kind


@pytest.mark.parametrize(
    ("head", "name", "reason"),
    [
        (b"\xd0\xcf\x11", "letter.doc", "expected one of .txt"),
        (b"plain", "README", "expected one of .txt"),
        (b"<opml>", "feeds.xml", "got <opml>"),
        (b"<NewsML Version='1.2'>", "old.xml", "got <NewsML>"),
        (b"", "a.xml", "got no element"),
    ],
)
def test_what_is_no_format_of_ours_is_refused_by_what_it_is(
    head: bytes, name: str, reason: str
) -> None:
    with pytest.raises(Unreadable, match=reason):
        kind_of(head, name)


@pytest.mark.parametrize(
    ("head", "library", "advice"),
    [
        (b"PAR1", "pyarrow", r"pip install 'news-qa-service\[parquet\]'"),
        (b"%PDF-", "pypdf", "pip install pypdf"),
    ],
)
def test_a_library_that_is_not_installed_is_named(
    head: bytes, library: str, advice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, f"index.formats.{kind_of(head, '')}", raising=False)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(Unreadable, match=advice):
        reader_of(head, "a")
