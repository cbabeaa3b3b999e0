"""Every screen by axe, light and dark, desktop and phone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import MAREN, PASSWORD, House
from tests.browser.test_mail import is_ready, row
from tests.support.browser import DESKTOP, PHONE

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def sign_in(page: Page) -> None:
    await expect(page.get_by_role("button", name="Sign in")).to_be_visible()


async def inbox(page: Page) -> None:
    await expect(row(page, "Quarterly figures")).to_be_visible()


async def message(page: Page) -> None:
    await row(page, "Minutes: steering group").click()
    await expect(page.get_by_role("article")).to_be_visible()
    await expect(page.locator("iframe").first).to_be_visible()


async def compose(page: Page) -> None:
    await is_ready(page)
    await page.keyboard.press("c")
    await expect(page.get_by_role("dialog").get_by_role("textbox", name="Message text")).to_be_visible()


async def users(page: Page) -> None:
    await expect(page.get_by_role("table").get_by_text(MAREN)).to_be_visible()


async def limits(page: Page) -> None:
    await page.get_by_role("link", name="Limits", exact=True).click()
    await expect(page.get_by_role("region", name="Limits")).to_be_visible()
    await expect(page.get_by_text("Mailbox size").first).to_be_visible()


SCREENS: dict[str, tuple[str, Callable[[Page], Awaitable[None]]]] = {
    "sign-in": ("/", sign_in),
    "inbox": ("/", inbox),
    "message": ("/", message),
    "compose": ("/", compose),
    "users": ("/admin", users),
    "limits": ("/admin", limits),
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desktop", "phone"])
async def test_axe_finds_nothing(house: House, size: str, theme: str) -> None:
    found: dict[str, list[str]] = {}
    for name, (path, reach) in SCREENS.items():
        viewport = PHONE if size == "phone" else DESKTOP
        async with house.window(viewport, color_scheme=theme, reduced_motion="reduce") as opened:
            if name != "sign-in":
                await opened.sign_in(MAREN, PASSWORD)
            await reach(await opened.open(path))
            if problems := await opened.violations():
                found[name] = problems
            assert opened.faults == []

    assert found == {}
