"""Filters: made from a message with a dry run, applied to what is there and taken back, ordered, removed."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import ARCHIVIST, PASSWORD, SOFIA, House
from tests.browser.test_mail import deliver, row
from tests.support.browser import DESKTOP, PHONE

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def folder(page: Page, name: str) -> None:
    await page.get_by_role("navigation", name="Folders").get_by_role("link", name=re.compile(name)).click()


async def test_a_filter_is_made_from_a_message_applied_and_taken_back(house: House) -> None:
    for number in range(2):
        await deliver(house, f"Tide table {number}", "High water at noon", to=SOFIA)
    async with house.window(DESKTOP) as opened:
        await opened.sign_in(SOFIA, PASSWORD)
        page = await opened.open("/mail/inbox")
        await row(page, "Tide table 1").click()
        await page.get_by_role("toolbar", name="Message").get_by_role("button", name="More").click()
        await page.get_by_role("menuitem", name="Filter messages like this…").click()
        dialog = page.get_by_role("dialog", name="Filter messages like this")

        await dialog.get_by_role("button", name="The subject").click()
        value = dialog.get_by_role("textbox", name="Value")
        await expect(value).to_have_value("Tide table 1")
        await value.fill("Tide table")
        await expect(dialog.get_by_role("status")).to_contain_text("Matches 2 of your last")
        await expect(dialog.get_by_role("listitem")).to_have_count(2)
        await value.fill("Tide table nobody wrote")
        await expect(dialog.get_by_role("status")).to_contain_text("Matches none of your last")
        await value.fill("Tide table")
        await dialog.get_by_role("button", name="Create filter").click()
        await expect(dialog.get_by_role("alert")).to_have_text("Choose a folder")
        await dialog.get_by_role("combobox", name="What is done").select_option("Archive")
        await dialog.get_by_role("button", name="Do something else, too").click()
        await expect(dialog.get_by_role("checkbox", name="Do it now with the 2")).to_be_visible()
        await dialog.get_by_role("checkbox", name="Do it now with the 2").check()
        assert await opened.violations() == []
        await dialog.get_by_role("button", name="Create filter").click()

        await expect(page.get_by_text("Done with 2 messages")).to_be_visible()
        await expect(row(page, "Tide table 0")).to_have_count(0)
        await deliver(house, "Tide table 2", "High water at one", to=SOFIA)
        await page.get_by_role("button", name="Undo").click()
        await expect(row(page, "Tide table 0")).to_be_visible()
        await expect(row(page, "Tide table 1")).to_be_visible()
        await folder(page, "Archive")
        await expect(row(page, "Tide table 2")).to_be_visible()
        await expect(row(page, "Tide table 1")).to_have_count(0)
        assert opened.faults == []


async def test_of_an_inbox_larger_than_the_dry_run_no_number_is_promised(house: House) -> None:
    async with house.window(DESKTOP) as opened:
        await opened.sign_in(ARCHIVIST, PASSWORD)
        page = await opened.open("/settings/filters")
        await page.get_by_role("button", name="New filter").first.click()
        dialog = page.get_by_role("dialog", name="New filter")
        await dialog.get_by_role("combobox", name="How", exact=True).select_option("contains")
        await dialog.get_by_role("textbox", name="Value").fill("a")

        await expect(dialog.get_by_role("status")).to_contain_text("of your last 1,000 messages")
        await expect(
            dialog.get_by_role("checkbox", name="Do it now with what is in the inbox")
        ).to_be_visible()


MAKE = """mutation($id: ID!) { createFilter(input: {name: "Short-lived", conditions: [
  {field: FROM, relation: CONTAINS, value: "x"}], actions: [{act: MOVE, mailboxId: $id}]}) { id } }"""


async def test_a_filter_whose_folder_is_gone_says_so_and_has_it_chosen_anew(house: House) -> None:
    async with house.window(DESKTOP) as opened:
        await opened.sign_in(ARCHIVIST, PASSWORD)
        box = await opened.ask('mutation { createMailbox(path: "Short-lived") { id } }')
        id = box["createMailbox"]["id"]
        await opened.ask(MAKE, id=id)
        await opened.ask("mutation($id: ID!) { deleteMailbox(id: $id) }", id=id)
        page = await opened.open("/settings/filters")
        one = page.get_by_role("list", name="Filters").get_by_role("listitem").filter(has_text="Short-lived")
        await expect(one).to_contain_text("folder")
        await one.get_by_role("button", name="More about").click()
        await page.get_by_role("menuitem", name="Edit").click()
        dialog = page.get_by_role("dialog", name="Edit filter")

        await expect(dialog.get_by_role("combobox", name="Folder")).to_have_value("")
        await dialog.get_by_role("button", name="Save").click()
        await expect(dialog.get_by_text("That folder does not exist any more")).to_be_visible()
        await dialog.get_by_role("combobox", name="Folder").select_option("Archive")
        await dialog.get_by_role("button", name="Save").click()
        await expect(dialog).to_have_count(0)


async def test_filters_are_read_as_sentences_ordered_by_keys_and_come_back_when_removed(house: House) -> None:
    async with house.window(PHONE) as opened:
        await opened.sign_in(SOFIA, PASSWORD)
        page = await opened.open("/settings/filters")
        filters = page.get_by_role("list", name="Filters").get_by_role("listitem")
        await expect(page.get_by_role("button", name="New filter")).to_be_visible()
        before = await filters.count()
        for sender in ("harbour", "lighthouse"):
            await page.get_by_role("button", name="New filter").click()
            dialog = page.get_by_role("dialog", name="New filter")
            await dialog.get_by_role("combobox", name="How", exact=True).select_option("is at")
            await dialog.get_by_role("textbox", name="Value").fill(f"{sender}.example")
            await dialog.get_by_role("combobox", name="What is done").select_option("Add a tag")
            await dialog.get_by_role("textbox", name="Tag").fill("Coast")
            assert await opened.violations() == []
            await dialog.get_by_role("button", name="Create filter").click()
            await expect(dialog).to_have_count(0)
        await expect(filters).to_have_count(before + 2)
        await expect(filters.last).to_contain_text("If sender is at lighthouse.example, tag it Coast")

        # A name that only says what it looks for goes with that.
        await filters.last.get_by_role("button", name="More about").click()
        await page.get_by_role("menuitem", name="Edit").click()
        dialog = page.get_by_role("dialog", name="Edit filter")
        await dialog.get_by_role("textbox", name="Value").fill("beacon.example")
        await dialog.get_by_role("button", name="Save").click()
        await expect(dialog).to_have_count(0)
        await filters.last.get_by_role("button", name="Move sender is at beacon.example").wait_for()

        grip = filters.last.get_by_role("button", name="Move sender is at beacon.example")
        await grip.focus()
        await page.keyboard.press("ArrowUp")
        await expect(filters.last).to_contain_text("harbour.example")
        await page.reload()
        await expect(filters.last).to_contain_text("harbour.example")
        await filters.last.get_by_role("switch").uncheck()
        await filters.last.get_by_role("button", name="More about").click()
        await page.get_by_role("menuitem", name="Remove").click()
        await expect(filters).to_have_count(before + 1)
        await page.get_by_role("button", name="Undo").click()
        await expect(filters).to_have_count(before + 2)
        await expect(filters.last).to_contain_text("harbour.example")
        await expect(filters.last.get_by_role("switch")).not_to_be_checked()
        assert await opened.violations() == []
        assert opened.faults == []
