"""Values of the question where a message is: what is looked for, and what its reader is told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from backend.spool.trace import Entry
from backend.spool.types import State


class Standing(Enum):
    """How it stands with a recipient; `STOPPED` is given up by a person, `REFUSED` was never accepted."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"
    STOPPED = "stopped"
    REFUSED = "refused"


STATES = {
    Standing.WAITING: (State.QUEUED, State.HELD),
    Standing.DELIVERED: (State.DELIVERED, State.EXPANDED),
    Standing.FAILED: (State.FAILED,),
    Standing.STOPPED: (State.DROPPED,),
    Standing.REFUSED: (),
}
STANDING = {state: standing for standing, states in STATES.items() for state in states}


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; everything that is named must hold. Times are in Unix seconds, `until` excluded."""

    text: str = ""
    standing: Standing | None = None
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """One recipient. `via` is the alias it stands for; `next_attempt_at` is None unless it waits for it.

    `is_group` tells of an alias whose members are not shown: it stands for all of them.
    """

    id: int
    address: str
    via: str
    standing: Standing
    is_held: bool
    is_group: bool
    attempts: int
    next_attempt_at: int | None
    last_attempt_at: int | None
    status: str
    reply: str
    trace: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message with the first of the recipients that its reader may see, waiting ones first.

    `is_outgoing` tells that the reader, or somebody of the reader's domain, sent it. The subject is empty
    for whoever it is not addressed to or from. A refused one has one recipient, whose address is empty where
    nobody was named and `@domain` where several of a domain were; `times`: so often within a moment.
    """

    id: int
    sender: str
    subject: str
    size_bytes: int
    at: int
    is_outgoing: bool
    remote_address: str
    helo: str
    protocol: str
    recipient_count: int
    recipients: tuple[Recipient, ...]
    times: int = 1


@dataclass(frozen=True, slots=True)
class Found:
    """A page. `before` is where the next one begins, None at the end; `looked_back_to` is how far this one
    looked (Unix seconds), None where that is as far as there is anything.
    """

    items: list[Delivery]
    before: int | None
    looked_back_to: int | None
