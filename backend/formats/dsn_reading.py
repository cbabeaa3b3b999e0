"""Delivery reports of any host, read as far as they can be (RFC 3464, RFC 6522, RFC 6533; QSBMF of qmail).

`read` never raises and is linear in what it looks at, which is bounded. What other hosts write beside the
letter is understood where that is safe: addresses in brackets or without their type, fields of a recipient in
the first group, a status that stands only in the diagnostic, an action in other words. Free prose is not
searched for addresses: what nobody marked as a failed recipient is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from backend.formats import headers
from backend.formats.content import decode_part, part_text
from backend.formats.dates import parse_date
from backend.formats.dsn import STATUS, Action, DeliveryReport, RecipientReport, clean
from backend.formats.encoded_words import decode
from backend.formats.headers import FieldIndex, index
from backend.formats.part import Part

MAX_RECIPIENTS = 1000
MAX_STATUS_BYTES = 1024 * 1024
MAX_PROSE_BYTES = 64 * 1024
MAX_HEADER_BYTES = 256 * 1024

_BLANK = re.compile(rb"(?:\r?\n[ \t]*+){2,}")
_STATUS_TYPES = frozenset({"message/delivery-status", "message/global-delivery-status"})
_RETURNED_TYPES = frozenset(
    {"message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers"}
)
_ACTIONS = {action.value: action for action in Action} | {
    "failure": Action.FAILED,
    "delay": Action.DELAYED,
    "delivery": Action.DELIVERED,
    "relay": Action.RELAYED,
}
# `\x{6A}` of utf-8-addr-xtext (RFC 6533 §3) and `+6A` of xtext (RFC 3461 §4).
_ESCAPED = re.compile(r"\\x\{([0-9A-Fa-f]{2,6})\}")
_XTEXT = re.compile(r"\+([0-9A-F]{2})")
_IN_TEXT = re.compile(r"(?:^|[\s(#])([245]\.\d{1,3}\.\d{1,3})(?=[\s),;:.]|$)")
_QMAIL = re.compile(r"\s*Hi\. This is the ")
_QMAIL_RECIPIENT = re.compile(r"<([^<>\s]{1,320}@[^<>\s]{1,255})>:\n(.+)", re.DOTALL)
_QMAIL_COPY = re.compile(r"^--- ", re.MULTILINE)


def read(raw: bytes, root: Part) -> DeliveryReport | None:
    """The report that a message is, None if it is none. `returned` is the message that came back, or its
    header; the reports of messages that are attached are not this one's.
    """
    parts = list(_own_parts(root))
    status = next((part for part in parts if part.content_type in _STATUS_TYPES), None)
    if status is None:
        return _read_prose(raw, root)
    groups = _BLANK.split(decode_part(raw, status, MAX_STATUS_BYTES).strip(), MAX_RECIPIENTS + 1)
    blocks = [index(group) for group in groups]
    recipients = [_recipient(block) for block in blocks if b"final-recipient" in block]
    if not recipients:
        return None
    returned = next((part for part in parts if part.content_type in _RETURNED_TYPES), None)
    return DeliveryReport(
        reporting_mta=_typed(blocks[0], b"reporting-mta"),
        recipients=tuple(recipients[:MAX_RECIPIENTS]),
        arrived_at=parse_date(_value(blocks[0], b"arrival-date").encode()),
        envelope_id=_value(blocks[0], b"original-envelope-id"),
        returned=_returned(raw, returned) if returned is not None else b"",
        returns_full=returned is not None and returned.message is not None,
    )


def message_id_of(report: DeliveryReport) -> str:
    """The Message-ID of the message that came back, without brackets; empty where it is not told."""
    value = headers.first(report.returned[:MAX_HEADER_BYTES], b"message-id") if report.returned else None
    found = headers.message_ids(value) if value else []
    return clean(found[0]) if found else ""


def address_of(value: str) -> str:
    """The address in a recipient field behind its type (`rfc822; <a@b>`), its escapes undone."""
    kind, semicolon, rest = value.partition(";")
    address = (rest if semicolon else value).strip().removeprefix("<").removesuffix(">").strip()
    if kind.strip().lower() == "utf-8":
        address = _ESCAPED.sub(_unescaped, address)
    return clean(address)


def original_address_of(value: str) -> str:
    """`address_of` for an ORCPT value, which is xtext."""
    return clean(_XTEXT.sub(lambda match: chr(int(match[1], 16)), address_of(value)))


def _own_parts(root: Part) -> Iterator[Part]:
    """The parts in document order, those of embedded messages left out."""
    stack = [root]
    while stack:
        part = stack.pop()
        yield part
        if part.message is None:
            stack.extend(reversed(part.children))


def _returned(raw: bytes, part: Part) -> bytes:
    if part.cte in ("base64", "quoted-printable"):
        return decode_part(raw, part, MAX_STATUS_BYTES)
    return raw[part.body_start : part.end]


def _recipient(block: FieldIndex) -> RecipientReport:
    diagnostic = _typed(block, b"diagnostic-code")
    status = _value(block, b"status").partition(" ")[0]
    if STATUS.fullmatch(status) is None:
        found = _IN_TEXT.search(diagnostic)
        status = found[1] if found is not None else status
    return RecipientReport(
        recipient=address_of(_value(block, b"final-recipient")),
        action=_action(_value(block, b"action"), status),
        status=status,
        original_recipient=_value(block, b"original-recipient"),
        remote_mta=_typed(block, b"remote-mta"),
        diagnostic=diagnostic,
        last_attempt_at=parse_date(_value(block, b"last-attempt-date").encode()),
        retried_until=parse_date(_value(block, b"will-retry-until").encode()),
    )


def _action(text: str, status: str) -> Action:
    """The action; where it is missing or unheard of, what the class of the status says."""
    known = _ACTIONS.get(text.partition(" ")[0].lower())
    if known is not None:
        return known
    return {"2": Action.DELIVERED, "4": Action.DELAYED}.get(status[:1], Action.FAILED)


def _read_prose(raw: bytes, root: Part) -> DeliveryReport | None:
    """qmail's own form: a greeting, then a paragraph for each failed recipient, then the message."""
    if root.content_type != "text/plain":
        return None
    text = part_text(raw, root, MAX_PROSE_BYTES)
    if _QMAIL.match(text) is None:
        return None
    copy = _QMAIL_COPY.search(text)
    said = text[: copy.start()] if copy is not None else text
    matches = [_QMAIL_RECIPIENT.fullmatch(paragraph.strip()) for paragraph in said.split("\n\n")]
    recipients = [_qmail_recipient(match) for match in matches[: MAX_RECIPIENTS + 1] if match is not None]
    if not recipients:
        return None
    returned = text[copy.start() :].partition("\n\n")[2] if copy is not None else ""
    return DeliveryReport(
        reporting_mta="", recipients=tuple(recipients), returned=returned.encode("utf-8", "replace")
    )


def _qmail_recipient(match: re.Match[str]) -> RecipientReport:
    found = _IN_TEXT.search(match[2])
    status = found[1] if found is not None else "5.0.0"
    action = Action.DELAYED if status.startswith("4") else Action.FAILED
    return RecipientReport(
        recipient=clean(match[1]), action=action, status=status, diagnostic=clean(match[2])
    )


def _value(block: FieldIndex, name: bytes) -> str:
    bodies = block.get(name)
    return clean(decode(bodies[0])) if bodies else ""


def _typed(block: FieldIndex, name: bytes) -> str:
    """The value behind its type (`dns; mx.example.test`)."""
    value = _value(block, name)
    return value.partition(";")[2].strip() or value


def _unescaped(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else match[0]
