"""UNAUTHENTICATE (RFC 8437): the same connection for somebody else."""

from __future__ import annotations

from tests.protocol_service.imap.conftest import PASSWORD, ImapHouse
from tests.protocol_service.imap.messages import PLAIN
from tests.support.imap_client import ImapClient


async def test_nothing_of_the_first_user_is_left_for_the_second(house: ImapHouse, imap: ImapClient) -> None:
    assert b"UNAUTHENTICATE" in (await imap.ok("CAPABILITY"))[0]
    await imap.append("INBOX", PLAIN)
    await imap.ok("ENABLE QRESYNC UTF8=ACCEPT IMAP4rev2")
    await imap.ok("LANGUAGE de")
    await imap.ok("SELECT INBOX")
    await imap.ok("STORE 1 +FLAGS (\\Deleted)")

    answer = await imap.command("UNAUTHENTICATE")

    assert answer.untagged == []
    assert answer.status.startswith(b"OK [CAPABILITY IMAP4rev1 ")
    assert answer.status.endswith(b"] UNAUTHENTICATE completed")
    assert b"UNAUTHENTICATE" not in (await imap.ok("CAPABILITY"))[0]
    assert (await imap.refused("CHECK")).startswith(b"BAD ")
    assert (await imap.refused("APPEND INBOX {2000+}\r\n" + "x" * 2000)).startswith(b"BAD [TOOBIG] ")
    await imap.login("bob@example.test", PASSWORD)
    told = await imap.ok("SELECT INBOX")
    assert b"* 0 EXISTS" in told
    assert b"* 0 RECENT" in told
    again = await house.client(select="INBOX")
    assert await again.ok("FETCH 1 FLAGS") == [b"* 1 FETCH (FLAGS (\\Deleted))"]


async def test_news_of_the_first_user_do_not_come_any_more(house: ImapHouse, imap: ImapClient) -> None:
    await imap.ok("SELECT INBOX")
    await imap.ok("UNAUTHENTICATE")
    other = await house.client()
    await other.append("INBOX", PLAIN)

    await imap.login("bob@example.test", PASSWORD)

    assert await imap.ok("NOOP") == []


async def test_it_needs_somebody_and_no_argument(house: ImapHouse) -> None:
    stranger = await house.connect()
    assert (await stranger.refused("UNAUTHENTICATE")).startswith(b"BAD ")
    assert (await (await house.client()).refused("UNAUTHENTICATE now")).startswith(b"BAD ")


async def test_it_can_be_turned_off(house: ImapHouse, imap: ImapClient) -> None:
    server = house.role.server
    server.settings = server.settings.model_copy(update={"imap_unauthenticate": False})

    assert b"UNAUTHENTICATE" not in (await imap.ok("CAPABILITY"))[0]
    assert (await imap.refused("UNAUTHENTICATE")).startswith(b"BAD ")
    assert await imap.ok("STATUS INBOX (MESSAGES)") == [b'* STATUS "INBOX" (MESSAGES 0)']
