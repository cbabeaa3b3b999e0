"""One server with the sample organisation and a large mailbox, one Chromium, a fresh window for each test."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.support import browser as browsers
from tests.support.browser import AXE, Window
from tests.support.dns_stub import DnsStub, dns_stub
from tests.support.served import Served
from tests.support.smtp_sink import Sink, smtp_sink

# Two cores may be busy with other tests: a wait is a bound, never a measure.
expect.set_options(timeout=20_000)

SPA = Path(__file__).parents[2] / "frontend" / "dist" / "index.html"
MAREN, SOFIA, ARCHIVIST = "maren.holt@example.org", "sofia.rossi@example.org", "archive.desk@example.org"
PASSWORD = "nine quiet gardens"
ADMINISTRATOR, ADMINISTRATOR_PASSWORD = "keeper", "a wide calm river"
LARGE = 10_000
# What mail programs are told; the server itself listens where there is room.
PUBLIC_PORTS = "imaps=993,imap=143,pop3s=995,pop3=110,submissions=465,submission=587"
ON_THE_SAMPLE = (
    "test_screens",
    "test_keyboard",
    "test_mail",
    "test_list",
    "test_bulk",
    "test_filters",
    "test_senders",
    "test_language",
    "test_folders",
    "test_shortcuts",
    "test_searching",
    "test_layers",
)
NewWindow = Callable[..., AbstractAsyncContextManager[Window]]


@dataclass
class House:
    """The server, the host and the name server elsewhere, and how to open windows."""

    served: Served
    sink: Sink
    dns: DnsStub
    browser: Browser

    @property
    def window(self) -> NewWindow:
        """A window that nobody has signed in."""
        return partial(browsers.window, self.browser, self.served.http)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """These need a browser and the built pages. Walks on the sample's own letters come before others' letters
    have pushed those down the list; the one that looks at every screen is the first.
    """
    lacks = None
    if browsers.find_chromium() is None:
        lacks = "Chromium is not installed"
    elif not SPA.exists() or not AXE.exists():
        lacks = "the pages are not built: make web"
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if lacks:
                item.add_marker(pytest.mark.skip(reason=lacks))
    order = {name: number for number, name in enumerate(ON_THE_SAMPLE)}
    items.sort(key=lambda item: order.get(item.path.stem, len(order)))


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def dns() -> AsyncIterator[DnsStub]:
    """The name server of everybody."""
    async with dns_stub() as running:
        yield running


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def outside(dns: DnsStub) -> AsyncIterator[tuple[Sink, dict[str, str]]]:
    """Another host, and the variables by which a server finds it."""
    async with smtp_sink() as sink:
        dns.add("north.example", "MX", "10 mx.north.example.")
        dns.add("mx.north.example", "A", "127.0.0.1")
        yield (
            sink,
            {
                "POSTROOM_DNS_SERVERS": f"{dns.address[0]}:{dns.address[1]}",
                "POSTROOM_REMOTE_SMTP_PORT": str(sink.address[1]),
            },
        )


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium, without the window around its pages where there is such a one."""
    async with browsers.chromium(browsers.find_headless_shell()) as running:
        yield running


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def whole_browser() -> AsyncIterator[Browser]:
    """One Chromium with everything that people have."""
    async with browsers.chromium() as running:
        yield running


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def house(
    outside: tuple[Sink, dict[str, str]],
    dns: DnsStub,
    browser: Browser,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[House]:
    """The sample organisation, served."""
    sink, variables = outside
    async with AsyncExitStack() as stack:
        served = Served(tmp_path_factory.mktemp("browser"), POSTROOM_PUBLIC_PORTS=PUBLIC_PORTS, **variables)
        logins = json.loads(await served.cli("demo", "--json", "--messages", str(LARGE), timeout_s=180))
        assert logins[-1]["login"] == ARCHIVIST
        stack.push_async_callback(served.close)
        await served.start()
        yield House(served, sink, dns, browser)


@pytest_asyncio.fixture(loop_scope="package")
async def maren(house: House) -> AsyncIterator[Window]:
    """Maren's window; in the end nothing has gone wrong in it and nothing was asked of strangers."""
    async with house.window() as opened:
        await opened.sign_in(MAREN, PASSWORD)
        yield opened
        assert opened.faults == []
        assert opened.foreign == []
