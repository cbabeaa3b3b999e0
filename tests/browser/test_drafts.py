"""Drafts: taken up after a crash or a lost session, from a conversation, and while others change them."""

from __future__ import annotations

import asyncio
import imaplib
import re

import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.conftest import MAREN, PASSWORD, House
from tests.browser.letters import notices
from tests.browser.test_compose import begin, send
from tests.browser.test_mail import deliver, row
from tests.browser.test_writing import editor, stored
from tests.support.browser import Window

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_a_crash_loses_nothing_neither_copies_nor_files(maren: Window) -> None:
    page = await maren.open()
    await begin(page, subject="Before the crash", text="All of this")
    await page.get_by_role("button", name="Cc", exact=True).click()
    await page.get_by_role("combobox", name="Cc", exact=True).fill("sofia.rossi@example.org")
    await page.keyboard.press("Enter")
    await page.get_by_label("Files to attach").set_input_files(
        {"name": "plan.txt", "mimeType": "text/plain", "buffer": b"a plan"}
    )
    await expect(page.get_by_text(re.compile(r"^Saved \d"))).to_be_visible()
    await editor(page).click()
    await page.keyboard.press("ControlOrMeta+Home")
    await page.route("**/graphql", lambda route: route.abort())
    await page.keyboard.type("And this: ")
    await asyncio.sleep(0.8)  # the pause after which it is kept on the device; the server never hears of it

    # The page goes without a word.
    await page.goto("about:blank")
    again = await maren.context.new_page()
    await again.goto(f"{maren.base}/mail/inbox")

    dialog = again.get_by_role("dialog", name="Before the crash")
    await expect(dialog.get_by_role("group", name="Cc")).to_contain_text("sofia.rossi@example.org")
    await expect(dialog.get_by_role("list", name="Attachments")).to_contain_text("plan.txt")
    await expect(editor(again)).to_contain_text("And this: All of this")


async def test_a_session_that_ends_while_one_writes_is_taken_up_over_the_page(maren: Window) -> None:
    page = await maren.open()
    await begin(page, subject="Without a session", text="First words, ")
    await expect(page.get_by_text(re.compile(r"^Saved \d"))).to_be_visible()

    await maren.context.clear_cookies()
    await page.keyboard.type("second words")
    again = page.get_by_role("alertdialog", name="Please sign in again")
    await expect(again).to_be_visible()
    assert await maren.violations() == []
    await again.get_by_label("Password", exact=True).fill(PASSWORD)
    await again.get_by_role("button", name="Sign in").click()

    await expect(again).to_have_count(0)
    await expect(editor(page)).to_contain_text("First words, second words")
    await expect(page.get_by_text(re.compile(r"^Saved \d"))).to_be_visible()
    await send(page)
    await expect(page.get_by_role("dialog")).to_have_count(0)


def removed(house: House, subject: str) -> None:
    """A mail program takes the draft with that subject out of Drafts."""
    client = imaplib.IMAP4("127.0.0.1", house.served.ports["imap"], timeout=30)
    client.login(MAREN, PASSWORD)
    client.select("Drafts")
    for uid in client.uid("SEARCH", "SUBJECT", f'"{subject}"')[1][0].split():
        client.uid("STORE", uid.decode(), "+FLAGS", "(\\Deleted)")
    client.expunge()
    client.logout()


async def test_an_answer_within_a_conversation_is_continued_there_and_kept_when_it_is_removed_elsewhere(
    house: House, maren: Window
) -> None:
    await deliver(house, "Seeds for spring", "Which seeds shall we order?")
    page = await maren.open()
    await row(page, "Seeds for spring").click()
    await page.get_by_role("button", name="Reply", exact=True).click()
    await expect(editor(page)).to_be_focused()
    await page.keyboard.type("Leeks, and ")
    await expect(page.get_by_text(re.compile(r"^Saved \d"))).to_be_visible()
    await page.get_by_role("dialog").get_by_role("button", name="Save and close").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)

    answer = page.get_by_role("group", name="Message from Maren Holt")
    await expect(answer).to_contain_text("Draft")
    await answer.get_by_role("button").first.click()
    await answer.get_by_role("button", name="Continue writing").click()
    await expect(editor(page)).to_contain_text("Leeks, and")

    await asyncio.to_thread(removed, house, "Re: Seeds for spring")
    await editor(page).press("ControlOrMeta+Home")
    await page.keyboard.type("Hello! ")
    await expect(page.get_by_role("alert")).to_contain_text("sent or discarded somewhere else")
    await page.get_by_role("button", name="Keep as a new draft").click()
    await expect(page.get_by_role("alert")).to_have_count(0)
    await expect(page.get_by_text(re.compile(r"^Saved \d"))).to_be_visible()
    found = await maren.ask('{ view(search: "in:drafts subject:seeds") { rows { preview } } }')
    [draft] = found["view"]["rows"]
    assert draft["preview"].startswith("Hello! Leeks, and")


async def test_a_draft_of_another_program_is_continued_whatever_its_flags(
    house: House, maren: Window
) -> None:
    client = imaplib.IMAP4("127.0.0.1", house.served.ports["imap"], timeout=30)
    client.login(MAREN, PASSWORD)
    begun = f"From: {MAREN}\r\nSubject: Begun on the train\r\n\r\nFirst half,\r\n".encode()
    await asyncio.to_thread(client.append, "Drafts", "", "", begun)
    await asyncio.to_thread(client.logout)

    page = await maren.open("/mail/drafts")
    await row(page, "Begun on the train").click()
    await page.get_by_role("button", name="Continue writing").click()
    await page.get_by_role("textbox", name="Message text").press("ControlOrMeta+Home")
    await page.keyboard.type("Now ")
    await saved(page)
    await page.get_by_role("button", name="Save and close").click()
    found = await maren.ask('{ view(search: "in:drafts subject:train") { rows { preview } } }')
    assert [one["preview"] for one in found["view"]["rows"]] == ["Now First half,"]


async def test_a_save_whose_answer_is_lost_makes_no_second_draft_and_no_complaint(
    maren: Window,
) -> None:
    page = await maren.open()
    await begin(page, subject="Over a bad line", text="First. ")
    lost = asyncio.Event()

    async def lose(route: Route) -> None:
        if lost.is_set() or "Over a bad line" not in (route.request.post_data or ""):
            return await route.fallback()
        await route.fetch()
        await route.abort()
        lost.set()

    # The first save of all, and then one that brings a file along.
    await page.route("**/graphql", lose)
    await lost.wait()
    await page.get_by_label("Files to attach").set_input_files(
        {"name": "plan.txt", "mimeType": "text/plain", "buffer": b"a plan"}
    )
    await expect(page.get_by_text(re.compile(r"^Saved \d"))).to_be_visible()
    lost.clear()
    await editor(page).press("ControlOrMeta+Home")
    await page.keyboard.type("Second. ")
    await lost.wait()
    await page.keyboard.type("Third. ")
    await expect(page.get_by_text(re.compile(r"^Saved \d"))).to_be_visible()
    await expect(page.get_by_role("alert")).to_have_count(0)

    found = await maren.ask('{ view(search: "in:drafts subject:bad") { rows { preview hasAttachments } } }')
    [draft] = found["view"]["rows"]
    assert draft["preview"].startswith("Second. Third. First.")
    assert draft["hasAttachments"]


async def continued(opened: Window, subject: str) -> Page:
    """The draft with that subject, taken up in that window."""
    page = await opened.open("/mail/drafts")
    await row(page, subject).click()
    await page.get_by_role("button", name="Continue writing").click()
    await editor(page).press("ControlOrMeta+Home")
    return page


async def saved(page: Page) -> None:
    await expect(page.get_by_text("Saving…")).to_have_count(0)
    await expect(page.get_by_text(re.compile(r"^Saved \d"))).to_be_visible()


async def test_two_devices_on_one_draft_lose_nothing_and_its_author_chooses(
    house: House, maren: Window
) -> None:
    page = await maren.open()
    await begin(page, subject="On two devices", text="Here. ")
    await page.get_by_label("Files to attach").set_input_files(
        {"name": "plan.txt", "mimeType": "text/plain", "buffer": b"a plan"}
    )
    await saved(page)
    async with house.window() as other:
        await other.sign_in(MAREN, PASSWORD)
        there = await continued(other, "On two devices")
        await there.keyboard.type("There. ")
        await saved(there)

        # Nothing is unsaved here: what was written there is seen on the way back.
        await page.evaluate("window.dispatchEvent(new Event('focus'))")
        await expect(notices(page)).to_contain_text("was changed somewhere else")
        await expect(editor(page)).to_have_text("There. Here. ")
        await editor(page).press("ControlOrMeta+Home")
        await page.keyboard.type("Here again. ")
        await saved(page)

        # Both have written: whoever is late is asked, and typing on does not take the question away.
        await there.keyboard.type("There again. ")
        question = there.get_by_role("alert")
        await expect(question).to_contain_text("also changed somewhere else")
        await there.keyboard.type("And on. ")
        await expect(question).to_be_visible()
        assert await other.violations_in_both_themes() == []
        await question.get_by_role("button", name="Take the other one").click()
        await expect(editor(there)).to_have_text("Here again. There. Here. ")
        await notices(there).get_by_role("button", name="Undo").click()
        await expect(editor(there)).to_contain_text("And on.")
        await question.get_by_role("button", name="Keep mine").click()
        await expect(question).to_have_count(0)
        await saved(there)

        # Sent from there as it is; here one finds out, and what is typed here is kept beside it.
        await send(there)
        await expect(there.get_by_role("dialog")).to_have_count(0)
        await page.keyboard.type("Too late. ")
        await expect(page.get_by_role("alert")).to_contain_text("has been sent already")
        await page.get_by_role("button", name="Save and close").click()
        await expect(notices(page)).to_contain_text("Draft saved")
        assert other.faults == []
    found = await maren.ask('{ view(search: "in:drafts subject:devices") { rows { preview } } }')
    assert [one["preview"] for one in found["view"]["rows"]] == ["Here again. Too late. There. Here."]
    gone = await asyncio.to_thread(stored, house, "Sent", "On two devices")
    assert b"There. There again. And on. Here." in gone
    assert b"plan.txt" in gone
    assert b"X-Postroom" not in gone
