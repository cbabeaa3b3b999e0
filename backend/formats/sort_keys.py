"""What SORT and THREAD compare of a message (RFC 5256 §2.1, §2.2, §3; RFC 5957), made once from its header.

Texts are collation keys of `collation.casemap`: they are compared, never shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

from backend.formats.address_list import RawGroup, RawMailbox, split_addresses
from backend.formats.collation import casemap
from backend.formats.encoded_words import decode, unfold
from backend.formats.headers import fields, message_ids
from backend.formats.subjects import base_subject

MAX_KEY_CHARS = 200
MAX_REFERENCES = 30
LINK_BYTES = 8
_MAX_FIELD_BYTES = 4096
_ADDRESSES = (b"from", b"to", b"cc")


@dataclass(frozen=True, slots=True)
class SortKeys:
    """Keys of one message.

    `from_mailbox` and the like are of the first address of that field, `…_display` its name as people see it.
    `links` is packed: the hash of the message's own identifier (zeros where it has none), then those of the
    messages it refers to, oldest first, 8 bytes each.
    """

    subject: str
    is_reply: bool
    from_mailbox: str
    to_mailbox: str
    cc_mailbox: str
    from_display: str
    to_display: str
    links: bytes


def sort_keys(head: bytes, subject: str, message_id: str) -> SortKeys:
    """The keys of a message with this header block, decoded subject and identifier. Never raises."""
    found: dict[bytes, bytes] = {}
    for _, name, value in fields(head):
        found.setdefault(name.lower(), value)
    base, is_reply = base_subject(subject)
    addresses = [_first(found.get(name, b"")) for name in _ADDRESSES]
    (from_mailbox, from_display), (to_mailbox, to_display), (cc_mailbox, _) = addresses
    return SortKeys(
        subject=_key(base),
        is_reply=is_reply,
        from_mailbox=_key(from_mailbox),
        to_mailbox=_key(to_mailbox),
        cc_mailbox=_key(cc_mailbox),
        from_display=_key(from_display),
        to_display=_key(to_display),
        links=_links(message_id, found),
    )


def _first(value: bytes) -> tuple[str, str]:
    """addr-mailbox of the first address of a field, and what is displayed of it (RFC 5957 §3)."""
    addresses = split_addresses(unfold(value[:_MAX_FIELD_BYTES]).decode("latin-1"), 1)
    match addresses[:1]:
        case [RawMailbox(name, localpart, domain)]:
            shown = " ".join(_decoded(name).split()) or (f"{localpart}@{domain}" if domain else localpart)
            return localpart, shown
        case [RawGroup(name, _)]:
            return name, " ".join(_decoded(name).split())
    return "", ""


def _decoded(raw: str) -> str:
    return raw if raw.isascii() and "=?" not in raw else decode(raw.encode("latin-1"))


def _key(text: str) -> str:
    key = casemap(text[:MAX_KEY_CHARS])[:MAX_KEY_CHARS]
    return key if key.isascii() else key.encode("utf-8", "replace").decode()


def _links(message_id: str, found: dict[bytes, bytes]) -> bytes:
    """References, else the first identifier of In-Reply-To (RFC 5256 §3, step 1)."""
    named = (
        list(message_ids(found.get(b"references", b"")))
        or list(message_ids(found.get(b"in-reply-to", b"")))[:1]
    )
    if len(named) > MAX_REFERENCES:
        named = [named[0], *named[1 - MAX_REFERENCES :]]
    own = _hash(message_id) if message_id else bytes(LINK_BYTES)
    return b"".join([own, *map(_hash, named)])


def _hash(name: str) -> bytes:
    return blake2b(name.encode("utf-8", "replace"), digest_size=LINK_BYTES).digest()
