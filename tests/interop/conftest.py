"""One server with a certificate that programs can verify, and people made for each test."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from imapclient import IMAPClient

from tests.interop import certificates
from tests.support.public_clients import PASSWORD, Mailbox
from tests.support.served import Served

DOMAIN = "example.test"
_numbers = count(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs programs that `make test` does not install."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.interop)


@dataclass
class House:
    """The running server, how it is reached and trusted."""

    served: Served
    authority: Path

    @property
    def ports(self) -> dict[str, int]:
        """The ports by the names of the ready line."""
        return self.served.ports

    def port(self, name: str) -> int:
        """The port of a listener; the test is skipped where this version has none."""
        if name not in self.ports:
            pytest.skip(f"the ready line names no {name}")
        return self.ports[name]

    @property
    def tls(self) -> ssl.SSLContext:
        """What Python's clients verify the server by."""
        return ssl.create_default_context(cafile=str(self.authority))

    def add_user(self, name: str) -> str:
        """A new person; the address."""
        address = f"{name}{next(_numbers)}@{DOMAIN}"
        asyncio.run(self.served.cli("user", "add", address, "--password-stdin", given=PASSWORD))
        return address

    def imap(self, address: str) -> IMAPClient:
        """Somebody's mail by IMAPClient, over TLS."""
        client = IMAPClient("localhost", self.ports["imaps"], ssl=True, ssl_context=self.tls, timeout=60)
        client.login(address, PASSWORD)
        return client

    def mailbox(self, address: str) -> Mailbox:
        """Somebody's INBOX by imaplib, over STARTTLS."""
        return Mailbox(self.ports["imap"], address, tls=self.tls)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """`postroom serve` on free ports."""
    folder = tmp_path_factory.mktemp("interop")
    made = certificates.make(folder, "localhost", "mail.example.test")
    served = Served(
        folder,
        POSTROOM_TLS_CERT=str(made.certificate),
        POSTROOM_TLS_KEY=str(made.key),
        POSTROOM_DNS_SERVERS="127.0.0.1:1",  # nobody is there: nothing here leaves the machine
        POSTROOM_ALLOW_INSECURE_AUTH="false",
    )
    asyncio.run(_start(served))
    try:
        yield House(served, made.authority)
    finally:
        asyncio.run(served.close())


async def _start(served: Served) -> None:
    await served.start()
    await served.cli("domain", "add", DOMAIN)
