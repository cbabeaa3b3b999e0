"""Annotations as IMAP names them (RFC 5464): whose they are, and the METADATA response."""

from __future__ import annotations

from collections.abc import Sequence

from backend.mailstore import annotation_values
from backend.mailstore.annotation_values import OF_ACCOUNT, SHARED, Place
from backend.mailstore.types import MailboxRow
from protocol_service.imap.grammar.metadata_entries import Entry
from protocol_service.imap.responses import string
from protocol_service.imap.session import Session

Found = list[tuple[Entry, bytes | None]]


def place(session: Session, row: MailboxRow | None, *, is_private: bool) -> Place:
    """Where entries of a mailbox, or (None) of the server, stand for this client."""
    user_id = session.account_id if is_private else SHARED
    if row is None:
        return Place(session.account_id, OF_ACCOUNT, user_id)
    return Place(row.account_id, row.id, user_id)


async def find(session: Session, row: MailboxRow | None, entries: Sequence[Entry], depth: int = 0) -> Found:
    """The values of entries, None for one without; and of those below them, as deep as wanted."""
    found: dict[Entry, bytes | None] = {}
    for is_private in (True, False):
        asked = [entry for entry in entries if entry.is_private is is_private]
        # Nobody sets what all users of the server would share.
        is_empty = not asked or (row is None and not is_private)
        known = {} if is_empty else await annotation_values.read(place(session, row, is_private=is_private))
        for entry in asked:
            found[entry] = known.get(entry.name)
            for name, value in known.items() if depth else ():
                below = name.removeprefix(entry.name + "/")
                if below != name and below.count("/") < depth:
                    found[Entry(is_private, name)] = value
    return list(found.items())


def response(session: Session, name: str, found: Found) -> bytes:
    """`* METADATA mailbox (entry value …)`, nothing where there is no entry."""
    if not found:
        return b""
    pairs = b" ".join(entry.wire + b" " + _value(value) for entry, value in found)
    return b"* METADATA %b (%b)\r\n" % (session.mailbox_name(name), pairs)


def names(session: Session, name: str, entries: Sequence[Entry]) -> bytes:
    """`* METADATA mailbox entry …`, which nobody asked for: without values (§4.4.2)."""
    return b"* METADATA %b %b\r\n" % (session.mailbox_name(name), b" ".join([one.wire for one in entries]))


def _value(value: bytes | None) -> bytes:
    if value is None:
        return b"NIL"
    return b"~{%d}\r\n%b" % (len(value), value) if b"\0" in value else string(value)
