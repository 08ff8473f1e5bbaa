from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.browser.eyes import Eyes
from tests.web.house import House
from tests.web.serving import Served, served

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    made.line_speaks()
    yield made
    made.store.close()


@pytest.fixture
def server(house: House) -> Iterator[Served]:
    with served(house.config.data) as running:
        yield running


@pytest.fixture
def context(chromium: Chromium, server: Served) -> Iterator[BrowserContext]:
    made = chromium.new_context(base_url=server.address, viewport={"width": 1100, "height": 850})
    made.set_default_timeout(20_000)
    yield made
    made.close()


@pytest.fixture
def eyes(context: BrowserContext, house: House, tmp_path: Path) -> Iterator[Eyes]:
    """A person at the page; whatever the browser complains of fails the test."""
    page: Page = context.new_page()
    made = Eyes(page, tmp_path)
    yield made
    assert made.complaints == []
