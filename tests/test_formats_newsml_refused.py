"""NewsML-G2 that is wrong, too large, or hostile."""

import tracemalloc
from importlib.util import find_spec
from io import BytesIO

import pytest

from index.errors import Unreadable
from index.formats.recognise import reader_of
from index.identity import RawArticle
from tests.newsml import NITF, NS, found_in, item

pytestmark = pytest.mark.skipif(find_spec("defusedxml") is None, reason="defusedxml is missing")


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
