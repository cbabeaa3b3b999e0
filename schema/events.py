"""Events: hints that something changed (rule 1). They carry ids and a modseq, never content.

`Event` subclasses are plain values; `encode` and `decode` turn them into the JSON that Redis carries on
`CHANNEL`. A reader that missed one asks the tables (`changes_since`).
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

CHANNEL = "postroom:events"


@dataclass(frozen=True, slots=True)
class Event:
    """Base of all events."""


@dataclass(frozen=True, slots=True)
class MailboxChanged(Event):
    """Messages of a mailbox were added, changed or expunged up to `modseq` of the account."""

    account_id: int
    mailbox_id: int
    modseq: int


@dataclass(frozen=True, slots=True)
class MailboxListChanged(Event):
    """A mailbox was made, renamed, deleted or (un)subscribed."""

    account_id: int
    modseq: int


@dataclass(frozen=True, slots=True)
class SeenChanged(Event):
    """A user's own \\Seen of messages in another's mailbox changed, up to `modseq` of that account."""

    account_id: int
    mailbox_id: int
    user_id: int
    modseq: int


@dataclass(frozen=True, slots=True)
class SharesChanged(Event):
    """Rights on the account's mailboxes changed, or somebody's view of them: readers look again."""

    account_id: int
    domain_id: int


@dataclass(frozen=True, slots=True)
class AnnotationsChanged(Event):
    """Annotations of a mailbox (0: of the account) changed, those of one user or (0) those that all share."""

    account_id: int
    mailbox_id: int
    user_id: int
    modseq: int


@dataclass(frozen=True, slots=True)
class SpoolReady(Event):
    """Recipients became due; `due_at` is the earliest time (unix seconds)."""

    due_at: int


@dataclass(frozen=True, slots=True)
class PausesChanged(Event):
    """Sending to a destination, or all sending, was paused or resumed."""


@dataclass(frozen=True, slots=True)
class SubmissionChanged(Event):
    """A held submission of this account was made, cancelled, sent or failed."""

    account_id: int
    submission_id: int


@dataclass(frozen=True, slots=True)
class BulkActsReady(Event):
    """An act on many messages waits for a worker, from `due_at` on (unix seconds)."""

    due_at: int


@dataclass(frozen=True, slots=True)
class BulkActChanged(Event):
    """An act of this user on many messages began, went on or ended."""

    user_id: int
    act_id: int


@dataclass(frozen=True, slots=True)
class PushDeviceAdded(Event):
    """A device of this user is to be told of new mail."""

    user_id: int


@dataclass(frozen=True, slots=True)
class DomainChanged(Event):
    """A domain row, its aliases or its settings changed: drop what is cached of it."""

    domain_id: int


@dataclass(frozen=True, slots=True)
class UserChanged(Event):
    """A user row or its settings changed; `credentials` when remembered verifications must go."""

    user_id: int
    domain_id: int
    credentials: bool = False


@dataclass(frozen=True, slots=True)
class SettingsChanged(Event):
    """A setting of the system changed."""

    key: str


@dataclass(frozen=True, slots=True)
class SessionRevoked(Event):
    """A browser session or API key ended before its time; open sockets of it must close."""

    session_id: int


KINDS: dict[str, type[Event]] = {
    cls.__name__: cls
    for cls in (
        MailboxChanged,
        MailboxListChanged,
        SeenChanged,
        SharesChanged,
        AnnotationsChanged,
        SpoolReady,
        PausesChanged,
        SubmissionChanged,
        BulkActsReady,
        BulkActChanged,
        PushDeviceAdded,
        DomainChanged,
        UserChanged,
        SettingsChanged,
        SessionRevoked,
    )
}


def encode(event: Event, origin: str) -> str:
    """JSON text of an event; `origin` is the sending process, which skips its own."""
    return json.dumps([origin, type(event).__name__, asdict(event)], separators=(",", ":"))


def decode(text: str | bytes) -> tuple[str, Event]:
    """Origin and event; ValueError for what is not one (another version's event, or noise)."""
    try:
        origin, name, fields = json.loads(text)
        return str(origin), KINDS[name](**fields)
    except (TypeError, KeyError, ValueError) as exc:
        raise ValueError(f"not an event: {text[:80]!r}") from exc
