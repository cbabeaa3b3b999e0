"""With nothing but keys: from the field of the sign-in to a reply that is sent, and what opens on the way."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import PASSWORD, SOFIA, House
from tests.browser.test_bulk import notices
from tests.browser.test_mail import deliver, is_ready, row

pytestmark = pytest.mark.asyncio(loop_scope="package")

# A ring around what has the focus or around the box it stands in; in a text field the caret is enough.
IS_SEEN = """() => {
  const focused = document.activeElement;
  if (focused === null || focused === document.body) return false;
  if (focused.matches('input:not([type=checkbox]), textarea, [contenteditable=true]')) return true;
  // The divider between list and message is drawn as a line.
  if (focused.matches('[role=separator]')) return getComputedStyle(focused, '::after').content !== 'none';
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(focused);
  const box = focused.getBoundingClientRect();
  const isInView = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
  return isInView && ((outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none');
}"""
NAME = """() => {
  const { activeElement } = document;
  return activeElement.ariaLabel ?? activeElement.labels?.[0]?.innerText ?? activeElement.innerText ?? '';
}"""


async def stand(page: Page) -> str:
    """The name of what has the focus, which can be seen."""
    await page.wait_for_function(IS_SEEN)
    return str(await page.evaluate(NAME)).strip()


async def tab_to(page: Page, name: str | re.Pattern[str], key: str = "Tab", most: int = 40) -> list[str]:
    """Press Tab until that has the focus, which is seen at every stop; the stops."""
    stops: list[str] = []
    while not stops or re.search(name, stops[-1]) is None:
        assert len(stops) < most, f"{name} is not reached: {stops}"
        await page.keyboard.press(key)
        stops.append(await stand(page))
    return stops


async def opens_and_gives_back(page: Page, key: str, over: Locator, start: Locator) -> None:
    """A key opens something that has the focus, and Escape brings the focus back."""
    await expect(start).to_be_focused()
    await page.keyboard.press(key)
    await expect(over.locator(":focus").or_(over.and_(page.locator(":focus")))).to_have_count(1)
    await page.keyboard.press("Escape")
    await expect(over).to_have_count(0)
    # Where it is given back a frame later, it must not come back once more.
    await page.wait_for_timeout(100)
    await expect(start).to_be_focused()
    await stand(page)


async def test_from_the_sign_in_to_a_reply_that_is_sent(house: House) -> None:
    for subject in ("Keys only, first", "Keys only, second"):
        await deliver(house, subject, "Can you answer without a mouse?", to=SOFIA)
    async with house.window(reduced_motion="reduce") as opened:
        page = await opened.open()
        await expect(page.get_by_label("Address")).to_be_focused()
        await page.keyboard.type(SOFIA)
        await tab_to(page, "^Password")
        await page.keyboard.type(PASSWORD)
        await tab_to(page, "^Sign in$")
        await page.keyboard.press("Enter")
        second = row(page, "Keys only, second")
        await expect(second).to_be_visible()
        await is_ready(page)

        # Once through the page and out of it at its end: no trap, no stop that is not seen.
        stops = await tab_to(page, "Skip to content")
        await page.keyboard.press("Enter")
        stops = await tab_to(page, "^Inbox$", most=80)
        assert {"Write", "Search mail"} <= {stop.split("\n")[0] for stop in stops}
        await page.keyboard.press("j")
        await expect(page.locator("[role=row]:focus")).to_have_attribute("aria-rowindex", "1")
        await page.keyboard.press("j")
        await page.keyboard.press("k")
        await expect(second).to_be_focused()
        await stand(page)
        await page.keyboard.press("Tab")
        await expect(second).not_to_be_focused()
        await page.keyboard.press("Shift+Tab")
        await expect(second).to_be_focused()

        dialog = page.get_by_role("dialog")
        for key in ("Control+k", "?", "v", "l", "b"):
            await opens_and_gives_back(page, key, dialog, second)
        await page.keyboard.press("Control+k")
        await page.keyboard.type("move to")
        await page.keyboard.press("Enter")
        await expect(dialog.get_by_role("combobox", name="Move to…")).to_be_focused()
        await page.keyboard.type("arch")
        await page.keyboard.press("Enter")
        await expect(notices(page).get_by_text("Moved to Archive")).to_be_visible()
        await expect(second).to_have_count(0)
        first = row(page, "Keys only, first")
        await expect(first).to_be_focused()
        await page.keyboard.press("z")
        await expect(second).to_be_visible()

        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", level=1, name="Keys only, first")).to_be_visible()
        await expect(first).to_be_focused()
        await tab_to(page, "^Archive$")
        await tab_to(page, "^More$")
        more = page.get_by_role("toolbar", name="Message").get_by_role("button", name="More")
        await opens_and_gives_back(page, "Enter", page.get_by_role("menu"), more)
        await page.keyboard.press("Enter")
        await expect(page.locator("[role=menu]:focus, [role=menuitem]:focus")).to_have_count(1)
        await page.keyboard.type("Wher")
        await page.keyboard.press("Enter")
        await expect(dialog).to_be_visible()
        await tab_to(page, "^Close$", "Shift+Tab")
        await page.keyboard.press("Enter")
        await expect(dialog).to_have_count(0)
        await expect(more).to_be_focused()

        await tab_to(page, "^Reply$")
        await page.keyboard.press("Enter")
        text = page.get_by_role("dialog", name="Re: Keys only, first")
        await expect(text.get_by_role("textbox", name="Message text")).to_be_focused()
        await page.keyboard.type("Yes, I can.")
        await tab_to(page, "^Subject$", "Shift+Tab")
        await tab_to(page, "^Send$")
        await page.keyboard.press("Enter")

        await expect(text).to_have_count(0)
        await expect(page.get_by_role("button", name="Reply", exact=True)).to_be_focused()
        await expect(notices(page).get_by_role("button", name="Undo")).to_be_visible()
        await page.keyboard.press("u")
        await page.keyboard.press("j")
        await expect(page.locator("[role=row]:focus")).to_have_count(1)
        assert opened.faults == []
