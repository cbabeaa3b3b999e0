"""Blocked senders from the menu of a message, and folders that are cleaned up."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.conftest import PASSWORD, SOFIA, House
from tests.browser.test_mail import deliver, row
from tests.support.browser import DESKTOP, PHONE

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_a_blocked_sender_goes_to_junk_until_taken_off_the_list(house: House) -> None:
    await deliver(house, "Buy these lamps", "Now", to=SOFIA)
    async with house.window(DESKTOP) as opened:
        await opened.sign_in(SOFIA, PASSWORD)
        page = await opened.open("/mail/inbox")
        await row(page, "Buy these lamps").click()
        await page.get_by_role("toolbar", name="Message").get_by_role("button", name="More").click()
        await page.get_by_role("menuitem", name="Block sender").click()
        await expect(page.get_by_text("Blocked: amara@north.example")).to_be_visible()

        await deliver(house, "Buy more lamps", "Now", to=SOFIA)
        await page.get_by_role("navigation", name="Folders").get_by_role("link", name="Junk").click()
        await expect(row(page, "Buy more lamps")).to_be_visible()

        await opened.open("/settings/senders")
        blocked = page.get_by_role("list", name="Blocked").get_by_role("listitem")
        await expect(blocked).to_have_text("amara@north.example")
        await page.get_by_role("textbox", name="Block an address or domain").fill("nobody")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("alert")).to_have_text("An address or a domain is needed")
        assert await opened.violations() == []
        await blocked.get_by_role("button", name="Remove amara@north.example").click()
        await expect(page.get_by_text("Nobody is blocked.")).to_be_visible()
        await deliver(house, "Thank you for the lamps", "Now", to=SOFIA)
        await opened.open("/mail/inbox")
        await expect(row(page, "Thank you for the lamps")).to_be_visible()
        assert opened.faults == []


async def test_a_folder_is_cleaned_up_after_a_look_at_what_would_go(house: House) -> None:
    async with house.window(PHONE) as opened:
        await opened.sign_in(SOFIA, PASSWORD)
        page = await opened.open("/settings/clean-up")
        await page.get_by_role("button", name="Clean up a folder").click()
        dialog = page.get_by_role("dialog", name="Clean up a folder")
        await dialog.get_by_role("combobox", name="Folder").select_option("Inbox")
        await dialog.get_by_role("textbox", name="Remove what came").fill("0")
        await dialog.get_by_role("button", name="Save").click()
        await expect(dialog.get_by_role("alert")).to_have_text("From 1 to 3650 days")
        await dialog.get_by_role("textbox", name="Remove what came").fill("3000")
        await expect(dialog.get_by_role("status")).to_have_text("Nothing would go now.")
        await dialog.get_by_role("textbox", name="Keep at most").fill("900000")
        assert await opened.violations() == []
        await dialog.get_by_role("button", name="Save").click()

        rules = page.get_by_role("list", name="Folders that are cleaned up").get_by_role("listitem")
        await expect(rules).to_contain_text(
            "Messages go after 3,000 days. The newest 900,000 stay. They go to Trash."
        )
        await page.get_by_role("combobox", name="Trash keeps messages for").select_option("30 days")
        await page.reload()
        await expect(page.get_by_role("combobox", name="Trash keeps messages for")).to_have_value("30")
        await rules.get_by_role("button", name="Do not clean up Inbox").click()
        await expect(page.get_by_text("No folder is cleaned up.")).to_be_visible()
        assert await opened.violations() == []
        assert opened.faults == []
