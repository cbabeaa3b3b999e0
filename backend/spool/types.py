"""Values of the spool: what is handed in, and what a worker holds while it delivers."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

from backend.kit import ids

UNVERIFIED = "?"
"""`authentication` of a message whose origin is still to be verified."""

SENT_BY_SYSTEM = ""
"""The null return path `<>`: nothing is ever sent back to it."""


class State(IntEnum):
    """`spool_recipient.state`; everything from DELIVERED on is settled."""

    QUEUED = 0
    HELD = 1
    DELIVERED = 2
    FAILED = 3
    DROPPED = 4
    EXPANDED = 5


class Instruction(IntEnum):
    """`spool_recipient.instruction`: what an administrator wants of an open recipient."""

    NONE = 0
    PAUSED = 1
    RETURN = 2
    URGENT = 3


OPEN = (State.QUEUED, State.HELD)


@dataclass(frozen=True, slots=True)
class SpoolRcpt:
    """A recipient as the envelope named it. `notify` and `orcpt` are DSN parameters (RFC 3461) in wire form.

    `via` is the address that was expanded into this one, empty for a recipient of the envelope itself.
    """

    localpart: str
    domain: str
    orcpt: str = ""
    notify: str = ""
    via: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Everything about a message that is not in its bytes. `sender` is the return path, empty for `<>`;
    `authentication` is UNVERIFIED for one whose origin the worker has to look into; `checks` are those of
    acceptance, in lines (`spool.trace`).
    """

    sender: str
    recipients: tuple[SpoolRcpt, ...]
    id: int = field(default_factory=ids.new_id)
    account_id: int | None = None
    remote_address: str = ""
    helo: str = ""
    protocol: str = ""
    subject: str = ""
    message_id: str = ""
    ret: str = ""
    envid: str = ""
    smtputf8: bool = False
    priority: int = 0
    requires_tls: bool = False
    authentication: str = ""
    checks: str = ""

    @property
    def priority_class(self) -> int:
        """1 for what goes before all else, -1 for what may wait, else 0."""
        return (self.priority > 0) - (self.priority < 0)


@dataclass(frozen=True, slots=True)
class SpooledRecipient:
    """A recipient row that a worker has leased. `priority` is its class: 1, 0 or -1. `route` is the detour it
    takes (`backend.spool.detours`), `named` the address it had before an administrator changed it.
    """

    id: int
    message_id: int
    localpart: str
    domain: str
    orcpt: str = ""
    notify: str = ""
    via: str = ""
    priority: int = 0
    attempts: int = 0
    is_delay_notified: bool = False
    is_to_be_returned: bool = False
    is_urgent: bool = False
    route: str = ""
    named: str = ""

    @property
    def stands_for(self) -> str:
        """The address the sender knows it by: that of an alias, or the one it had first; else empty."""
        return self.via or self.named

    @property
    def key(self) -> tuple[str, str]:
        """What makes two recipients of a message the same; localparts are compared without case."""
        return self.localpart.lower(), self.domain


@dataclass(frozen=True, slots=True)
class SpooledMessage:
    """A message row as far as delivery needs it. `authentication` is what was found of its origin, a line
    for each method, empty for one of which nobody asked, UNVERIFIED before that.
    """

    id: int
    created_at: int
    sender: str
    blob_id: int
    size_bytes: int
    account_id: int | None = None
    ret: str = ""
    envid: str = ""
    is_smtputf8: bool = False
    helo: str = ""
    priority: int = 0
    requires_tls: bool = False
    remote_address: str = ""
    authentication: str = ""

    @property
    def results(self) -> tuple[str, ...]:
        """What was found of the origin, by method."""
        if self.authentication in {"", UNVERIFIED}:
            return ()
        return tuple(self.authentication.split("\n"))


@dataclass(frozen=True, slots=True)
class Claim:
    """A message with those of its recipients that are leased to this worker."""

    message: SpooledMessage
    recipients: tuple[SpooledRecipient, ...]


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one attempt for one recipient brought. `status` is an RFC 3463 code, `reply` what the next hop
    said, `tls` how the connection was secured, `source` by which address it left where that was laid down,
    `checks` what led to it (`spool.trace`).
    """

    recipient_id: int
    host: str = ""
    status: str = ""
    reply: str = ""
    tls: str = ""
    source: str = ""
    checks: tuple[str, ...] = ()
