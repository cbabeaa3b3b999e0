"""A small organisation behind real IMAP doors, in the test's own process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from functools import cache

import pytest

from backend.directory import domains, passwords, users
from backend.directory.principal import SYSTEM
from backend.formats.addresses import Address
from backend.kit import db
from backend.kit.db import Tx
from backend.kit.runtime import Runtime
from backend.mailstore import mailboxes
from protocol_service.imap import listener
from protocol_service.imap.listener import ImapRole
from protocol_service.service import Service
from tests.support.imap_client import ImapClient

PASSWORD = "correct horse battery"


@dataclass
class ImapHouse:
    """Doors, and who lives behind them."""

    rt: Runtime
    service: Service
    role: ImapRole
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


@cache
def _password_hash() -> str:
    """Argon2 is slow by design: one hash does for every test."""
    return asyncio.run(passwords.hash_password(PASSWORD))


async def _add_user(domain_id: int, name: str) -> int:
    """A user with the standard mailboxes."""
    password_hash = await asyncio.to_thread(_password_hash)
    new = users.NewUser(domain_id, Address.parse(f"{name}@example.test"), password_hash, name, False)

    async def verb(tx: Tx) -> int:
        user = await users.insert(tx, SYSTEM, new)
        await mailboxes.create_standard(tx, user.id)
        return user.id

    return await db.write(verb)


async def open_house(rt: Runtime, stack: AsyncExitStack) -> ImapHouse:
    """alice and bob of example.test; everything closes with the stack."""
    domain = await domains.add(SYSTEM, "example.test")
    people = {name: await _add_user(domain.id, name) for name in ("alice", "bob")}
    service = Service(rt.settings, rt)
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
