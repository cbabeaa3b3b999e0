"""Files and invitations in messages, seen before they are saved (18)."""

from __future__ import annotations

import base64
import re
import time
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.browser.conftest import MAREN, PASSWORD, House
from tests.browser.letters import (
    choose,
    deliver,
    message,
    open_message,
    received,
)
from tests.support.browser import PHONE, Window

pytestmark = pytest.mark.asyncio(loop_scope="package")


@pytest.fixture
def house(house: House, whole_browser: Browser) -> House:
    """Not every browser has a viewer of PDF."""
    return replace(house, browser=whole_browser)


PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n"
)
INVITE = """BEGIN:VCALENDAR\r
METHOD:REQUEST\r
BEGIN:VEVENT\r
UID:{uid}\r
SEQUENCE:0\r
SUMMARY:Site visit\r
DTSTART:20261201T133000Z\r
DTEND:20261201T150000Z\r
LOCATION:North wing\r
ORGANIZER;CN=Amara Okafor:mailto:amara@north.example\r
ATTENDEE;CN=Maren;RSVP=TRUE:mailto:maren.holt@example.org\r
END:VEVENT\r
END:VCALENDAR\r
"""


async def with_files(house: House, subject: str) -> None:
    made = message(subject, "See the files")
    made.add_attachment(PIXEL, maintype="image", subtype="png", filename="plan.png")
    made.add_attachment(PDF, maintype="application", subtype="pdf", filename="plan.pdf")
    notes = "Grüße\n<script>alert(1)</script>".encode("latin-1")
    made.add_attachment(notes, "text", "plain", filename="notes.txt", params={"charset": "iso-8859-1"})
    inner = message("The letter inside", html="<p>Old news</p><img src='https://pictures.example/x.png'>")
    inner.add_attachment(b"deep", maintype="text", subtype="plain", filename="deep.txt")
    made.add_attachment(inner)
    card = b"FN:Sofia Rossi\r\nEMAIL:sofia@north.example\r\nURL:javascript:alert(1)"
    card = b"BEGIN:VCARD\r\n" + card + b"\r\nEND:VCARD\r\n"
    made.add_attachment(card, maintype="text", subtype="vcard", filename="sofia.vcf")
    made.add_attachment(b"PK", maintype="application", subtype="zip", filename="rest.zip")
    await deliver(house, made)


async def test_files_are_seen_before_they_are_saved(house: House, maren: Window, tmp_path: Path) -> None:
    await with_files(house, "All kinds of files")
    page = await open_message(maren, "All kinds of files")
    files = page.get_by_role("group", name="Attachments").first
    dialog = page.get_by_role("dialog")

    await files.get_by_role("button", name="Open plan.png").click()
    picture = dialog.get_by_role("img", name="plan.png")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("img => img.naturalWidth") == 1
    await dialog.get_by_role("button", name="Next file").click()
    await expect(dialog.get_by_role("heading", name="plan.pdf")).to_be_visible()
    if await page.evaluate("navigator.pdfViewerEnabled"):
        await expect(dialog.locator("iframe")).to_have_attribute("src", re.compile(r"\?inline=1$"))
    else:
        await expect(dialog.get_by_text("This browser shows no PDF files")).to_be_visible()
    await dialog.get_by_role("button", name="Next file").click()
    await expect(dialog.get_by_text("Grüße")).to_be_visible()
    await expect(dialog.get_by_text("<script>alert(1)</script>")).to_be_visible()
    await dialog.get_by_role("button", name="Next file").click()
    inner = dialog.get_by_role("article", name="The letter inside")
    await expect(inner.frame_locator("iframe").get_by_text("Old news")).to_be_visible()
    await expect(inner.get_by_role("note")).to_contain_text("1 remote image is blocked")
    await inner.get_by_role("button", name="Open deep.txt").click()
    await expect(page.get_by_role("dialog").last.get_by_text("deep", exact=True)).to_be_visible()
    await page.get_by_role("dialog").last.get_by_role("button", name="Close", exact=True).last.click()
    await dialog.get_by_role("button", name="Next file").click()
    card = dialog.get_by_role("article", name="Sofia Rossi")
    await expect(card.get_by_role("link", name="sofia@north.example")).to_be_visible()
    await expect(card.get_by_text("javascript:alert(1)")).to_be_visible()
    await expect(card.get_by_role("link", name="javascript")).to_have_count(0)
    await expect(dialog.get_by_role("button", name="Next file")).to_be_disabled()
    await dialog.get_by_role("button", name="Close", exact=True).last.click()
    await expect(dialog).to_have_count(0)

    async with page.expect_download() as saved:
        await files.get_by_role("link", name="Download all").click()
    target = tmp_path / "all.zip"
    await (await saved.value).save_as(target)
    with zipfile.ZipFile(target) as archive:
        assert archive.namelist()[:3] == ["plan.png", "plan.pdf", "notes.txt"]
        assert len(archive.namelist()) == 6


async def test_an_invitation_is_answered_by_mail(house: House, maren: Window) -> None:
    made = message("Invitation: Site visit", "Please come")
    text = INVITE.format(uid=f"visit-{time.time_ns()}@north.example")
    made.add_alternative(text, subtype="calendar", params={"method": "REQUEST"})
    await deliver(house, made)
    page = await open_message(maren, "Invitation: Site visit")
    event = page.get_by_role("region", name="Event: Site visit")
    await expect(event).to_contain_text("North wing")
    await expect(event).to_contain_text(re.compile("1 December 2026"))

    await event.get_by_role("button", name="Accept").click()

    await expect(event.get_by_role("button", name="Accept")).to_have_attribute("aria-pressed", "true")
    reply = await received(house, "amara@north.example", b"Accepted: Site visit")
    assert b"method=REPLY" in reply
    assert b"PARTSTAT=ACCEPTED" in reply
    page = await open_message(maren, "Invitation: Site visit")
    await expect(event.get_by_role("button", name="Accept")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("size", [None, PHONE], ids=["desktop", "phone"])
async def test_reading_is_open_to_everybody(house: House, size: Any) -> None:
    async with house.window(size, color_scheme="light", reduced_motion="reduce") as opened:
        await opened.sign_in(MAREN, PASSWORD)
        await with_files(house, f"Files for axe {bool(size)}")
        page = await open_message(opened, f"Files for axe {bool(size)}")
        assert await opened.violations_in_both_themes() == []

        await page.get_by_role("button", name="Open notes.txt").click()
        await expect(page.get_by_role("dialog").get_by_text("Grüße")).to_be_visible()
        assert await opened.violations_in_both_themes() == []
        await page.keyboard.press("Escape")
        await choose(page, "Where it comes from")
        await expect(page.get_by_role("dialog").get_by_text("It was not checked")).to_be_visible()
        assert await opened.violations_in_both_themes() == []
        assert opened.faults == []
