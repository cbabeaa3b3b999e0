"""Filters over mail that is there already: a dry run that says what they would match, and applying one.

Applying goes step by step, each in one transaction: whoever asks for the steps sees how far it is, may stop,
and is told what takes a step back. Nothing is forwarded: that is for mail that arrives.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from backend.kit import db
from backend.kit.db import Tx
from backend.kit.errors import InvalidSyntax
from backend.mailstore import copy_move, flags, mailboxes
from backend.mailstore.flag_bits import FLAGGED, SEEN
from backend.mailstore.mailbox_names import INBOX
from backend.mailstore.types import MailboxId, SpecialUse, mailbox_of, place, uid_of
from backend.operations import stored_facts
from backend.operations.stored_facts import StoredMail
from backend.rules import matching
from backend.rules.account_rules import Rule
from backend.rules.decision import Decision, Place, decide
from backend.rules.definition import Definition

MOST_LOOKED_AT = 1000
MOST_SHOWN = 50
LONGEST_S = 4.0
STEP = 500
_HIDDEN = frozenset({SpecialUse.TRASH, SpecialUse.JUNK, SpecialUse.DRAFTS, SpecialUse.SENT})

Cursor = tuple[int, int]
"""Internal date and place of the last message that was looked at."""


@dataclass(frozen=True, slots=True)
class Preview:
    """How many of the newest messages were looked at and matched, and refs of the newest that did."""

    looked_at: int
    matched: int
    refs: list[int]


@dataclass(slots=True)
class Step:
    """What a step did, and what takes it back: refs by the mailbox they came from, those that were unread,
    not starred, or without a tag until then, and those of copies.
    """

    looked_at: int = 0
    matched: int = 0
    cursor: Cursor | None = None
    moved: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    read: list[int] = field(default_factory=list)
    starred: list[int] = field(default_factory=list)
    tagged: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    copied: list[int] = field(default_factory=list)


async def preview(account_id: int, definition: Definition, *, everywhere: bool = False) -> Preview:
    """What a filter matches among the newest messages: of the inbox, or of all folders but Sent, Drafts, Junk
    and Trash. Where that takes too long fewer are looked at.
    """
    among = await _among(account_id, everywhere)
    rows = await db.scan(
        f"SELECT id FROM message WHERE mailbox_id IN ({db.marks(len(among))})"
        " ORDER BY internal_at DESC, id DESC LIMIT ?",
        *among,
        MOST_LOOKED_AT,
    )
    matches = matching.compile_definition(definition)
    ends_at = time.monotonic() + LONGEST_S
    looked_at, refs = 0, []
    async for mails in stored_facts.read([row[0] for row in rows], definition):
        looked_at += len(mails)
        refs += [mail.ref for mail in mails if matches(mail.facts)]
        if time.monotonic() > ends_at:
            break
    return Preview(looked_at, len(refs), refs[:MOST_SHOWN])


async def _among(account_id: int, everywhere: bool) -> list[MailboxId]:
    rows = await mailboxes.list_mailboxes(account_id)
    if everywhere:
        return [row.id for row in rows if row.special_use not in _HIDDEN][:1000]
    return [row.id for row in rows if row.name == INBOX]


async def apply(account_id: int, rule: Rule, mailbox_id: int, after: Cursor | None) -> Step:
    """Apply a filter to the next messages of a mailbox, newest first, from behind `after` on; the step's
    cursor is None where that was the end. Raises NotFound.
    """
    await mailboxes.by_id(account_id, mailbox_id)
    rows = await _next(mailbox_id, after)
    step = Step(cursor=(rows[-1][0], rows[-1][1]) if len(rows) == STEP else None)
    chosen: list[tuple[StoredMail, Decision]] = []
    async for mails in stored_facts.read([row[1] for row in rows], rule.definition):
        step.looked_at += len(mails)
        decided = [(mail, decide([rule], mail.facts)) for mail in mails]
        chosen += [(mail, decision) for mail, decision in decided if decision is not None]
    step.matched = len(chosen)
    if chosen:
        # All of them matched the same filter, so they get the same.
        await _carry_out(account_id, [mail for mail, _ in chosen], chosen[0][1], step)
    return step


async def _next(mailbox_id: int, after: Cursor | None) -> Sequence[tuple[int, int]]:
    where, args = "mailbox_id = ?", [mailbox_id]
    if after is not None:
        where += " AND (internal_at < ? OR (internal_at = ? AND id < ?))"
        args += [after[0], after[0], after[1]]
    rows = await db.scan(
        f"SELECT internal_at, id FROM message WHERE {where} ORDER BY internal_at DESC, id DESC LIMIT ?",
        *args,
        STEP,
    )
    return [(row[0], row[1]) for row in rows]


async def _carry_out(account_id: int, mails: Sequence[StoredMail], decision: Decision, step: Step) -> None:
    there = {row.id for row in await mailboxes.outside_trash(account_id)}
    async with db.transaction() as tx:
        await _mark(tx, account_id, mails, decision, step)
        moves = await _places(tx, account_id, decision.moves, there)
        for target in [*moves[1:], *await _places(tx, account_id, decision.copies, there)]:
            await _copy(account_id, mails, target, step)
        if moves:
            await _move(account_id, mails, moves[0], step)


async def _places(tx: Tx, account_id: int, wanted: Sequence[Place], there: set[MailboxId]) -> list[MailboxId]:
    """The mailboxes themselves; those that are gone are left out."""
    found = [
        await mailboxes.find(tx, account_id, where)
        for where in wanted
        if isinstance(where, str) or where in there
    ]
    return list(dict.fromkeys(found))


async def _mark(tx: Tx, account_id: int, mails: Sequence[StoredMail], decision: Decision, step: Step) -> None:
    if decision.is_read:
        step.read = await _add_flag(account_id, mails, SEEN)
    if decision.is_starred:
        step.starred = await _add_flag(account_id, mails, FLAGGED)
    for keyword in decision.keywords:
        step.tagged[keyword] = await _add_flag(
            account_id, mails, await flags.keyword_bits(tx, account_id, [keyword])
        )


async def _add_flag(account_id: int, mails: Sequence[StoredMail], bit: int) -> list[int]:
    refs = [mail.ref for mail in mails if not mail.flags & bit]
    if refs:
        await flags.store_refs(account_id, refs, add=bit)
    return refs


async def _copy(account_id: int, mails: Sequence[StoredMail], target: MailboxId, step: Step) -> None:
    for mailbox_id, some in _by_mailbox(mails).items():
        if mailbox_id == target:
            continue
        done = await copy_move.copy(account_id, mailbox_id, [uid_of(mail.place) for mail in some], target)
        step.copied += [place(target, uid) for uid in done.new]


async def _move(account_id: int, mails: Sequence[StoredMail], target: MailboxId, step: Step) -> None:
    for mailbox_id, some in _by_mailbox(mails).items():
        if mailbox_id != target:
            result = await copy_move.move_refs(account_id, [mail.ref for mail in some], target)
            step.moved[mailbox_id] += result.done


def _by_mailbox(mails: Sequence[StoredMail]) -> Mapping[MailboxId, list[StoredMail]]:
    grouped: dict[MailboxId, list[StoredMail]] = defaultdict(list)
    for mail in mails:
        grouped[mailbox_of(mail.place)].append(mail)
    return grouped


def read_cursor(text: str) -> Cursor:
    """The cursor that `show_cursor` wrote. Raises InvalidSyntax."""
    first, separator, second = text.partition(".")
    if not separator or not all(
        part.isascii() and part.isdigit() and len(part) < 20 for part in (first, second)
    ):
        raise InvalidSyntax("That is no place to go on from", field="after")
    return int(first), int(second)


def show_cursor(cursor: Cursor) -> str:
    """A cursor as text."""
    return f"{cursor[0]}.{cursor[1]}"
