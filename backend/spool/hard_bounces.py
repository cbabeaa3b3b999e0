"""Hard bounces: mail that came back because there is no such address, counted and acted upon.

Two things follow. When an address has bounced often enough, nothing is sent to it for a while, for the users
of the domain that wrote (`suppression`). And who has too many of them within an hour is slowed down, or
stopped (`backend.directory.bounce_limits`): so look a list that was bought and a password that was stolen.

Only what a host said to us in its session, or in a report with our token, is counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from backend.directory import audit, bounce_limits, names, settings
from backend.directory.principal import SYSTEM
from backend.kit import clock, ids
from backend.kit.db import Tx
from backend.spool import suppression
from backend.spool.suppression import Reason

DAY_S = 86_400
# The mailbox: unknown, bad syntax there, moved. The domain: none by that name, or one that takes no mail.
OF_ADDRESS = frozenset({"5.1.1", "5.1.3", "5.1.6"})
OF_DOMAIN = frozenset({"5.1.2", "5.1.10"})


@dataclass(frozen=True, slots=True)
class HardBounce:
    """One recipient that does not exist, by what `status` and `words` said."""

    localpart: str
    domain: str
    status: str
    words: str


@dataclass(frozen=True, slots=True)
class Tally:
    """The hard bounces of one account, with what its domain wants done: after `threshold` of them nothing is
    sent for `days`; 0 never stops. Whole domains only where `covers_domains`.
    """

    account_id: int
    owner_id: int
    bounces: tuple[HardBounce, ...]
    threshold: int
    days: int
    covers_domains: bool


def is_hard(status: str) -> bool:
    """Whether a status says that there is no such address."""
    return status in OF_ADDRESS or status in OF_DOMAIN


async def tally(account_id: int | None, bounces: Iterable[HardBounce]) -> Tally | None:
    """Read the rules before the transaction; None where nothing is to be counted."""
    counted = tuple(bounce for bounce in bounces if is_hard(bounce.status))
    owner_id = await suppression.owner_of(account_id) if counted else None
    if account_id is None or owner_id is None:
        return None
    return Tally(
        account_id,
        owner_id,
        counted,
        await settings.get_number("suppression.after_bounces", domain_id=owner_id),
        await settings.get_number("suppression.days", domain_id=owner_id),
        bool(await settings.get("suppression.domains", domain_id=owner_id)),
    )


async def record(tx: Tx, found: Tally) -> None:
    """Count in the transaction that settles the recipients."""
    if found.threshold == 0:
        return
    # In order, so that two transactions that count the same ones cannot block each other.
    for bounce in sorted(found.bounces, key=lambda one: (one.domain, one.localpart)):
        if bounce.status in OF_ADDRESS:
            await _count(tx, found, names.fold(bounce.localpart), bounce)
        elif found.covers_domains:
            await _count(tx, found, "", bounce)


async def _count(tx: Tx, found: Tally, localpart: str, bounce: HardBounce) -> None:
    now = clock.now()
    row = await tx.fetch_row(
        "INSERT INTO suppression (id, domain_id, localpart, domain, reason, detail, bounces, is_active,"
        " created_at, expires_at, actor) VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?, '')"
        " ON CONFLICT (domain, localpart, domain_id) DO UPDATE SET detail = excluded.detail,"
        " bounces = CASE WHEN suppression.expires_at <= ? THEN 1 ELSE suppression.bounces + 1 END,"
        " is_active = CASE WHEN suppression.expires_at <= ? THEN excluded.is_active"
        " WHEN suppression.bounces + 1 >= ? THEN 1 ELSE suppression.is_active END,"
        " expires_at = excluded.expires_at"
        # What an administrator has set stays as it is.
        " WHERE suppression.reason = 'bounce' RETURNING bounces, is_active",
        ids.new_id(),
        found.owner_id,
        localpart,
        bounce.domain,
        Reason.BOUNCE.value,
        bounce.words[:600],
        int(found.threshold == 1),
        now,
        now + found.days * DAY_S,
        now,
        now,
        found.threshold,
    )
    if row is not None and row[1] and row[0] == found.threshold:
        address = f"{localpart}@{bounce.domain}" if localpart else bounce.domain
        facts = {"reason": Reason.BOUNCE.value, "bounces": row[0], "status": bounce.status}
        await audit.record(tx, SYSTEM, "suppression.add", address, found.owner_id, facts)


async def count_hour(found: Tally) -> None:
    """Count against the limits of an hour, after the commit; what was recorded holds from now on."""
    suppression.forget()
    await bounce_limits.count(found.account_id, found.owner_id, len(found.bounces))
