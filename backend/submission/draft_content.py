"""A draft as its author sees it, and its form as a message in Drafts.

Header fields that never leave the house tie a draft to the message it answers or forwards, name the draft
through all its forms, and the window that wrote this one; `submit` takes them off. Files of a draft are named
`upload id`, `message id:part` for a part of a message of the same account (the draft's own earlier form, or
the message that is forwarded), or `message id:message` for a whole message.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from backend.formats import compose, flowed, headers
from backend.formats.addresses import Address, Mailbox, parse_address_list
from backend.formats.content import decode_part, part_text
from backend.formats.encoded_words import decode, unfold
from backend.formats.file_names import message_name, safe_name
from backend.formats.mime import scan
from backend.formats.part import Part
from backend.formats.structure import bodies
from backend.kit import blobs, clock, config
from backend.kit.errors import InvalidSyntax, LimitExceeded, NotFound, TooLarge
from backend.mailstore import reader
from backend.submission import ancestry, uploads
from backend.submission.parts import READING

REPLY_FIELD = "X-Postroom-In-Reply-To"
FORWARD_FIELD = "X-Postroom-Forward-Of"
KEY_FIELD = "X-Postroom-Draft-Key"
WRITER_FIELD = "X-Postroom-Draft-Writer"
WHOLE = "message"
_OWN = (REPLY_FIELD, FORWARD_FIELD, KEY_FIELD, WRITER_FIELD)
OWN_FIELDS = frozenset(name.lower().encode() for name in _OWN)
MAX_ATTACHMENTS = 200
MAX_HTML_CHARS = 5_000_000
MAX_RECIPIENTS = 2000
_KEY = re.compile(r"[A-Za-z0-9-]{1,64}")
_CID = re.compile(r"\bcid:([^\s\"'<>()]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file to attach: see the module for its id. `content_id` makes it an inline picture."""

    id: str
    content_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftContent:
    """What the author wrote; without `html` the message is plain text.

    `in_reply_to` and `forward_of` are refs of the account's messages; `attached` those of whole messages that
    an earlier form of the draft took up. `key` names the draft, the same for all its forms, whoever writes
    on; `writer` the window that wrote this form.
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
    attached: tuple[int, ...] = ()
    key: str = ""
    writer: str = ""

    @property
    def forwarded(self) -> list[int]:
        """All that it forwards, each once."""
        first = () if self.forward_of is None else (self.forward_of,)
        return list(dict.fromkeys((*first, *self.attached)))


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


async def write(
    account_id: int, content: DraftContent, *, max_bytes: int, earlier: bytes | None = None
) -> bytes:
    """The message of a draft, in the place of an `earlier` form of it, whoever wrote that.

    Raises InvalidSyntax, NotFound (a file is gone), TooLarge.
    """
    if len(content.html or "") > MAX_HTML_CHARS or len(content.text or "") > MAX_HTML_CHARS:
        raise TooLarge("The text is too long", field="html")
    if len(content.to) + len(content.cc) + len(content.bcc) > MAX_RECIPIENTS:
        raise LimitExceeded(f"At most {MAX_RECIPIENTS} recipients", field="to")
    if len(content.files) > MAX_ATTACHMENTS:
        raise LimitExceeded(f"At most {MAX_ATTACHMENTS} attachments", field="attachments")
    files = await _files(account_id, content.files, max_bytes)
    ancestors = await ancestry.of_answer(account_id, content.in_reply_to) or ancestry.kept(earlier or b"")
    before = _refs(earlier or b"", FORWARD_FIELD)
    whole = [int(ref.id.partition(":")[0]) for ref in content.files if ref.id.endswith(f":{WHOLE}")]
    forwarded = dict.fromkeys((*content.forwarded, *before, *whole))
    extra = [(REPLY_FIELD, str(content.in_reply_to))] if content.in_reply_to else []
    for field, value in ((KEY_FIELD, content.key), (WRITER_FIELD, content.writer)):
        if value and _KEY.fullmatch(value) is None:
            raise InvalidSyntax("A key has at most 64 letters, digits and dashes", field="key")
        if value:
            extra.append((field, value))
    if forwarded:
        extra.append((FORWARD_FIELD, " ".join(map(str, forwarded))))
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
            in_reply_to=ancestors.in_reply_to,
            references=ancestors.references,
            attachments=files,
            extra_fields=tuple(extra),
        )
    )
    if len(raw) > max_bytes:
        raise TooLarge(f"With its attachments the message is larger than {max_bytes // 1_000_000} MB")
    return raw


async def _files(
    account_id: int, refs: tuple[FileRef, ...], max_bytes: int
) -> tuple[compose.Attachment, ...]:
    found: list[compose.Attachment] = []
    total = 0
    sources: dict[int, _Source] = {}
    for ref in refs:
        attachment = await _file(account_id, ref, sources)
        total += len(attachment.content)
        if total > max_bytes:
            raise TooLarge(
                f"The attachments are larger than {max_bytes // 1_000_000} MB together", field="attachments"
            )
        found.append(attachment)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Source:
    """A message that files are taken from; many of one message cost one reading of it."""

    raw: bytes
    parts: dict[str, Part]


async def _file(account_id: int, ref: FileRef, sources: dict[int, _Source]) -> compose.Attachment:
    message_id, colon, number = ref.id.partition(":")
    if not message_id.isdigit() or len(message_id) > 19:
        raise InvalidSyntax("That is not an attachment", field="attachments")
    if not colon:
        upload = await uploads.find(account_id, int(message_id))
        content = await blobs.read(upload.blob_id)
        return compose.Attachment(upload.name, upload.content_type, content, ref.content_id)
    source = sources.get(int(message_id))
    if source is None:
        raw = await reader.read_message(account_id, int(message_id))
        if number == WHOLE:
            return _message(raw)
        # An embedded message has its parts below it: the first of a number is the file itself.
        leaves = reversed([part for part in scan(raw, READING).walk() if not part.children])
        source = sources[int(message_id)] = _Source(raw, {part.number: part for part in leaves})
    part = source.parts.get(number)
    if part is None:
        raise NotFound("That attachment is no longer there: attach it again")
    content = decode_part(source.raw, part)
    return compose.Attachment(_name(part), part.content_type, content, ref.content_id, part.charset)


def _message(raw: bytes) -> compose.Attachment:
    """A message as a file: what its author alone may know of its recipients stays here."""
    subject = decode(unfold(headers.first(raw, b"subject") or b""))
    return compose.Attachment(message_name(subject), "message/rfc822", compose.strip_bcc(raw))


def _name(part: Part) -> str:
    return safe_name(part.filename) or ("message.eml" if part.type == "message" else f"part-{part.number}")


def read(raw: bytes, ref: int) -> StoredDraft:
    """The draft in a message of Drafts, whoever wrote it (another client's draft has no fields of ours)."""
    root = scan(raw, READING)
    found = bodies(root)
    html = "\n".join(part_text(raw, part) for part in found.html if part.subtype == "html")
    pictures = _pictures(root, html)
    senders = _mailboxes(raw, b"from")
    content = DraftContent(
        sender=senders[0] if senders else Mailbox("", "", ""),
        reply_to=_mailboxes(raw, b"reply-to"),
        to=_mailboxes(raw, b"to"),
        cc=_mailboxes(raw, b"cc"),
        bcc=_mailboxes(raw, b"bcc"),
        subject=decode(unfold(headers.first(raw, b"subject") or b"")),
        in_reply_to=next(iter(_refs(raw, REPLY_FIELD)), None),
        forward_of=next(iter(_refs(raw, FORWARD_FIELD)), None),
        attached=tuple(_refs(raw, FORWARD_FIELD)[1:]),
        key=key_of(raw),
        writer=_word(raw, WRITER_FIELD),
    )
    files = tuple(
        DraftFile(
            f"{ref}:{part.number}",
            _name(part),
            part.content_type,
            len(decode_part(raw, part)),
            part.content_id.strip("<>") if part.number in pictures else "",
        )
        for part in (*found.attachments, *found.inline)
    )
    return StoredDraft(content, files, "\n".join(_plain(raw, part) for part in found.text), html)


def _pictures(root: Part, html: str) -> set[str]:
    """Numbers of the parts that belong into the text: those that stand beside it in a related, and those that
    it names. What other programs call inline besides (a photo between two texts) is a file.
    """
    beside = {
        child.number for part in root.walk() if part.subtype == "related" for child in part.children if html
    }
    named = set(map(unquote, _CID.findall(unescape(html))))
    return beside | {part.number for part in root.walk() if part.content_id.strip("<>") in named}


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


def key_of(head: bytes) -> str:
    """The key of a draft by its header; empty for those of other programs."""
    return _word(head, KEY_FIELD)


def _word(head: bytes, field: str) -> str:
    return (headers.first(head, field.lower().encode()) or b"").strip().decode("ascii", "replace")


def _refs(raw: bytes, name: str) -> list[int]:
    words = (headers.first(raw, name.lower().encode()) or b"").split()[:MAX_ATTACHMENTS]
    return [int(word) for word in words if word.isdigit() and len(word) <= 19]


def recipients(content: DraftContent) -> list[Address]:
    """Every address once, in order; raises InvalidSyntax for one that cannot be written to."""
    seen: dict[Address, None] = {}
    for box in (*content.to, *content.cc, *content.bcc):
        try:
            seen[Address.parse(f"{box.localpart}@{box.domain}")] = None
        except ValueError as exc:
            raise InvalidSyntax(f"{box.localpart}@{box.domain} is not a mail address", field="to") from exc
    return list(seen)
