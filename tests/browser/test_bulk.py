"""Acts on all of a list: ten thousand messages are moved with progress, told elsewhere, and taken back."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import ARCHIVIST, LARGE, MAREN, PASSWORD, House
from tests.browser.test_mail import deliver, row

pytestmark = pytest.mark.asyncio(loop_scope="package")

ALL = f"{LARGE:,}"


def notices(page: Page):
    return page.get_by_role("region", name="Notices")


def count_of(page: Page, folder: str):
    return page.get_by_role("grid", name=folder)


async def test_all_of_a_folder_is_archived_with_progress_and_taken_back(house: House) -> None:
    async with house.window() as opened, house.window() as beside:
        for one in (opened, beside):
            await one.sign_in(ARCHIVIST, PASSWORD)
        page, other = await opened.open(), await beside.open()
        await expect(row(page, f"({LARGE})")).to_be_visible()
        await expect(row(other, f"({LARGE})")).to_be_visible()
        await row(page, f"({LARGE})").get_by_role("button", name="Select").click()
        await page.get_by_role("button", name=f"Select all {ALL} messages").click()
        await expect(page.get_by_text(f"All {ALL} messages are selected")).to_be_visible()

        await page.get_by_role("button", name="Archive", exact=True).click()

        await expect(notices(page).get_by_role("progressbar")).to_be_visible()
        await expect(notices(other).get_by_role("progressbar")).to_be_visible()
        await expect(notices(page).get_by_text(f"Archive: {ALL} messages")).to_be_visible()
        await expect(page.get_by_text("All quiet. Nothing new.")).to_be_visible()
        await page.reload()
        await expect(page.get_by_text("All quiet. Nothing new.")).to_be_visible()
        await page.wait_for_timeout(500)

        await page.keyboard.press("z")

        await expect(notices(page).get_by_text("Undone: Archive")).to_be_visible()
        for where in (page, other):
            await expect(row(where, f"({LARGE})")).to_be_visible()
            await expect(count_of(where, "Inbox")).to_have_attribute("aria-rowcount", str(LARGE))
        assert opened.faults == []
        assert beside.faults == []


async def test_an_act_under_way_is_stopped_and_undone_after_a_reload(house: House) -> None:
    async with house.window() as opened:
        await opened.sign_in(ARCHIVIST, PASSWORD)
        page = await opened.open()
        await expect(row(page, f"({LARGE})")).to_be_visible()
        await page.keyboard.press("Control+a")
        await page.keyboard.press("#")
        await expect(notices(page).get_by_role("progressbar")).to_be_visible()
        await page.reload()
        undo = notices(page).get_by_role("button", name="Undo")
        await expect(undo.or_(page.get_by_text("All quiet. Nothing new.")).first).to_be_visible()

        undone = notices(page).get_by_text("Undone: Delete")
        if await undo.count():
            await undo.first.click()
        else:
            # It ended before the page was there again: a key takes it back, once the page has heard of it.
            for _ in range(20):
                await page.keyboard.press("z")
                await page.wait_for_timeout(500)
                if await undone.count():
                    break

        await expect(undone).to_be_visible()
        await expect(count_of(page, "Inbox")).to_have_attribute("aria-rowcount", str(LARGE))
        assert opened.faults == []


async def test_trash_is_emptied_after_a_while_in_which_it_can_be_taken_back(house: House) -> None:
    await deliver(house, "Old catalogue", "Nothing to keep.")
    async with house.window() as opened:
        await opened.sign_in(MAREN, PASSWORD)
        page = await opened.open()
        await row(page, "Old catalogue").get_by_role("button", name="Select").click()
        await page.keyboard.press("#")
        await expect(notices(page).get_by_text("Moved to Trash")).to_be_visible()
        await page.goto(f"{opened.base}/mail/trash")
        await expect(row(page, "Old catalogue")).to_be_visible()

        await page.get_by_role("button", name="Trash: more").click()
        await page.get_by_role("menuitem", name="Empty").click()
        await page.get_by_role("alertdialog").get_by_role("button", name="Empty").click()

        await expect(notices(page).get_by_text(re.compile("^Empty Trash: 0 of"))).to_be_visible()
        await notices(page).get_by_role("button", name="Undo").last.click()
        await expect(notices(page).get_by_text("Undone: Empty Trash")).to_be_visible()
        await expect(row(page, "Old catalogue")).to_be_visible()
        assert opened.faults == []
