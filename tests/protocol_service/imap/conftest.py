"""A small organisation behind real IMAP doors, in the test's own process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

import pytest

from backend.directory import domains
from backend.directory.principal import SYSTEM
from backend.kit.config import Settings
from backend.kit.runtime import Runtime
from protocol_service.access.listener import AccessRole
from protocol_service.imap import listener
from protocol_service.imap.server import Server
from protocol_service.service import Service
from tests.support.imap_client import ImapClient
from tests.support.people import PASSWORD, add_user

__all__ = ["PASSWORD", "ImapHouse", "open_house"]


@dataclass
class ImapHouse:
    """Doors, and who lives behind them."""

    rt: Runtime
    service: Service
    role: AccessRole[Server]
    users: dict[str, int]
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def connect(self, door: str = "imap") -> ImapClient:
        """A client that has not signed in."""
        client = await ImapClient.connect(self.role.addresses[door])
        self.stack.push_async_callback(client.close)
        return client

    async def client(self, user: str = "alice", select: str = "") -> ImapClient:
        """A client that has signed in, and selected a mailbox where one is named."""
        client = await self.connect()
        await client.login(f"{user}@example.test", PASSWORD)
        if select:
            await client.ok(f"SELECT {select}")
        return client


async def open_house(rt: Runtime, stack: AsyncExitStack, *, settings: Settings | None = None) -> ImapHouse:
    """alice and bob of example.test; everything closes with the stack."""
    domain = await domains.add(SYSTEM, "example.test")
    people = {name: await add_user(domain.id, name) for name in ("alice", "bob")}
    service = Service(settings or rt.settings, rt)
    role = await listener.start(service)
    stack.push_async_callback(role.close)
    running = ImapHouse(rt, service, role, people)
    stack.push_async_callback(running.stack.aclose)
    return running


@pytest.fixture
async def house(rt: Runtime) -> AsyncIterator[ImapHouse]:
    """alice and bob of example.test."""
    async with AsyncExitStack() as stack:
        yield await open_house(rt, stack)


@pytest.fixture
async def imap(house: ImapHouse) -> ImapClient:
    """alice, signed in."""
    return await house.client()


@pytest.fixture
async def private_house(rt: Runtime) -> AsyncIterator[ImapHouse]:
    """Doors of a server that takes no password in clear text."""
    service = Service(rt.settings.model_copy(update={"allow_insecure_auth": False}), rt)
    async with AsyncExitStack() as stack:
        role = await listener.start(service)
        stack.push_async_callback(role.close)
        running = ImapHouse(rt, service, role, {})
        stack.push_async_callback(running.stack.aclose)
        yield running
