import gzip
from importlib.util import find_spec
from pathlib import Path

import pytest

from index.documents import Article
from index.errors import Unreadable
from index.formats.fields import parse_map
from index.formats.recognise import PLAINLY, How
from index.read import Rejected, read

MAP = How(fields={"title": "headline", "text": "body_text"})


def found_in(path: Path, data: bytes, how: How = PLAINLY) -> list[tuple[str, str] | Rejected]:
    path.write_bytes(data)
    return [
        (found.title, found.text) if isinstance(found, Article) else found
        for found in read([path], how=how)
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_gives_one_article_a_row_whatever_divides_its_columns(
    tmp_path: Path, delimiter: str
) -> None:
    rows = ["title,text,views", 'Taxes,"They stay, he said.\nNobody ""asked"".",3', "Two,Text.,4"]
    data = "\r\n".join(rows).replace(",", delimiter).replace(f"stay{delimiter}", "stay,")
    expected = [("Taxes", 'They stay, he said.\nNobody "asked".'), ("Two", "Text.")]
    assert found_in(tmp_path / "a.csv", data.encode()) == expected
    assert found_in(tmp_path / "a.tsv.gz", gzip.compress(data.encode())) == expected


def test_columns_of_other_names_are_read_through_a_map(tmp_path: Path) -> None:
    data = b"headline,body_text,text,date\nTaxes,They stay.,short,2023-09-04\n"
    assert found_in(tmp_path / "a.csv", data, MAP) == [("Taxes", "They stay.")]


def test_json_is_read_through_a_map_into_objects_too(tmp_path: Path) -> None:
    how = How(fields={"title": "head.main", "text": "body"})
    data = b'{"head": {"main": "Taxes"}, "body": "They stay."}'
    assert found_in(tmp_path / "a.json", data, how) == [("Taxes", "They stay.")]
    assert found_in(tmp_path / "a.jsonl", data + b"\n" + data, how) == 2 * [("Taxes", "They stay.")]


@pytest.mark.parametrize(
    ("given", "reason"),
    [("title", "FIELD=NAME"), ("headline=title", "'headline'"), ("text=a,text=b", "twice")],
)
def test_a_map_that_means_nothing_is_refused(given: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        parse_map(given)
    assert parse_map(" title=headline, text = body ") == {"title": "headline", "text": "body"}


def test_a_bad_row_is_rejected_by_its_line_and_the_others_go_on(tmp_path: Path) -> None:
    data = b'title,text\nOne,"Text\nof two lines."\nTwo\nThree,\nFour,Text.\n'
    assert found_in(tmp_path / "a.csv", data) == [
        ("One", "Text\nof two lines."),
        Rejected("a.csv:4", "expected 2 columns, as in the first row, got 1"),
        Rejected("a.csv:5", "expected an article's text as text, body, content or html, got none"),
        ("Four", "Text."),
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "names of its columns"),
        (b"headline,story\nA,B\n", "--map text=COLUMN"),
        (b"title,text\n\n,\n", "the names of its columns alone"),
        (b"title,text,Text,text\nA,B,C,D\n", "expected one column 'text', got 2"),
        (b"title,text\nA," + b"x" * (17 << 20), "16 MB"),
    ],
)
def test_what_is_no_table_of_articles_is_refused_whole(
    tmp_path: Path, data: bytes, reason: str
) -> None:
    (found,) = found_in(tmp_path / "a.csv", data)
    assert isinstance(found, Rejected)
    assert reason in found.reason


def test_a_table_from_a_spreadsheet_is_read_as_it_comes(tmp_path: Path) -> None:
    data = b"sep=;\r\nTitle;TEXT;Views\r\nTaxes;They stay, all.;3\r\n;;\r\nTwo;Text.;4\r\n;;\r\n"
    expected = [("Taxes", "They stay, all."), ("Two", "Text.")]
    assert found_in(tmp_path / "a.csv", data) == expected
    assert found_in(tmp_path / "a.csv", data.replace(b"Views", b"text")) == [
        ("Taxes", "3"), ("Two", "4")
    ]  # fmt: skip


def test_a_quote_that_is_never_closed_does_not_pass_for_an_article(tmp_path: Path) -> None:
    data = b'title,text\nOne,5" nails\nTwo,"Text.\nThree,Text.\n'
    assert found_in(tmp_path / "a.csv", data) == [
        ("One", '5" nails'),
        Rejected(
            "a.csv:4", "expected a closing quote, got the end of the table: rows may be in it"
        ),
    ]
    data += b'Four,Nails of 5"'
    assert found_in(tmp_path / "a.csv", data.replace(b'"Text.', b"Text."))[-1] == (
        "Four",
        'Nails of 5"',
    )


@pytest.mark.parametrize("name", ["embargo", "Embargoed_until"])
def test_an_embargo_under_another_name_is_not_passed_over(tmp_path: Path, name: str) -> None:
    data = f"title,text,{name}\nA,One.,2999-01-01\nB,Two.,\nC,Three.,no\n".encode()
    first, *others = found_in(tmp_path / "a.csv", data)
    assert isinstance(first, Rejected)
    assert "'usable_from'" in first.reason
    assert "made public on a guess" in first.reason
    assert others == [("B", "Two."), ("C", "Three.")]
    mapped = How(fields={"usable_from": name})
    (article, *_) = read([tmp_path / "a.csv"], how=mapped)
    assert isinstance(article, Article)
    assert article.usable_from is not None


def test_a_map_to_a_column_that_is_not_there_is_refused(tmp_path: Path) -> None:
    (found,) = found_in(tmp_path / "a.csv", b"title,text\nA,B\n", MAP)
    assert found == Rejected("a.csv", "expected a column 'headline', got title, text")


def test_a_table_may_be_in_another_encoding(tmp_path: Path) -> None:
    table = "title,text\nCafé,Der Rat hat gestern Abend beschlossen, dass die Bäder öffnen.\n"
    table = table.replace("n, dass", "n dass")
    for encoding in ("utf-16", "utf-8-sig", "windows-1252"):
        (found,) = found_in(tmp_path / "a.csv", table.encode(encoding))
        assert found == ("Café", "Der Rat hat gestern Abend beschlossen dass die Bäder öffnen.")


@pytest.mark.skipif(find_spec("pyarrow") is None, reason="pyarrow (an extra) is not installed")
def test_parquet_gives_one_article_a_row(tmp_path: Path) -> None:
    import datetime

    import pyarrow  # type: ignore[import-untyped]
    from pyarrow import parquet

    day = datetime.datetime(2023, 9, 4, 10, tzinfo=datetime.UTC)
    rows = {
        "headline": ["One", "Two", "Three"],
        "body_text": ["Text.", None, "More."],
        "date": [day, day, None],
        "embedding": [[0.5] * 9] * 3,
    }
    parquet.write_table(pyarrow.table(rows), tmp_path / "a.dat")
    found = list(read([tmp_path / "a.dat"], how=MAP))
    assert isinstance(found[0], Article)
    assert (found[0].title, found[0].text, found[0].published) == ("One", "Text.", day)
    assert isinstance(found[1], Rejected)
    assert found[1].where == "a.dat[1]"
    assert isinstance(found[2], Article)
    assert [f.reason for f in read([tmp_path / "a.dat"]) if isinstance(f, Rejected)] == [
        "expected a column text, body, content or html, got headline, body_text, date, embedding; "
        "name it with --map text=COLUMN"
    ]
    data = (tmp_path / "a.dat").read_bytes()
    (cut,) = found_in(tmp_path / "b.parquet", data[:-20])
    assert isinstance(cut, Rejected)
    assert cut.reason.startswith("expected Parquet, got")
