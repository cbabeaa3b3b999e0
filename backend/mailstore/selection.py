"""Sets of messages as few SQL conditions: one `BETWEEN` for a run of ids, IN lists for scattered ones.

IN lists are filled up to a few fixed lengths, so that both engines meet the same few statements again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backend.kit.db import marks
from backend.mailstore.types import MAX_UID, place

LIST_SIZES = (1, 4, 16, 64, 256, 1024)
_FEW = 100  # pages are changed within a millisecond
_RUN = 16  # a run of this many ids on average is worth a statement of its own


@dataclass(frozen=True, slots=True)
class Selection:
    """A condition over one column and its arguments; `is_run` where these are UIDs without a gap."""

    where: str
    args: tuple[int, ...]
    is_run: bool = False


def everything(mailbox_id: int) -> Selection:
    """All messages of a mailbox."""
    return Selection("id BETWEEN ? AND ?", (place(mailbox_id, 1), place(mailbox_id, MAX_UID)))


def by_uids(mailbox_id: int, uids: Iterable[int], *, column: str = "id") -> list[Selection]:
    """These UIDs of a mailbox, in ascending pieces; UIDs outside 1..2^32-1 name nothing."""
    wanted = ascending(uids)
    if wanted and wanted[0] > 0 and wanted[-1] <= MAX_UID and wanted[-1] - wanted[0] == len(wanted) - 1:
        run = place(mailbox_id, wanted[0]), place(mailbox_id, wanted[-1])
        return [Selection(f"{column} BETWEEN ? AND ?", run, is_run=True)]
    places = [place(mailbox_id, uid) for uid in wanted if 0 < uid <= MAX_UID]
    runs = _runs(places)
    if len(runs) * _RUN <= len(places) or len(runs) == 1:
        return [Selection(f"{column} BETWEEN ? AND ?", run, is_run=True) for run in runs]
    return by_values(column, places)


def ascending(uids: Iterable[int]) -> Sequence[int]:
    """Each of them once, in order."""
    return uids if isinstance(uids, range) and uids.step == 1 else sorted(set(uids))


def are_near(uids: Sequence[int], most: int) -> bool:
    """Whether these messages (ascending) are so few, or lie so close together, that changing them costs about
    as little as a run of `most`: rows stand by UID, some fifty on a page.
    """
    return len(uids) <= _FEW or uids[-1] - uids[0] < most


def by_values(column: str, values: Sequence[int]) -> list[Selection]:
    """Rows whose column holds one of the values, in pieces of the longest list."""
    longest = LIST_SIZES[-1]
    return [_listed(column, values[at : at + longest]) for at in range(0, len(values), longest)]


def _listed(column: str, values: Sequence[int]) -> Selection:
    size = next(size for size in LIST_SIZES if size >= len(values))
    args = (*values, *[values[-1]] * (size - len(values)))
    return Selection(f"{column} IN ({marks(size)})", args)


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    start = last = -1
    for value in places:
        if value != last + 1 or start < 0:
            if start >= 0:
                runs.append((start, last))
            start = value
        last = value
    if start >= 0:
        runs.append((start, last))
    return runs
