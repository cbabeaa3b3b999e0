"""A small organisation behind real POP3 doors, in the test's own process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

import pytest

from backend.directory import domains
from backend.directory.principal import SYSTEM
from backend.kit import db
from backend.kit.db import Tx
from backend.kit.runtime import Runtime
from backend.mailstore import ingest, mailboxes
from protocol_service.access.listener import AccessRole
from protocol_service.pop3 import listener
from protocol_service.pop3.server import Server
from protocol_service.service import Service
from tests.support.people import PASSWORD, add_user
from tests.support.pop3_client import Pop3Client

# The sizes of RFC 1939's own examples: a maildrop of two messages, 120 and 200 octets.
FIRST = b"From: Ann <ann@example.org>\r\nSubject: one\r\n\r\n" + b"a" * 73 + b"\r\n"
SECOND = b"From: Bob <bob@example.org>\r\nSubject: two\r\n\r\n.dot\r\n..\r\n" + b"b" * 140 + b"\r\n.\r\n"


@dataclass
class Pop3House:
    """Doors, and who lives behind them."""

    rt: Runtime
    service: Service
    role: AccessRole[Server]
    users: dict[str, int]
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def connect(self, door: str = "pop3") -> Pop3Client:
        """A client that has not signed in."""
        client = await Pop3Client.connect(self.role.addresses[door])
        self.stack.push_async_callback(client.close)
        return client

    async def client(self, user: str = "alice") -> Pop3Client:
        """A client that has signed in."""
        client = await self.connect()
        await client.login(f"{user}@example.test", PASSWORD)
        return client

    async def deliver(self, *raws: bytes, user: str = "alice", prefix: bytes = b"") -> None:
        """Put messages into a user's INBOX."""
        prepared = [await ingest.prepare(raw) for raw in raws]

        async def verb(tx: Tx) -> None:
            for message in prepared:
                await ingest.ingest(tx, message, self.users[user], "inbox", prefix=prefix)

        await db.write(verb)

    async def inbox_size(self, user: str = "alice") -> int:
        """How many messages a user's INBOX holds."""
        return (await mailboxes.get(self.users[user], "INBOX")).exists


async def open_house(rt: Runtime, stack: AsyncExitStack) -> Pop3House:
    """alice and bob of example.test; everything closes with the stack."""
    domain = await domains.add(SYSTEM, "example.test")
    people = {name: await add_user(domain.id, name) for name in ("alice", "bob")}
    return await open_doors(rt, stack, people)


async def open_doors(
    rt: Runtime, stack: AsyncExitStack, people: dict[str, int], *, is_private: bool = False
) -> Pop3House:
    """Doors for people who are there already; `is_private` takes no password in clear text."""
    service = Service(rt.settings.model_copy(update={"allow_insecure_auth": not is_private}), rt)
    role = await listener.start(service)
    stack.push_async_callback(role.close)
    running = Pop3House(rt, service, role, people)
    stack.push_async_callback(running.stack.aclose)
    return running


@pytest.fixture
async def house(rt: Runtime) -> AsyncIterator[Pop3House]:
    """alice and bob of example.test."""
    async with AsyncExitStack() as stack:
        yield await open_house(rt, stack)


@pytest.fixture
async def private_house(rt: Runtime) -> AsyncIterator[Pop3House]:
    """Doors of a server that takes no password in clear text."""
    async with AsyncExitStack() as stack:
        domain = await domains.add(SYSTEM, "example.test")
        yield await open_doors(rt, stack, {"alice": await add_user(domain.id, "alice")}, is_private=True)
