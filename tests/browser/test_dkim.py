"""The keys that sign a domain's mail, through the page of the domain."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import MAREN, PASSWORD, House
from tests.support.browser import PHONE, Window

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_a_key_waits_for_its_record_and_is_removed(maren: Window) -> None:
    page = await maren.open("/admin")
    await page.get_by_role("link", name="DNS", exact=True).click()
    keys = page.get_by_role("listitem", name=re.compile(r"^(rsa|ed25519)-\d+"))
    await expect(keys).to_have_count(2)
    await expect(keys.first.get_by_text("Waits for its record")).to_be_visible()
    await expect(page.get_by_text("._domainkey.example.org", exact=False)).to_have_count(2)
    await expect(keys.first.get_by_role("button", name=re.compile("^Copy the value of TXT"))).to_be_visible()
    assert await maren.violations() == []

    await keys.first.get_by_role("button", name="Check now").click()
    await expect(keys.first.get_by_role("alert")).to_be_visible()

    await page.get_by_role("button", name="New key").click()
    await page.get_by_role("menuitem", name=re.compile("^Ed25519")).click()
    await expect(keys).to_have_count(3)
    added = page.get_by_role("listitem", name=re.compile(r"^ed25519-\d+-2"))
    await added.get_by_role("button", name="Remove…").click()
    await expect(page.get_by_role("alertdialog")).to_contain_text("It signs nothing yet.")
    assert await maren.violations() == []
    await page.get_by_role("alertdialog").get_by_role("button", name="Remove the key").click()
    await expect(keys).to_have_count(2)


async def test_a_key_signs_once_its_record_is_published(house: House, maren: Window) -> None:
    page = await maren.open("/admin")
    await page.get_by_role("link", name="DNS", exact=True).click()
    key = page.get_by_role("listitem", name=re.compile(r"^ed25519-\d+"))
    await expect(key.locator("code")).to_have_count(2)
    name, value = await key.locator("code").all_inner_texts()
    house.dns.add(name, "TXT", f'"{value}"')

    await key.get_by_role("button", name="Check now").click()
    await expect(page.get_by_text("signs from now on")).to_be_visible()
    await expect(key).to_contain_text("Signs")
    await expect(key.get_by_role("button", name="Check now")).to_have_count(0)
    await key.get_by_role("button", name="Remove…").click()
    await expect(page.get_by_role("alertdialog")).to_contain_text("It is the only one that signs")
    await page.get_by_role("alertdialog").get_by_role("button", name="Cancel").click()


async def test_axe_finds_nothing_on_a_phone(house: House) -> None:
    async with house.window(PHONE, color_scheme="light", reduced_motion="reduce") as opened:
        await opened.sign_in(MAREN, PASSWORD)
        page = await opened.open("/admin")
        await page.get_by_role("link", name="DNS", exact=True).click()
        await expect(page.get_by_text("Waits for its record").first).to_be_visible()
        assert await opened.violations_in_both_themes() == []
        assert opened.faults == []
