"""ACL (RFC 4314) and LIST-MYRIGHTS (RFC 8440), with the documents' own examples as far as they fit us."""

from __future__ import annotations

import pytest

from backend.directory import domains, groups, settings
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from tests.protocol_service.imap.conftest import ImapHouse
from tests.support.imap_client import ImapClient

ALL = b"lrswipkxteacd"
BOX = '"Users/alice@example.test/Projects"'


@pytest.fixture
async def bob(house: ImapHouse, imap: ImapClient) -> ImapClient:
    """bob, signed in; alice has made Projects and Projects/North."""
    await imap.ok("CREATE Projects/North")
    return await house.client("bob")


async def test_capabilities_name_the_rights(imap: ImapClient) -> None:
    [line] = await imap.ok("CAPABILITY")
    assert {b"ACL", b"RIGHTS=kxte", b"LIST-MYRIGHTS"} <= set(line.split())


async def test_setacl_getacl_deleteacl(imap: ImapClient, bob: ImapClient) -> None:
    # RFC 4314 §3.1, §3.3
    await imap.ok("SETACL Projects bob@example.test lrswipkxtea")
    await imap.ok("SETACL Projects bob -wipkxtea")
    assert await imap.ok("GETACL Projects") == [
        b'* ACL "Projects" "alice@example.test" ' + ALL + b' "bob@example.test" lrs'
    ]
    await imap.ok("SETACL Projects bob +w")
    await imap.ok("SETACL Projects -bob@example.test r")
    assert await imap.ok("GETACL Projects") == [
        b'* ACL "Projects" "alice@example.test" ' + ALL
        + b' "bob@example.test" lrsw "-bob@example.test" r'
    ]  # fmt: skip
    assert await bob.ok(f"MYRIGHTS {BOX}") == [b"* MYRIGHTS " + BOX.encode() + b" lsw"]

    await imap.ok("DELETEACL Projects bob")
    await imap.ok("DELETEACL Projects -bob")
    await imap.ok("DELETEACL Projects bob")
    assert await imap.ok("GETACL Projects") == [b'* ACL "Projects" "alice@example.test" ' + ALL]
    assert (await bob.refused(f"MYRIGHTS {BOX}")).startswith(b"NO [NONEXISTENT]")


async def test_obsolete_rights_of_rfc_2086(imap: ImapClient, bob: ImapClient) -> None:
    await imap.ok("SETACL Projects bob lrd")
    assert await bob.ok(f"MYRIGHTS {BOX}") == [b"* MYRIGHTS " + BOX.encode() + b" lrxted"]
    await imap.ok("SETACL Projects bob lrc")
    assert await bob.ok(f"MYRIGHTS {BOX}") == [b"* MYRIGHTS " + BOX.encode() + b" lrkc"]


async def test_listrights_and_myrights(imap: ImapClient, bob: ImapClient) -> None:
    assert await imap.ok("LISTRIGHTS Projects bob") == [
        b'* LISTRIGHTS "Projects" "bob" "" l r s w i p k x t e a c d'
    ]
    assert await imap.ok("LISTRIGHTS Projects alice@example.test") == [
        b'* LISTRIGHTS "Projects" "alice@example.test" ' + ALL
    ]
    assert await imap.ok("MYRIGHTS INBOX") == [b'* MYRIGHTS "INBOX" ' + ALL]


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("SETACL Projects nobody lr", b"NO [NONEXISTENT]"),
        ("SETACL Projects group:none lr", b"NO [NONEXISTENT]"),
        ("SETACL Projects eve@other.test lr", b"NO [NONEXISTENT]"),
        ("SETACL Projects alice lr", b"NO [CANNOT]"),
        ("SETACL Projects - lr", b"NO [CANNOT]"),
        ('SETACL Projects "" lr', b"NO [CANNOT]"),
        ("SETACL Projects bob lz", b"NO [CANNOT]"),
        ("SETACL Projects anyone lr", b"NO [NOPERM]"),
        ("SETACL Missing bob lr", b"NO [NONEXISTENT]"),
        ("SETACL Projects bob", b"BAD"),
        ("GETACL", b"BAD"),
        ("LISTRIGHTS Projects nobody", b"NO [NONEXISTENT]"),
        ('MYRIGHTS "Users/bob@example.test/INBOX"', b"NO [NONEXISTENT]"),
        ('MYRIGHTS "Users/alice@example.test/INBOX"', b"NO [NONEXISTENT]"),
        ("CREATE Users", b"NO [NOPERM]"),
    ],
)
async def test_refusals(imap: ImapClient, bob: ImapClient, command: str, answer: bytes) -> None:
    await domains.add(SYSTEM, "other.test")
    assert (await imap.refused(command)).startswith(answer)
    assert await imap.ok("GETACL Projects") == [b'* ACL "Projects" "alice@example.test" ' + ALL]


async def test_only_administer_shows_and_changes(imap: ImapClient, bob: ImapClient) -> None:
    await imap.ok("SETACL Projects bob lrswipkxte")
    for command in ("GETACL", "SETACL {} bob lrswipkxtea", "DELETEACL {} bob", "LISTRIGHTS {} bob"):
        line = command.format(BOX) if "{}" in command else f"{command} {BOX}"
        assert (await bob.refused(line)).startswith(b"NO [NOPERM]")
    await imap.ok("SETACL Projects bob +a")
    assert len(await bob.ok(f"GETACL {BOX}")) == 1


async def test_rights_of_groups_and_everyone(house: ImapHouse, imap: ImapClient, bob: ImapClient) -> None:
    domain_id = (await domains.get_by_name(SYSTEM, "example.test")).id
    team = await groups.add(SYSTEM, domain_id, "team")
    await imap.ok("SETACL Projects group:team lr")
    assert (await bob.refused(f"SELECT {BOX}")).startswith(b"NO [NONEXISTENT]")
    await groups.add_member(SYSTEM, team.id, "bob@example.test")
    await bob.ok(f"SELECT {BOX}")
    await groups.remove_member(SYSTEM, team.id, "bob@example.test")
    assert (await bob.command("FETCH 1:* FLAGS")).status.startswith(b"NO [NONEXISTENT]")

    await settings.set_value(SYSTEM, "shares.anyone", Level.DOMAIN, domain_id, True)
    await imap.ok("SETACL Projects anyone lr")
    again = await house.client("bob")
    assert (await again.command(f"SELECT {BOX}")).status == b"OK [READ-ONLY] SELECT completed"


async def test_list_myrights_and_names_above(imap: ImapClient, bob: ImapClient) -> None:
    # RFC 8440 §4
    await imap.ok("SETACL Projects/North bob lrs")
    assert await bob.ok('LIST "" ("Users*" "INBOX") RETURN (MYRIGHTS)') == [
        b'* LIST (\\HasNoChildren) "/" "INBOX"',
        b'* MYRIGHTS "INBOX" ' + ALL,
        b'* LIST (\\HasChildren \\NonExistent \\Noselect) "/" "Users"',
        b'* LIST (\\HasChildren \\NonExistent \\Noselect) "/" "Users/alice@example.test"',
        b'* LIST (\\HasChildren \\NonExistent \\Noselect) "/" ' + BOX.encode(),
        b'* LIST (\\HasNoChildren) "/" "Users/alice@example.test/Projects/North"',
        b'* MYRIGHTS "Users/alice@example.test/Projects/North" lrs',
    ]
    top = await bob.ok('LIST "" %')
    assert top[-1] == b'* LIST (\\HasChildren \\NonExistent \\Noselect) "/" "Users"'
    assert await bob.ok('LIST "Users/" %') == [
        b'* LIST (\\HasChildren \\NonExistent \\Noselect) "/" "Users/alice@example.test"'
    ]
