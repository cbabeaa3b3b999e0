"""A small organisation behind real SMTP doors and a real spool worker, in the test's own process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from backend.directory import aliases, domains, users
from backend.directory.principal import SYSTEM
from backend.directory.roles import Role
from backend.kit import blobs, db, events
from backend.kit.config import Settings
from backend.kit.resolver import Resolver
from backend.kit.runtime import Runtime
from backend.mailstore import mailboxes
from protocol_service.service import Service
from protocol_service.smtp import listener
from protocol_service.smtp.listener import SmtpRole
from protocol_service.spool import worker
from protocol_service.spool.remote import RemoteAgent
from protocol_service.spool.worker import Worker
from schema.events import MailboxChanged
from tests.support.smtp_raw import RawSmtp

DOMAIN = "example.test"
PASSWORD = "correct horse battery"


@dataclass
class House:
    """Doors, worker, and who lives there."""

    rt: Runtime
    smtp: SmtpRole
    worker: Worker | None
    users: dict[str, int] = field(default_factory=dict)
    clients: list[RawSmtp] = field(default_factory=list)
    domain_id: int = 0

    async def add_user(self, localpart: str, *, role: Role = Role.USER) -> int:
        """A user with the standard mailboxes; returns the account's id."""
        new = await users.prepare(
            SYSTEM, f"{localpart}@{DOMAIN}", PASSWORD, name=localpart.title(), role=role
        )

        async def verb(tx: db.Tx) -> int:
            user = await users.insert(tx, SYSTEM, new)
            await mailboxes.create_standard(tx, user.id)
            return user.id

        self.users[localpart] = await db.write(verb)
        return self.users[localpart]

    async def add_alias(self, localpart: str, *targets: str) -> None:
        """An alias of the domain."""
        await aliases.add(SYSTEM, self.domain_id, localpart, list(targets))

    async def connect(self, door: str = "smtp", **options: Any) -> RawSmtp:
        """A raw client at one of the doors."""
        client = await RawSmtp.connect(self.smtp.addresses[door], **options)
        self.clients.append(client)
        return client

    def hang_up(self) -> None:
        """Close what clients have left open."""
        for client in self.clients:
            client.writer.close()

    async def inbox(self, localpart: str) -> list[bytes]:
        """The messages in a user's INBOX, prefix and body, in the order of UIDs."""
        rows = await db.fetch_rows(
            "SELECT e.prefix, e.blob_id FROM message m JOIN email e ON e.id = m.email_id "
            "JOIN mailbox b ON b.id = m.mailbox_id WHERE m.account_id = ? AND b.name = 'INBOX' ORDER BY m.id",
            self.users[localpart],
        )
        return [bytes(prefix) + await blobs.read(blob_id) for prefix, blob_id in rows]

    async def wait_for_mail(self, localpart: str, count: int, timeout_s: float = 15) -> list[bytes]:
        """The INBOX once it holds that many messages."""
        changed = asyncio.Event()
        unsubscribe = events.bus().subscribe(MailboxChanged, lambda _: changed.set())
        try:
            async with asyncio.timeout(timeout_s):
                while len(found := await self.inbox(localpart)) < count:
                    await changed.wait()
                    changed.clear()
        finally:
            unsubscribe()
        return found

    async def spool_rows(self) -> list[dict[str, Any]]:
        """Every recipient row of the spool, oldest first."""
        names = (
            "id", "message_id", "localpart", "domain", "state", "attempts", "last_status", "last_reply",
            "last_host", "next_attempt_at", "delay_notified", "via",
        )  # fmt: skip
        rows = await db.fetch_rows(f"SELECT {', '.join(names)} FROM spool_recipient ORDER BY id")
        return [dict(zip(names, row, strict=True)) for row in rows]

    async def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(await db.fetch_value(f"SELECT COUNT(*) FROM {table}"))


async def until(condition: Callable[[], object], timeout_s: float = 15) -> None:
    """Wait for what announces itself by nothing but its own state."""
    async with asyncio.timeout(timeout_s):
        while not condition():  # noqa: ASYNC110  # there is no event to wait for
            await asyncio.sleep(0.005)


@asynccontextmanager
async def mail_house(
    rt: Runtime,
    *,
    settings: Settings | None = None,
    agent: RemoteAgent | None = None,
    resolver: Resolver | None = None,
    with_worker: bool = True,
) -> AsyncIterator[House]:
    """alice and bob of example.test."""
    async with AsyncExitStack() as stack:
        service = Service(settings or rt.settings, rt)
        spool: Worker | None = None
        if with_worker:
            spool = Worker(service.settings, agent=agent, resolver=resolver)
            await spool.start()
            worker.set_current(spool)
            stack.push_async_callback(spool.close)
        smtp = await listener.start(service)
        stack.push_async_callback(smtp.close)
        house = House(rt, smtp, spool)
        house.domain_id = (await domains.add(SYSTEM, DOMAIN)).id
        await house.add_user("alice")
        await house.add_user("bob")
        stack.callback(house.hang_up)
        yield house
