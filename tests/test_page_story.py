"""One story in a real browser before the real service: cited, corrected, killed.

What each call says of it is tested in test_story.py, and what the page can show in
test_page_citations.py; here both are put together.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from index.identity import RawArticle, identify
from tests.page_reader import ask, highlighted
from tests.served import Served, listening, serving
from tests.story import (
    CORRECTED,
    CORRECTED_TOLL,
    HELP,
    NOTE,
    QUESTION,
    STORY,
    TOLL,
    FirstSentences,
)

pytest_plugins = ["tests.page_browser"]
pytestmark = pytest.mark.browser


def arrives(served: Served, record: dict[str, str]) -> None:
    list(served.archive.add([identify(RawArticle(**record))]))  # type: ignore[arg-type]


def test_a_story_is_followed_on_the_page_through_correction_and_kill(
    tmp_path: Path, browser: Browser
) -> None:
    with serving(tmp_path, llm=FirstSentences()) as served, listening(served.app) as address:
        arrives(served, STORY)
        with browser.new_context(base_url=address) as context:
            page = context.new_page()
            page.set_default_timeout(5000)
            page.goto("/")
            ask(page, QUESTION["question"])
            expect(page.locator(".source-entry .quote")).to_have_text([TOLL, HELP])
            expect(page.locator(".source-entry .standing")).to_contain_text(["Verified"] * 2)
            arrives(served, CORRECTED | {"edition": "2b"})
            corrected(page)
            arrives(served, {"id": "flood", "text": "", "status": "canceled"})
            killed(page)


def corrected(page: Page) -> None:
    page.reload()
    first = page.locator(".source-entry").first
    expect(first.locator(".quote")).to_have_text(TOLL)
    expect(first.locator(".standing.changed .now q")).to_have_text(CORRECTED_TOLL)
    expect(first.locator(".notice")).to_contain_text(NOTE)
    expect(page.locator(".source-entry .standing.moved")).to_have_count(1)
    page.locator(".number").first.click()
    assert highlighted(page) == TOLL
    expect(page.locator(".pane summary")).to_contain_text("Version 1 of 2")
    page.locator(".pane").get_by_role("link", name="See it in the current version").click()
    expect(page.locator(".pane mark")).to_have_text(CORRECTED_TOLL)
    expect(page.locator(".pane")).to_contain_text("Its publisher calls this version 2b")


def killed(page: Page) -> None:
    page.reload()
    expect(page.locator(".pane")).to_contain_text("Withdrawn by its publisher: canceled")
    expect(page.locator(".source-entry .standing.withdrawn")).to_have_count(2)
    shown = page.locator("body").inner_text()
    for words in (TOLL, CORRECTED_TOLL, HELP, STORY["title"]):
        assert words not in shown
