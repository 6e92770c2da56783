import re
import tracemalloc
from contextlib import suppress
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pytest

from index.errors import Unreadable
from index.formats.recognise import reader_of
from index.identity import RawArticle, identify

pytestmark = pytest.mark.skipif(find_spec("defusedxml") is None, reason="defusedxml is missing")

NS = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'
NITF = """<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body>
<body.head><hedline><hl1>Inner headline</hl1></hedline><byline>By Bo Berg</byline></body.head>
<body.content><p>Taxes stay as
   they are.</p><media><media-caption>A picture</media-caption></media>
<p>Nobody <em>asked</em> &amp; nobody paid.</p></body.content></body></nitf>"""
XHTML = """<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head><body>
<p>Taxes stay as they are.</p><p>Nobody <b>asked</b> &amp; nobody paid.</p></body></html>"""


def item(body: str = NITF, *, guid: str = "urn:sarn:1", meta: str = "", ns: str = NS) -> str:
    return f"""<newsItem {ns} guid="{guid}" version="3" standard="NewsML-G2" xml:lang="en-GB">
<rightsInfo><copyrightNotice>© Sarn Gazette</copyrightNotice></rightsInfo>
<itemMeta><itemClass qcode="ninat:text"/><provider qcode="nprov:Sarn"><name>Sarn Gazette</name>
</provider><versionCreated>2023-09-05T10:00:00Z</versionCreated>
<firstCreated>2023-09-04T10:00:00Z</firstCreated>{meta}</itemMeta>
<contentMeta><creator><name>Ann Lee</name></creator><headline>Taxes stay</headline></contentMeta>
<contentSet><inlineXML contenttype="application/nitf+xml">{body}</inlineXML></contentSet>
</newsItem>"""


def found_in(text: str | bytes, name: str = "a.xml") -> list[RawArticle | Unreadable]:
    data = text if isinstance(text, bytes) else ('<?xml version="1.0"?>' + text).encode()
    return [found for _, found in reader_of(data[:4096], name)(BytesIO(data), name)]


@pytest.mark.parametrize("body", [NITF, XHTML], ids=["nitf", "xhtml"])
def test_a_news_item_is_read_whole(body: str) -> None:
    (found,) = found_in(item(body, meta="<edNote>Corrects the year.</edNote>"))
    assert found == RawArticle(
        text="Taxes stay as they are.\n\nNobody asked & nobody paid.",
        title="Taxes stay",
        id="urn:sarn:1",
        source="Sarn Gazette",
        author="Ann Lee",
        published="2023-09-04T10:00:00Z",
        published_known_by="feed",
        updated="2023-09-05T10:00:00Z",
        language="en-GB",
        notice="Corrects the year.",
        copyright="© Sarn Gazette",
        edition="3",
    )


def test_a_message_gives_each_of_its_items() -> None:
    items = item(guid="urn:1") + "<conceptItem/>" + item("", guid="urn:2") + item(guid="urn:3")
    one, concept, empty, three = found_in(
        f"<newsMessage {NS}><header/><itemSet>{items}</itemSet></newsMessage>", "wire"
    )
    assert isinstance(one, RawArticle)
    assert isinstance(three, RawArticle)
    assert (one.id, three.id) == ("urn:1", "urn:3")
    assert "conceptitem" in str(concept)
    assert "inlinexml application/nitf+xml" in str(empty)


def test_a_package_is_what_it_says_of_its_items_each_once() -> None:
    reference = """<itemRef residref="urn:1"><title>Taxes stay</title>
    <description role="drol:summary">The council keeps taxes.</description></itemRef>"""
    package = f"""<packageItem {NS} guid="urn:p"><itemMeta><itemClass qcode="ninat:composite"/>
    <provider literal="Sarn"/><versionCreated>2023-09-04</versionCreated></itemMeta>
    <groupSet root="g"><group id="g">{reference}{reference}</group></groupSet></packageItem>"""
    (found,) = found_in(package)
    assert isinstance(found, RawArticle)
    assert (found.text, found.source) == ("Taxes stay\n\nThe council keeps taxes.", "Sarn")


def test_a_package_of_bare_references_says_what_it_lacks() -> None:
    package = f"""<packageItem {NS} guid="urn:p"><itemMeta><itemClass qcode="ninat:composite"/>
    <provider literal="Sarn"/><versionCreated>2023-09-04</versionCreated></itemMeta><groupSet>
    <group><itemRef href="https://sarn.example/1.xml"/><itemRef residref="urn:2"/></group>
    </groupSet></packageItem>"""
    (found,) = found_in(package)
    assert "got only 2 references to other items: nothing is fetched" in str(found)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<inlineData>One.</inlineData>", "One."),
        (
            '<inlineData contenttype="text/html">&lt;p&gt;One &amp;amp;&lt;/p&gt;&lt;p&gt;two.'
            "&lt;/p&gt;</inlineData>",
            "One &\n\ntwo.",
        ),
        ('<inlineData contenttype="text/plain" encoding="base64">T25lLg==</inlineData>', None),
    ],
    ids=["plain", "html", "base64"],
)
def test_text_that_an_item_holds_as_characters_is_read(data: str, text: str | None) -> None:
    inline = re.sub("<inlineXML.*</inlineXML>", data, item(), flags=re.DOTALL)
    (found,) = found_in(inline)
    assert (found.text if isinstance(found, RawArticle) else None) == text


@pytest.mark.parametrize(
    "status",
    ['qcode="stat:canceled"', 'uri="http://cv.iptc.org/newscodes/pubstatusg2/canceled"'],
)
def test_a_kill_needs_no_text(status: str) -> None:
    (found,) = found_in(item("", meta=f"<pubStatus {status}/>"))
    assert isinstance(found, RawArticle)
    assert (found.status, identify(found).id) == ("canceled", "urn:sarn:1")


def test_an_embargo_is_kept() -> None:
    (found,) = found_in(item(meta="<embargoed>2030-01-01T12:00:00Z</embargoed>"))
    assert isinstance(found, RawArticle)
    assert found.usable_from == "2030-01-01T12:00:00Z"


HELD = [
    ('<docdata management-status="canceled"/>', "canceled", None),
    ('<docdata management-status="withheld"/>', "withheld", None),
    ('<docdata management-status="embargoed"/>', "withheld", None),
    (
        '<docdata management-status="embargoed"><date.release norm="20300101T120000Z"/></docdata>',
        "usable",
        "20300101T120000Z",
    ),
    ('<docdata><date.release norm="20300101T120000Z"/></docdata>', "usable", "20300101T120000Z"),
]


@pytest.mark.parametrize(("data", "status", "usable_from"), HELD)
def test_what_a_story_says_of_its_release_holds_alone_and_within_an_item(
    data: str, status: str, usable_from: str | None
) -> None:
    story = NITF.replace("<body>", f"<head>{data}</head><body>", 1)
    for text in (story, item(story)):
        (found,) = found_in(text)
        assert isinstance(found, RawArticle)
        assert (found.status, found.usable_from) == (status, usable_from)


def test_a_release_that_cannot_be_understood_is_no_leave_to_publish() -> None:
    story = NITF.replace("<body>", '<head><docdata management-status="odd"/></head><body>', 1)
    with pytest.raises(Unreadable, match="'management-status', got 'odd'"):
        found_in(story)
    for text in (item(story), item(meta="<embargoed/>")):
        (found,) = found_in(text)
        assert isinstance(found, Unreadable)


def test_a_file_that_is_one_nitf_document_is_read() -> None:
    (found,) = found_in(NITF)
    assert isinstance(found, RawArticle)
    assert (found.title, found.author) == ("Inner headline", "By Bo Berg")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (item(meta='<pubStatus qcode="stat:odd"/>'), "pubStatus"),
        (f"<newsItem {NS} guid='a'/>", "without itemmeta"),
        (item().replace("<itemClass", "<itemKind"), "without itemclass"),
        (item(guid=""), "without guid"),
        (item().replace('version="3"', 'version="draft"'), "a number as 'version', got 'draft'"),
        (item(meta='<link href="%zz"/>'), "a URI as 'href'"),
        (f"<planningItem {NS}/>", "it describes news"),
    ],
)
def test_an_item_that_is_wrong_is_refused_with_the_reason(text: str, reason: str) -> None:
    (found,) = found_in(text)
    assert isinstance(found, Unreadable)
    assert reason in str(found)


DEPARTURES = [
    ('standardversion="2.29"', "", "NewsML-G2 2.29 needs a catalogRef"),
    ("", "<related>" * 5 + "</related>" * 5, "<related> may be nested 3 deep and is nested 5"),
    (
        'standardversion="2.28"',
        "<catalogRef/><assert><organisationDetails><affiliation/></organisationDetails></assert>",
        "NewsML-G2 2.28 has no affiliation in organisationdetails: 2.29 has",
    ),
    (
        "",
        "<assert><organisationDetails><size/></organisationDetails></assert>",
        "<size> cannot stand in the organisationdetails of a newsitem",
    ),
]


@pytest.mark.parametrize(("attribute", "inside", "reason"), DEPARTURES)
def test_a_departure_refuses_no_story_and_is_named_where_there_is_none(
    attribute: str, inside: str, reason: str
) -> None:
    def departing(body: str) -> str:
        text = item(body).replace("<newsItem ", f"<newsItem {attribute} ")
        return text.replace("<rightsInfo>", f"{inside}<rightsInfo>")

    (story,), (nothing,) = found_in(departing(NITF)), found_in(departing(""))
    assert isinstance(story, RawArticle)
    assert str(nothing).endswith(f"; besides, {reason}")


def test_a_message_of_any_size_is_read_in_the_memory_of_one_item() -> None:
    class Endless(BytesIO):
        """A message of 300 items, made as it is read."""

        left = 302

        def read(self, size: int | None = -1) -> bytes:
            self.left -= 1
            if self.left == 301:
                return f"<newsMessage {NS}><header/><itemSet>".encode()
            long = NITF.replace("they are.", "they are. " * 2_000)
            if self.left < 0:
                return b""
            return item(long).encode() if self.left else b"</itemSet></newsMessage>"

    tracemalloc.start()
    read = reader_of(b"<newsMessage>", "a.xml")
    count = sum(isinstance(found, RawArticle) for _, found in read(Endless(), "a.xml"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 300
    assert peak < 2 * 2**20


def test_an_item_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.formats.xml.MAX_DOCUMENT", 200_000)
    with pytest.raises(Unreadable, match="longer one"):
        found_in(item("<p>One.</p>" * 20_000))


BOMB = "<!DOCTYPE newsItem [" + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(9)
)


@pytest.mark.parametrize(
    "text",
    [
        f"{BOMB}]>{item('<p>&a8;</p>')}",
        f"<!DOCTYPE newsItem [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>{item('<p>&x;</p>')}",
        f"<!DOCTYPE newsItem [<!ENTITY % x SYSTEM 'http://127.0.0.1/'> %x;]>{item()}",
        item()[:-20],
        item("<p>" * 600 + "</p>" * 600),
    ],
    ids=["bomb", "external", "parameter", "cut", "deep"],
)
def test_hostile_xml_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="expected XML"):
        found_in(text)


EXAMPLES = Path("../shared/data/formats/newsml-g2")


def outcomes(pattern: str) -> dict[str, list[RawArticle | Unreadable]]:
    found = {}
    for path in sorted(EXAMPLES.glob(pattern)):
        try:
            found[path.name] = found_in(path.read_bytes(), path.name)
        except Unreadable as error:
            found[path.name] = [error]
    return found


@pytest.mark.skipif(not EXAMPLES.exists(), reason="../shared/data/formats is not there")
def test_the_examples_of_the_standard_with_text_are_read_and_the_others_say_why_not() -> None:
    found = outcomes("2.35/*.xml")
    read = {name for name, each in found.items() if isinstance(each[0], RawArticle)}
    assert len(found) == 35
    assert len(read) == 12
    text = found["LISTING_2_NewsML-G2_Text_Document.xml"][0]
    assert isinstance(text, RawArticle)
    assert (text.title, text.author, text.language, text.edition) == (
        'Fed to halt QE to avert "bubble"',
        "Meredith Jameson",
        "en-US",
        "11",
    )
    refused = {str(each[0]).split(",")[0] for name, each in found.items() if name not in read}
    assert refused <= {
        "expected a NewsML-G2 item or message",
        "expected news",
        "expected a newsitem with text in it",
        "expected a whole packageitem",
        "expected a feed",
    }


@pytest.mark.skipif(not EXAMPLES.exists(), reason="../shared/data/formats is not there")
def test_what_the_standard_lets_pass_departs_from_it_nowhere() -> None:
    departing, files = [], sorted(EXAMPLES.glob("unit_tests/*/should_pass/*.xml"))
    for path in files:
        with suppress(Unreadable):  # bare catalogues
            found = found_in(path.read_bytes(), path.name)
            departing += [(path.name, str(each)) for each in found if "besides" in str(each)]
    assert (len(files), departing) == (151, [])


@pytest.mark.skipif(not EXAMPLES.exists(), reason="../shared/data/formats is not there")
def test_everything_that_should_fail_is_refused_with_a_reason() -> None:
    found = outcomes("unit_tests/*/should_fail/*.xml")
    assert len(found) == 10
    assert all(isinstance(each, Unreadable) for (each,) in found.values())
