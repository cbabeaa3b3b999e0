"""Chromium for tests: started by path, silent towards the world, and watched for what a page must not do."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page, Request, ViewportSize, async_playwright

from tests.support.web_client import HEADERS, SIGN_IN

ARGUMENTS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-gpu",
    "--disable-dev-shm-usage",
)
DESKTOP = ViewportSize(width=1440, height=900)
TABLET = ViewportSize(width=900, height=1100)
PHONE = ViewportSize(width=390, height=844)
AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What a theme can change; all else is the same in both.
COLOURS = ["color-contrast", "link-in-text-block"]

# How many acts a device keeps because they were not sent yet: those behind one that is on its way.
UNSENT = """async () => {
  const answer = (asking) => new Promise((done, failed) => {
    asking.onsuccess = () => done(asking.result);
    asking.onerror = () => failed(asking.error);
  });
  let count = 0;
  for (const { name } of await indexedDB.databases()) {
    if (!name.startsWith('postroom-mail-')) continue;
    const database = await answer(indexedDB.open(name));
    if (database.objectStoreNames.contains('acts'))
      count += await answer(database.transaction('acts').objectStore('acts').count());
    database.close();
  }
  return count;
}"""


def find_chromium() -> str | None:
    """The installed browser."""
    return _first("chromium", "chromium-browser", "google-chrome")


def find_headless_shell() -> str | None:
    """The same without the window around the page, and what only people need: viewer of PDF, notifications.
    A page costs it a third less, and opening one a fifth.
    """
    return _first("chromium-headless-shell")


def _first(*names: str) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)


@asynccontextmanager
async def chromium(path: str | None = None) -> AsyncIterator[Browser]:
    """A running browser, the whole one unless told otherwise."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=path or find_chromium(), args=list(ARGUMENTS)
        )
        yield browser
        await browser.close()


@dataclass
class Window:
    """A page with its own cookies; `faults` are errors of its scripts and breaches of its policy."""

    base: str
    context: BrowserContext
    page: Page
    faults: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    # What the server has not answered yet.
    asked: set[Request] = field(default_factory=set)

    async def sign_in(self, login: str, password: str) -> None:
        """Get a session cookie beside the page."""
        await self.ask(SIGN_IN, login=login, password=password)

    async def ask(self, document: str, **variables: Any) -> Any:
        """The server's answer beside the page; an idle connection may be closed as it is used again."""
        answer = await self.context.request.post(
            f"{self.base}/graphql",
            data={"query": document, "variables": variables},
            headers=HEADERS,
            max_retries=2,
        )
        found = await answer.json()
        assert "errors" not in found, found
        return found["data"]

    async def open(self, path: str = "/") -> Page:
        """Go there."""
        await self.page.goto(self.base + path)
        return self.page

    async def settle(self) -> None:
        """Wait until what fades or slides has arrived: colours on the way are nobody's choice. On a phone a
        dialog is there before it is seen, until the keyboard has had its time to come up.
        """
        await self.page.evaluate(
            "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
        )
        await self.page.wait_for_function(
            """() => document.querySelector('[data-entering], [data-exiting]') === null
              && [...document.querySelectorAll('[role=dialog]')].every(
                one => one.checkVisibility({ opacityProperty: true }))
              && document.getAnimations().every(one => one.playState !== 'running'
                || one.effect.getComputedTiming().endTime === Infinity)"""
        )

    async def answered(self) -> None:
        """Wait until the server has answered what the page asked: an act is seen before it is done, and a
        window that closes takes with it what was not sent yet.
        """
        # Acts go one after the other: a conversation of sixty that was opened is marked as read in as many.
        async with asyncio.timeout(90):
            while not self.page.is_closed() and self.page.url.startswith(self.base):
                # What follows an answer is asked in the same turn, or waits here: this comes after it.
                unsent = await self.page.evaluate(UNSENT)
                if not self.asked and not unsent:
                    return
                await asyncio.sleep(0.01)

    def note_asked(self, request: Request) -> None:
        """Something is asked of the server."""
        if request.method == "POST":
            self.asked.add(request)

    def note_answered(self, request: Request) -> None:
        """It was answered, or will never be."""
        self.asked.discard(request)

    async def violations_in_both_themes(self) -> list[str]:
        """What axe finds in the light theme, then what is wrong with the colours of the dark one."""
        found = await self.violations()
        await self.page.emulate_media(color_scheme="dark")
        found += [f"dark: {one}" for one in await self.violations(COLOURS)]
        await self.page.emulate_media(color_scheme="light")
        return found

    async def violations(self, rules: Sequence[str] = RULES) -> list[str]:
        """What axe finds on the page as it is once nothing moves; the script comes by the debugger, past the
        page's policy, and stays until the page is loaded anew. `rules` are tags or names of rules.
        """
        await self.settle()
        session = await self.context.new_cdp_session(self.page)
        kind = await session.send("Runtime.evaluate", {"expression": "typeof axe"})
        if kind["result"]["value"] != "object":
            source = await asyncio.to_thread(AXE.read_text, "utf-8")
            await session.send("Runtime.evaluate", {"expression": source})
        # The message's own frame holds a stranger's HTML and no script of ours; no rule reads style sheets.
        options = json.dumps(
            {"runOnly": list(rules), "iframes": False, "resultTypes": ["violations"], "preload": False}
        )
        found: dict[str, Any] = await session.send(
            "Runtime.evaluate",
            {
                "expression": f"axe.run(document, {options}).then(r => JSON.stringify(r.violations.map(v =>"
                " v.id + ': ' + v.nodes.map(n => n.target + ' ' + n.failureSummary).join(' | '))))",
                "awaitPromise": True,
                "returnByValue": True,
            },
        )
        await session.detach()
        result: list[str] = json.loads(found["result"]["value"])
        return result


@asynccontextmanager
async def window(
    browser: Browser,
    base: str,
    size: ViewportSize | None = None,
    language: str = "en-GB",
    *,
    with_worker: bool = False,
    **options: Any,
) -> AsyncIterator[Window]:
    """A fresh window of that server, of somebody who speaks that language. Its pages have no service worker
    unless it is asked for: to start one costs as much as the page.
    """
    context = await browser.new_context(
        viewport=size or DESKTOP,
        locale=language,
        timezone_id="Europe/London",
        service_workers="allow" if with_worker else "block",
        **options,
    )
    context.set_default_timeout(20_000)
    page = await context.new_page()
    opened = Window(base, context, page)
    _listen(opened)
    yield opened
    await opened.answered()
    await context.close()


def _listen(opened: Window) -> None:
    page = opened.page
    page.on("request", opened.note_asked)
    page.on("requestfinished", opened.note_answered)
    page.on("requestfailed", opened.note_answered)
    page.on("pageerror", lambda error: opened.faults.append(str(error)))
    page.on(
        "console",
        lambda message: (
            opened.faults.append(message.text)
            if message.type == "error" and "Failed to load resource" not in message.text
            else None
        ),
    )
    page.on("dialog", lambda dialog: opened.faults.append(f"dialog: {dialog.message}"))
    page.on(
        "request",
        lambda request: (
            None
            # The browser's own viewer of PDF is an extension.
            if request.url.startswith(
                (opened.base, "data:", "blob:", "about:", "chrome-extension:", "chrome:")
            )
            else opened.foreign.append(request.url)
        ),
    )
