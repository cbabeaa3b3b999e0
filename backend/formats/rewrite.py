"""Small changes to the header of a message that leave every other byte as it was."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from backend.formats.dates import format_date
from backend.formats.header_writer import field, message_id_field, raw_field
from backend.formats.headers import fields, index, split

_BLIND = frozenset({b"bcc", b"resent-bcc"})


def make_message_id(hostname: str) -> str:
    """A new message identifier, without angle brackets (RFC 5322 §3.6.4)."""
    return f"{secrets.token_hex(16)}@{hostname}"


def remove_fields(raw: bytes, names: frozenset[bytes]) -> bytes:
    """The message without the fields of those names (lower case); the same object when it has none."""
    header_end, _ = split(raw)
    found = fields(raw[:header_end])
    if not any(name.lower() in names for _, name, _ in found):
        return raw
    return b"".join([whole for whole, name, _ in found if name.lower() not in names]) + raw[header_end:]


def strip_bcc(raw: bytes) -> bytes:
    """The message without Bcc, as it goes to its recipients."""
    return remove_fields(raw, _BLIND)


def prepend(raw: bytes, added: Iterable[tuple[str, str]]) -> bytes:
    """The message below new fields, in their order; raises `InvalidSyntax` for a value with line breaks."""
    return b"".join([field(name, value) for name, value in added]) + raw


def set_date(raw: bytes, seconds: int, offset_minutes: int = 0) -> bytes:
    """The message with its Date set."""
    date = raw_field("Date", format_date(seconds, offset_minutes))
    return date + remove_fields(raw, frozenset({b"date"}))


def ensure_date_and_message_id(raw: bytes, hostname: str, now: int) -> bytes:
    """The message with a Date and a Message-ID where it had none (RFC 6409 §8.3, §8.4)."""
    header_end, _ = split(raw)
    found = index(raw[:header_end])
    added = b""
    if b"date" not in found:
        added += raw_field("Date", format_date(now))
    if b"message-id" not in found:
        added += message_id_field("Message-ID", [make_message_id(hostname)])
    if added and not header_end and not raw.startswith((b"\r\n", b"\n")):
        added += b"\r\n"  # a body without any header
    return added + raw if added else raw
