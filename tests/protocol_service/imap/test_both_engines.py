"""One walk through the verbs on SQLite and on PostgreSQL."""

from __future__ import annotations

import re
from contextlib import AsyncExitStack

from backend.kit.runtime import Runtime
from tests.protocol_service.imap.conftest import open_house
from tests.protocol_service.imap.messages import NESTED, PLAIN, numbered


async def test_a_walk_through_the_verbs(any_rt: Runtime) -> None:
    async with AsyncExitStack() as stack:
        house = await open_house(any_rt, stack)
        alice, other = await house.client(), await house.client()
        parts = b"".join(b" {%d+}\r\n%b" % (len(raw), raw) for raw in (PLAIN, NESTED, numbered(3)))
        await alice.ok(b"APPEND INBOX" + parts)
        await alice.ok("SELECT INBOX")
        await other.ok("SELECT INBOX")
        other.send(b"i IDLE\r\n")
        assert await other.response() == b"+ idling"

        assert await alice.ok("STORE 2 +FLAGS (\\Flagged Later)") != []
        assert [await other.response() for _ in range(2)][1] == b"* 2 FETCH (FLAGS (\\Flagged Later))"
        assert await alice.ok("UID SEARCH TEXT teal") == [b"* SEARCH 1"]
        assert await alice.ok('SEARCH SUBJECT "GRÜSSE" OR FLAGGED SEEN'.encode()) == [b"* SEARCH 2"]
        assert (await alice.ok("FETCH 1 BODY[]"))[0].endswith(PLAIN + b")")
        assert await other.response() == b"* 1 FETCH (FLAGS (\\Seen))"
        await alice.ok("COPY 1:3 Archive")
        await alice.ok("MOVE 1 Trash")
        assert await other.response() == b"* 1 EXPUNGE"
        await alice.ok("STORE 1 +FLAGS.SILENT (\\Deleted)")
        assert await alice.ok("EXPUNGE") == [b"* 1 EXPUNGE"]
        await alice.ok("RENAME Archive Old/2026")
        assert await alice.ok("STATUS Old/2026 (MESSAGES UNSEEN)") == [
            b'* STATUS "Old/2026" (MESSAGES 3 UNSEEN 2)'
        ]

        alice.send(b"".join(b"p%d UID FETCH 1:* (FLAGS ENVELOPE)\r\n" % number for number in range(50)))
        for number in range(50):
            answer = await alice.answer(b"p%d" % number)
            assert answer.is_ok
            assert len(answer.untagged) == 1


async def test_messages_by_what_the_store_knows_of_them(any_rt: Runtime) -> None:
    async with AsyncExitStack() as stack:
        house = await open_house(any_rt, stack)
        alice = await house.client()
        for raw in (PLAIN, NESTED, numbered(3)):
            await alice.append("Drafts", raw)
        await alice.ok("SELECT Drafts")

        await alice.ok(b'REPLACE 1 Drafts CATENATE (URL "/Drafts/;UID=1" TEXT {4+}\r\nmore)')
        await alice.ok("COPY 1 Archive")
        assert await alice.ok("UID SEARCH ALL SAVEDSINCE 1-Jan-2020") == [b"* SEARCH 2 3 4"]
        assert await alice.ok("UID SEARCH SAVEDBEFORE 1-Jan-2020") == [b"* SEARCH"]
        [line] = await alice.ok("FETCH 3 (EMAILID THREADID PREVIEW)")
        told = rb'EMAILID \((M\d+)\) THREADID \((T\d+)\) PREVIEW "Hello Alice, see you soon. more"'
        found = re.fullmatch(rb"\* 3 FETCH \(%b\)" % told, line)
        assert found
        assert await alice.ok(b"SEARCH EMAILID %b" % found[1]) == [b"* SEARCH 3"]
        assert await alice.ok(b"SEARCH THREADID %b" % found[2]) == [b"* SEARCH 3"]
        assert (await alice.ok("FETCH 1 (BINARY.SIZE[1] BINARY.PEEK[1])"))[0] == (
            b"* 1 FETCH (BINARY.SIZE[1] 10 BINARY[1] {10}\r\nfirst part)"
        )
