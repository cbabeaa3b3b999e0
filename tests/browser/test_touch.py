"""The list under a finger: rows are swiped, and the whole is pulled down to ask anew."""

from __future__ import annotations

import asyncio
import re

import pytest
from playwright.async_api import Page, expect

from tests.browser import letters
from tests.browser.conftest import MAREN, PASSWORD, House
from tests.browser.test_bulk import notices
from tests.browser.test_list import as_at_first
from tests.browser.test_mail import row
from tests.support.browser import PHONE

__all__ = ["as_at_first"]

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def swipe(page: Page, subject: str, share: float) -> None:
    """A finger that moves over that share of a row's width, to the left where it is negative."""
    box = await row(page, subject).bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] * (0.85 if share < 0 else 0.15), box["y"] + box["height"] / 2
    session = await page.context.new_cdp_session(page)
    touch = "Input.dispatchTouchEvent"
    await session.send(touch, {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 9):
        at = x + box["width"] * share * step / 8
        await session.send(touch, {"type": "touchMove", "touchPoints": [{"x": at, "y": y}]})
    await session.send(touch, {"type": "touchEnd", "touchPoints": []})
    await session.detach()
    await asyncio.sleep(0.1)


async def test_swipes_do_what_was_chosen_short_and_long(house: House) -> None:
    async with house.window(PHONE, has_touch=True, is_mobile=True) as opened:
        await opened.sign_in(MAREN, PASSWORD)
        page = await opened.open("/settings/appearance")
        await page.get_by_label("Long, towards its end").select_option("Junk")
        await page.wait_for_timeout(600)
        subject = "A letter to be swiped"
        await letters.deliver(house, letters.message(subject))
        page = await opened.open()
        await expect(row(page, subject)).to_be_visible()

        await swipe(page, subject, 0.1)
        await swipe(page, subject, 0.4)
        await expect(row(page, subject)).not_to_have_attribute("data-unread", "true")
        await notices(page).get_by_role("button", name="Undo").click()
        await expect(row(page, subject)).to_have_attribute("data-unread", "true")
        await swipe(page, subject, -0.4)
        await expect(notices(page).get_by_text("Archived")).to_be_visible()
        await notices(page).get_by_role("button", name="Undo").click()
        await expect(row(page, subject)).to_be_visible()
        await swipe(page, subject, 0.7)
        await expect(notices(page).get_by_text("Moved to Junk")).to_be_visible()
        await expect(row(page, subject)).to_have_count(0)
        assert opened.faults == []


async def test_pulled_down_the_list_asks_anew_and_says_what_went_wrong(house: House) -> None:
    async with house.window(PHONE, has_touch=True, is_mobile=True) as opened:
        await opened.sign_in(MAREN, PASSWORD)
        page = await opened.open()
        grid = page.get_by_role("grid", name="Inbox")
        await expect(page.get_by_role("row").first).to_be_visible()
        await page.wait_for_function("performance.getEntriesByName('pull-followed').length > 0")

        async with page.expect_response(lambda answer: '"since"' in (answer.request.post_data or "")):
            await pull(page, 60, "pulling")
            await pull(page, 320, "ready")
        await expect(grid).not_to_have_attribute("data-pull", re.compile(""))
        await expect(page.get_by_text("Up to date")).to_have_count(1)

        await page.context.set_offline(True)
        await pull(page, 320, "ready")
        await expect(notices(page).get_by_text("The list could not be refreshed")).to_be_visible()
        await page.context.set_offline(False)
        assert opened.faults == []


async def pull(page: Page, length: int, state: str) -> None:
    """A finger draws the list down from its top, and lets go."""
    grid = page.get_by_role("grid")
    box = await grid.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + 20
    session = await page.context.new_cdp_session(page)
    touch = "Input.dispatchTouchEvent"
    await session.send(touch, {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 9):
        await session.send(
            touch, {"type": "touchMove", "touchPoints": [{"x": x, "y": y + length * step / 8}]}
        )
    await expect(grid).to_have_attribute("data-pull", state)
    await session.send(touch, {"type": "touchEnd", "touchPoints": []})
    await session.detach()
