"""Clients that do not read: the server waits for them, and holds little meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from protocol_service.access import connection as access
from protocol_service.imap import limits
from protocol_service.imap.connection import Connection
from tests.protocol_service.imap.conftest import ImapHouse
from tests.protocol_service.imap.messages import numbered
from tests.support.imap_client import ImapClient

COMMANDS = 40


async def until(is_so: Callable[[], bool]) -> None:
    """Give the server turns until something holds."""
    async with asyncio.timeout(10):
        while not is_so():  # noqa: ASYNC110  # the server tells nobody of this
            await asyncio.sleep(0)


async def stalled(house: ImapHouse) -> tuple[ImapClient, Connection]:
    """A client that has asked for 40 times 6 MB and reads nothing, once the server has stopped to wait."""
    client = await house.client()
    raw = numbered(1, "x" * 20_000)
    await client.ok(b"APPEND INBOX" + b" {%d+}\r\n%b" % (len(raw), raw) * 300)
    await client.ok("SELECT INBOX")
    [connection] = house.role.server.open
    client.send(b"".join(b"f%d FETCH 1:* BODY.PEEK[]\r\n" % number for number in range(COMMANDS)))
    await until(lambda: connection._can_write is not None)
    return client, connection


async def test_output_waits_for_the_client(house: ImapHouse) -> None:
    client, connection = await stalled(house)

    held = connection._transport.get_write_buffer_size() + connection._out_size
    assert held <= access.WRITE_HIGH_BYTES + 3 * limits.SLICE_BYTES

    for number in range(3):
        assert len((await client.answer(b"f%d" % number)).untagged) == 300
    other = await house.client(select="INBOX")  # nobody else waits
    assert len(await other.ok("FETCH 1:* FLAGS")) == 300


async def test_a_client_that_never_reads_is_dropped(house: ImapHouse) -> None:
    _, connection = await stalled(house)

    connection.expire(house.role.server.now() + access.STALLED_WRITE_S + 1)

    await until(lambda: not house.role.server.open)
