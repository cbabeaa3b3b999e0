"""Mailboxes of others over IMAP: listing, reading with an own \\Seen, changing within rights, news."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from backend.kit import db
from backend.kit.runtime import Runtime
from tests.backend.mailstore.consistency import assert_consistent
from tests.protocol_service.imap.conftest import ImapHouse
from tests.protocol_service.imap.messages import PLAIN, numbered
from tests.support.imap_client import ImapClient

BOX = '"Users/alice@example.test/Projects"'
NAME = BOX.encode()


@dataclass
class Pair:
    alice: ImapClient
    bob: ImapClient

    async def share(self, rights: str, mailbox: str = "Projects") -> None:
        await self.alice.ok(f"SETACL {mailbox} bob {rights}")


@pytest.fixture
async def pair(house: ImapHouse) -> Pair:
    """alice and bob; alice has Projects with three messages."""
    alice = await house.client("alice")
    await alice.ok("CREATE Projects")
    for number in range(1, 4):
        await alice.append("Projects", numbered(number))
    return Pair(alice, await house.client("bob"))


async def _flags(client: ImapClient) -> list[bytes]:
    """The flags of all messages; keywords that are new to the client are told before."""
    return [line for line in await client.ok("FETCH 1:* FLAGS") if not line.startswith(b"* FLAGS")]


async def test_seen_is_each_ones_own_and_other_flags_are_shared(pair: Pair) -> None:
    await pair.share("lrsw")
    await pair.alice.ok("SELECT Projects")
    assert (await pair.bob.command(f"SELECT {BOX}")).status.startswith(b"OK [READ-WRITE]")

    assert await pair.bob.ok("STORE 1:2 +FLAGS (\\Seen \\Flagged)") == [
        b"* 1 FETCH (FLAGS (\\Seen \\Flagged))",
        b"* 2 FETCH (FLAGS (\\Seen \\Flagged))",
    ]
    await pair.alice.ok("STORE 3 +FLAGS.SILENT (\\Seen Later)")

    assert await _flags(pair.alice) == [
        b"* 1 FETCH (FLAGS (\\Flagged))",
        b"* 2 FETCH (FLAGS (\\Flagged))",
        b"* 3 FETCH (FLAGS (\\Seen Later))",
    ]
    await pair.bob.ok("NOOP")
    assert await _flags(pair.bob) == [
        b"* 1 FETCH (FLAGS (\\Seen \\Flagged))",
        b"* 2 FETCH (FLAGS (\\Seen \\Flagged))",
        b"* 3 FETCH (FLAGS (Later))",
    ]
    assert await pair.bob.ok("SEARCH UNSEEN") == [b"* SEARCH 3"]
    assert await pair.alice.ok("SEARCH SEEN") == [b"* SEARCH 3"]
    assert await pair.bob.ok(f"STATUS {BOX} (MESSAGES UNSEEN)") == [
        b"* STATUS " + NAME + b" (MESSAGES 3 UNSEEN 1)"
    ]
    assert await pair.alice.ok("STATUS Projects (UNSEEN)") == [b'* STATUS "Projects" (UNSEEN 2)']


async def test_reading_a_body_marks_it_only_with_the_right(pair: Pair) -> None:
    await pair.share("lr")
    assert (await pair.bob.command(f"SELECT {BOX}")).status.startswith(b"OK [READ-ONLY]")
    await pair.bob.ok("FETCH 1 BODY[TEXT]")
    assert await pair.bob.ok("SEARCH SEEN") == [b"* SEARCH"]

    await pair.share("lrs")
    await pair.bob.ok(f"SELECT {BOX}")
    assert (await pair.bob.ok("FETCH 1 BODY[TEXT]"))[-1] == b"* 1 FETCH (FLAGS (\\Seen))"
    assert await pair.alice.ok("STATUS Projects (UNSEEN)") == [b'* STATUS "Projects" (UNSEEN 3)']


async def test_permanent_flags_and_refused_flags(pair: Pair) -> None:
    await pair.share("lrst")
    select = await pair.bob.ok(f"SELECT {BOX}")
    assert b"* OK [PERMANENTFLAGS (\\Seen \\Deleted)] Flags that are kept" in select

    # What is not permitted is passed over where something is left (RFC 4314 §4).
    assert await pair.bob.ok("STORE 1 +FLAGS (\\Seen \\Flagged Odd)") == [b"* 1 FETCH (FLAGS (\\Seen))"]
    assert (await pair.bob.refused("STORE 1 +FLAGS (\\Flagged Odd)")).startswith(b"NO [NOPERM]")
    assert await pair.bob.ok("STORE 1 FLAGS (\\Deleted)") == [b"* 1 FETCH (FLAGS (\\Deleted))"]
    assert b"Odd" not in b"".join(await pair.alice.ok("SELECT Projects"))


@pytest.mark.parametrize(
    ("rights", "command"),
    [
        ("l", f"SELECT {BOX}"),
        ("l", f"STATUS {BOX} (MESSAGES)"),
        ("lr", f'CREATE {BOX[:-1]}/New"'),
        ("lr", f"DELETE {BOX}"),
        ("lr", f'RENAME {BOX} {BOX[:-1]}2"'),
        ("lrx", f'RENAME {BOX} {BOX[:-1]}2"'),
        ("lr", f"GETACL {BOX}"),
    ],
)
async def test_lacking_right_is_noperm_and_unknown_is_nonexistent(
    pair: Pair, rights: str, command: str
) -> None:
    code = b"NO [NOPERM]"
    for expected in (code if command.startswith("CREATE") else b"NO [NONEXISTENT]", code):
        assert (await pair.bob.refused(command)).startswith(expected)
        await pair.share(rights)
    names = await pair.alice.ok('LIST "" Proj*')
    assert names == [b'* LIST (\\HasNoChildren) "/" "Projects"']


async def test_expunge_close_and_move_need_their_rights(pair: Pair) -> None:
    await pair.share("lrstw")
    await pair.bob.ok(f"SELECT {BOX}")
    await pair.bob.ok("STORE 1 +FLAGS (\\Deleted)")
    for command in ("EXPUNGE", "UID EXPUNGE 1:*", "MOVE 1 INBOX"):
        assert (await pair.bob.refused(command)).startswith(b"NO [NOPERM]")
    await pair.bob.ok("CLOSE")
    assert await pair.alice.ok("STATUS Projects (MESSAGES DELETED)") == [
        b'* STATUS "Projects" (MESSAGES 3 DELETED 1)'
    ]
    await pair.share("lrstwe")
    await pair.bob.ok(f"SELECT {BOX}")
    assert await pair.bob.ok("EXPUNGE") == [b"* 1 EXPUNGE"]


async def test_append_and_copy_into_anothers_mailbox(house: ImapHouse, pair: Pair) -> None:
    await pair.bob.append("INBOX", PLAIN, "(\\Seen \\Flagged Mine) ")
    await pair.bob.ok("SELECT INBOX")
    assert (await pair.bob.refused(f"COPY 1 {BOX}")).startswith(b"NO [TRYCREATE]")
    await pair.share("lr")
    assert (await pair.bob.refused(f"COPY 1 {BOX}")).startswith(b"NO [NOPERM]")
    await pair.share("lrsi")

    assert re.match(rb"OK \[APPENDUID \d+ 4\]", await pair.bob.append(BOX.strip('"'), PLAIN, "(\\Seen x) "))
    copied = await pair.bob.command(f"COPY 1 {BOX}")
    assert re.match(rb"OK \[COPYUID \d+ 1 5\]", copied.status)

    await pair.alice.ok("SELECT Projects")
    assert (await _flags(pair.alice))[3:] == [b"* 4 FETCH (FLAGS ())", b"* 5 FETCH (FLAGS ())"]
    await pair.bob.ok(f"SELECT {BOX}")
    assert await pair.bob.ok("SEARCH SEEN") == [b"* SEARCH 4 5"]
    used = await db.fetch_rows("SELECT id, used_bytes, message_count FROM account")
    assert {row[0]: row[2] for row in used} == {house.users["alice"]: 5, house.users["bob"]: 1}
    await assert_consistent()


async def test_copy_and_move_out_of_anothers_mailbox(pair: Pair) -> None:
    await pair.share("lrswte")
    await pair.alice.ok("SELECT Projects")
    await pair.alice.ok("STORE 1:3 +FLAGS (Blue \\Seen)")
    await pair.bob.append("INBOX", PLAIN, "(Red) ")
    await pair.bob.ok(f"SELECT {BOX}")
    await pair.bob.ok("STORE 2 +FLAGS (\\Seen)")

    assert re.match(rb"OK \[COPYUID \d+ 1:2 2:3\]", (await pair.bob.command("COPY 1:2 INBOX")).status)
    moved = await pair.bob.ok("MOVE 3 INBOX")
    assert re.match(rb"\* OK \[COPYUID \d+ 3 4\]", moved[0])
    assert moved[1] == b"* 3 EXPUNGE"
    await pair.bob.ok("SELECT INBOX")
    assert await _flags(pair.bob) == [
        b"* 1 FETCH (FLAGS (Red))",
        b"* 2 FETCH (FLAGS (Blue))",
        b"* 3 FETCH (FLAGS (\\Seen Blue))",
        b"* 4 FETCH (FLAGS (Blue))",
    ]
    assert (await pair.bob.ok("FETCH 4 BODY.PEEK[]"))[0].endswith(numbered(3) + b")")
    assert (await pair.alice.ok("NOOP")) == [b"* 3 EXPUNGE"]
    await assert_consistent()


async def test_move_between_mailboxes_of_one_owner_keeps_own_marks(pair: Pair) -> None:
    await pair.share("lrswtek")
    await pair.bob.ok(f'CREATE {BOX[:-1]}/Done"')
    await pair.share("lrswi", "Projects/Done")
    await pair.alice.ok("SELECT Projects")
    await pair.alice.ok("STORE 2 +FLAGS (\\Seen)")
    await pair.bob.ok(f"SELECT {BOX}")
    await pair.bob.ok("STORE 1 +FLAGS (\\Seen)")

    await pair.bob.ok(f'MOVE 1:2 {BOX[:-1]}/Done"')

    await pair.bob.ok(f'SELECT {BOX[:-1]}/Done"')
    await pair.alice.ok("SELECT Projects/Done")
    assert await pair.bob.ok("SEARCH SEEN") == [b"* SEARCH 1"]
    assert await pair.alice.ok("SEARCH SEEN") == [b"* SEARCH 2"]
    assert await pair.bob.ok(f"STATUS {BOX} (MESSAGES UNSEEN)") == [
        b"* STATUS " + NAME + b" (MESSAGES 1 UNSEEN 1)"
    ]
    await assert_consistent()


async def test_create_below_inherits_and_delete(pair: Pair) -> None:
    await pair.share("lrkx")
    await pair.bob.ok(f'CREATE {BOX[:-1]}/New"')
    assert await pair.bob.ok(f'MYRIGHTS {BOX[:-1]}/New"') == [b"* MYRIGHTS " + NAME[:-1] + b'/New" lrkxcd']
    await pair.bob.ok(f'RENAME {BOX[:-1]}/New" {BOX[:-1]}/Newer"')
    assert (await pair.bob.refused(f'RENAME {BOX[:-1]}/Newer" Mine')).startswith(b"NO [CANNOT]")
    assert await pair.alice.ok('LIST "" Projects/*') == [b'* LIST (\\HasNoChildren) "/" "Projects/Newer"']
    await pair.bob.ok(f'DELETE {BOX[:-1]}/Newer"')
    assert await pair.alice.ok('LIST "" Projects/*') == []


async def test_news_reach_every_reader(pair: Pair, house: ImapHouse) -> None:
    await pair.share("lrswi")
    second = await house.client("bob", select=BOX)
    await pair.alice.ok("SELECT Projects")
    for client in (second, pair.alice):
        client.send(b"i IDLE\r\n")
        assert await client.response() == b"+ idling"

    await pair.bob.append(BOX.strip('"'), PLAIN)
    for client in (second, pair.alice):
        assert [await client.response() for _ in range(2)] == [b"* 4 EXISTS", b"* 0 RECENT"]
    await pair.bob.ok(f"SELECT {BOX}")
    await pair.bob.ok("STORE 2 +FLAGS (\\Seen)")
    assert await second.response() == b"* 2 FETCH (FLAGS (\\Seen))"
    await pair.bob.ok("STORE 3 +FLAGS (\\Flagged)")
    for client in (second, pair.alice):  # of bob's \Seen alice has heard nothing
        assert await client.response() == b"* 3 FETCH (FLAGS (\\Flagged))"


async def test_revoked_rights_end_the_session(pair: Pair) -> None:
    await pair.share("lrs")
    await pair.bob.ok(f"SELECT {BOX}")
    pair.bob.send(b"i IDLE\r\n")
    assert await pair.bob.response() == b"+ idling"

    await pair.alice.ok("DELETEACL Projects bob")

    assert (await pair.bob.response()).startswith(b"* BYE")


def _number(pattern: bytes, text: bytes) -> int:
    found = re.search(pattern, text)
    assert found is not None, text
    return int(found[1])


async def test_condstore_and_qresync_of_a_reader(pair: Pair, house: ImapHouse) -> None:
    await pair.share("lrsw")
    await pair.bob.ok("ENABLE QRESYNC")
    select = b"\n".join(await pair.bob.ok(f"SELECT {BOX}"))
    validity, before = _number(rb"UIDVALIDITY (\d+)", select), _number(rb"HIGHESTMODSEQ (\d+)", select)
    modseq = _number(rb"MODSEQ \((\d+)\)", b"".join(await pair.bob.ok("UID STORE 2 +FLAGS.SILENT (\\Seen)")))
    assert modseq > before
    refused = await pair.bob.command(f"UID STORE 1:3 (UNCHANGEDSINCE {before}) -FLAGS (\\Seen)")
    assert refused.status.startswith(b"OK [MODIFIED 2]")
    assert await pair.bob.ok(f"UID FETCH 1:* (FLAGS) (CHANGEDSINCE {before})") == [
        b"* 2 FETCH (UID 2 FLAGS (\\Seen) MODSEQ (%d))" % modseq
    ]
    assert await pair.bob.ok(f"STATUS {BOX} (HIGHESTMODSEQ)") == [
        b"* STATUS " + NAME + b" (HIGHESTMODSEQ %d)" % modseq
    ]
    await pair.alice.ok("SELECT Projects")
    await pair.alice.ok("STORE 3 +FLAGS (\\Deleted)")
    await pair.alice.ok("EXPUNGE")

    again = await house.client("bob")
    await again.ok("ENABLE QRESYNC")
    lines = await again.ok(f"SELECT {BOX} (QRESYNC ({validity} {before}))")
    assert b"* VANISHED (EARLIER) 3" in lines
    assert b"* 2 FETCH (UID 2 FLAGS (\\Seen) MODSEQ (%d))" % modseq in lines


async def test_subscriptions_are_each_ones_own(pair: Pair) -> None:
    await pair.share("lr")
    assert b'* LSUB () "/" ' + NAME in await pair.bob.ok('LSUB "" *')
    await pair.bob.ok(f"UNSUBSCRIBE {BOX}")
    assert await pair.bob.ok('LIST (SUBSCRIBED) "" "Users*"') == []
    assert await pair.alice.ok('LSUB "" Proj*') == [b'* LSUB () "/" "Projects"']
    await pair.bob.ok(f"SUBSCRIBE {BOX}")
    assert await pair.bob.ok('LIST (SUBSCRIBED RECURSIVEMATCH) "" "Users"') == [
        b'* LIST (\\HasChildren \\NonExistent \\Noselect) "/" "Users" (CHILDINFO ("SUBSCRIBED"))'
    ]


async def test_list_status_counts_for_the_reader(pair: Pair) -> None:
    await pair.share("lrs")
    await pair.bob.ok(f"SELECT {BOX}")
    await pair.bob.ok("STORE 1 +FLAGS (\\Seen)")
    lines = await pair.bob.ok('LIST "" "Users/alice*Projects" RETURN (STATUS (UNSEEN MESSAGES))')
    assert lines[-1] == b"* STATUS " + NAME + b" (UNSEEN 2 MESSAGES 3)"


async def test_multisearch_sees_with_the_readers_eyes(pair: Pair) -> None:
    await pair.share("lrs")
    await pair.bob.ok(f"SELECT {BOX}")
    await pair.bob.ok("STORE 1 +FLAGS (\\Seen)")
    await pair.bob.ok("SELECT INBOX")
    [line] = await pair.bob.ok(f"ESEARCH IN (mailboxes {BOX}) UNSEEN")
    assert NAME in line
    assert line.endswith(b" ALL 2:3")
    assert await pair.bob.ok("ESEARCH IN (personal) UNSEEN") == []


async def test_both_engines(any_rt: Runtime) -> None:
    from contextlib import AsyncExitStack

    from tests.protocol_service.imap.conftest import open_house

    async with AsyncExitStack() as stack:
        house = await open_house(any_rt, stack)
        both = Pair(await house.client("alice"), await house.client("bob"))
        await both.alice.ok("CREATE Projects")
        for number in range(1, 5):
            await both.alice.append("Projects", numbered(number))
        await both.share("lrswiktex")
        await both.bob.ok(f"SELECT {BOX}")
        await both.bob.ok("STORE 1:2 +FLAGS (\\Seen)")
        await both.bob.ok("COPY 1:3 INBOX")
        await both.bob.ok("MOVE 4 INBOX")
        await both.bob.ok(f'CREATE {BOX[:-1]}/Done"')
        await both.bob.ok(f'MOVE 1 {BOX[:-1]}/Done"')
        assert await both.bob.ok(f"STATUS {BOX} (MESSAGES UNSEEN)") == [
            b"* STATUS " + NAME + b" (MESSAGES 2 UNSEEN 1)"
        ]
        assert await both.bob.ok("STATUS INBOX (MESSAGES UNSEEN)") == [
            b'* STATUS "INBOX" (MESSAGES 4 UNSEEN 2)'
        ]
        await assert_consistent()
