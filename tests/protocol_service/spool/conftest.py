"""A house that sends mail into a world of one DNS server and one other host."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default

import pytest
import uvloop

from backend.kit import blobs, db
from backend.kit.resolver import Resolver
from backend.kit.runtime import Runtime
from backend.spool.enqueue import enqueue
from backend.spool.types import Envelope, SpoolRcpt
from protocol_service.spool.mta_sts import Fetch
from protocol_service.spool.remote import RemoteAgent
from protocol_service.spool.smtp_link import Timeouts
from protocol_service.spool.worker import Worker
from tests.support.clocks import Clock, standing
from tests.support.dns_stub import DnsStub, dns_stub
from tests.support.mail_house import House, mail_house
from tests.support.smtp_sink import Sink, smtp_sink

MESSAGE = (
    b"From: Alice <alice@example.test>\r\nTo: x@remote.test\r\nSubject: Hello\r\n"
    b"Message-ID: <1@example.test>\r\n\r\n"
    b"Hi\r\n.dot\r\n\r\nBye\r\n"
)
QUICK = Timeouts(connect=2, greeting=1, command=1, data=1, block=1, end_of_data=1, quit=1)


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """On uvloop, as in production."""
    return {"uvloop": uvloop.new_event_loop}


@pytest.fixture
def fake_clock() -> Iterator[Clock]:
    with standing() as fake:
        yield fake


@dataclass
class World:
    """Everything a test of delivery touches."""

    house: House
    dns: DnsStub
    sink: Sink

    @property
    def worker(self) -> Worker:
        assert self.house.worker is not None
        return self.house.worker

    async def send(
        self,
        *recipients: str | SpoolRcpt,
        sender: str = "alice@example.test",
        raw: bytes = MESSAGE,
        **envelope: object,
    ) -> int:
        """Spool a message as the web would, without a lease."""
        rcpts = tuple(r if isinstance(r, SpoolRcpt) else SpoolRcpt(*r.rsplit("@", 1)) for r in recipients)
        new = await blobs.prepare(raw)
        built = Envelope(sender=sender, recipients=rcpts, **envelope)  # type: ignore[arg-type]  # fields of Envelope
        return await db.write(lambda tx: enqueue(tx, built, new))

    async def settled(self, message_id: int) -> list[dict[str, object]]:
        """The recipients of a message, once each was attempted."""
        async with asyncio.timeout(20):
            while True:
                rows = [row for row in await self.house.spool_rows() if row["message_id"] == message_id]
                if all(row["attempts"] for row in rows):
                    return rows
                await asyncio.sleep(0.01)

    async def report(self, localpart: str = "alice", count: int = 1) -> EmailMessage:
        """The newest of that many notices in a user's INBOX, parsed by somebody else's parser."""
        stored = await self.house.wait_for_mail(localpart, count)
        parsed = BytesParser(policy=default).parsebytes(stored[-1])
        assert isinstance(parsed, EmailMessage)
        return parsed


@pytest.fixture
async def dns() -> AsyncIterator[DnsStub]:
    async with dns_stub() as stub:
        stub.add("remote.test", "MX", "10 mx.remote.test.")
        stub.add("mx.remote.test", "A", "127.0.0.1")
        yield stub


@pytest.fixture
async def sink() -> AsyncIterator[Sink]:
    async with smtp_sink() as running:
        yield running


async def no_policy(domain: str) -> str:
    """A domain without a web server."""
    raise OSError("nobody listens")


def quick_resolver(dns: DnsStub) -> Resolver:
    """A resolver that sees the stub's world and loses patience soon."""
    return Resolver([dns.address], query_s=0.3, lifetime_s=0.8)


def agent_for(
    rt: Runtime, dns: DnsStub, port: int, *, fetch: Fetch = no_policy, **changes: object
) -> RemoteAgent:
    """A remote agent that sees the stub's world and loses patience soon."""
    settings = rt.settings.model_copy(update={"remote_smtp_port": port, **changes})
    resolver = Resolver([dns.address], query_s=0.3, lifetime_s=0.8, asks_for_proof=settings.dns_trusted)
    return RemoteAgent.build(settings, resolver=resolver, timeouts=QUICK, fetch=fetch)


@pytest.fixture
async def world(rt: Runtime, dns: DnsStub, sink: Sink) -> AsyncIterator[World]:
    agent = agent_for(rt, dns, sink.address[1])
    async with mail_house(rt, agent=agent, resolver=quick_resolver(dns)) as house:
        yield World(house, dns, sink)
