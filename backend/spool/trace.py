"""What became of each recipient, attempt by attempt, kept beside it for as long as the spool keeps history.

A line of JSON for each event, newest last: `[at, event, host, tls, status, reply, next_attempt_at, is_claim,
source]`, trailing empty values left out. A recipient that is tried for ever stops being written down at
`MOST_CHARS`; its last state stands in its columns anyway.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum

from backend.spool.types import Attempt

MOST_CHARS = 30_000
_REPLY_LIMIT = 600


class Event(StrEnum):
    """What happened. REROUTED to `host`, or without one back on its own way; from BOUNCED on it is what
    another host reported after it had taken the message.
    """

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
class Entry:
    """One event; times are in Unix seconds. `tls` is the version and how the host was verified, empty for
    clear text or a delivery here. `is_claim`: a report that anybody may have written. `source` is the address
    of ours that it left by, where that was laid down.
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
    ]
    while not values[-1]:
        values.pop()
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n"


def parse(text: str) -> list[Entry]:
    """The entries of a recipient, oldest first."""
    entries = []
    for written in text.splitlines():
        at, event, *rest = json.loads(written)
        entries.append(Entry(at, Event(event), *rest))
    return entries
