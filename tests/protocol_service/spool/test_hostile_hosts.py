"""Mail hosts and name servers that mean no good: mail to them waits, mail to others leaves."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from backend.kit.resolver import Resolver
from backend.kit.runtime import Runtime
from backend.spool.types import State
from protocol_service.spool.mx import MxLookup, NoRoute
from tests.protocol_service.spool.conftest import MESSAGE, World, agent_for
from tests.support.dns_stub import DnsStub, dns_stub
from tests.support.mail_house import mail_house
from tests.support.smtp_sink import smtp_sink

Host = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
EHLO = b"250-bad.test\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 STARTTLS\r\n"
PLAIN = EHLO.replace(b"8BITMIME\r\n250 STARTTLS", b"8BITMIME\r\n250 HELP")
CHUNKING = PLAIN.replace(b"HELP", b"CHUNKING")
TAKES_ALL = [b"220 bad.test\r\n", PLAIN, b"250 ok\r\n250 ok\r\n354 go\r\n"]


@dataclass
class Bad:
    """A host that says these things one after the other, whatever it hears, and then does what it likes."""

    said: list[bytes]
    then: Host

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            for number, text in enumerate(self.said):
                if number:
                    await reader.readuntil(b"\r\n")
                writer.write(text)
            await self.then(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return
        finally:
            writer.transport.abort()


async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Listens and says nothing more."""
    while await reader.read(65536):
        pass


async def deaf(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Takes nothing from the wire."""
    writer.transport.pause_reading()  # type: ignore[attr-defined]  # of TCP transports
    await asyncio.sleep(60)


async def trickle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Says something for ever, byte by byte."""
    writer.write(b"2")
    while True:
        writer.write(b"2")
        await writer.drain()
        await asyncio.sleep(0.02)


async def more_lines(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A reply that never ends, line by line."""
    while True:
        writer.write(b"250-more\r\n" * 50)
        await writer.drain()


async def garbage(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Bytes of no protocol, without an end."""
    while True:
        writer.write(b"\0\xff\x16\x03" * 4096)
        await writer.drain()


async def reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Cuts the connection while it is written to."""
    await reader.read(1)
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


async def gone(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Closes."""


@asynccontextmanager
async def world_with(rt: Runtime, said: list[bytes], then: Host) -> AsyncIterator[World]:
    """A world in which `bad.test` is that host, and `remote.test` an honest one on the same port."""
    async with dns_stub() as dns, smtp_sink() as sink:
        port = sink.address[1]
        server = await asyncio.start_server(Bad(said, then).serve, "127.0.0.2", port)
        for domain, address in (("bad", "127.0.0.2"), ("remote", "127.0.0.1")):
            dns.add(f"{domain}.test", "MX", f"10 mx.{domain}.test.")
            dns.add(f"mx.{domain}.test", "A", address)
        try:
            async with mail_house(rt, agent=agent_for(rt, dns, port)) as house:
                yield World(house, dns, sink)
        finally:
            server.close()


LARGE = MESSAGE + (b"x" * 998 + b"\r\n") * 16_000

CASES: dict[str, tuple[list[bytes], Host, bytes]] = {
    "no greeting": ([], hang, MESSAGE),
    "greeting byte by byte": ([], trickle, MESSAGE),
    "greeting of garbage": ([], garbage, MESSAGE),
    "gone at once": ([], gone, MESSAGE),
    "greeting without end": ([], more_lines, MESSAGE),
    "no answer to EHLO": ([b"220 bad.test\r\n"], hang, MESSAGE),
    "EHLO byte by byte": ([b"220 bad.test\r\n"], trickle, MESSAGE),
    "EHLO without end": ([b"220 bad.test\r\n"], more_lines, MESSAGE),
    "no answer to STARTTLS": ([b"220 bad.test\r\n", EHLO], hang, MESSAGE),
    "no handshake": ([b"220 bad.test\r\n", EHLO, b"220 go\r\n"], hang, MESSAGE),
    "garbage for a handshake": ([b"220 bad.test\r\n", EHLO, b"220 go\r\n"], garbage, MESSAGE),
    "clear text behind STARTTLS": ([b"220 bad.test\r\n", EHLO, b"220 go\r\n250 ok\r\n"], hang, MESSAGE),
    "no answer to MAIL": ([b"220 bad.test\r\n", PLAIN], hang, MESSAGE),
    "no answer to RCPT": ([b"220 bad.test\r\n", PLAIN, b"250 ok\r\n"], hang, MESSAGE),
    "no answer to DATA": ([b"220 bad.test\r\n", PLAIN, b"250 ok\r\n250 ok\r\n"], hang, MESSAGE),
    "garbage for an answer": ([b"220 bad.test\r\n", PLAIN], garbage, MESSAGE),
    "an answer byte by byte": ([b"220 bad.test\r\n", PLAIN], trickle, MESSAGE),
    "an answer of another protocol": ([b"220 bad.test\r\n", PLAIN, b"HTTP/1.1 200 OK\r\n"], hang, MESSAGE),
    "more answers than questions": ([b"220 bad.test\r\n", PLAIN + b"250 ok\r\n" * 9], hang, MESSAGE),
    "no answer to the message": (TAKES_ALL, hang, MESSAGE),
    "the message is not read": (TAKES_ALL, deaf, LARGE),
    "reset in the message": (TAKES_ALL, reset, LARGE),
    "gone in the message": (TAKES_ALL, gone, LARGE),
    "no answer to a chunk": ([b"220 bad.test\r\n", CHUNKING, b"250 ok\r\n250 ok\r\n"], hang, MESSAGE),
    "a chunk that is not read": ([b"220 bad.test\r\n", CHUNKING, b"250 ok\r\n250 ok\r\n"], deaf, LARGE),
    "reset in a chunk": ([b"220 bad.test\r\n", CHUNKING, b"250 ok\r\n250 ok\r\n"], reset, LARGE),
}


@pytest.mark.parametrize(("said", "then", "raw"), CASES.values(), ids=CASES)
async def test_a_bad_host_defers_its_own_mail_only(
    rt: Runtime, said: list[bytes], then: Host, raw: bytes
) -> None:
    async with world_with(rt, said, then) as world:
        bad = await world.send("x@bad.test", raw=raw)
        good = await world.settled(await world.send("x@remote.test"))
        (row,) = await world.settled(bad)

        assert row["state"] == State.QUEUED
        assert str(row["last_status"]).startswith("4.")
        assert row["attempts"] == 1
        assert [one["state"] for one in good] == [State.DELIVERED]
        # Nothing of what a host says reaches the trace in a form that is not text.
        assert "\0" not in str(row["last_reply"])


# -- name servers


@pytest.fixture
def lookup(dns: DnsStub) -> MxLookup:
    resolver = Resolver([dns.address])
    return MxLookup(resolver, frozenset({"mail.example.test"}), is_here=lambda address: False)


async def refusal(lookup: MxLookup, domain: str) -> str:
    with pytest.raises(NoRoute) as caught:
        await lookup.hosts(domain)
    return caught.value.status


async def test_aliases_that_point_at_each_other_defer(dns: DnsStub, lookup: MxLookup) -> None:
    dns.add("a.test", "CNAME", "b.test.")
    dns.add("b.test", "CNAME", "a.test.")

    assert (await refusal(lookup, "a.test")).startswith("4.")


async def test_an_alias_is_followed(dns: DnsStub, lookup: MxLookup) -> None:
    dns.add("a.test", "CNAME", "b.test.")
    dns.add("b.test", "MX", "10 mx.b.test.")
    dns.add("mx.b.test", "CNAME", "c.test.")
    dns.add("c.test", "A", "192.0.2.1")

    assert [host.addresses for host in await lookup.hosts("a.test")] == [("192.0.2.1",)]


async def test_a_mail_host_whose_alias_leads_to_itself_defers(dns: DnsStub, lookup: MxLookup) -> None:
    dns.add("a.test", "MX", "10 mx.a.test.")
    dns.add("mx.a.test", "CNAME", "mx.a.test.")

    assert await refusal(lookup, "a.test") == "4.4.3"


async def test_a_thousand_mail_hosts_are_a_few(dns: DnsStub, lookup: MxLookup) -> None:
    dns.is_truncating = False
    dns.add("a.test", "MX", *[f"{number % 3} mx{number}.a.test." for number in range(40)])
    for number in range(40):
        dns.add(f"mx{number}.a.test", "A", *[f"192.0.2.{one}" for one in range(1, 20)])

    hosts = await lookup.hosts("a.test")

    assert len(hosts) == 16
    assert all(len(host.addresses) <= 8 for host in hosts)
    assert [int(host.name[2:].partition(".")[0]) % 3 for host in hosts][:14] == [0] * 14


@pytest.mark.parametrize("address", ["0.0.0.0", "255.255.255.255", "224.0.0.1", "127.0.0.1"])
async def test_an_address_that_is_no_host_defers_or_goes_back(
    rt: Runtime, dns: DnsStub, address: str
) -> None:
    dns.add("a.test", "MX", "10 mx.a.test.")
    dns.add("mx.a.test", "A", address)
    settings = rt.settings.model_copy(update={"trusted_networks": ()})
    async with mail_house(rt, settings=settings, agent=agent_for(rt, dns, 9)) as house:
        world = World(house, dns, None)  # type: ignore[arg-type]  # nobody listens in this world

        (row,) = await world.settled(await world.send("x@a.test"))

        assert row["state"] in (State.QUEUED, State.FAILED)
        assert str(row["last_status"])[0] in "45"


async def test_a_name_server_that_comes_back_is_heard(rt: Runtime, dns: DnsStub) -> None:
    async with smtp_sink() as sink:
        dns.is_dead = True
        async with mail_house(rt, agent=agent_for(rt, dns, sink.address[1])) as house:
            world = World(house, dns, sink)
            (row,) = await world.settled(await world.send("x@remote.test"))
            assert (row["state"], row["last_status"]) == (State.QUEUED, "4.4.3")

            dns.is_dead = False
            (other,) = await world.settled(await world.send("x@mx.remote.test"))

            assert other["state"] == State.DELIVERED
