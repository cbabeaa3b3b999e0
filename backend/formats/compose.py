"""A message from what its author wrote (RFC 5322, RFC 2045-2047, RFC 2231).

Text and HTML become alternatives, pictures the HTML shows stand beside it in a multipart/related, files
around all of it in a multipart/mixed. The result has CRLF line ends and ASCII headers; a value with line
breaks is refused with `InvalidSyntax` before anything is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

from backend.formats import flowed
from backend.formats.addresses import Mailbox
from backend.formats.body_writer import calendar_part, file_part, multipart, text_part
from backend.formats.dates import format_date
from backend.formats.header_writer import address_field, field, message_id_field, raw_field
from backend.formats.html_text import to_text
from backend.formats.rewrite import (
    ensure_date_and_message_id,
    make_message_id,
    prepend,
    remove_fields,
    set_date,
    strip_bcc,
)

__all__ = [
    "Attachment",
    "Draft",
    "compose",
    "ensure_date_and_message_id",
    "make_message_id",
    "prepend",
    "remove_fields",
    "set_date",
    "strip_bcc",
]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a message; with a `content_id` it is a picture that the HTML names by `cid:`. `charset` is of
    a text, where it is known.
    """

    name: str
    content_type: str
    content: bytes
    content_id: str = ""
    charset: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a message is made of.

    `date` is in Unix seconds, shown with `offset_minutes`. Message identifiers may come with or without angle
    brackets. `html` without `text` gets the text made from it. `bcc` is written, for Drafts; see `strip_bcc`.
    `is_flowed` breaks the lines of a message of text alone softly (RFC 3676). `extra_fields` are unstructured
    fields of our own. `calendar` is a calendar object with its iTIP method, beside a text that says the same
    (RFC 6047 §2.4).
    """

    sender: Mailbox
    date: int
    message_id: str
    to: tuple[Mailbox, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    bcc: tuple[Mailbox, ...] = ()
    reply_to: tuple[Mailbox, ...] = ()
    subject: str = ""
    text: str | None = None
    html: str | None = None
    is_flowed: bool = False
    attachments: tuple[Attachment, ...] = ()
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    extra_fields: tuple[tuple[str, str], ...] = ()
    offset_minutes: int = 0
    calendar: tuple[str, bytes] | None = None


def compose(draft: Draft) -> bytes:
    """The message; raises `InvalidSyntax`."""
    return _header(draft) + b"MIME-Version: 1.0\r\n" + _content(draft)


def _header(draft: Draft) -> bytes:
    out = [
        raw_field("Date", format_date(draft.date, draft.offset_minutes)),
        address_field("From", [draft.sender]),
    ]
    for name, boxes in (("Reply-To", draft.reply_to), ("To", draft.to), ("Cc", draft.cc), ("Bcc", draft.bcc)):
        if boxes:
            out.append(address_field(name, boxes))
    out.append(field("Subject", draft.subject))
    out.append(message_id_field("Message-ID", [draft.message_id]))
    if draft.in_reply_to:
        out.append(message_id_field("In-Reply-To", [draft.in_reply_to]))
    if draft.references:
        out.append(message_id_field("References", draft.references))
    out.extend(field(name, value) for name, value in draft.extra_fields)
    return b"".join(out)


def _content(draft: Draft) -> bytes:
    boundaries = _boundaries(draft.message_id)
    inline = [file for file in draft.attachments if file.content_id and draft.html is not None]
    attached = [file for file in draft.attachments if file not in inline]
    content = _body(draft, inline, boundaries)
    if attached:
        content = multipart("mixed", [content, *map(_file, attached)], next(boundaries))
    return content


def _body(draft: Draft, inline: list[Attachment], boundaries: Iterator[str]) -> bytes:
    if draft.calendar is not None:
        parts = [text_part(draft.text or "", "plain"), calendar_part(*draft.calendar)]
        return multipart("alternative", parts, next(boundaries))
    if draft.html is None:
        if draft.is_flowed:
            return text_part(flowed.flow(draft.text or ""), "plain", params="; format=flowed")
        return text_part(draft.text or "", "plain")
    html = text_part(draft.html, "html")
    if inline:
        html = multipart(
            "related", [html, *map(_file, inline)], next(boundaries), params='; type="text/html"'
        )
    text = to_text(draft.html) if draft.text is None else draft.text
    return multipart("alternative", [text_part(text, "plain"), html], next(boundaries))


def _file(file: Attachment) -> bytes:
    return file_part(
        file.content,
        file.content_type,
        name=file.name,
        content_id=file.content_id,
        charset=file.charset,
    )


def _boundaries(seed: str) -> Iterator[str]:
    """Boundaries that no part can hold: `=_` is in neither encoding, and the rest cannot be foreseen."""
    number = 0
    while True:
        number += 1
        yield "=_" + blake2b(f"{number} {seed}".encode("utf-8", "replace"), digest_size=15).hexdigest()
