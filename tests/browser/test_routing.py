"""Names and routes of a domain, and rerouting what waits, through the screens of the administrators."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, MAREN, PASSWORD, House
from tests.browser.test_queue import state, stuck
from tests.support.browser import DESKTOP, PHONE
from tests.support.smtp_sink import smtp_sink

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def picture(page: Page, name: str) -> None:
    """To be looked at, where PICTURES names a folder."""
    if folder := os.environ.get("PICTURES"):
        await page.screenshot(path=Path(folder) / f"{name}.png")


async def test_a_name_and_a_route_come_and_go(house: House) -> None:
    async with house.window(DESKTOP, reduced_motion="reduce") as keeper:
        await keeper.sign_in(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
        page = await keeper.open("/admin/domains")
        await page.get_by_role("link", name="example.org", exact=True).click()
        await page.get_by_role("tab", name="Routing").click()
        await expect(page.get_by_text("The domain has no further names")).to_be_visible()
        assert await keeper.violations() == []

        await page.get_by_role("button", name="Add name").click()
        dialog = page.get_by_role("dialog")
        await dialog.get_by_role("textbox", name="Domain").fill("example.org")
        await dialog.get_by_role("button", name="Add name").click()
        await expect(dialog.get_by_text("The domain example.org exists already")).to_be_visible()
        await dialog.get_by_role("textbox", name="Domain").fill("example.net")
        await dialog.get_by_role("button", name="Add name").click()
        name = page.get_by_role("listitem", name="example.net")
        await expect(name).to_contain_text("Does not sign yet")
        await name.get_by_text("DNS records to publish").click()
        await expect(name.get_by_text("_dmarc.example.net")).to_be_visible()
        assert await keeper.violations() == []
        await picture(page, "names")

        await page.get_by_role("button", name="Pass it on…").click()
        await dialog.get_by_role("textbox", name="Host").fill("no host")
        await dialog.get_by_role("combobox", name="Accepted for").select_option(value="LISTED")
        await dialog.get_by_role("button", name="Save").click()
        await expect(dialog.get_by_text("That is not a host name")).to_be_visible()
        assert await keeper.violations() == []
        await picture(page, "route-dialog")
        await dialog.get_by_role("textbox", name="Host").fill("inside.example")
        await dialog.get_by_role("button", name="Save").click()
        await expect(page.get_by_text("inside.example:25")).to_be_visible()
        await expect(page.get_by_text("Nobody is listed yet")).to_be_visible()

        await page.get_by_role("button", name="Add recipients").click()
        await dialog.get_by_role("textbox", name="Recipients").fill("zoe\nyan@example.org")
        await dialog.get_by_role("button", name="Add recipients").click()
        await expect(page.get_by_text("2 recipients are new")).to_be_visible()
        await expect(page.get_by_role("row", name="yan@example.org")).to_be_visible()
        assert await keeper.violations() == []
        await picture(page, "route")
        await page.get_by_role("button", name="Remove zoe@example.org").click()
        await expect(page.get_by_role("row", name="zoe@example.org")).to_have_count(0)

        await page.get_by_role("button", name="Change…").click()
        await dialog.get_by_role("button", name="Refuse such mail again").click()
        await expect(page.get_by_role("button", name="Pass it on…")).to_be_visible()
        await name.get_by_role("button", name="Remove…").click()
        await page.get_by_role("alertdialog").get_by_role("button", name="Remove the name").click()
        await expect(page.get_by_text("The domain has no further names")).to_be_visible()
        assert keeper.faults == []


async def test_a_domain_administrator_only_looks_on_a_phone(house: House) -> None:
    async with house.window(PHONE, color_scheme="light", reduced_motion="reduce") as opened:
        await opened.sign_in(MAREN, PASSWORD)
        page = await opened.open("/admin")
        await page.get_by_role("link", name="Routing", exact=True).click()
        await expect(page.get_by_text("The domain has no further names")).to_be_visible()
        await expect(page.get_by_role("button", name=re.compile("Add name|Pass it on"))).to_have_count(0)
        assert await opened.violations_in_both_themes() == []
        assert opened.faults == []


async def test_what_waits_is_rerouted_and_comes_back(house: House) -> None:
    async with smtp_sink() as other, house.window(DESKTOP, reduced_motion="reduce") as keeper:
        address = await stuck(house.served, house.sink, "detour", subject="A letter by detour")
        await keeper.sign_in(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
        page = await keeper.open("/admin/queue?q=detour")
        await expect(state(page, "A letter by detour", "Deferred")).to_be_visible(timeout=30_000)
        await page.get_by_role("checkbox", name="Choose A letter by detour").check()
        await page.get_by_role("button", name="Hold", exact=True).click()
        await expect(state(page, "A letter by detour", "Held")).to_be_visible()
        await expect(page.get_by_role("button", name="Reroute…")).to_be_disabled()
        await page.get_by_role("checkbox", name="Choose A letter by detour").check()
        await page.get_by_role("button", name="Reroute…").click()
        dialog = page.get_by_role("dialog")
        await dialog.get_by_role("button", name="Reroute").click()
        await expect(dialog.get_by_text("Something is missing here")).to_be_visible()
        assert await keeper.violations() == []
        await dialog.get_by_role("textbox", name="Host").fill("127.0.0.1")
        await dialog.get_by_role("textbox", name="Port").fill(str(other.address[1]))
        await picture(page, "reroute")
        await dialog.get_by_role("button", name="Reroute").click()
        await expect(page.get_by_text("1 message goes another way")).to_be_visible()
        await page.get_by_role("link", name="A letter by detour", exact=True).click()
        told = page.get_by_text(f"rerouted to 127.0.0.1:{other.address[1]}", exact=True)
        await expect(told.first).to_be_visible()
        assert await keeper.violations() == []
        await picture(page, "rerouted")

        await page.get_by_role("button", name="Release", exact=True).click()
        await other.wait_for(1, timeout_s=30)
        assert other.messages[0].addresses == [address]
        assert keeper.faults == []
