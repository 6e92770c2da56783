"""The chat page in a real browser: citations, their links, and articles opened at the quote."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.page_reader import PHONE, ask, highlighted
from tests.page_replies import QUOTE, TEXT, place
from tests.page_stand_in import PAGE, StandIn

pytest_plugins = ["tests.page_browser"]
pytestmark = pytest.mark.browser


def link_to_quote() -> str:
    where = place("a1", QUOTE)
    given = {"article": "a1", "version": "a1-v1", "start": where["start"], "end": where["end"]}
    return f"/#{urlencode(given)}"


def test_hovering_a_number_shows_the_quote_with_source_date_speaker_and_standing(
    page: Page,
) -> None:
    ask(page, "how many recruits did Medvedev cite")
    page.locator(".number").first.hover()
    card = page.locator("#card")
    expect(card.locator("blockquote")).to_have_text(QUOTE)
    for words in ("The Daily Example", "4 September 2023", "said by Dmitry Medvedev", "Verified"):
        expect(card).to_contain_text(words)
    page.mouse.move(5, 5)
    expect(card).to_be_hidden()


def test_a_click_on_a_number_opens_the_article_with_exactly_the_quote_highlighted(
    page: Page,
) -> None:
    ask(page, "how many recruits did Medvedev cite")
    page.locator(".number").first.click()
    assert highlighted(page) == QUOTE
    expect(page.locator(".pane .standing")).to_contain_text("Verified")
    expect(page.locator("#card")).to_be_hidden()
    shown = page.locator(".article-text p").all_text_contents()
    assert shown == [line for line in TEXT.split("\n") if line]
    page.go_back()
    expect(page.locator("#pane")).to_be_hidden()
    expect(page.locator(".claim")).to_have_count(2)


def test_the_link_of_a_citation_opens_the_article_at_the_quote_and_survives_a_reload(
    page: Page,
) -> None:
    ask(page, "how many recruits did Medvedev cite")
    assert page.locator(".number").first.get_attribute("href") == link_to_quote()[1:]
    page.goto("about:blank")
    page.goto(link_to_quote())
    assert highlighted(page) == QUOTE
    page.reload()
    assert highlighted(page) == QUOTE
    page.get_by_role("button", name="Copy link").click()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_a_link_to_a_place_that_the_article_does_not_have_says_so(page: Page) -> None:
    page.goto("/#article=a1&version=a1-v1&start=5&end=999999")
    expect(page.locator(".pane")).to_contain_text("is not in the article")
    assert page.locator("mark").count() == 0


def test_a_withdrawn_article_says_so_in_the_pane(page: Page, complaints: list[str]) -> None:
    complaints.append("410")
    page.goto("/#article=gone&start=0&end=5")
    expect(page.locator(".pane")).to_contain_text("withdrawn by its publisher")
    expect(page.locator(".history li")).to_contain_text(
        ["4 September 2023 · no longer shown", "6 September 2023 · Withdrawn by its publisher"]
    )
    assert page.locator(".history a").count() == 0


def test_a_changed_quote_is_shown_beside_the_nearest_sentence_of_today(page: Page) -> None:
    page.goto("/#article=a3&version=a3-v1&start=0&end=32")
    pane = page.locator(".pane")
    assert highlighted(page) == "Eleven people died in the flood."
    expect(pane.locator(".standing.changed .now q")).to_have_text("Forty people died in the flood.")
    expect(pane.locator(".notice")).to_have_text("Notice: Corrects the toll.")
    expect(pane.locator(".byline")).to_contain_text(
        "4 September 2023 (a guess) · updated 5 September 2023"
    )
    expect(pane.locator("summary")).to_have_text(
        "Version 1 of 2: the article has been revised since"
    )
    pane.get_by_role("link", name="See it in the current version").click()
    expect(pane.locator("mark")).to_have_text("Forty people died in the flood.")
    expect(pane.locator("summary")).to_have_text("Version 2 of 2, the current one")
    expect(pane.locator(".notice")).to_have_text("Notice: Corrects the toll.")


def test_words_that_moved_are_a_step_away_from_where_they_stand_now(page: Page) -> None:
    page.goto("/#article=a3&version=a3-v1&start=33&end=43")
    pane = page.locator(".pane")
    expect(pane.locator(".standing.moved")).to_contain_text("the same words now stand elsewhere")
    pane.get_by_role("link", name="Where they stand now").click()
    expect(pane.locator("summary")).to_have_text("Version 2 of 2, the current one")
    assert highlighted(page) == "Rain fell."
    page.go_back()
    expect(pane.locator("summary")).to_contain_text("Version 1 of 2")


def test_the_versions_of_an_article_tell_what_changed_and_can_be_opened(page: Page) -> None:
    page.goto("/#article=a3")
    pane = page.locator(".pane")
    pane.locator("summary").click()
    expect(pane.locator(".history del")).to_have_text("Eleven people died in the flood.")
    expect(pane.locator(".history ins")).to_have_text("Forty people died in the flood.")
    expect(pane.locator(".history")).to_contain_text("Also changed: title, notice")
    expect(pane.locator(".history li").nth(1)).to_contain_text("shown here")
    pane.get_by_role("link", name="Open this version").click()
    expect(pane.locator(".article-text")).to_have_text(
        "Eleven people died in the flood. Rain fell."
    )


def test_an_article_of_one_version_speaks_of_none(page: Page) -> None:
    page.goto(link_to_quote())
    expect(page.locator(".pane .standing")).to_contain_text("Verified")
    assert page.locator(".pane .versions").count() == 0


def test_markup_in_an_article_or_a_claim_is_shown_as_text_and_runs_nothing(page: Page) -> None:
    ask(page, "a hostile one")
    expect(page.locator(".claim")).to_contain_text("<script>window.ran='script'</script>")
    page.locator(".number").first.hover()
    expect(page.locator("#card .source")).to_have_text("<b>The Lantern</b>")
    page.locator(".number").first.click()
    expect(page.locator(".headline")).to_contain_text("<img src=x onerror=")
    assert highlighted(page).startswith("<img src=x onerror=")
    assert page.evaluate("window.ran") is None
    assert page.locator("#thread img, #thread script, .pane img, .pane script").count() == 0
    assert page.locator('a[href^="javascript"]').count() == 0
    assert page.get_by_text("Original article").count() == 0


def test_no_module_inserts_html_or_runs_text() -> None:
    ways = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(")
    written = {path.name: path.read_text() for path in PAGE.glob("*.js")}
    assert [(name, way) for name, text in written.items() for way in ways if way in text] == []


def test_a_quote_is_copied_with_its_attribution(page: Page) -> None:
    ask(page, "how many recruits did Medvedev cite")
    page.locator(".source-entry").first.get_by_text("Copy with attribution").click()
    expect(page.locator("#announcer")).to_have_text("Copied")  # the button says so for a moment
    assert page.evaluate("navigator.clipboard.readText()") == (
        f"“{QUOTE}”\n— Medvedev counts recruits on Sakhalin. "
        "The Daily Example, 4 September 2023. https://news.example/medvedev"
    )


def test_a_tap_reads_the_quote_and_the_next_one_opens_the_article(
    browser: Browser, stand_in: StandIn, address: str
) -> None:
    with browser.new_context(viewport=PHONE, has_touch=True) as context:
        page = context.new_page()
        page.goto(address)
        ask(page, "how many recruits did Medvedev cite")
        page.locator(".number").first.tap()
        expect(page.locator("#card")).to_contain_text(QUOTE)
        expect(page.locator("#pane")).to_be_hidden()
        page.locator(".number").first.tap()
        assert highlighted(page) == QUOTE


def test_code_point_offsets_become_the_same_characters(page: Page) -> None:
    cut = """async (places) => {
        const { toUtf16Span } = await import("/page/points.js");
        return places.map(([text, start, end]) => {
            const span = toUtf16Span(text, start, end);
            return span && text.slice(span.start, span.end);
        });
    }"""
    texts = ["plain", "e\u0301 and ñ", "🪖🏝️🇷🇺 𝔖", "שלום\n👩\u200d👩\u200d👧", "\U0010ffff\ue000"]
    places = [
        (text, start, end)
        for text in texts
        for start in range(len(text) + 1)
        for end in range(start + 1, len(text) + 2)  # the last one ends beyond the text
    ]
    expected = [text[start:end] if end <= len(text) else None for text, start, end in places]
    assert page.evaluate(cut, places) == expected
    assert page.evaluate(cut, [("text", 2, 2), ("text", 3, 1), ("text", -1, 2)]) == [None] * 3


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_events_are_read_however_the_network_cuts_them(page: Page, line_end: str) -> None:
    told = ["\ufeff: beat", "", "event: claim", 'data: {"text":', 'data:"é🪖"}', ""]
    told += [": beat", "data: 2", "id: 7", "retry", "", "event: answer", "data: 3"]  # unfinished
    sent = list((line_end.join(told) + line_end).encode())
    read = """async ([sent, size]) => {
        const { events } = await import("/page/events.js");
        const cuts = Array.from({length: Math.ceil(sent.length / size)},
            (_, n) => new Uint8Array(sent.slice(n * size, (n + 1) * size)));
        const body = new ReadableStream({
            pull(c) { cuts.length ? c.enqueue(cuts.shift()) : c.close(); } });
        const got = [];
        for await (const event of events(body)) got.push(event);
        return got;
    }"""
    expected = [{"event": "claim", "data": {"text": "é🪖"}}, {"event": "message", "data": 2}]
    sizes = (1, 2, 3, 7, len(sent))
    assert [page.evaluate(read, [sent, size]) for size in sizes] == [expected] * len(sizes)
