# ruff: noqa: E501  # scripts that run in the page stay on one line
"""Reading a message: images, dark colours, paper, lists, junk (14, 16, 19, 20)."""

from __future__ import annotations

import asyncio
import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import ARCHIVIST, MAREN, PASSWORD, House
from tests.browser.letters import (
    body,
    choose,
    deliver,
    message,
    notices,
    open_message,
    prefer,
    received,
)
from tests.support.browser import Window
from tests.support.newsletters import ALL
from tests.support.public_clients import Mailbox

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_images_are_shown_once_always_or_never(house: House, maren: Window) -> None:
    html = "<p>Look</p><img src='https://pictures.example/{}.png' alt=Harbour width=300 height=400>"
    sender = {"from": "Shop <shop@north.example>"}
    await deliver(house, *(message(f"Picture {n}", html=html.format(n), **sender) for n in (1, 2)))
    asked: list[str] = []
    maren.page.on("request", lambda request: asked.append(request.url) if "/img/" in request.url else None)

    page = await open_message(maren, "Picture 1")
    note = page.get_by_role("note")
    await expect(note).to_contain_text("1 remote image is blocked")
    assert asked == []
    await expect(body(page).get_by_text("Harbour")).to_have_css("height", "120px")
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
    await maren.ask(
        'mutation { setSenderLook(address: "amara@north.example", ownColours: false, hideImages: false) }',
    )

    page = await maren.open("/settings/mail")
    await page.get_by_label("Remote images", exact=True).select_option("Never")
    await expect(notices(page).get_by_text("Saved")).to_be_visible()
    page = await open_message(maren, "Picture 3")
    await expect(body(page).get_by_text("Harbour")).to_be_visible()
    await expect(note).to_have_count(0)
    page = await open_message(maren, "Picture 2")
    await expect(body(page).locator("img")).to_have_attribute("src", re.compile(r"^/img/"))

    page = await maren.open("/settings/mail")
    await page.get_by_label("Remote images", exact=True).select_option("Always")
    await expect(notices(page).get_by_text("Saved")).to_be_visible()
    page = await open_message(maren, "Picture 3")
    await expect(body(page).locator("img")).to_have_attribute("src", re.compile(r"^/img/"))
    await page.goto(f"{maren.base}/settings/mail")
    await page.get_by_label("Remote images", exact=True).select_option("Ask first")
    await expect(notices(page).get_by_text("Saved")).to_be_visible()


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

    # The open message turns dark with the system, at sunset say.
    await prefer(maren.page, theme="system")
    page = await open_message(maren, "Winter list")
    await expect(page.get_by_role("button", name="Original colours")).to_have_count(0)
    await page.emulate_media(color_scheme="dark")
    await expect(page.get_by_role("button", name="Original colours")).to_be_visible()
    await expect(page.get_by_role("button", name="Light appearance")).to_be_visible()


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


# The key is pressed and the page asked in the frame that follows, before anything that loads can have come.
NEXT_FRAME = """() => new Promise((done) => {
  document.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', code: 'KeyJ', bubbles: true, cancelable: true }));
  requestAnimationFrame(() => {
    const [frame] = document.querySelectorAll('article iframe');
    const text = frame?.contentDocument.querySelector('body').textContent.trim() ?? '';
    done([document.querySelector('article h1').textContent, text !== '', frame?.clientHeight > 20]);
  });
})"""


async def test_a_message_that_was_fetched_ahead_is_whole_with_the_next_frame(house: House) -> None:
    async with house.window() as opened:
        await opened.sign_in(ARCHIVIST, PASSWORD)
        page = await opened.open("/mail/inbox")
        await page.get_by_role("row").first.click()
        title = page.get_by_role("article").get_by_role("heading", level=1)
        await expect(title).not_to_have_text("")
        first = await title.inner_text()
        await page.keyboard.press("j")
        await expect(title).not_to_have_text(first)
        await expect(page.locator("article iframe")).to_be_visible()
        second = await title.inner_text()
        await page.keyboard.press("k")
        await expect(title).to_have_text(first)

        assert await page.evaluate(NEXT_FRAME) == [second, True, True]
        assert opened.faults == []
