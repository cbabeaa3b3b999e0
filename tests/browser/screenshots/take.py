"""Takes the pictures: one server that is filled, one that is new, one browser, and a window for each look."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, ViewportSize
from playwright.async_api import Error as PlaywrightError

from tests.browser.conftest import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, MAREN, PASSWORD, SOFIA
from tests.browser.screenshots.administration import STUCK
from tests.browser.screenshots.screen import Screen
from tests.browser.test_queue import stuck
from tests.support.browser import DESKTOP, PHONE, TABLET, Window, chromium, window
from tests.support.dns_stub import dns_stub
from tests.support.served import Served
from tests.support.smtp_sink import smtp_sink

SIZES: dict[str, ViewportSize] = {"desktop": DESKTOP, "tablet": TABLET, "phone": PHONE}
# Lists of sign-ins name the browser as people have it.
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0 Safari/537.36"
PASSWORDS = {MAREN: PASSWORD, ADMINISTRATOR: ADMINISTRATOR_PASSWORD}
SIGNATURES = """mutation {
  office: createSignature(
    input: {name: "Office", html: "<div>Maren Holt</div><div>Holt &amp; Rossi, Northport</div>"}) { id }
  short: createSignature(input: {name: "Short", html: "<div>Maren</div>"}) { id } }"""


@dataclass(frozen=True, slots=True)
class Look:
    """A size and a theme."""

    size: str
    theme: str

    @property
    def name(self) -> str:
        """As it stands in the picture's name."""
        return f"{self.size}-{self.theme}"


@dataclass(frozen=True, slots=True)
class Studio:
    """Where pictures are taken and put; `empty` is an installation that nobody has set up."""

    browser: Browser
    filled: Served
    empty: Served | None
    folder: Path


@asynccontextmanager
async def studio(folder: Path, *, with_empty: bool) -> AsyncIterator[Studio]:
    """Start everything; the sample organisation has mail that waits in the queue."""
    folder.mkdir(parents=True, exist_ok=True)
    async with AsyncExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        dns = await stack.enter_async_context(dns_stub())
        sink = await stack.enter_async_context(smtp_sink())
        browser = await stack.enter_async_context(chromium())
        dns.add("north.example", "MX", "10 mx.north.example.")
        dns.add("mx.north.example", "A", "127.0.0.1")
        variables = {
            "POSTROOM_DNS_SERVERS": f"{dns.address[0]}:{dns.address[1]}",
            "POSTROOM_REMOTE_SMTP_PORT": str(sink.address[1]),
        }
        empty = Served(scratch / "empty", **variables) if with_empty else None
        if empty is not None:
            stack.push_async_callback(empty.close)
            await empty.start()
        filled = Served(scratch / "filled", **variables)
        await filled.cli("demo", timeout_s=180)
        stack.push_async_callback(filled.close)
        await filled.start()
        for name, subject in STUCK.items():
            await stuck(filled, sink, name, subject=subject)
        made = Studio(browser, filled, empty, folder)
        await _lived_in(made)
        yield made


async def _lived_in(made: Studio) -> None:
    """Others have been here, and Maren has signatures."""
    async with window(made.browser, made.filled.http) as opened:
        for login in (SOFIA, "oliver.grant@example.org", MAREN):
            await opened.sign_in(login, PASSWORD)
        await opened.ask(SIGNATURES)


async def take(made: Studio, screens: Mapping[str, Screen], looks: Sequence[Look]) -> int:
    """Take them all, those of one person in one window; how many went wrong."""
    failed = 0
    for look in looks:
        for login, is_new in dict.fromkeys((one.login, one.is_new) for one in screens.values()):
            served = made.empty if is_new else made.filled
            if served is None:
                continue
            options: dict[str, Any] = {
                "color_scheme": look.theme,
                "reduced_motion": "reduce",
                "user_agent": AGENT,
            }
            if look.size == "phone":
                options |= {"has_touch": True, "device_scale_factor": 2}
            async with window(
                made.browser, served.http, SIZES[look.size], with_worker=True, **options
            ) as opened:
                if login:
                    await opened.sign_in(login, PASSWORDS[login])
                for name, screen in screens.items():
                    if (screen.login, screen.is_new) == (login, is_new):
                        file = made.folder / f"{name}-{look.name}.png"
                        failed += not await _shoot(opened, screen, file)
    return failed


async def _shoot(opened: Window, screen: Screen, file: Path) -> bool:
    opened.page = await opened.context.new_page()
    page = await opened.open(screen.path)
    page.set_default_timeout(15_000)
    ok = True
    try:
        await screen.reach(page)
    except (AssertionError, PlaywrightError) as problem:  # the picture shows it best
        print(f"{file.name}: {str(problem)[:300]}", file=sys.stderr)
        ok = False
    # What was waited for may still want its font, its colours or the height of a message.
    await page.evaluate("document.fonts.ready.then(() => undefined)")
    await opened.settle()
    await page.wait_for_timeout(400)
    await page.screenshot(path=file)
    if ok and screen.leave is not None:
        await screen.leave(page)
    await opened.context.set_offline(False)
    await page.close()
    return ok
