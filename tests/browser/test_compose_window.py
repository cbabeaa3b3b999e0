"""A message in a browser window of its own."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Dialog, Page, expect

from tests.browser.conftest import PASSWORD, House
from tests.browser.test_compose import begin, send
from tests.browser.test_mail import row
from tests.browser.test_writing import editor, stored
from tests.support.browser import Window

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def opened_by(page: Page, act: Callable[[], Awaitable[None]]) -> Page:
    """The window that something opens, with its message in it."""
    async with page.expect_popup() as coming:
        await act()
    window = await coming.value
    await expect(editor(window)).to_be_visible()
    return window


async def popped_out(page: Page) -> Page:
    return await opened_by(page, page.get_by_role("button", name="In a new window").click)


# What a window has then came from the other one: the device has kept nothing.
WITHOUT_DEVICE = "IDBFactory.prototype.open = () => { throw new DOMException('Not here', 'SecurityError'); }"


async def subjects(page: Page) -> list[str]:
    return [await one.get_attribute("aria-label") or "" for one in await page.get_by_role("dialog").all()]


async def test_a_message_moves_to_its_own_window_and_undo_brings_it_back_to_the_page(
    house: House, maren: Window
) -> None:
    await maren.context.add_init_script(WITHOUT_DEVICE)
    page = await maren.open()
    await begin(page, subject="Out of the page", text="With a file")
    await expect(page.get_by_text(re.compile(r"^Saved \d"))).to_be_visible()
    await page.get_by_role("button", name="Cc", exact=True).click()
    await page.get_by_role("combobox", name="Cc", exact=True).fill("sofia.rossi@example.org")
    await page.keyboard.press("Enter")
    await page.get_by_label("Files to attach").set_input_files(
        {"name": "plan.txt", "mimeType": "text/plain", "buffer": b"a plan"}
    )
    # In the last moment, so that no pause has saved it.
    await editor(page).press("ControlOrMeta+End")
    await page.keyboard.type(" in it")
    window = await popped_out(page)

    await expect(page.get_by_role("dialog")).to_have_count(0)
    assert await subjects(window) == ["Out of the page"]
    await expect(editor(window)).to_have_text("With a file in it")
    await expect(window.get_by_role("group", name="Cc")).to_contain_text("sofia.rossi@example.org")
    await expect(window.get_by_role("list", name="Attachments")).to_contain_text("plan.txt")
    await expect(window).to_have_title(re.compile("^Out of the page"))
    assert await Window(maren.base, maren.context, window).violations() == []
    await editor(window).click()
    await window.keyboard.press("ControlOrMeta+End")
    await window.keyboard.type(" and more")
    async with window.expect_event("close"):
        await send(window)
        await window.get_by_role("button", name="Send anyway").click()

    await page.get_by_role("button", name="Undo").click()
    await expect(editor(page)).to_contain_text("With a file in it and more")
    await expect(page.get_by_role("list", name="Attachments")).to_contain_text("plan.txt")
    await page.get_by_role("textbox", name="Subject").fill("Out of the page, at last")
    await send(page)
    await page.get_by_role("button", name="Send anyway").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    raw = await asyncio.to_thread(stored, house, "Sent", "Out of the page, at last")
    # It was one message all the way: no draft of it is left behind.
    await page.goto(f"{maren.base}/mail/drafts")
    await expect(page.get_by_role("grid", name="Drafts")).to_be_visible()
    await expect(row(page, "Out of the page")).to_have_count(0)
    assert b"plan.txt" in raw
    assert b"With a file in it and more" in raw


async def test_shift_begins_in_new_windows_and_each_has_its_message(maren: Window) -> None:
    page = await maren.open()
    await expect(page.get_by_role("grid", name="Inbox")).to_be_visible()
    first = await opened_by(page, lambda: page.keyboard.press("Shift+c"))
    await expect(first.get_by_role("combobox", name="To")).to_be_focused()
    await expect(first.get_by_role("group", name="To").get_by_role("button", name="Remove")).to_have_count(0)
    await expect(editor(first)).to_have_text("")
    assert await subjects(page) == []
    await first.get_by_role("textbox", name="Subject").fill("The first window")
    await page.bring_to_front()
    await row(page, "Quarterly figures").click()
    reply = page.get_by_role("button", name="Reply", exact=True)
    second = await opened_by(page, lambda: reply.click(modifiers=["Shift"]))
    await expect(second.get_by_role("textbox", name="Subject")).to_have_value(
        re.compile("^Re: Quarterly figures")
    )
    await expect(second.get_by_role("group", name="To").get_by_role("button", name="Remove")).to_have_count(1)
    await expect(editor(second)).to_be_focused()
    assert await subjects(page) == []

    # Loaded anew, and beside another tab, it is still the one that has the message.
    await expect(first.get_by_text(re.compile(r"^Saved \d"))).to_be_visible()
    await first.reload()
    await expect(first.get_by_role("textbox", name="Subject")).to_have_value("The first window")
    tab = await maren.context.new_page()
    await tab.goto(f"{maren.base}/mail/drafts")
    await expect(row(tab, "The first window")).to_be_visible()
    await asyncio.sleep(0.6)  # what another window has is asked for within that time
    assert await subjects(tab) == []
    await tab.close()

    async with first.expect_event("close"):
        await first.get_by_role("button", name="Back to the mail window").click()
    assert await subjects(page) == ["The first window"]
    await page.get_by_role("button", name="Discard").click()
    async with second.expect_event("close"):
        await second.get_by_role("button", name="Discard").click()
    await expect(page.get_by_text("Draft discarded").first).to_be_visible()


async def test_where_new_windows_are_blocked_the_message_stays(maren: Window) -> None:
    page = await maren.open()
    await page.evaluate("window.open = () => null")
    await begin(page, subject="Stays here", text="Every word")
    await page.get_by_role("button", name="In a new window").click()

    await expect(page.get_by_text("Your browser has blocked the new window")).to_be_visible()
    await expect(editor(page)).to_contain_text("Every word")
    await editor(page).press("End")
    await page.keyboard.type(" and more")
    await expect(page.get_by_text(re.compile(r"^Saved \d"))).to_be_visible()
    await page.get_by_role("button", name="Discard").click()


async def test_a_window_that_is_closed_with_something_unsaved_asks_and_the_page_saves_it(
    maren: Window,
) -> None:
    page = await maren.open()
    await begin(page, subject="Closed in haste", text="Kept")
    window = await popped_out(page)
    await expect(window.get_by_text(re.compile(r"^Saved \d"))).to_be_visible()
    await window.route("**/graphql", lambda route: route.abort())
    await editor(window).press("ControlOrMeta+End")
    await window.keyboard.type(" whatever happens")
    asked: list[str] = []

    async def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        await dialog.accept()

    window.on("dialog", leave)
    await asyncio.sleep(0.8)  # the pause after which it is kept on the device
    async with window.expect_event("close"):
        await window.close(run_before_unload=True)

    assert asked == ["beforeunload"]
    await page.get_by_role("button", name="Open", exact=True).click()
    await expect(editor(page)).to_contain_text("Kept whatever happens")
    await page.get_by_role("button", name="Discard").click()


async def test_without_a_page_with_mail_the_window_says_itself_what_it_sends(maren: Window) -> None:
    window = await maren.open("/compose?kind=new&to=amara@north.example&subject=All+alone&text=Hello")
    await expect(editor(window)).to_contain_text("Hello")
    await maren.context.clear_cookies()
    await editor(window).press("End")
    await window.keyboard.type(", Amara")
    again = window.get_by_role("alertdialog", name="Please sign in again")
    await again.get_by_label("Password", exact=True).fill(PASSWORD)
    await again.get_by_role("button", name="Sign in").click()
    await expect(again).to_have_count(0)

    await send(window)
    await window.get_by_role("button", name="Undo").click()
    await expect(editor(window)).to_contain_text("Hello, Amara")
    await window.get_by_role("button", name="Discard").click()
    await expect(window.get_by_text("Draft discarded").first).to_be_visible()
