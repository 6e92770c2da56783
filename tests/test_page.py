"""The chat page in a real browser: asking, and what is shown of an answer.

It stands before a stand-in that replies at once and always the same.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.page_reader import PHONE, ask, highlighted
from tests.page_replies import QUOTE
from tests.page_stand_in import StandIn

pytest_plugins = ["tests.page_browser"]
pytestmark = pytest.mark.browser


def test_the_first_visit_says_what_this_is_and_an_example_is_asked_by_a_click(
    page: Page, stand_in: StandIn
) -> None:
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.locator(".example").count() == 3
    page.locator(".example").first.click()
    expect(page.locator(".footnote")).to_be_visible()
    assert stand_in.asked == [{"question": "how many recruits did Medvedev cite", "stream": True}]
    expect(page.locator("#welcome")).to_be_hidden()


def test_passages_are_shown_before_the_claims_and_fold_away_after_them(
    page: Page, stand_in: StandIn
) -> None:
    stand_in.may_answer.clear()
    ask(page, "how many recruits did Medvedev cite")
    expect(page.locator(".passages li")).to_have_count(1)
    assert page.locator(".claim").count() == 0
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    stand_in.may_answer.set()
    expect(page.locator(".claim")).to_have_text(
        ["He said 280,000 had joined.1 ", "He named no source.2 "]
    )
    expect(page.locator(".source-entry .quote")).to_have_text([QUOTE, "He named no source."])
    expect(page.locator(".passages")).to_be_hidden()
    assert page.url.endswith("#answer=ans_1")


def test_not_found_is_said_plainly_with_the_nearest_passages(page: Page) -> None:
    ask(page, "Who is the mayor of Paris?")
    expect(page.locator(".status")).to_contain_text("The articles here do not answer this.")
    expect(page.locator(".passages li")).to_have_count(2)
    expect(page.locator(".footnote")).to_contain_text("Confidence that there is an answer")
    assert page.locator(".claim").count() == 0
    page.locator(".passages a").nth(1).click()
    assert highlighted(page) == QUOTE


def test_the_articles_own_sentence_stands_in_quotation_marks(page: Page) -> None:
    ask(page, "how many recruits, word for word")
    expect(page.locator(".claim")).to_have_text([f"“{QUOTE}”1 "])
    expect(page.locator(".left-out summary")).to_contain_text("1 sentence left out")


def test_a_busy_service_is_told_in_its_own_words_and_asked_again(
    page: Page, stand_in: StandIn, complaints: list[str]
) -> None:
    complaints.append("503")
    ask(page, "overloaded")
    expect(page.get_by_role("alert")).to_contain_text("The model is busy. Try again in 7 seconds.")
    with page.expect_response("**/v1/ask"):
        page.get_by_role("button", name="Ask again").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert [body["question"] for body in stand_in.asked] == ["overloaded", "overloaded"]
    assert page.locator(".turn").count() == 1


def test_an_error_after_the_passages_is_told_with_when_to_try_again(page: Page) -> None:
    ask(page, "a late failure")
    expect(page.get_by_role("alert")).to_contain_text("The model stopped. Ask again.")
    expect(page.get_by_role("alert")).to_contain_text("Try again in 4 seconds.")
    expect(page.get_by_role("alert")).to_contain_text("urn:uuid:1")
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()


def test_the_reader_can_stop_an_answer(page: Page, stand_in: StandIn) -> None:
    stand_in.may_answer.clear()
    ask(page, "how many recruits did Medvedev cite")
    expect(page.locator(".passages")).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".problem")).to_contain_text("Stopped")
    expect(page.get_by_label("Your question")).to_be_focused()


def test_doubts_conflicts_and_corrections_are_shown_apart(page: Page) -> None:
    ask(page, "a question with doubt")
    expect(page.locator(".claim")).to_have_count(2)
    expect(page.locator(".claim.gone")).to_contain_text("withdrawn")
    expect(page.locator(".doubted")).to_be_hidden()
    page.get_by_text("1 sentence left out").click()
    expect(page.locator(".doubted")).to_have_text("28,000 had joined.")
    expect(page.locator(".issue")).to_have_text("The source says 280,000, not 28,000.")
    expect(page.locator(".conflicts li")).to_have_count(2)
    turn = page.locator(".turn")
    expect(turn).to_contain_text("How many recruits did Medvedev count in")
    expect(page.locator(".missing")).to_have_text(
        "Not answered: “how many of them were volunteers”."
    )
    source = page.locator(".source-entry")
    for words in ("page 3", "Corrected on 6 September.", "The Courier", "On Sunday he spoke."):
        expect(source).to_contain_text(words)
    expect(source.locator(".standing.changed")).to_contain_text("Some 290,000.")


def test_a_stored_answer_is_opened_again_by_its_link(page: Page) -> None:
    page.goto("/#answer=ans_2")
    expect(page.locator(".question")).to_have_text("A question with doubt")
    expect(page.locator(".source-entry")).to_have_count(1)
    page.reload()
    expect(page.locator(".question")).to_have_text("A question with doubt")


def test_an_answer_that_is_stored_no_more_says_so(page: Page, complaints: list[str]) -> None:
    complaints.append("404")
    page.goto("/#answer=ans_9")
    expect(page.get_by_role("alert")).to_contain_text("No such answer is stored.")


def test_filters_are_sent_and_told_and_the_last_day_counts(page: Page, stand_in: StandIn) -> None:
    page.get_by_role("button", name="Filter by date and source").click()
    page.get_by_label("Published from").fill("2023-09-01")
    page.get_by_label("Published to").fill("2023-09-30")
    page.get_by_label("As of").fill("2023-10-01")
    page.get_by_label("The Courier").check()
    ask(page, "how many recruits did Medvedev cite")
    expect(page.locator(".restriction")).to_have_text(
        "As of 1 October 2023. Only articles from The Courier, "
        "published from 1 September 2023, published to 30 September 2023"
    )
    expect(page.locator(".footnote")).to_be_visible()  # told before it is sent
    assert stand_in.asked == [
        {
            "question": "how many recruits did Medvedev cite",
            "published_from": "2023-09-01",
            "published_to": "2023-10-01",
            "as_of": "2023-10-01",
            "sources": ["The Courier"],
            "stream": True,
        }
    ]


def test_a_follow_up_sends_the_conversation_so_far(page: Page, stand_in: StandIn) -> None:
    ask(page, "how many recruits did Medvedev cite")
    expect(page.locator(".footnote")).to_have_count(1)
    ask(page, "and how many were volunteers?")
    expect(page.locator(".footnote")).to_have_count(2)
    assert stand_in.asked[1]["history"] == [
        {
            "question": "how many recruits did Medvedev cite",
            "answer": "He said 280,000 had joined [1]. He named no source [2].",
        }
    ]


def test_a_key_is_asked_for_kept_in_the_tab_and_sent(
    page: Page, stand_in: StandIn, complaints: list[str]
) -> None:
    complaints.append("401")
    stand_in.key = "right"
    ask(page, "how many recruits did Medvedev cite")
    page.get_by_label("API key").fill("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("not accepted")
    page.get_by_label("API key").fill("right")
    page.keyboard.press("Enter")
    expect(page.locator(".claim")).to_have_count(2)
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 1]


def test_everything_can_be_done_by_keyboard(page: Page) -> None:
    page.get_by_label("Your question").focus()
    page.keyboard.type("how many recruits did Medvedev cite")
    page.keyboard.press("Enter")
    expect(page.locator(".footnote")).to_be_visible()
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.textContent") == "1":
            break
    number = page.locator(".number").first
    expect(number).to_be_focused()
    assert number.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
    expect(page.locator("#card")).to_contain_text(QUOTE)
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()
    page.keyboard.press("Enter")
    assert highlighted(page) == QUOTE
    expect(page.locator("#pane")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#pane")).to_be_hidden()
    expect(number).to_be_focused()
    expect(page.locator("#card")).to_be_hidden()


@pytest.mark.parametrize("question", ["how many recruits", "with doubt", "hostile", "mayor"])
def test_nothing_is_wider_than_a_phone(page: Page, question: str) -> None:
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="Filter by date and source").click()
    expect(page.get_by_label("The Courier")).to_be_visible()
    ask(page, question)
    expect(page.locator(".footnote")).to_be_visible()
    wide = """[...document.querySelectorAll('body *')].filter(
        n => n.getBoundingClientRect().right > innerWidth).map(n => n.outerHTML)"""
    assert page.evaluate(wide) == []
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.locator(".number, .passages a").first.click()
    expect(page.locator("mark")).to_be_visible()
    assert page.evaluate(wide) == []
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert page.locator("main").get_attribute("inert") == ""


def test_claims_are_announced_and_everything_operable_has_a_name(page: Page) -> None:
    ask(page, "how many recruits did Medvedev cite")
    expect(page.locator("#announcer")).to_have_text("Answer complete, 2 sources.")
    assert page.locator('[aria-live="polite"] .claim').count() == 2
    expect(page.locator(".number").first).to_have_accessible_name(
        "1: quote from The Daily Example, 4 September 2023"
    )
    nameless = """[...document.querySelectorAll('button, a, input, textarea')].filter(
        n => !(n.labels?.length || n.textContent.trim() || n.ariaLabel)).map(n => n.outerHTML)"""
    assert page.evaluate(nameless) == []


def test_the_page_is_dark_where_the_reader_wants_it_dark(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 22, 22)"
