"""What administrators see of the spool: envelopes and what became of each recipient, never a body.

Lists go by id, newest first, so a page stays right while messages come and go. Texts are searched for
literally; letters are folded by the database, as it does for what it compares them with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from backend.directory import policy
from backend.directory.pages import Page
from backend.directory.principal import Principal
from backend.directory.roles import Permission
from backend.kit import db
from backend.kit.errors import NotFound
from backend.spool import trace
from backend.spool.trace import Entry
from backend.spool.types import Instruction, State

MAX_PAGE = 200
# More are not counted: a list of a million must open as fast as a short one.
COUNTED = 10_000
DESTINATIONS = 200
RECIPIENTS_IN_LIST = 20
RECIPIENTS_SHOWN = 500
_MAX_ID = 2**63 - 1
_MESSAGE = (
    "m.id, m.sender, m.subject, m.message_id, m.size_bytes, m.created_at, m.held, m.open_count, "
    "m.finished_at, m.remote_address, m.helo, m.protocol, m.checks"
)
_RECIPIENT = (
    "id, message_id, localpart, domain, via, state, attempts, next_attempt_at, lease_node, "
    "last_attempt_at, last_host, last_status, last_reply, priority, instruction, trace, route, "
    "named_localpart, named_domain"
)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which messages; everything that is named must hold, for one and the same recipient where it is about
    recipients. Without a state: messages that are not finished.
    """

    text: str = ""
    domain: str = ""
    state: State | None = None


@dataclass(frozen=True, slots=True)
class RecipientView:
    """One recipient. `next_attempt_at` is None for one that is held or settled, `is_in_hand` tells that a
    worker has it now; `route` is the detour an administrator gave it, `named` the address it had before that.
    `trace` has every step from acceptance on, oldest first.
    """

    id: int
    address: str
    via: str
    state: State
    attempts: int
    next_attempt_at: int | None
    is_in_hand: bool
    last_attempt_at: int | None
    last_host: str
    last_status: str
    last_reply: str
    priority: int
    instruction: Instruction
    route: str
    named: str
    trace: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class MessageView:
    """One message; `recipients` are the first of `recipient_count`, open ones before settled ones."""

    id: int
    sender: str
    subject: str
    message_id: str
    size_bytes: int
    created_at: int
    is_held: bool
    open_count: int
    finished_at: int | None
    remote_address: str
    helo: str
    protocol: str
    recipient_count: int
    recipients: tuple[RecipientView, ...]


@dataclass(frozen=True, slots=True)
class Destination:
    """Open recipients of a domain by state, when the next one is due, and the most attempts any has had."""

    domain: str
    queued: int
    held: int
    next_attempt_at: int | None
    most_attempts: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Open messages, and open recipients by what they wait for."""

    messages: int
    held_messages: int
    queued: int
    held: int


async def list_page(
    actor: Principal, wanted: Filter = Filter(), *, before: int | None = None, limit: int = 50
) -> Page[MessageView]:
    """Messages older than `before`, newest first; the total counts to `COUNTED` + 1."""
    policy.require(actor, Permission.SPOOL_READ)
    limit = min(limit, MAX_PAGE)
    where, args = _condition(wanted)
    [(total,)] = await db.scan(
        f"SELECT COUNT(*) FROM (SELECT 1 FROM spool_message m WHERE {where} LIMIT {COUNTED + 1}) AS counted",
        *args,
    )
    rows = await db.scan(
        f"SELECT {_MESSAGE} FROM spool_message m WHERE {where} AND m.id < ? ORDER BY m.id DESC LIMIT ?",
        *args,
        _MAX_ID if before is None else before,
        limit + 1,
    )
    found = await _views(rows[:limit], RECIPIENTS_IN_LIST)
    return Page(found, total, len(rows) > limit)


async def ids_page(actor: Principal, wanted: Filter, *, before: int | None, limit: int) -> list[int]:
    """Ids of messages older than `before`, newest first."""
    policy.require(actor, Permission.SPOOL_READ)
    where, args = _condition(wanted)
    rows = await db.scan(
        f"SELECT m.id FROM spool_message m WHERE {where} AND m.id < ? ORDER BY m.id DESC LIMIT ?",
        *args,
        _MAX_ID if before is None else before,
        limit,
    )
    return [row[0] for row in rows]


async def destinations(actor: Principal) -> list[Destination]:
    """Domains with open recipients, those with most first, `DESTINATIONS` at most."""
    policy.require(actor, Permission.SPOOL_READ)
    rows = await db.scan(
        "SELECT domain, SUM(CASE WHEN state = 0 THEN 1 ELSE 0 END),"
        " SUM(CASE WHEN state = 1 THEN 1 ELSE 0 END),"
        " MIN(CASE WHEN state = 0 THEN next_attempt_at END), MAX(attempts) FROM spool_recipient"
        " WHERE state < 2 GROUP BY domain ORDER BY COUNT(*) DESC, domain LIMIT ?",
        DESTINATIONS,
    )
    return [Destination(row[0], int(row[1]), int(row[2]), row[3], int(row[4])) for row in rows]


async def show(actor: Principal, message_id: int) -> MessageView:
    """One message with its recipients; `NotFound` where it is not (or no longer) known."""
    policy.require(actor, Permission.SPOOL_READ)
    row = await db.fetch_row(f"SELECT {_MESSAGE} FROM spool_message m WHERE m.id = ?", message_id)
    if row is None:
        raise NotFound("There is no such message in the spool")
    [found] = await _views([row], RECIPIENTS_SHOWN)
    return found


async def counts(actor: Principal) -> Counts:
    """How much there is."""
    policy.require(actor, Permission.SPOOL_READ)
    [(messages, held_messages)] = await db.scan(
        "SELECT COUNT(*), COALESCE(SUM(held), 0) FROM spool_message WHERE finished_at IS NULL"
    )
    rows = await db.scan("SELECT state, COUNT(*) FROM spool_recipient WHERE state < 2 GROUP BY state")
    by_state: dict[int, int] = {row[0]: row[1] for row in rows}
    return Counts(messages, int(held_messages), by_state.get(State.QUEUED, 0), by_state.get(State.HELD, 0))


def _condition(wanted: Filter) -> tuple[str, list[object]]:
    """SQL over `spool_message m`, and its arguments."""
    parts: list[str] = [] if wanted.state is not None else ["m.finished_at IS NULL"]
    args: list[object] = []
    about: list[str] = []
    about_args: list[object] = []
    if wanted.domain:
        about.append("r.domain = ?")
        about_args.append(wanted.domain.strip().lower().rstrip("."))
    if wanted.state is not None:
        about.append("r.state = ?")
        about_args.append(int(wanted.state))
    if wanted.domain:  # few of many: begin with the recipients, not with the messages
        named = " AND ".join(about)
        parts.append(f"m.id IN (SELECT r.message_id FROM spool_recipient r WHERE {named})")
        args += about_args
    elif about:
        parts.append(_some_recipient(about))
        args += about_args
    if wanted.text.strip():
        pattern = _pattern(wanted.text)
        named = _some_recipient([*about, _like("r.localpart || '@' || r.domain")])
        parts.append(f"({_like('m.sender')} OR {_like('m.subject')} OR {named})")
        args += [pattern, pattern, *about_args, pattern]
    return " AND ".join(parts), args


def _some_recipient(conditions: Sequence[str]) -> str:
    return (
        "EXISTS (SELECT 1 FROM spool_recipient r WHERE r.message_id = m.id AND "
        + " AND ".join(conditions)
        + ")"
    )


def _like(expression: str) -> str:
    return f"lower({expression}) LIKE lower(?) ESCAPE '!'"


def _pattern(text: str) -> str:
    escaped = text.strip()
    for sign in ("!", "%", "_"):
        escaped = escaped.replace(sign, "!" + sign)
    return f"%{escaped}%"


async def _views(rows: Sequence[db.Row], recipients_each: int) -> list[MessageView]:
    if not rows:
        return []
    ids = [row[0] for row in rows]
    begun = {row[0]: trace.accepted(row[5], row[9], row[11], row[12]) for row in rows}
    totals: dict[int, int] = {}
    recipients: dict[int, list[RecipientView]] = defaultdict(list)
    for *columns, count in await db.scan(
        f"SELECT {_RECIPIENT}, total FROM (SELECT {_RECIPIENT}, "
        "ROW_NUMBER() OVER (PARTITION BY message_id ORDER BY state, id) AS place, "
        "COUNT(*) OVER (PARTITION BY message_id) AS total "
        f"FROM spool_recipient WHERE message_id IN ({db.marks(len(ids))})) AS numbered "
        "WHERE place <= ? ORDER BY message_id, place",
        *ids,
        recipients_each,
    ):
        totals[columns[1]] = count
        recipients[columns[1]].append(_recipient(columns, begun[columns[1]]))
    return [_message(row, totals.get(row[0], 0), tuple(recipients[row[0]])) for row in rows]


def _message(row: db.Row, recipient_count: int, recipients: tuple[RecipientView, ...]) -> MessageView:
    return MessageView(
        id=row[0],
        sender=row[1],
        subject=row[2],
        message_id=row[3],
        size_bytes=row[4],
        created_at=row[5],
        is_held=bool(row[6]),
        open_count=row[7],
        finished_at=row[8],
        remote_address=row[9],
        helo=row[10],
        protocol=row[11],
        recipient_count=recipient_count,
        recipients=recipients,
    )


def _recipient(row: Sequence[Any], begun: Entry) -> RecipientView:
    state = State(row[5])
    is_in_hand = state is State.QUEUED and row[8] != ""
    return RecipientView(
        id=row[0],
        address=f"{row[2]}@{row[3]}",
        via=row[4],
        state=state,
        attempts=row[6],
        next_attempt_at=row[7] if state is State.QUEUED and not is_in_hand else None,
        is_in_hand=is_in_hand,
        last_attempt_at=row[9],
        last_host=row[10],
        last_status=row[11],
        last_reply=row[12],
        priority=row[13],
        instruction=Instruction(row[14]),
        route=row[16],
        named=f"{row[17]}@{row[18]}" if row[18] else "",
        trace=(begun, *trace.parse(row[15])),
    )
