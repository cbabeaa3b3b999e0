"""Which documents have text to be read, by their type and, where that says nothing, by their name."""

from __future__ import annotations

from enum import StrEnum

from backend.formats.part import Part


class Kind(StrEnum):
    """How a document is read."""

    PDF = "pdf"
    WORD = "docx"
    SHEET = "xlsx"
    SLIDES = "pptx"
    OPEN_DOCUMENT = "odf"
    MESSAGE = "eml"
    HTML = "html"
    TEXT = "txt"


_WORD_PROCESSING = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_PRESENTATION = "application/vnd.openxmlformats-officedocument.presentationml."
_TYPES = (
    ("application/pdf", Kind.PDF),
    ("application/x-pdf", Kind.PDF),
    (_WORD_PROCESSING, Kind.WORD),
    (_SPREADSHEET, Kind.SHEET),
    (_PRESENTATION, Kind.SLIDES),
    ("application/vnd.oasis.opendocument.", Kind.OPEN_DOCUMENT),
    ("application/xhtml+xml", Kind.HTML),
    ("application/json", Kind.TEXT),
    ("application/xml", Kind.TEXT),
)
_SUFFIXES = {
    "pdf": Kind.PDF,
    "docx": Kind.WORD,
    "docm": Kind.WORD,
    "dotx": Kind.WORD,
    "xlsx": Kind.SHEET,
    "xlsm": Kind.SHEET,
    "pptx": Kind.SLIDES,
    "pptm": Kind.SLIDES,
    "ppsx": Kind.SLIDES,
    "odt": Kind.OPEN_DOCUMENT,
    "ods": Kind.OPEN_DOCUMENT,
    "odp": Kind.OPEN_DOCUMENT,
    "eml": Kind.MESSAGE,
    "htm": Kind.HTML,
    "html": Kind.HTML,
    "txt": Kind.TEXT,
    "csv": Kind.TEXT,
    "md": Kind.TEXT,
    "json": Kind.TEXT,
    "xml": Kind.TEXT,
    "ics": Kind.TEXT,
    "vcf": Kind.TEXT,
}


_ARCHIVES = frozenset({Kind.WORD, Kind.SHEET, Kind.SLIDES, Kind.OPEN_DOCUMENT})
_PDF_MARK_WITHIN = 1024


def may_be(kind: Kind, data: bytes) -> bool:
    """Whether the bytes begin as that kind of document does: what only bears its name need not be read."""
    if kind is Kind.PDF:
        return b"%PDF-" in data[:_PDF_MARK_WITHIN]
    return kind not in _ARCHIVES or data.startswith(b"PK")


def kind_of(part: Part) -> Kind | None:
    """How to read a leaf of a message; None for texts, which ingest has read, and for what has no text."""
    if part.type in ("text", "multipart", "message", "image", "audio", "video"):
        return None
    named = part.content_type
    for prefix, kind in _TYPES:
        if named.startswith(prefix):
            return kind
    return _SUFFIXES.get(part.filename.rpartition(".")[2].lower())
