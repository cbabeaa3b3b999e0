"""Where is my mail? What domain administrators and users see of the spool and its history.

Each sees the recipients that concern them, and never a word of a message:

* a domain administrator those of the domain, whoever wrote, and those that a user of the domain wrote to;
* a user those named in the own submissions, and of what comes in the rows that stand for the own address and
  for where it is forwarded to.

What was refused before it was accepted stands among them, each for one recipient.

Whom an alias stands for is known to those who administer its domain alone: others see how its members fare
together. Lists go by message, newest first. What cannot be found by an index is looked for among the latest
`LOOKED_AT` rows, and the page says how far back it looked, so every page takes about the same time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from backend.directory import domains, policy
from backend.directory.pages import contains
from backend.directory.principal import Principal
from backend.directory.roles import Permission
from backend.kit import db, ids
from backend.kit.errors import NotFound
from backend.spool import delivery_views, refusals, trace
from backend.spool.delivery_types import STANDING, STATES, Delivery, Found, Recipient, Search, Standing
from backend.spool.delivery_views import View
from backend.spool.refusals import Refusal, Source
from backend.spool.trace import Entry
from backend.spool.types import State

MAX_PAGE = 100
LOOKED_AT = 20_000
RECIPIENTS_IN_LIST = 20
RECIPIENTS_SHOWN = 500
DAY_S = 86_400
_MAX_ID = 2**63 - 1
_MESSAGE = (
    "m.id, m.sender, m.subject, m.size_bytes, m.created_at, m.remote_address, m.helo, m.protocol, m.checks"
)
_RECIPIENT = (
    "r.id, r.message_id, r.localpart, r.domain, r.via, r.state, r.lease_node, r.next_attempt_at, r.attempts,"
    " r.last_attempt_at, r.last_status, r.last_reply, r.trace"
)
# Before an administrator changed it: who has the message instead is for those who see members.
_NAMED = (
    "CASE WHEN r.named_domain = '' THEN r.localpart ELSE r.named_localpart END AS localpart",
    "CASE WHEN r.named_domain = '' THEN r.domain ELSE r.named_domain END AS domain",
)


async def of_domain(
    actor: Principal, domain_id: int, wanted: Search, *, before: int | None = None, limit: int = 50
) -> Found:
    """Messages from and to a domain."""
    policy.require(actor, Permission.DELIVERIES_READ, on=domain_id)
    domain = await domains.get(actor, domain_id)
    return await _page(await delivery_views.of_domain(domain, wanted.standing), wanted, before, limit)


async def one_of_domain(actor: Principal, domain_id: int, message_id: int) -> Delivery:
    """One of them with all its recipients of concern; `NotFound` for anything else."""
    policy.require(actor, Permission.DELIVERIES_READ, on=domain_id)
    domain = await domains.get(actor, domain_id)
    return await _one(await delivery_views.of_domain(domain, None), message_id)


async def sent(actor: Principal, wanted: Search, *, before: int | None = None, limit: int = 50) -> Found:
    """What the user sent, from whichever program."""
    return await _page(delivery_views.sent_by(policy.require_mail(actor)), wanted, before, limit)


async def received(actor: Principal, wanted: Search, *, before: int | None = None, limit: int = 50) -> Found:
    """What was accepted for the user; the text is looked for in senders."""
    return await _page(await delivery_views.for_user(actor), wanted, before, limit)


async def refused(actor: Principal, wanted: Search, *, before: int | None = None, limit: int = 50) -> Found:
    """What this server has refused, whoever it was for; as far back as there is anything."""
    policy.require(actor, Permission.SPOOL_READ)
    limit = max(1, min(limit, MAX_PAGE))
    start, end = _bounds(wanted, before)
    found = await _refused((Source("1 = 1"),), wanted, end, start, limit + 1)
    items = [_refusal(one, is_outgoing=one.account_id is not None) for one in found[:limit]]
    following = items[-1].id if len(found) > limit else None
    return Found(items, following, None)


async def of_sent_message(actor: Principal, ref: int, message_id: str, sent_at: int) -> Delivery | None:
    """How it stands with a message in the user's Sent; None where the spool does not know it (any more).

    One from the web is found by its `ref`, another by its Message-ID within two days of `sent_at`.
    """
    account_id = policy.require_mail(actor)
    spool_id = await db.fetch_value(
        "SELECT spool_id FROM submission WHERE account_id = ? AND sent_ref = ?", account_id, ref
    )
    if spool_id is None:
        spool_id = await db.fetch_value(
            "SELECT id FROM spool_message WHERE account_id = ? AND id >= ? AND id < ? AND message_id = ?"
            " ORDER BY id DESC LIMIT 1",
            account_id,
            _id_at(sent_at - DAY_S),
            _id_at(sent_at + 2 * DAY_S),
            message_id,
        )
    try:
        return None if spool_id is None else await _one(delivery_views.sent_by(account_id), spool_id)
    except NotFound:  # its history has gone
        return None


async def _page(view: View, wanted: Search, before: int | None, limit: int) -> Found:
    limit = max(1, min(limit, MAX_PAGE))
    start, end = _bounds(wanted, before)
    floor = await _floor(view, end, start)
    condition, args = _condition(view, wanted)
    candidates = " UNION ".join(source for source, _ in view.sources)
    rows = await db.scan(
        # CROSS keeps SQLite from walking through all messages, newest first, to ask each whether it is one.
        f"SELECT {_MESSAGE}, CASE WHEN {view.outgoing[0]} THEN 1 ELSE 0 END"
        f" FROM ({candidates}) AS candidate CROSS JOIN spool_message m"
        f" WHERE m.id = candidate.message_id AND {condition} ORDER BY m.id DESC LIMIT ?",
        *view.outgoing[1],
        *(one for _, given in view.sources for one in (*given, floor, start)),
        *args,
        limit + 1,
    )
    turned_away = await _refused(view.refused, wanted, floor, start, limit + 1)
    found = sorted([row[0] for row in rows] + [one.id for one in turned_away], reverse=True)
    if len(found) > limit:
        following: int | None = found[limit - 1]
    else:
        following = floor if floor > end else None
    shown = set(found[:limit])
    items = await _deliveries(view, [row for row in rows if row[0] in shown], RECIPIENTS_IN_LIST)
    items += [_refusal(one, is_outgoing=_sent(view, one)) for one in turned_away if one.id in shown]
    items.sort(key=lambda one: one.id, reverse=True)
    looked_back_to = None if following is None else ids.milliseconds(following) // 1000
    return Found(items, following, looked_back_to)


def _bounds(wanted: Search, before: int | None) -> tuple[int, int]:
    """Ids that are looked at: below the first, from the second on."""
    start = _MAX_ID if wanted.until is None else _id_at(wanted.until)
    start = start if before is None else min(start, before)
    return start, 0 if wanted.since is None else _id_at(wanted.since)


async def _refused(
    sources: Sequence[Source], wanted: Search, since: int, before: int, limit: int
) -> list[Refusal]:
    if wanted.standing not in (None, Standing.REFUSED):
        return []
    pattern = contains(wanted.text) if wanted.text.strip() else None
    return await refusals.find(sources, pattern, since=since, before=before, limit=limit)


def _sent(view: View, one: Refusal) -> bool:
    """Whether the reader, or somebody of the reader's domain, was about to send it."""
    if one.account_id is None:
        return False
    return one.account_id in view.outgoing[1] or one.account_domain in view.outgoing[1]


def _refusal(one: Refusal, *, is_outgoing: bool) -> Delivery:
    recipient = Recipient(
        id=one.id,
        address=one.address,
        via="",
        standing=Standing.REFUSED,
        is_held=False,
        is_group=False,
        attempts=0,
        next_attempt_at=None,
        last_attempt_at=one.at,
        status=one.status,
        reply=one.reply,
        trace=(),
    )
    return Delivery(
        id=one.id,
        sender=one.sender,
        subject="",
        size_bytes=0,
        at=one.at,
        is_outgoing=is_outgoing,
        remote_address=one.remote_address,
        helo=one.helo,
        protocol=one.protocol,
        recipient_count=1,
        recipients=(recipient,),
        times=one.times,
    )


async def _floor(view: View, end: int, start: int) -> int:
    """The oldest message id of which all newer ones are among the latest `LOOKED_AT` rows of each source."""
    parts = " UNION ALL ".join(
        f"SELECT MIN(message_id), COUNT(*) FROM (SELECT message_id FROM ({source}) AS wide"
        " ORDER BY message_id DESC LIMIT ?) AS latest"
        for source, _ in view.sources
    )
    args = [one for _, given in view.sources for one in (*given, end, start, LOOKED_AT)]
    floors: list[int] = [low for low, count in await db.scan(parts, *args) if count >= LOOKED_AT]
    return max(end, *floors, 0)


def _condition(view: View, wanted: Search) -> tuple[str, list[object]]:
    """SQL over `m`: some visible recipient fits, by state and text."""
    visible, args = view.visible[0], list(view.visible[1])
    parts = [visible]
    if wanted.standing is not None:
        states = STATES[wanted.standing] or (-1,)  # what is refused is no recipient
        # The sign keeps SQLite from going through all of one state.
        parts.append(f"+r.state IN ({db.marks(len(states))})")
        args += [int(state) for state in states]
    some = f"EXISTS (SELECT 1 FROM spool_recipient r WHERE r.message_id = m.id AND {' AND '.join(parts)}"
    if not wanted.text.strip():
        return some + ")", args
    pattern = contains(wanted.text)
    by_sender = "lower(m.sender) LIKE ? ESCAPE '!'"
    if view.outgoing[0] == "1 = 0":
        return f"{some}) AND {by_sender}", [*args, pattern]
    named = "lower(r.localpart || '@' || r.domain) LIKE ? ESCAPE '!'"
    if view.shows_subject:
        named = f"({named} OR lower(m.subject) LIKE ? ESCAPE '!')"
        return f"{some} AND {named})", [*args, pattern, pattern]
    return f"{some} AND ({named} OR {by_sender}))", [*args, pattern, pattern]


async def _one(view: View, message_id: int) -> Delivery:
    row = await db.fetch_row(
        f"SELECT {_MESSAGE}, CASE WHEN {view.outgoing[0]} THEN 1 ELSE 0 END"
        " FROM spool_message m WHERE m.id = ?",
        *view.outgoing[1],
        message_id,
    )
    found = [] if row is None else await _deliveries(view, [row], RECIPIENTS_SHOWN)
    if not found or not found[0].recipients:
        raise NotFound("There is no such message")
    return found[0]


async def _deliveries(view: View, rows: Sequence[db.Row], recipients_each: int) -> list[Delivery]:
    if not rows:
        return []
    message_ids = [row[0] for row in rows]
    begun = {row[0]: trace.accepted(row[4], row[5], row[7], row[8]) for row in rows}
    visible, args = view.visible
    counts: dict[int, int] = {}
    recipients: dict[int, list[Recipient]] = defaultdict(list)
    for *columns, count, _ in await db.scan(
        f"SELECT * FROM (SELECT {_columns(view)}, COUNT(*) OVER (PARTITION BY r.message_id) AS total,"
        " ROW_NUMBER() OVER (PARTITION BY r.message_id ORDER BY r.state, r.id) AS place"
        " FROM spool_recipient r JOIN spool_message m ON m.id = r.message_id"
        f" WHERE r.message_id IN ({db.marks(len(message_ids))}) AND {visible}) AS numbered"
        " WHERE place <= ? ORDER BY message_id, place",
        *message_ids,
        *args,
        recipients_each,
    ):
        counts[columns[1]] = count
        recipients[columns[1]].append(_recipient(columns, begun[columns[1]]))
    if not view.shows_members:
        await _stand_for_members(recipients)
    return [_delivery(view, row, counts.get(row[0], 0), tuple(recipients[row[0]])) for row in rows]


def _columns(view: View) -> str:
    if view.shows_members:
        return _RECIPIENT
    return _RECIPIENT.replace("r.localpart, r.domain", ", ".join(_NAMED))


async def _stand_for_members(recipients: dict[int, list[Recipient]]) -> None:
    """Let an alias stand as its members do, without saying who they are."""
    groups = [message_id for message_id, found in recipients.items() if any(one.is_group for one in found)]
    if not groups:
        return
    states: dict[tuple[int, str], set[Standing]] = defaultdict(set)
    for message_id, via, state in await db.scan(
        "SELECT DISTINCT message_id, via, state FROM spool_recipient"
        f" WHERE message_id IN ({db.marks(len(groups))}) AND via <> ''",
        *groups,
    ):
        states[message_id, via.lower()].add(STANDING[State(state)])
    for message_id in groups:
        recipients[message_id] = [
            replace(one, standing=_together(states[message_id, one.address.lower()])) if one.is_group else one
            for one in recipients[message_id]
        ]


def _together(standings: set[Standing]) -> Standing:
    """As long as one waits all do; it failed where nobody has it."""
    order = (Standing.WAITING, Standing.DELIVERED, Standing.FAILED, Standing.STOPPED)
    return next((one for one in order if one in standings), Standing.DELIVERED)


def _delivery(view: View, row: db.Row, count: int, recipients: tuple[Recipient, ...]) -> Delivery:
    return Delivery(
        id=row[0],
        sender=row[1],
        subject=row[2] if view.shows_subject else "",
        size_bytes=row[3],
        at=row[4],
        remote_address=row[5],
        helo=row[6],
        protocol=row[7],
        is_outgoing=bool(row[9]),
        recipient_count=count,
        recipients=recipients,
    )


def _recipient(row: Sequence[object], begun: Entry) -> Recipient:
    (id_, _, localpart, domain, via, number, lease, due_at, attempts, last_at, status, reply, events) = row
    state = State(int(str(number)))
    waits = state is State.QUEUED and not lease
    return Recipient(
        id=int(str(id_)),
        address=f"{localpart}@{domain}",
        via=str(via),
        standing=STANDING[state],
        is_held=state is State.HELD,
        is_group=state is State.EXPANDED,
        attempts=int(str(attempts)),
        next_attempt_at=int(str(due_at)) if waits else None,
        last_attempt_at=None if last_at is None else int(str(last_at)),
        status=str(status),
        reply=str(reply),
        trace=(begun, *trace.parse(str(events))),
    )


def _id_at(seconds: int) -> int:
    """The smallest id of that moment."""
    return ids.first_at(seconds * 1000)
