"""Back, by button or gesture, closes what lies on top, one after the other, and only then leaves the page."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.conftest import MAREN, PASSWORD, House
from tests.browser.test_bulk import notices
from tests.browser.test_mail import is_ready, row
from tests.support.browser import PHONE

pytestmark = pytest.mark.asyncio(loop_scope="package")

SUBJECT = "Quarterly figures"
DEPTH = "wanted => history.state?.depth === wanted"


async def lies(page: Page, entries: int) -> None:
    """Wait until the history is at that entry of the page; each is for a layer, or for one that is gone."""
    await page.wait_for_function(DEPTH, arg=entries)


async def test_on_a_phone_back_closes_layer_by_layer(house: House) -> None:
    async with house.window(PHONE, has_touch=True, is_mobile=True) as opened:
        await opened.sign_in(MAREN, PASSWORD)
        page = await opened.open("/mail/sent")
        folders = page.get_by_role("button", name="Sent, folders")
        drawer = page.get_by_role("button", name="Close folders")

        # The folders lie over the list, and a folder that is chosen there takes their place.
        await folders.tap()
        await expect(drawer).to_be_visible()
        await lies(page, 1)
        await page.go_back()
        await expect(drawer).to_have_count(0)
        await expect(folders).to_be_visible()
        await folders.tap()
        await page.get_by_role("link", name="Inbox").tap()
        await expect(row(page, SUBJECT)).to_be_visible()

        # Suggestions lie over the list too, also while what is typed is searched for.
        search = page.get_by_role("combobox", name="Search mail")
        await search.tap()
        await search.press_sequentially("fro")
        suggestions = page.get_by_role("listbox", name="Suggestions")
        await expect(suggestions).to_be_visible()
        await lies(page, 1)
        await page.go_back()
        await expect(suggestions).to_have_count(0)
        await expect(search).to_have_value("fro")
        await page.go_back()
        await expect(page.get_by_role("grid", name="Inbox")).to_be_visible()

        # So does selecting, which stands in the place of the list's title.
        acts = page.get_by_role("toolbar", name="Selected messages")
        await row(page, SUBJECT).locator("[data-act=select]").tap()
        await expect(acts).to_be_visible()
        await lies(page, 1)
        await acts.get_by_role("button", name="More").tap()
        await expect(page.get_by_role("menu")).to_be_visible()
        await lies(page, 2)
        await page.go_back()
        await expect(page.get_by_role("menu")).to_have_count(0)
        await expect(acts).to_be_visible()
        await page.go_back()
        await expect(acts).to_have_count(0)
        await expect(page.get_by_role("grid", name="Inbox")).to_be_visible()

        # Menu, sheet, message.
        await row(page, SUBJECT).tap()
        heading = page.get_by_role("heading", name=SUBJECT)
        await page.get_by_role("button", name="Reply", exact=True).first.tap()
        sheet = page.get_by_role("dialog", name=f"Re: {SUBJECT}")
        await sheet.get_by_role("textbox", name="Subject").fill("Figures, to be finished")
        sheet = page.get_by_role("dialog", name="Figures, to be finished")
        await sheet.get_by_role("button", name="More for this message").tap()
        menu = page.get_by_role("menu")
        await expect(menu).to_be_visible()
        await lies(page, 2)
        await page.go_back()
        await expect(menu).to_have_count(0)
        await expect(sheet).to_be_visible()
        await page.go_back()
        await expect(sheet).to_have_count(0)
        await expect(heading).to_be_visible()

        # What was written is a draft.
        await notices(page).get_by_role("button", name="Open").tap()
        await expect(sheet).to_be_visible()
        await lies(page, 1)
        await sheet.get_by_role("button", name="Discard").tap()
        await expect(sheet).to_have_count(0)
        await page.go_back()
        await expect(heading).to_have_count(0)
        await expect(page.get_by_role("grid", name="Inbox")).to_be_visible()

        # The arrow leads to the same list, not to a second one above it.
        await row(page, SUBJECT).tap()
        await page.get_by_role("button", name="Back to the list").tap()
        await expect(page.get_by_role("grid", name="Inbox")).to_be_visible()
        await page.go_back()
        await expect(page.get_by_role("grid", name="Sent")).to_be_visible()
        assert opened.faults == []


async def test_entries_of_layers_do_not_pile_up(house: House) -> None:
    async with house.window() as opened:
        await opened.sign_in(MAREN, PASSWORD)
        page = await opened.open("/mail/sent")
        await is_ready(page)
        await page.get_by_role("link", name="Inbox").click()
        await row(page, SUBJECT).click()
        await expect(page.get_by_role("heading", name=SUBJECT)).to_be_visible()

        # Closed by key, a layer leaves its entry to the next one; by Back, nothing to go forward to.
        dialogs = page.get_by_role("dialog")
        steps = await page.evaluate("history.length") + 1
        for key in "vlv":
            await page.keyboard.press(key)
            await expect(dialogs).to_be_visible()
            await lies(page, 1)
            await page.keyboard.press("Escape")
            await expect(dialogs).to_have_count(0)
        assert await page.evaluate("history.length") == steps
        await page.keyboard.press("?")
        await expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
        await lies(page, 1)
        await page.go_back()
        await expect(dialogs).to_have_count(0)
        await page.go_forward()
        await lies(page, 1)
        await expect(dialogs).to_have_count(0)

        # Loaded anew over an open layer, or as one closes, the page is there without it.
        for key in ("Control+k", "Escape"):
            await page.keyboard.press("Control+k")
            await expect(page.get_by_role("combobox", name="All commands")).to_be_focused()
            await lies(page, 1)
            await page.keyboard.press(key)
            await page.reload()
            await expect(page.get_by_role("heading", name=SUBJECT)).to_be_visible()
            await expect(dialogs).to_have_count(0)

        # Closed while its code is on the way, the palette does not come, and keys are not kept for it.
        released = asyncio.Event()

        async def wait(route: Route) -> None:
            await released.wait()
            await route.continue_()

        await page.route("**/CommandPalette-*", wait)
        # A page at rest asks for it by itself.
        async with page.expect_request("**/CommandPalette-*"):
            await page.reload()
            await expect(page.get_by_role("heading", name=SUBJECT)).to_be_visible()
            await page.keyboard.press("Control+k")
        await page.keyboard.press("Control+k")
        await page.keyboard.press("?")
        released.set()
        await expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
        await page.unroute("**/CommandPalette-*")
        await page.go_back()
        await expect(dialogs).to_have_count(0)

        # A page that is gone to from a layer takes its place; two quick presses close two layers.
        await page.keyboard.press("Control+k")
        # What is typed while the palette is still being loaded is meant for it.
        await page.keyboard.type("Appearance")
        await expect(page.get_by_role("combobox", name="All commands")).to_have_value("Appearance")
        await expect(page.get_by_role("option").first).to_contain_text("Appearance and keys")
        await expect(page.get_by_role("combobox", name="All commands")).to_be_focused()
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/settings/appearance")
        await expect(dialogs).to_have_count(0)
        await page.go_back()
        await expect(page.get_by_role("heading", name=SUBJECT)).to_be_visible()
        await page.get_by_role("button", name="New folder").click()
        await expect(dialogs).to_be_visible()
        await page.keyboard.press("Control+k")
        await expect(page.get_by_role("combobox", name="All commands")).to_be_visible()
        await lies(page, 2)
        await page.evaluate("history.back(); history.back()")
        await expect(dialogs).to_have_count(0)
        await expect(page.get_by_role("heading", name=SUBJECT)).to_be_visible()

        await page.go_back()
        await expect(page.get_by_role("heading", name=SUBJECT)).to_have_count(0)
        await expect(page.get_by_role("grid", name="Inbox")).to_be_visible()
        await page.go_back()
        await expect(page.get_by_role("grid", name="Sent")).to_be_visible()
        assert opened.faults == []
