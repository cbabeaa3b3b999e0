"""From an empty installation to an answered message, only through the screens."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.browser.conftest import House
from tests.browser.test_mail import deliver, frame, row
from tests.support.dns_stub import DnsStub
from tests.support.served import Served
from tests.support.smtp_sink import Sink

pytestmark = pytest.mark.asyncio(loop_scope="package")

ADMINISTRATOR_PASSWORD, PASSWORD = "a wide calm river 7", "nine quiet gardens 4"
SUNNIVA = "sunniva@fresh.example"


@pytest_asyncio.fixture(loop_scope="package")
async def fresh(
    outside: tuple[Sink, dict[str, str]],
    dns: DnsStub,
    browser: Browser,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[House]:
    """A server that nobody has set up."""
    sink, variables = outside
    served = Served(tmp_path_factory.mktemp("fresh"), **variables)
    await served.start()
    yield House(served, sink, dns, browser)
    await served.close()


@pytest.mark.slow
async def test_set_up_read_answer_undo_send_and_administer(fresh: House) -> None:
    arrived = len(fresh.sink.messages)
    async with fresh.window(with_worker=True) as opened:
        page = await opened.open()

        await expect(page.get_by_role("heading", name="Who looks after the system?")).to_be_visible()
        assert await opened.violations() == []
        await page.get_by_role("textbox", name="Name").fill("keeper")
        await page.get_by_label("Password", exact=True).fill(ADMINISTRATOR_PASSWORD)
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", name="Which domain is the mail for?")).to_be_visible()
        await page.get_by_role("textbox", name="Domain").fill("fresh.example")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", name="Who gets the first mailbox?")).to_be_visible()
        await page.get_by_role("textbox", name="Name").fill("Sunniva Dahl")
        await page.get_by_role("textbox", name="Address").fill("sunniva")
        await page.get_by_label("Password", exact=True).fill(PASSWORD)
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", name="Is everything right?")).to_be_visible()
        await page.locator("form").get_by_role("button").last.click()
        await expect(page.get_by_role("heading", name="Your mail server is ready")).to_be_visible()
        await expect(page.get_by_text("v=spf1").first).to_be_visible()
        assert await opened.violations() == []
        await page.get_by_role("button", name=re.compile("mail|inbox", re.IGNORECASE)).last.click()

        await expect(page.get_by_role("region", name="Inbox").get_by_text("All quiet.")).to_be_visible()
        await deliver(fresh, "The first letter", "Welcome to your own server.", SUNNIVA)
        await row(page, "The first letter").click()
        await expect(frame(page).get_by_text("Welcome to your own server.")).to_be_visible()

        await page.get_by_role("button", name="Reply", exact=True).click()
        text = page.get_by_role("dialog").get_by_role("textbox", name="Message text")
        await expect(text).to_be_visible()
        await text.press_sequentially("Thank you, it works.")
        await page.get_by_role("button", name="Send", exact=True).click()
        await page.get_by_role("region", name="Notices").get_by_role("button", name="Undo").click()
        await expect(text).to_contain_text("Thank you, it works.")
        await text.press("Control+Home")
        await text.press_sequentially("Hello! ")
        await page.get_by_role("button", name="Send", exact=True).click()
        await fresh.sink.wait_for(arrived + 1, timeout_s=40)

        [gone] = fresh.sink.messages[arrived:]
        assert (gone.sender, gone.addresses) == (SUNNIVA, ["amara@north.example"])
        assert b"Hello! Thank you, it works." in gone.data.replace(b"=\r\n", b"")
        assert b"Subject: Re: The first letter" in gone.data

        await page.get_by_role("link", name="Admin").click()
        await expect(page.get_by_role("heading", name="fresh.example")).to_be_visible()
        await expect(page.get_by_role("table").get_by_text(SUNNIVA)).to_be_visible()
        assert opened.faults == []
        assert opened.foreign == []
