# ruff: noqa: E501  # scripts that run in the page stay on one line
"""Reading: images, dark colours, conversations, files, paper, origin, lists (14, 16 to 20)."""

from __future__ import annotations

import asyncio
import base64
import json
import re
import smtplib
import socket
import time
import zipfile
from collections.abc import AsyncIterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import FrameLocator, Page, expect

from tests.browser.conftest import MAREN, PASSWORD, House
from tests.support.browser import PHONE, Window
from tests.support.newsletters import ALL
from tests.support.public_clients import Mailbox, send
from tests.support.served import Served

pytestmark = pytest.mark.asyncio(loop_scope="package")

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
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


async def ask(opened: Window, document: str, **variables: Any) -> Any:
    answer = await opened.context.request.post(
        f"{opened.base}/graphql",
        data={"query": document, "variables": variables},
        headers={"X-Postroom-CSRF": "1"},
    )
    return (await answer.json())["data"]


async def open_message(opened: Window, subject: str) -> Page:
    """The newest message with that subject, once it is there."""
    async with asyncio.timeout(30):
        while True:
            found = (await ask(opened, "{ view(limit: 60) { rows { id subject } } }"))["view"]["rows"]
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


async def test_images_are_shown_once_always_or_never(house: House, maren: Window) -> None:
    html = "<p>Look</p><img src='https://pictures.example/{}.png' width=10 height=10>"
    sender = {"from": "Shop <shop@north.example>"}
    await deliver(house, *(message(f"Picture {n}", html=html.format(n), **sender) for n in (1, 2)))
    asked: list[str] = []
    maren.page.on("request", lambda request: asked.append(request.url) if "/img/" in request.url else None)

    page = await open_message(maren, "Picture 1")
    note = page.get_by_role("note")
    await expect(note).to_contain_text("1 remote image is blocked")
    assert asked == []
    await note.get_by_role("button", name="Show once").click()
    await expect(note).to_have_count(0)
    await expect(body(page).locator("img")).to_have_attribute("src", re.compile(r"^/img/\d+/0$"))
    page = await open_message(maren, "Picture 2")
    await expect(note).to_be_visible()

    await note.get_by_role("button", name="Always from this sender").click()
    await expect(note).to_have_count(0)
    page = await open_message(maren, "Picture 1")
    await expect(body(page).locator("img")).to_have_attribute("src", re.compile(r"^/img/"))
    assert all(url.startswith(f"{maren.base}/img/") for url in asked)

    await deliver(house, message("Picture 3", html=html.format(3)))
    page = await open_message(maren, "Picture 3")
    await note.get_by_role("button", name="Never from this sender").click()
    await expect(note).to_have_count(0)
    before = len(asked)
    page = await open_message(maren, "Picture 3")
    await expect(body(page).get_by_text("Look")).to_be_visible()
    await expect(note).to_have_count(0)
    assert len(asked) == before
    await ask(
        maren,
        'mutation { setSenderLook(address: "amara@north.example", ownColours: false, hideImages: false) }',
    )


CONTRASTS = """frames => frames.map(frame => {
  const page = frame.contentDocument, view = page.defaultView, pen = document.createElement('canvas').getContext('2d');
  const rgba = colour => { pen.clearRect(0, 0, 1, 1); pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data]; };
  const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, at) => sum + v * [.2126, .7152, .0722][at], 0);
  const ground = element => { for (; element; element = element.parentElement) {
    const style = view.getComputedStyle(element), colour = rgba(style.backgroundColor);
    const stop = /rgba?\\([^)]*\\)/.exec(style.backgroundImage);
    if (stop) return rgba(stop[0]);
    if (colour[3] > 128) return colour; } return [21, 29, 32]; };
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) { const text = walker.currentNode.data.trim(), element = walker.currentNode.parentElement;
    if (!text || element.tagName === 'STYLE') continue;
    const [high, low] = [light(rgba(view.getComputedStyle(element).color)), light(ground(element))].sort((a, b) => b - a);
    found.push([text, (high + .05) / (low + .05)]); }
  return found;
})"""


async def test_dark_colours_are_adapted_and_the_original_is_remembered_by_sender(
    house: House, maren: Window
) -> None:
    for subject, html in ALL.items():
        await deliver(
            house, message(subject, html=html, **{"from": f"News <{subject[:3].lower()}@north.example>"})
        )
    await prefer(maren.page, theme="dark")
    for subject in ALL:
        page = await open_message(maren, subject)
        [texts] = await page.locator("section[data-own] iframe").evaluate_all(CONTRASTS)
        assert texts
        assert [(text, round(ratio, 1)) for text, ratio in texts if ratio < 3.9] == []
        paper = await body(page).locator(".m-body").evaluate("e => getComputedStyle(e).backgroundColor")
        assert paper not in ("rgb(255, 255, 255)", "rgb(244, 244, 244)", "rgb(255, 253, 247)")

    await page.get_by_role("button", name="Original colours").click()
    await expect(page.get_by_role("button", name="Adapt colours")).to_be_visible()
    await expect(body(page).locator("html")).to_have_css("background-color", "rgb(255, 255, 255)")
    page = await open_message(maren, subject)
    await expect(page.get_by_role("button", name="Adapt colours")).to_be_visible()
    page = await open_message(maren, "Winter list")
    await expect(page.get_by_role("button", name="Original colours")).to_be_visible()


async def conversation(house: House, subject: str, count: int = 5) -> None:
    """`count` messages of Amara's, the one before the last answered by Maren from another program."""
    first = message(subject, "Number 1")
    replies: list[EmailMessage] = [first]
    for number in range(2, count + 1):
        replies.append(message(f"Re: {subject}", f"Number {number}", references=str(first["Message-ID"])))
    await deliver(house, *replies)
    own = message(
        f"Re: {subject}", "My own answer", references=str(first["Message-ID"]), **{"from": f"Maren <{MAREN}>"}
    )
    own.replace_header("To", "amara@north.example")

    def append() -> None:
        with Mailbox(house.served.ports["imap"], MAREN) as box:
            box.client.append("Sent", "(\\Seen)", "", own.as_bytes())

    await asyncio.to_thread(append)


async def test_a_conversation_holds_what_was_sent_folds_opens_and_turns_around(
    house: House, maren: Window
) -> None:
    await conversation(house, "North wing")
    page = await open_message(maren, "Re: North wing")
    sections = page.locator("section[data-message]")
    await page.get_by_role("button", name="Open the whole conversation").click()
    await expect(sections).to_have_count(6)
    await expect(page.locator("section[data-message] iframe[data-shown]")).to_have_count(6)
    await expect(sections.last.frame_locator("iframe").get_by_text("My own answer")).to_be_visible()
    await expect(sections.first.frame_locator("iframe").get_by_text("Number 1", exact=True)).to_be_visible()

    await page.get_by_role("button", name="Fold the conversation").click()
    await expect(page.get_by_role("button", name="4 earlier messages")).to_be_visible()
    await expect(sections).to_have_count(2)

    await page.keyboard.press("n")
    await expect(sections.last).to_be_focused()
    await page.keyboard.press("p")
    await expect(page.locator("section[data-own]")).to_be_focused()

    await prefer(page, conversationOrder="newest-first")
    await page.reload()
    await expect(sections.first.get_by_role("heading").first).to_contain_text("Maren")


async def test_a_conversation_is_split_and_joined_and_can_be_turned_off(house: House, maren: Window) -> None:
    await conversation(house, "South wing", 3)
    page = await open_message(maren, "Re: South wing")
    await expect(page.locator("section[data-message]")).to_have_count(4)

    await choose(page, "Split conversation here")

    await expect(page.locator("section[data-message]")).to_have_count(2)
    await notices(page).get_by_role("button", name="Undo").last.click()
    await expect(notices(page).get_by_text("Conversations joined")).to_be_visible()
    await expect(page.locator("section[data-message]")).to_have_count(4)
    await choose(page, "No conversations in this folder")
    await expect(page.locator("section[data-message]")).to_have_count(1)
    await page.reload()
    await expect(page.locator("section[data-message]")).to_have_count(1)
    await choose(page, "Conversations in this folder")
    await expect(page.locator("section[data-message]")).to_have_count(4)


async def with_files(house: House, subject: str) -> None:
    made = message(subject, "See the files")
    made.add_attachment(PIXEL, maintype="image", subtype="png", filename="plan.png")
    made.add_attachment(PDF, maintype="application", subtype="pdf", filename="plan.pdf")
    made.add_attachment("Grüße\n<script>alert(1)</script>".encode("latin-1"), maintype="text", subtype="plain",
                        filename="notes.txt", params={"charset": "iso-8859-1"})  # fmt: skip
    inner = message("The letter inside", html="<p>Old news</p><img src='https://pictures.example/x.png'>")
    inner.add_attachment(b"deep", maintype="text", subtype="plain", filename="deep.txt")
    made.add_attachment(inner)
    card = b"BEGIN:VCARD\r\nFN:Sofia Rossi\r\nEMAIL:sofia@north.example\r\nURL:javascript:alert(1)\r\nEND:VCARD\r\n"
    made.add_attachment(card, maintype="text", subtype="vcard", filename="sofia.vcf")
    made.add_attachment(b"PK", maintype="application", subtype="zip", filename="rest.zip")
    await deliver(house, made)


async def test_files_are_seen_before_they_are_saved(house: House, maren: Window, tmp_path: Path) -> None:
    await with_files(house, "All kinds of files")
    page = await open_message(maren, "All kinds of files")
    files = page.get_by_role("region", name="Attachments").first
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


async def received(house: House, recipient: str, words: bytes) -> bytes:
    """The message with these words that has come to a host elsewhere."""
    async with asyncio.timeout(30):
        while True:
            for one in house.sink.messages:
                if recipient in one.addresses and words in one.data:
                    return one.data
            await asyncio.sleep(0.1)


PRINTED = """() => {
  const plain = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, 'contentWindow').get;
  Object.defineProperty(HTMLIFrameElement.prototype, 'contentWindow', {get() {
    const view = plain.call(this);
    if (view && this.dataset.print !== undefined) view.print = () => {
      const roots = [...view.document.querySelectorAll('article')];
      window.printed = {text: view.document.body.innerText, policy: view.document.head.innerHTML,
        bodies: roots.map(one => one.querySelector('div').shadowRoot.querySelector('p').textContent),
        colours: roots.map(one => view.getComputedStyle(one.querySelector('div').shadowRoot.querySelector('p')).color)};
    };
    return view;
  }});
}"""


async def test_a_message_and_a_conversation_are_printed_with_their_heads(house: House, maren: Window) -> None:
    first = message("On paper", html="<style>p{color:#ff0000}</style><p>Red letter</p>")
    reply = message("Re: On paper", html="<p>Plain letter</p>", references=str(first["Message-ID"]))
    await deliver(house, first, reply)
    await prefer(maren.page, theme="dark")
    page = await open_message(maren, "Re: On paper")
    await page.evaluate(PRINTED)

    await choose(page, "Print")
    await page.wait_for_function("window.printed !== undefined")
    one = await page.evaluate("window.printed")
    await page.evaluate("delete window.printed")
    await choose(page, "Print conversation")
    await page.wait_for_function("window.printed !== undefined")
    whole = await page.evaluate("window.printed")

    assert one["bodies"] == ["Plain letter"]
    for words in ("Re: On paper", "From", "Amara Okafor <amara@north.example>", "To", MAREN, "Date"):
        assert words in one["text"]
    assert whole["bodies"] == ["Red letter", "Plain letter"]
    # Neither the dark page nor the other message colours a letter on paper.
    assert whole["colours"] == ["rgb(255, 0, 0)", "rgb(0, 0, 0)"]
    assert "default-src 'none'" in whole["policy"]


async def test_a_list_is_left_by_a_letter_and_that_is_remembered(house: House, maren: Window) -> None:
    field = "<mailto:leave@north.example?subject=take%20me%20off>"
    await deliver(house, message("Garden letter", list_unsubscribe=field, list_id="<garden.north.example>"))
    page = await open_message(maren, "Garden letter")

    await page.get_by_role("button", name="Unsubscribe", exact=True).click()
    question = page.get_by_role("alertdialog")
    await expect(question).to_contain_text("leave@north.example")
    await question.get_by_role("button", name="Unsubscribe", exact=True).click()

    await expect(page.get_by_text("You asked to leave this list on")).to_be_visible()
    assert b"take me off" in await received(house, "leave@north.example", b"take me off")
    await deliver(house, message("Garden letter 2", list_unsubscribe=field, list_id="<garden.north.example>"))
    page = await open_message(maren, "Garden letter 2")
    await expect(page.get_by_text("You asked to leave this list on")).to_be_visible()


async def test_a_junk_report_goes_on_to_the_next_message_and_comes_back(house: House, maren: Window) -> None:
    await deliver(house, message("Neighbour of junk"), message("Truly junk"))
    page = await open_message(maren, "Truly junk")

    await page.keyboard.press("!")

    await expect(page.get_by_role("article").get_by_role("heading", level=1)).to_have_text(
        "Neighbour of junk"
    )

    def reported() -> list[int]:
        with Mailbox(house.served.ports["imap"], MAREN, "Junk") as box:
            return box.wait(1, "KEYWORD", "$Junk", "SUBJECT", '"Truly junk"')

    assert len(await asyncio.to_thread(reported)) == 1
    await notices(page).get_by_role("button", name="Undo").last.click()
    await expect(page.get_by_role("row", name=re.compile("Truly junk")).first).to_be_visible()


async def test_where_a_message_comes_from_is_said_in_plain_words(house: House, maren: Window) -> None:
    hop = "from desk ([192.0.2.4]) by mx.north.example with ESMTPS (TLSv1.3); Sun, 22 Nov 2026 10:00:00 +0000"
    await deliver(house, message("From afar", received=hop))
    page = await open_message(maren, "From afar")

    await choose(page, "Where it comes from")

    dialog = page.get_by_role("dialog", name="Where it comes from")
    await expect(dialog).to_contain_text("It was not checked")
    await expect(dialog.get_by_role("listitem").first).to_contain_text("from desk to mx.north.example")
    await expect(dialog.get_by_role("listitem").first).to_contain_text("encrypted TLSv1.3")
    await dialog.get_by_role("tab", name="Headers").click()
    await expect(dialog.get_by_text("Subject: From afar")).to_be_visible()
    await dialog.get_by_role("tab", name="Source").click()
    await expect(dialog.get_by_text("Hello", exact=False)).to_be_visible()
    async with page.expect_download() as saved:
        await dialog.get_by_role("button", name="Download message").click()
    assert (await saved.value).suggested_filename.endswith(".eml")


STRANGER = "198.51.100.22"


class Proxied(smtplib.SMTP):
    """A client that comes from far away, as the proxy says."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        found = super()._get_socket(host, port, timeout)  # type: ignore[misc]  # the stubs leave it out
        found.sendall(f"PROXY TCP4 {STRANGER} 127.0.0.1 4711 25\r\n".encode())
        return found


@pytest_asyncio.fixture(scope="module", loop_scope="package")
async def watchful(house: House, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """A house that trusts no network; a proxy before it tells who comes, so that it is checked."""
    host, port = house.dns.address
    served = Served(
        tmp_path_factory.mktemp("watchful"),
        POSTROOM_DNS_SERVERS=f"{host}:{port}",
        POSTROOM_TRUSTED_NETWORKS="192.0.2.0/24",
        POSTROOM_PROXY_NETWORKS="127.0.0.0/8",
    )
    house.dns.add("honest.example", "TXT", f'"v=spf1 ip4:{STRANGER} -all"')
    house.dns.add("_dmarc.honest.example", "TXT", '"v=DMARC1; p=none"')
    house.dns.add("_dmarc.bank.example", "TXT", '"v=DMARC1; p=none"')
    await served.cli("demo", "--json", "--messages", "1", timeout_s=180)
    await served.start()
    yield House(served, house.sink, house.dns, house.browser)
    await served.stop()


async def test_a_sender_is_verified_with_the_reason_and_only_by_our_own_word(watchful: House) -> None:
    claim = "mail.example.test; dkim=pass header.d=bank.example; dmarc=pass header.from=bank.example"
    honest = message("Honest", **{"from": "Hanna <hanna@honest.example>"})
    false = message("From your bank", **{"from": "Bank <help@bank.example>", "authentication_results": claim})

    def hand_over() -> None:
        for one, sender in ((honest, "hanna@honest.example"), (false, "mallory@honest.example")):
            with Proxied("127.0.0.1", watchful.served.ports["smtp"], timeout=60) as client:
                client.ehlo("mx.honest.example")
                client.sendmail(sender, [MAREN], wire(one))

    await asyncio.to_thread(hand_over)
    async with watchful.window() as opened:
        await opened.sign_in(MAREN, PASSWORD)
        page = await open_message(opened, "Honest")

        await page.get_by_role("button", name="Verified", exact=True).click()
        await expect(page.get_by_role("dialog")).to_contain_text(
            "This message really comes from honest.example"
        )
        await expect(page.get_by_role("dialog")).to_contain_text(
            "The host that sent it may send for honest.example"
        )
        page = await open_message(opened, "From your bank")
        await expect(page.get_by_role("button", name="Sender is not who it says")).to_be_visible()
        await expect(page.get_by_role("button", name="Verified", exact=True)).to_have_count(0)
        await choose(page, "Where it comes from")
        words = page.get_by_role("dialog", name="Where it comes from")
        await expect(words).to_contain_text("The message is not what bank.example asks its mail to be")
        assert opened.faults == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [None, PHONE], ids=["desktop", "phone"])
async def test_reading_is_open_to_everybody(house: House, theme: str, size: Any) -> None:
    async with house.window(size) as opened:
        await opened.sign_in(MAREN, PASSWORD)
        await prefer(opened.page, theme=theme)
        await with_files(house, f"Files for axe {theme} {bool(size)}")
        page = await open_message(opened, f"Files for axe {theme} {bool(size)}")
        assert await opened.violations() == []

        await page.get_by_role("button", name="Open notes.txt").click()
        await expect(page.get_by_role("dialog").get_by_text("Grüße")).to_be_visible()
        assert await opened.violations() == []
        await page.keyboard.press("Escape")
        await choose(page, "Where it comes from")
        await expect(page.get_by_role("dialog").get_by_text("It was not checked")).to_be_visible()
        assert await opened.violations() == []
        assert opened.faults == []
