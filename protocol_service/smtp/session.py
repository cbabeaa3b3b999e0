"""State of a connection and of the message that is being handed over in it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from enum import Enum

from aiosmtpd.smtp import Session as Shell

from backend.directory.principal import Principal
from backend.formats.addresses import Address
from backend.spool.types import SpoolRcpt
from protocol_service.sasl import Peer
from protocol_service.smtp.lmtp import EachReply
from protocol_service.smtp.reception import Share

FAILURE_LIMIT = 3


class Door(Enum):
    """Which of the listeners a connection came through."""

    MX = "smtp"
    SUBMISSION = "submission"
    SUBMISSIONS = "submissions"
    LMTP = "lmtp"
    RELAY = "relay"

    @property
    def is_submission(self) -> bool:
        """Whether only signed-in users may send here (RFC 6409)."""
        return self in {Door.SUBMISSION, Door.SUBMISSIONS}


class Hangup(Exception):
    """Ends the connection after a last reply."""

    def __init__(self, answer: bytes = b"") -> None:
        super().__init__()
        self.answer = answer


class Session(Shell):
    """What is known of the peer since its greeting; made anew after STARTTLS."""

    def __init__(self, loop: asyncio.AbstractEventLoop, address: str) -> None:
        super().__init__(loop)
        self.address = address
        self.sasl_peer = Peer("smtp", address, is_private=False, failure_limit=FAILURE_LIMIT)
        self.helo = ""
        self.is_lmtp = False
        self.principal: Principal | None = None
        self.tls_version = ""

    @property
    def protocol(self) -> str:
        """The `with` of our Received field (RFC 3848)."""
        if not self.extended_smtp:
            return "SMTP"
        name = "LMTP" if self.is_lmtp else "ESMTP"
        return f"{name}{'S' if self.tls_version else ''}{'A' if self.principal else ''}"


@dataclass(slots=True)
class Transaction:
    """One MAIL with its RCPTs. `size_limit` is the tightest of those who take part, `share` what its bytes
    hold of the budget; `chunks` came by BDAT. `release_at` is in Unix seconds, `priority` from -9 to 9. With
    `each` every recipient has a reply and a size limit of its own (LMTP). `checks` are for the trace.
    """

    sender: Address | None
    size_limit: int
    share: Share
    declared_size: int = 0
    ret: str = ""
    envid: str = ""
    is_smtputf8: bool = False
    is_binary: bool = False
    priority: int = 0
    requires_tls: bool = False
    release_at: int | None = None
    chunks: list[bytes] | None = None
    recipients: list[SpoolRcpt] = field(default_factory=list)
    known: set[tuple[str, str]] = field(default_factory=set)
    refused_recipients: int = 0
    checks: list[str] = field(default_factory=list)
    each: EachReply | None = None

    @property
    def return_path(self) -> str:
        """The envelope sender as text, empty for `<>`."""
        return "" if self.sender is None else str(self.sender)
