"""Which renames a client is told, and in which order (RFC 5465 §5.4).

What is below a mailbox goes along with it and is not told. Who follows the responses one by one must end at
the right names: what has left a mailbox is told before the mailbox itself, and a name is given only once the
one that had it is told to have another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from backend.mailstore.mailbox_names import SEPARATOR, parents


@dataclass(frozen=True, slots=True)
class Rename:
    """A mailbox that was called otherwise when the client last heard of it."""

    mailbox_id: int
    was: str
    now: str
    is_wanted: bool


def to_tell(renames: Iterable[Rename], own: AbstractSet[str]) -> list[Rename]:
    """The wanted ones, less those that go along with one above and those to a name of `own`."""
    followed: dict[str, str] = {}  # what the client makes of it
    told: list[Rename] = []
    for one in sorted(renames, key=_depth):
        parent, _, level = one.was.rpartition(SEPARATOR)
        goes_along = parent in followed and one.now == followed[parent] + SEPARATOR + level
        is_told = one.is_wanted and not goes_along and one.now not in own
        if goes_along or is_told or one.now in own:
            followed[one.was] = one.now
        if is_told:
            told.append(one)
    return told


def in_order(told: Iterable[Rename], stayed: Iterable[str]) -> list[Rename] | None:
    """The order to tell them in; None where mailboxes have changed names in a circle, or where one of those
    that are called as before (`stayed`) would be taken along.
    """
    waiting = sorted(told, key=_depth, reverse=True)
    kept = {name for one in stayed for name in parents(one)}
    if any(one.was in kept for one in waiting):
        return None
    held = {one.was for one in waiting}
    above = Counter(name for one in waiting for name in parents(one.was))
    ordered: list[Rename] = []
    while waiting:
        free = next((one for one in waiting if not above[one.was] and not _is_held(one, held)), None)
        if free is None:
            return None
        waiting.remove(free)
        held.discard(free.was)
        above.subtract(parents(free.was))
        ordered.append(free)
    return ordered


def _depth(one: Rename) -> int:
    return one.was.count(SEPARATOR)


def _is_held(one: Rename, held: AbstractSet[str]) -> bool:
    """Whether another is still known by the new name, or by one above it."""
    return any(name in held and name != one.was for name in (one.now, *parents(one.now)))
