"""Settings: found by words, a password for a mail program, sign-ins, and where one's mail is."""

from __future__ import annotations

import asyncio
import imaplib
import poplib
import re
import time

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, MAREN, PASSWORD, SOFIA, House
from tests.browser.test_mail import deliver
from tests.browser.test_two_step import PASSWORD as PASSWORD_OF_ADDED
from tests.browser.test_two_step import add_user
from tests.support.browser import DESKTOP, PHONE, Window

pytestmark = pytest.mark.asyncio(loop_scope="package")


def signs_in(port: int, password: str) -> bool:
    client = imaplib.IMAP4("127.0.0.1", port, timeout=30)
    try:
        client.login(MAREN, password)
    except imaplib.IMAP4.error:
        return False
    finally:
        client.shutdown()
    return True


def connect(port: int, password: str, login: str = MAREN) -> imaplib.IMAP4:
    client = imaplib.IMAP4("127.0.0.1", port, timeout=30)
    client.login(login, password)
    return client


def fetch_by(port: int, login: str, password: str) -> poplib.POP3:
    client = poplib.POP3("127.0.0.1", port, timeout=30)
    client.user(login)
    client.pass_(password)
    return client


def is_ended(client: imaplib.IMAP4 | poplib.POP3) -> bool:
    """Whether the server ends the connection by itself before long."""
    try:
        for _ in range(100):
            client.noop()
            time.sleep(0.2)
    except (imaplib.IMAP4.error, poplib.error_proto, OSError, EOFError):
        return True
    finally:
        client.shutdown() if isinstance(client, imaplib.IMAP4) else client.close()
    return False


async def test_a_mail_program_gets_a_password_of_its_own_and_loses_it(house: House, maren: Window) -> None:
    page = await maren.open("/mail/inbox")
    await page.get_by_role("button", name="Account and settings").first.click()
    await page.get_by_role("menuitem", name="All settings").click()
    await page.get_by_role("searchbox", name="Search settings").fill("thunder")
    await expect(page.get_by_role("link", name="Addresses")).to_have_count(0)
    await page.get_by_role("link", name="Mail programs").click()

    await page.get_by_role("button", name="New app password").click()
    await page.get_by_role("textbox", name="For which program?").fill("Old laptop")
    await page.get_by_role("checkbox", name="Send mail").uncheck()
    assert await maren.violations() == []
    await page.get_by_role("button", name="Make password").click()
    password = await page.get_by_role("dialog").get_by_label("App password", exact=True).inner_text()
    assert re.fullmatch(r"(\w{4}-){4}\w{4}", password)
    dialog = page.get_by_role("dialog")
    # It may not send, and Thunderbird's code has an account that does.
    await expect(dialog.get_by_role("img", name=re.compile("^QR code"))).to_have_count(0)
    await dialog.get_by_role("tab", name="Another").click()
    await expect(dialog.get_by_role("img", name="QR code of the app password")).to_be_visible()
    await expect(dialog.get_by_role("definition").filter(has_text="mail.example.test")).to_have_text(
        [f"mail.example.testport {port}, TLS" for port in (993, 995, 465)]
    )
    await dialog.get_by_role("tab", name="Outlook").click()
    await expect(dialog.get_by_role("listitem").last).to_contain_text(
        "Incoming: mail.example.test, 993, SSL/TLS. Outgoing: mail.example.test, 465, SSL/TLS."
    )
    await dialog.get_by_role("tab", name="Apple Mail").click()
    await expect(dialog.get_by_role("img", name="QR code of the profile")).to_be_visible()
    await expect(
        page.get_by_role("dialog").get_by_role("link", name=re.compile("profile"))
    ).to_have_attribute("href", re.compile("^/mobileconfig/maren"))
    assert await maren.violations() == []
    await page.get_by_role("button", name="Done").click()
    assert signs_in(house.served.ports["imap"], password)
    connected = await asyncio.to_thread(connect, house.served.ports["imap"], password)

    line = page.get_by_role("list", name="App passwords").get_by_role("listitem")
    await expect(line).to_contain_text("never used")
    await page.reload()
    await expect(line).to_contain_text("last used")
    await expect(page.get_by_text(password)).to_have_count(0)
    await line.get_by_role("button", name="Revoke Old laptop…").click()
    await page.get_by_role("alertdialog").get_by_role("button", name="Revoke").click()
    await expect(page.get_by_text("No program has a password of its own yet.")).to_be_visible()
    assert not signs_in(house.served.ports["imap"], password)
    assert await asyncio.to_thread(is_ended, connected)


async def test_another_browser_is_signed_out(house: House, maren: Window) -> None:
    async with house.window(DESKTOP) as other:
        await other.sign_in(MAREN, PASSWORD)
        page = await maren.open("/settings/sign-ins")
        sessions = page.get_by_role("list", name="Signed in").get_by_role("listitem")
        await expect(sessions.first).to_contain_text("This one")
        await page.get_by_role("button", name="Sign out everywhere else…").click()
        assert await maren.violations() == []
        await page.get_by_role("alertdialog").get_by_role("button", name="Sign out").click()
        await expect(sessions).to_have_count(1)

        gone = await other.open("/settings")
        await expect(gone).to_have_url(re.compile("/signin"))

    await page.get_by_label("Current password").fill("not this one at all")
    await page.get_by_role("textbox", name="New password").fill("seven tall green lanterns")
    await page.get_by_role("button", name="Change password").click()
    await expect(page.get_by_role("alert")).to_be_visible()


async def test_a_new_password_ends_what_was_signed_in_with_the_old_one(house: House) -> None:
    address, ports = await add_user(house, "runa"), house.served.ports
    async with house.window() as other, house.window() as opened:
        await other.sign_in(address, PASSWORD_OF_ADDED)
        await opened.sign_in(address, PASSWORD_OF_ADDED)
        imap = await asyncio.to_thread(connect, ports["imap"], PASSWORD_OF_ADDED, address)
        pop3 = await asyncio.to_thread(fetch_by, ports["pop3"], address, PASSWORD_OF_ADDED)
        page = await opened.open("/settings/sign-ins")
        await expect(page.get_by_text("so is every mail program that used the old one")).to_be_visible()
        current, new = page.get_by_label("Current password"), page.get_by_role("textbox", name="New password")
        await current.fill(PASSWORD_OF_ADDED)
        for weak, why in (("short", "at least 10 characters"), (address, "must not be the name")):
            await new.fill(weak)
            await page.get_by_role("button", name="Change password").click()
            await expect(page.get_by_role("alert").filter(has_text=why)).to_be_visible()

        await new.fill("eleven slow paper boats")
        await page.get_by_role("button", name="Change password").click()

        await expect(page.get_by_text("Everywhere else you are signed out.")).to_be_visible()
        assert await asyncio.to_thread(is_ended, imap)
        assert await asyncio.to_thread(is_ended, pop3)
        await expect(await other.open("/settings")).to_have_url(re.compile("/signin"))
        await opened.open("/settings/identities")
        title = page.get_by_role("textbox", name="Job title")
        await title.fill("Boat builder")
        await page.get_by_role("button", name="Save", exact=True).click()
        await expect(title).to_have_accessible_description(re.compile("Your choice"))
        await page.reload()
        await expect(title).to_have_value("Boat builder")
        assert await opened.violations_in_both_themes() == []


async def test_a_phone_goes_from_the_list_to_a_section_and_back(house: House) -> None:
    await deliver(house, "Plans of the evening", "Hello", to=SOFIA)
    async with house.window(PHONE, color_scheme="light", reduced_motion="reduce") as opened:
        await opened.sign_in(SOFIA, PASSWORD)
        page = await opened.open("/settings")
        await expect(page.get_by_role("heading", level=1, name="Settings")).to_be_visible()
        assert await opened.violations_in_both_themes() == []
        for name in ("Reading and sending", "Addresses", "Password and sign-ins", "Mail programs"):
            await page.get_by_role("link", name=name).click()
            await expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
            await expect(page.get_by_role("status", name="Loading")).to_have_count(0)
            assert await opened.violations_in_both_themes() == []
            await page.get_by_role("link", name="Settings").click()
            await expect(page.get_by_role("heading", level=1, name="Settings")).to_be_visible()

        await page.get_by_role("link", name="Where is my mail?").click()
        await page.get_by_role("tab", name="Sent to me").click()
        await page.get_by_role("searchbox", name="Address of the sender").fill("amara@")
        arrived = page.get_by_role("list", name="Sent to me").get_by_role("listitem").first
        await expect(arrived).to_contain_text("Plans of the evening")
        await arrived.locator("summary").first.click()
        await expect(arrived).to_contain_text("Put into the mailbox here")
        assert await opened.violations_in_both_themes() == []
        await page.get_by_role("searchbox", name="Address of the sender").fill("nobody@far.example")
        await expect(page.get_by_text("Nothing found.")).to_be_visible()
        assert opened.faults == []


async def test_an_administrator_without_a_mailbox_sees_what_concerns_them(house: House) -> None:
    async with house.window(DESKTOP) as opened:
        await opened.sign_in(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
        page = await opened.open("/settings")

        await expect(page.get_by_role("heading", level=1, name="Password and sign-ins")).to_be_visible()
        await expect(page.get_by_role("link", name="Mail programs")).to_have_count(0)
        await opened.open("/settings/programs")
        await expect(page.get_by_text("There is no such page")).to_be_visible()
        assert await opened.violations() == []


async def test_mail_is_forwarded_and_an_administrator_stops_it(house: House, maren: Window) -> None:
    page = await maren.open("/settings")
    await page.get_by_role("searchbox", name="Search settings").fill("redirect")
    await page.get_by_role("link", name="Forwarding").click()
    field = page.get_by_role("textbox", name="Forward to")
    await field.fill(MAREN)
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_text(f"{MAREN} leads back to this mailbox")).to_be_visible()
    assert await maren.violations() == []
    await field.fill("maren@north.example")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("button", name="Stop forwarding")).to_be_visible()
    assert await maren.violations() == []

    before = len(house.sink.messages)
    await deliver(house, "Goes on", "Hello", to=MAREN)
    await house.sink.wait_for(before + 1)
    assert house.sink.messages[before].addresses == ["maren@north.example"]

    async with house.window(DESKTOP) as opened:
        await opened.sign_in(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
        page = await opened.open("/admin/domains")
        await page.get_by_role("link", name="example.org").first.click()
        await page.get_by_role("searchbox").first.fill("maren")
        await page.get_by_role("link", name=MAREN).click()
        await expect(page.get_by_role("textbox", name="Forward to")).to_have_value("maren@north.example")
        assert await opened.violations() == []
        await page.get_by_role("button", name="Stop forwarding").click()
        await expect(page.get_by_role("textbox", name="Forward to")).to_have_value("")
        assert opened.faults == []


async def test_a_setting_says_where_it_comes_from_and_goes_back(house: House) -> None:
    async with house.window() as opened:
        await opened.sign_in(await add_user(house, "solveig"), PASSWORD_OF_ADDED)
        page = await opened.open("/settings/mail")
        await choose_and_go_back(page)
        assert opened.faults == []


async def choose_and_go_back(page: Page) -> None:
    undo = page.get_by_label("Time to undo sending", exact=True)
    usual = await undo.input_value()
    await expect(undo).to_have_accessible_description(re.compile("Built-in default"))

    await undo.select_option("30")

    await expect(undo).to_have_accessible_description(re.compile("Your choice"))
    await page.reload()
    await expect(undo).to_have_value("30")
    await page.get_by_role("button", name=re.compile("^Go back to .*: Time to undo sending$")).click()
    await expect(undo).to_have_value(usual)
    await expect(undo).to_have_accessible_description(re.compile("Built-in default"))
