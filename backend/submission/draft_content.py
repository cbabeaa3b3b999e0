"""A draft as its author sees it, and its form as a message in Drafts.

Two header fields that never leave the house tie a draft to the message it answers or forwards; `submit`
takes them off. Files of a draft are named `upload id`, or `message id:part` for a part of a message of the
same account (the draft's own earlier form, or the message that is forwarded).
"""

from __future__ import annotations

from dataclasses import dataclass

from backend.formats import compose, flowed, headers
from backend.formats.addresses import Address, Mailbox, parse_address_list
from backend.formats.content import decode_part, part_text
from backend.formats.encoded_words import decode, unfold
from backend.formats.file_names import safe_name
from backend.formats.mime import scan
from backend.formats.part import Part
from backend.formats.structure import bodies
from backend.kit import blobs, clock, config
from backend.kit.errors import InvalidSyntax, LimitExceeded, NotFound, TooLarge
from backend.mailstore import reader
from backend.submission import uploads

REPLY_FIELD = "X-Postroom-In-Reply-To"
FORWARD_FIELD = "X-Postroom-Forward-Of"
OWN_FIELDS = frozenset({REPLY_FIELD.lower().encode(), FORWARD_FIELD.lower().encode()})
MAX_ATTACHMENTS = 200
MAX_HTML_CHARS = 5_000_000
MAX_RECIPIENTS = 2000


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file to attach: see the module for its id. `content_id` makes it an inline picture."""

    id: str
    content_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftContent:
    """What the author wrote; without `html` the message is plain text.

    `in_reply_to` and `forward_of` are refs of the account's messages.
    """

    sender: Mailbox
    reply_to: tuple[Mailbox, ...] = ()
    to: tuple[Mailbox, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    bcc: tuple[Mailbox, ...] = ()
    subject: str = ""
    html: str | None = None
    text: str | None = None
    files: tuple[FileRef, ...] = ()
    in_reply_to: int | None = None
    forward_of: int | None = None


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A file that a stored draft holds."""

    id: str
    name: str
    content_type: str
    size_bytes: int
    content_id: str


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A draft read back from its message."""

    content: DraftContent
    files: tuple[DraftFile, ...]
    text: str
    html: str


async def write(account_id: int, content: DraftContent, *, max_bytes: int) -> bytes:
    """The message of a draft. Raises InvalidSyntax, NotFound (a file is gone), TooLarge."""
    if len(content.html or "") > MAX_HTML_CHARS or len(content.text or "") > MAX_HTML_CHARS:
        raise TooLarge("The text is too long", field="html")
    if len(content.to) + len(content.cc) + len(content.bcc) > MAX_RECIPIENTS:
        raise LimitExceeded(f"At most {MAX_RECIPIENTS} recipients", field="to")
    if len(content.files) > MAX_ATTACHMENTS:
        raise LimitExceeded(f"At most {MAX_ATTACHMENTS} attachments", field="attachments")
    files = await _files(account_id, content.files, max_bytes)
    references, in_reply_to = await _references(account_id, content.in_reply_to)
    extra = [
        (name, str(ref))
        for name, ref in ((REPLY_FIELD, content.in_reply_to), (FORWARD_FIELD, content.forward_of))
        if ref
    ]
    raw = compose.compose(
        compose.Draft(
            sender=content.sender,
            reply_to=content.reply_to,
            to=content.to,
            cc=content.cc,
            bcc=content.bcc,
            subject=content.subject,
            text=content.text,
            html=content.html,
            is_flowed=content.html is None,
            date=clock.now(),
            message_id=compose.make_message_id(config.current().hostname),
            in_reply_to=in_reply_to,
            references=references,
            attachments=files,
            extra_fields=tuple(extra),
        )
    )
    if len(raw) > max_bytes:
        raise TooLarge(f"With its attachments the message is larger than {max_bytes // 1_000_000} MB")
    return raw


async def _references(account_id: int, ref: int | None) -> tuple[tuple[str, ...], str]:
    """References and In-Reply-To (RFC 5322 §3.6.4) for an answer to that message."""
    if ref is None:
        return (), ""
    try:
        head = await reader.read_header(account_id, ref)
    except NotFound:  # it was deleted while the answer was written: the answer stays an answer to nothing
        return (), ""
    message_ids = headers.message_ids(headers.first(head, b"message-id") or b"")
    if not message_ids:
        return (), ""
    earlier = headers.message_ids(headers.first(head, b"references") or b"") or headers.message_ids(
        headers.first(head, b"in-reply-to") or b""
    )
    return (*earlier[-20:], message_ids[0]), message_ids[0]


async def _files(
    account_id: int, refs: tuple[FileRef, ...], max_bytes: int
) -> tuple[compose.Attachment, ...]:
    found: list[compose.Attachment] = []
    total = 0
    for ref in refs:
        attachment = await _file(account_id, ref)
        total += len(attachment.content)
        if total > max_bytes:
            raise TooLarge(
                f"The attachments are larger than {max_bytes // 1_000_000} MB together", field="attachments"
            )
        found.append(attachment)
    return tuple(found)


async def _file(account_id: int, ref: FileRef) -> compose.Attachment:
    message_id, colon, number = ref.id.partition(":")
    if not message_id.isdigit() or len(message_id) > 19:
        raise InvalidSyntax("That is not an attachment", field="attachments")
    if not colon:
        upload = await uploads.find(account_id, int(message_id))
        content = await blobs.read(upload.blob_id)
        return compose.Attachment(upload.name, upload.content_type, content, ref.content_id)
    raw = await reader.read_message(account_id, int(message_id))
    for part in scan(raw).walk():
        if part.number == number and not part.children:
            return compose.Attachment(_name(part), part.content_type, decode_part(raw, part), ref.content_id)
    raise NotFound("That attachment is no longer there: attach it again")


def _name(part: Part) -> str:
    return safe_name(part.filename) or ("message.eml" if part.type == "message" else f"part-{part.number}")


def read(raw: bytes, ref: int) -> StoredDraft:
    """The draft in a message of Drafts, whoever wrote it (another client's draft has no fields of ours)."""
    root = scan(raw)
    found = bodies(root)
    senders = _mailboxes(raw, b"from")
    content = DraftContent(
        sender=senders[0] if senders else Mailbox("", "", ""),
        reply_to=_mailboxes(raw, b"reply-to"),
        to=_mailboxes(raw, b"to"),
        cc=_mailboxes(raw, b"cc"),
        bcc=_mailboxes(raw, b"bcc"),
        subject=decode(unfold(headers.first(raw, b"subject") or b"")),
        in_reply_to=_ref(raw, REPLY_FIELD),
        forward_of=_ref(raw, FORWARD_FIELD),
    )
    files = tuple(
        DraftFile(f"{ref}:{part.number}", _name(part), part.content_type, len(decode_part(raw, part)), cid)
        for parts, is_inline in ((found.attachments, False), (found.inline, True))
        for part in parts
        for cid in (part.content_id.strip("<>") if is_inline else "",)
    )
    html = "\n".join(part_text(raw, part) for part in found.html if part.subtype == "html")
    return StoredDraft(content, files, "\n".join(_plain(raw, part) for part in found.text), html)


def _plain(raw: bytes, part: Part) -> str:
    text = part_text(raw, part)
    if part.params.get("format", "").lower() != "flowed":
        return text
    return flowed.unflow(text).removesuffix("\n")


def _mailboxes(raw: bytes, name: bytes) -> tuple[Mailbox, ...]:
    entries = parse_address_list(headers.first(raw, name) or b"", limit=MAX_RECIPIENTS)
    return tuple(
        box for entry in entries for box in ((entry,) if isinstance(entry, Mailbox) else entry.mailboxes)
    )


def _ref(raw: bytes, name: str) -> int | None:
    value = (headers.first(raw, name.lower().encode()) or b"").strip()
    return int(value) if value.isdigit() and len(value) <= 19 else None


def recipients(content: DraftContent) -> list[Address]:
    """Every address once, in order; raises InvalidSyntax for one that cannot be written to."""
    seen: dict[Address, None] = {}
    for box in (*content.to, *content.cc, *content.bcc):
        try:
            seen[Address.parse(f"{box.localpart}@{box.domain}")] = None
        except ValueError as exc:
            raise InvalidSyntax(f"{box.localpart}@{box.domain} is not a mail address", field="to") from exc
    return list(seen)
