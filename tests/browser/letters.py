"""Letters to Maren, and what one does with the opened one."""

from __future__ import annotations

import asyncio
import json
import time
from email.message import EmailMessage
from typing import Any

from playwright.async_api import FrameLocator, Page, expect

from tests.browser.conftest import MAREN, House
from tests.support.browser import Window
from tests.support.public_clients import send

_count = 0


def message(subject: str, text: str = "Hello", html: str = "", **fields: str) -> EmailMessage:
    """A message of Amara's to Maren; `fields` in snake case are header fields."""
    global _count  # noqa: PLW0603  # names of messages are counted
    _count += 1
    made = EmailMessage()
    headers = {
        "from": "Amara Okafor <amara@north.example>",
        "to": MAREN,
        "message_id": f"<{time.time_ns()}.{_count}@north.example>",
    }
    for name, value in (headers | fields).items():
        made[name.replace("_", "-")] = value
    made["Subject"] = subject
    made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    return made


def wire(one: EmailMessage) -> bytes:
    return one.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


async def deliver(house: House, *messages: EmailMessage) -> None:
    for one in messages:
        await asyncio.to_thread(send, house.served.ports["smtp"], "amara@north.example", [MAREN], wire(one))


async def open_message(opened: Window, subject: str) -> Page:
    """The newest message with that subject, once it is there."""
    async with asyncio.timeout(30):
        while True:
            found = (await opened.ask("{ view(limit: 60) { rows { id subject } } }"))["view"]["rows"]
            ref = next((row["id"] for row in found if row["subject"] == subject), None)
            if ref is not None:
                break
            await asyncio.sleep(0.1)
    page = opened.page
    await page.goto(f"{opened.base}/mail/inbox/{ref}")
    await expect(page.locator("iframe[data-shown]").first).to_be_visible()
    return page


def body(page: Page) -> FrameLocator:
    return page.frame_locator("section[data-own] iframe")


def notices(page: Page) -> Any:
    return page.get_by_role("region", name="Notices")


async def choose(page: Page, *names: str) -> None:
    """An entry of the menu of the open message."""
    await page.get_by_role("toolbar", name="Message").get_by_role("button", name="More").click()
    for name in names:
        await page.get_by_role("menuitem", name=name, exact=True).click()


async def prefer(page: Page, **preferences: Any) -> None:
    """Preferences of this browser from the next page on."""
    await page.context.add_init_script(
        f"localStorage.setItem('postroom.preferences', {json.dumps(json.dumps(preferences))})"
    )


async def received(house: House, recipient: str, words: bytes) -> bytes:
    """The message with these words that has come to a host elsewhere."""
    async with asyncio.timeout(30):
        while True:
            for one in house.sink.messages:
                if recipient in one.addresses and words in one.data:
                    return one.data
            await asyncio.sleep(0.1)
