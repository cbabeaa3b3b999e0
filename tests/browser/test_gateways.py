"""Gateways through the screens of the system administrator."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, House
from tests.support.browser import DESKTOP, Window

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_a_gateway_is_added_changed_disabled_and_removed(house: House) -> None:
    async with house.window(DESKTOP, reduced_motion="reduce") as keeper:
        await keeper.sign_in(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
        page = await keeper.open("/admin/gateways")
        await expect(page.get_by_text("Mail goes straight to its destination.")).to_be_visible()
        assert await keeper.violations() == []

        await page.get_by_role("button", name="Add gateway").click()
        dialog = page.get_by_role("dialog")
        await dialog.get_by_role("textbox", name="Name", exact=True).fill("Relay of the house")
        await dialog.get_by_role("textbox", name="Host").fill("not a host")
        await dialog.get_by_role("combobox", name="Connection").select_option(value="IMPLICIT")
        await expect(dialog.get_by_role("textbox", name="Port")).to_have_value("465")
        await dialog.get_by_role("textbox", name="User name").fill("house")
        await dialog.get_by_label("Password").fill("a quiet brook")
        await dialog.get_by_role("textbox", name="Mail to domain").fill("far.example")
        await dialog.get_by_role("button", name="Save").click()
        await expect(dialog.get_by_role("alert")).to_have_text("That is not a host name")
        assert await keeper.violations() == []
        await dialog.get_by_role("textbox", name="Host").fill("relay.example")
        await dialog.get_by_role("button", name="Save").click()

        line = page.get_by_role("row", name=re.compile("Relay of the house"))
        await expect(line.get_by_role("cell", name="mail to far.example")).to_be_visible()
        await expect(line).to_contain_text("relay.example:465")
        await expect(line).to_contain_text("signs in as house")
        assert await keeper.violations() == []

        await line.get_by_role("switch").click()
        await expect(page.get_by_text("Relay of the house is disabled")).to_be_visible()
        await line.get_by_role("button", name="Change Relay of the house").click()
        await expect(dialog.get_by_text("Empty: the one there is stays")).to_be_visible()
        await expect(dialog.get_by_role("checkbox", name="Enabled")).not_to_be_checked()
        await dialog.get_by_role("textbox", name="Name", exact=True).fill("Relay elsewhere")
        await dialog.get_by_role("button", name="Save").click()
        line = page.get_by_role("row", name=re.compile("Relay elsewhere"))
        await line.get_by_role("button", name="Change Relay elsewhere").click()
        await expect(dialog.get_by_text("Empty: the one there is stays")).to_be_visible()

        await dialog.get_by_role("button", name="Remove this gateway…").click()
        await page.get_by_role("alertdialog").get_by_role("button", name="Remove the gateway").click()
        await expect(page.get_by_text("Mail goes straight to its destination.")).to_be_visible()
        assert keeper.faults == []


async def test_gateways_are_not_for_a_domain_administrator(maren: Window) -> None:
    page = await maren.open("/admin/gateways")

    await expect(page.get_by_text("There is no such page")).to_be_visible()
    await expect(page.get_by_role("link", name="Gateways")).to_have_count(0)
