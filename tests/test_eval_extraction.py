import gzip
import json
from pathlib import Path

import pytest

from eval.__main__ import main
from eval.extraction import Page, Share, author_agrees, date_agrees, share, shingle_f1, title_agrees
from index.identity import RawArticle

PROSE = (
    "<p>The council of the town met on Monday evening and agreed to keep all taxes as they are for "
    "one more year, which surprised nobody in the room.</p><p>The roads will be mended in spring, "
    "said the mayor, when the frost is over and the money is there.</p>"
)
URL = "https://sarn.example/2023/09/04/council-keeps-taxes-another-year"
LD = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Taxes", %s}</script>'


def page(head: str, body: str = "") -> Page:
    html = f"<html><head>{head}</head><body><article>{body}{PROSE}</article></body></html>"
    return Page(URL, html, "")


def test_f1_counts_runs_of_four_words() -> None:
    assert shingle_f1("", "") == 1.0
    assert shingle_f1("a b c d e", "") == 0.0
    assert shingle_f1("a b c d e", "a b c d x") == pytest.approx(2 * 1 / (2 + 2))
    assert shingle_f1("One two.", "one, two") == 0.0
    assert shingle_f1("one two.", "one, two") == 1.0


def test_a_title_is_held_to_the_words_of_the_address() -> None:
    assert title_agrees(RawArticle("", title="Council keeps taxes"), URL) is True
    assert title_agrees(RawArticle("", title="Another story"), URL) is False
    assert title_agrees(RawArticle("", title="Council"), "https://sarn.example/a-b") is None


def test_a_date_is_held_to_the_address_by_a_reader_who_does_not_see_it() -> None:
    assert date_agrees(page(LD % '"datePublished": "2023-09-05T01:00:00Z"')) is True
    assert date_agrees(page(LD % '"datePublished": "2023-08-01"')) is False
    assert date_agrees(page(f'<link rel="canonical" href="{URL}"/>')) is False
    assert date_agrees(Page("https://sarn.example/2023/09/a", "", "")) is None


def test_an_author_is_held_to_json_ld_by_a_reader_who_does_not_see_it() -> None:
    ours = LD % '"author": {"@type": "Person", "name": "By Ann Lee, Gazette"}'
    assert author_agrees(page(ours + '<meta name="author" content="Ann Lee"/>')) is True
    assert author_agrees(page(ours + '<meta name="author" content="Bo Berg"/>')) is False
    assert author_agrees(page("")) is None


def test_what_cannot_be_compared_is_not_counted() -> None:
    assert share([True, None, False, True]) == Share(2, 3)
    assert (str(Share(2, 3)), str(Share(0, 0))) == ("0.667 (2 of 3)", "none")


def test_the_command_prints_one_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known = page(LD % '"datePublished": "2023-09-04"')
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(known.html.encode()))
    said = {"url": URL, "html_file": "a.html.gz", "gold_text": "The council of the town met."}
    (tmp_path / "pages.jsonl").write_text(json.dumps(said))
    assert main(["extraction", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert "date, by the address       1.000 (1 of 1)" in printed
    assert "dates known by             json-ld 1" in printed
    assert main(["extraction", str(tmp_path / "nowhere")]) == 2
