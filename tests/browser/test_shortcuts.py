"""Keyboard shortcuts: turned off, given other keys, kept for the user."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Route, expect

from tests.browser.conftest import MAREN, PASSWORD, House
from tests.browser.test_later import sofias
from tests.browser.test_mail import is_ready

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_keys_are_changed_turned_off_and_go_along_to_another_browser(house: House) -> None:
    async with sofias(house) as window:
        page = await window.open()
        await is_ready(page)
        await page.keyboard.press("?")
        await page.get_by_role("button", name="Change keys").click()
        await page.get_by_role("button", name="Add a key for Write", exact=True).click()
        await page.keyboard.press("y")
        await expect(page.get_by_role("button", name="Remove y from Write")).to_be_visible()
        await page.get_by_role("button", name="Remove c from Write").click()
        await expect(page.get_by_role("button", name="Remove c from Write")).to_have_count(0)
        await page.get_by_role("button", name="Add a key for Snooze…").click()
        await page.keyboard.press("Shift+y")
        await expect(page.get_by_role("button", name="Remove Shift+Y from Snooze…")).to_be_visible()
        await page.get_by_role("button", name="Remove b from Snooze…").click()
        await expect(page.get_by_role("button", name="Remove b from Snooze…")).to_have_count(0)
        assert await window.violations() == []
        await page.get_by_role("button", name="Done").click()
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_have_count(0)

        await page.keyboard.press("c")
        await page.keyboard.press("y")
        await expect(page.get_by_role("dialog", name="New message")).to_have_count(1)
        await page.get_by_role("row").first.click()
        snooze = page.get_by_role("toolbar", name="Message").get_by_role("button", name="Snooze")
        await expect(snooze).to_have_attribute("data-tip-key", "Shift+Y")

    async with sofias(house) as elsewhere:
        page = await elsewhere.open()
        await is_ready(page)
        await page.keyboard.press("?")
        await expect(page.get_by_role("dialog").get_by_text("y", exact=True)).to_be_visible()
        await page.get_by_role("switch", name="Single-key shortcuts").click()
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_have_count(0)
        await page.keyboard.press("y")
        await page.keyboard.press("Control+k")
        await page.get_by_role("combobox", name="All commands").fill("Keyboard sh")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("switch", name="Single-key shortcuts")).not_to_be_checked()
        await expect(page.get_by_role("dialog", name="New message")).to_have_count(0)
        await page.get_by_role("button", name="Change keys").click()
        await page.get_by_role("button", name="All as they were").click()
        await page.get_by_role("switch", name="Single-key shortcuts").click()
        await expect(page.get_by_role("switch", name="Single-key shortcuts")).to_be_checked()


async def test_the_palette_finds_people_folders_and_settings(house: House) -> None:
    async with sofias(house) as window:
        page = await window.open()
        await is_ready(page)
        await page.keyboard.press("Control+k")
        await page.get_by_role("combobox", name="All commands").fill("snoo")
        await expect(page.get_by_role("option", name="Snooze… b")).to_be_visible()
        await page.get_by_role("combobox", name="All commands").fill("theme")
        await page.get_by_role("option", name="Appearance and keys").click()
        await expect(page).to_have_url(f"{window.base}/settings/appearance")

        await page.keyboard.press("Control+k")
        await page.get_by_role("combobox", name="All commands").fill("maren")
        await expect(page.get_by_role("option", name="Write to Maren Holt")).to_be_visible()
        assert await window.violations() == []
        await page.get_by_role("option", name="Write to Maren Holt").click()
        await expect(page.get_by_role("dialog", name="New message")).to_contain_text("maren.holt@example.org")


async def test_enter_in_the_palette_waits_for_what_is_still_being_looked_for(house: House) -> None:
    async with house.window() as window:
        await window.sign_in(MAREN, PASSWORD)
        page = await window.open()
        await is_ready(page)
        released = asyncio.Event()

        async def later(route: Route) -> None:
            await released.wait()
            await route.fallback()

        await page.route("**/assets/settings-*.js", later)
        palette = page.get_by_role("combobox", name="All commands")
        await page.keyboard.press("Control+k")
        await page.keyboard.type("vacation")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("option", name="Search mail for “vacation”")).to_be_visible()
        released.set()
        await page.wait_for_url("**/settings/vacation")

        # Pages of administration have their names too; what is nowhere else is searched for.
        await page.keyboard.press("Control+k")
        await palette.fill("audit log")
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/admin/audit")
        await page.keyboard.press("Control+k")
        await palette.fill("orchard")
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/search?q=orchard")
        assert window.faults == []
