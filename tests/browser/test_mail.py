"""Lists, reading, keys, undo, live changes: what a day with mail is made of."""

from __future__ import annotations

import asyncio
import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import ARCHIVIST, LARGE, MAREN, PASSWORD, House
from tests.support.browser import PHONE, Window
from tests.support.public_clients import send

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def deliver(house: House, subject: str, body: str, to: str = MAREN, kind: str = "plain") -> None:
    raw = (
        f"From: Amara Okafor <amara@north.example>\r\nTo: {to}\r\nSubject: {subject}\r\n"
        f"Message-ID: <{abs(hash(subject))}@north.example>\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: text/{kind}; charset=utf-8\r\n\r\n{body}\r\n"
    ).encode()
    await asyncio.to_thread(send, house.served.ports["smtp"], "amara@north.example", [to], raw)


def row(page: Page, subject: str):
    return page.get_by_role("row", name=re.compile(re.escape(subject))).first


async def is_ready(page: Page) -> None:
    """Wait until the list stands and keys are heard, as the page itself marks it: both begin a moment after
    the rows are drawn.
    """
    await page.wait_for_function("() => performance.getEntriesByName('list-ready').length > 0")


def frame(page: Page):
    return page.frame_locator("iframe")


async def test_a_wrong_password_is_said_and_the_right_one_opens_the_inbox(house: House) -> None:
    async with house.window() as opened:
        page = await opened.open()
        await page.get_by_label("Address").fill(MAREN)
        await page.get_by_label("Password", exact=True).fill("not this one at all")
        await page.get_by_role("button", name="Sign in").click()
        await expect(page.get_by_role("alert")).to_be_visible()
        assert await page.context.cookies() == []

        await page.get_by_label("Password", exact=True).fill(PASSWORD)
        await page.get_by_role("button", name="Sign in").click()

        await expect(page.get_by_role("grid", name="Inbox")).to_be_visible()
        await expect(page).to_have_title(re.compile("Inbox"))


async def test_new_mail_appears_by_itself_and_is_read(house: House, maren: Window) -> None:
    page = await maren.open()
    await expect(row(page, "Quarterly figures")).to_be_visible()

    await deliver(house, "Fresh from the press", "Hello Maren, this is new.")

    fresh = row(page, "Fresh from the press")
    await expect(fresh).to_be_visible()
    await expect(fresh).to_have_accessible_name(re.compile(r"^Unread\. Amara Okafor"))
    await fresh.click()
    await expect(page.get_by_role("heading", name="Fresh from the press")).to_be_visible()
    await expect(frame(page).get_by_text("Hello Maren, this is new.")).to_be_visible()
    await expect(fresh).to_have_accessible_name(re.compile(r"^Amara Okafor"))


NAMES = "rows => rows.map(row => row.ariaLabel)"


async def test_two_windows_stay_equal(house: House, maren: Window) -> None:
    page = await maren.open()
    await expect(row(page, "Invoice 20418")).to_be_visible()
    async with house.window() as other:
        await other.sign_in(MAREN, PASSWORD)
        second = await other.open()
        star = row(second, "Invoice 20418").get_by_role("button", name="Star", exact=True)

        await star.click()

        await expect(row(page, "Invoice 20418").get_by_role("button", name="Remove star")).to_be_visible()
        await row(page, "Invoice 20418").get_by_role("button", name="Remove star").click()
        await expect(star).to_be_visible()

        label = await row(page, "Invoice 20418").get_attribute("aria-label") or ""
        was_unread = label.startswith("Unread")

        async def is_equal() -> None:
            shown = await page.get_by_role("row").evaluate_all(NAMES)
            await expect(second.get_by_role("row")).to_have_count(len(shown))
            assert await second.get_by_role("row").evaluate_all(NAMES) == shown
            await expect(second).to_have_title(await page.title())

        await row(second, "Invoice 20418").get_by_role("button", name="Select").click()
        await second.keyboard.press("Shift+i" if was_unread else "Shift+u")
        await expect(row(page, "Invoice 20418")).to_have_accessible_name(
            re.compile("^(?!Unread)" if was_unread else "^Unread")
        )
        await is_equal()
        await second.keyboard.press("e")
        await expect(row(page, "Invoice 20418")).to_have_count(0)
        await is_equal()
        await second.keyboard.press("z")
        await expect(row(page, "Invoice 20418")).to_be_visible()
        await is_equal()
        await row(second, "Invoice 20418").get_by_role("button", name="Select").click()
        await second.keyboard.press("Shift+u" if was_unread else "Shift+i")
        await expect(row(page, "Invoice 20418")).to_have_accessible_name(
            re.compile("^Unread" if was_unread else "^(?!Unread)")
        )


async def test_keys_move_archive_delete_and_undo(maren: Window) -> None:
    page = await maren.open()
    await expect(row(page, "Quarterly figures")).to_be_visible()
    await page.keyboard.press("j")
    await page.keyboard.press("j")
    await page.keyboard.press("k")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("article")).to_be_visible()
    subject = await page.get_by_role("article").get_by_role("heading", level=1).inner_text()

    await page.keyboard.press("#")

    await expect(page.get_by_role("region", name="Notices").get_by_text("Moved to Trash")).to_be_visible()
    await expect(row(page, subject)).to_have_count(0)
    await page.keyboard.press("z")
    await expect(row(page, subject)).to_be_visible()
    await row(page, subject).click()
    await page.keyboard.press("e")
    await expect(page.get_by_role("region", name="Notices").get_by_text("Archive")).to_be_visible()
    await expect(row(page, subject)).to_have_count(0)
    await page.get_by_role("region", name="Notices").get_by_role("button", name="Undo").last.click()
    await expect(row(page, subject)).to_be_visible()


async def test_the_last_of_ten_thousand_rows_is_there_and_so_is_the_first(house: House) -> None:
    async with house.window() as opened:
        await opened.sign_in(ARCHIVIST, PASSWORD)
        page = await opened.open()
        grid = page.get_by_role("grid", name="Inbox")
        await expect(row(page, f"({LARGE})")).to_be_visible()
        assert await grid.get_attribute("aria-rowcount") == str(LARGE)

        await grid.evaluate("grid => grid.scrollTo(0, grid.scrollHeight)")

        last = row(page, "(1)")
        await expect(last).to_be_visible()
        assert await last.get_attribute("aria-rowindex") == str(LARGE)
        await right_rows(page)
        await grid.evaluate("grid => grid.scrollTo(0, grid.scrollHeight / 2)")
        await expect(row(page, f"({LARGE // 2 - 3})")).to_be_visible()
        await right_rows(page)
        await grid.evaluate("grid => grid.scrollTo(0, 0)")
        await expect(row(page, f"({LARGE})")).to_be_visible()
        assert await row(page, f"({LARGE})").get_attribute("aria-rowindex") == "1"
        assert await page.get_by_role("row").count() < 100
        assert opened.faults == []


async def right_rows(page: Page) -> None:
    """Wait until every row in view stands there, and each is the one that belongs at its index."""
    await expect(page.locator("[role=grid] [aria-hidden=true][class*=waiting]")).to_have_count(0)
    found = await page.get_by_role("row").evaluate_all(
        "rows => rows.map(row => [Number(row.ariaRowIndex), Number(/\\((\\d+)\\)/.exec(row.ariaLabel)[1])])"
    )
    assert len(found) > 10
    assert [number for _, number in found] == [LARGE + 1 - index for index, _ in found]


async def test_search_shows_what_matches_and_goes_back(maren: Window) -> None:
    page = await maren.open()
    await expect(row(page, "Quarterly figures")).to_be_visible()

    await page.keyboard.press("/")
    await page.get_by_role("combobox", name="Search mail").fill("glazing")
    await page.keyboard.press("Enter")

    await expect(row(page, "Budget for the north wing")).to_be_visible()
    await expect(row(page, "Quarterly figures")).to_have_count(0)
    await page.go_back()
    await expect(row(page, "Quarterly figures")).to_be_visible()


async def test_on_a_phone_the_message_takes_the_place_of_the_list(house: House) -> None:
    async with house.window(PHONE, has_touch=True, is_mobile=True) as opened:
        await opened.sign_in(MAREN, PASSWORD)
        page = await opened.open()

        await row(page, "Quarterly figures").tap()

        await expect(page.get_by_role("heading", name="Quarterly figures")).to_be_visible()
        await expect(page.get_by_role("grid")).to_have_count(0)
        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        await page.get_by_role("button", name="Back to the list").tap()
        await expect(row(page, "Quarterly figures")).to_be_visible()
        assert opened.faults == []


async def test_appearance_changes_and_is_kept(maren: Window) -> None:
    page = await maren.open()
    await expect(page.get_by_role("button", name="Dark appearance")).to_be_visible()
    light = await background(page)

    await page.get_by_role("button", name="Dark appearance").click()

    await expect(page.get_by_role("button", name="Light appearance")).to_be_visible()
    dark = await background(page)
    assert dark != light
    await page.reload()
    await expect(page.get_by_role("button", name="Light appearance")).to_be_visible()
    assert await background(page) == dark
    await page.get_by_role("button", name="Light appearance").click()


async def background(page: Page) -> str:
    found = await page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    return str(found)
