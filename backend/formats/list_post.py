"""A post as a mailing list sends it on: the fields of the list, its subject prefix, footer and addresses.

What a list says of itself is RFC 2369 and RFC 2919; what belongs to one recipient alone (the link that takes
them off the list, RFC 8058) stands in `unsubscribe_fields` and is put before the shared bytes. Every byte of
the author that need not change stays; where one does, signatures that are broken by it are taken away.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from backend.formats import footer
from backend.formats.addresses import Address, Mailbox, mailboxes, parse_address_list
from backend.formats.encoded_words import decode, encode, unfold
from backend.formats.footer import Footer
from backend.formats.header_writer import address_field, phrase, raw_field
from backend.formats.headers import FieldIndex, fields, index, split

_LIST_FIELDS = frozenset(
    {
        b"list-id",
        b"list-help",
        b"list-post",
        b"list-owner",
        b"list-subscribe",
        b"list-unsubscribe",
        b"list-unsubscribe-post",
        b"list-archive",
        b"precedence",
        b"return-path",
        b"delivered-to",
        # Would tell the author who of the members read it.
        b"disposition-notification-to",
        b"return-receipt-to",
        b"errors-to",
    }
)
_SIGNATURES = frozenset({b"dkim-signature", b"domainkey-signature"})
_RULE = "_" * 40


@dataclass(frozen=True, slots=True)
class Shape:
    """How a list sends posts on. `name` is for people; `footer` may have several lines."""

    address: Address
    name: str
    subject_prefix: str = ""
    footer: str = ""
    replies_to_list: bool = False
    rewrites_from: bool = False

    @property
    def list_id(self) -> str:
        """The identifier of the list (RFC 2919 §2), without angle brackets."""
        return f"{self.address.localpart}.{self.address.domain}"

    def command(self, suffix: str) -> str:
        """`mailto:` of one of the list's commands."""
        return f"mailto:{self.address.localpart}{suffix}@{self.address.domain}"


def has_passed(head: FieldIndex, shape: Shape) -> bool:
    """Whether the list has sent this message before: it comes back by a member's forward, say."""
    own_id, own_address = f"<{shape.list_id}>".lower(), str(shape.address).lower()
    ids = (unfold(value).decode("utf-8", "replace").lower() for value in head.get(b"list-id", []))
    if any(own_id in found for found in ids):
        return True
    loops = (*head.get(b"x-loop", []), *head.get(b"delivered-to", []))
    return any(unfold(value).strip().decode("utf-8", "replace").lower() == own_address for value in loops)


def is_automatic_answer(head: FieldIndex) -> bool:
    """Whether a program answered (RFC 3834 §5): on a list it would be a loop in the making."""
    values = head.get(b"auto-submitted", [])
    if any(unfold(value).strip().lower().startswith(b"auto-replied") for value in values):
        return True
    return b"x-autoreply" in head or b"x-autorespond" in head


def is_automatic(head: FieldIndex) -> bool:
    """Whether a program sent this (RFC 3834 §2): no command, and nothing to be answered."""
    values = [unfold(value).strip().lower() for value in head.get(b"auto-submitted", [])]
    if any(not value.startswith(b"no") for value in values) or is_automatic_answer(head):
        return True
    bulk = [unfold(value).strip().lower() for value in head.get(b"precedence", [])]
    return b"list-id" in head or any(value in (b"bulk", b"list", b"junk") for value in bulk)


def is_plain_id(message_id: str) -> bool:
    """Whether a stranger's Message-ID may stand in a field of ours."""
    return (
        len(message_id) <= 300 and message_id.isascii() and message_id.isprintable() and " " not in message_id
    )


def reshape(raw: bytes, shape: Shape) -> bytes:
    """The post as it goes to every member. Raises nothing for what is in the message."""
    head_end, _ = split(raw)
    before = index(raw[:head_end])
    raw, has_footer = _with_footer(raw, shape.footer)
    removed = set(_LIST_FIELDS)
    added = [raw_field("X-Loop", str(shape.address)), *list_fields(shape)]
    subject = _prefixed(before, shape.subject_prefix)
    if subject is not None:
        removed.add(b"subject")
        added.append(subject)
    addresses = _addresses(before, shape)
    if addresses:
        removed |= {field.partition(b":")[0].lower() for field in addresses}
        added += addresses
    if has_footer or subject is not None or b"from" in removed:
        removed |= _SIGNATURES
    return b"".join(added) + _without(raw, removed)


def list_fields(shape: Shape) -> list[bytes]:
    """What the list says of itself (RFC 2369, RFC 2919)."""
    name = f"{phrase(shape.name)} " if shape.name else ""
    return [
        raw_field("List-Id", f"{name}<{shape.list_id}>"),
        raw_field("List-Post", f"<mailto:{shape.address}>"),
        raw_field("List-Help", f"<{shape.command('-request')}?subject=help>"),
        raw_field("List-Subscribe", f"<{shape.command('-subscribe')}>"),
        raw_field("List-Owner", f"<{shape.command('-owner')}>"),
        raw_field("Precedence", "list"),
    ]


def unsubscribe_fields(shape: Shape, url: str = "") -> bytes:
    """How one recipient leaves the list: by mail, and with `url` by one click (RFC 8058)."""
    mailto = f"<{shape.command('-unsubscribe')}>"
    if not url:
        return raw_field("List-Unsubscribe", mailto)
    return raw_field("List-Unsubscribe", f"<{url}>, {mailto}") + raw_field(
        "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"
    )


def _prefixed(before: FieldIndex, prefix: str) -> bytes | None:
    """The subject below the prefix, its own bytes untouched; None where the prefix is there already."""
    if not prefix:
        return None
    values = before.get(b"subject", [b""])
    if prefix.lower() in decode(unfold(values[0])).lower():
        return None
    word = prefix if prefix.isascii() and "=?" not in prefix else " ".join(encode(prefix))
    rest = values[0].strip()
    return b"Subject: " + word.encode("ascii") + (b" " + rest if rest else b"") + b"\r\n"


def _addresses(before: FieldIndex, shape: Shape) -> list[bytes]:
    """From and Reply-To where they change. Who wrote it stays visible in the name."""
    authors = mailboxes(parse_address_list(before[b"from"][0])) if b"from" in before else []
    own = Mailbox(shape.name, shape.address.localpart, shape.address.domain)
    found: list[bytes] = []
    if shape.rewrites_from:
        author = authors[0] if authors else None
        name = f"{author.name or author.localpart} via " if author is not None else ""
        shown = Mailbox(f"{name}{shape.name or shape.address.localpart}", own.localpart, own.domain)
        found.append(_safe_field("From", [shown], [own]))
        if b"from" in before:
            found.append(b"X-Original-From:" + before[b"from"][0].rstrip(b"\r\n") + b"\r\n")
    if shape.replies_to_list:
        found.append(_safe_field("Reply-To", [own], [own]))
    elif shape.rewrites_from and b"reply-to" not in before and authors:
        found.append(_safe_field("Reply-To", authors[:10], [own]))
    return found


def _safe_field(name: str, boxes: list[Mailbox], otherwise: list[Mailbox]) -> bytes:
    """The addresses; where a stranger's cannot be written down the list's own."""
    try:
        return address_field(name, boxes)
    except ValueError:
        return address_field(name, otherwise)


def _without(raw: bytes, names: set[bytes]) -> bytes:
    head_end, body_start = split(raw)
    kept = [_line(whole) for whole, name, _ in fields(raw[:head_end]) if name.lower() not in names]
    return b"".join(kept) + b"\r\n" + raw[body_start:]


def _with_footer(raw: bytes, text: str) -> tuple[bytes, bool]:
    """The message below whose text the footer stands, and whether it got one; signatures go for it."""
    if not text:
        return raw, False
    unsigned = _without(raw, set(_SIGNATURES))
    found = add_footer(unsigned, text)
    return (raw, False) if found is unsigned else (found, True)


def _line(whole: bytes) -> bytes:
    """A field with its line end, which the last one of a message without a body lacks."""
    return whole if whole.endswith(b"\n") else whole + b"\r\n"


def add_footer(raw: bytes, text: str) -> bytes:
    """The message with the footer below its text; the same object where it gets none: what is signed or
    encrypted stays as it is, and so does what has the footer already, in what it quotes.
    """
    html = "<hr>\n<div>" + escape(text).replace("\n", "<br>\n") + "</div>"
    return footer.append(raw, Footer(f"{_RULE}\n{text}", html))
