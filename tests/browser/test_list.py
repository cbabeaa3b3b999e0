"""The list as each likes it: order, filter, density and panes, on all devices; tags; ranges; no jumps."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.browser.conftest import ARCHIVIST, LARGE, MAREN, PASSWORD, House
from tests.browser.questions import held
from tests.browser.test_bulk import notices
from tests.browser.test_mail import deliver, row

pytestmark = pytest.mark.asyncio(loop_scope="package")


# How many rows are drawn depends on the height of the list.
NAMES = "rows => rows.map(r => r.ariaLabel).slice(0, 8)"
HEIGHT = "grid => grid.clientHeight"
# Steadily, frame by frame, without a rest.
SCROLL_TO = """(grid, end) => new Promise(resolve => {
  const step = () => {
    grid.scrollTop += 34;
    if (grid.scrollTop < end) requestAnimationFrame(step);
    else resolve();
  };
  step();
})"""


@pytest_asyncio.fixture(autouse=True, loop_scope="package")
async def as_at_first(house: House) -> AsyncIterator[None]:
    """Whatever happens in a test, nothing of what it chose is kept."""
    yield
    async with house.window() as opened:
        for login in (MAREN, ARCHIVIST):
            await opened.sign_in(login, PASSWORD)
            kept = await opened.ask("{ viewer { preferences { name } } }")
            names = [one["name"] for one in kept["viewer"]["preferences"]]
            entries = ", ".join(f"{{name: {json.dumps(name)}}}" for name in names)
            await opened.ask(f"mutation {{ setPreferences(entries: [{entries}]) }}")


async def choose(page: Page, name: str) -> None:
    await page.locator("button[aria-haspopup]").and_(page.get_by_role("button", name="List options")).click()
    await page.get_by_role("menuitemradio", name=name, exact=True).click()
    await expect(page.get_by_role("menu")).to_have_count(0)


async def test_order_filter_density_and_pane_are_kept_on_all_devices(house: House) -> None:
    async with house.window() as opened, house.window() as elsewhere:
        await opened.sign_in(MAREN, PASSWORD)
        page = await opened.open()
        await expect(page.get_by_role("row").first).to_be_visible()
        conversations = await page.get_by_role("grid").get_attribute("aria-rowcount") or ""
        boxes = (await opened.ask("{ mailboxes { specialUse total } }"))["mailboxes"]
        everything = next(one["total"] for one in boxes if one["specialUse"] == "INBOX")
        assert int(conversations) < everything

        await choose(page, "Unread")
        unread = page.get_by_role("button", name="Unread: show all messages")
        await expect(unread).to_be_visible()
        await expect(page.get_by_role("grid")).not_to_have_attribute("aria-rowcount", conversations)
        await choose(page, "Sender, A to Z")
        await choose(page, "Compact")
        await choose(page, "Below the list")
        divider = page.get_by_role("separator", name="Height of the list")
        await divider.press("ArrowDown")
        await divider.press("ArrowDown")
        share = await divider.get_attribute("aria-valuenow") or ""
        assert int(share) > 45
        names = await page.get_by_role("row").evaluate_all(NAMES)
        assert all(name.startswith("Unread. ") for name in names)
        senders = [name.split(". ")[1].casefold() for name in names]
        assert senders == sorted(senders)
        await page.wait_for_timeout(600)
        await page.reload()
        await expect(divider).to_have_attribute("aria-valuenow", share)
        height = await page.get_by_role("grid").evaluate(HEIGHT)
        assert await page.get_by_role("row").evaluate_all(NAMES) == names

        await elsewhere.sign_in(MAREN, PASSWORD)
        other = await elsewhere.open()

        await expect(other.get_by_role("button", name="Unread: show all messages")).to_be_visible()
        await expect(other.get_by_role("separator", name="Height of the list")).to_be_visible()
        # How tall the list is belongs to a screen, not to a person.
        assert await other.get_by_role("grid").evaluate(HEIGHT) < height
        assert await other.locator(":root").get_attribute("data-density") == "compact"
        assert await other.get_by_role("row").evaluate_all(NAMES) == names
        await other.get_by_role("button", name="Unread: show all messages").click()
        # By sender each message stands for itself.
        await expect(other.get_by_role("grid")).to_have_attribute("aria-rowcount", str(everything))
        assert opened.faults == []
        assert elsewhere.faults == []


async def test_a_message_is_read_in_place_of_the_list(house: House) -> None:
    async with house.window() as opened:
        await opened.sign_in(MAREN, PASSWORD)
        page = await opened.open()
        await expect(row(page, "Quarterly figures")).to_be_visible()
        await choose(page, "In place of the list")

        await row(page, "Quarterly figures").click()

        await expect(page.get_by_role("heading", name="Quarterly figures")).to_be_visible()
        await expect(page.get_by_role("grid")).to_have_count(0)
        await page.get_by_role("button", name="Back to the list").click()
        await expect(row(page, "Quarterly figures")).to_be_visible()
        assert opened.faults == []


async def test_a_message_is_tagged_by_key_found_by_its_tag_and_untagged(house: House) -> None:
    async with house.window() as opened:
        await opened.sign_in(MAREN, PASSWORD)
        page = await opened.open()
        await row(page, "Welcome aboard").click()

        await page.keyboard.press("l")
        await page.get_by_role("dialog").get_by_role("combobox", name="Tag…").fill("Grüße")
        await page.keyboard.press("Enter")

        await expect(row(page, "Welcome aboard").get_by_text("Grüße")).to_be_visible()
        await page.get_by_role("navigation", name="Folders").get_by_role("link", name="Grüße").click()
        await expect(page.get_by_role("grid", name="Search")).to_have_attribute("aria-rowcount", "1")
        await page.get_by_role("button", name="Grüße: more").click()
        await page.get_by_role("menuitem", name="Name and colour…").click()
        await page.get_by_role("textbox", name="Name").fill("Greetings")
        await page.get_by_role("radio", name="Violet").check(force=True)
        await page.get_by_role("dialog").get_by_role("button", name="Save").click()
        await expect(row(page, "Welcome aboard").get_by_text("Greetings")).to_have_attribute("data-hue", "4")

        await page.get_by_role("button", name="Greetings: more").click()
        await page.get_by_role("menuitem", name="Remove").click()
        await page.get_by_role("alertdialog").get_by_role("button", name="Remove").click()

        await expect(notices(page).get_by_text("Remove tag Greetings: 1 message")).to_be_visible()
        await expect(page.get_by_role("link", name="Greetings")).to_have_count(0)
        await page.goto(opened.base)
        await expect(row(page, "Welcome aboard")).to_be_visible()
        await expect(row(page, "Welcome aboard").get_by_text("Greetings")).to_have_count(0)
        assert opened.faults == []


async def test_new_mail_does_not_move_what_is_being_read(house: House) -> None:
    async with house.window() as opened:
        await opened.sign_in(ARCHIVIST, PASSWORD)
        page = await opened.open()
        grid = page.get_by_role("grid", name="Inbox")
        await expect(row(page, f"({LARGE})")).to_be_visible()
        await grid.evaluate("grid => grid.scrollTo(0, 68 * 3000)")
        kept = row(page, f"({LARGE - 3004})")
        await expect(kept).to_be_visible()
        before = (await kept.bounding_box() or {})["y"]
        title = re.fullmatch(r"\((\d+)\) Inbox – Postroom", await page.title())
        assert title is not None
        unread = int(title[1])
        folder = page.get_by_role("navigation", name="Folders").get_by_role("link", name="Inbox")
        await expect(folder).to_contain_text(f"{unread:,}")
        await page.evaluate("navigator.setAppBadge = async count => { window.badge = count; }")

        await deliver(house, "While you scrolled", "Hello.", ARCHIVIST)

        await expect(grid).to_have_attribute("aria-rowcount", str(LARGE + 1))
        await expect(kept).to_have_attribute("aria-rowindex", "3006")
        assert abs((await kept.bounding_box() or {})["y"] - before) <= 1
        await expect(page).to_have_title(f"({unread + 1}) Inbox – Postroom")
        assert await page.evaluate("window.badge") == unread + 1
        await expect(folder).to_contain_text(f"{unread + 1:,}")
        await grid.evaluate("grid => grid.scrollTo(0, 0)")
        await row(page, "While you scrolled").get_by_role("button", name="Select").click()
        await page.keyboard.press("#")
        await expect(grid).to_have_attribute("aria-rowcount", str(LARGE))
        assert opened.faults == []


async def test_the_row_of_the_keyboard_stays_in_view_whatever_leaves(house: House) -> None:
    async with house.window() as opened:
        await opened.sign_in(ARCHIVIST, PASSWORD)
        page = await opened.open()
        await expect(row(page, f"({LARGE})")).to_be_visible()
        here = page.locator("[role=row][tabindex='0']")

        async def stands_on(index: int, number: int) -> None:
            await expect(here).to_have_attribute("aria-rowindex", str(index))
            await expect(here).to_contain_text(f"({number})")
            await expect(here).to_be_in_viewport(ratio=0.99)

        # From the list's own button too the focus comes along, so that Enter opens the row.
        await page.get_by_role("button", name="List options").focus()
        for at in range(1, 21):
            await page.keyboard.press("j")
            await stands_on(at, LARGE - at + 1)
        await expect(here).to_be_focused()
        await page.keyboard.press("e")
        await expect(row(page, f"({LARGE - 19})")).to_have_count(0)
        await stands_on(20, LARGE - 20)
        await page.keyboard.press("#")
        await expect(row(page, f"({LARGE - 20})")).to_have_count(0)
        await stands_on(20, LARGE - 21)
        for at in range(19, 4, -1):
            await page.keyboard.press("k")
            await stands_on(at, LARGE - at + 1)
        for _ in range(2):
            await page.keyboard.press("z")
        await expect(page.get_by_role("grid")).to_have_attribute("aria-rowcount", str(LARGE))
        await stands_on(5, LARGE - 4)
        assert opened.faults == []


async def test_keys_walk_on_through_rows_that_are_still_on_their_way(house: House) -> None:
    async with house.window() as opened:
        await opened.sign_in(ARCHIVIST, PASSWORD)
        page = await opened.open()
        await expect(row(page, f"({LARGE})")).to_be_visible()
        may_come = await held(page, '"offset":60,')
        here = page.locator("[role=row][tabindex='0']")

        async with page.expect_request(lambda one: '"offset":60,' in (one.post_data or "")):
            for _ in range(30):
                await page.keyboard.press("j")
        for _ in range(40):
            await page.keyboard.press("j")
        await expect(here).to_have_attribute("aria-rowindex", "60")
        may_come.set()
        await expect(here).to_contain_text(f"({LARGE - 60})")
        await expect(here).to_have_attribute("aria-rowindex", "61")
        await page.keyboard.press("j")
        await expect(here).to_have_attribute("aria-rowindex", "62")

        # Whoever scrolls on meets no empty rows either: the next page is asked for on the way.
        asked: list[str] = []
        page.on("request", lambda one: asked.append(one.post_data or ""))
        await page.get_by_role("grid").evaluate(SCROLL_TO, 68 * 125)
        assert [one for one in asked if '"offset":120,' in one]
        assert opened.faults == []


async def test_a_range_is_selected_with_shift_acted_on_and_undone(house: House) -> None:
    async with house.window() as opened:
        await opened.sign_in(ARCHIVIST, PASSWORD)
        page = await opened.open()
        first, last = row(page, f"({LARGE - 1})"), row(page, f"({LARGE - 5})")
        await expect(first).to_be_visible()
        await first.click(modifiers=["Control"])
        await last.click(modifiers=["Shift"])
        await expect(page.get_by_text("5 selected")).to_be_visible()

        await page.keyboard.press("e")

        await expect(notices(page).get_by_text("5 messages archived")).to_be_visible()
        await expect(first).to_have_count(0)
        await expect(last).to_have_count(0)
        await expect(row(page, f"({LARGE - 6})")).to_be_visible()
        await page.keyboard.press("z")
        await expect(first).to_be_visible()
        await expect(first).to_have_attribute("aria-rowindex", "2")
        await expect(last).to_have_attribute("aria-rowindex", "6")

        await first.click()
        await expect(page.get_by_role("article")).to_be_visible()
        for key in ["Shift+j"] * 3 + ["Shift+k"]:
            await page.keyboard.press(key)
        await expect(page.get_by_text("3 selected")).to_be_visible()
        # New mail moves the rows of a range, and rows that were never on screen belong to it.
        await deliver(house, "Above the range", "Hello.", ARCHIVIST)
        await expect(page.get_by_role("grid")).to_have_attribute("aria-rowcount", str(LARGE + 1))
        await page.get_by_role("grid").evaluate("grid => grid.scrollTo(0, 68 * 700)")
        await row(page, f"({LARGE - 700})").click(modifiers=["Shift"])
        await expect(page.get_by_text("700 selected")).to_be_visible()
        await page.get_by_role("grid").evaluate("grid => grid.scrollTo(0, 68 * 8000)")
        await row(page, f"({LARGE - 8001})").click(modifiers=["Shift"])
        await expect(notices(page).get_by_text("A range holds at most 3,000 messages.")).to_be_visible()
        await expect(page.get_by_text("700 selected")).to_be_visible()
        await page.keyboard.press("s")
        await expect(row(page, f"({LARGE - 8001})").get_by_role("button", name="Star")).to_be_visible()
        await page.keyboard.press("Escape")
        await page.keyboard.press("z")
        await expect(notices(page).get_by_text("Undone: Star")).to_be_visible()
        await page.get_by_role("grid").evaluate("grid => grid.scrollTo(0, 0)")
        await row(page, "Above the range").get_by_role("button", name="Select").click()
        await page.keyboard.press("#")
        await expect(page.get_by_role("grid")).to_have_attribute("aria-rowcount", str(LARGE))
        assert opened.faults == []


async def test_a_refused_act_is_put_back_with_the_reason(house: House) -> None:
    async with house.window() as opened:
        await opened.sign_in(MAREN, PASSWORD)
        page = await opened.open()
        await expect(row(page, "Draft agenda")).to_be_visible()
        await page.evaluate(
            """() => { const ask = window.fetch; window.fetch = (url, options) =>
              String(options?.body).includes('"moveTo":"') ? Promise.resolve(new Response(JSON.stringify(
                {data: null, errors: [{message: "The folder is full", extensions: {code: "OVER_QUOTA"}}]}),
                {headers: {"Content-Type": "application/json"}})) : ask(url, options); }"""
        )
        await row(page, "Draft agenda").get_by_role("button", name="Select").click()

        await page.keyboard.press("e")

        await expect(notices(page).get_by_text("Archive: not done. The folder is full")).to_be_visible()
        await expect(row(page, "Draft agenda")).to_be_visible()
        assert opened.faults == []
