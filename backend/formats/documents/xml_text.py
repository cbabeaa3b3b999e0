"""Text in XML, read as a stream: no tree, no entities, nothing from outside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NoReturn
from xml.parsers import expat

from backend.formats.errors import InvalidSyntax, LimitPassed

MAX_DEPTH = 500

# Whether an element, by its local name and attributes, holds text that people see.
IsText = Callable[[str, Mapping[str, str]], bool]


class _Enough(Exception):
    """As much text was found as is wanted."""


def read(chunks: Iterable[bytes], is_text: IsText, breaks: Mapping[str, str], limit: int) -> str:
    """The text inside the elements that `is_text` names, at most `limit` characters.

    At the end of an element of `breaks` (by local name) its value is put in. Raises InvalidSyntax for what is
    not well-formed or declares entities, LimitPassed for what nests without end.
    """
    reader = _Reader(is_text, breaks, limit)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.EntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except _Enough:
        pass
    except expat.ExpatError as exc:
        raise InvalidSyntax("not well-formed XML") from exc
    return "".join(reader.out)[:limit]


class _Reader:
    def __init__(self, is_text: IsText, breaks: Mapping[str, str], limit: int) -> None:
        self.out: list[str] = []
        self._is_text = is_text
        self._breaks = breaks
        self._open: list[bool] = []  # for each open element, whether it or one around it is text
        self._left = limit

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if len(self._open) >= MAX_DEPTH:
            raise LimitPassed("XML nests too deep")
        is_inside = self._is_text(name.rpartition(":")[2], attributes)
        self._open.append(is_inside or (bool(self._open) and self._open[-1]))

    def end(self, name: str) -> None:
        self._open.pop()
        mark = self._breaks.get(name.rpartition(":")[2])
        if mark is not None:
            self._put(mark)

    def text(self, data: str) -> None:
        if self._open and self._open[-1]:
            self._put(data)

    def _put(self, text: str) -> None:
        self.out.append(text)
        self._left -= len(text)
        if self._left <= 0:
            raise _Enough


def _refuse(*_: object) -> NoReturn:
    raise InvalidSyntax("XML declares entities")
