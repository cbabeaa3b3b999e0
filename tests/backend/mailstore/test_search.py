"""IMAP SEARCH in stored text."""

from __future__ import annotations

import pytest

from backend.mailstore import ingest, search
from backend.mailstore.search import Term, search_mailbox
from tests.backend.mailstore.messages import message

RAW = (
    b"From: =?utf-8?q?J=C3=B6rg_M=C3=BCller?= <joerg@example.test>\r\nTo: Team <team@example.test>\r\n"
    b"Cc: boss@example.test\r\nSubject: Quarterly\r\n  REPORT\r\nX-Project: Alpha  Beta\r\n"
    b"X-Other: gamma\r\nDate: Wed, 01 Jul 2026 10:00:00 +0000\r\n\r\nThe Stra\xc3\x9fe is\r\nlong. 100%\r\n"
)


@pytest.fixture
async def box(any_account: int) -> int:
    await ingest.store(message("Nothing here"), any_account, "inbox")
    done = await ingest.store(
        RAW.replace(b"Date:", b"Content-Type: text/plain; charset=utf-8\r\nDate:"),
        any_account,
        "inbox",
        prefix=b"Return-Path: <bounce@list.test>\r\n",
    )
    await ingest.store(message("Third", body="alpha gamma"), any_account, "inbox")
    return done.mailbox_id


FOUND = [
    Term("subject", "quarterly report"),
    Term("subject", "RLY REP"),
    Term("from", "jörg"),
    Term("from", "JOERG@EXAMPLE"),
    Term("to", "team@"),
    Term("cc", "boss"),
    Term("body", "STRASSE is long"),
    Term("body", "100%"),
    Term("text", "quarterly"),
    Term("text", "straße"),
    Term("header", "alpha beta", "X-Project"),
    Term("header", "", "x-project"),
    Term("header", "müller", "from"),
    Term("header", "bounce@", "return-path"),
]
NOT_FOUND = [
    Term("subject", "quarterlyreport"),
    Term("bcc", "boss"),
    Term("body", "quarterly"),
    Term("header", "gamma", "X-Project"),
    Term("header", "", "x-missing"),
    Term("text", "no such words"),
]


async def test_substrings_are_found_where_they_are(box: int) -> None:
    for term in FOUND:
        assert await search_mailbox(box, [term]) == [2], term
    for term in NOT_FOUND:
        assert await search_mailbox(box, [term]) == [], term


async def test_terms_must_all_hold_and_uids_narrow(box: int) -> None:
    assert await search_mailbox(box, [Term("text", "alpha"), Term("text", "gamma")]) == [2, 3]
    assert await search_mailbox(box, [Term("text", "alpha"), Term("body", "gamma")]) == [3]
    assert await search_mailbox(box, [Term("text", "alpha")], [1, 3]) == [3]
    assert await search_mailbox(box, [Term("text", "alpha")], []) == []
    assert await search_mailbox(box, [Term("body", "")]) == [1, 2, 3]
    assert await search_mailbox(box, []) == []


async def test_many_uids_are_a_range(box: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_LOOKED_UP", 1)

    assert await search_mailbox(box, [Term("text", "alpha")], [1, 3]) == [3]


async def test_sent_dates(box: int) -> None:
    day = 1_782_864_000

    assert await search.sent_between(box, day, day + 86400) == [1, 2, 3]
    assert await search.sent_between(box, None, day) == []
    assert await search.sent_between(box, day, None, [2]) == [2]
