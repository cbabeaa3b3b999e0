"""The snapshot, its lock, and that only QUIT deletes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from backend.kit import db, leases
from backend.kit import redis as redis_module
from backend.kit.errors import Unavailable
from backend.kit.runtime import Runtime
from backend.mailstore import expunge, mailboxes
from tests.protocol_service.pop3.conftest import FIRST, SECOND, Pop3House, open_doors, open_house
from tests.support.people import PASSWORD
from tests.support.pop3_client import Pop3Client
from tests.support.valkey import Valkey


async def vanish(house: Pop3House, client: Pop3Client) -> None:
    """Cut a client's connection, and wait until the server has noticed."""
    count = len(house.role.server.open)
    client.writer.transport.abort()
    async with asyncio.timeout(10):
        while len(house.role.server.open) == count or house.role.server._tasks:  # noqa: ASYNC110  # nobody tells
            await asyncio.sleep(0)


async def refused_sign_in(house: Pop3House) -> bytes:
    client = await house.connect()
    await client.ok("USER alice@example.test")
    return await client.refused(f"PASS {PASSWORD}")


async def test_a_walk_on_both_engines(any_rt: Runtime) -> None:
    async with AsyncExitStack() as stack:
        house = await open_house(any_rt, stack)
        await house.deliver(FIRST, prefix=b"Return-Path: <ann@example.org>\r\n")
        await house.deliver(SECOND, b"Subject: large\r\n\r\n" + b".23456\r\n" * 200_000)
        client = await house.client()

        sizes = [int(line.split()[1]) for line in (await client.many("LIST")).splitlines()]
        assert sizes == [120 + 32, 200, 18 + 1_600_000]
        assert await client.many("RETR 1") == b"Return-Path: <ann@example.org>\r\n" + FIRST
        assert await client.many("RETR 3") == b"Subject: large\r\n\r\n" + b".23456\r\n" * 200_000
        assert await client.many("TOP 3 1") == b"Subject: large\r\n\r\n.23456\r\n"
        first = await client.many("UIDL")
        await client.ok("DELE 1")
        await client.ok("DELE 3")
        await client.ok("QUIT")
        again = await house.client()

        assert await again.many("LIST") == b"1 200\r\n"
        assert (await again.many("UIDL")).split()[1] == first.split()[3]
        assert await again.many("RETR 1") == SECOND


async def test_a_second_session_is_refused_until_the_first_has_gone(house: Pop3House) -> None:
    first = await house.client()

    assert await refused_sign_in(house) == b"[IN-USE] Another program has the maildrop open"
    await house.client("bob")
    await first.ok("QUIT")
    second = await house.client()
    await vanish(house, second)

    assert await (await house.client()).command("STAT") == b"+OK 0 0"


async def test_a_connection_that_breaks_deletes_nothing(house: Pop3House) -> None:
    await house.deliver(FIRST, SECOND)
    client = await house.client()
    await client.ok("DELE 1")
    await client.ok("DELE 2")

    await vanish(house, client)

    assert await house.inbox_size() == 2
    assert await (await house.client()).command("STAT") == b"+OK 2 320"


async def test_quit_deletes_though_the_client_does_not_wait_for_its_answer(house: Pop3House) -> None:
    await house.deliver(FIRST, SECOND)
    client = await house.client()

    client.send(b"DELE 2\r\nQUIT\r\n")
    await client.writer.drain()
    client.writer.close()

    async with asyncio.timeout(10):
        while house.role.server.open or house.role.server._tasks:  # noqa: ASYNC110  # the server tells nobody
            await asyncio.sleep(0)
    assert await house.inbox_size() == 1


async def test_a_deletion_that_fails_is_told_and_deletes_nothing(
    house: Pop3House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> None:
        raise Unavailable("The disk is full")

    await house.deliver(FIRST, SECOND)
    client = await house.client()
    await client.ok("DELE 1")
    monkeypatch.setattr(expunge, "expunge_uids", full)

    assert await client.refused("QUIT") == b"[SYS/TEMP] The deleted messages were not removed"

    assert await client.ended()
    assert await house.inbox_size() == 2
    await house.client()  # the maildrop is free


async def test_numbers_stand_still_whatever_others_do(house: Pop3House) -> None:
    await house.deliver(FIRST, SECOND)
    client = await house.client()
    inbox = await mailboxes.get(house.users["alice"], "INBOX")

    await expunge.expunge_uids(house.users["alice"], inbox.id, [1])
    await house.deliver(FIRST)

    assert await client.command("STAT") == b"+OK 2 320"
    assert await client.refused("RETR 1") == b"Message 1 was removed by another program"
    assert await client.refused("TOP 1 0") == b"Message 1 was removed by another program"
    assert await client.many("RETR 2") == SECOND
    await client.ok("DELE 1")
    await client.ok("DELE 2")
    await client.ok("QUIT")
    assert await house.inbox_size() == 1
    assert await (await house.client()).many("RETR 1") == FIRST


async def test_deletion_keeps_counters_and_tombstones(house: Pop3House) -> None:
    await house.deliver(FIRST, SECOND, FIRST)
    before = await mailboxes.get(house.users["alice"], "INBOX")
    client = await house.client()

    await client.ok("DELE 1")
    await client.ok("DELE 3")
    await client.ok("QUIT")

    after = await mailboxes.get(house.users["alice"], "INBOX")
    assert (after.exists, after.size_bytes, after.unseen) == (1, 200, 1)
    assert (after.modseq, after.uidnext, after.uidvalidity) == (before.modseq + 1, 4, before.uidvalidity)
    rows = await db.fetch_rows("SELECT id & 4294967295, modseq FROM expunged WHERE mailbox_id = ?", after.id)
    assert sorted(map(tuple, rows)) == [(1, after.modseq), (3, after.modseq)]


async def test_a_long_listing_and_unique_ids(house: Pop3House) -> None:
    await house.deliver(*(b"Subject: %d\r\n\r\n" % number for number in range(2100)))
    client = await house.client()
    await client.ok("DELE 2050")

    sizes = (await client.many("LIST")).splitlines()
    names = [line.split() for line in (await client.many("UIDL")).splitlines()]

    assert len(sizes) == len(names) == 2099
    assert (sizes[0], sizes[-1]) == (b"1 14", b"2100 17")
    assert len({name for _, name in names}) == 2099
    assert all(0 < len(name) <= 70 for _, name in names)
    assert names[2048] == [b"2049", (await client.ok("UIDL 2049")).split()[1]]
    assert names[2049][0] == b"2051"


async def test_messages_fetched_in_any_order_are_the_right_ones(house: Pop3House) -> None:
    raws = [
        b"Subject: %d\r\n\r\n%b\r\n" % (number, b"x" * (200_000 if number % 7 == 0 else 30))
        for number in range(40)
    ]
    await house.deliver(*raws)
    client = await house.client()
    await client.ok("DELE 4")

    for number in [1, 2, 3, 5, 6, 2, 40, 39, 1, 2, 3, *range(5, 41), 8]:
        assert await client.many(f"RETR {number}") == raws[number - 1], number

    await client.ok("RSET")
    for number in (3, 4, 5):
        assert await client.many(f"RETR {number}") == raws[number - 1]


# -- the lock among processes


@pytest.fixture
async def two_houses(house: Pop3House, valkey: Valkey) -> AsyncIterator[tuple[Pop3House, Pop3House]]:
    """Two servers on one database, as two processes have them."""
    client = valkey.connect()
    redis_module.set_redis(client)
    async with AsyncExitStack() as stack:
        yield house, await open_doors(house.rt, stack, house.users)
        await house.role.close()
        await house.stack.aclose()
    redis_module.set_redis(None)
    await client.aclose()


async def test_a_maildrop_is_locked_for_all_processes(two_houses: tuple[Pop3House, Pop3House]) -> None:
    here, there = two_houses
    first = await here.client()
    await here.role.server.renew_locks()

    assert await refused_sign_in(there) == b"[IN-USE] Another program has the maildrop open"

    await first.ok("QUIT")
    await there.client()
    assert await refused_sign_in(here) == b"[IN-USE] Another program has the maildrop open"


async def test_the_lock_of_a_dead_process_runs_out(two_houses: tuple[Pop3House, Pop3House]) -> None:
    here, _ = two_houses
    key = f"{leases.KEY_PREFIX}pop3:{here.users['alice']}"
    await redis_module.redis().set(key, "a process that died")
    assert await refused_sign_in(here) == b"[IN-USE] Another program has the maildrop open"

    await redis_module.redis().pexpire(key, 1)
    async with asyncio.timeout(10):
        while await redis_module.redis().exists(key):  # noqa: ASYNC110  # Redis tells nobody
            await asyncio.sleep(0.02)

    await here.client()
    assert 0 < await redis_module.redis().pttl(key) <= 30_000


async def test_a_session_whose_lock_went_to_another_is_ended(two_houses: tuple[Pop3House, Pop3House]) -> None:
    here, there = two_houses
    await here.deliver(FIRST)
    first = await here.client()
    await first.ok("DELE 1")
    await redis_module.redis().delete(f"{leases.KEY_PREFIX}pop3:{here.users['alice']}")
    await there.client()

    await here.role.server.renew_locks()

    assert await first.line() == b"-ERR [SYS/TEMP] Another program has the maildrop open"
    assert await first.ended()
    assert await here.inbox_size() == 1


async def test_a_lock_that_redis_has_forgotten_is_taken_again(
    two_houses: tuple[Pop3House, Pop3House],
) -> None:
    here, there = two_houses
    first = await here.client()
    await redis_module.redis().flushall()

    await here.role.server.renew_locks()

    await first.ok("NOOP")
    assert await refused_sign_in(there) == b"[IN-USE] Another program has the maildrop open"


async def test_without_redis_mail_can_be_fetched(
    two_houses: tuple[Pop3House, Pop3House], valkey: Valkey
) -> None:
    here, _ = two_houses
    await here.deliver(FIRST)
    await here.client("bob")
    await valkey.stop()

    first = await here.client()
    await here.role.server.renew_locks()

    assert await first.many("RETR 1") == FIRST
    assert await refused_sign_in(here) == b"[IN-USE] Another program has the maildrop open"
    await valkey.start()
    await here.role.server.renew_locks()
    assert await redis_module.redis().exists(f"{leases.KEY_PREFIX}pop3:{here.users['alice']}")
    await first.ok("QUIT")
