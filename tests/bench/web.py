"""Lists by GraphQL, and what a person waits for in Chromium; sizes of what is loaded."""

from __future__ import annotations

import gzip
import re
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from tests.bench.figures import Figure, ms
from tests.support.browser import chromium, window
from tests.support.public_clients import PASSWORD
from tests.support.served import Served
from tests.support.web_client import Web

DIST = Path(__file__).parents[2] / "frontend" / "dist"
LIST = """query($id: ID!, $offset: Int!) { view(mailboxId: $id, offset: $offset, limit: 60) {
  total state rows { id threadId threadCount from { name address } toText subject preview receivedAt
  isSeen isFlagged isAnswered hasAttachments } } }"""
# Looked for in the page itself, frame by frame: its policy lets no debugger evaluate text again and again.
WAIT = """find => new Promise(resolve => {
  const marks = name => performance.getEntriesByName(name).map(entry => entry.startTime);
  const look = () => {
    const from = find === "opened" ? marks("open").at(-1) : 0;
    const at = from === undefined ? undefined : marks(find).find(one => one > from);
    if (at === undefined) requestAnimationFrame(look);
    else resolve(at - from);
  };
  look();
})"""
VISITS = 5
OPENS = 20


async def lists(served: Served, login: str) -> AsyncIterator[Figure]:
    """A window of the list, at its head and in its middle."""
    web = Web(served.http)
    await web.sign_in(login, PASSWORD)
    inbox = (await web.boxes())["INBOX"]
    for name, offset in (("head", 0), ("middle", inbox["total"] // 2)):
        seconds = []
        for _ in range(20):
            began = time.monotonic()
            await web.ask(LIST, id=inbox["id"], offset=offset)
            seconds.append(time.monotonic() - began)
        yield ms(f"GraphQL list of 60, {name} of {inbox['total']}", seconds, "over HTTP")
    await web.close()


async def screens(served: Served, login: str) -> AsyncIterator[Figure]:
    """Inbox interactive on a first visit, and a message opened by a key."""
    visits, opens = [], []
    async with chromium() as browser:
        for visit in range(VISITS):
            async with window(browser, served.http) as opened:
                await opened.sign_in(login, PASSWORD)
                page = await opened.open()
                visits.append(await page.evaluate(WAIT, "list-ready") / 1000)
                if visit < VISITS - 1:
                    continue
                await page.keyboard.press("Enter")
                await page.evaluate(WAIT, "opened")
                for _ in range(OPENS):
                    await page.evaluate("performance.clearMarks('open'); performance.clearMarks('opened')")
                    await page.keyboard.press("j")
                    opens.append(await page.evaluate(WAIT, "opened") / 1000)
    yield ms("inbox interactive, first visit", visits, "navigation start to list-ready")
    yield ms("message open by j", opens, "open to opened")


def sizes() -> Iterator[Figure]:
    """What the first screen loads, compressed."""
    index = (DIST / "index.html").read_text("utf-8")
    for kind, what in ((".js", "JS"), (".css", "CSS")):
        names = {name for name in re.findall(r'(?:src|href)="/?([^"]+)"', index) if name.endswith(kind)}
        total = sum(len(gzip.compress((DIST / name).read_bytes(), 9)) for name in names)
        yield Figure(
            f"initial {what}", f"{total / 1000:.1f} KB gz", f"{len(names)} files named by index.html"
        )
