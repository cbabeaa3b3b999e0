"""What is refused is remembered for whoever asks where mail is: who wrote to whom, and what was answered.

It costs no answer any time: refusals are gathered and written in batches, without a wait for the disk. What
is refused alike within a moment is one record. A network of clients has so many records in a while; beyond
that what it tries is counted together for each domain, and beyond `MOST_AT_ONCE` only in the metrics.
Broken commands are no mail and not remembered.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from backend.directory.guessing import network_of
from backend.formats.addresses import Address, parse_path, split_path
from backend.formats.errors import InvalidSyntax
from backend.kit import db, ids, metrics
from backend.spool import refusals
from backend.spool.refusals import Refusal
from backend.spool.types import SpoolRcpt
from protocol_service.smtp import replies

if TYPE_CHECKING:
    from protocol_service.smtp.server import Server
    from protocol_service.smtp.session import Session, Transaction

log = logging.getLogger(__name__)

WRITE_S = 2.0
MOST_AT_ONCE = 100
PER_NETWORK = 20
NETWORK_S = 600.0
MOST_NETWORKS = 10_000
MOST_RECIPIENTS = 20

_refused = metrics.counter("postroom_smtp_refused_total", "Recipients and messages that were refused")
_forgotten = metrics.counter("postroom_smtp_refused_forgotten_total", "Refusals that were only counted")

_Key = tuple[str, str, str, str, str, int | None]


def look(server: Server, line: bytes, transaction: Transaction | None, answer: bytes) -> None:
    """A command was refused, in that state of the connection: remember it where it was about mail."""
    verb, _, argument = line.strip().partition(b" ")
    verb = verb.upper()
    if verb == b"MAIL" and transaction is None:
        _look_at_sender(server, argument, answer)
    elif verb == b"RCPT":
        _look_at_recipient(server, argument, transaction, answer)
    elif (
        verb in (b"DATA", b"BDAT")
        and transaction is not None
        and (_is_about_mail(answer) or answer == replies.BARE_NEWLINE)
    ):
        of_message(server, transaction, transaction.recipients, answer)


def of_message(
    server: Server, transaction: Transaction, recipients: Iterable[SpoolRcpt], answer: bytes
) -> None:
    """A message was refused for these recipients."""
    for rcpt in list(recipients)[:MOST_RECIPIENTS]:
        address = Address(rcpt.localpart, rcpt.domain)
        server.reception.refusals.note(server.session, transaction.return_path, address, answer)


def _look_at_sender(server: Server, argument: bytes, answer: bytes) -> None:
    if not _is_about_mail(answer):
        return
    try:
        sender = _address(argument)
    except InvalidSyntax:
        return
    server.refused_sender = (str(sender or ""), answer)
    if server.inbox.buffer[:4].upper() != b"RCPT":  # else it is told with whom it was for
        server.reception.refusals.note(server.session, str(sender or ""), None, answer)


def _look_at_recipient(
    server: Server, argument: bytes, transaction: Transaction | None, answer: bytes
) -> None:
    try:
        address = _address(argument)
    except InvalidSyntax:
        return
    if transaction is not None:
        if _is_about_mail(answer):
            server.reception.refusals.note(server.session, transaction.return_path, address, answer)
    elif server.refused_sender is not None:
        sender, refusal = server.refused_sender
        server.reception.refusals.note(server.session, sender, address, refusal)


def _is_about_mail(answer: bytes) -> bool:
    """Not about the commands or the state they came in."""
    return not _status(answer)[1:].startswith(".5.") and answer[:3] != b"530"


def _status(answer: bytes) -> str:
    return answer[4:].partition(b" ")[0].decode("ascii", "replace")


def _address(argument: bytes) -> Address | None:
    path, _ = split_path(argument.partition(b":")[2].strip())
    return parse_path(path, smtputf8=True)


class Refusals:
    """What one process has refused and not yet written."""

    def __init__(self) -> None:
        self._pending: dict[_Key, Refusal] = {}
        self._networks: dict[str, tuple[float, int]] = {}
        self._writing: asyncio.Task[None] | None = None

    def note(self, session: Session, sender: str, address: Address | None, answer: bytes) -> None:
        """Remember one; without an address nobody was named."""
        _refused.inc()
        network = network_of(session.address)
        localpart, domain = (address.localpart, address.domain) if address is not None else ("", "")
        account_id = session.principal.user_id if session.principal is not None else None
        status = _status(answer)
        key = (network, sender, localpart.lower(), domain, status, account_id)
        if key not in self._pending and not self._has_turn(network):
            sender, localpart = "", ""
            key = (network, sender, localpart, domain, status, account_id)
        known = self._pending.get(key)
        if known is not None:
            self._pending[key] = replace(known, times=known.times + 1)
        elif len(self._pending) >= MOST_AT_ONCE:
            _forgotten.inc()
        else:
            self._pending[key] = _refusal(session, sender, localpart, domain, account_id, answer)
            if self._writing is None:
                self._writing = asyncio.create_task(self._write_soon(), name="smtp-refusals")

    def _has_turn(self, network: str) -> bool:
        now = time.monotonic()
        ends_at, used = self._networks.get(network, (0.0, 0))
        if ends_at <= now:
            if len(self._networks) >= MOST_NETWORKS:
                self._networks.clear()
            ends_at, used = now + NETWORK_S, 0
        self._networks[network] = (ends_at, used + 1)
        return used < PER_NETWORK

    async def _write_soon(self) -> None:
        await asyncio.sleep(WRITE_S)
        self._writing = None
        await self.flush()

    async def flush(self) -> None:
        """Write what there is; where that fails it is forgotten."""
        found = list(self._pending.values())
        self._pending.clear()
        if not found:
            return
        try:
            await db.write(lambda tx: refusals.record(tx, found), durable=False)
        except Exception:
            _forgotten.inc(len(found))
            log.exception("%d refusals cannot be remembered", len(found))

    async def close(self) -> None:
        """Write the last ones."""
        if self._writing is not None:
            self._writing.cancel()
            self._writing = None
        await self.flush()


def _refusal(
    session: Session, sender: str, localpart: str, domain: str, account_id: int | None, answer: bytes
) -> Refusal:
    principal = session.principal
    text = answer.partition(b"\r\n")[0].decode("utf-8", "replace")
    return Refusal(
        id=ids.new_id(),
        sender=sender,
        localpart=localpart,
        domain=domain,
        account_id=account_id,
        account_domain=principal.name.rpartition("@")[2] if principal is not None else None,
        remote_address=session.address,
        helo=session.helo,
        protocol=session.protocol,
        status=_status(answer),
        reply=text,
    )
