"""Searching: chips, suggestions, kept searches, the way back."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.conftest import House
from tests.browser.test_later import folder, sofias
from tests.browser.test_mail import is_ready

pytestmark = pytest.mark.asyncio(loop_scope="package")


def field(page: Page) -> Any:
    return page.get_by_role("combobox", name="Search mail")


def chips(page: Page) -> Any:
    return page.get_by_role("list", name="What is searched for").get_by_role("listitem")


async def test_operators_become_chips_that_can_be_taken_away(house: House) -> None:
    async with sofias(house) as window:
        page = await window.open()
        await field(page).fill("from:maren (budget OR offer) -has:attachment before:soon in:nowhere")

        await expect(chips(page)).to_have_text(
            [
                "from: maren",
                "budget",
                "offer",
                "has: not attachment",
                "before: soon looked for as words",
                "in: nowhere no such folder",
            ]
        )
        await page.get_by_role("button", name="Remove in:nowhere").click()
        await page.get_by_role("button", name="Remove before:soon").click()
        await expect(field(page)).to_have_value("from:maren (budget OR offer) -has:attachment")
        await expect(
            page.get_by_role("row", name=re.compile("Budget for the north wing")).first
        ).to_be_visible()
        await expect(
            page.get_by_role("row", name=re.compile("Offer for the glass house")).first
        ).to_be_visible()
        assert await window.violations() == []

        await page.get_by_role("button", name="Remove budget").click()
        await expect(chips(page)).to_have_count(3)
        await expect(page.get_by_role("row", name=re.compile("Budget for the north wing"))).to_have_count(0)


# Letters as fast as they come, in one task: nothing can be asked between two of them.
TYPE_AT_ONCE = """(field, text) => {
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
  for (let end = 1; end <= text.length; end += 1) {
    set.call(field, text.slice(0, end));
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }
}"""


async def test_typing_asks_once_it_pauses_and_a_late_answer_changes_nothing(house: House) -> None:
    asked: list[str] = []
    is_released = asyncio.Event()

    async def held(route: Route) -> None:
        """Notes what is searched for; the answer to the first search is held up."""
        text = (route.request.post_data_json or {}).get("variables", {}).get("search")
        if text is not None:
            asked.append(text)
        if text == "glazing":
            await is_released.wait()
        await route.continue_()

    async with sofias(house) as window:
        page = await window.open()
        await expect(page.get_by_role("row").first).to_be_visible()
        await page.route("**/graphql", held)

        await field(page).evaluate(TYPE_AT_ONCE, "glazing")
        await expect(page).to_have_url(re.compile("q=glazing$"))
        await field(page).evaluate(TYPE_AT_ONCE, "glass house")
        hit = page.get_by_role("row", name=re.compile("Offer for the glass house")).first
        await expect(hit).to_be_visible()
        assert asked == ["glazing", "glass house"]

        rows = page.get_by_role("row")
        before = await rows.evaluate_all("rows => rows.map(row => row.ariaLabel)")
        async with page.expect_response(
            lambda answer: '"search":"glazing"' in (answer.request.post_data or "")
        ) as late:
            is_released.set()
        await (await late.value).finished()
        await page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")

        assert await rows.evaluate_all("rows => rows.map(row => row.ariaLabel)") == before
        await expect(field(page)).to_have_value("glass house")
        await page.unroute("**/graphql")


async def test_suggestions_are_taken_by_keyboard(house: House) -> None:
    async with sofias(house) as window:
        page = await window.open()
        await is_ready(page)
        await page.keyboard.press("/")
        await page.keyboard.type("maren")
        option = page.get_by_role("option", name=re.compile("Maren Holt"))
        await expect(option).to_be_visible()
        while await option.get_attribute("aria-selected") != "true":
            await page.keyboard.press("ArrowDown")
        assert await window.violations() == []
        await page.keyboard.press("Enter")
        await expect(field(page)).to_have_value("from:maren.holt@example.org ")
        await page.keyboard.type("in:arch")
        await page.get_by_role("option", name=re.compile("^Archive")).click()
        await expect(chips(page)).to_have_text(["from: maren.holt@example.org", "in: archive"])


async def test_back_brings_the_results_back_where_they_were(house: House) -> None:
    async with sofias(house) as window:
        page = await window.open()
        await field(page).fill("from:maren")
        grid = page.get_by_role("grid", name="Search")
        await expect(grid.get_by_role("row").nth(4)).to_be_visible()
        await expect(chips(page)).to_have_count(1)  # What comes above the list moves what is clicked.
        await grid.evaluate("element => { element.scrollTop = 60 }")
        await expect(grid).to_have_js_property("scrollTop", 60)
        await grid.get_by_role("row").nth(4).click()
        await expect(page.get_by_role("article")).to_be_visible()
        await folder(page, "Sent").click()
        await expect(page.get_by_role("heading", name="Sent")).to_be_visible()

        await page.go_back()

        await expect(field(page)).to_have_value("from:maren")
        await expect(page.get_by_role("article")).to_be_visible()
        await expect(grid).to_have_js_property("scrollTop", 60)


async def test_a_search_is_kept_beside_the_folders(house: House) -> None:
    async with sofias(house) as window:
        page = await window.open()
        await field(page).fill("from:maren budget")
        await page.keyboard.press("Enter")
        await page.get_by_role("button", name="Save search").click()
        await page.get_by_role("textbox", name="Name").fill("Budgets")
        await page.get_by_role("button", name="Save", exact=True).click()
        kept = page.get_by_role("navigation", name="Folders").get_by_role("link", name="Budgets")
        await expect(kept).to_be_visible()
        await expect(page.get_by_role("dialog")).to_have_count(0)
        await page.reload()

        await folder(page, "Inbox").click()
        await kept.click()
        await expect(field(page)).to_have_value("from:maren budget")
        await expect(
            page.get_by_role("row", name=re.compile("Budget for the north wing")).first
        ).to_be_visible()
        assert await window.violations() == []

        await page.get_by_role("button", name="Budgets: more").click()
        await page.get_by_role("menuitem", name="Delete").click()
        await page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
        await expect(kept).to_have_count(0)


SAVE = "mutation($name: String!, $text: String!) { saveSearch(name: $name, query: $text) { id } }"
RENAME = "mutation($id: ID!, $path: String!) { renameMailbox(id: $id, path: $path) { id } }"


async def test_a_kept_search_follows_the_folder_it_names_on_an_open_page(house: House) -> None:
    async with sofias(house) as window:
        made = await window.ask('mutation { createMailbox(path: "Barn") { id } }')
        await window.ask(SAVE, name="In the barn", text='in:"Barn"')
        await window.ask(SAVE, name="Unread there", text="in:barn is:unread")
        page = await window.open()
        side = page.get_by_role("navigation", name="Folders")
        await side.get_by_role("link", name="In the barn").click()
        await expect(field(page)).to_have_value('in:"Barn"')

        await window.ask(RENAME, id=made["createMailbox"]["id"], path="Hay loft")

        await expect(field(page)).to_have_value('in:"Hay loft"')
        await expect(chips(page)).to_have_text(["in: Hay loft"])
        await expect(side.get_by_role("link", name="In the barn")).to_have_attribute("aria-current", "page")
        await side.get_by_role("link", name="Unread there").click()
        await expect(chips(page)).to_have_text(["in: Hay loft", "is: unread"])
