"""Folders: made, nested, renamed, coloured, moved, thrown away and brought back; messages dragged there."""

from __future__ import annotations

import asyncio
import imaplib
import re

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser import letters
from tests.browser.conftest import MAREN, PASSWORD, House
from tests.browser.questions import answers
from tests.browser.test_bulk import notices
from tests.browser.test_mail import row

pytestmark = pytest.mark.asyncio(loop_scope="package")


def side(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Folders")


def folder(page: Page, name: str) -> Locator:
    return side(page).get_by_role("link", name=name).first


async def choose(page: Page, name: str, act: str) -> None:
    await side(page).get_by_role("button", name=f"{name}: more").first.click()
    await page.get_by_role("menuitem", name=act, exact=True).click()


async def make(page: Page, name: str, inside: str | None = None) -> None:
    if inside is None:
        await side(page).get_by_role("button", name="New folder").click()
    else:
        await choose(page, inside, "New folder inside")
    await page.get_by_role("textbox", name="Name").fill(name)
    await page.get_by_role("dialog").get_by_role("button", name="Create").click()
    await expect(folder(page, name)).to_be_visible()


async def test_a_folder_lives_from_its_making_to_the_trash_and_back(house: House) -> None:
    async with house.window() as opened:
        await opened.sign_in(MAREN, PASSWORD)
        page = await opened.open()
        await make(page, "Orchard")
        await make(page, "Apples", inside="Orchard")
        await choose(page, "Apples", "Rename")
        await page.get_by_role("textbox", name="Name").fill("Pears")
        await page.get_by_role("dialog").get_by_role("button", name="Rename").click()
        await expect(folder(page, "Pears")).to_be_visible()

        await choose(page, "Orchard", "Colour…")
        await page.get_by_role("radio", name="Green").check(force=True)
        await page.get_by_role("dialog").get_by_role("button", name="Save").click()
        await choose(page, "Orchard", "Make a favourite")
        await expect(side(page).get_by_role("heading", name="Favourites")).to_be_visible()
        await side(page).get_by_role("button", name="Hide what is in Orchard").click()
        await expect(folder(page, "Pears")).to_have_count(0)
        await page.wait_for_timeout(600)
        await page.reload()
        await expect(side(page).get_by_role("heading", name="Favourites")).to_be_visible()
        await expect(side(page).get_by_role("button", name="Show what is in Orchard")).to_be_visible()
        await side(page).get_by_role("button", name="Show what is in Orchard").click()

        await choose(page, "Pears", "Move…")
        await page.get_by_role("dialog").get_by_role("combobox").fill("Receipts")
        await page.keyboard.press("Enter")
        await expect(notices(page).get_by_text("Pears moved to Receipts")).to_be_visible()
        await folder(page, "Pears").drag_to(folder(page, "Orchard"))
        await expect(notices(page).get_by_text("Pears moved to Orchard")).to_be_visible()

        await choose(page, "Orchard", "Delete")
        await expect(notices(page).get_by_text("Orchard moved to Trash")).to_be_visible()
        await page.keyboard.press("z")
        await expect(notices(page).get_by_text("Undone: Delete Orchard")).to_be_visible()

        await choose(page, "Orchard", "No favourite any more")
        await choose(page, "Orchard", "Delete")
        await expect(notices(page).get_by_text("Orchard moved to Trash").last).to_be_visible()
        await choose(page, "Trash", "Empty")
        question = page.get_by_role("alertdialog")
        await expect(question).to_contain_text("All messages and folders in it are deleted for good.")
        async with page.expect_request(lambda request: '"withBelow":true' in (request.post_data or "")):
            await question.get_by_role("button", name="Empty").click()
        await expect(notices(page).get_by_text("Empty Trash: 0 of")).to_be_visible()
        await notices(page).get_by_role("button", name="Undo").last.click()
        await expect(notices(page).get_by_text("Undone: Empty Trash")).to_be_visible()
        # What is deleted below Trash does not come up to it.
        await asyncio.to_thread(put, house, "Trash/Orchard/Pears", "A letter among pears")
        await folder(page, "Pears").click()
        await row(page, "A letter among pears").click()
        await expect(page.get_by_role("heading", name="A letter among pears")).to_be_visible()
        await page.keyboard.press("#")
        question = page.get_by_role("alertdialog", name="Delete for good?")
        await expect(question).to_contain_text("This cannot be undone.")
        await question.get_by_role("button", name="Delete").click()
        await expect(notices(page).get_by_text("Deleted for good")).to_be_visible()
        await folder(page, "Trash").click()
        await expect(
            page.get_by_role("grid", name="Trash").or_(page.get_by_text("Nothing here."))
        ).to_be_visible()
        await expect(row(page, "A letter among pears")).to_have_count(0)
        # One is removed by another program while it is open.
        await folder(page, "Pears").click()
        await expect(page).to_have_title(re.compile("Pears"))
        await asyncio.to_thread(remove, house, "Trash/Orchard/Pears")
        await expect(page.get_by_text("No such folder.")).to_be_visible()
        await page.get_by_role("button", name="Go to Inbox").click()
        await expect(page.get_by_role("grid", name="Inbox")).to_be_visible()
        await choose(page, "Orchard", "Delete")
        await page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
        await expect(folder(page, "Orchard")).to_have_count(0)
        assert opened.faults == []


async def test_the_question_before_trash_is_emptied_follows_what_comes_into_it(house: House) -> None:
    async with house.window() as opened:
        await opened.sign_in(MAREN, PASSWORD)
        await asyncio.to_thread(put, house, "Trash", "An old letter")
        page = await opened.open()
        await choose(page, "Trash", "Empty")
        question = page.get_by_role("alertdialog")
        await expect(question).to_contain_text("All messages in it are deleted for good.")

        await asyncio.to_thread(make_elsewhere, house, "Trash/Late")

        await expect(question).to_contain_text("All messages and folders in it are deleted for good.")
        await asyncio.to_thread(remove, house, "Trash/Late")
        await expect(question).to_contain_text("All messages in it are deleted for good.")
        assert opened.faults == []


def make_elsewhere(house: House, mailbox: str) -> None:
    """Another program makes that mailbox of Maren's."""
    client = imaplib.IMAP4("127.0.0.1", house.served.ports["imap"], timeout=30)
    client.login(MAREN, PASSWORD)
    assert client.create(mailbox)[0] == "OK"
    client.logout()


def remove(house: House, mailbox: str) -> None:
    """Another program removes that mailbox of Maren's."""
    client = imaplib.IMAP4("127.0.0.1", house.served.ports["imap"], timeout=30)
    client.login(MAREN, PASSWORD)
    assert client.delete(mailbox)[0] == "OK"
    client.logout()


def put(house: House, mailbox: str, subject: str) -> None:
    """A letter in that mailbox of Maren's, as a mail program stores it."""
    client = imaplib.IMAP4("127.0.0.1", house.served.ports["imap"], timeout=30)
    client.login(MAREN, PASSWORD)
    assert client.append(mailbox, None, None, letters.wire(letters.message(subject)))[0] == "OK"
    client.logout()


async def test_messages_are_dragged_to_a_folder_and_moved_by_key_to_the_last_one(house: House) -> None:
    async with house.window() as opened:
        await opened.sign_in(MAREN, PASSWORD)
        one, other = "A letter to be dragged", "A letter that goes along"
        await letters.deliver(house, letters.message(one), letters.message(other))
        page = await opened.open()
        await page.evaluate(
            "document.addEventListener('dragstart', event =>"
            " { window.taken = event.dataTransfer.getData('DownloadURL') })"
        )
        await row(page, one).drag_to(row(page, other))
        taken = await page.evaluate("window.taken")
        assert taken.startswith(f"message/rfc822:{one}.eml:{opened.base}/files/")
        answer = await opened.context.request.get(taken.split(".eml:")[1])
        assert f"Subject: {one}" in await answer.text()
        for subject in (one, other):
            await row(page, subject).get_by_role("button", name="Select").click()

        await row(page, one).drag_to(folder(page, "Receipts"))

        await expect(notices(page).get_by_text("2 messages moved to Receipts")).to_be_visible()
        await expect(row(page, one)).to_have_count(0)
        await page.keyboard.press("z")
        await expect(row(page, one)).to_be_visible()

        await row(page, one).click()
        await page.keyboard.press("v")
        await page.get_by_role("dialog").get_by_role("combobox").fill("recei")
        await page.keyboard.press("Enter")
        await expect(notices(page).get_by_text("Moved to Receipts")).to_be_visible()
        await row(page, other).click()
        await page.keyboard.press("v")
        await expect(page.get_by_role("dialog").get_by_text("Recent", exact=True)).to_be_visible()
        recent = page.get_by_role("option").first
        await expect(recent).to_contain_text("Receipts")
        await page.keyboard.press("Enter")
        await expect(row(page, other)).to_have_count(0)

        for _ in range(2):
            await page.keyboard.press("z")
        await expect(row(page, one)).to_be_visible()
        await expect(row(page, other)).to_be_visible()
        assert opened.faults == []


async def test_a_message_that_is_dropped_on_a_tag_is_given_it(house: House) -> None:
    async with house.window() as opened:
        await opened.sign_in(MAREN, PASSWORD)
        tagged, dropped = "A letter about plants", "A letter about more plants"
        await letters.deliver(house, letters.message(tagged), letters.message(dropped))
        # What comes late into the pane pushes down what is aimed at.
        async with (
            opened.page.expect_response(answers("Tags")),
            opened.page.expect_response(answers("SavedSearches")),
        ):
            page = await opened.open()
        await row(page, tagged).get_by_role("button", name="Select").click()
        await page.keyboard.press("l")
        await page.get_by_role("dialog").get_by_role("combobox", name="Tag…").fill("Plants")
        await page.keyboard.press("Enter")
        await expect(row(page, tagged).get_by_text("Plants", exact=True)).to_be_visible()
        await page.keyboard.press("Escape")

        await row(page, dropped).drag_to(side(page).get_by_role("link", name="Plants"))

        await expect(row(page, dropped).get_by_text("Plants", exact=True)).to_be_visible()
        assert opened.faults == []
