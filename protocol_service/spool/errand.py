"""An errand to another server, and how that server is told of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from backend.formats import headers
from backend.formats.addresses import format_addr_spec
from backend.spool.gateways import Gateway
from backend.spool.types import SpooledMessage, SpooledRecipient
from protocol_service.spool import labels, one_copy, tls_policy
from protocol_service.spool.smtp_client import Outgoing, Rcpt, SmtpClient
from protocol_service.spool.sources import Source


@dataclass(frozen=True, slots=True)
class Errand:
    """A message with those of its recipients that share a next hop: a domain, or gateways. `return_path` is
    the envelope sender it leaves with.
    """

    message: SpooledMessage
    hop: str
    recipients: tuple[SpooledRecipient, ...]
    return_path: str
    raw: bytes = field(repr=False)
    gateways: tuple[Gateway, ...] = ()

    def line(self, source: Source, gateway: Gateway | None = None) -> str:
        """Which open connections may be used again: those to the same host or domain that left by the same
        address and were asked as much.
        """
        to = self.hop if gateway is None else f"gateway {gateway.id} {gateway.host}:{gateway.port}"
        if self.message.requires_tls:
            return f"{to} REQUIRETLS{source.line}"
        is_waived = tls_policy.is_waived(self.message, self.raw)
        return f"{to} TLS-Required: No{source.line}" if is_waived else f"{to}{source.line}"


def cannot_take(
    client: SmtpClient, errand: Errand, batch: Sequence[SpooledRecipient]
) -> tuple[str, str] | None:
    """Why this server will never take the message, known without asking."""
    limit = client.extensions.get("SIZE", "")
    if limit.isascii() and limit.isdigit() and 0 < int(limit) < len(errand.raw):
        return "5.3.4", f"{client.host} takes at most {limit} bytes, the message has {len(errand.raw)}"
    if _needs_smtputf8(errand, batch) and "SMTPUTF8" not in client.extensions:
        return "5.6.7", f"{client.host} does not take internationalised addresses"
    return None


def _needs_smtputf8(errand: Errand, batch: Sequence[SpooledRecipient]) -> bool:
    if not errand.return_path.isascii() or any(not recipient.localpart.isascii() for recipient in batch):
        return True
    if not errand.message.is_smtputf8:
        return False
    return not errand.raw[: headers.split(errand.raw)[0]].isascii()


async def outgoing(client: SmtpClient, errand: Errand, batch: Sequence[SpooledRecipient]) -> Outgoing:
    """The message as that server is given it."""
    message, named = errand.message, one_copy.spokesmen(batch)
    label = await labels.of(message, errand.return_path, named[0], knows_dsn="DSN" in client.extensions)
    return Outgoing(
        label.sender,
        tuple(Rcpt(format_addr_spec(r.localpart, r.domain), r.notify, r.orcpt) for r in named),
        errand.raw,
        needs_smtputf8=_needs_smtputf8(errand, batch),
        requires_tls=message.requires_tls,
        priority=message.priority,
        ret=message.ret,
        envid=label.envid,
    )
