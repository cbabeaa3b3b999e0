"""Random trees of search keys against sets that are worked out by hand."""

from __future__ import annotations

from random import Random

import pytest

from tests.protocol_service.imap.messages import numbered
from tests.support.imap_client import ImapClient

COUNT = 14
EVERY = frozenset(range(1, COUNT + 1))
TREES = 150


def leaf(chance: Random) -> tuple[str, frozenset[int]]:
    """A key, and the messages it finds: message n has n hundreds of octets and came on day n; every second is
    flagged, every third seen, every fifth has a keyword.
    """
    number, other = chance.randint(1, COUNT), chance.randint(1, COUNT)
    low, high = sorted((number, other))
    between = frozenset(range(low, high + 1))
    return chance.choice(
        [
            ("ALL", EVERY),
            ("FLAGGED", frozenset(range(2, COUNT + 1, 2))),
            ("UNSEEN", EVERY - frozenset(range(3, COUNT + 1, 3))),
            ("KEYWORD five", frozenset(range(5, COUNT + 1, 5))),
            (f"{number}:{other}", between),
            (f"UID {number},{other}", frozenset({number, other})),
            (f"UID {number}:*", frozenset(range(number, COUNT + 1))),
            (f"BEFORE {number}-Oct-2024", frozenset(range(1, number))),
            (f"SINCE {number}-Oct-2024", frozenset(range(number, COUNT + 1))),
            (f"LARGER {number * 1000}", frozenset(range(number, COUNT + 1))),
            (f"SUBJECT message{number}.", frozenset({number})),
            (f"BODY word{number}.", frozenset({number})),
            (f'HEADER Message-ID "<{number}@"', frozenset({number})),
            ("$", frozenset({3, 4, 11})),
            ("TEXT nothing-like-it", frozenset[int]()),
        ]
    )


def tree(chance: Random, depth: int) -> tuple[str, frozenset[int]]:
    """A key of any kind, and what it finds."""
    kind = chance.random()
    if depth == 0 or kind < 0.25:
        return leaf(chance)
    text, found = tree(chance, depth - 1)
    if kind < 0.45:
        return f"NOT {text}", EVERY - found
    other_text, other = tree(chance, depth - 1)
    if kind < 0.7:
        return f"OR {text} {other_text}", found | other
    return f"({text} {other_text})", found & other


@pytest.fixture
async def inbox(imap: ImapClient) -> ImapClient:
    """alice in an INBOX of messages that differ in every way."""
    for number in range(1, COUNT + 1):
        raw = numbered(number, f"word{number}. " + "x" * (1000 * number)).replace(
            b"Subject: message ", b"Subject: message%d. " % number
        )
        flags = " ".join(
            name for every, name in ((2, "\\Flagged"), (3, "\\Seen"), (5, "five")) if number % every == 0
        )
        await imap.append("INBOX", raw, f'({flags}) "{number:2}-Oct-2024 12:00:00 +0000" ')
    await imap.ok("SELECT INBOX")
    await imap.ok("SEARCH RETURN (SAVE) 3:4,11")
    return imap


@pytest.mark.parametrize("seed", range(3))
async def test_random_trees(inbox: ImapClient, seed: int) -> None:
    chance = Random(seed)
    for _ in range(TREES):
        pairs = [tree(chance, chance.randint(0, 5)) for _ in range(chance.randint(1, 3))]
        keys = " ".join(text for text, _ in pairs)
        wanted = sorted(frozenset.intersection(*(found for _, found in pairs)))

        [line] = await inbox.ok(f"SEARCH {keys}")
        assert [int(word) for word in line.split()[2:]] == wanted, keys
        [line] = await inbox.ok(f"UID SORT (REVERSE ARRIVAL) UTF-8 {keys}")
        assert [int(word) for word in line.split()[2:]] == wanted[::-1], keys
