import json
from collections.abc import Callable
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from index.archive import Archive
from index.download import Downloader
from ingest import main
from tests.fakes import HashedEmbedder
from tests.web import Page, Web, downloader, web

pytestmark = pytest.mark.skipif(
    any(find_spec(name) is None for name in ("feedparser", "defusedxml", "protego")),
    reason="feedparser, defusedxml or protego is not installed",
)

PROSE = (
    "<p>The council of the town met on Monday evening and agreed to keep all taxes as they are for "
    "one more year.</p><p>{}, said the mayor, and the roads will be mended in spring, when the "
    "frost is over.</p>"
)


def page(says: str, *, head: str = "") -> Page:
    html = f"<html><head>{head}</head><body><article>{PROSE.format(says)}</article></body></html>"
    return Page(html.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def feed(site: Web, *names: str, etag: str = "", text: str = "") -> Page:
    items = "".join(
        f"<item><title>{name}</title><link>{site.url}/{name}</link>{text}</item>" for name in names
    )
    body = f'<rss version="2.0"><channel><title>Gazette</title>{items}</channel></rss>'.encode()
    return Page(body, headers={"ETag": etag, "Content-Type": "application/rss+xml"})


def ingested(data: Path, *arguments: object, sleep: Callable[[float], Any] = lambda s: None) -> int:
    return main(
        [*map(str, arguments), "--data", str(data)],
        load=HashedEmbedder,
        download=downloader,
        sleep=sleep,
    )


def texts(data: Path) -> list[str]:
    with closing(Archive.open(data, HashedEmbedder())) as archive:
        return sorted(article.text for article in archive.articles())


def listed(data: Path) -> list[dict[str, Any]]:
    path = data / "rejected.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def test_what_is_rejected_is_listed_and_tried_again(tmp_path: Path) -> None:
    news, data = tmp_path / "news", tmp_path / "data"
    (news / "b").mkdir(parents=True)
    (news / "a.jsonl").write_text('{"text": "One."}\n{"text": 5}\n')
    (news / "b" / "c.txt").write_text("")
    assert ingested(data, news) == 1
    assert [(line["name"], line["position"], line["reason"]) for line in listed(data)] == [
        ("a.jsonl", ":2", "expected a string as 'text', got 5"),
        ("b/c.txt", "", "expected a document, got an empty file"),
    ]
    assert ingested(data, "--retry") == 1
    assert len(listed(data)) == 2
    (news / "b" / "c.txt").write_text("Three.")
    assert ingested(data, "--retry") == 1
    assert [line["name"] for line in listed(data)] == ["a.jsonl"]
    (news / "a.jsonl").write_text('{"text": "One."}\n{"text": "Two."}\n')
    assert ingested(data, "--retry") == 0
    assert listed(data) == []
    assert texts(data) == ["One.", "Three.", "Two."]
    assert ingested(data, news) == 0
    assert texts(data) == ["One.", "Three.", "Two."]


def test_a_later_ingest_settles_what_was_rejected_in_the_files_it_reads(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text("")
        ingested(data, tmp_path / f"{name}.txt")
    assert [line["name"] for line in listed(data)] == ["a.txt", "b.txt"]
    (tmp_path / "a.txt").write_text("One.")
    ingested(data, tmp_path / "a.txt")
    assert [line["name"] for line in listed(data)] == ["b.txt"]
    (tmp_path / "b.txt").unlink()
    assert ingested(data, "--retry") == 1
    assert [line["reason"] for line in listed(data)] == ["no such file or directory"]


def test_a_retry_reads_through_the_same_map(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (tmp_path / "a.csv").write_text("story\n\n")
    ingested(data, tmp_path / "a.csv", "--map", "text=body")
    assert [line["map"] for line in listed(data)] == [{"text": "body"}]
    (tmp_path / "a.csv").write_text("body,text\nThe story.,short\n")
    assert ingested(data, "--retry") == 0
    assert texts(data) == ["The story."]


def test_a_kill_notice_for_nothing_is_listed_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "kill.json").write_text('{"id": "a1", "status": "canceled"}')
    assert ingested(tmp_path / "data", tmp_path / "kill.json") == 1
    assert [line["name"] for line in listed(tmp_path / "data")] == ["kill.json"]


def test_a_page_is_read_from_its_url(tmp_path: Path) -> None:
    with web(story=page("Nothing changes")) as site:
        assert ingested(tmp_path / "data", f"{site.url}/story") == 0
        with closing(Archive.open(tmp_path / "data", HashedEmbedder())) as archive:
            (article,) = archive.articles()
    assert article.url == f"{site.url}/story"
    assert "Nothing changes, said the mayor" in article.text


def test_a_feed_is_asked_for_again_only_if_it_changed(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with web() as site:
        site.pages["/feed"] = feed(site, "a", etag='"1"', text="<description>A.</description>")
        for _ in range(2):
            assert ingested(data, f"{site.url}/feed") == 0
        assert "if-none-match" not in site.headers[1]
        assert site.headers[3]["if-none-match"] == '"1"'
    assert texts(data) == ["A."]


def test_a_page_behind_a_feed_is_read_once_until_the_feed_says_more(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with web(a=page("A stays"), b=page("B goes")) as site:
        site.pages["/feed"] = feed(site, "a", "missing")
        assert ingested(data, f"{site.url}/feed", "--follow-links") == 1
        assert [line["position"] for line in listed(data)] == ["[1]"]
        site.pages["/feed"] = feed(site, "a", "b")
        assert ingested(data, f"{site.url}/feed", "--follow-links") == 0
        assert [path for path in site.asked if path == "/a"] == ["/a"]
        site.pages["/feed"] = feed(site, "a", "b", text="<description>Corrected</description>")
        site.pages["/a"] = page("A was corrected")
        assert ingested(data, f"{site.url}/feed", "--follow-links") == 0
    assert ["A was corrected" in text for text in texts(data)] == [True, False]
    assert listed(data) == []


def test_a_sitemap_is_read_with_the_pages_that_it_lists(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with web(a=page("A stays"), b=page("B goes")) as site:
        urls = "".join(
            f"<url><loc>{site.url}/{name}</loc><lastmod>2023-09-04</lastmod></url>"
            for name in ("a", "b", "gone")
        )
        inner = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
        outer = (
            '<?xml version="1.0"?><sitemapindex>'
            f"<sitemap><loc>{site.url}/inner.xml</loc></sitemap></sitemapindex>"
        )
        site.pages |= {"/inner.xml": Page(inner.encode()), "/outer.xml": Page(outer.encode())}
        assert ingested(data, f"{site.url}/outer.xml") == 1
        assert ingested(data, f"{site.url}/outer.xml") == 1
        assert [path for path in site.asked if path in ("/a", "/gone")] == ["/a", "/gone", "/gone"]
    assert len(texts(data)) == 2
    assert [line["position"].partition(" ")[0] for line in listed(data)] == ["[2]"]


class Rounds:
    """Ends a watch after so many rounds, and says what happens between them."""

    def __init__(self, *between: Callable[[], object]) -> None:
        self.between = list(between)
        self.waited: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.waited.append(seconds)
        if not self.between:
            raise KeyboardInterrupt
        self.between.pop(0)()


def test_feeds_are_watched_and_a_broken_one_stops_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, opml = tmp_path / "data", tmp_path / "feeds.opml"
    with web(broken=Page(b"<rss><oops")) as site:
        site.pages["/feed"] = feed(site, "a", text="<description>A.</description>")
        opml.write_text(
            f'<opml><body><outline text="All"><outline xmlUrl="{site.url}/broken"/>'
            f'<outline xmlUrl="{site.url}/gone"/><outline type="rss" xmlUrl="{site.url}/feed"/>'
            "</outline></body></opml>"
        )

        def more() -> None:
            site.pages["/feed"] = feed(site, "a", "b", text="<description>A.</description>")
            opml.write_text("<opml><body>")  # somebody is writing it at this moment

        watched = Rounds(more)
        arguments = ("--watch", opml, "--every", "10m")
        assert ingested(data, *arguments, sleep=watched) == 130
    assert texts(data) == ["A.", "A."]
    assert all(590 < seconds <= 600 for seconds in watched.waited)
    printed = capsys.readouterr()
    assert printed.out.count(f"{site.url}/feed: created 1") == 2
    assert "going on with the feeds it had" in printed.err
    assert sorted(line["file"] for line in listed(data)) == [
        f"{site.url}/broken",
        f"{site.url}/gone",
    ]


def test_an_opml_that_cannot_be_read_is_said_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "feeds.opml").write_text("<opml><body/></opml>")
    assert ingested(tmp_path / "data", "--watch", tmp_path / "feeds.opml") == 2
    assert "outlines with xmlUrl" in capsys.readouterr().err


@pytest.mark.parametrize(
    "wrong", [("--every", "soon"), ("--map", "headline=title"), ("--every", "0m")]
)
def test_an_option_that_means_nothing_is_wrong_usage(
    tmp_path: Path, wrong: tuple[str, str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        ingested(tmp_path / "data", tmp_path, *wrong)


def test_nothing_is_fetched_from_this_machine_unless_it_is_said(tmp_path: Path) -> None:
    with web(story=page("A secret")) as site:
        status = main(
            [f"{site.url}/story", "--data", str(tmp_path / "data")],
            load=HashedEmbedder,
            download=Downloader,
        )
        assert (status, site.asked) == (1, [])
    assert "not a public address" in listed(tmp_path / "data")[0]["reason"]
