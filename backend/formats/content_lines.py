"""Content lines of iCalendar and vCard (RFC 5545 §3.1, RFC 6350 §3.2): `NAME;PARAM=value:value`, folded.

Reading is lenient, bounded and linear: what is no line is passed over, what comes after the bounds is not
looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

MAX_LINES = 20_000
MAX_LINE_CHARS = 64 * 1024
MAX_CHARS = 2 * 1024 * 1024
_FOLD = re.compile(r"\r?\n[ \t]")
_NAME = re.compile(r"(?:[A-Za-z0-9-]+\.)?([A-Za-z0-9-]+)")
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=((?:"[^"\n]*"|[^";:\n])*+)')
_BARE_PARAMETER = re.compile(r";([A-Za-z0-9-]+)(?=[;:])")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_FOLD_BYTES = 74


class Line(NamedTuple):
    """One property: name and parameter names in upper case, the value as written."""

    name: str
    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value as text, escapes undone (RFC 5545 §3.3.11)."""
        return unescape(self.value)


def lines(text: str) -> Iterator[Line]:
    """The lines of a calendar or card, unfolded."""
    whole = _FOLD.sub("", text[:MAX_CHARS])
    for number, raw in enumerate(whole.splitlines()):
        if number >= MAX_LINES:
            return
        line = _line(raw[:MAX_LINE_CHARS])
        if line is not None:
            yield line


def _line(raw: str) -> Line | None:
    name = _NAME.match(raw)
    if name is None:
        return None
    parameters: dict[str, str] = {}
    at = name.end()
    while raw[at : at + 1] == ";":
        match = _PARAMETER.match(raw, at)
        if match is not None:
            parameters.setdefault(match[1].upper(), match[2].replace('"', "").replace("^n", "\n"))
        else:
            # vCard 2.1 writes `;WORK` for `;TYPE=WORK`.
            match = _BARE_PARAMETER.match(raw, at)
            if match is None:
                return None
            known = parameters.get("TYPE")
            parameters["TYPE"] = f"{known},{match[1]}" if known else match[1]
        at = match.end()
    if raw[at : at + 1] != ":":
        return None
    return Line(name[1].upper(), parameters, raw[at + 1 :])


def unescape(value: str) -> str:
    """Text with its escapes undone."""
    return _ESCAPE.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)


def escape(text: str) -> str:
    """Text as a value (RFC 5545 §3.3.11)."""
    for mark, written in (
        ("\\", "\\\\"),
        (";", "\\;"),
        (",", "\\,"),
        ("\r\n", "\\n"),
        ("\n", "\\n"),
        ("\r", ""),
    ):
        text = text.replace(mark, written)
    return text


def split_values(value: str, mark: str = ";") -> list[str]:
    """The parts of a structured value, escapes undone."""
    out, part, at = [], "", 0
    while at < len(value):
        if value[at] == "\\":
            part += value[at : at + 2]
            at += 1
        elif value[at] == mark:
            out.append(part)
            part = ""
        else:
            part += value[at]
        at += 1
    return [unescape(one).strip() for one in (*out, part)]


def fold(line: str) -> bytes:
    """A line with its end, folded at 75 octets between characters."""
    out: list[bytes] = []
    piece = b""
    for character in line:
        data = character.encode("utf-8", "replace")
        if len(piece) + len(data) > _FOLD_BYTES:
            out.append(piece)
            piece = b" "
        piece += data
    return b"\r\n".join([*out, piece]) + b"\r\n"
