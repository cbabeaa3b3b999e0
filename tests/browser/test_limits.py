"""Limits stand under their subjects, are searched for, and are read and typed with their units."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.conftest import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, House
from tests.support.browser import DESKTOP

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_a_limit_is_found_set_with_its_unit_and_seen_to_differ(house: House) -> None:
    async with house.window(DESKTOP, color_scheme="light", reduced_motion="reduce") as keeper:
        await keeper.sign_in(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
        page = await keeper.open("/admin/limits")
        access = page.get_by_role("region", name="Sign-in and mail programs")
        await (
            page.get_by_role("navigation", name="Subjects")
            .get_by_role("button", name="Sign-in and mail programs")
            .click()
        )
        await expect(access.get_by_role("heading")).to_be_focused()
        await expect(access.get_by_label("IMAP connections without a word")).to_have_value("30 minutes")

        # The search looks at names and helps, and marks what it found.
        search = page.get_by_role("searchbox", name="Search limits")
        await search.fill("half HOUR")
        idle = page.get_by_label("IMAP connections without a word")
        await expect(page.get_by_label("Mailbox size")).to_have_count(0)
        assert await page.locator("mark").all_inner_texts() == ["half", "hour"]

        # A number alone is not taken for seconds; what is refused stays in sight under another search.
        await idle.fill("45")
        await page.get_by_role("button", name="Save", exact=True).click()
        await expect(page.get_by_text("A time with its unit")).to_be_visible()
        await idle.fill("5 minutes")
        await page.get_by_role("button", name="Save", exact=True).click()
        await expect(page.get_by_text("values from 30 minutes to 1 day")).to_be_visible()
        await search.fill("mailbox")
        await expect(page.get_by_label("Mailbox size").first).to_be_visible()
        await idle.fill("1 h 15 min")
        await page.get_by_text("Show what changes").click()
        await expect(page.get_by_text("30 minutes → 75 minutes")).to_be_visible()
        await page.get_by_role("button", name="Save", exact=True).click()
        await expect(page.get_by_text("Saved")).to_be_visible()
        await expect(idle).to_have_count(0)

        await search.fill("")
        await page.get_by_role("checkbox", name="Only what differs").check()
        await expect(access.get_by_text("1 differs from the default")).to_be_visible()
        await expect(idle).to_have_value("75 minutes")
        await expect(page.get_by_label("POP3 connections without a word")).to_have_count(0)
        assert await keeper.violations_in_both_themes() == []
        await access.get_by_role("button", name="Go back to 30 minutes").click()
        await page.get_by_role("button", name="Save", exact=True).click()
        await expect(access).to_have_count(0)
        assert keeper.faults == []
