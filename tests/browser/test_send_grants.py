"""Writing in another's name: allowed on the user's page, offered in the composer, taken away again."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.conftest import MAREN, SOFIA
from tests.support.browser import Window

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_on_behalf_is_allowed_offered_and_taken_away(maren: Window) -> None:
    page = await maren.open("/admin")
    await page.get_by_role("searchbox", name="Search users").fill("sofia")
    await page.get_by_role("link", name=SOFIA).click()
    await expect(page.get_by_text("Nobody else.")).to_be_visible()
    holder = page.get_by_role("textbox", name="Person or group")

    await holder.fill("nobody@example.org")
    await page.get_by_role("button", name="Allow").click()
    await expect(page.get_by_role("alert")).to_contain_text("There is no user nobody@example.org")
    await holder.fill(MAREN)
    await page.get_by_role("combobox", name="Writes").select_option(value="BEHALF")
    await page.get_by_role("button", name="Allow").click()
    listed = page.get_by_role("list", name="Who may write in this name")
    await expect(listed).to_contain_text("on behalf of the user")
    assert await maren.violations() == []

    page = await maren.open("/")
    await page.get_by_role("button", name="Write").click()
    sender = page.get_by_role("dialog").get_by_role("combobox", name="From")
    await expect(sender).to_contain_text(f"{SOFIA}> (on behalf)")

    page = await maren.open("/admin")
    await page.get_by_role("searchbox", name="Search users").fill("sofia")
    await page.get_by_role("link", name=SOFIA).click()
    await page.get_by_role("button", name=f"Take the right from {MAREN}").click()
    await expect(page.get_by_text("Nobody else.")).to_be_visible()
