"""The queue through the screens of the system administrator."""

from __future__ import annotations

import asyncio
import re
import smtplib
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.browser.conftest import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, MAREN, PASSWORD, House
from tests.support.browser import PHONE, Window
from tests.support.served import Served
from tests.support.smtp_sink import Sink

pytestmark = pytest.mark.asyncio(loop_scope="package")

BUSY = "451 4.3.2 Please come back later"


def submit(port: int, to: str, subject: str, times: int = 1) -> None:
    """Hand in a message as Maren's mail program does."""
    with smtplib.SMTP("127.0.0.1", port, timeout=30) as client:
        client.login(MAREN, PASSWORD)
        text = f"From: {MAREN}\r\nTo: {to}\r\nSubject: {subject}\r\n\r\nHello\r\n"
        for _ in range(times):
            client.sendmail(MAREN, [to], text)


async def stuck(served: Served, sink: Sink, name: str, *, subject: str) -> str:
    """A message that its host puts off; the recipient's address."""
    address = f"{name}@north.example"
    sink.always[f"RCPT {address}"] = BUSY
    await asyncio.to_thread(submit, served.ports["submission"], address, subject)
    return address


@pytest_asyncio.fixture(loop_scope="package")
async def keeper(house: House) -> AsyncIterator[Window]:
    """The administrator's window."""
    async with house.window(reduced_motion="reduce") as opened:
        await opened.sign_in(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
        yield opened
        assert opened.faults == []
        assert opened.foreign == []


def line(page: Page, subject: str):
    return page.get_by_role("row").filter(has=page.get_by_role("link", name=subject, exact=True))


def state(page: Page, subject: str, word: str):
    return line(page, subject).get_by_role("cell").get_by_text(word).first


async def test_an_empty_queue_says_so(keeper: Window) -> None:
    page = await keeper.open("/admin")
    await page.get_by_role("link", name="In the queue").click()
    await page.get_by_role("textbox", name="Domain of a recipient").fill("nowhere.example")

    await expect(page.get_by_text("No such message.")).to_be_visible()
    await expect(page.get_by_role("button", name="Attempt now")).to_be_disabled()
    assert await keeper.violations() == []


async def test_a_message_is_held_released_and_attempted(house: House, keeper: Window) -> None:
    address = await stuck(house.served, house.sink, "patient", subject="A patient letter")
    arrived = len(house.sink.messages)
    page = await keeper.open("/admin/queue?q=patient")
    await expect(state(page, "A patient letter", "Deferred")).to_be_visible(timeout=30_000)
    assert await keeper.violations() == []

    await page.get_by_role("checkbox", name="Choose A patient letter").check()
    await page.get_by_role("button", name="Hold", exact=True).click()
    await expect(state(page, "A patient letter", "Held")).to_be_visible()
    await page.get_by_role("button", name="Undo").click()
    await expect(state(page, "A patient letter", "Deferred")).to_be_visible()

    await page.get_by_role("link", name="A patient letter").click()
    await expect(page.get_by_role("heading", name="A patient letter")).to_be_visible()
    recipient = page.get_by_role("row", name=re.compile(address))
    await expect(recipient.get_by_role("cell", name=BUSY)).to_be_visible()
    await expect(recipient.get_by_role("cell", name="1", exact=True)).to_be_visible()
    attempts = page.get_by_role("list", name=address).get_by_role("listitem")
    await expect(attempts.first).to_contain_text("Accepted from 127.0.0.1 by ESMTPA")
    deferral = attempts.filter(has_text="Put off by mx.north.example").first
    await expect(deferral).to_contain_text(BUSY)
    await expect(deferral).to_contain_text("Next attempt set for")
    assert await keeper.violations() == []

    del house.sink.always[f"RCPT {address}"]
    await page.get_by_role("button", name="Attempt now").click()
    await house.sink.wait_for(arrived + 1, timeout_s=30)
    await expect(recipient.get_by_role("cell").get_by_text("Delivered")).to_be_visible()
    await expect(page.get_by_role("button", name="Attempt now")).to_have_count(0)
    await expect(attempts.last).to_contain_text("Delivered to mx.north.example")
    assert address in house.sink.messages[-1].addresses

    await page.go_back()
    await expect(page.get_by_role("searchbox")).to_have_value("patient")


async def test_dropping_asks_first_and_is_final(house: House, keeper: Window) -> None:
    await stuck(house.served, house.sink, "unwanted", subject="An unwanted letter")
    page = await keeper.open("/admin/queue?q=unwanted")
    await page.get_by_role("checkbox", name="Choose all").check()

    await page.get_by_role("button", name="Drop…").click()
    await page.get_by_role("alertdialog").get_by_role("button", name="Cancel").click()
    await expect(line(page, "An unwanted letter")).to_be_visible()
    await page.get_by_role("button", name="Drop…").click()
    assert await keeper.violations() == []
    await page.get_by_role("alertdialog").get_by_role("button", name="Drop the message").click()

    await expect(page.get_by_text("1 message was dropped")).to_be_visible()
    await expect(line(page, "An unwanted letter")).to_have_count(0)
    await page.get_by_role("combobox", name="State").select_option(label="Dropped")
    await expect(state(page, "An unwanted letter", "Dropped")).to_be_visible()


async def test_a_message_is_hurried_and_returned_to_its_sender(house: House, keeper: Window) -> None:
    await stuck(house.served, house.sink, "returned", subject="A returned letter")
    page = await keeper.open("/admin/queue?q=returned")
    await expect(state(page, "A returned letter", "Deferred")).to_be_visible(timeout=30_000)
    await page.get_by_role("link", name="A returned letter").click()

    await page.get_by_role("button", name="Priority").click()
    await page.get_by_role("menuitem", name="Before the others").click()
    await expect(page.get_by_role("definition").get_by_text("Before the others")).to_be_visible()

    await page.get_by_role("button", name="Return to sender…").click()
    assert await keeper.violations() == []
    await page.get_by_role("alertdialog").get_by_role("button", name="Return the message").click()
    await expect(page.get_by_text("1 message goes back to its sender")).to_be_visible()
    await expect(page.get_by_role("cell").get_by_text("Failed").first).to_be_visible()


async def test_all_that_match_are_acted_on(house: House, keeper: Window) -> None:
    # Whatever is sent before the other process has heard of the pause comes back to wait.
    house.dns.add("bulk.example", "MX", "10 mx.north.example.")
    house.sink.always["RCPT many@bulk.example"] = BUSY
    page = await keeper.open("/admin/queue/destinations")
    await page.get_by_role("button", name="Pause a destination…").click()
    await page.get_by_role("dialog").get_by_role("button", name="Pause").click()
    await expect(page.get_by_text("Name a domain")).to_be_visible()
    await page.get_by_role("textbox", name="Domain").fill("Bulk.example")
    await page.get_by_role("dialog").get_by_role("button", name="Pause").click()
    destination = page.get_by_role("row", name=re.compile("bulk.example"))
    await expect(destination.get_by_role("cell").get_by_text("Paused")).to_be_visible()
    await asyncio.to_thread(
        submit, house.served.ports["submission"], "many@bulk.example", "One of many letters", 52
    )

    await page.get_by_role("link", name="bulk.example").click()
    await expect(page.get_by_text("52 messages")).to_be_visible()
    await page.get_by_role("checkbox", name="Choose all").check()
    await page.get_by_role("button", name="Choose all 52").click()
    await expect(page.get_by_text("All 52 chosen")).to_be_visible()
    await expect(page.get_by_role("button", name="Priority")).to_be_disabled()
    await page.get_by_role("button", name="Drop…").click()
    assert await keeper.violations() == []
    await page.get_by_role("alertdialog").get_by_role("button", name="Drop all").click()
    await expect(page.get_by_text("52 messages were dropped")).to_be_visible()
    await expect(page.get_by_text("No such message.")).to_be_visible()

    await page.get_by_role("tab", name="Destinations").click()
    await page.get_by_role("button", name="Resume bulk.example").click()
    await expect(destination).to_have_count(0)


async def test_all_sending_is_paused_and_resumed(house: House, keeper: Window) -> None:
    page = await keeper.open("/admin/queue/destinations")
    await page.get_by_role("button", name="Pause all sending…").click()
    await page.get_by_role("alertdialog").get_by_role("button", name="Pause all sending").click()
    banner = page.get_by_role("status").filter(has_text="All sending is paused.")
    await expect(banner).to_contain_text(f"By {ADMINISTRATOR}")
    await expect(page.get_by_role("button", name="Pause all sending…")).to_have_count(0)
    assert await keeper.violations() == []

    await page.get_by_role("link", name="Overview").click()
    await banner.get_by_role("button", name="Resume sending").click()
    await expect(banner).to_have_count(0)


async def test_axe_finds_nothing_on_a_phone(house: House) -> None:
    subject = "A letter for the evening"
    await stuck(house.served, house.sink, "evening", subject=subject)
    async with house.window(PHONE, color_scheme="light", reduced_motion="reduce") as opened:
        await opened.sign_in(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
        page = await opened.open("/admin/queue")
        await expect(line(page, subject)).to_be_visible()
        assert await opened.violations_in_both_themes() == []

        await page.get_by_role("link", name=subject).click()
        await expect(page.get_by_role("heading", name=subject)).to_be_visible()
        assert await opened.violations_in_both_themes() == []

        await opened.open("/admin/queue/destinations")
        await expect(page.get_by_role("row", name=re.compile("north.example"))).to_be_visible()
        assert await opened.violations_in_both_themes() == []
        assert opened.faults == []


async def test_the_queue_is_not_for_a_domain_administrator(maren: Window) -> None:
    page = await maren.open("/admin/queue")

    await expect(page.get_by_text("There is no such page")).to_be_visible()
    await expect(page.get_by_role("link", name="Queue")).to_have_count(0)
