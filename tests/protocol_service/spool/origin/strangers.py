"""Mail of other hosts: a house behind a balancer that names the clients, and one who writes to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ipaddress import ip_network

from backend.directory import settings
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from backend.kit.resolver import Resolver
from backend.kit.runtime import Runtime
from tests.protocol_service.spool.conftest import MESSAGE, agent_for
from tests.support.dns_stub import DnsStub
from tests.support.mail_house import House, mail_house
from tests.support.smtp_raw import RawSmtp
from tests.support.smtp_sink import Sink

PEER = "198.51.100.22"
RAW = MESSAGE.replace(b"alice@example.test", b"carol@far.test").replace(b"x@remote.test", b"bob@example.test")


@asynccontextmanager
async def open_house(rt: Runtime, dns: DnsStub, sink: Sink, *, patience_s: float = 5) -> AsyncIterator[House]:
    """Behind a balancer that names the clients."""
    resolver = Resolver([dns.address], query_s=patience_s, lifetime_s=2 * patience_s)
    changed = rt.settings.model_copy(
        update={"proxy_networks": (ip_network("127.0.0.1/32"),), "dns_servers": [dns.address]}
    )
    await settings.set_value(SYSTEM, "reception.greet_wait_seconds", Level.SYSTEM, 0, 0)
    await settings.set_value(SYSTEM, "reception.dmarc", Level.SYSTEM, 0, "tell")
    await settings.set_value(SYSTEM, "reception.refuse_null_mx", Level.SYSTEM, 0, False)
    agent = agent_for(rt, dns, sink.address[1])
    async with mail_house(rt, settings=changed, agent=agent, resolver=resolver) as running:
        yield running


async def connect(house: House, peer: str = PEER) -> RawSmtp:
    """A connection of a host with that address."""
    client = await house.connect(greet=False)
    client.send(f"PROXY TCP4 {peer} 203.0.113.7 35646 25\r\n".encode())
    assert (await client.reply()).code == 220
    assert (await client.command("EHLO mx.far.test")).code == 250
    return client


async def deliver(house: House, raw: bytes, sender: str = "carol@far.test", peer: str = PEER) -> bytes:
    """The message as bob finds it."""
    before = len(await house.inbox("bob"))
    client = await connect(house, peer)
    assert (await client.mail(sender, ["bob@example.test"], raw)).code == 250
    return (await house.wait_for_mail("bob", before + 1))[-1]
