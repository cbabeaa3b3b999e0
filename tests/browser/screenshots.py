"""Pictures of every screen: `python -m tests.browser.screenshots FOLDER`, to be looked at."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, MAREN, PASSWORD
from tests.browser.test_mail import row
from tests.browser.test_queue import stuck
from tests.browser.test_screens import SCREENS
from tests.support.browser import DESKTOP, PHONE, TABLET, Window, chromium, window
from tests.support.dns_stub import dns_stub
from tests.support.served import Served
from tests.support.smtp_sink import smtp_sink

SIZES = {"desktop": DESKTOP, "tablet": TABLET, "phone": PHONE}
THEMES = ("light", "dark")
STUCK = {"patient": "A patient letter", "ward": "Rota for the north ward, second half of December, final"}


async def _newsletter(page: Page) -> None:
    await row(page, "Newsletter: five quiet gardens").click()
    await expect(page.get_by_role("article")).to_be_visible()


async def _search(page: Page) -> None:
    await expect(row(page, "Quarterly figures")).to_be_visible()
    await page.get_by_role("combobox", name="Search mail").fill("from:sofia north wing")
    await page.keyboard.press("Enter")
    await expect(row(page, "Budget for the north wing")).to_be_visible()


async def _reply(page: Page) -> None:
    await row(page, "Quarterly figures").click()
    await expect(page.get_by_role("article")).to_be_visible()
    await page.keyboard.press("r")
    await expect(page.get_by_role("dialog").get_by_role("textbox", name="Message text")).to_be_visible()


async def _overview(page: Page) -> None:
    await expect(page.get_by_role("heading", level=1)).to_be_visible()


async def _chosen(page: Page) -> None:
    await page.get_by_role("checkbox", name="Choose A patient letter").check()


async def _queued(page: Page) -> None:
    await page.get_by_role("link", name="A patient letter").click()
    await expect(page.get_by_role("table", name="Recipients")).to_be_visible()


async def _signatures(page: Page) -> None:
    await page.get_by_role("link", name="example.org").first.click()
    await page.get_by_role("tab", name="DNS").click()
    await page.get_by_role("button", name="New key").evaluate("button => button.scrollIntoView()")


async def _gateway(page: Page) -> None:
    await page.get_by_role("button", name="Add gateway").click()
    await expect(page.get_by_role("textbox", name="Host")).to_be_visible()


Reach = Callable[[Page], Awaitable[None]]
MORE: dict[str, tuple[str, Reach]] = {
    "newsletter": ("/", _newsletter),
    "search": ("/", _search),
    "reply": ("/", _reply),
}

SYSTEM: dict[str, tuple[str, Reach]] = {
    "system": ("/admin", _overview),
    "queue": ("/admin/queue", _chosen),
    "queued": ("/admin/queue?q=patient", _queued),
    "destinations": ("/admin/queue/destinations", _overview),
    "signatures": ("/admin/domains", _signatures),
    "gateways": ("/admin/gateways", _overview),
    "gateway": ("/admin/gateways", _gateway),
    "queue-empty": ("/admin/queue?q=nothing", _overview),
}


async def take(folder: Path) -> None:
    """Write them all."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        async with dns_stub() as dns, smtp_sink() as sink, chromium() as browser:
            dns.add("north.example", "MX", "10 mx.north.example.")
            dns.add("mx.north.example", "A", "127.0.0.1")
            variables = {
                "POSTROOM_DNS_SERVERS": f"{dns.address[0]}:{dns.address[1]}",
                "POSTROOM_REMOTE_SMTP_PORT": str(sink.address[1]),
            }
            empty, filled = (
                Served(Path(scratch) / "empty", **variables),
                Served(Path(scratch) / "b", **variables),
            )
            try:
                await empty.start()
                await filled.cli("demo")
                await filled.start()
                for name, subject in STUCK.items():
                    await stuck(filled, sink, name, subject=subject)
                for size in SIZES:
                    for theme in THEMES:
                        await _pictures(browser, empty, filled, folder, size, theme)
            finally:
                await empty.close()
                await filled.close()


async def _pictures(
    browser: Browser, empty: Served, filled: Served, folder: Path, size: str, theme: str
) -> None:
    async with _open(browser, empty, size, theme) as opened:
        await _shoot(opened, "/", _overview, folder / f"wizard-{size}-{theme}.png")
    for name, (path, reach) in (SCREENS | MORE).items():
        async with _open(browser, filled, size, theme) as opened:
            if name != "sign-in":
                await opened.sign_in(MAREN, PASSWORD)
            await _shoot(opened, path, reach, folder / f"{name}-{size}-{theme}.png")
    for name, (path, reach) in SYSTEM.items():
        async with _open(browser, filled, size, theme) as opened:
            await opened.sign_in(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
            await _shoot(opened, path, reach, folder / f"{name}-{size}-{theme}.png")


def _open(browser: Browser, served: Served, size: str, theme: str):
    return window(browser, served.http, SIZES[size], color_scheme=theme, reduced_motion="reduce")


async def _shoot(opened: Window, path: str, reach: Reach, file: Path) -> None:
    page = await opened.open(path)
    try:
        await reach(page)
    except AssertionError as problem:  # the picture shows it best
        print(f"{file.name}: {str(problem).splitlines()[0]}", file=sys.stderr)
    # Fonts and the message's frame settle after what was waited for.
    await page.wait_for_timeout(1000)
    await page.screenshot(path=file)


if __name__ == "__main__":
    asyncio.run(take(Path(sys.argv[1])))
