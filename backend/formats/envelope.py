"""IMAP ENVELOPE from a header section (RFC 9051 §7.5.2), in the bytes that go on the wire.

Encoded words stay as they are; bytes that no quoted string may hold go as literals. Sender and Reply-To
default to From. A group is written as its start and end marks with NIL hosts.
"""

from __future__ import annotations

from functools import lru_cache

from backend.formats.address_list import RawMailbox, split_addresses
from backend.formats.bodystructure import body, bodystructure
from backend.formats.encoded_words import unfold
from backend.formats.headers import FieldIndex, index
from backend.formats.imap_strings import nstring, string
from backend.formats.part import Part
from backend.formats.sections import section

__all__ = ["body", "bodystructure", "envelope", "envelope_of", "section"]

_CACHED_BYTES = 200


def envelope(raw: bytes, part: Part) -> bytes:
    """The parenthesised ENVELOPE of the message whose root is `part`."""
    return part.envelope or envelope_of(index(raw[part.header_start : part.body_start]))


def envelope_of(found: FieldIndex) -> bytes:
    """The parenthesised ENVELOPE of a header section."""
    from_ = _addresses(found.get(b"from"))
    sender = _addresses(found.get(b"sender"))
    reply_to = _addresses(found.get(b"reply-to"))
    return (
        f"({_text(found.get(b'date'))} {_text(found.get(b'subject'))} {from_}"
        f" {from_ if sender == 'NIL' else sender} {from_ if reply_to == 'NIL' else reply_to}"
        f" {_addresses(found.get(b'to'))} {_addresses(found.get(b'cc'))} {_addresses(found.get(b'bcc'))}"
        f" {_text(found.get(b'in-reply-to'))} {_text(found.get(b'message-id'))})"
    ).encode("latin-1")


def _text(bodies: list[bytes] | None) -> str:
    return nstring(unfold(bodies[0]).decode("latin-1")) if bodies else "NIL"


def _addresses(bodies: list[bytes] | None) -> str:
    if not bodies:
        return "NIL"
    return _render_cached(bodies[0]) if len(bodies[0]) <= _CACHED_BYTES else _render(bodies[0])


def _render(value: bytes) -> str:
    out: list[str] = []
    for item in split_addresses(unfold(value).decode("latin-1")):
        if isinstance(item, RawMailbox):
            out.append(_mailbox(item))
        else:
            out.append(f"(NIL NIL {string(item.name)} NIL)")
            out.extend(map(_mailbox, item.members))
            out.append("(NIL NIL NIL NIL)")
    return f"({''.join(out)})" if out else "NIL"


# The same few senders and recipients make up most mail of a server.
_render_cached = lru_cache(4096)(_render)


def _mailbox(box: RawMailbox) -> str:
    # A NIL host would mean a group; a missing one is an empty string.
    return f"({nstring(box.name or None)} NIL {string(box.localpart)} {string(box.domain)})"
