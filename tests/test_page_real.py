"""The chat page on the real service: what the stand-in of `test_page.py` cannot show."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.fakes import ScriptedLLM, make_article
from tests.served import listening, serving

pytest_plugins = ["tests.page_browser"]
pytestmark = pytest.mark.browser

TEXT = (
    "🎺 Fanfare! Dmitry Medvedev said that about 280,000 people had joined the army since "
    "1 January. Some of them were reservists. <b>Really</b>."
)


def test_a_question_is_answered_with_a_quote_that_opens_highlighted(
    browser: Browser, tmp_path: Path
) -> None:
    article = make_article(TEXT, title="Medvedev counts recruits to the army")
    llm = ScriptedLLM("About 280,000 people had joined the army since 1 January. [S2]")
    with serving(tmp_path, llm=llm, articles=[article]) as served, listening(served.app) as address:
        page = browser.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        page.get_by_role("textbox").first.fill("How many had joined the army, Medvedev said?")
        page.keyboard.press("Enter")
        claim = "About 280,000 people had joined the army since 1 January."
        expect(page.get_by_text(claim, exact=True)).to_be_visible()
        page.locator("a[href*='article=']").first.click()
        expect(page.locator("mark").first).to_be_visible()
        marked = "".join(page.locator("mark").all_inner_texts())
        page.close()
    assert marked == TEXT.split("! ")[1].split(" Some")[0]
    assert complaints == []
