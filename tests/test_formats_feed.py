from importlib.util import find_spec
from io import BytesIO

import pytest

from index.errors import Unreadable
from index.formats.entries import Follow
from index.formats.recognise import How, reader_of
from index.identity import RawArticle, identify

pytestmark = pytest.mark.skipif(
    find_spec("feedparser") is None, reason="feedparser is not installed"
)

RSS = b"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
  <title>Sarn Gazette</title><link>https://sarn.example/</link><language>en-gb</language>
  <item>
    <title>Ferry aground</title><link>https://sarn.example/ferry?utm_source=rss</link>
    <guid isPermaLink="false">4711</guid><pubDate>Mon, 11 Sep 2023 10:00:00 +0200</pubDate>
    <dc:creator>Ann Lee</dc:creator><description>A ferry ran aground.</description>
    <content:encoded><![CDATA[<p>The ferry ran aground on <b>Monday</b>.</p>
      <script>alert(1)</script><p>Nobody was hurt &amp; all 60 left.</p>]]></content:encoded>
  </item>
  <item><title>A link alone</title><link>https://sarn.example/alone</link></item>
  <item><guid>4712</guid><description>A &lt;b&gt;short&lt;/b&gt; one.</description></item>
</channel></rss>"""

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Anzeiger</title>
<id>tag:anzeiger.example,2023:feed</id><updated>2023-09-05T00:00:00Z</updated>
<entry><title type="html">Steuern &amp;amp; mehr</title><id>tag:anzeiger.example,2023:1</id>
  <link href="https://anzeiger.example/1"/><author><name>Bo Berg</name></author>
  <published>2023-09-04T10:00:00+02:00</published><updated>2023-09-05T10:00:00Z</updated>
  <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Die <em>Steuern</em>
  bleiben.</p><p>Das sagt der Rat.</p></div></content></entry></feed>"""

JSON_FEED = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "Sarn Gazette",
"feed_url": "https://sarn.example/feed.json", "language": "en", "authors": [{"name": "Staff"}],
"items": [
 {"id": 7, "url": "https://sarn.example/7", "title": "Seven", "date_published": "2023-09-04",
  "date_modified": "2023-09-05", "content_html": "<p>One.</p><p>Two.</p>"},
 {"id": "8", "content_text": "Eight."}, "nine", {"id": "10"}]}"""


def found_in(data: bytes, name: str, follow: Follow | None = None) -> list[RawArticle | Unreadable]:
    reader = reader_of(data[:4096], name, How(follow=follow))
    return [found for _, found in reader(BytesIO(data), name)]


def test_a_link_without_a_host_belongs_to_the_site_of_the_feed() -> None:
    relative = RSS.replace(b"https://sarn.example/ferry", b"/ferry")
    assert found_in(relative, "feed.rss")[0] == found_in(RSS, "feed.rss")[0]
    seven = JSON_FEED.replace(b'"https://sarn.example/7"', b'"/7"')
    assert found_in(seven, "feed.json")[0] == found_in(JSON_FEED, "feed.json")[0]
    hostile = RSS.replace(b"https://sarn.example/ferry", b"//[ferry")
    assert isinstance(found_in(hostile, "feed.rss")[0], RawArticle)


def test_rss_gives_the_full_content_and_what_the_feed_says_of_it() -> None:
    ferry, alone, short = found_in(RSS, "feed.rss")
    assert ferry == RawArticle(
        text="The ferry ran aground on Monday.\n\nNobody was hurt & all 60 left.",
        title="Ferry aground",
        url="https://sarn.example/ferry",
        source="Sarn Gazette",
        author="Ann Lee",
        published="Mon, 11 Sep 2023 10:00:00 +0200",
        published_known_by="feed",
        language="en-gb",
    )
    assert "--follow-links" in str(alone)
    assert isinstance(short, RawArticle)
    assert (short.text, short.id) == ("A short one.", "https://sarn.example/ 4712")


def test_atom_gives_both_dates_and_decodes_entities_once() -> None:
    (found,) = found_in(ATOM, "feed.xml")
    assert found == RawArticle(
        text="Die Steuern bleiben.\n\nDas sagt der Rat.",
        title="Steuern & mehr",
        url="https://anzeiger.example/1",
        source="Anzeiger",
        author="Bo Berg",
        published="2023-09-04T10:00:00+02:00",
        published_known_by="feed",
        updated="2023-09-05T10:00:00Z",
        language="de",
    )


def test_json_feed_is_told_by_its_version() -> None:
    seven, eight, nine, ten = found_in(JSON_FEED, "feed.json")
    assert seven == RawArticle(
        text="One.\n\nTwo.",
        title="Seven",
        url="https://sarn.example/7",
        source="Sarn Gazette",
        author="Staff",
        published="2023-09-04",
        published_known_by="feed",
        updated="2023-09-05",
        language="en",
    )
    assert isinstance(eight, RawArticle)
    assert eight.id == "https://sarn.example/feed.json 8"
    assert "an item that is an object" in str(nine)
    assert "neither text nor link" in str(ten)


def test_an_entry_is_the_article_that_its_page_is() -> None:
    page = RawArticle("Another text.", url="https://sarn.example/ferry")
    ferry = found_in(RSS, "feed.rss")[0]
    assert isinstance(ferry, RawArticle)
    assert identify(ferry).id == identify(page).id


def test_a_followed_link_gives_the_page_with_what_the_feed_knows() -> None:
    asked: list[str] = []

    def follow(link: str, told: str) -> RawArticle:
        asked.append(link)
        return RawArticle("The page.", title="Page", published="2020-01-01",
                          published_known_by="guess")  # fmt: skip

    ferry, alone, _ = found_in(RSS, "feed.rss", follow)
    assert asked == ["https://sarn.example/ferry", "https://sarn.example/alone"]
    assert isinstance(ferry, RawArticle)
    assert (ferry.text, ferry.title, ferry.published_known_by) == (
        "The page.",
        "Ferry aground",
        "feed",
    )
    assert isinstance(alone, RawArticle)
    assert (alone.text, alone.published, alone.published_known_by) == (
        "The page.",
        "2020-01-01",
        "guess",
    )


def test_a_page_that_cannot_be_read_leaves_whole_content_but_no_summary() -> None:
    def follow(link: str, told: str) -> RawArticle:
        raise Unreadable("robots.txt forbids it")

    ferry, alone, _ = found_in(RSS, "feed.rss", follow)
    assert isinstance(ferry, RawArticle)
    assert ferry.text.startswith("The ferry ran aground")
    assert str(alone) == "https://sarn.example/alone: robots.txt forbids it"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<rss><!DOCTYPE", "expected RSS or Atom"),
        (b'<!DOCTYPE rss [<!ENTITY a "b">]><rss version="2.0"><channel/></rss>', "entities"),
        (b'<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss>&a;</rss>', "entities"),
        (b"", "empty"),
    ],
)
def test_what_is_no_feed_or_an_attack_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        found_in(data, "feed.rss")
