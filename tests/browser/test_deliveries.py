"""Where is my mail? For the administrator of a domain, and on what one sent."""

from __future__ import annotations

import asyncio
import re
import smtplib

import pytest
from playwright.async_api import expect

from tests.browser.conftest import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, MAREN, PASSWORD, SOFIA, House
from tests.browser.test_queue import BUSY, stuck, submit
from tests.support.browser import PHONE, Window

pytestmark = pytest.mark.asyncio(loop_scope="package")

UNKNOWN = "550 5.1.1 Nobody here by that name"


async def test_a_domain_administrator_finds_what_became_of_a_message(house: House, maren: Window) -> None:
    waiting = await stuck(house.served, house.sink, "traced", subject="A traced letter")
    house.sink.always["RCPT vanished@north.example"] = UNKNOWN
    port = house.served.ports["submission"]
    await asyncio.to_thread(submit, port, "vanished@north.example", "A vanished letter")
    page = await maren.open("/admin")
    await page.get_by_role("navigation", name="Administration").get_by_role("link", name="Deliveries").click()
    messages = page.get_by_role("list", name="Messages").get_by_role("listitem")

    await page.get_by_role("searchbox", name="Sender or recipient").fill("vanished@")
    await expect(messages.first).to_contain_text("Failed", timeout=30_000)
    await messages.first.locator("summary").first.click()
    await expect(messages.first).to_contain_text("Nobody has this address there")
    await expect(messages.first).to_contain_text(UNKNOWN)
    await expect(page.get_by_text("A vanished letter")).to_have_count(0)
    assert await maren.violations() == []

    await page.get_by_role("searchbox", name="Sender or recipient").fill(waiting)
    await page.get_by_role("combobox", name="State").select_option(label="Waiting")
    await expect(messages.first).to_contain_text(waiting)
    await messages.first.locator("summary").first.click()
    await expect(messages.first).to_contain_text(re.compile("too busy. Next attempt in"))
    await messages.first.get_by_text("2 steps").click()
    steps = messages.first.get_by_role("list", name=waiting)
    await expect(steps).to_contain_text(BUSY)
    await expect(steps.get_by_role("list", name="Checks")).to_contain_text("Limitspassed")
    assert await maren.violations() == []

    await page.get_by_label("To day").fill("2020-01-01")
    await expect(page.get_by_text("Nothing found.")).to_be_visible()


async def test_a_sent_message_says_what_became_of_it(house: House) -> None:
    gone = "gone@north.example"
    house.sink.always[f"RCPT {gone}"] = UNKNOWN
    async with house.window(PHONE, color_scheme="light", reduced_motion="reduce") as opened:
        await opened.sign_in(MAREN, PASSWORD)
        page = await opened.open()
        await page.get_by_role("button", name="Write").click()
        letter = page.get_by_role("dialog")
        for address in (gone, SOFIA):
            await letter.get_by_role("combobox").first.fill(address)
            await page.keyboard.press("Enter")
        await letter.get_by_role("textbox", name="Subject").fill("Lecture of the evening")
        await letter.get_by_role("button", name="Send", exact=True).click()
        # One of the two is outside.
        await page.get_by_role("button", name="Send anyway").click()
        await expect(letter).to_have_count(0)

        await opened.open("/mail/sent")
        await page.get_by_role("row", name=re.compile("Lecture of the evening")).click()
        told = page.get_by_role("article").get_by_role("list", name="Recipients")
        summary = page.get_by_role("article").locator("summary").first
        await expect(summary).to_contain_text("1 failed and 1 delivered", timeout=60_000)
        if not await told.is_visible():
            await summary.click()
        await expect(told).to_contain_text(UNKNOWN)
        await expect(told).to_contain_text("Put into the mailbox here")
        assert await opened.violations() == []
        await page.emulate_media(color_scheme="dark")
        assert await opened.violations() == []
        assert opened.faults == []


async def test_refused_mail_is_found_by_its_recipient_and_both_administrators(house: House) -> None:
    port = house.served.ports["smtp"]
    await asyncio.to_thread(knock, port, "stranger@north.example", MAREN, 500_000_000)
    await asyncio.to_thread(knock, port, "stranger@north.example", "nobody.at.all@example.org", 100)
    async with house.window(PHONE, reduced_motion="reduce") as opened:
        await opened.sign_in(MAREN, PASSWORD)
        page = await opened.open("/settings")
        await page.get_by_role("link", name="Where is my mail?").click()
        await page.get_by_role("tab", name="Sent to me").click()
        mine = page.get_by_role("list", name="Sent to me").get_by_role("listitem")
        large = mine.filter(has_text="stranger@").first
        await expect(large).to_contain_text("Refused")
        await large.locator("summary").first.click()
        await expect(large).to_contain_text("larger than is accepted. It was not accepted")
        await expect(large).to_contain_text("552 5.3.4")
        assert await opened.violations() == []

        page = await opened.open("/admin")
        parts = page.get_by_role("navigation", name="Administration")
        await parts.get_by_role("link", name="Deliveries").click()
        await page.get_by_role("combobox", name="State").select_option(label="Refused")
        of_domain = page.get_by_role("list", name="Messages").get_by_role("listitem")
        unknown = of_domain.filter(has_text="nobody.at").first
        await unknown.locator("summary").first.click()
        await expect(unknown).to_contain_text("Nobody has this address here. It was not accepted")
        assert await opened.violations() == []
    async with house.window(reduced_motion="reduce") as opened:
        await opened.sign_in(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
        page = await opened.open("/admin/queue")
        await page.get_by_role("tab", name="Refused").click()
        await page.get_by_role("searchbox", name="Sender or recipient").fill("nobody.at")
        rows = page.get_by_role("list", name="Refused mail").get_by_role("listitem")
        await expect(rows).to_have_count(1)
        await page.get_by_role("searchbox", name="Sender or recipient").fill("nothing like it")
        await expect(page.get_by_text("No such mail was refused")).to_be_visible()
        assert await opened.violations() == []


def knock(port: int, sender: str, to: str, size: int) -> None:
    """Announce a message as another server does, and take no for an answer."""
    with smtplib.SMTP("127.0.0.1", port, timeout=30) as client:
        client.ehlo("mx.north.example")
        client.send(f"MAIL FROM:<{sender}> SIZE={size}\r\nRCPT TO:<{to}>\r\n".encode())
        client.getreply()
        client.getreply()
