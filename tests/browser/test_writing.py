"""What a user keeps for writing: signatures by address, templates, plain text."""

from __future__ import annotations

import asyncio
import imaplib
import re
from collections.abc import AsyncIterator
from email import message_from_bytes
from email.policy import default

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.browser import letters
from tests.browser.conftest import MAREN, PASSWORD, House
from tests.browser.test_mail import row
from tests.support.browser import Window

pytestmark = pytest.mark.asyncio(loop_scope="package")


SET_SENDER = """mutation($address: String!, $input: SenderInput!) {
  setSender(address: $address, input: $input) }"""


@pytest_asyncio.fixture(autouse=True, loop_scope="package")
async def unsigned(maren: Window) -> AsyncIterator[None]:
    """Afterwards no message begins with a signature, and Maren writes by her own name."""
    yield
    await maren.ask(SET_SENDER, address=MAREN, input={})
    for one in (await maren.ask("{ signatures { id } }"))["signatures"]:
        await maren.ask("mutation($id: ID!) { removeSignature(id: $id) }", id=one["id"])


PICTURED = '<p>Hello <img src="https://elsewhere.example/a.png" alt="Our garden" width="300"></p>'


def editor(page: Page):
    return page.locator("[contenteditable=true][aria-label='Message text']")


def stored(house: House, mailbox: str, subject: str) -> bytes:
    """The newest message of Maren's with that subject, as a mail program gets it."""
    client = imaplib.IMAP4("127.0.0.1", house.served.ports["imap"], timeout=30)
    client.login(MAREN, PASSWORD)
    client.select(mailbox, readonly=True)
    found = client.uid("SEARCH", "SUBJECT", f'"{subject}"')[1][0].split()
    raw: bytes = client.uid("FETCH", found[-1].decode(), "(BODY.PEEK[])")[1][0][1]
    client.logout()
    return raw


async def write(page: Page) -> None:
    """Begins a message by its key, once the page hears keys."""
    await expect(page.get_by_role("grid", name="Inbox")).to_be_visible()
    await page.keyboard.press("c")
    await expect(editor(page)).to_be_visible()


async def kept_signature(page: Page, name: str, text: str) -> None:
    await page.get_by_role("button", name="New signature").click()
    dialog = page.get_by_role("dialog", name="New signature")
    await dialog.get_by_label("Name").fill(name)
    await dialog.get_by_role("textbox", name="Text").click()
    await page.keyboard.type(text)
    await dialog.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("list", name="Signatures").get_by_text(name)).to_be_visible()


async def test_signatures_belong_to_an_address_and_stand_before_the_original(
    house: House, maren: Window
) -> None:
    page = await maren.open("/settings/signatures")
    await kept_signature(page, "Formal", "Maren Holt, Example")
    await kept_signature(page, "Short", "M.")
    assert await maren.violations() == []
    await page.get_by_role("link", name="Addresses").click()
    await page.get_by_role("button", name="Change maren.holt@example.org").click()
    dialog = page.get_by_role("dialog", name="maren.holt@example.org")
    await dialog.get_by_label("Display name").fill("M. Holt")
    await dialog.get_by_label("Answers go to").fill("not an address")
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog.get_by_text("is not a mail address")).to_be_visible()
    await dialog.get_by_label("Answers go to").fill("team@example.org")
    await dialog.get_by_label("Signature of new messages").select_option(label="Formal")
    await dialog.get_by_label("Signature of answers").select_option(label="Short")
    await dialog.get_by_label("Write from this address by default").check()
    assert await maren.violations() == []
    await dialog.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Answers go to team@example.org")).to_be_visible()

    await letters.deliver(house, letters.message("A letter to be answered", html=PICTURED))
    await page.goto(f"{maren.base}/mail/inbox")
    await write(page)
    await expect(editor(page).locator("[data-signature]")).to_have_text("Maren Holt, Example")
    await page.get_by_role("button", name="More for this message").click()
    await page.get_by_role("menuitemradio", name="Short").click()
    await expect(editor(page).locator("[data-signature]")).to_have_text("M.")
    await page.get_by_role("button", name="Discard").click()

    await row(page, "A letter to be answered").click()
    await page.get_by_role("button", name="Reply", exact=True).click()
    lines = editor(page).locator("> *")
    await expect(editor(page).locator("[data-signature]")).to_have_text("M.")
    kinds = await lines.evaluate_all(
        "all => all.map(e => e.dataset.signature ? 'signature' : e.dataset.quotedView ? 'original'"
        " : e.textContent.includes('wrote:') ? 'said' : e.textContent === '' ? '' : 'text')"
    )
    assert kinds == ["", "", "signature", "", "said", "original"]
    # Nothing is asked of strangers while one writes: something stands for what they would show.
    held = editor(page).locator("[data-quoted-view] [data-held]")
    await expect(held).to_have_text("Our garden")
    await expect(held).to_have_css("width", "300px")
    await editor(page).press("ControlOrMeta+Home")
    await page.keyboard.type("Thank you. See www.example.org, ")
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(page.get_by_role("dialog")).to_have_count(0)

    raw = await asyncio.to_thread(stored, house, "Sent", "Re: A letter to be answered")
    sent = message_from_bytes(raw, policy=default)
    [author] = sent["From"].addresses
    assert (author.display_name, author.addr_spec) == ("M. Holt", MAREN)
    assert sent["Reply-To"] == "team@example.org"
    part = sent.get_body(("html",))
    assert part is not None
    html = part.get_content()
    assert html.index("Thank you.") < html.index("M.<") < html.index("wrote:")
    assert '<a href="https://www.example.org" rel="noopener noreferrer">www.example.org</a>, ' in html
    assert '<img src="https://elsewhere.example/a.png" alt="Our garden" width="300">' in html
    # What the editor marks stays here.
    assert re.search(r"data-|contenteditable|blob:|/files/|/img/", html) is None


async def test_a_message_becomes_a_template_and_begins_another(maren: Window) -> None:
    page = await maren.open("/mail/inbox")
    await write(page)
    await page.get_by_role("textbox", name="Subject").fill("Welcome to the garden")
    await editor(page).click()
    await page.keyboard.press("ControlOrMeta+Home")
    await page.keyboard.type("Dear friend, come in.")
    await page.get_by_role("button", name="More for this message").click()
    await page.get_by_role("menuitem", name="Save as template…").click()
    await page.get_by_role("dialog", name="Save as template").get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Template saved")).to_be_visible()
    await page.get_by_role("button", name="Discard").click()

    await write(page)
    await editor(page).click()
    await page.get_by_role("button", name="More for this message").click()
    await page.get_by_role("menuitem", name="Insert a template…").click()
    await page.get_by_role("searchbox", name="Search templates").fill("welc")
    await page.keyboard.press("Enter")

    await expect(editor(page)).to_contain_text("Dear friend, come in.")
    await expect(page.get_by_role("textbox", name="Subject")).to_have_value("Welcome to the garden")


async def test_plain_text_goes_as_text_alone(house: House, maren: Window) -> None:
    page = await maren.open("/mail/inbox")
    await write(page)
    await page.get_by_role("combobox", name="To").fill("amara@north.example")
    await page.get_by_role("textbox", name="Subject").fill("In plain words")
    await editor(page).click()
    await page.keyboard.press("ControlOrMeta+a")
    await page.keyboard.type("All is well. " * 12)
    await page.get_by_role("button", name="More for this message").click()
    await page.get_by_role("menuitem", name="Write plain text").click()
    area = page.get_by_role("textbox", name="Message text")
    await expect(area).to_have_value(re.compile("All is well"))
    await expect(page.get_by_role("button", name="Bold")).to_have_count(0)
    assert await maren.violations() == []

    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(page.get_by_role("dialog")).to_have_count(0)

    raw = await asyncio.to_thread(stored, house, "Sent", "In plain words")
    assert b"Content-Type: text/plain; charset=utf-8; format=flowed" in raw
    assert b"multipart/alternative" not in raw
    assert all(len(line) <= 78 for line in raw.split(b"\r\n\r\n", 1)[1].split(b"\r\n"))


TRUST = "mutation($address: String!) { trustSender(address: $address, trusted: true) }"


async def test_pictures_of_a_trusted_sender_are_seen_in_what_is_answered(house: House, maren: Window) -> None:
    sender = {"from": "Nursery <nursery@north.example>"}
    await letters.deliver(house, letters.message("Pictures to answer", html=PICTURED, **sender))
    page = await letters.open_message(maren, "Pictures to answer")
    answer = page.get_by_role("button", name="Reply", exact=True)
    original = editor(page).locator("[data-quoted-view]")
    await answer.click()
    await expect(original.locator("[data-held]")).to_have_text("Our garden")
    await page.get_by_role("button", name="Discard").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await maren.ask(TRUST, address="nursery@north.example")

    await answer.click()
    picture = original.locator("img")
    await expect(picture).to_have_attribute("src", re.compile(r"^/img/\d+/0$"))
    await expect(picture).to_have_attribute("alt", "Our garden")
    await expect(original.locator("[data-held]")).to_have_count(0)
    await editor(page).press("ControlOrMeta+Home")
    await page.keyboard.type("Lovely")
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(page.get_by_role("dialog")).to_have_count(0)

    sent = await asyncio.to_thread(stored, house, "Sent", "Re: Pictures to answer")
    html = next(
        part.get_content()
        for part in message_from_bytes(sent, policy=default).walk()
        if part.get_content_type() == "text/html"
    )
    assert 'src="https://elsewhere.example/a.png"' in html
    assert "/img/" not in html
