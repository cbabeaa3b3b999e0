"""All that is known of a message at ingest, from one look at its bytes.

Everything later asked of a message often (ENVELOPE, BODYSTRUCTURE, the header block that clients list, the
row of the web list, the text to search) is made here once and stored; FETCH then joins stored bytes. Nothing
here raises, every field is bounded, and the time is linear in the message.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from backend.formats import html_words
from backend.formats.address_list import RawMailbox, split_addresses
from backend.formats.bodystructure import structures
from backend.formats.content import part_text
from backend.formats.encoded_words import decode, unfold
from backend.formats.envelope import envelope_of
from backend.formats.headers import FieldIndex, fields, message_ids, parse_date, split
from backend.formats.mime import scan_indexed
from backend.formats.part import DEFAULT, Limits, Part, pack
from backend.formats.preview import preview
from backend.formats.search_text import fold
from backend.formats.structure import bodies

# What Thunderbird asks of every message in a mailbox it opens (with BODY.PEEK[HEADER.FIELDS …]).
LISTED_FIELDS = frozenset(
    b"from to cc bcc resent-message-id subject date message-id priority x-priority references newsgroups"
    b" in-reply-to content-type reply-to".split()
)
MAX_SEARCH_CHARS = 1 << 20
_MAX_SEARCH_HEADER_BYTES = 64 * 1024
_MAX_TO_CHARS = 500
_MAX_TO_ADDRESSES = 25
_MAX_LINE_CHARS = 1000
_GUESSED_PARTS = 4  # charset statistics are for the first few parts that need them


@dataclass(frozen=True, slots=True)
class Summary:
    """What ingest stores beside the body.

    `envelope`, `bodystructure` and `body` are in their IMAP form, `head` is the block of `LISTED_FIELDS` with
    its empty line, `parts` the packed part tree. `search_headers` and `search_body` are folded by
    `search_text.fold`. Message identifiers stand without angle brackets; `sent_at` is in Unix seconds.
    `fields` are the bodies of the header's fields as they stand, by lower-case name.
    """

    fields: FieldIndex
    envelope: bytes
    bodystructure: bytes
    body: bytes
    head: bytes
    parts: bytes
    header_size: int
    subject: str
    from_name: str
    from_addr: str
    to_text: str
    sent_at: int | None
    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    has_attachments: bool
    preview: str
    search_headers: str
    search_body: str
    list_id: str
    auto_submitted: bool
    received_count: int


def summarize(raw: bytes, *, limits: Limits = DEFAULT) -> Summary:
    """Read a message once; never raises."""
    header_end, body_start = split(raw)
    header = raw[: min(header_end, limits.header_bytes)]
    found, head = _index(header)
    root = scan_indexed(raw, found, body_start, limits)
    bodystructure, body = structures(root)
    texts = _Texts(raw, root)
    from_name, from_addr = _first_mailbox(found)
    list_id = found.get(b"list-id")
    auto_submitted = found.get(b"auto-submitted")
    return Summary(
        fields=found,
        envelope=envelope_of(found),
        bodystructure=bodystructure,
        body=body,
        head=head,
        parts=pack(root),
        header_size=body_start,
        subject=_line(found, b"subject"),
        from_name=from_name,
        from_addr=from_addr,
        to_text=_to_text(found),
        sent_at=parse_date(found[b"date"][0]) if b"date" in found else None,
        message_id=next(iter(_ids(found, b"message-id")), ""),
        in_reply_to=_ids(found, b"in-reply-to"),
        references=_ids(found, b"references"),
        has_attachments=texts.has_attachments,
        preview=texts.preview(),
        search_headers=_search_headers(header),
        search_body=texts.search_body(),
        list_id=_list_id(list_id[0]) if list_id else "",
        auto_submitted=auto_submitted is not None and not auto_submitted[0].strip().lower().startswith(b"no"),
        received_count=len(found.get(b"received", ())),
    )


def _index(header: bytes) -> tuple[FieldIndex, bytes]:
    """The field index and the listed block in one walk."""
    found: FieldIndex = {}
    listed: list[bytes] = []
    for whole, name, value in fields(header):
        name = name.lower()
        if name in found:
            found[name].append(value)
        else:
            found[name] = [value]
        if name in LISTED_FIELDS:
            listed.append(whole)
    if listed and not listed[-1].endswith(b"\n"):
        listed.append(b"\r\n")
    listed.append(b"\r\n")
    return found, b"".join(listed)


def _line(found: FieldIndex, name: bytes) -> str:
    bodies = found.get(name)
    return decode(bodies[0])[:_MAX_LINE_CHARS] if bodies else ""


def _ids(found: FieldIndex, name: bytes) -> tuple[str, ...]:
    bodies = found.get(name)
    return tuple(message_ids(bodies[0])) if bodies else ()


def _list_id(value: bytes) -> str:
    return next(iter(message_ids(value)), decode(value))[:_MAX_LINE_CHARS]


def _mailboxes(value: bytes, limit: int) -> Iterable[RawMailbox]:
    for item in split_addresses(unfold(value).decode("latin-1"), limit):
        yield from (item,) if isinstance(item, RawMailbox) else item.members


def _first_mailbox(found: FieldIndex) -> tuple[str, str]:
    for value in found.get(b"from", ()):
        for box in _mailboxes(value, 1):
            return _decoded(box.name)[:_MAX_LINE_CHARS], _addr_spec(box)
    return "", ""


def _to_text(found: FieldIndex) -> str:
    """Names (else addresses) of To and Cc for the list of sent mail."""
    names = [
        _decoded(box.name) or _addr_spec(box)
        for field in (b"to", b"cc")
        for value in found.get(field, ())[:1]
        for box in _mailboxes(value, _MAX_TO_ADDRESSES)
    ]
    return ", ".join(names)[:_MAX_TO_CHARS]


def _decoded(raw: str) -> str:
    return raw if raw.isascii() and "=?" not in raw else decode(raw.encode("latin-1"))


def _addr_spec(box: RawMailbox) -> str:
    localpart, domain = _decoded(box.localpart), _decoded(box.domain).lower()
    return (f"{localpart}@{domain}" if domain else localpart)[:_MAX_LINE_CHARS]


def _search_headers(header: bytes) -> str:
    header = header[:_MAX_SEARCH_HEADER_BYTES]
    if header.isascii() and b"=?" not in header:
        return fold(header.replace(b"\0", b"").decode("ascii"))
    return fold("\n".join(f"{name.decode()}: {decode(value)}" for _, name, value in fields(header)))


class _Texts:
    """The texts of a message's parts, each decoded once and within a common bound."""

    def __init__(self, raw: bytes, root: Part) -> None:
        self._raw = raw
        self._root = root
        self._sorted = bodies(root)
        self._room = MAX_SEARCH_CHARS
        self._guesses = _GUESSED_PARTS
        self._read: dict[int, str] = {}

    @property
    def has_attachments(self) -> bool:
        return bool(self._sorted.attachments)

    def preview(self) -> str:
        for part in (*self._sorted.text, *self._sorted.html):
            if part.type == "text" and (line := preview(self._words(part))):
                return line
        return ""

    def search_body(self) -> str:
        """Folded words of all text parts, embedded subjects and file names, each text once."""
        found: dict[str, None] = {}
        for part in self._root.walk():
            if self._room <= 0:
                break
            if part.filename:
                found[fold(part.filename)] = None
            if part.envelope:
                head = self._raw[part.header_start : min(part.body_start, part.header_start + 4096)]
                found[fold(" ".join(decode(v) for _, n, v in fields(head) if n.lower() in _EMBEDDED))] = None
            if part.type == "text" and not part.children:
                # HTML that says the same as the plain text before it costs nothing.
                found[fold(self._words(part))] = None
        return "\n".join(filter(None, found))[:MAX_SEARCH_CHARS]

    def _words(self, part: Part) -> str:
        known = self._read.get(part.body_start)
        if known is not None:
            return known
        room = max(0, self._room)
        text = part_text(self._raw, part, room + room // 2, guess=self._guesses > 0)[:room]
        self._guesses -= not text.isascii()
        self._room -= len(text)
        text = html_words.words(text) if part.subtype == "html" else text
        self._read[part.body_start] = text
        return text


_EMBEDDED = frozenset({b"from", b"to", b"cc", b"subject"})
