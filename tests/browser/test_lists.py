"""Mailing lists through the screens: of a domain's administrator, and of a moderator who is a plain user."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import MAREN, PASSWORD, SOFIA, House
from tests.support.browser import DESKTOP, PHONE
from tests.support.smtp_raw import RawSmtp

pytestmark = pytest.mark.asyncio(loop_scope="package")

POST = (
    b"From: Outside <reader@far.example>\r\nTo: readers@example.org\r\nSubject: A book to read\r\n"
    b"Message-ID: <book@far.example>\r\n\r\nIt has many pages.\r\n"
)


async def test_a_list_is_made_filled_and_moderated(house: House) -> None:
    async with house.window(DESKTOP, reduced_motion="reduce") as maren:
        await maren.sign_in(MAREN, PASSWORD)
        page = await maren.open("/admin")
        await page.get_by_role("link", name="Lists", exact=True).click()
        await expect(page.get_by_text("No mailing lists yet")).to_be_visible()
        assert await maren.violations() == []

        await page.get_by_role("button", name="Add list").click()
        dialog = page.get_by_role("dialog")
        await dialog.get_by_role("textbox", name="Address").fill("sofia.rossi")
        await dialog.get_by_role("button", name="Add").click()
        await expect(dialog.get_by_text("sofia.rossi@example.org is a user already")).to_be_visible()
        await dialog.get_by_role("textbox", name="Address").fill("readers")
        await dialog.get_by_role("textbox", name="Name").fill("Readers")
        await dialog.get_by_role("button", name="Add").click()
        await expect(page.get_by_role("heading", name="Readers")).to_be_visible()
        await expect(page.get_by_text("Nobody is on the list yet")).to_be_visible()

        await page.get_by_role("button", name="Add members").click()
        many = "\n".join(f"member{number}@far.example,Member {number}" for number in range(1500))
        await dialog.get_by_role("textbox", name="Addresses").fill(f"Address,Name\n{many}\nnonsense")
        assert await maren.violations() == []
        await dialog.get_by_role("button", name="Add 1,501 members").click()
        await expect(
            dialog.get_by_text("1,500 added, 0 were on the list already, 1 refused.")
        ).to_be_visible()
        await expect(dialog.get_by_text("nonsense")).to_be_visible()
        await dialog.get_by_role("button", name="Close").first.click()
        await expect(page.get_by_text("1 to 50 of 1,500")).to_be_visible()

        await page.get_by_role("button", name="Add members").click()
        await dialog.get_by_role("textbox", name="Addresses").fill(SOFIA)
        await dialog.get_by_role("combobox", name="Role").select_option(value="MODERATOR")
        await dialog.get_by_role("button", name="Add 1 member").click()
        await expect(dialog.get_by_text("1 added")).to_be_visible()
        await dialog.get_by_role("button", name="Close").first.click()
        await page.get_by_role("searchbox", name="Search members").fill("sofia")
        line = page.get_by_role("row", name=re.compile(SOFIA))
        await expect(line).to_contain_text("Moderator")

        await page.get_by_role("tab", name="Settings").click()
        await page.get_by_role("combobox", name="May post", exact=True).select_option(value="ANYONE")
        await page.get_by_role("checkbox", name="Moderated").check()
        await page.get_by_role("textbox", name="Before the subject").fill("[readers]")
        assert await maren.violations() == []
        await page.get_by_role("button", name="Save").click()
        await expect(page.get_by_text("List saved")).to_be_visible()
        await page.get_by_role("tab", name="Senders").click()
        await page.get_by_role("textbox", name="May not post").fill("@spam.example")
        await page.get_by_role("button", name="Save").click()
        await expect(page.get_by_text("Senders saved")).to_be_visible()
        assert await maren.violations() == []
        assert maren.faults == []

    client = await RawSmtp.connect(("127.0.0.1", house.served.ports["smtp"]))
    assert str(await client.mail("x@spam.example", ["readers@example.org"], POST)).startswith("550 5.7.2")
    await client.command("RSET")
    assert (await client.mail("reader@far.example", ["readers@example.org"], POST)).code == 250
    await client.close()

    async with house.window(PHONE, color_scheme="dark", reduced_motion="reduce") as sofia:
        await sofia.sign_in(SOFIA, PASSWORD)
        page = await sofia.open("/mail/inbox")
        await page.get_by_role("link", name="Lists").click()
        await page.get_by_role("link", name="Readers").click()
        await expect(page.get_by_role("tab", name="Settings")).to_have_count(0)
        await page.get_by_role("tab", name="Waiting").click()
        await page.get_by_role("button", name="A book to read").click()
        dialog = page.get_by_role("dialog")
        await expect(dialog.get_by_text("It has many pages.")).to_be_visible()
        assert await sofia.violations() == []
        await dialog.get_by_role("button", name="Reject…").click()
        await dialog.get_by_role("textbox", name="Why, for the author").fill("We have read it")
        await dialog.get_by_role("button", name="Reject", exact=True).click()
        await expect(page.get_by_text("No post waits for you")).to_be_visible()
        assert sofia.faults == []


@pytest.mark.parametrize(("theme", "size"), [("light", PHONE), ("dark", DESKTOP)])
async def test_lists_are_not_for_everybody(house: House, theme: str, size: dict[str, int]) -> None:
    async with house.window(size, color_scheme=theme, reduced_motion="reduce") as opened:
        await opened.sign_in("oliver.grant@example.org", PASSWORD)
        page = await opened.open("/lists")
        await expect(page).to_have_url(re.compile("/mail/inbox"))
        await expect(page.get_by_role("link", name="Lists", exact=True)).to_have_count(0)
