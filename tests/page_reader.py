"""What a reader of the chat page has and does: a phone, a question, an eye for the highlight."""

from playwright.sync_api import Page, ViewportSize, expect

PHONE = ViewportSize(width=360, height=740)


def ask(page: Page, question: str) -> None:
    page.get_by_label("Your question").fill(question)
    page.keyboard.press("Enter")


def highlighted(page: Page) -> str:
    """The marked characters, once the mark is within sight."""
    expect(page.locator("mark")).to_be_in_viewport()
    return "".join(page.locator("mark").all_text_contents())
