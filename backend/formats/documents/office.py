"""Text of office files: Office Open XML (docx, xlsx, pptx) and OpenDocument (odt, ods, odp).

Both are ZIP archives of XML; what people have written stands in a few elements of a few of their files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from backend.formats.documents import xml_text
from backend.formats.documents.kinds import Kind
from backend.formats.documents.xml_text import IsText
from backend.formats.documents.zip_files import ZipFiles
from backend.formats.errors import InvalidSyntax

# The main text first, so that of a long document the limit cuts off the rest.
_FILES = {
    Kind.WORD: (r"word/document\.xml", r"word/(?:footnotes|endnotes|comments|header\d*|footer\d*)\.xml"),
    Kind.SHEET: (r"xl/sharedStrings\.xml", r"xl/worksheets/sheet\d+\.xml", r"xl/comments\d*\.xml"),
    Kind.SLIDES: (r"ppt/slides/slide\d+\.xml", r"ppt/notesSlides/notesSlide\d+\.xml"),
    Kind.OPEN_DOCUMENT: (r"content\.xml", r"meta\.xml"),
}
_BREAKS = {"p": "\n", "tab": "\t", "br": "\n", "si": "\n", "c": " ", "row": "\n"}
_OPEN_BREAKS = {
    "p": "\n",
    "h": "\n",
    "tab": " ",
    "s": " ",
    "line-break": "\n",
    "table-cell": " ",
    "title": "\n",
}
_OPEN_TEXTS = frozenset({"p", "h", "title", "subject", "keyword", "description"})
_NUMBER = re.compile(r"\d{1,9}")


def text(kind: Kind, data: bytes, limit: int) -> str:
    """The text of an office file, at most `limit` characters. Raises InvalidSyntax, LimitPassed."""
    archive = ZipFiles(data)
    names = _names(archive, _FILES[kind])
    if not names:
        raise InvalidSyntax("the archive holds no such document")
    if kind is Kind.OPEN_DOCUMENT:
        return _joined(archive, names, lambda name, attributes: name in _OPEN_TEXTS, _OPEN_BREAKS, limit)
    return _joined(archive, names, _Cells() if kind is Kind.SHEET else _is_run, _BREAKS, limit)


def _is_run(name: str, attributes: Mapping[str, str]) -> bool:
    return name == "t"


class _Cells:
    """Texts and numbers of a worksheet, without the indexes of shared strings: nobody has written those."""

    def __init__(self) -> None:
        self._is_index = False

    def __call__(self, name: str, attributes: Mapping[str, str]) -> bool:
        if name == "c":
            self._is_index = attributes.get("t") == "s"
        return name == "t" or (name == "v" and not self._is_index)


def _names(archive: ZipFiles, patterns: Iterable[str]) -> list[str]:
    """The files to read, pattern by pattern and then by their numbers."""
    known = archive.names()
    found: list[str] = []
    for pattern in patterns:
        compiled = re.compile(pattern)
        found += sorted((name for name in known if compiled.fullmatch(name)), key=_number)
    return found


def _number(name: str) -> tuple[int, str]:
    number = _NUMBER.search(name)
    return int(number[0]) if number else 0, name


def _joined(
    archive: ZipFiles, names: Iterable[str], is_text: IsText, breaks: Mapping[str, str], limit: int
) -> str:
    found: list[str] = []
    for name in names:
        if limit <= 0:
            break
        piece = xml_text.read(archive.chunks(name), is_text, breaks, limit)
        limit -= len(piece)
        found.append(piece)
    return "\n".join(found)
