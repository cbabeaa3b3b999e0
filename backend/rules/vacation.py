"""A user's vacation reply: what is said, from when to when, to whom, and who has been told already."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import blake2b

from backend.formats.addresses import Address
from backend.kit import clock, db, ids
from backend.kit.db import Row, Tx
from backend.kit.errors import InvalidSyntax
from backend.rules import filters

LONGEST_SUBJECT = 300
LONGEST_TEXT = 20_000
MOST_DAYS = 30
DAY_S = 86_400
MOST_ANSWERS = 10_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_COLUMNS = "is_enabled, subject, text, outside, outside_text, audience, starts_at, ends_at, every_days"


class Outside(StrEnum):
    """What people elsewhere are told: the same, a text of their own, or nothing."""

    SAME = "same"
    OWN = "own"
    NONE = "none"


class Audience(StrEnum):
    """Who is answered: anyone, or those of the own domain and whom the user has written to within a year."""

    ANYONE = "anyone"
    KNOWN = "known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacation:
    """Times are in Unix seconds; without one the reply begins at once, or ends when it is turned off."""

    is_enabled: bool = False
    subject: str = ""
    text: str = ""
    outside: Outside = Outside.SAME
    outside_text: str = ""
    audience: Audience = Audience.ANYONE
    starts_at: int | None = None
    ends_at: int | None = None
    every_days: int = 7

    def is_on(self, now: int) -> bool:
        """Whether mail is answered at that time."""
        return (
            self.is_enabled
            and (self.starts_at is None or self.starts_at <= now)
            and (self.ends_at is None or now < self.ends_at)
        )

    def words_for(self, *, is_inside: bool) -> str:
        """What is said to somebody of the own domain, or elsewhere; empty for nothing."""
        if is_inside or self.outside is Outside.SAME:
            return self.text
        return self.outside_text if self.outside is Outside.OWN else ""

    def check(self) -> None:
        """Raises InvalidSyntax for what cannot be answered."""
        if len(self.subject) > LONGEST_SUBJECT or not self.subject.isprintable():
            raise InvalidSyntax(
                f"A subject of one line with at most {LONGEST_SUBJECT} characters is needed", field="subject"
            )
        for field, text in (("text", self.text), ("outsideText", self.outside_text)):
            if len(text) > LONGEST_TEXT or _CONTROL.search(text):
                raise InvalidSyntax(f"A text of at most {LONGEST_TEXT} characters is needed", field=field)
        if self.is_enabled and not self.text.strip():
            raise InvalidSyntax("Write what people are told", field="text")
        if self.is_enabled and self.outside is Outside.OWN and not self.outside_text.strip():
            raise InvalidSyntax("Write what people elsewhere are told", field="outsideText")
        if not 1 <= self.every_days <= MOST_DAYS:
            raise InvalidSyntax(f"From 1 to {MOST_DAYS} days", field="everyDays")
        if self.starts_at is not None and self.ends_at is not None and self.ends_at <= self.starts_at:
            raise InvalidSyntax("It ends before it begins", field="endsAt")


async def get(account_id: int) -> Vacation:
    """What is set; a reply that is off where nothing is."""
    row = await db.fetch_row(f"SELECT {_COLUMNS} FROM vacation WHERE account_id = ?", account_id)
    return _vacation(row) if row is not None else Vacation()


def _vacation(row: Row) -> Vacation:
    return Vacation(
        is_enabled=bool(row[0]),
        subject=row[1],
        text=row[2],
        outside=Outside(row[3]),
        outside_text=row[4],
        audience=Audience(row[5]),
        starts_at=row[6],
        ends_at=row[7],
        every_days=row[8],
    )


async def put(account_id: int, new: Vacation) -> Vacation:
    """Set the reply. One that says something else, or is turned on again, is told to everyone anew. Raises
    InvalidSyntax, also for one that would be on and whose time is over.
    """
    new.check()
    if new.is_enabled and new.ends_at is not None and new.ends_at <= clock.now():
        raise InvalidSyntax("Its last day is over: choose a later one", field="endsAt")

    async def verb(tx: Tx) -> None:
        row = await tx.fetch_row(f"SELECT {_COLUMNS} FROM vacation WHERE account_id = ?", account_id)
        before = _vacation(row) if row is not None else Vacation()
        said = (new.is_enabled, new.subject, new.text, new.outside, new.outside_text)
        if said != (before.is_enabled, before.subject, before.text, before.outside, before.outside_text):
            await tx.execute("DELETE FROM vacation_answer WHERE account_id = ?", account_id)
        await tx.execute(
            f"INSERT INTO vacation (account_id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (account_id) DO UPDATE SET is_enabled = excluded.is_enabled,"
            " subject = excluded.subject, text = excluded.text, outside = excluded.outside,"
            " outside_text = excluded.outside_text, audience = excluded.audience,"
            " starts_at = excluded.starts_at, ends_at = excluded.ends_at, every_days = excluded.every_days",
            account_id,
            int(new.is_enabled),
            new.subject.strip(),
            new.text,
            new.outside.value,
            new.outside_text,
            new.audience.value,
            new.starts_at,
            new.ends_at,
            new.every_days,
        )

    await filters.changed(account_id, verb)
    return await get(account_id)


async def end(account_id: int) -> Vacation:
    """Turn the reply off; what is said stays for the next time."""
    return await put(account_id, replace(await get(account_id), is_enabled=False))


def digest(account_id: int, address: Address) -> int:
    """What is kept of somebody who was answered."""
    text = str(address).lower().encode("utf-8", "surrogatepass")
    value = blake2b(text, digest_size=8, key=account_id.to_bytes(8, "big", signed=True)).digest()
    return int.from_bytes(value, "big", signed=True)


async def was_told(account_id: int, whom: int, *, every_days: int) -> bool:
    """Whether that one was answered within so many days."""
    at = await db.fetch_value(
        "SELECT answered_at FROM vacation_answer WHERE account_id = ? AND digest = ?", account_id, whom
    )
    return at is not None and at > clock.now() - every_days * DAY_S


async def tell(tx: Tx, account_id: int, whom: int, *, every_days: int) -> bool:
    """Take the one answer that somebody gets within so many days; False where another took it."""
    now = clock.now()
    row = await tx.fetch_row(
        "INSERT INTO vacation_answer (id, account_id, digest, answered_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (account_id, digest) DO UPDATE SET answered_at = excluded.answered_at"
        " WHERE vacation_answer.answered_at <= ? RETURNING id",
        ids.new_id(),
        account_id,
        whom,
        now,
        now - every_days * DAY_S,
    )
    return row is not None


async def prune() -> int:
    """Forget whom nobody remembers any more, and of each account what is more than is kept; how many went."""
    gone = await db.write(
        lambda tx: tx.execute(
            "DELETE FROM vacation_answer WHERE answered_at <= ?", clock.now() - MOST_DAYS * DAY_S
        )
    )
    crowded = await db.scan(
        "SELECT account_id FROM vacation_answer GROUP BY account_id HAVING COUNT(*) > ?", MOST_ANSWERS
    )
    for (account_id,) in crowded:
        gone += await db.write(
            lambda tx, account_id=account_id: tx.execute(  # type: ignore[misc]  # bound now
                "DELETE FROM vacation_answer WHERE account_id = ? AND id NOT IN (SELECT id FROM"
                " vacation_answer WHERE account_id = ? ORDER BY answered_at DESC, id DESC LIMIT ?)",
                account_id,
                account_id,
                MOST_ANSWERS,
            )
        )
    return gone
