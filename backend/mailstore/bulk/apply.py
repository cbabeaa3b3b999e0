"""A step on some of the user's own messages, as a part of a verb: what it changes, and what takes it back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from backend.kit.db import Row, Tx
from backend.mailstore import copy_move, expunge, flags, keywords
from backend.mailstore import modseq as modseqs
from backend.mailstore.bulk.types import Outcome, Part, Step
from backend.mailstore.flag_bits import SYSTEM_FLAGS, SYSTEM_MASK, keywords_of
from backend.mailstore.mailbox_names import is_below
from backend.mailstore.refs import by_mailbox
from backend.mailstore.selection import by_uids, by_values
from backend.mailstore.types import mailbox_of

# Where messages may be removed for good; elsewhere they are moved to Trash first.
_DESTROYABLE = ("trash", "junk", "drafts")


async def own(tx: Tx, account_id: int, step: Step, wanted: Sequence[int]) -> Outcome:
    """Do a step to the account's messages with these refs. Raises NotFound where the target is none of its
    mailboxes.
    """
    modseq = await modseqs.take(tx, account_id)
    there = [row for row in await _read(tx, account_id, wanted) if _is_wanted(step, row)]
    if step.destroy:
        allowed = await _destroyable(tx, account_id)
        there = [row for row in there if mailbox_of(row[0]) in allowed]
    add, remove = await bits(tx, account_id, step.add), await bits(tx, account_id, step.remove)
    for mailbox_id, uids in by_mailbox(row[0] for row in there).items():
        if add or remove:
            change = flags.change_of(add, remove)
            await flags.apply_in(tx, account_id, mailbox_id, uids, change, modseq)
        chosen = by_uids(mailbox_id, uids)
        if step.destroy:
            await expunge.remove(tx, account_id, mailbox_id, chosen, modseq)
        elif step.move_to and step.move_to != mailbox_id:
            await copy_move.move_in(tx, account_id, mailbox_id, chosen, step.move_to, modseq)
    names = await keywords.names_in(tx, account_id)
    before = [(mailbox_of(place_id), ref, now) for place_id, ref, now in there]
    undo = [] if step.destroy else undo_of(step, before, add, remove, lambda bit: names_of(bit, names))
    return Outcome(undo, skipped=len(wanted) - len(there))


async def _read(tx: Tx, account_id: int, wanted: Sequence[int]) -> list[Row]:
    """(id, ref, flags) of those of the messages that are there."""
    found: list[Row] = []
    for chosen in by_values("ref", wanted):
        found += await tx.fetch_rows(
            f"SELECT id, ref, flags FROM message WHERE {chosen.where} AND account_id = ? ORDER BY id",
            *chosen.args,
            account_id,
        )
    return found


def _is_wanted(step: Step, row: Row) -> bool:
    return not step.only_in or mailbox_of(row[0]) == step.only_in


async def _destroyable(tx: Tx, account_id: int) -> set[int]:
    """Trash, Junk, Drafts, and what lies below Trash."""
    rows = await tx.fetch_rows("SELECT id, name, special_use FROM mailbox WHERE account_id = ?", account_id)
    trash = [name for _, name, use in rows if use == "trash"]
    return {
        mailbox_id
        for mailbox_id, name, use in rows
        if use in _DESTROYABLE or any(is_below(name, above) for above in trash)
    }


async def bits(tx: Tx, account_id: int, names: Sequence[str]) -> int:
    """The bits of flags and keywords in an account; a new keyword gets one. Raises InvalidSyntax."""
    found, own_names = 0, []
    for name in names:
        if name in SYSTEM_FLAGS:
            found |= SYSTEM_FLAGS[name]
        else:
            own_names.append(name)
    return found | await keywords.keyword_bits(tx, account_id, own_names)


def names_of(flag_bits: int, names: Sequence[str]) -> tuple[str, ...]:
    """The names of flags; `names` are the account's keywords."""
    system = [name for name, bit in SYSTEM_FLAGS.items() if flag_bits & bit]
    return (*system, *keywords_of(flag_bits & ~SYSTEM_MASK, names))


def undo_of(
    step: Step,
    before: Sequence[tuple[int, int, int]],
    add: int,
    remove: int,
    named: Callable[[int], tuple[str, ...]],
) -> list[Part]:
    """What takes a step back from messages that were (mailbox, ref as it is now, flags) before it."""
    groups: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for mailbox_id, ref, now in before:
        back = mailbox_id if step.move_to and step.move_to != mailbox_id else 0
        came, went = add & ~now, remove & now
        if back or came or went:
            groups[back, came, went].append(ref)
    return [
        Part(Step(named(went), named(came), back, only_in=step.move_to if back else 0), refs)
        for (back, came, went), refs in groups.items()
    ]
