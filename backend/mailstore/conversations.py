"""Conversations in lists: which message stands for each, and what it stands for."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from backend.kit import db
from backend.mailstore.selection import by_values
from backend.mailstore.types import MAX_UID, place

# Messages that are read for a page of conversations.
MAX_MEMBERS = 5000


@dataclass(frozen=True, slots=True)
class Member:
    """A message of a conversation in a mailbox."""

    ref: int
    flags: int


@dataclass(frozen=True, slots=True)
class Conversation:
    """What a mailbox has of a thread, newest first, and who wrote in it anywhere (name, address), oldest
    first.
    """

    members: tuple[Member, ...]
    people: tuple[tuple[str, str], ...]

    @property
    def flags(self) -> int:
        """All that any of them has."""
        return reduce(or_, (member.flags for member in self.members), 0)


async def of_threads(mailbox_id: int, threads: Sequence[int]) -> dict[int, Conversation]:
    """The threads of a page of conversations; of those that are very long the newest messages."""
    members: dict[int, list[Member]] = {}
    people: dict[int, dict[str, str]] = {}
    for chosen in by_values("m.thread_id", threads):
        read = await db.fetch_rows(
            "SELECT m.thread_id, m.mailbox_id, m.ref, m.flags, e.from_name, e.from_addr FROM message m"
            f" JOIN email e ON e.id = m.email_id WHERE {chosen.where}"
            " ORDER BY m.internal_at DESC, m.id DESC LIMIT ?",
            *chosen.args,
            MAX_MEMBERS,
        )
        for thread_id, its_mailbox, ref, flags, name, address in read:
            if its_mailbox == mailbox_id:
                members.setdefault(thread_id, []).append(Member(ref, flags))
            writers = people.setdefault(thread_id, {})
            writers[address] = writers.pop(address, name)
    return {
        thread_id: Conversation(
            tuple(found), tuple((name, at) for at, name in reversed(people[thread_id].items()))
        )
        for thread_id, found in members.items()
    }


@dataclass(frozen=True, slots=True)
class Group:
    """The places that a mailbox has of a thread, the newest message's first."""

    places: tuple[int, ...]

    @property
    def newest(self) -> int:
        """The place of the newest message."""
        return self.places[0]


async def around(mailbox_id: int, places: Sequence[int]) -> list[Group]:
    """The conversations that these messages of a mailbox belong to."""
    threads: set[int] = set()
    for chosen in by_values("id", places):
        read = await db.fetch_rows(f"SELECT thread_id FROM message WHERE {chosen.where}", *chosen.args)
        threads.update(row[0] for row in read)
    found: dict[int, list[int]] = {}
    for chosen in by_values("thread_id", list(threads)):
        read = await db.fetch_rows(
            f"SELECT thread_id, id FROM message WHERE {chosen.where} AND id BETWEEN ? AND ?"
            " ORDER BY internal_at DESC, id DESC LIMIT ?",
            *chosen.args,
            place(mailbox_id, 1),
            place(mailbox_id, MAX_UID),
            MAX_MEMBERS,
        )
        for thread_id, place_id in read:
            found.setdefault(thread_id, []).append(place_id)
    return [Group(tuple(one)) for one in found.values()]


def newest_of_each(
    ids: Sequence[int], threads: Sequence[int], *, is_rising: bool
) -> tuple[Sequence[int], Sequence[int]]:
    """Of each thread the first message, or where they rise the last, and how many there are."""
    if is_rising:
        ids, threads = ids[::-1], threads[::-1]
    sizes = Counter(threads)
    newest = dict(zip(reversed(threads), reversed(ids), strict=True))
    places = array("q", [newest[thread] for thread in sizes])
    counts = array("q", sizes.values())
    return (places[::-1], counts[::-1]) if is_rising else (places, counts)
