"""Writing a message."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Route, expect

from tests.browser.test_mail import row
from tests.support.browser import Window

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_what_is_typed_before_the_editor_is_there_goes_on_where_the_caret_was(maren: Window) -> None:
    page = await maren.open()
    may_come = asyncio.Event()

    async def hold(route: Route) -> None:
        await may_come.wait()
        await route.continue_()

    await page.route("**/assets/editor-*.js", hold)
    await row(page, "Quarterly figures").click()
    await page.get_by_role("button", name="Reply", exact=True).click()
    text = page.get_by_role("dialog").get_by_role("textbox", name="Message text")
    await expect(text).to_be_focused()
    await page.keyboard.type("Dear Amara,\nthank ")

    may_come.set()
    await expect(page.locator("[contenteditable=true][aria-label='Message text']")).to_be_focused()
    await page.keyboard.type("you.")

    lines = text.locator("> div")
    await expect(lines.nth(0)).to_have_text("Dear Amara,")
    await expect(lines.nth(1)).to_have_text("thank you.")
