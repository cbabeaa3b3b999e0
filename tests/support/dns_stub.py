"""A DNS server for tests over UDP and TCP: it answers from a table, and can be slow, dead, or lie."""

from __future__ import annotations

import asyncio
import struct
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset


class DnsStub(asyncio.DatagramProtocol):
    """Zone data by (name, type). `asked` counts the questions.

    `delay_s` holds every answer back; `rcode` answers every question with that code; `is_dead` swallows
    questions; `is_authentic` says that every answer was validated; `is_truncating` makes UDP answers say that
    TCP has the rest; `is_lying` answers a question nobody asked.
    """

    def __init__(self) -> None:
        self.records: dict[tuple[str, str], list[str]] = {}
        self.asked: Counter[tuple[str, str]] = Counter()
        self.delay_s = 0.0
        self.rcode: dns.rcode.Rcode | None = None
        self.ttl = 300
        self.is_dead = False
        self.is_truncating = False
        self.is_lying = False
        self.is_authentic = False
        self.address = ("127.0.0.1", 0)
        self._transport: asyncio.DatagramTransport | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def add(self, name: str, kind: str, *values: str) -> None:
        """Add records in presentation form."""
        self.records.setdefault((name.lower().rstrip("."), kind), []).extend(values)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        task = asyncio.get_running_loop().create_task(self._answer_udp(data, addr))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer_udp(self, data: bytes, addr: tuple[str, int]) -> None:
        answer = await self._answer(data)
        if answer is None or self._transport is None:
            return
        if self.is_truncating:
            answer.flags |= dns.flags.TC
            answer.answer.clear()
        self._transport.sendto(answer.to_wire(), addr)

    async def serve_tcp(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One question on a TCP connection."""
        try:
            (size,) = struct.unpack("!H", await reader.readexactly(2))
            answer = await self._answer(await reader.readexactly(size))
            if answer is not None:
                wire = answer.to_wire()
                writer.write(struct.pack("!H", len(wire)) + wire)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            writer.close()

    async def _answer(self, data: bytes) -> dns.message.Message | None:
        query = dns.message.from_wire(data)
        question = query.question[0]
        kind = dns.rdatatype.to_text(question.rdtype)
        name = question.name.to_text(omit_final_dot=True).lower()
        self.asked[name, kind] += 1
        if self.is_dead:
            return None
        if self.delay_s:
            await asyncio.sleep(self.delay_s)
        answer = dns.message.make_response(query)
        answer.flags |= dns.flags.RA | (dns.flags.AD if self.is_authentic else 0)
        if self.is_lying:
            answer.question = [
                dns.rrset.RRset(dns.name.from_text("lie.test."), question.rdclass, question.rdtype)
            ]
            return answer
        if self.rcode is not None:
            answer.set_rcode(self.rcode)
        elif (name, kind) in self.records or (name, "CNAME") in self.records:
            self._follow(answer, name, kind)
        elif not any(known == name for known, _ in self.records):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        return answer

    def _follow(self, answer: dns.message.Message, name: str, kind: str) -> None:
        """Put the aliases that lead to the records, and the records, into an answer; a circle as it is."""
        seen: list[str] = []
        while (name, kind) not in self.records and (name, "CNAME") in self.records and name not in seen:
            seen.append(name)
            alias = self.records[name, "CNAME"]
            answer.answer.append(dns.rrset.from_text(f"{name}.", self.ttl, "IN", "CNAME", *alias))
            name = alias[0].rstrip(".")
        if (name, kind) in self.records:
            found = self.records[name, kind]
            answer.answer.append(dns.rrset.from_text(f"{name}.", self.ttl, "IN", kind, *found))


@asynccontextmanager
async def dns_stub() -> AsyncIterator[DnsStub]:
    """A running stub; `address` is where it listens, UDP and TCP on one port."""
    loop = asyncio.get_running_loop()
    stub = DnsStub()
    while True:
        server = await asyncio.start_server(stub.serve_tcp, "127.0.0.1", 0)
        stub.address = server.sockets[0].getsockname()[:2]
        try:
            transport, _ = await loop.create_datagram_endpoint(lambda: stub, local_addr=stub.address)
        except OSError:  # the port is free for TCP and taken for UDP
            server.close()
        else:
            break
    try:
        yield stub
    finally:
        server.close()
        transport.close()
        for task in tuple(stub._tasks):
            task.cancel()
