"""What FETCH asks for: data items and sections of the body (RFC 3501 §6.4.5, RFC 3516, RFC 7162 §3.1.4,
RFC 8474, RFC 8514, RFC 8970, RFC 9394).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from protocol_service.imap.errors import BadCommand, Refused
from protocol_service.imap.grammar.partial import Partial, partial
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.limits import MAX_FETCH_ITEMS, MAX_HEADER_FIELDS
from protocol_service.imap.responses import astring

ATTRIBUTES = frozenset(
    b"UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODY BODYSTRUCTURE MODSEQ EMAILID THREADID SAVEDATE"
    b" PREVIEW".split()
)
_FAST = (b"FLAGS", b"INTERNALDATE", b"RFC822.SIZE")
_MACROS = {b"FAST": _FAST, b"ALL": (*_FAST, b"ENVELOPE"), b"FULL": (*_FAST, b"ENVELOPE", b"BODY")}
_ITEM = re.compile(rb"[A-Za-z0-9.]{1,32}")
_PART = re.compile(rb"[1-9]\d{0,8}(?:\.[1-9]\d{0,8}){0,100}")
_TEXT = re.compile(rb"HEADER\.FIELDS\.NOT|HEADER\.FIELDS|HEADER|TEXT|MIME", re.IGNORECASE)
_PARTIAL = re.compile(rb"<(\d{1,10})\.([1-9]\d{0,9})>")
# Only this much: what else stands in parentheses behind a last item are modifiers of the command.
_LAZY = re.compile(rb" \(LAZY\)", re.IGNORECASE)
_FIELD_NAME = re.compile(rb"[!-9;-~]+")


@dataclass(frozen=True, slots=True)
class Section:
    """`BODY[part.text (fields)]`: `part` is `""` or `1.2`; `text` is HEADER, HEADER.FIELDS, … or empty."""

    part: str = ""
    text: str = ""
    fields: frozenset[bytes] = frozenset()

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole message."""
        return not self.part and not self.text

    @property
    def is_header_only(self) -> bool:
        """Whether the message's own header is enough to answer it."""
        return not self.part and self.text.startswith("HEADER")


WHOLE = Section()


class Form(Enum):
    """How a section is answered: as it stands, decoded, or only how long it is decoded (RFC 3516)."""

    BODY = b"BODY"
    BINARY = b"BINARY"
    SIZE = b"BINARY.SIZE"


@dataclass(frozen=True, slots=True)
class BodyItem:
    """A section under the label of its answer; `partial` is (first octet, how many)."""

    section: Section
    label: bytes
    is_peek: bool
    partial: tuple[int, int] | None = None
    form: Form = Form.BODY

    def __hash__(self) -> int:
        return hash(self.label)  # which Python remembers: items are keys wherever they are answered


Item = bytes | BodyItem

_SECTIONED = {
    b"BODY": Form.BODY,
    b"BODY.PEEK": Form.BODY,
    b"BINARY": Form.BINARY,
    b"BINARY.PEEK": Form.BINARY,
    b"BINARY.SIZE": Form.SIZE,
}
_REMEMBERED_BYTES = 400
_RFC822 = {
    b"RFC822": BodyItem(Section(), b"RFC822", is_peek=False),
    b"RFC822.HEADER": BodyItem(Section("", "HEADER"), b"RFC822.HEADER", is_peek=True),
    b"RFC822.TEXT": BodyItem(Section("", "TEXT"), b"RFC822.TEXT", is_peek=False),
}


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """The arguments of FETCH behind the sequence set; an item stands once, attributes by their name."""

    items: tuple[Item, ...]
    changed_since: int | None = None
    with_vanished: bool = False
    window: Partial | None = None


def fetch_request(lexer: Lexer) -> FetchRequest:
    """`items [(CHANGEDSINCE n [VANISHED] PARTIAL m:n)]`.

    Clients say the same again and again: it is remembered.
    """
    text = lexer.text[lexer.at :]
    if len(text) > _REMEMBERED_BYTES or b"{" in text:
        return _read_request(lexer)
    request = _remembered(text)
    lexer.at = len(lexer.text)
    return request


@lru_cache(maxsize=512)
def _remembered(text: bytes) -> FetchRequest:
    return _read_request(Lexer(text))


def _read_request(lexer: Lexer) -> FetchRequest:
    items = _items(lexer)
    changed_since, with_vanished, window = None, False, None
    if not lexer.at_end():
        lexer.space()
        changed_since, with_vanished, window = _modifiers(lexer)
    lexer.end()
    return FetchRequest(tuple(dict.fromkeys(items)), changed_since, with_vanished, window)


def attributes(lexer: Lexer) -> tuple[Item, ...]:
    """`(items)` without macros, each once: what NOTIFY wants to know of new messages (RFC 5465 §5.2)."""
    if lexer.peek() != b"(":
        raise BadCommand("Expected data items")
    return tuple(dict.fromkeys(_items(lexer)))


def _items(lexer: Lexer) -> list[Item]:
    if not lexer.take(b"("):
        start = lexer.at
        macro = _MACROS.get(lexer.pattern(_ITEM, "a data item")[0].upper())
        if macro is not None:
            return list(macro)
        lexer.at = start
        return [_item(lexer)]
    items = [_item(lexer)]
    while not lexer.take(b")"):
        lexer.space()
        items.append(_item(lexer))
        if len(items) > MAX_FETCH_ITEMS:
            raise Refused("Too many data items", "LIMIT")
    return items


def _modifiers(lexer: Lexer) -> tuple[int | None, bool, Partial | None]:
    lexer.expect(b"(")
    changed_since, with_vanished, window = None, False, None
    while True:
        word = lexer.word()
        if word == b"CHANGEDSINCE" and changed_since is None:
            lexer.space()
            changed_since = lexer.number64()
        elif word == b"VANISHED" and not with_vanished:
            with_vanished = True
        elif word == b"PARTIAL" and window is None:
            lexer.space()
            window = partial(lexer)
        else:
            raise BadCommand("Unknown FETCH modifier")
        if lexer.take(b")"):
            break
        lexer.space()
    if with_vanished and changed_since is None:
        raise BadCommand("VANISHED needs CHANGEDSINCE")
    return changed_since, with_vanished, window


def _item(lexer: Lexer) -> Item:
    name = lexer.pattern(_ITEM, "a data item")[0].upper()
    if name in _SECTIONED and lexer.take(b"["):
        return _body_item(lexer, _SECTIONED[name], is_peek=name.endswith((b".PEEK", b".SIZE")))
    if name == b"PREVIEW" and (lazy := _LAZY.match(lexer.text, lexer.at)):
        lexer.at = lazy.end()  # previews are made at ingest, so that there is nothing to be lazy about
    if name in ATTRIBUTES:
        return name
    if name in _RFC822:
        return _RFC822[name]
    raise BadCommand(f"Unknown data item {name.decode()}")


def _body_item(lexer: Lexer, form: Form, *, is_peek: bool) -> BodyItem:
    wanted, label = section(lexer) if form is Form.BODY else _part(lexer)
    lexer.expect(b"]")
    label = b"%b[%b]" % (form.value, label)
    partial = None
    if form is not Form.SIZE and lexer.peek() == b"<":
        match = lexer.pattern(_PARTIAL, "a partial range")
        partial = (int(match[1]), int(match[2]))
        label += b"<%d>" % partial[0]
    return BodyItem(wanted, label, is_peek, partial, form)


def _part(lexer: Lexer) -> tuple[Section, bytes]:
    """The section of BINARY: a part, or nothing for the whole message."""
    part = _PART.match(lexer.text, lexer.at)
    if part is None:
        return Section(), b""
    lexer.at = part.end()
    return Section(part[0].decode()), part[0]


def section(lexer: Lexer) -> tuple[Section, bytes]:
    """A section and how the answer calls it."""
    part = _PART.match(lexer.text, lexer.at)
    number = part[0] if part else b""
    if part:
        lexer.at = part.end()
        if not lexer.take(b"."):
            return Section(number.decode()), number
    elif lexer.peek() == b"]":
        return Section(), b""
    text = lexer.pattern(_TEXT, "a section")[0].upper()
    if text == b"MIME" and not part:
        raise BadCommand("MIME needs a part")
    label = b"%b.%b" % (number, text) if part else text
    if not text.startswith(b"HEADER.FIELDS"):
        return Section(number.decode(), text.decode()), label
    lexer.space()
    names = _field_names(lexer)
    fields = frozenset(name.lower() for name in names)
    return Section(number.decode(), text.decode(), fields), b"%b (%b)" % (
        label,
        b" ".join(map(astring, names)),
    )


def _field_names(lexer: Lexer) -> list[bytes]:
    names: list[bytes] = []
    lexer.expect(b"(")
    while True:
        name = lexer.astring()
        if not _FIELD_NAME.fullmatch(name):
            raise BadCommand("Invalid header field name")
        names.append(name)
        if len(names) > MAX_HEADER_FIELDS:
            raise Refused("Too many header fields", "LIMIT")
        if lexer.take(b")"):
            return names
        lexer.space()
