"""Where the keyboard is after something was closed, removed or undone: never nowhere."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser import letters
from tests.browser.conftest import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, MAREN, PASSWORD, House
from tests.browser.test_bulk import notices
from tests.browser.test_mail import is_ready, row
from tests.support.browser import PHONE, Window

pytestmark = pytest.mark.asyncio(loop_scope="package")

SUBJECT = "A letter to be closed"


async def press(page: Page, name: str) -> None:
    """That button, by key."""
    button = page.get_by_role("button", name=name, exact=True)
    await button.focus()
    await button.press("Enter")


async def test_what_goes_leaves_the_focus_to_what_stands_there(house: House, maren: Window) -> None:
    page = await maren.open("/settings/senders")
    field = page.get_by_role("textbox", name="Block an address or domain")
    for address in ("ada@quiet.example", "bea@quiet.example"):
        await field.fill(address)
        await field.press("Enter")
        await expect(page.get_by_text(address)).to_be_visible()
        await expect(field).to_have_value("")

    # Of a list, the next; of a notice, where one was before.
    await press(page, "Remove ada@quiet.example")
    await expect(page.get_by_role("button", name="Remove bea@quiet.example")).to_be_focused()
    await press(page, "Remove bea@quiet.example")
    await expect(page.get_by_text("bea@quiet.example")).to_have_count(0)
    await expect(field.or_(page.get_by_role("button", name="Add")).locator(":scope:focus")).to_be_visible()

    # A field and the button that brings it stand in one place; the bar below a form goes with what it saves.
    await maren.sign_in(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
    await maren.open("/admin/limits")
    await press(page, "Set a ceiling for POP3")
    await expect(page.get_by_role("combobox", name="Ceiling for POP3")).to_be_focused()
    await press(page, "Lift the ceiling for POP3")
    await expect(page.get_by_role("button", name="Set a ceiling for POP3")).to_be_focused()
    await page.get_by_role("combobox", name="POP3").select_option("Off")
    await press(page, "Discard")
    await expect(page.get_by_role("button", name="Discard")).to_have_count(0)
    await expect(page.locator(":focus").and_(page.get_by_role("main").locator("*"))).to_have_count(1)


async def test_a_message_that_is_closed_leads_back_to_its_row(house: House) -> None:
    await letters.deliver(house, letters.message(SUBJECT))
    async with house.window(PHONE, has_touch=True, is_mobile=True) as opened:
        await opened.sign_in(MAREN, PASSWORD)
        page = await opened.open("/mail/inbox")
        await is_ready(page)
        await row(page, SUBJECT).focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", name=SUBJECT)).to_be_visible()
        assert await page.evaluate("document.activeElement.querySelector('article') !== null")

        await press(page, "Back to the list")
        await expect(row(page, SUBJECT)).to_be_focused()

        await row(page, SUBJECT).focus()
        await page.keyboard.press("e")
        undo = notices(page).get_by_role("button", name="Undo")
        await undo.focus()
        await undo.press("Enter")
        await expect(row(page, SUBJECT)).to_be_visible()
        await expect(page.get_by_role("grid").locator("[role=row]:focus, :scope:focus")).to_have_count(1)
        assert opened.faults == []
