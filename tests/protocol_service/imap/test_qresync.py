"""QRESYNC (RFC 7162 §3.2)."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.kit import clock
from backend.mailstore import retention
from protocol_service.imap.resync import missing
from tests.protocol_service.imap.conftest import ImapHouse
from tests.protocol_service.imap.messages import numbered
from tests.support.imap_client import ImapClient


@pytest.fixture
async def other(house: ImapHouse, imap: ImapClient) -> ImapClient:
    """Another session of alice, in an INBOX with five messages."""
    for number in range(1, 6):
        await imap.append("INBOX", numbered(number))
    return await house.client(select="INBOX")


async def state(imap: ImapClient) -> tuple[int, int]:
    """UIDVALIDITY and HIGHESTMODSEQ of INBOX."""
    line = (await imap.ok("STATUS INBOX (UIDVALIDITY HIGHESTMODSEQ)"))[-1]
    found = re.search(rb"UIDVALIDITY (\d+) HIGHESTMODSEQ (\d+)", line)
    assert found is not None
    return int(found[1]), int(found[2])


def told(answer: list[bytes]) -> list[bytes]:
    """What was missed, of a SELECT's answer."""
    lines = [line for line in answer if b"VANISHED" in line or b" FETCH " in line]
    return [re.sub(rb" MODSEQ \(\d+\)", b"", line) for line in lines]


async def change(other: ImapClient) -> None:
    """2 and 3 go, 4 is flagged, 6 comes."""
    await other.ok("UID STORE 2:3 +FLAGS.SILENT (\\Deleted)")
    await other.ok("EXPUNGE")
    await other.ok("UID STORE 4 +FLAGS.SILENT (\\Flagged)")
    await other.append("INBOX", numbered(6))


async def test_select_tells_what_was_missed(imap: ImapClient, other: ImapClient) -> None:
    await imap.ok("ENABLE QRESYNC")
    validity, modseq = await state(imap)
    await change(other)

    answer = await imap.ok(f"SELECT INBOX (QRESYNC ({validity} {modseq}))")

    assert told(answer) == [
        b"* VANISHED (EARLIER) 2:3",
        b"* 2 FETCH (UID 4 FLAGS (\\Flagged))",
        b"* 4 FETCH (UID 6 FLAGS ())",
    ]


async def test_only_known_uids_are_told(imap: ImapClient, other: ImapClient) -> None:
    await imap.ok("ENABLE QRESYNC")
    validity, modseq = await state(imap)
    await change(other)

    answer = await imap.ok(f"SELECT INBOX (QRESYNC ({validity} {modseq} 1,3:5 (1,3 1,3)))")

    assert told(answer) == [b"* VANISHED (EARLIER) 3", b"* 2 FETCH (UID 4 FLAGS (\\Flagged))"]


async def test_another_uidvalidity_is_told_nothing(imap: ImapClient, other: ImapClient) -> None:
    await imap.ok("ENABLE QRESYNC")
    validity, modseq = await state(imap)
    await change(other)

    assert told(await imap.ok(f"SELECT INBOX (QRESYNC ({validity + 1} {modseq}))")) == []


async def test_without_tombstones_every_missing_uid_is_told(imap: ImapClient, other: ImapClient) -> None:
    await imap.ok("ENABLE QRESYNC")
    validity, modseq = await state(imap)
    await change(other)
    now = clock.now()
    clock.set_source(lambda: now + 400 * 86_400)
    try:
        assert await retention.prune_tombstones() == 4  # two flagged at once, then one; two expunged
    finally:
        clock.set_source(None)

    answer = await imap.ok(f"SELECT INBOX (QRESYNC ({validity} {modseq} 1:4000000000))")

    assert told(answer) == [
        b"* VANISHED (EARLIER) 2:3",
        b"* 2 FETCH (UID 4 FLAGS (\\Flagged))",
        b"* 4 FETCH (UID 6 FLAGS ())",
    ]


async def test_expunges_are_told_by_uid(imap: ImapClient, other: ImapClient) -> None:
    await imap.ok("ENABLE QRESYNC")
    await imap.ok("SELECT INBOX")

    await change(other)

    news = await imap.ok("NOOP")
    assert news[0] == b"* VANISHED 2:3"
    assert not any(b"EXPUNGE" in line for line in news)


async def test_uid_fetch_tells_what_vanished_since(imap: ImapClient, other: ImapClient) -> None:
    await imap.ok("ENABLE QRESYNC")
    _, modseq = await state(imap)
    await change(other)
    await imap.ok("SELECT INBOX")

    answer = await imap.ok(f"UID FETCH 1:* (FLAGS) (CHANGEDSINCE {modseq} VANISHED)")

    assert told(answer) == [
        b"* VANISHED (EARLIER) 2:3",
        b"* 2 FETCH (UID 4 FLAGS (\\Flagged))",
        b"* 4 FETCH (UID 6 FLAGS ())",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "SELECT INBOX (QRESYNC (1 1))",
        "UID FETCH 1:* (FLAGS) (CHANGEDSINCE 1 VANISHED)",
        "FETCH 1:* (FLAGS) (VANISHED CHANGEDSINCE 1)",
        "UID FETCH 1:* (FLAGS) (VANISHED)",
    ],
)
async def test_it_must_be_enabled_and_well_formed(imap: ImapClient, other: ImapClient, line: str) -> None:
    assert (await other.refused(line)).startswith(b"BAD ")


@pytest.mark.parametrize("argument", ["()", "(1)", "(1 1 1:2 3:4 5)", "(1 1 (1))", "1 1", "(0x1 1)"])
async def test_broken_parameters_are_bad(imap: ImapClient, other: ImapClient, argument: str) -> None:
    await imap.ok("ENABLE QRESYNC")

    assert (await imap.refused(f"SELECT INBOX (QRESYNC {argument})")).startswith(b"BAD ")


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(0, 9)), max_size=5), st.sets(st.integers(1, 80)))
def test_missing_uids_are_exact(spans: list[tuple[int, int]], there: set[int]) -> None:
    known = sorted({uid for low, length in spans for uid in range(low, low + length + 1)})
    ranges: list[tuple[int, int]] = []
    for uid in known:
        if ranges and ranges[-1][1] == uid - 1:
            ranges[-1] = (ranges[-1][0], uid)
        else:
            ranges.append((uid, uid))

    found = [uid for low, high in missing(ranges, sorted(there)) for uid in range(low, high + 1)]

    assert found == [uid for uid in known if uid not in there]
