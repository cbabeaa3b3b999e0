"""Roles of users: given by the administrator of a domain, and what the one who has it then sees."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.conftest import PASSWORD, SOFIA, House
from tests.support.browser import DESKTOP, Window

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_a_role_is_given_and_shows_no_more_than_it_allows(house: House, maren: Window) -> None:
    page = await maren.open("/admin")
    await page.get_by_role("searchbox", name="Search users").fill("sofia")
    await page.get_by_role("link", name=SOFIA).click()
    role = page.get_by_role("combobox", name="Role")
    try:
        await role.select_option(label="Report reader")
        await expect(page.get_by_text("May read reports.")).to_be_visible()
        await expect(role).to_be_enabled()
        assert await maren.violations() == []

        async with house.window(DESKTOP, reduced_motion="reduce") as reader:
            await reader.sign_in(SOFIA, PASSWORD)
            seen = await reader.open("/admin")
            await expect(seen.get_by_role("region", name="Routing")).to_be_visible()
            await expect(
                seen.get_by_role("navigation", name="Administration").get_by_role("link")
            ).to_have_text(["Routing", "Suppressed addresses", "TLS reports", "DNS"])
            assert await reader.violations() == []
            assert reader.faults == []

        await role.select_option(label="List manager")
        await expect(page.get_by_text("May manage aliases.")).to_be_visible()
        await expect(role).to_be_enabled()
        async with house.window(DESKTOP, reduced_motion="reduce") as keeper:
            await keeper.sign_in(SOFIA, PASSWORD)
            seen = await keeper.open("/admin")
            await expect(
                seen.get_by_role("navigation", name="Administration").get_by_role("link")
            ).to_have_text(["Users", "Aliases", "Lists", "Routing", "DNS"])
            await expect(seen.get_by_text("List manager")).to_be_visible()
            assert keeper.faults == []
    finally:
        await role.select_option(label="User")
        await expect(page.get_by_text("Uses the own mailbox.")).to_be_visible()
        await expect(role).to_be_enabled()
