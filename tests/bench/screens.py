"""What a person waits for in Chromium, on a mailbox of any size; times by the marks that the app leaves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any

import psutil
from playwright.async_api import Browser, Page, ViewportSize

from tests.bench import budgets, watching
from tests.bench.budgets import Measured
from tests.support.browser import DESKTOP, PHONE, chromium, window
from tests.support.public_clients import PASSWORD
from tests.support.served import Served

RUNS = 5
OPENS = 20
SCRIPT_OPENS = 500
WORDS = ("paint orchard", "ferry", "glass house", "timber")
KEEPING_S = 60.0
SILENT_S = 5.0
# How long the search field waits for another letter.
PAUSE_MS = 60
# How many frames pass from the key until another row is highlighted; the first is the one that shows it.
FRAMES = """() => {
  const current = () => document.querySelector('[role=row][aria-current=true]')?.dataset.index;
  addEventListener('keydown', () => {
    const before = current();
    let frames = 0;
    const look = () => {
      frames += 1;
      if (current() !== before) observed.frames.push(frames);
      else if (frames < 60) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, { capture: true });
}"""
# From the top to the end of the list in four seconds, as with its scroll bar.
SCROLL = """() => new Promise(resolve => {
  const grid = document.querySelector('[role=grid]');
  const from = performance.now();
  let frames = 0;
  const step = () => {
    const share = Math.min(1, (performance.now() - from) / 4000);
    grid.scrollTop = share * (grid.scrollHeight - grid.clientHeight);
    frames += 1;
    if (share < 1) requestAnimationFrame(step);
    else resolve(frames / (performance.now() - from) * 1000);
  };
  requestAnimationFrame(step);
})"""
HAS_KEPT = """async () => {
  const [found] = (await indexedDB.databases()).filter(({ name }) => name.startsWith('postroom-mail-'));
  if (found === undefined || !navigator.serviceWorker.controller) return false;
  const asking = indexedDB.open(found.name);
  const database = await new Promise(done => { asking.onsuccess = () => done(asking.result); });
  const counting = database.transaction('rows').objectStore('rows').count();
  const count = await new Promise(done => { counting.onsuccess = () => done(counting.result); });
  database.close();
  return count > 0;
}"""


async def measure(served: Served, login: str) -> AsyncIterator[Measured]:
    """Every budget of the browser."""
    async with chromium() as browser:
        house = House(browser, served, login)
        for part in (first_visits, phone_visits, repeat_visits, opens, searches, scrolling, editor, session):
            async for row in part(house):
                yield row


class House:
    """A browser, a server, and whose mail is looked at."""

    def __init__(self, browser: Browser, served: Served, login: str) -> None:
        self.browser, self.served, self.login = browser, served, login

    @asynccontextmanager
    async def page(self, size: ViewportSize = DESKTOP, **options: Any) -> AsyncIterator[Page]:
        """A fresh window that is signed in and nowhere yet."""
        async with window(self.browser, self.served.http, size, with_worker=True, **options) as opened:
            await opened.sign_in(self.login, PASSWORD)
            yield opened.page
            assert opened.faults == [], opened.faults

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Page]:
        """The same with the first message open and the page at rest."""
        async with self.page() as page:
            await watching.visit(page, self.served.http)
            await watching.mark(page, "list-ready")
            await page.keyboard.press("Enter")
            await watching.mark(page, "opened")
            await page.wait_for_timeout(1500)
            yield page

    @contextmanager
    def silent(self) -> Iterator[None]:
        """The server answers nothing."""
        frozen: list[psutil.Process] = self.served.children("backend")
        for process in frozen:
            process.suspend()
        try:
            yield
        finally:
            for process in frozen:
                process.resume()


async def first_visits(house: House) -> AsyncIterator[Measured]:
    """Nothing of the app is on the device."""
    times, requests, shifts = [], [], []
    for _ in range(RUNS):
        async with house.page() as page:
            await watching.visit(page, house.served.http)
            times.append(await watching.mark(page, "list-ready"))
            requests.append(await page.evaluate(watching.REQUESTS, times[-1]))
            await page.wait_for_timeout(1500)
            shifts.append(await page.evaluate("observed.shift"))
    yield Measured(budgets.REQUESTS, requests)
    yield Measured(budgets.FIRST_VISIT, times)
    yield Measured(budgets.LAYOUT_SHIFT, shifts)


async def phone_visits(house: House) -> AsyncIterator[Measured]:
    """The same on a slow phone with a slow network."""
    times = []
    for _ in range(RUNS):
        async with (
            house.page(PHONE, is_mobile=True, has_touch=True) as page,
            watching.slowed(page, cpu=4, mbit=9, delay_ms=60),
        ):
            await watching.visit(page, house.served.http)
            times.append(await watching.mark(page, "list-ready"))
    yield Measured(budgets.FIRST_VISIT_PHONE, times)


async def repeat_visits(house: House) -> AsyncIterator[Measured]:
    """The app and the newest rows are on the device, and the server says nothing for a while."""
    times = []
    async with house.page() as page:
        await watching.visit(page, house.served.http)
        async with asyncio.timeout(KEEPING_S):
            while not await page.evaluate(HAS_KEPT):
                await page.wait_for_timeout(200)
        await page.wait_for_timeout(3000)
        for _ in range(RUNS):
            with house.silent(), suppress(TimeoutError):
                async with asyncio.timeout(SILENT_S):
                    await page.reload(wait_until="commit")
                    await watching.mark(page, "list-ready")
            times.append(await watching.mark(page, "list-ready"))
            await page.wait_for_timeout(1500)
    yield Measured(budgets.REPEAT_VISIT, times)


async def opens(house: House) -> AsyncIterator[Measured]:
    """A message by `j`, whose body is here already; then others whose body is not."""
    ahead, cold, frames, slow = [], [], [], []
    interactions: list[float] = []
    for _ in range(RUNS):
        async with house.reading() as page:
            await page.evaluate(FRAMES)
            await page.evaluate("observed.events.clear()")
            for _ in range(OPENS):
                ahead.append(await _opened(page, page.keyboard.press("j")))
                await page.wait_for_timeout(150)
            frames += await page.evaluate("observed.frames")
            interactions.append(await _interaction(page))
            async with watching.slowed(page, cpu=4):
                await page.evaluate("observed.events.clear()")
                for _ in range(OPENS):
                    await _opened(page, page.keyboard.press("j"))
                    await page.wait_for_timeout(150)
                slow.append(await _interaction(page))
            async with watching.slowed(page, delay_ms=15):
                for index in range(OPENS * 2 + 4, OPENS * 2 + 44, 4):
                    cold.append(await _opened(page, _jump(page, index)))
    yield Measured(budgets.OPEN_FETCHED, ahead)
    yield Measured(budgets.OPEN_COLD, cold)
    yield Measured(budgets.KEY, frames)
    yield Measured(budgets.INTERACTION, interactions)
    yield Measured(budgets.INTERACTION_SLOW, slow)


async def _opened(page: Page, act: Any) -> float:
    """From `open` to `opened`, in ms."""
    before = await watching.now(page)
    await act
    began = await watching.mark(page, "open", after=before)
    return await watching.mark(page, "opened", after=began) - began


async def _jump(page: Page, index: int) -> None:
    """Open a row without a pointer on its way there, which would fetch its body. It has to be drawn first."""
    await page.evaluate(
        """index => {
          const grid = document.querySelector('[role=grid]');
          grid.scrollTop = grid.scrollHeight / grid.ariaRowCount * index - grid.clientHeight / 2;
        }""",
        index,
    )
    await page.locator(f"[role=row][data-index='{index}']").evaluate("row => row.click()")


async def _interaction(page: Page) -> float:
    """The 75th percentile; a key that the browser tells nothing of took less than 16 ms."""
    told = await page.evaluate("[...observed.events.values()]")
    ordered = sorted([*told, *[8.0] * (OPENS - len(told))])
    return float(ordered[int(len(ordered) * 0.75)])


async def searches(house: House) -> AsyncIterator[Measured]:
    """Letter by letter, each with a pause behind it."""
    times = []
    async with house.page() as page:
        await watching.visit(page, house.served.http)
        await watching.mark(page, "list-ready")
        await page.wait_for_timeout(1500)
        await page.keyboard.press("/")
        for words in WORDS:
            for end in range(1, len(words) + 1):
                text = words[:end]
                if text != text.strip():
                    await page.keyboard.type(" ")
                    continue
                before = await watching.now(page)
                await page.keyboard.type(text[-1])
                found = await watching.mark(page, "found", after=before, detail=text)
                times.append(found - await page.evaluate("observed.input") - PAUSE_MS)
                await page.wait_for_timeout(120)
            await page.get_by_role("combobox").first.fill("")
            await page.wait_for_timeout(300)
    yield Measured(budgets.SEARCH, times)


async def scrolling(house: House) -> AsyncIterator[Measured]:
    """From the first row to the last."""
    rates, long_tasks = [], []
    for _ in range(RUNS):
        async with house.page() as page:
            await watching.visit(page, house.served.http)
            await watching.mark(page, "list-ready")
            await page.wait_for_timeout(2000)
            await page.evaluate("observed.longTasks = 0")
            await page.evaluate(SCROLL)
            long_tasks.append(await page.evaluate("observed.longTasks"))
            async with watching.slowed(page, cpu=4):
                rates.append(await page.evaluate(SCROLL))
    yield Measured(budgets.SCROLL, rates)
    yield Measured(budgets.LONG_TASKS, long_tasks)


async def editor(house: House) -> AsyncIterator[Measured]:
    """From the key to an editor that takes text, the first time."""
    times = []
    for _ in range(RUNS):
        async with house.page() as page:
            await watching.visit(page, house.served.http)
            await watching.mark(page, "list-ready")
            await page.wait_for_timeout(1500)
            before = await watching.now(page)
            await page.keyboard.press("c")
            times.append(
                await watching.mark(page, "editor-ready") - await watching.mark(page, "key", after=before)
            )
    yield Measured(budgets.EDITOR, times)


async def session(house: House) -> AsyncIterator[Measured]:
    """An hour of reading, as fast as it goes."""
    async with house.reading() as page:
        for _ in range(SCRIPT_OPENS):
            await _opened(page, page.keyboard.press("j"))
        await page.wait_for_timeout(1000)
        heap_mb, nodes = await watching.memory(page)
    yield Measured(budgets.HEAP, [heap_mb])
    yield Measured(budgets.NODES, [nodes])
