"""The page in German, and from right to left."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.conftest import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, MAREN, PASSWORD, House
from tests.browser.test_mail import row
from tests.support import browser as browsers

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_a_browser_that_speaks_german_is_answered_in_german(house: House) -> None:
    async with browsers.window(house.browser, house.served.http, language="de-DE") as opened:
        page = await opened.open("/signin")
        await expect(page.get_by_role("heading", name="Anmelden")).to_be_visible()
        assert await page.locator("html").get_attribute("lang") == "de"
        await opened.sign_in(MAREN, PASSWORD)
        await opened.open("/mail/inbox")
        await expect(page.get_by_role("link", name="Posteingang")).to_be_visible()
        await expect(row(page, "Quarterly figures")).to_be_visible()
        assert await opened.violations() == []

        await opened.open("/settings/appearance")
        async with page.expect_event("domcontentloaded"):
            await page.get_by_label("Sprache").select_option("en")
        await expect(page.get_by_role("heading", level=1, name="Appearance and keys")).to_be_visible()
        assert await page.locator("html").get_attribute("lang") == "en"
        assert opened.faults == []


async def test_the_audit_log_names_actions_in_the_language_of_the_page(house: House) -> None:
    async with browsers.window(house.browser, house.served.http, language="de-DE") as opened:
        await opened.sign_in(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
        page = await opened.open("/admin/audit")
        table = page.get_by_role("table", name="Protokoll")
        await expect(table.get_by_text("Benutzer hinzugefügt").first).to_be_visible()
        await expect(table.get_by_text("user.add", exact=True)).to_have_count(0)
        assert await opened.violations() == []


async def test_from_right_to_left_nothing_is_cut_or_swapped(house: House) -> None:
    async with browsers.window(house.browser, house.served.http) as opened:
        await opened.sign_in(MAREN, PASSWORD)
        page = await opened.open("/mail/inbox")
        await expect(row(page, "Quarterly figures")).to_be_visible()

        await page.evaluate("document.documentElement.dir = 'rtl'")

        width = await page.evaluate("innerWidth")
        rail = await page.get_by_role("navigation", name="Places").bounding_box()
        folders = await page.get_by_role("navigation", name="Folders").bounding_box()
        grid = await page.get_by_role("grid", name="Inbox").bounding_box()
        assert rail is not None
        assert folders is not None
        assert grid is not None
        assert rail["x"] + rail["width"] == pytest.approx(width, abs=1)
        assert folders["x"] + folders["width"] <= rail["x"] + 1
        assert grid["x"] + grid["width"] <= folders["x"] + 1
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
        assert await opened.violations() == []
