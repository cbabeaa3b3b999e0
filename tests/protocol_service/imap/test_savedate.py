"""SAVEDATE (RFC 8514): when a message came into its mailbox, whatever its internal date."""

from __future__ import annotations

import pytest

from backend.kit import clock
from tests.protocol_service.imap.messages import PLAIN
from tests.support.imap_client import ImapClient

NOON = 1_469_232_000 + 12 * 3600  # 23-Jul-2016


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of everything that is stored stands at noon of a day."""
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.mark.usefixtures("noon")
async def test_savedate_is_fetched_and_searched(imap: ImapClient) -> None:
    await imap.append("INBOX", PLAIN, '"01-Jan-2001 00:00:00 +0000" ')
    await imap.ok("SELECT INBOX")

    assert await imap.ok("FETCH 1 (SAVEDATE INTERNALDATE)") == [
        b'* 1 FETCH (SAVEDATE "23-Jul-2016 12:00:00 +0000" INTERNALDATE "01-Jan-2001 00:00:00 +0000")'
    ]
    for key, found in [
        ("SAVEDON 23-Jul-2016", b" 1"),
        ("SAVEDON 22-Jul-2016", b""),
        ("SAVEDBEFORE 23-Jul-2016", b""),
        ("SAVEDBEFORE 24-Jul-2016", b" 1"),
        ("SAVEDSINCE 23-Jul-2016", b" 1"),
        ("SAVEDSINCE 24-Jul-2016", b""),
        ("SAVEDATESUPPORTED", b" 1"),
        ("NOT SAVEDATESUPPORTED", b""),
        ("1 NOT SAVEDSINCE 24-Jul-2016", b" 1"),
    ]:
        assert await imap.ok(f"SEARCH {key}") == [b"* SEARCH" + found], key


async def test_a_copy_has_a_date_of_its_own(imap: ImapClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    await imap.append("INBOX", PLAIN)
    await imap.ok("SELECT INBOX")
    monkeypatch.setattr(clock, "now", lambda: NOON + 86400)

    await imap.ok("COPY 1 Archive")

    await imap.ok("SELECT Archive")
    assert await imap.ok("FETCH 1 SAVEDATE") == [b'* 1 FETCH (SAVEDATE "24-Jul-2016 12:00:00 +0000")']


@pytest.mark.parametrize("key", ["SAVEDON", "SAVEDON x", "SAVEDBEFORE 99-Jul-2016"])
async def test_a_bad_date_is_bad(imap: ImapClient, key: str) -> None:
    await imap.ok("SELECT INBOX")

    assert (await imap.refused(f"SEARCH {key}")).startswith(b"BAD ")
