"""What an attempt brought for one recipient."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from backend.spool.types import Attempt, SpooledRecipient


class Result(Enum):
    """The three ways an attempt ends."""

    DELIVERED = "delivered"
    DEFERRED = "deferred"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Result for one recipient. `reply` is what the next hop said, or our own words where there was none.

    `is_relayed`: handed to a server that will not tell the sender of success, so that is left to us
    (RFC 3461 §5.2.2). `tls` tells how the connection was secured, `source` by which address of ours it left
    where that was laid down. `is_unreached`: no host took the matter up at all. `is_filed`: it lies in a
    mailbox here. `checks` led to it.
    """

    recipient: SpooledRecipient
    result: Result
    status: str
    reply: str = ""
    host: str = ""
    tls: str = ""
    is_relayed: bool = False
    is_unreached: bool = False
    is_filed: bool = False
    source: str = ""
    checks: tuple[str, ...] = ()

    @property
    def attempt(self) -> Attempt:
        """What is written down in the spool."""
        return Attempt(
            self.recipient.id, self.host, self.status, self.reply, self.tls, self.source, self.checks
        )


def for_all(
    recipients: Iterable[SpooledRecipient],
    result: Result,
    status: str,
    reply: str,
    host: str = "",
    tls: str = "",
) -> list[Outcome]:
    """The same outcome for several recipients."""
    return [Outcome(recipient, result, status, reply, host, tls) for recipient in recipients]
