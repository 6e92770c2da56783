import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import Unreadable
from index.formats.json import raw_from_object
from index.formats.ninjs import is_ninjs
from index.identity import RawArticle, identify

FIRST = {
    "uri": "urn:newsml:sarn.example:20230904:1",
    "type": "text",
    "version": "2",
    "versioncreated": "2023-09-05T10:00:00Z",
    "firstcreated": "2023-09-04T10:00:00Z",
    "pubstatus": "usable",
    "headline": "Taxes stay",
    "byline": "Ann Lee",
    "language": "en",
    "copyrightnotice": "© Sarn Gazette",
    "ednote": "Corrects the year.",
    "infosource": [{"name": "Sarn Gazette"}],
    "body_text": "Taxes stay. Nobody asked.",
    "body_xhtml": "<p>Taxes stay.</p><p>Nobody asked &amp; nobody paid.</p>",
}
SECOND = {
    **{k: v for k, v in FIRST.items() if not k.startswith(("body", "headline", "by", "info"))},
    "headlines": [{"role": "short", "value": "Taxes"}, {"role": "main", "value": "Taxes stay"}],
    "by": "Ann Lee",
    "infosources": [{"name": "Sarn Gazette"}],
    "bodies": [
        {"role": "text", "value": "Taxes stay. Nobody asked."},
        {"role": "xhtml", "value": "<h1>Taxes stay</h1><p>Taxes stay.</p>"
         "<p>Nobody asked &amp; nobody paid.</p>"},
    ],
}  # fmt: skip
CAMEL = {"versioncreated": "versionCreated", "firstcreated": "firstCreated", "ednote": "edNote",
         "pubstatus": "pubStatus", "copyrightnotice": "copyrightNotice",
         "infosources": "infoSources"}  # fmt: skip
THIRD = {CAMEL.get(name, name): value for name, value in SECOND.items()}


@pytest.mark.parametrize("item", [FIRST, SECOND, THIRD], ids=["1.x", "2.x", "3.x"])
def test_every_generation_says_the_same(item: dict[str, object]) -> None:
    assert is_ninjs(item)
    assert raw_from_object(item) == RawArticle(
        text="Taxes stay.\n\nNobody asked & nobody paid.",
        title="Taxes stay",
        id="urn:newsml:sarn.example:20230904:1",
        source="Sarn Gazette",
        author="Ann Lee",
        published="2023-09-04T10:00:00Z",
        published_known_by="feed",
        updated="2023-09-05T10:00:00Z",
        language="en",
        notice="Corrects the year.",
        copyright="© Sarn Gazette",
        edition="2",
    )


def test_a_picture_is_read_by_its_caption() -> None:
    picture = {
        "uri": "https://sarn.example/p/1",
        "type": "picture",
        "versionCreated": "2023-09-04",
        "descriptions": [
            {"role": "creditline", "value": "Photo: Berg"},
            {"role": "caption", "value": "The ferry on the rocks."},
        ],
    }
    found = raw_from_object(picture)
    assert (found.text, found.url) == ("The ferry on the rocks.", "https://sarn.example/p/1")


def test_a_killed_item_needs_no_text_and_withdraws_the_one_of_its_name() -> None:
    kill = {"uri": FIRST["uri"], "pubstatus": "stat:canceled", "ednote": "Never happened."}
    found = raw_from_object(kill)
    assert (found.status, found.text) == ("canceled", "")
    assert identify(found).id == identify(raw_from_object(FIRST)).id


@pytest.mark.parametrize("name", ["embargoed", "embargoedUntil"])
def test_an_embargo_is_kept_under_the_name_of_every_generation(name: str) -> None:
    found = raw_from_object({**FIRST, name: "2030-01-01T00:00:00Z"})
    assert found.usable_from == "2030-01-01T00:00:00Z"


def test_fields_that_agencies_add_refuse_no_story() -> None:
    extra = {"extra": {"a": 1}, "priority": 5, "service": [], "embargoedreason": None}
    assert raw_from_object({**FIRST, **extra}) == raw_from_object(FIRST)
    reason = {"embargoed": "2023-09-04T14:00:00Z", "embargoedreason": "The vote is at noon."}
    assert raw_from_object({**FIRST, **reason}).usable_from == "2023-09-04T14:00:00Z"


def test_a_version_may_be_a_number_and_a_source_a_name() -> None:
    found = raw_from_object({**FIRST, "version": 2, "infosource": "Sarn Gazette"})
    assert found == raw_from_object(FIRST)


def test_an_item_with_markup_alone_is_read() -> None:
    item = {"uri": "urn:1", "headline": "Taxes", "body_html": "<p>Taxes stay.</p><p>So.</p>"}
    assert raw_from_object(item).text == "Taxes stay.\n\nSo."


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"pubstatus": "secret"}, "pubstatus"),
        ({"body_text": "", "body_xhtml": "<p> </p>"}, "body or a description"),
        ({"byline": {"name": "Ann"}}, r"a string as 'byline', got {\"name\": \"Ann\"}"),
        ({"uri": 5}, "a string as 'uri', got 5"),
        ({"uri": ""}, "a string as 'uri', which names a ninjs item"),
        ({"version": 1.5}, "a string as 'version', got 1.5"),
        ({"language": ["en"]}, "a string as 'language'"),
        ({"body_text": ["One."]}, "a string as 'body_text'"),
        ({"bodies": "One."}, "a list of objects as 'bodies', got \"One.\""),
        ({"bodies": [{"value": 5}]}, "a string as 'bodies.value', got 5"),
        ({"infosource": [5]}, "a list of objects as 'infosource'"),
        ({"embargoed_until": "2030-01-01"}, "made public on a guess"),
        ({"embargoed": 20300101}, "a string as 'embargoed'"),
        ({"embargoed": "noon"}, "the end of an embargo"),
        (
            {"body_text": "", "body_xhtml": "", "embargoedReason": "x", "embargoed": "2023-09-04"},
            "got neither; besides, 'embargoedReason' is no field of ninjs",
        ),
    ],
)
def test_an_item_that_is_wrong_is_refused_with_the_reason(
    change: dict[str, object], reason: str
) -> None:
    with pytest.raises(Unreadable, match=reason):
        identify(raw_from_object({**FIRST, **change}))


def test_an_item_without_its_name_is_refused_for_that() -> None:
    nameless = {name: value for name, value in FIRST.items() if name != "uri"}
    with pytest.raises(Unreadable, match="'uri'"):
        raw_from_object(nameless)
    assert (
        raw_from_object(nameless, {"html": "body_xhtml"}).text
        == "Taxes stay.\n\nNobody asked & nobody paid."
    )


def test_a_record_of_ours_with_a_uri_is_no_ninjs() -> None:
    record = {"uri": "x", "title": "A", "text": "One."}
    assert not is_ninjs(record)
    assert raw_from_object(record).text == "One."


EXAMPLES = Path("../shared/data/formats/ninjs")
WITHOUT_TEXT = {"008_event.json", "extension-schema.json"}


def examples() -> Iterator[tuple[Path, dict[str, object]]]:
    for path in sorted(EXAMPLES.rglob("*examples/**/*.json")):
        value = json.loads(path.read_bytes())
        for item in value if isinstance(value, list) else [value]:
            yield path, item


@pytest.mark.skipif(not EXAMPLES.exists(), reason="../shared/data/formats is not there")
def test_every_valid_example_of_the_standard_is_read_and_every_other_refused() -> None:
    read, refused = 0, set()
    for path, item in examples():
        try:
            found = identify(raw_from_object(item))
        except Unreadable:
            refused.add(path.name)
            continue
        read += 1
        assert found.title
        assert found.published or not {"versioncreated", "versionCreated"} & item.keys()
    assert refused == WITHOUT_TEXT | {"008_extension.json"}
    assert read == 76
