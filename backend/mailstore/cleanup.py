"""What is removed from mailboxes by itself: old messages, and those beyond the newest so many.

A message's age counts from when it came into the mailbox. Of rules that a user made starred messages are
spared. Trash and Junk have no rules of their own but the settings `cleanup.trash_days` and
`cleanup.junk_days`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from backend.directory import settings
from backend.kit import clock, db
from backend.kit.db import Tx
from backend.kit.errors import InvalidSyntax, NotFound
from backend.mailstore import copy_move, expunge, mailboxes
from backend.mailstore.flag_bits import FLAGGED
from backend.mailstore.selection import everything
from backend.mailstore.types import SpecialUse, uid_of

DAY_S = 86_400
LONGEST_DAYS = 3650
MOST_KEPT = 1_000_000
SLICE = 500
# So many are removed from a mailbox in one run; the next one goes on.
MOST_AT_ONCE = 50_000
_SETTINGS = {SpecialUse.TRASH: "cleanup.trash_days", SpecialUse.JUNK: "cleanup.junk_days"}


@dataclass(frozen=True, slots=True)
class Limits:
    """How old messages get and how many there may be; at least one of both is given."""

    max_age_days: int | None = None
    keep_newest: int | None = None

    def check(self) -> None:
        """Raises InvalidSyntax."""
        if self.max_age_days is None and self.keep_newest is None:
            raise InvalidSyntax("Say for how long, or how many", field="maxAgeDays")
        if self.max_age_days is not None and not 1 <= self.max_age_days <= LONGEST_DAYS:
            raise InvalidSyntax(f"From 1 to {LONGEST_DAYS} days", field="maxAgeDays")
        if self.keep_newest is not None and not 1 <= self.keep_newest <= MOST_KEPT:
            raise InvalidSyntax(f"From 1 to {MOST_KEPT} messages", field="keepNewest")


@dataclass(frozen=True, slots=True)
class Rule:
    """What is removed from a mailbox, for good or to Trash."""

    mailbox_id: int
    limits: Limits
    is_forever: bool = False


async def rules_of(account_id: int) -> list[Rule]:
    """The user's rules for mailboxes that are there."""
    rows = await db.fetch_rows(
        "SELECT c.id, c.max_age_days, c.keep_newest, c.is_forever FROM folder_cleanup c"
        " JOIN mailbox b ON b.id = c.id WHERE c.account_id = ? ORDER BY b.name",
        account_id,
    )
    return [Rule(row[0], Limits(row[1], row[2]), bool(row[3])) for row in rows]


async def put(account_id: int, rule: Rule) -> None:
    """Set the rule of a mailbox. Raises NotFound, and InvalidSyntax also for Trash and Junk."""
    rule.limits.check()
    row = await mailboxes.by_id(account_id, rule.mailbox_id)
    if row.special_use in _SETTINGS:
        raise InvalidSyntax("Trash and Junk have settings of their own", field="mailboxId")
    await db.write(
        lambda tx: tx.execute(
            "INSERT INTO folder_cleanup (id, account_id, max_age_days, keep_newest, is_forever)"
            " VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET max_age_days = excluded.max_age_days,"
            " keep_newest = excluded.keep_newest, is_forever = excluded.is_forever",
            rule.mailbox_id,
            account_id,
            rule.limits.max_age_days,
            rule.limits.keep_newest,
            int(rule.is_forever),
        )
    )


async def drop(account_id: int, mailbox_id: int) -> None:
    """Remove the rule of a mailbox, if it has one."""
    await db.write(
        lambda tx: tx.execute(
            "DELETE FROM folder_cleanup WHERE id = ? AND account_id = ?", mailbox_id, account_id
        )
    )


async def due(
    account_id: int, mailbox_id: int, limits: Limits, *, spares_starred: bool = True
) -> Sequence[int]:
    """UIDs of what would be removed now, the oldest first, at most `MOST_AT_ONCE`. Raises NotFound."""
    await mailboxes.by_id(account_id, mailbox_id)
    starred = FLAGGED if spares_starred else 0
    found: dict[int, None] = {}
    if limits.max_age_days is not None:
        rows = await db.scan(
            "SELECT id FROM message WHERE id BETWEEN ? AND ? AND saved_at < ? AND flags & ? = 0"
            " ORDER BY id LIMIT ?",
            *everything(mailbox_id).args,
            clock.now() - limits.max_age_days * DAY_S,
            starred,
            MOST_AT_ONCE,
        )
        found.update((row[0], None) for row in rows)
    if limits.keep_newest is not None:
        # Starred ones count among the newest, and are spared where they are not.
        rows = await db.scan(
            "SELECT id, flags FROM message WHERE mailbox_id = ? ORDER BY internal_at DESC, id DESC"
            " LIMIT ? OFFSET ?",
            mailbox_id,
            MOST_AT_ONCE,
            limits.keep_newest,
        )
        found.update((row[0], None) for row in rows if not row[1] & starred)
    return [uid_of(place_id) for place_id in sorted(found)][:MOST_AT_ONCE]


async def clean(account_id: int, rule: Rule, *, spares_starred: bool = True) -> int:
    """Remove what is due; how many went."""
    uids = await due(account_id, rule.mailbox_id, rule.limits, spares_starred=spares_starred)
    gone = 0
    for at in range(0, len(uids), SLICE):
        gone += await _remove(account_id, rule, uids[at : at + SLICE])
        await asyncio.sleep(0)  # others write in between
    return gone


async def _remove(account_id: int, rule: Rule, uids: Sequence[int]) -> int:
    if rule.is_forever:
        return len(await expunge.expunge_uids(account_id, rule.mailbox_id, uids))

    async def find_trash(tx: Tx) -> int:
        return await mailboxes.find(tx, account_id, "trash")

    trash_id = await db.write(find_trash)
    return len((await copy_move.move(account_id, rule.mailbox_id, uids, trash_id)).old)


async def clean_all() -> int:
    """Do what all rules and settings say; how many messages went."""
    gone = 0
    for account_id, rule in await _all_rules():
        try:
            gone += await clean(account_id, rule)
        except NotFound:
            await drop(account_id, rule.mailbox_id)
    for mailbox_id, account_id, use in await _bins():
        days = await settings.get_number(_SETTINGS[SpecialUse(use)], user_id=account_id)
        if days:
            rule = Rule(mailbox_id, Limits(days), is_forever=True)
            try:
                gone += await clean(account_id, rule, spares_starred=False)
            except NotFound:
                continue  # it went meanwhile
    return gone


async def _all_rules() -> list[tuple[int, Rule]]:
    rows = await db.scan("SELECT account_id, id, max_age_days, keep_newest, is_forever FROM folder_cleanup")
    return [(row[0], Rule(row[1], Limits(row[2], row[3]), bool(row[4]))) for row in rows]


async def _bins() -> list[tuple[int, int, str]]:
    """Every Trash and Junk with something in it: id, account, use."""
    rows = await db.scan(
        "SELECT b.id, b.account_id, b.special_use FROM mailbox b JOIN user_account u ON u.id = b.account_id"
        " WHERE b.special_use IN ('trash', 'junk') AND b.exists_count > 0"
    )
    return [(row[0], row[1], row[2]) for row in rows]
