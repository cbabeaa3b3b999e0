"""SORT and THREAD (RFC 5256), SORT=DISPLAY (RFC 5957), ESORT (RFC 5267), relevancy (RFC 6203)."""

from __future__ import annotations

from contextlib import AsyncExitStack

import pytest

from backend.kit import db
from backend.kit.runtime import Runtime
from backend.mailstore import fulltext
from tests.protocol_service.imap.conftest import ImapHouse, open_house
from tests.protocol_service.imap.messages import numbered
from tests.support.imap_client import ImapClient


def letter(subject: str, sender: str, to: str = "", cc: str = "", date: str = "", body: str = "") -> bytes:
    """A message; empty fields are left out."""
    named = (("From", sender), ("To", to), ("Cc", cc), ("Subject", subject), ("Date", date))
    head = "".join(f"{name}: {value}\r\n" for name, value in named if value)
    return f"{head}\r\n{body}\r\n".encode()


LETTERS = (
    # subject, sender, to, cc, date, body; internal dates ascend by a day.
    letter("Re: banana", "Zed <carl@example.org>", "tim@example.org", "y@x",
           "Thu, 3 Oct 2024 10:00:00 +0000"),
    letter("apple", "bob@example.org", "=?utf-8?q?=C3=84nne?= <zoe@example.org>", "", "", "x" * 500),
    letter("Banana", "Ann <dora@example.org>", "Uwe <tim@example.org>", "x@x",
           "Thu, 3 Oct 2024 10:30:00 +0200"),
    letter("[list] cherry (fwd)", "ann@example.org", "", "", "Tue, 1 Oct 2024 00:00:00 +0000", "x" * 50),
    letter("", "Friends: a@b, c@d;", "carol@example.org", "z@x", "Wed, 2 Oct 2024 00:00:00 +0000"),
)  # fmt: skip


@pytest.fixture
async def inbox(imap: ImapClient) -> ImapClient:
    """alice in an INBOX with five letters."""
    for day, raw in enumerate(LETTERS, 5):
        await imap.append("INBOX", raw, f'" {day}-Oct-2024 00:00:00 +0000" ')
    await imap.ok("SELECT INBOX")
    return imap


async def order(imap: ImapClient, keys: str, search: str = "ALL") -> list[int]:
    [line] = await imap.ok(f"SORT ({keys}) UTF-8 {search}")
    assert line.startswith(b"* SORT")
    return [int(word) for word in line.split()[2:]]


@pytest.mark.parametrize(
    ("keys", "numbers"),
    [
        ("ARRIVAL", [1, 2, 3, 4, 5]),
        ("REVERSE ARRIVAL", [5, 4, 3, 2, 1]),
        ("DATE", [4, 5, 3, 1, 2]),  # the second has no date: its arrival counts
        ("REVERSE DATE", [2, 1, 3, 5, 4]),
        ("SUBJECT", [5, 2, 1, 3, 4]),
        ("SUBJECT DATE", [5, 2, 3, 1, 4]),
        ("SUBJECT REVERSE ARRIVAL", [5, 2, 3, 1, 4]),
        ("REVERSE SUBJECT", [4, 1, 3, 2, 5]),
        ("FROM", [4, 2, 1, 3, 5]),
        ("TO", [4, 5, 1, 3, 2]),
        ("CC", [2, 4, 3, 1, 5]),
        ("REVERSE SIZE", [2, 4, 3, 1, 5]),
        ("TO REVERSE SUBJECT DATE", [4, 5, 3, 1, 2]),
        ("DISPLAYFROM", [3, 4, 2, 5, 1]),
        ("DISPLAYTO", [4, 2, 5, 1, 3]),
        ("REVERSE DISPLAYFROM", [1, 5, 2, 4, 3]),
    ],
)
async def test_keys(inbox: ImapClient, keys: str, numbers: list[int]) -> None:
    assert await order(inbox, keys) == numbers
    assert await order(inbox, keys, "UID 2:4") == [number for number in numbers if 2 <= number <= 4]


async def test_forms_of_the_answer(inbox: ImapClient) -> None:
    """The examples of RFC 5256 §3: sorted numbers, nothing found, UIDs."""
    assert await inbox.ok("SORT (SUBJECT) UTF-8 SINCE 6-Oct-2024") == [b"* SORT 5 2 3 4"]
    assert await inbox.ok('SORT (SUBJECT) US-ASCII TEXT "not in mailbox"') == [b"* SORT"]
    await inbox.ok("STORE 1 +FLAGS.SILENT (\\Deleted)")
    await inbox.ok("EXPUNGE")
    assert await inbox.ok("UID SORT (REVERSE DATE) UTF-8 1:3") == [b"* SORT 2 3 4"]
    assert await inbox.ok("SORT (REVERSE DATE) UTF-8 UID 2:4") == [b"* SORT 1 2 3"]
    lines = await inbox.ok("SORT (ARRIVAL) UTF-8 MODSEQ 1")
    assert lines[-1].startswith(b"* SORT 1 2 3 4 (MODSEQ ")


async def test_extended_results_are_in_order(inbox: ImapClient) -> None:
    """RFC 5267 §3: MIN and MAX are the ends of the order, ALL and PARTIAL keep it."""
    keys = "(REVERSE SUBJECT DATE) UTF-8 ALL"  # 4, 3, 1, 2, 5
    for options, said in (
        ("MIN MAX COUNT ALL", b"MIN 4 MAX 5 ALL 4,3,1:2,5 COUNT 5"),
        ("", b"ALL 4,3,1:2,5"),
        ("PARTIAL 2:3", b"PARTIAL (2:3 3,1)"),
        ("PARTIAL -1:-2", b"PARTIAL (-1:-2 2,5)"),
    ):
        [line] = await inbox.ok(f"SORT RETURN ({options}) {keys}")
        assert line.partition(b") ")[2] == said
        [line] = await inbox.ok(f"UID SORT RETURN ({options}) {keys}")
        assert line.partition(b") ")[2] == b"UID " + said
    assert await inbox.ok(f"SORT RETURN (SAVE) {keys}") == []
    await inbox.ok(f"SORT RETURN (SAVE MIN) {keys}")
    assert await inbox.ok("SEARCH $") == [b"* SEARCH 4"]


async def test_sorting_by_relevancy(inbox: ImapClient) -> None:
    """RFC 6203 §6: the most relevant first, within and before other keys."""
    await inbox.append("INBOX", letter("split a banana", "b@x"))
    await inbox.append("INBOX", letter("bananas split", "a@x"))
    await inbox.ok("NOOP")

    search = 'FUZZY SUBJECT "banana split"'
    assert await order(inbox, "RELEVANCY", search) == [6, 7]
    assert await order(inbox, "RELEVANCY FROM", search) == [7, 6]
    assert await order(inbox, "FROM RELEVANCY", search) == [7, 6]
    assert await order(inbox, "REVERSE RELEVANCY ARRIVAL", "OR FUZZY SUBJECT bananas SUBJECT cherry") == [
        1, 3, 6, 4, 7,
    ]  # fmt: skip
    [line] = await inbox.ok("SORT RETURN (RELEVANCY ALL) (RELEVANCY) UTF-8 FUZZY SUBJECT bananas")
    assert line.partition(b") ")[2] == b"ALL 7,1,3,6 RELEVANCY (100 40 40 40)"


async def test_refusals(inbox: ImapClient) -> None:
    for line in (
        "SORT",
        "SORT () UTF-8 ALL",
        "SORT (NAME) UTF-8 ALL",
        "SORT (REVERSE) UTF-8 ALL",
        "SORT (DATE) UTF-8",
        "SORT (RELEVANCY) UTF-8 SUBJECT a",
        "THREAD",
        "THREAD REFS UTF-8 ALL",
        "THREAD REFERENCES ALL",
    ):
        assert (await inbox.refused(line)).startswith((b"BAD", b"NO [BADCHARSET")), line
    assert (await inbox.refused("SORT (DATE) KOI9 ALL")).startswith(b"NO [BADCHARSET (UTF-8 US-ASCII")
    assert (await inbox.refused("THREAD REFERENCES KOI9 ALL")).startswith(b"NO [BADCHARSET")
    assert (await inbox.refused(f"SORT ({'DATE ' * 50}DATE) UTF-8 ALL")).startswith(b"NO [LIMIT]")
    assert await order(inbox, "DATE") == [4, 5, 3, 1, 2]


async def test_what_is_gone_and_not_told_is_not_sorted(house: ImapHouse, inbox: ImapClient) -> None:
    other = await house.client(select="INBOX")
    await other.ok("STORE 2 +FLAGS (\\Deleted)")
    await other.ok("UID EXPUNGE 2")

    assert (await inbox.ok("SORT (SUBJECT) UTF-8 ALL"))[0] == b"* SORT 5 1 3 4"
    assert await inbox.ok("UID THREAD ORDEREDSUBJECT UTF-8 ALL") == [b"* THREAD (4)(5)(3 1)", b"* 2 EXPUNGE"]


def reply(number: int, subject: str, to: str = "") -> bytes:
    refers = "References: " + " ".join(f"<{name}@example.org>" for name in to.split()) + "\r\n" if to else ""
    return numbered(number).replace(
        f"Subject: message {number}\r\n".encode(), f"Subject: {subject}\r\n{refers}".encode()
    )


async def conversations(imap: ImapClient) -> None:
    for number, (subject, to) in enumerate(
        (("two", ""), ("three", ""), ("Re: three", "2"), ("Re: three", "2 3"), ("Re: two", ""),
         ("Re: lost", "99"), ("Re: three", "2 3"), ("lost", "99")), 1
    ):  # fmt: skip
        await imap.append("INBOX", reply(number, subject, to), f'"{number:2}-Oct-2024 00:00:00 +0000" ')


async def test_threads(imap: ImapClient) -> None:
    await conversations(imap)
    await imap.ok("SELECT INBOX")

    assert await imap.ok("THREAD REFERENCES UTF-8 ALL") == [b"* THREAD (1 5)(2 3 (4)(7))((6)(8))"]
    assert await imap.ok("THREAD ORDEREDSUBJECT UTF-8 ALL") == [b"* THREAD (1 5)(2 (3)(4)(7))(6 8)"]
    assert await imap.ok("THREAD REFERENCES UTF-8 3:6") == [b"* THREAD (3 4)(5)(6)"]
    assert await imap.ok("THREAD REFERENCES US-ASCII TEXT gewp") == [b"* THREAD"]
    await imap.ok("STORE 1 +FLAGS.SILENT (\\Deleted)")
    await imap.ok("EXPUNGE")
    assert await imap.ok("UID THREAD REFERENCES UTF-8 ALL") == [b"* THREAD (2 3 (4)(7))(5)((6)(8))"]
    assert await imap.ok("THREAD REFERENCES UTF-8 ALL") == [b"* THREAD (1 2 (3)(6))(4)((5)(7))"]


async def test_the_index_makes_the_keys_ahead(inbox: ImapClient) -> None:
    while await fulltext.index_pending():
        pass

    assert await db.fetch_value("SELECT COUNT(*) FROM email_order") == 5
    assert await order(inbox, "SUBJECT") == [5, 2, 1, 3, 4]


async def test_both_engines_agree(any_rt: Runtime) -> None:
    async with AsyncExitStack() as stack:
        house = await open_house(any_rt, stack)
        imap = await house.client()
        await conversations(imap)
        for raw in LETTERS:
            await imap.append("INBOX", raw, '"20-Oct-2024 00:00:00 +0000" ')
        await imap.ok("SELECT INBOX")

        assert await order(imap, "SUBJECT DATE", "9:*") == [13, 10, 11, 9, 12]
        assert await order(imap, "REVERSE DISPLAYTO ARRIVAL", "9:*") == [11, 9, 13, 10, 12]
        assert await imap.ok("THREAD REFERENCES UTF-8 1:8") == [b"* THREAD (1 5)(2 3 (4)(7))((6)(8))"]
        assert await order(imap, "FROM RELEVANCY", "FUZZY SUBJECT three") == [2, 3, 4, 7]
        assert len(await order(imap, "DATE")) == 13
