"""A folder is shared with a colleague, who sees it with a read state of the own."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import PASSWORD, SOFIA, House
from tests.browser.questions import held
from tests.browser.test_offline import has_kept
from tests.support.browser import Window

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def share_dialog(page: Page, folder: str):
    await page.get_by_role("button", name=f"{folder}: more").click()
    await page.get_by_role("menuitem", name="Share…").click()
    return page.get_by_role("dialog", name=f"Share {folder}")


async def test_a_folder_is_shared_changed_and_taken_back(house: House, maren: Window) -> None:
    page = await maren.open("/mail/inbox")
    dialog = await share_dialog(page, "Receipts")
    await expect(dialog.get_by_text("Nobody else sees this folder.")).to_be_visible()
    await dialog.get_by_role("combobox", name="Share with").fill("nobody.at.all")
    await dialog.get_by_role("button", name="Share", exact=True).click()
    await expect(dialog.get_by_role("alert")).to_contain_text("There is no user")
    assert await maren.violations() == []

    await dialog.get_by_role("combobox", name="Share with").fill("sofi")
    await expect(dialog.get_by_role("listbox", name="Suggestions")).to_contain_text(SOFIA)
    assert await maren.violations() == []
    await page.keyboard.press("Enter")
    await dialog.get_by_role("button", name="Share", exact=True).click()
    line = dialog.get_by_role("list", name="Shared with").get_by_role("listitem")
    await expect(line).to_contain_text(SOFIA)
    await line.get_by_text("Advanced").click()
    await line.get_by_role("checkbox", name="Star and tag messages").check()
    await expect(line.get_by_role("combobox")).to_have_value("own")
    await expect(line.locator("summary")).to_contain_text("lrsw")
    await line.get_by_role("combobox").select_option(label="Can write")
    await expect(line.locator("summary")).to_contain_text("lrswipte")
    assert await maren.violations() == []

    async with house.window() as other:
        await other.sign_in(SOFIA, PASSWORD)
        theirs = await other.open("/mail/inbox")
        folder = theirs.get_by_role("link", name=re.compile("Receipts · maren"))
        await folder.click()
        await expect(theirs.get_by_role("grid")).to_be_visible()
        await theirs.get_by_role("button", name=re.compile("Receipts · maren.*: more")).click()
        await expect(theirs.get_by_role("menu")).to_be_visible()
        await expect(theirs.get_by_role("menuitem", name=re.compile("Share|Rename|Delete"))).to_have_count(0)
        await theirs.keyboard.press("Escape")
        assert other.faults == []

        await line.get_by_role("button", name=f"Stop sharing with {SOFIA}").click()
        await expect(dialog.get_by_text("Nobody else sees this folder.")).to_be_visible()
        await theirs.reload()
        await expect(theirs.get_by_role("link", name="Inbox")).to_be_visible()
        await expect(folder).to_have_count(0)


async def test_what_a_device_kept_of_a_folder_goes_when_it_is_not_shared_any_more(
    house: House, maren: Window
) -> None:
    dialog = await share_dialog(await maren.open("/mail/inbox"), "Receipts")
    await dialog.get_by_role("combobox", name="Share with").fill(SOFIA)
    await dialog.get_by_role("button", name="Share", exact=True).click()
    async with house.window() as other:
        await other.sign_in(SOFIA, PASSWORD)
        theirs = await other.open("/mail/inbox")
        folder = theirs.get_by_role("link", name=re.compile("Receipts · maren"))
        await folder.click()
        await expect(theirs.get_by_role("grid").get_by_role("row").first).to_be_visible()
        await has_kept(theirs, "lists", "Receipts")
        await has_kept(theirs, "rows", "Two books are due")
        # This device hears of nothing meanwhile, and shows what it keeps before the server has answered.
        await other.context.set_offline(True)
        await dialog.get_by_role("button", name=f"Stop sharing with {SOFIA}").click()
        await expect(dialog.get_by_text("Nobody else sees this folder.")).to_be_visible()
        await other.context.set_offline(False)
        may_come = await held(theirs, '"withMail":true')

        await theirs.reload()

        await expect(folder).to_be_visible()
        may_come.set()
        await expect(folder).to_have_count(0)
        await theirs.get_by_role("button", name="Go to Inbox").click()
        await expect(theirs.get_by_role("grid", name="Inbox")).to_be_visible()
