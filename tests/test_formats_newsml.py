"""NewsML-G2 as it is meant, and the examples of the standard."""

import re
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import pytest

from index.errors import Unreadable
from index.identity import RawArticle, identify
from tests.newsml import NITF, NS, found_in, item

pytestmark = pytest.mark.skipif(find_spec("defusedxml") is None, reason="defusedxml is missing")

XHTML = """<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head><body>
<p>Taxes stay as they are.</p><p>Nobody <b>asked</b> &amp; nobody paid.</p></body></html>"""


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
