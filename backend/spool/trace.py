"""What became of each recipient, step by step, kept beside it for as long as the spool keeps history.

A line of JSON for each event, newest last: `[at, event, host, tls, status, reply, next_attempt_at, is_claim,
source, checks]`, trailing empty values left out. A recipient that is tried for ever stops being written down
at `MOST_CHARS`; its last state stands in its columns anyway. How a message was accepted is the same for all
its recipients and stands in its own row (`accepted`).

A check or filter leaves a text `name=outcome`, perhaps with a detail behind a space; several of an event are
joined by line ends, which none of them can have.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from enum import StrEnum

from backend.spool.types import Attempt

MOST_CHARS = 30_000
_REPLY_LIMIT = 600
_CHECKS_LIMIT = 3000
_BEFORE_CHECKS = 7  # values between the event and its checks


class Event(StrEnum):
    """What happened. REROUTED to `host`, or without one back on its own way; from BOUNCED on it is what
    another host reported after it had taken the message.
    """

    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    DEFERRED = "deferred"
    FAILED = "failed"
    DROPPED = "dropped"
    EXPANDED = "expanded"
    REROUTED = "rerouted"
    VERIFIED = "verified"
    BOUNCED = "bounced"
    DELAYED = "delayed"
    CONFIRMED = "confirmed"
    RELAYED = "relayed"


@dataclass(frozen=True, slots=True)
class Check:
    """A check or filter and what came of it, in a word; `detail` says more, if there is more."""

    name: str
    outcome: str
    detail: str = ""

    @classmethod
    def parse(cls, text: str) -> Check:
        """From `name=outcome detail`."""
        name, _, rest = text.partition("=")
        outcome, _, detail = rest.partition(" ")
        return cls(name, outcome, detail)


@dataclass(frozen=True, slots=True)
class Entry:
    """One event; times are in Unix seconds. `tls` is the version and how the host was verified, empty for
    clear text or a delivery here. `is_claim`: a report that anybody may have written. `source` is the address
    of ours that it left by, where that was laid down; `checks` are those that led to the event.
    """

    at: int
    event: Event
    host: str = ""
    tls: str = ""
    status: str = ""
    reply: str = ""
    next_attempt_at: int | None = None
    is_claim: bool = False
    source: str = ""
    checks: tuple[Check, ...] = ()


def accepted(at: int, host: str, protocol: str, checks: str) -> Entry:
    """How every trace begins, from the row of the message."""
    return Entry(at, Event.ACCEPTED, host, reply=protocol, checks=_checks(checks))


def line(
    at: int, event: Event, attempt: Attempt, next_attempt_at: int | None = None, *, is_claim: bool = False
) -> str:
    """The line to append."""
    values: list[object] = [
        at,
        event.value,
        attempt.host,
        attempt.tls,
        attempt.status,
        attempt.reply[:_REPLY_LIMIT],
        next_attempt_at,
        is_claim,
        attempt.source,
        "\n".join(attempt.checks)[:_CHECKS_LIMIT],
    ]
    while not values[-1]:
        values.pop()
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n"


def parse(text: str) -> list[Entry]:
    """The entries of a recipient, oldest first."""
    entries = []
    for written in text.splitlines():
        at, event, *rest = json.loads(written)
        entry = Entry(at, Event(event), *rest[:_BEFORE_CHECKS])
        found = rest[_BEFORE_CHECKS:]
        entries.append(replace(entry, checks=_checks(found[0])) if found else entry)
    return entries


def _checks(text: str) -> tuple[Check, ...]:
    return tuple(Check.parse(one) for one in text.split("\n")) if text else ()
