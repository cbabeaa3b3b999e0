"""QUOTA (RFC 9208): roots, limits, what is marked for deletion, and who may see another's."""

from __future__ import annotations

from backend.directory import settings
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from backend.kit import db
from tests.protocol_service.imap.conftest import ImapHouse
from tests.protocol_service.imap.messages import PLAIN, numbered
from tests.support.imap_client import ImapClient


async def _limit(house: ImapHouse, size: int) -> None:
    await settings.set_value(SYSTEM, "mailbox.quota_bytes", Level.USER, house.users["alice"], size)


async def test_root_usage_and_limit(house: ImapHouse, imap: ImapClient) -> None:
    [line] = await imap.ok("CAPABILITY")
    assert {b"QUOTA", b"QUOTA=RES-STORAGE"} <= set(line.split())
    assert b"QUOTASET" not in line
    await _limit(house, 512 * 1024)
    await imap.append("INBOX", PLAIN)

    assert await imap.ok('GETQUOTA ""') == [b'* QUOTA "" (STORAGE 1 512)']
    assert await imap.ok("GETQUOTAROOT INBOX") == [
        b'* QUOTAROOT "INBOX" ""',
        b'* QUOTA "" (STORAGE 1 512)',
    ]
    await _limit(house, 0)
    assert await imap.ok('GETQUOTA ""') == [b'* QUOTA "" ()']


async def test_refusals(house: ImapHouse, imap: ImapClient) -> None:
    assert await imap.refused('GETQUOTA "!partition/sda4"') == (
        b"NO [NONEXISTENT] There is no such quota root"
    )
    assert (await imap.refused("GETQUOTAROOT Missing")).startswith(b"NO [NONEXISTENT]")
    assert (await imap.refused('SETQUOTA "" (STORAGE 512 MESSAGE 9)')).startswith(b"NO [NOPERM]")
    assert (await imap.refused('SETQUOTA "" (STORAGE)')).startswith(b"BAD")
    await _limit(house, 1024)
    answer = await imap.command(f"APPEND INBOX {{{len(PLAIN) + 2000}+}}\r\n".encode() + PLAIN + b"x" * 2000)
    assert answer.status.startswith(b"NO [OVERQUOTA]")


async def test_storage_of_what_is_marked_deleted(imap: ImapClient) -> None:
    for raw in (PLAIN, numbered(1), numbered(2)):
        await imap.append("INBOX", raw)
    await imap.ok("SELECT INBOX")
    assert await imap.ok("STATUS INBOX (DELETED DELETED-STORAGE)") == [
        b'* STATUS "INBOX" (DELETED 0 DELETED-STORAGE 0)'
    ]
    await imap.ok("STORE 2:3 +FLAGS.SILENT (\\Deleted)")
    size = await db.fetch_value("SELECT SUM(size_bytes) FROM message WHERE flags & 8 <> 0")
    assert (await imap.ok('LIST "" INBOX RETURN (STATUS (DELETED-STORAGE))'))[-1] == (
        b'* STATUS "INBOX" (DELETED-STORAGE %d)' % size
    )


async def test_anothers_root_is_for_who_may_fill_it(house: ImapHouse, imap: ImapClient) -> None:
    await _limit(house, 1024 * 1024)
    bob, name = await house.client("bob"), '"Users/alice@example.test/Archive"'
    await imap.ok("SETACL Archive bob lr")
    assert await bob.ok(f"GETQUOTAROOT {name}") == [b"* QUOTAROOT " + name.encode()]
    assert (await bob.refused("GETQUOTA alice@example.test")).startswith(b"NO [NONEXISTENT]")

    await imap.ok("SETACL Archive bob +i")
    shown = b'* QUOTA "alice@example.test" (STORAGE 0 1024)'
    assert await bob.ok("GETQUOTA alice@example.test") == [shown]
    assert (await bob.ok(f"GETQUOTAROOT {name}"))[1] == shown
