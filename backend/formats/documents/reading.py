"""One document, whatever its kind."""

from __future__ import annotations

from backend.formats import charsets, html_words
from backend.formats.documents import office, pdf
from backend.formats.documents.kinds import Kind
from backend.formats.search_text import fold
from backend.formats.summary import summarize

MAX_CHARS = 1 << 20


def text_of(kind: Kind, data: bytes, limit: int = MAX_CHARS) -> str:
    """The folded text of a document, at most `limit` characters. Raises where it is broken."""
    return fold(_text(kind, data, limit)[:limit].replace("\0", " "))[:limit]


def _text(kind: Kind, data: bytes, limit: int) -> str:
    match kind:
        case Kind.PDF:
            return pdf.text(data, limit)
        case Kind.MESSAGE:
            summary = summarize(data)
            return f"{summary.search_headers}\n{summary.search_body}"
        case Kind.HTML:
            return html_words.words(charsets.decode(data[: 2 * limit]))
        case Kind.TEXT:
            return charsets.decode(data[: 2 * limit])
        case _:
            return office.text(kind, data, limit)
