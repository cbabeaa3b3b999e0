"""Refs: how the web names messages. A ref stays with a message wherever it is moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from backend.kit.db import Tx
from backend.mailstore.selection import by_values
from backend.mailstore.types import MailboxId, ModSeq, Uid, mailbox_of, uid_of


@dataclass(frozen=True, slots=True)
class RefsResult:
    """What a change by refs did: the account's modseq, the refs it found, and those it did not."""

    modseq: ModSeq
    done: list[int]
    missing: list[int]


async def locate(tx: Tx, account_id: int, refs: Sequence[int]) -> dict[int, int]:
    """Where the account's messages with these refs are now: row ids by ref, in the order of `refs`."""
    found: dict[int, int] = {}
    for chosen in by_values("ref", refs):
        rows = await tx.fetch_rows(
            f"SELECT ref, id FROM message WHERE {chosen.where} AND account_id = ?", *chosen.args, account_id
        )
        found.update(rows)
    return {ref: found[ref] for ref in refs if ref in found}


def by_mailbox(places: Iterable[int]) -> Mapping[MailboxId, list[Uid]]:
    """UIDs by mailbox of some row ids."""
    grouped: dict[MailboxId, list[Uid]] = defaultdict(list)
    for place_id in places:
        grouped[mailbox_of(place_id)].append(uid_of(place_id))
    return grouped


def result(modseq: ModSeq, refs: Sequence[int], places: Mapping[int, int]) -> RefsResult:
    """The outcome of a change of the messages in `places`."""
    return RefsResult(modseq, list(places), [ref for ref in refs if ref not in places])
