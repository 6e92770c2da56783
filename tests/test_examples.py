"""The example corpus and its questions agree with each other; no model and no index is needed."""

import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"
ARTICLES = EXAMPLES / "articles"
HEADER = re.compile(r"^(title|date|source|url|author): \S.*$")
DUMPED_DATE = re.compile(r"^date \d{4}-\d{2}-\d{2} ")

Case = dict[str, Any]


class PageText(HTMLParser):
    """Collects what a page says, and the address it gives for itself."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.url = ""
        self.silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.silent = tag in {"script", "style"}
        if tag == "link" and named.get("rel") == "canonical":
            self.url = named.get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        self.silent = False

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.append(data)


def headers_and_body(raw: str) -> tuple[dict[str, str], str]:
    head, body = raw.split("\n\n", 1)
    lines = head.splitlines()
    assert all(HEADER.match(line) for line in lines), head
    return dict(line.split(": ", 1) for line in lines), DUMPED_DATE.sub("", body)


def articles_in(path: Path) -> dict[tuple[str, str | None], tuple[str, str]]:
    """Map (file, record) to (url, text), read without the project's own readers."""
    raw = path.read_text(encoding="utf-8")
    if path.suffix == ".jsonl":
        records = [json.loads(line) for line in raw.splitlines()]
        return {(path.name, r["id"]): (r["url"], r["text"]) for r in records}
    if path.suffix == ".html":
        page = PageText()
        page.feed(raw)
        return {(path.name, None): (page.url, "".join(page.said))}
    headers, body = headers_and_body(raw)
    return {(path.name, None): (headers["url"], body)}


CORPUS = {key: found for path in ARTICLES.iterdir() for key, found in articles_in(path).items()}
CASES: list[Case] = [
    json.loads(line)
    for line in (EXAMPLES / "questions.jsonl").read_text(encoding="utf-8").splitlines()
]
ANSWERABLE = [case for case in CASES if case["answerable"]]
UNANSWERABLE = [case for case in CASES if not case["answerable"]]


def named(cases: list[Case]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", cases, ids=lambda case: case["id"])


def test_there_are_enough_articles_and_questions_of_both_kinds() -> None:
    assert len(CORPUS) >= 40
    assert len(CASES) >= 60
    assert len(UNANSWERABLE) >= 15


def test_every_article_has_a_url_of_its_own_on_a_reserved_host() -> None:
    urls = Counter(url for url, _ in CORPUS.values())
    assert [url for url, times in urls.items() if times > 1] == []
    reserved = re.compile(r"^https://[a-z]+\.example\.(org|com)/\S+$")
    assert [url for url in urls if not reserved.match(url)] == []


def test_no_two_questions_share_an_id_or_ask_the_same_on_the_same_day() -> None:
    ids = Counter(case["id"] for case in CASES)
    asked = Counter((case["question"], case.get("as_of")) for case in CASES)
    assert {**ids, **asked} == dict.fromkeys([*ids, *asked], 1)


@pytest.mark.parametrize("key", CORPUS, ids=str)
def test_every_article_answers_at_least_one_question(key: tuple[str, str | None]) -> None:
    cited = {(gold["file"], gold.get("record")) for case in ANSWERABLE for gold in case["gold"]}
    assert key in cited


@named(ANSWERABLE)
def test_every_gold_quote_is_a_slice_of_its_article(case: Case) -> None:
    assert case["gold"]
    for gold in case["gold"]:
        url, text = CORPUS[gold["file"], gold.get("record")]
        assert gold["url"] == url
        assert gold["quote"] in text


@named(ANSWERABLE)
def test_every_accepted_answer_stands_in_a_gold_quote(case: Case) -> None:
    quotes = [gold["quote"].casefold() for gold in case["gold"]]
    assert case["answers"]
    for answer in case["answers"]:
        assert any(answer.casefold() in quote for quote in quotes), answer


@named(UNANSWERABLE)
def test_a_question_without_an_answer_has_neither_answers_nor_gold(case: Case) -> None:
    assert (case["answers"], case["gold"]) == ([], [])
