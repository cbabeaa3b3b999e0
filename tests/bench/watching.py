"""What a page tells of itself: marks of its code, what the browser observes; and how it is slowed down."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import Page

MARK_S = 60.0
# Once in every page. Of events the browser tells only those that took 16 ms and more.
OBSERVE = """() => {
window.observed = { shift: 0, longTasks: 0, events: new Map(), frames: [], input: 0 };
addEventListener('input', () => { observed.input = performance.now(); }, { capture: true });
const observe = (type, take, options) =>
  new PerformanceObserver(list => list.getEntries().forEach(take))
    .observe({ type, buffered: true, ...options });
observe('layout-shift', entry => { if (!entry.hadRecentInput) observed.shift += entry.value; });
observe('longtask', () => { observed.longTasks += 1; });
observe('event', ({ interactionId, duration }) => {
  if (interactionId > 0)
    observed.events.set(interactionId, Math.max(duration, observed.events.get(interactionId) ?? 0));
}, { durationThreshold: 16 });
}"""
# Looked for in the page itself, frame by frame: its policy lets no debugger evaluate text again and again.
# Resolves with the time of the newest such mark that is younger than `after`, as soon as there is one.
MARK = """([name, after, detail]) => new Promise(resolve => {
  const look = () => {
    const found = performance.getEntriesByName(name).findLast(
      entry => entry.startTime > after && (detail === null || entry.detail === detail));
    if (found === undefined) requestAnimationFrame(look);
    else resolve(found.startTime);
  };
  look();
})"""
REQUESTS = """ready => 1 + performance.getEntriesByType('resource')
  .filter(({ name, startTime }) => startTime < ready && !name.endsWith('.woff2')).length"""


async def visit(page: Page, address: str) -> None:
    """Go there and watch from the beginning; what was before the watching is told afterwards."""
    await page.goto(address, wait_until="commit")
    await page.evaluate(OBSERVE)


async def mark(page: Page, name: str, *, after: float = 0, detail: str | None = None) -> float:
    """When the page left that mark, in ms since it began; waits for it, a minute at most."""
    async with asyncio.timeout(MARK_S):
        found: float = await page.evaluate(MARK, [name, after, detail])
    return found


async def now(page: Page) -> float:
    """Its clock, in ms since it began."""
    found: float = await page.evaluate("performance.now()")
    return found


@asynccontextmanager
async def slowed(page: Page, *, cpu: float = 1, mbit: float = 0, delay_ms: float = 0) -> AsyncIterator[None]:
    """The page as on a slower machine and network; 0 Mbit/s is as fast as it goes."""
    session = await page.context.new_cdp_session(page)
    bytes_s = mbit * 125_000 or -1
    network: dict[str, Any] = {"offline": False, "latency": delay_ms, "downloadThroughput": bytes_s}
    await session.send("Emulation.setCPUThrottlingRate", {"rate": cpu})
    await session.send("Network.enable")
    await session.send("Network.emulateNetworkConditions", network | {"uploadThroughput": bytes_s})
    yield
    await session.detach()


async def memory(page: Page) -> tuple[float, float]:
    """Heap in MB and DOM nodes of the page after a collection of what nobody holds any more."""
    session = await page.context.new_cdp_session(page)
    await session.send("Performance.enable")
    await session.send("HeapProfiler.collectGarbage")
    found = {one["name"]: one["value"] for one in (await session.send("Performance.getMetrics"))["metrics"]}
    await session.detach()
    return found["JSHeapUsedSize"] / 1e6, found["Nodes"]
