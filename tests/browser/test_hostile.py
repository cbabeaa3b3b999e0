# ruff: noqa: E501  # scripts that run in the page stay on one line
"""Mail that wants to run, load, leave its frame or break the page: nothing of it may happen (13, 15)."""

from __future__ import annotations

import asyncio
import smtplib
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.browser.conftest import PASSWORD, SOFIA, House
from tests.support.browser import Window
from tests.support.hostile_html import MARK, Case, bulk, cases
from tests.support.public_clients import any_certificate

pytestmark = pytest.mark.asyncio(loop_scope="package")

AT_ONCE = 60
# Text in these is no text any more, whoever reads it.
UNREADABLE = {"utf-16 declared over ascii", "an empty related", "base64 that is none"}

LOOK = """() => {
  const forbidden = 'script,iframe,frame,frameset,object,embed,applet,form,input,button,textarea,select,link,base,'
    + 'meta,svg,math,video,audio,source,template,dialog,portal,canvas,marquee,noscript,xmp,plaintext,title,style style';
  return [...document.querySelectorAll('section[data-message]')].map(section => {
    const frame = section.querySelector('iframe'), page = frame?.contentDocument, found = [];
    if (!page) return {found: ['no frame'], text: '', height: 0};
    for (const element of page.body.querySelectorAll(forbidden)) found.push(element.tagName);
    for (const element of page.body.querySelectorAll('*')) {
      for (const {name, value} of element.attributes) {
        if (/^on/i.test(name) || /script:/i.test(value) && /href|src|action|background/.test(name)) found.push(name);
        if (/^(src|background)$/.test(name) && !/^(\\/files\\/|\\/img\\/|data:image\\/)/.test(value)) found.push(value);
        if (name === 'href' && !/^(https?:|mailto:|tel:|#)/i.test(value.replace(/[\\0-\\x20]/g, ''))) found.push(value);
        if (/^(srcset|srcdoc|action|formaction|ping|poster|data|target)$/.test(name) && value !== '_blank')
          found.push(name);
      }
      if (['fixed', 'absolute', 'sticky'].includes(page.defaultView.getComputedStyle(element).position))
        found.push('position of ' + element.tagName);
    }
    return {found, text: page.body.innerText, height: frame.clientHeight,
            sandbox: frame.getAttribute('sandbox'), hasRun: 'pwned' in page.defaultView};
  });
}"""
LAYOUT = """() => ['nav', '[role=grid]', '[role=toolbar]', 'main'].map(name => {
  const box = document.querySelector(name)?.getBoundingClientRect();
  return box && [name, box.x, box.y, box.width, box.height];
}).concat([[document.title.replace(/^(\\(\\d+\\) )?Layout, \\w+ /, ''), document.documentElement.scrollWidth, document.documentElement.scrollHeight,
  'pwned' in window, document.cookie, getComputedStyle(document.body).backgroundColor]])"""

# Every frame that is painted is measured, from the first one on.
NARROWEST = """() => {
  window.narrowest = Infinity;
  const look = () => {
    const width = document.querySelector('[role=toolbar]')?.getBoundingClientRect().width;
    if (width !== undefined) window.narrowest = Math.min(window.narrowest, width);
    requestAnimationFrame(look);
  };
  look();
}"""


class Ear:
    """A host that must hear nothing."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.port = 0

    async def hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.heard.append(await reader.read(200))
        writer.close()

    @property
    def host(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@pytest_asyncio.fixture(loop_scope="package")
async def ear() -> AsyncIterator[Ear]:
    listening = Ear()
    server = await asyncio.start_server(listening.hear, "127.0.0.1", 0)
    listening.port = server.sockets[0].getsockname()[1]
    yield listening
    server.close()


@contextmanager
def _post(house: House) -> Iterator[smtplib.SMTP]:
    with smtplib.SMTP("127.0.0.1", house.served.ports["smtp"], timeout=60) as client:
        client.starttls(context=any_certificate())
        client.ehlo("mx.north.example")
        yield client


async def deliver(house: House, name: str, found: Sequence[Case]) -> None:
    """The cases as one conversation, in their order."""

    def send() -> None:
        with _post(house) as client:
            for at, case in enumerate(found):
                raw = case.message(to=SOFIA, subject=name, message_id=f"{at}.{abs(hash(name))}",
                                   thread=f"0.{abs(hash(name))}")  # fmt: skip
                client.sendmail("mallory@north.example", [SOFIA], raw, mail_options=["BODY=8BITMIME"])

    await asyncio.to_thread(send)


async def rows(opened: Window, subject: str, count: int) -> list[dict[str, Any]]:
    """The rows of a conversation once they are all there, the newest first."""
    document = "{ view(limit: 200) { rows { id subject threadCount } } }"
    async with asyncio.timeout(60):
        while True:
            answer = await opened.ask(document)
            found = [row for row in answer["view"]["rows"] if row["subject"] == subject]
            if len(found) == count:
                return found
            await asyncio.sleep(0.1)


async def open_all(page: Page, ref: str, count: int) -> None:
    """The conversation of a message, every message of it open."""
    await page.goto(f"{page.url.split('/mail')[0].rstrip('/')}/mail/inbox/{ref}")
    await page.get_by_role("button", name="Open the whole conversation").click()
    await expect(page.locator("section[data-message] iframe[data-shown]")).to_have_count(
        count, timeout=60_000
    )


async def test_hostile_mail_does_nothing(house: House, ear: Ear) -> None:
    found = cases(ear.host)
    assert len({case.name for case in found}) == len(found) > 400
    async with house.window() as opened:
        await opened.sign_in(SOFIA, PASSWORD)
        page = await opened.open()
        await expect(page.get_by_role("grid", name="Inbox")).to_be_visible()
        for start in range(0, len(found), AT_ONCE):
            part = found[start : start + AT_ONCE]
            name = f"Hostile {start}"
            await deliver(house, name, part)
            refs = [row["id"] for row in await rows(opened, name, len(part))][::-1]
            await page.goto(f"{opened.base}/mail/inbox")
            await expect(page.get_by_role("grid", name="Inbox")).to_be_visible()

            await open_all(page, refs[0], len(part))

            looked = await page.evaluate(LOOK)
            harm = {case.name: one["found"] for case, one in zip(part, looked, strict=True) if one["found"]}
            assert harm == {}
            lost = {case.name for case, one in zip(part, looked, strict=True) if MARK not in one["text"]}
            assert lost <= UNREADABLE
            assert {one["sandbox"] for one in looked} == {
                "allow-same-origin allow-popups allow-popups-to-escape-sandbox"
            }
            assert not any(one["hasRun"] for one in looked)
            assert max(one["height"] for one in looked) <= 200_000
            assert await page.evaluate("'pwned' in window") is False
            assert await page.get_by_role("toolbar", name="Message").bounding_box() is not None

        assert len(opened.context.pages) == 1
        assert opened.foreign == []
        assert opened.faults == []
    assert ear.heard == []


async def test_the_page_around_a_hostile_message_stays_as_it_is(house: House, ear: Ear) -> None:
    """The same page with a friendly message and with every attack on the layout in one."""
    attacks = [case for case in cases(ear.host) if case.name.startswith(("layout", "frame", "nesting"))]
    whole = Case("all", "".join(f"<div>{case.html}</div>" for case in attacks))
    await deliver(house, "Layout, friendly", [Case("friendly", "<p>Hello</p>")])
    await deliver(house, "Layout, hostile", [whole])
    async with house.window() as opened:
        await opened.sign_in(SOFIA, PASSWORD)
        page = await opened.open()
        layouts = []
        for subject in ("Layout, friendly", "Layout, hostile"):
            [row] = await rows(opened, subject, 1)
            await page.goto(f"{opened.base}/mail/inbox/{row['id']}", wait_until="commit")
            await page.evaluate(NARROWEST)
            await expect(page.locator("iframe[data-shown]")).to_be_visible()
            await page.mouse.move(0, 0)
            layouts.append(await page.evaluate(LAYOUT))
            assert await page.evaluate("window.narrowest") > 700

        assert layouts[0] == layouts[1]
        assert opened.faults == []


async def test_size_breaks_nothing(house: House, ear: Ear) -> None:
    found = bulk(ear.host)
    await deliver(house, "Bulk", found)
    async with house.window() as opened:
        await opened.sign_in(SOFIA, PASSWORD)
        page = await opened.open()
        refs = [row["id"] for row in await rows(opened, "Bulk", len(found))][::-1]

        await open_all(page, refs[0], len(found))

        looked = await page.evaluate(LOOK)
        assert {
            case.name: one["found"] for case, one in zip(found, looked, strict=True) if one["found"]
        } == {}
        assert all(MARK in one["text"] for one in looked)
        assert max(one["height"] for one in looked) <= 200_000
        section = page.locator("section[data-message]").nth(
            [case.name for case in found].index("5,000 attachments")
        )
        await expect(section.get_by_role("listitem")).to_have_count(50)
        await section.get_by_role("button", name="Show 100 more of 5,000").click()
        await expect(section.get_by_role("listitem")).to_have_count(150)
        long = page.locator("section[data-message]").nth(
            [case.name for case in found].index("10 MB of paragraphs")
        )
        await expect(long.get_by_text("This message is very long")).to_be_visible()
        await (
            page.get_by_role("toolbar", name="Message").get_by_role("button", name="Star", exact=True).click()
        )
        await expect(
            page.get_by_role("toolbar", name="Message").get_by_role("button", name="Remove star")
        ).to_be_visible()
        assert opened.foreign == []
        assert opened.faults == []
    assert ear.heard == []


@pytest.mark.parametrize(
    ("name", "html", "highest"),
    [
        # Two lines: by its unit it would be taller than the frame was before it was measured, 120.
        ("100vh", "<div style='height:100vh'>x</div>", 110),
        ("200vh in a block", "<style>body,div{min-height:200vh}</style><div>x</div>", 300),
        (
            "100 percent",
            "<body style='height:100%'><table height='100%' style='height:100%'><tr><td>x</table>",
            300,
        ),
        ("more than all", "<div style='height:110%'><div style='height:110%'>x</div></div>", 300),
        ("tall", "<div style='height:5000000px'>x</div>", 200_000),
    ],
)
async def test_a_frame_is_as_tall_as_its_message_and_no_taller(
    house: House, name: str, html: str, highest: int
) -> None:
    await deliver(house, f"Tall {name}", [Case(name, html)])
    async with house.window() as opened:
        await opened.sign_in(SOFIA, PASSWORD)
        page = await opened.open()
        [row] = await rows(opened, f"Tall {name}", 1)
        await page.goto(f"{opened.base}/mail/inbox/{row['id']}")
        frame = page.locator("iframe[data-shown]")
        await expect(frame).to_be_visible()
        heights = set()
        for _ in range(5):
            heights.add(await frame.evaluate("frame => frame.clientHeight"))
            await page.evaluate("() => new Promise(requestAnimationFrame)")

        assert len(heights) <= 2
        assert max(heights) <= highest
