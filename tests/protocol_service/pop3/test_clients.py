"""A client that others have written, clients that do not read, messages that would end their own answer."""

from __future__ import annotations

import asyncio
import poplib
import ssl
from collections.abc import Callable

import pytest

from protocol_service.access import connection as access
from protocol_service.pop3 import limits
from protocol_service.pop3.connection import Connection
from tests.protocol_service.pop3.conftest import FIRST, SECOND, Pop3House
from tests.support.people import PASSWORD
from tests.support.pop3_client import Pop3Client

MESSAGES = 60
RAW = b"Subject: x\r\n\r\n" + b"0123456789abcdef" * 6000 + b"\r\n"


async def test_poplib_walks_through(house: Pop3House) -> None:
    await house.deliver(FIRST, SECOND)
    (host, port), (_, tls_port) = (house.role.addresses[door] for door in ("pop3", "pop3s"))
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE

    def walk() -> None:
        pop3 = poplib.POP3(host, port, timeout=20)
        assert pop3.capa()["EXPIRE"] == ["NEVER"]
        pop3.stls(context)
        pop3.utf8()
        pop3.user("alice@example.test")
        pop3.pass_(PASSWORD)
        assert pop3.stat() == (2, 320)
        assert pop3.list()[1] == [b"1 120", b"2 200"]
        assert pop3.uidl(2).split()[1] == b"2"
        assert len(pop3.uidl()[1]) == 2
        assert b"\r\n".join(pop3.retr(2)[1]) + b"\r\n" == SECOND
        assert pop3.top(1, 0)[1] == [b"From: Ann <ann@example.org>", b"Subject: one", b""]
        pop3.dele(1)
        pop3.rset()
        pop3.noop()
        pop3.dele(2)
        with pytest.raises(poplib.error_proto, match="Message 2 is deleted"):
            pop3.retr(2)
        pop3.quit()
        again = poplib.POP3_SSL(host, tls_port, timeout=20, context=context)
        again.user("alice@example.test")
        again.pass_(PASSWORD)
        assert again.stat() == (1, 120)
        again.quit()

    await asyncio.to_thread(walk)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b".",
        b".\r\n",
        b"\r\n.\r\n+OK forged\r\n",
        b"Subject: x\n\n.\n+OK forged\n",
        b"Subject: x\r\n\r\n.\n.\r\n..\r\n...",
        b"Subject: no line end at all",
        b"Subject: x\r\n\r\nends with CR\r",
    ],
)
async def test_no_message_ends_its_own_answer(house: Pop3House, raw: bytes) -> None:
    await house.deliver(raw)
    host, port = house.role.addresses["pop3"]

    def fetch() -> list[bytes]:  # poplib takes a bare LF for a line end
        pop3 = poplib.POP3(host, port, timeout=20)
        pop3.user("alice@example.test")
        pop3.pass_(PASSWORD)
        assert pop3.stat() == (1, len(raw))
        lines = pop3.retr(1)[1]
        assert pop3.noop() == b"+OK"
        assert pop3.top(1, 100)[1] == lines
        assert pop3.noop() == b"+OK"
        pop3.quit()
        return lines

    lines = await asyncio.to_thread(fetch)
    assert b"\n".join(lines).rstrip() == raw.replace(b"\r\n", b"\n").rstrip()


# -- clients that do not read


async def until(is_so: Callable[[], bool]) -> None:
    """Give the server turns until something holds."""
    async with asyncio.timeout(10):
        while not is_so():  # noqa: ASYNC110  # the server tells nobody of this
            await asyncio.sleep(0)


async def stalled(house: Pop3House, *, large: bool) -> tuple[Pop3Client, Connection]:
    """A client that has asked for more than it reads, once the server has stopped to wait."""
    await house.deliver(*([RAW * 200] if large else [RAW] * MESSAGES))
    client = await house.client()
    [connection] = house.role.server.open
    client.send(b"".join(b"RETR %d\r\n" % (1 if large else number + 1) for number in range(MESSAGES)))
    await until(lambda: connection._can_write is not None)
    return client, connection


@pytest.mark.parametrize("large", [False, True])
async def test_output_waits_for_the_client(house: Pop3House, large: bool) -> None:
    client, connection = await stalled(house, large=large)

    held = connection._transport.get_write_buffer_size() + connection._out_size
    assert held <= access.WRITE_HIGH_BYTES + 2 * limits.BLOCK_BYTES
    await house.client("bob")  # nobody else waits

    for _ in range(3):
        assert (await client.line()).startswith(b"+OK")
        assert await client.rest() == (RAW * 200 if large else RAW)


async def test_a_client_that_never_reads_is_dropped_and_its_maildrop_freed(house: Pop3House) -> None:
    _, connection = await stalled(house, large=True)

    connection.expire(house.role.server.now() + access.STALLED_WRITE_S + 1)

    await until(lambda: not house.role.server.open and not house.role.server._tasks)
    await house.client()


async def test_a_flood_of_commands_is_read_as_it_is_answered(house: Pop3House) -> None:
    client, connection = await stalled(house, large=True)

    client.send(b"NOOP\r\n" * 200_000)
    await until(lambda: not connection._is_reading)

    # What one read brings may pass the limit once.
    assert connection._lines.buffered <= access.BUFFERED_BYTES + 256 * 1024
