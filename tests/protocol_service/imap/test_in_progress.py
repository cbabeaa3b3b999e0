"""INPROGRESS (RFC 9585): a client that waits for a long command is told that it goes on."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from backend.mailstore import copy_move
from protocol_service.imap import limits
from protocol_service.imap.connection import Connection
from tests.protocol_service.imap.conftest import ImapHouse
from tests.protocol_service.imap.messages import PLAIN
from tests.support.imap_client import ImapClient


def sweep(connection: Connection, times: int = limits.QUIET_SWEEPS + 1) -> None:
    """As the server does every some seconds."""
    for _ in range(times):
        connection.expire(connection._heard_at)


async def test_a_long_copy_says_what_it_is_about(
    house: ImapHouse, imap: ImapClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        await imap.append("INBOX", PLAIN)
    await imap.ok("SELECT INBOX")
    begun, may_end = asyncio.Event(), asyncio.Event()
    copy = copy_move.copy

    async def slow(*args: Any, **named: Any) -> copy_move.CopyResult:
        begun.set()
        await may_end.wait()
        return await copy(*args, **named)

    monkeypatch.setattr(copy_move, "copy", slow)
    imap.send(b"A001 COPY 1:3 Archive\r\n")
    await begun.wait()
    [connection] = house.role.server.open

    sweep(connection)
    assert await imap.response() == b'* OK [INPROGRESS ("A001" 0 3)] Still working'
    sweep(connection)
    assert await imap.response() == b'* OK [INPROGRESS ("A001" 0 3)] Still working'
    may_end.set()

    assert (await imap.response()).startswith(b"A001 OK [COPYUID ")
    assert b"INPROGRESS" in (await imap.ok("CAPABILITY"))[0].split()


async def test_nothing_is_put_into_a_literal(
    house: ImapHouse, imap: ImapClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = PLAIN + b"0123456789abcde\n" * (2 * limits.SLICE_BYTES // 16)
    await imap.append("INBOX", raw)
    await imap.ok("SELECT INBOX")
    [connection] = house.role.server.open
    flush = Connection.flush

    async def slow(self: Connection) -> None:
        await flush(self)
        sweep(connection, 5)

    monkeypatch.setattr(Connection, "flush", slow)

    assert await imap.ok("FETCH 1 BODY.PEEK[]") == [b"* 1 FETCH (BODY[] {%d}\r\n%b)" % (len(raw), raw)]


async def test_a_client_that_rests_is_told_nothing(house: ImapHouse, imap: ImapClient) -> None:
    await imap.ok("SELECT INBOX")
    [connection] = house.role.server.open

    sweep(connection, 20)

    assert (await imap.command("NOOP")).untagged == []
