"""Plain text in lines that any screen can wrap anew: format=flowed (RFC 3676), without DelSp.

`flow` and `unflow` undo each other but for blanks at the ends of lines, which mean a soft break here. Quoted
lines keep their quote marks as they were typed.
"""

from __future__ import annotations

import re

WIDTH = 72
SIGNATURE_LINE = "-- "
_QUOTE = re.compile(r"(?:> ?)+")


def flow(text: str, width: int = WIDTH) -> str:
    """The text with long lines broken softly at blanks; LF line ends."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(piece for line in lines for piece in _pieces(line, width))


def _pieces(line: str, width: int) -> list[str]:
    """The lines that one line becomes: all but the last end in a blank (§4.2)."""
    if line == SIGNATURE_LINE:
        return [line]
    line = line.rstrip(" ")
    mark = _QUOTE.match(line)
    quote = mark[0] if mark is not None else ""
    rest = line[len(quote) :]
    pieces = []
    while end := _break(rest, width - len(quote)):
        pieces.append(rest[:end])
        rest = rest[end:]
    pieces.append(rest)
    return [quote + piece if quote else _stuffed(piece) for piece in pieces]


def _break(text: str, width: int) -> int:
    """Where the first line of a text ends, behind a blank; 0 where all of it fits or it has no place."""
    if len(text) <= width:
        return 0
    end = text.rfind(" ", 0, max(1, width)) + 1 or text.find(" ", max(1, width)) + 1
    # A line must not become the mark of a signature, nor its rest a quote.
    while end and (text[:end] == SIGNATURE_LINE or text[end : end + 1] == ">"):
        end = text.find(" ", end) + 1
    return end


def _stuffed(line: str) -> str:
    """Space-stuffing (§4.4)."""
    return " " + line if line.startswith((" ", ">", "From ")) else line


def unflow(text: str) -> str:
    """The text with soft breaks undone; LF line ends."""
    out: list[str] = []
    is_open, depth = False, 0
    for raw in text.replace("\r\n", "\n").split("\n"):
        mark = _QUOTE.match(raw)
        quote = mark[0] if mark is not None else ""
        line = raw[len(quote) :] if quote else raw.removeprefix(" ")
        if is_open and quote.count(">") == depth and line != SIGNATURE_LINE:
            out[-1] += line
        else:
            out.append(quote + line)
        is_open, depth = line.endswith(" ") and line != SIGNATURE_LINE, quote.count(">")
    return "\n".join(out)
