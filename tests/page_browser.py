"""Fixtures: Chromium with the chat page open in it. Knows nothing of what is tested there.

The fixtures live for one module: Playwright keeps an event loop, which other tests need for theirs.
"""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    ViewportSize,
    sync_playwright,
)

from tests.page_stand_in import StandIn, serving

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
WIDE = ViewportSize(width=1280, height=800)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no chromium or google-chrome is installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[StandIn, str]]:
    stand_in = StandIn()
    with serving(stand_in) as address:
        yield stand_in, address


@pytest.fixture
def stand_in(served: tuple[StandIn, str]) -> StandIn:
    served[0].reset()
    return served[0]


@pytest.fixture
def address(served: tuple[StandIn, str]) -> str:
    return served[1]


@pytest.fixture
def complaints() -> list[str]:
    """What the browser is expected to complain of; a test that provokes an error fills it."""
    return []


@pytest.fixture
def page(
    browser: Browser, stand_in: StandIn, address: str, complaints: list[str]
) -> Iterator[Page]:
    """The page, just opened. Fails on errors, CSP violations and requests to other hosts."""
    heard: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            heard.append(message.text)

    def watch(request: Request) -> None:
        if not request.url.startswith(address):
            heard.append(f"asked another host: {request.url}")

    with browser.new_context(viewport=WIDE, base_url=address, reduced_motion="reduce") as context:
        context.set_default_timeout(5000)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.on("console", hear)
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("request", watch)
        page.goto("/")
        yield page
        stand_in.may_answer.set()
        unexpected = [text for text in heard if not any(known in text for known in complaints)]
        assert unexpected == []
