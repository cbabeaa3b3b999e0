"""Mail in time: send later, snooze, reminders, muted conversations."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import PASSWORD, SOFIA, House
from tests.support.browser import PHONE, Window

pytestmark = pytest.mark.asyncio(loop_scope="package")

SNOOZE = """mutation($id: ID!, $at: DateTime!) {
  updateMessages(input: {ids: [$id], snoozeUntil: $at}) { state } }"""


@asynccontextmanager
async def sofias(house: House, **options: Any) -> AsyncIterator[Window]:
    async with house.window(**options) as opened:
        await opened.sign_in(SOFIA, PASSWORD)
        yield opened
        assert opened.faults == []
        assert opened.foreign == []


def in_seconds(seconds: int) -> str:
    return datetime.fromtimestamp(int(time.time()) + seconds, UTC).isoformat()


async def write(page: Page, subject: str, to: str = "amara@north.example") -> None:
    await page.get_by_role("button", name="Write").first.click()
    await page.get_by_role("combobox", name="To").fill(to)
    await page.keyboard.press("Enter")
    await page.get_by_role("textbox", name="Subject").fill(subject)
    await page.get_by_role("textbox", name="Message text").fill("See you then.")


async def schedule(page: Page, choice: str | re.Pattern[str]) -> None:
    await page.get_by_role("dialog").get_by_role("button", name="Send later").click()
    await page.get_by_role("menuitem", name=choice).click()


def folder(page: Page, name: str) -> Any:
    return page.get_by_role("navigation", name="Folders").get_by_role("link", name=re.compile(f"^{name}"))


def line(page: Page, text: str) -> Any:
    return page.get_by_role("row", name=re.compile(re.escape(text))).first


async def test_a_scheduled_message_is_changed_edited_cancelled_and_never_sent(house: House) -> None:
    async with sofias(house) as window:
        page = await window.open()
        await write(page, "Later, perhaps")
        await schedule(page, re.compile("^Tomorrow morning"))
        await expect(page.get_by_text(re.compile("^Will be sent: ")).first).to_be_visible()

        await folder(page, "Scheduled").click()
        await expect(line(page, "Later, perhaps")).to_contain_text("08:00")
        await line(page, "Later, perhaps").click()
        await expect(page.get_by_text(re.compile(r"^Will be sent on .*08:00"))).to_be_visible()

        await page.get_by_role("note").get_by_role("button", name="Change time").click()
        await page.get_by_role("option", name=re.compile("^Pick date")).click()
        # In the night of the 28th of March London has no half past one.
        await page.get_by_label("Date and time").fill("2027-03-28T01:30")
        await expect(page.get_by_role("dialog")).to_contain_text("02:30 is meant")
        await page.get_by_label("Date and time").fill("2027-03-04T09:30")
        await page.get_by_role("button", name="Schedule", exact=True).click()
        await expect(line(page, "Later, perhaps")).to_contain_text("09:30")
        await expect(page.get_by_text(re.compile(r"^Will be sent on .*09:30"))).to_be_visible()
        assert await window.violations() == []

        # The clock of the toolbar changes the time too; the message does not go to Snoozed.
        toolbar = page.get_by_role("toolbar", name="Message")
        await toolbar.get_by_role("button", name="Change time").click()
        await page.get_by_role("option", name=re.compile("^Tomorrow morning")).click()
        await expect(line(page, "Later, perhaps")).to_contain_text("08:00")
        await expect(page.get_by_text(re.compile(r"^Will be sent on .*08:00"))).to_be_visible()

        await page.get_by_role("button", name="Edit", exact=True).click()
        await expect(page.get_by_role("textbox", name="Subject")).to_have_value("Later, perhaps")
        await expect(line(page, "Later, perhaps")).to_have_count(0)
        await page.get_by_role("button", name="Discard").click()


async def test_undo_then_schedule_does_not_send(house: House) -> None:
    # nextcloud/mail#6334
    async with sofias(house) as window:
        page = await window.open()
        await write(page, "Sent too soon")
        await page.get_by_role("button", name="Send", exact=True).click()
        await page.get_by_role("button", name="Undo").click()
        await expect(page.get_by_role("textbox", name="Subject")).to_have_value("Sent too soon")

        await schedule(page, re.compile("^Tomorrow morning"))
        await expect(page.get_by_text(re.compile("^Will be sent: ")).first).to_be_visible()

        await folder(page, "Scheduled").click()
        await expect(line(page, "Sent too soon")).to_be_visible()
        await folder(page, "Sent").click()
        await expect(page.get_by_role("heading", name="Sent")).to_be_visible()
        await expect(line(page, "Sent too soon")).to_have_count(0)
        assert not any(b"Sent too soon" in one.data for one in house.sink.messages)
        await folder(page, "Scheduled").click()
        await line(page, "Sent too soon").click()
        await page.get_by_role("button", name="Cancel sending").click()
        await expect(page.get_by_text("Not sent: the message is in Drafts again")).to_be_visible()
        # Nothing waits any more, not even for the end of the first hold.
        waiting = await house.served.cli("spool", "list", "--search", "Sent too soon")
        assert "sofia.rossi@example.org" not in waiting


async def test_what_is_asked_about_is_still_scheduled_and_not_sent(house: House) -> None:
    async with sofias(house) as window:
        page = await window.open()
        await write(page, "")
        await schedule(page, re.compile("^Tomorrow morning"))
        await page.get_by_role("alertdialog").get_by_role("button", name="Send anyway").click()

        await expect(page.get_by_text(re.compile("^Will be sent: ")).first).to_be_visible()
        await page.get_by_role("button", name="Undo").click()
        await page.get_by_role("button", name="Discard").click()


async def test_who_gets_no_answer_is_reminded_until_the_reminder_is_ended(house: House) -> None:
    async with sofias(house) as window:
        page = await window.open()
        await write(page, "Does anybody hear me")
        await page.get_by_role("dialog").get_by_role("button", name="Send later").click()
        await page.get_by_role("menuitemradio", name="After 2 days").click()
        await page.get_by_role("button", name="Send", exact=True).click()
        await expect(page.get_by_role("dialog")).to_have_count(0)
        await folder(page, "Sent").click()
        await line(page, "Does anybody hear me").click()
        waits = page.get_by_text(re.compile("^It comes back to you on "))
        await expect(waits).to_be_visible()
        await page.get_by_role("button", name="Do not remind me").click()
        await expect(waits).to_have_count(0)

        await page.get_by_role("toolbar", name="Message").get_by_role("button", name="More").click()
        await page.get_by_role("menuitem", name="After 4 days").click()
        await expect(page.get_by_text("You hear of it after 4 days without an answer").first).to_be_visible()
        await expect(waits).to_be_visible()
        id = await line(page, "Does anybody hear me").get_attribute("data-id")
        sooner = "mutation($id: ID!, $at: DateTime!) { remindOfMessage(id: $id, at: $at) }"
        await window.ask(sooner, id=id, at=in_seconds(2))

        await folder(page, "Inbox").click()
        top = page.get_by_role("row").first
        await expect(top).to_contain_text("Does anybody hear me")
        await expect(top).to_have_attribute("data-unread", "true")
        await top.click()
        await expect(page.get_by_text("Nobody has answered this message yet.")).to_be_visible()
        assert await window.violations() == []


async def test_a_scheduled_message_goes_at_its_time(house: House) -> None:
    async with sofias(house) as window:
        page = await window.open()
        await write(page, "On the dot")
        await schedule(page, re.compile("^In 1 hour"))
        await folder(page, "Scheduled").click()
        id = await line(page, "On the dot").get_attribute("data-id")

        change = "mutation($id: ID!, $at: DateTime!) { scheduleDraft(id: $id, sendAt: $at) { id } }"
        await window.ask(change, id=id, at=in_seconds(2))

        await expect(line(page, "On the dot")).to_have_count(0)
        await folder(page, "Sent").click()
        await expect(line(page, "On the dot")).to_be_visible()


async def test_a_snoozed_message_returns_unread_and_on_top(house: House) -> None:
    async with sofias(house) as window:
        page = await window.open()
        first = page.get_by_role("row").nth(3)
        subject = await first.locator("[class*=subject]").inner_text()
        await first.click()
        await expect(page.get_by_role("heading", level=1, name=subject)).to_be_visible()

        await page.keyboard.press("b")
        await page.get_by_role("option", name=re.compile("^Tomorrow morning")).click()
        await expect(page.get_by_text(re.compile("[Ss]noozed until")).first).to_be_visible()
        await folder(page, "Snoozed").click()
        row = line(page, subject)
        await expect(row).to_contain_text("08:00")
        id = await row.get_attribute("data-id")

        await folder(page, "Inbox").click()
        await window.ask(SNOOZE, id=id, at=in_seconds(2))

        top = page.get_by_role("row").first
        await expect(top).to_have_attribute("data-id", id or "")
        await expect(top).to_have_attribute("data-unread", "true")


async def test_snooze_is_undone_and_brought_back_by_hand(house: House) -> None:
    async with sofias(house) as window:
        page = await window.open()
        row = page.get_by_role("row").nth(2)
        id = await row.get_attribute("data-id")
        await page.keyboard.press("j")
        await page.locator(f"[data-id='{id}']").click()
        await page.get_by_role("toolbar", name="Message").get_by_role("button", name="Snooze").click()
        await page.get_by_role("option", name=re.compile("^Tomorrow morning")).click()
        await expect(page.locator(f"[data-id='{id}']")).to_have_count(0)
        await page.keyboard.press("z")
        await expect(page.locator(f"[data-id='{id}']")).to_have_count(1)

        await page.locator(f"[data-id='{id}']").click()
        await page.keyboard.press("b")
        await page.get_by_role("option", name=re.compile("^Tomorrow morning")).click()
        await page.keyboard.press("g")
        await page.keyboard.press("z")
        await page.locator(f"[data-id='{id}']").click()
        await page.get_by_role("button", name="Bring back now").click()
        await folder(page, "Inbox").click()
        await expect(page.locator(f"[data-id='{id}']")).to_have_count(1)


async def test_a_muted_conversation_leaves_the_inbox_and_can_be_unmuted(house: House) -> None:
    async with sofias(house) as window:
        page = await window.open()
        row = page.get_by_role("row").nth(1)
        id = await row.get_attribute("data-id")
        await row.click()
        await page.keyboard.press("m")
        await expect(
            page.get_by_text("Conversation muted: new messages skip the inbox").first
        ).to_be_visible()
        await expect(page.locator(f"[data-id='{id}']")).to_have_count(0)

        await folder(page, "Archive").click()
        there = page.locator(f"[data-id='{id}']")
        await expect(there).to_have_attribute("aria-label", re.compile("Muted"))
        await there.click()
        await page.keyboard.press("m")
        await expect(there).not_to_have_attribute("aria-label", re.compile("Muted"))


async def test_on_a_phone_times_are_chosen_and_axe_is_content(house: House) -> None:
    async with sofias(house, size=PHONE) as window:
        page = await window.open()
        await page.get_by_role("row").nth(1).click()
        await page.get_by_role("toolbar", name="Message").get_by_role("button", name="Snooze").click()
        await expect(page.get_by_role("option", name=re.compile("^Tomorrow morning"))).to_be_visible()
        assert await window.violations() == []
        await page.get_by_role("option", name=re.compile("^Pick date")).click()
        await expect(page.get_by_label("Date and time")).to_be_visible()
        assert await window.violations() == []
