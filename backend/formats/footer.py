"""A footer below what was written, in each form that the message has of it (RFC 2045, RFC 2046, RFC 3676).

Only the text that a reader sees first is touched: plain text, HTML, both of an alternative, the root of a
related. What is signed or encrypted stays as it is, and so does a message that has the footer already, be it
in what it quotes. Part boundaries, other parts and their encodings stay byte for byte.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from backend.formats import charsets
from backend.formats.body_writer import transfer_encoded
from backend.formats.content import decode_part
from backend.formats.errors import InvalidSyntax
from backend.formats.header_writer import parameter, raw_field
from backend.formats.headers import index, split
from backend.formats.html_text import to_text
from backend.formats.mime import scan
from backend.formats.part import Part
from backend.formats.rewrite import remove_fields
from backend.formats.transfer_encoding import IDENTITY, KNOWN

_LONGEST_LINE = 990
_UNTOUCHED = frozenset({"signed", "encrypted", "report"})
_SEALED_FIELDS = frozenset({b"dkim-signature", b"autocrypt-setup-message"})
_CONTENT = frozenset({b"content-type", b"content-transfer-encoding"})
_PGP = re.compile(rb"^-----BEGIN PGP ", re.MULTILINE)
_END_OF_BODY = re.compile(rb"</body[ \t\r\n]*+>", re.IGNORECASE)
_END_OF_HTML = re.compile(rb"</html[ \t\r\n]*+>", re.IGNORECASE)
# With the space before them that format=flowed puts there (RFC 3676 §4.4).
_QUOTE_MARKS = re.compile(r"^ ?(?:> ?)+", re.MULTILINE)
_NOT_ASCII = ("utf-7", "utf-16", "utf-32", "hz", "cp037", "cp500", "cp1140")
_STUFFED = (" ", ">", "From ")


@dataclass(frozen=True, slots=True)
class Footer:
    """What stands below, as plain text and as HTML."""

    text: str
    html: str


class _Unchanged(Exception):
    """The message has to stay as it is."""


def append(raw: bytes, footer: Footer) -> bytes:
    """The message with the footer; the same object where it gets none."""
    try:
        edits = _edits(raw, footer)
    except (_Unchanged, InvalidSyntax):
        return raw  # the second: its Content-Type cannot be written again
    pieces: list[bytes] = []
    at = 0
    for start, end, new in sorted(edits):
        pieces += [raw[at:start], new]
        at = end
    made = b"".join([*pieces, raw[at:]])
    return made if edits and _is_below(made, footer) else raw


def _is_below(made: bytes, footer: Footer) -> bool:
    """Whether a reader of what was written finds the footer: of boundaries within each other that can be read
    in two ways, more text may make another way the first, and the next footer would not find this one.
    """
    try:
        _edits(made, footer)
    except _Unchanged:
        return True
    return False


def _edits(raw: bytes, footer: Footer) -> list[tuple[int, int, bytes]]:
    if not _SEALED_FIELDS.isdisjoint(index(raw[: split(raw)[0]])):
        raise _Unchanged
    parts = _seen_first(scan(raw))
    wanted = {_words(footer.text), _words(to_text(footer.html))} - {""}
    texts = [(part, *_decoded(raw, part)) for part in parts]
    for part, data, text in texts:
        # Broken HTML may hide it from a reader, and from `to_text`, and has it all the same.
        if part.subtype == "html" and _html_bytes(footer) in data:
            raise _Unchanged
        there = _words(to_text(text) if part.subtype == "html" else text)
        if not wanted or any(one in there for one in wanted):
            raise _Unchanged
    return [_edit(raw, part, data, text, footer) for part, data, text in texts]


def _seen_first(part: Part) -> list[Part]:
    """The text parts that are the message's body, each another form of the same."""
    if part.type == "multipart":
        if part.subtype in _UNTOUCHED:
            raise _Unchanged
        if part.subtype == "alternative":
            return [found for child in part.children for found in _seen_first(child)]
        return _seen_first(_root(part)) if part.children else []
    is_body = part.type == "text" and part.subtype in ("plain", "html")
    return [part] if is_body and part.disposition != "attachment" and not part.filename else []


def _root(part: Part) -> Part:
    """The child that is shown first; a related may name it (RFC 2387 §3.2)."""
    start = part.params.get("start", "").strip("<>") if part.subtype == "related" else ""
    return next((child for child in part.children if start and child.content_id == start), part.children[0])


def _decoded(raw: bytes, part: Part) -> tuple[bytes, str]:
    """The part's bytes and their text; what cannot be read for certain is not written to."""
    if part.cte not in KNOWN or not _has_body(raw, part):
        raise _Unchanged
    data = decode_part(raw, part)
    codec = charsets.codec_of(part.charset) if part.charset else "utf-8"
    # An insertion is made in bytes: a charset in which ASCII is not ASCII cannot have one.
    if codec is None or codec.startswith(_NOT_ASCII) or _PGP.search(data):
        raise _Unchanged
    try:
        return data, data.decode(codec)
    except UnicodeDecodeError:
        raise _Unchanged from None


def _has_body(raw: bytes, part: Part) -> bool:
    """Whether an empty line, or at a part the line of its boundary, stands before the body."""
    if part.header_start == part.body_start:
        return raw[: part.body_start].endswith(b"\n") or part.body_start == 0
    section = raw[part.header_start : part.body_start]
    return section in (b"\n", b"\r\n") or section.endswith((b"\n\n", b"\n\r\n"))


def _words(text: str) -> str:
    """What is compared: quotation marks and line breaks do not count."""
    return " ".join(_QUOTE_MARKS.sub("", text.replace("\r\n", "\n")).split())


def _edit(raw: bytes, part: Part, data: bytes, text: str, footer: Footer) -> tuple[int, int, bytes]:
    """The part with its header, written anew."""
    charset = part.charset
    if part.subtype == "html":
        added = _html_bytes(footer)
        data = _with_html(data, added)
    else:
        lines = footer.text.split("\n")
        is_flowed = part.params.get("format", "").lower() == "flowed"
        if is_flowed:
            lines = [_fixed(line) for line in lines]
        written = "\r\n".join(lines)
        try:
            # Readers take some charsets for their supersets; what is written keeps to the letter.
            added = written.encode(charset or "ascii")
        except (UnicodeEncodeError, LookupError):
            added, data, charset = written.encode(), text.encode(), "utf-8"
        data = _with_text(data, added, is_flowed=is_flowed)
    if not charset and not added.isascii():
        charset = "utf-8"
    is_as_it_was = part.cte in IDENTITY and charset == part.charset and _fits(added, part.cte)
    if is_as_it_was:
        return part.body_start, part.end, data
    cte, body = transfer_encoded(data)
    return part.header_start, part.end, _header(raw, part, charset, cte) + body


def _fits(added: bytes, cte: str) -> bool:
    """Whether the bytes may stand in a part of that encoding as they are."""
    is_short = max(map(len, added.split(b"\r\n"))) <= _LONGEST_LINE
    return is_short and (added.isascii() or cte in ("8bit", "binary"))


def _with_text(data: bytes, added: bytes, *, is_flowed: bool) -> bytes:
    body = data.rstrip(b"\r\n")
    if is_flowed and body.endswith(b" ") and not body.endswith(b"\n-- "):
        body = body.rstrip(b" ")  # a soft line break would take in what follows
    return body + b"\r\n\r\n" + added + b"\r\n" if body else added + b"\r\n"


def _with_html(data: bytes, added: bytes) -> bytes:
    # The last of them ends the document; one that is quoted stands before.
    ends = [match.start() for match in _END_OF_BODY.finditer(data)]
    ends = ends or [match.start() for match in _END_OF_HTML.finditer(data)]
    at = ends[-1] if ends else len(data)
    return data[:at] + b"\r\n" + added + b"\r\n" + data[at:]


def _html_bytes(footer: Footer) -> bytes:
    """The HTML as every charset has it."""
    html = footer.html.encode("ascii", "xmlcharrefreplace")
    return html.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def _fixed(line: str) -> str:
    """A line of format=flowed that ends where it ends (RFC 3676 §4.4)."""
    line = line if line == "-- " else line.rstrip(" ")
    return f" {line}" if line.startswith(_STUFFED) else line


def _header(raw: bytes, part: Part, charset: str, cte: str) -> bytes:
    """The part's header section with another charset or encoding; every other field as it was."""
    kept = {name: value for name, value in part.params.items() if name != "charset"}
    params = "".join(parameter(name, value) for name, value in kept.items())
    if charset:
        params = f"; charset={charset}" + params
    section = remove_fields(raw[part.header_start : part.body_start], _CONTENT)
    # A broken section may end in half an empty line, behind which nothing would be a field.
    fields = section[: split(section)[0]].rstrip(b"\r\n")
    if fields:
        fields += b"\r\n"
    is_whole = part.header_start == 0 and part.number == "1"
    version = b"" if not is_whole or b"mime-version" in index(fields) else b"MIME-Version: 1.0\r\n"
    return (
        fields
        + version
        + raw_field("Content-Type", f"text/{part.subtype}{params}")
        + f"Content-Transfer-Encoding: {cte}\r\n\r\n".encode()
    )
