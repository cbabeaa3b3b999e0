"""Where nothing is sent, through the screens of administrators."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, House
from tests.support.browser import DESKTOP, Window

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_an_address_is_added_found_and_removed(house: House) -> None:
    async with house.window(DESKTOP, reduced_motion="reduce") as keeper:
        await keeper.sign_in(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
        page = await keeper.open("/admin/suppression")
        await expect(page.get_by_text("Mail is sent everywhere")).to_be_visible()
        assert await keeper.violations() == []

        await page.get_by_role("button", name="Add address").click()
        dialog = page.get_by_role("dialog")
        address = dialog.get_by_role("textbox", name="Address or domain")
        await address.fill("not an address")
        await dialog.get_by_role("textbox", name="Note").fill("asked us to stop")
        await dialog.get_by_role("button", name="Add").click()
        await expect(dialog.get_by_text("is not a domain name")).to_be_visible()
        assert await keeper.violations() == []
        await address.fill("quiet@far.example")
        await dialog.get_by_role("combobox", name="Why").select_option(value="COMPLAINT")
        await dialog.get_by_role("textbox", name="Days").fill("30")
        await address.press("Enter")

        line = page.get_by_role("row", name=re.compile("quiet@far.example"))
        await expect(line).to_contain_text("asked us to stop")
        await expect(line).to_contain_text("Its owner complained")
        await page.get_by_role("searchbox", name="Search addresses").fill("nobody")
        await expect(page.get_by_text("No such address")).to_be_visible()
        await page.get_by_role("searchbox", name="Search addresses").fill("far")
        assert await keeper.violations() == []

        await line.get_by_role("button", name="Remove quiet@far.example").click()
        await expect(page.get_by_text("Mail is sent to quiet@far.example again")).to_be_visible()
        await expect(line).to_have_count(0)
        assert keeper.faults == []


async def test_a_domain_administrator_has_the_own_list(maren: Window) -> None:
    page = await maren.open("/admin/suppression")
    await expect(page.get_by_text("There is no such page")).to_be_visible()

    await page.get_by_role("link", name="Suppressed addresses").click()
    await page.get_by_role("button", name="Add address").click()
    await page.get_by_role("textbox", name="Address or domain").fill("far.example")
    await page.get_by_role("button", name="Add", exact=True).click()

    await expect(page.get_by_role("row", name=re.compile("far.example"))).to_contain_text("For good")
    await page.get_by_role("button", name="Remove far.example").click()
    await expect(page.get_by_text("Mail is sent everywhere")).to_be_visible()
