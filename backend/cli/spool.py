"""`postroom spool`: accepted messages that are not delivered yet."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli import frame
from backend.cli.values import moment

if TYPE_CHECKING:
    from backend.kit.runtime import Runtime
    from backend.spool.admin import Act
    from backend.spool.delivery_types import Delivery
    from backend.spool.listing import Filter, MessageView, RecipientView

app = typer.Typer(name="spool", help="Accepted messages on their way.", no_args_is_help=True)


class StateName(StrEnum):
    """What became of a recipient."""

    QUEUED = "queued"
    HELD = "held"
    DELIVERED = "delivered"
    FAILED = "failed"
    DROPPED = "dropped"
    EXPANDED = "expanded"


Search = Annotated[
    str, typer.Option(help="Only messages whose sender, subject or a recipient contains this.")
]
Domain = Annotated[str, typer.Option(help="Only messages to this domain.")]
WithState = Annotated[
    StateName | None, typer.Option("--state", help="Only messages with such a recipient; default: open ones.")
]
Ids = Annotated[list[str] | None, typer.Argument(metavar="ID…", help="Messages, as `list` names them.")]
ToDomain = Annotated[
    str, typer.Argument(metavar="[DOMAIN]", help="The destination; all sending without one.")
]
Everything = Annotated[bool, typer.Option("--all", help="Every message that is not finished.")]
_PAGE = 200


def register(root: typer.Typer) -> None:
    """Add the group."""
    from backend.cli import reroute

    reroute.register(app)
    root.add_typer(app)


@app.command("list")
def list_all(
    search: Search = "",
    domain: Domain = "",
    state: WithState = None,
    limit: Annotated[int, typer.Option(min=1, help="At most this many, newest first.")] = 200,
) -> None:
    """List messages with what they wait for."""

    async def work(rt: Runtime) -> tuple[list[MessageView], int]:
        from backend.spool.listing import Filter
        from backend.spool.types import State

        return await _list(Filter(search, domain, State[state.name] if state else None), limit)

    found, total = frame.run(work)
    columns = ["id", "created", "held", "open", "sender", "to", "next_attempt", "last_reply"]
    empty = "no message matches" if search or domain or state else "the spool is empty"
    frame.show_table([_row(one) for one in found], columns, empty=empty)
    if total > len(found) and not frame.options.json:
        frame.show(None, f"{len(found)} of {total} messages; --limit shows more")


@app.command()
def show(id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Show a message with its recipients, attempts and replies."""
    wanted = message_id(id)

    async def work(rt: Runtime) -> MessageView:
        from backend.directory.principal import SYSTEM
        from backend.spool import listing

        return await listing.show(SYSTEM, wanted)

    found = frame.run(work)
    row, recipients = _detail(found), [_recipient(one) for one in found.recipients]
    if frame.options.json:
        traced = [{**_recipient(one), "trace": _events(one)} for one in found.recipients]
        frame.show({**row, "recipients": traced})
        return
    frame.show_table(
        [{"field": key, "value": value} for key, value in row.items()], ["field", "value"], empty=""
    )
    frame.show(None, "")
    columns = ["address", "state", "attempts", "next_attempt", "last_status", "last_host", "last_reply"]
    frame.show_table(recipients, columns, empty="")
    events = [event for recipient in found.recipients for event in _events(recipient)]
    if events:
        frame.show(None, "")
        frame.show_table(
            events, ["address", "at", "event", "host", "tls", "status", "reply", "checks"], empty=""
        )


@app.command()
def retry(ids: Ids = None, everything: Everything = False) -> None:
    """Attempt waiting recipients now."""
    _act("retry", "due now", ids, everything)


@app.command()
def hold(ids: Ids = None, everything: Everything = False) -> None:
    """Attempt nothing for a message until it is released."""
    _act("hold", "held", ids, everything)


@app.command()
def release(ids: Ids = None, everything: Everything = False) -> None:
    """Give held messages back to their schedule."""
    _act("release", "released", ids, everything)


@app.command()
def drop(ids: Ids = None, everything: Everything = False) -> None:
    """Give up open recipients; nobody is told."""
    _act("drop", "dropped", ids, everything)


@app.command("return")
def give_back(ids: Ids = None, everything: Everything = False) -> None:
    """Return messages to their senders without another attempt."""
    _act("return", "returned", ids, everything)


@app.command()
def destinations() -> None:
    """List the domains that most recipients wait for."""

    async def work(rt: Runtime) -> list[dict[str, object]]:
        from backend.directory.principal import SYSTEM
        from backend.spool import listing

        return [
            {
                "domain": one.domain,
                "queued": one.queued,
                "held": one.held,
                "next_attempt": moment(one.next_attempt_at),
                "most_attempts": one.most_attempts,
            }
            for one in await listing.destinations(SYSTEM)
        ]

    columns = ["domain", "queued", "held", "next_attempt", "most_attempts"]
    frame.show_table(frame.run(work), columns, empty="the spool is empty")


@app.command()
def refused(
    search: Annotated[str, typer.Option(help="Only what came from or was for such an address.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="At most this many, newest first.")] = 200,
) -> None:
    """List mail that was not accepted, with what its sender was told."""

    async def work(rt: Runtime) -> list[dict[str, object]]:
        from backend.directory.principal import SYSTEM
        from backend.spool import deliveries
        from backend.spool.delivery_types import Search as Wanted

        found: list[Delivery] = []
        before: int | None = None
        while len(found) < limit:
            size = min(deliveries.MAX_PAGE, limit - len(found))
            page = await deliveries.refused(SYSTEM, Wanted(search), before=before, limit=size)
            found += page.items
            before = page.before
            if before is None:
                break
        return [_refusal(one) for one in found]

    columns = ["at", "sender", "to", "times", "from_host", "reply"]
    empty = "nothing like it was refused" if search else "nothing was refused"
    frame.show_table(frame.run(work), columns, empty=empty)


@app.command()
def pause(domain: ToDomain = "") -> None:
    """Send nothing to a domain, or without one to no other server, until it is resumed."""
    from backend.directory.principal import SYSTEM
    from backend.spool import pauses

    made = frame.run(lambda rt: pauses.pause(SYSTEM, domain))
    frame.show({"domain": made.domain}, f"sending to {made.domain or 'other servers'} is paused")


@app.command()
def resume(domain: ToDomain = "") -> None:
    """Send again to what was paused."""
    from backend.directory.principal import SYSTEM
    from backend.spool import pauses

    frame.run(lambda rt: pauses.resume(SYSTEM, domain))
    frame.show({"domain": domain}, f"sending to {domain or 'other servers'} goes on")


def _act(action: str, done: str, ids: list[str] | None, everything: bool) -> None:
    if bool(ids) == everything:
        raise typer.BadParameter("name messages, or give --all")
    numbers = [message_id(text) for text in ids or []]
    count = frame.run(lambda rt: _act_on(action, numbers, everything))
    if not everything and count == 0:
        frame.fail("nothing to do: no such message, or nothing of it is open for this")
    frame.show({"messages": count}, f"{count} message{'' if count == 1 else 's'} {done}")


async def _act_on(action: str, numbers: list[int], everything: bool) -> int:
    from backend.spool import admin
    from backend.spool.listing import Filter

    acts: dict[str, Act] = {
        "retry": admin.retry,
        "hold": admin.hold,
        "release": admin.release,
        "return": admin.give_back,
        "drop": admin.drop,
    }
    return await perform(acts[action], numbers, Filter() if everything else None)


async def perform(act: Act, numbers: list[int], wanted: Filter | None) -> int:
    """Act on the messages of these numbers, or on all that match."""
    from backend.directory.principal import SYSTEM
    from backend.spool import admin

    if wanted is None:
        slices = [numbers[at : at + admin.MAX_IDS] for at in range(0, len(numbers), admin.MAX_IDS)]
        return sum([await act(SYSTEM, part) for part in slices])
    done = await admin.act_on(SYSTEM, act, wanted)
    changed = done.changed
    while done.before is not None:
        done = await admin.act_on(SYSTEM, act, wanted, done.before)
        changed += done.changed
    return changed


async def _list(wanted: Filter, limit: int | None) -> tuple[list[MessageView], int]:
    """The newest messages, page by page, and how many there are in all."""
    from backend.directory.principal import SYSTEM
    from backend.spool import listing

    found: list[MessageView] = []
    before: int | None = None
    while True:
        size = _PAGE if limit is None else min(_PAGE, limit - len(found))
        page = await listing.list_page(SYSTEM, wanted, before=before, limit=size)
        found += page.items
        if not page.has_more or (limit is not None and len(found) >= limit):
            return found, page.total
        before = found[-1].id


def message_id(text: str) -> int:
    """A message's number, from its digits or from the short form that SMTP answers (`Queued as …`)."""
    from backend.kit import ids

    try:
        number = int(text) if text.isascii() and text.isdigit() and len(text) > 13 else ids.from_short(text)
    except ValueError:
        number = 0
    if not 0 < number < 2**63:
        raise typer.BadParameter(f"{text!r} is not the id of a message")
    return number


def _row(one: MessageView) -> dict[str, object]:
    replies = [recipient.last_reply for recipient in one.recipients if recipient.last_reply]
    times = [r.next_attempt_at for r in one.recipients if r.next_attempt_at is not None]
    more = one.recipient_count - 1
    return {
        "id": str(one.id),
        "created": moment(one.created_at),
        "held": one.is_held,
        "open": one.open_count,
        "sender": one.sender or "<>",
        "to": (one.recipients[0].address if one.recipients else "")
        + (f" and {more} more" if more > 0 else ""),
        "recipients": [_recipient(recipient) for recipient in one.recipients],
        "recipient_count": one.recipient_count,
        "subject": one.subject,
        "size_bytes": one.size_bytes,
        "next_attempt": moment(min(times, default=None)),
        "last_reply": replies[0][:80] if replies else "",
    }


def _refusal(one: Delivery) -> dict[str, object]:
    recipient = one.recipients[0]
    return {
        "at": moment(one.at),
        "sender": one.sender or "<>",
        "to": recipient.address,
        "times": one.times,
        "from_host": f"{one.helo} [{one.remote_address}]",
        "status": recipient.status,
        "reply": recipient.reply,
    }


def _detail(one: MessageView) -> dict[str, object]:
    return {
        "id": str(one.id),
        "sender": one.sender or "<>",
        "subject": one.subject,
        "message_id": one.message_id,
        "size_bytes": one.size_bytes,
        "created": moment(one.created_at),
        "held": one.is_held,
        "open": one.open_count,
        "recipient_count": one.recipient_count,
        "finished": moment(one.finished_at),
        "received_by": one.protocol,
        "from_host": f"{one.helo} [{one.remote_address}]" if one.remote_address else one.helo,
    }


def _recipient(one: RecipientView) -> dict[str, object]:
    return {
        "address": one.address,
        "via": one.via,
        "named": one.named,
        "route": one.route,
        "state": "in hand" if one.is_in_hand else one.state.name.lower(),
        "attempts": one.attempts,
        "next_attempt": moment(one.next_attempt_at),
        "last_attempt": moment(one.last_attempt_at),
        "last_status": one.last_status,
        "last_host": one.last_host,
        "last_reply": one.last_reply,
    }


def _events(one: RecipientView) -> list[dict[str, object]]:
    return [
        {
            "address": one.address,
            "at": moment(entry.at),
            "event": entry.event.value,
            "host": entry.host,
            "tls": entry.tls,
            "status": entry.status,
            "reply": entry.reply,
            "claim": entry.is_claim,
            "checks": "; ".join(f"{one.name}={one.outcome} {one.detail}".strip() for one in entry.checks),
        }
        for entry in one.trace
    ]
