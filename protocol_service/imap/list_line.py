"""LIST responses (RFC 9051 §7.3.1), of LIST and of the commands that tell a mailbox's name by one."""

from __future__ import annotations

from collections.abc import Iterable

from backend.mailstore.types import MailboxRow
from protocol_service.imap.mailbox_name import DELIMITER
from protocol_service.imap.responses import flag_list
from protocol_service.imap.session import Session


def line(session: Session, attributes: Iterable[bytes], name: str, extended: bytes = b"") -> bytes:
    """`* LIST (attributes) "/" name [(extended data)]`."""
    words = flag_list(attributes)
    tail = b" (%b)" % extended if extended else b""
    return b'* LIST %b "%b" %b%b\r\n' % (words, DELIMITER.encode(), session.mailbox_name(name), tail)


def attributes(row: MailboxRow, *, has_children: bool, with_subscribed: bool) -> list[bytes]:
    """The attributes of a mailbox (RFC 5258 §4, RFC 6154 §2); children and special use are always told."""
    words = [b"\\HasChildren" if has_children else b"\\HasNoChildren"]
    if row.special_use:
        words.append(b"\\" + row.special_use.capitalize().encode())
    if row.is_subscribed and with_subscribed:
        words.append(b"\\Subscribed")
    return words


def named(session: Session, row: MailboxRow, asked: str) -> bytes:
    """What IMAP4rev2 tells of a mailbox that was asked for under some name: the one that it has.

    INBOX may be written in any case, and a delimiter may stand at the end, which are no other names.
    """
    asked = asked.removesuffix(DELIMITER)
    is_other = asked != row.name and asked.upper() != row.name
    attributes = [b"\\" + row.special_use.capitalize().encode()] if row.special_use else []
    return line(session, attributes, row.name, old_name(session, asked) if is_other else b"")


def old_name(session: Session, name: str) -> bytes:
    """OLDNAME (RFC 9051 §6.3.9.7): what the mailbox was called, or asked for."""
    return b'"OLDNAME" (%b)' % session.mailbox_name(name)
