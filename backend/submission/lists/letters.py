"""Short messages that a list itself writes: to owners, moderators, and whoever sent it a command.

They leave under the list's own return path, so what comes back ends there; an automatic answer is never
answered (RFC 3834).
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from backend.directory.list_types import Command, MailingList, Standing
from backend.formats.addresses import Address, Mailbox
from backend.formats.body_writer import multipart, returned_part, text_part
from backend.formats.dates import format_date
from backend.formats.header_writer import address_field, field, message_id_field, raw_field
from backend.kit import blobs, clock
from backend.kit.db import Tx
from backend.spool import enqueue
from backend.spool.types import Envelope, SpoolRcpt

MOST_ATTACHED_BYTES = 64 * 1024
MOST_MODERATORS = 50


@dataclass(frozen=True, slots=True)
class Letter:
    """What is written. `attached` is a message; of a large one only its header goes along."""

    subject: str
    text: str
    reply_to: Address | None = None
    in_reply_to: str = ""
    attached: bytes = b""


async def send_to_moderators(tx: Tx, mailing_list: MailingList, letter: Letter, *, return_path: str) -> None:
    """Spool one letter for everybody who may decide: owners and moderators, or who stands for them."""
    rows = await tx.fetch_rows(
        "SELECT address FROM list_member WHERE list_id = ? AND role >= ? AND group_id IS NULL"
        " ORDER BY address LIMIT ?",
        mailing_list.id,
        int(Standing.MODERATOR),
        MOST_MODERATORS,
    )
    owner = mailing_list.address_for(Command.OWNER)
    recipients = [Address.parse(row[0]) for row in rows] or [owner]
    await _spool(tx, mailing_list, owner, recipients, letter, return_path)


async def send(tx: Tx, mailing_list: MailingList, to: Address, letter: Letter, *, return_path: str) -> None:
    """Spool a letter in the caller's transaction."""
    await _spool(tx, mailing_list, to, [to], letter, return_path)


async def _spool(
    tx: Tx,
    mailing_list: MailingList,
    to: Address,
    recipients: Sequence[Address],
    letter: Letter,
    return_path: str,
) -> None:
    message_id = f"{secrets.token_hex(16)}@{mailing_list.domain}"
    body = _build(mailing_list, to, letter, message_id)
    envelope = Envelope(
        sender=return_path,
        recipients=tuple(SpoolRcpt(one.localpart, one.domain, notify="FAILURE") for one in recipients),
        protocol="list",
        subject=letter.subject,
        message_id=message_id,
        smtputf8=not body.isascii(),
    )
    await enqueue.enqueue(tx, envelope, blobs.small(body))


def _build(mailing_list: MailingList, to: Address, letter: Letter, message_id: str) -> bytes:
    owner = mailing_list.address_for(Command.OWNER)
    head = [
        raw_field("Date", format_date(clock.now())),
        address_field("From", [Mailbox(mailing_list.title, owner.localpart, owner.domain)]),
        address_field("To", [Mailbox("", to.localpart, to.domain)]),
        field("Subject", letter.subject),
        message_id_field("Message-ID", [message_id]),
        raw_field("Auto-Submitted", "auto-replied" if letter.in_reply_to else "auto-generated"),
        b"MIME-Version: 1.0\r\n",
    ]
    if letter.reply_to is not None:
        reply_to = Mailbox("", letter.reply_to.localpart, letter.reply_to.domain)
        head.append(address_field("Reply-To", [reply_to]))
    if letter.in_reply_to:
        head.append(message_id_field("In-Reply-To", [letter.in_reply_to]))
    content = text_part(letter.text, "plain")
    if letter.attached:
        post = returned_part(letter.attached, is_full=len(letter.attached) <= MOST_ATTACHED_BYTES)
        content = multipart("mixed", [content, post], f"=_list_{secrets.token_hex(16)}")
    return b"".join(head) + content
