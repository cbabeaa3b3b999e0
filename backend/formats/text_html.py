"""Plain text as HTML: escaped, quotes nested, addresses as links, format=flowed undone (RFC 3676)."""

from __future__ import annotations

import re
from html import escape

_MAX_LEVEL = 20
_QUOTE = re.compile(r"(?:> ?)*")
# Each candidate runs to the next space or bracket and is never tried again from inside.
_LINK = re.compile(
    r"(?<![\w@.+-])(?:(https?://[^\s<>\"\u00a0]++)|(www\.[^\s<>\"\u00a0]++)"
    r"|((?:mailto:)?[\w.+%-]{1,64}+@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}))",
    re.IGNORECASE,
)
_TRAILING = ".,;:!?'*_"
_PAIRS = {")": "(", "]": "[", "}": "{"}


def text_to_html(text: str, *, flowed: bool = False, delete_space: bool = False) -> str:
    """HTML of a plain text body; `flowed` joins lines as format=flowed says, `delete_space` is its DelSp."""
    out: list[str] = []
    level = 0
    for depth, line in _lines(text, flowed, delete_space):
        if depth != level:
            out.append("</blockquote>" * (level - depth) + "<blockquote>" * (depth - level))
            level = depth
        out.append(f"<div>{linkify(line) or '<br>'}</div>")
    out.append("</blockquote>" * level)
    return "".join(out)


def _lines(text: str, flowed: bool, delete_space: bool) -> list[tuple[int, str]]:
    """(quote level, line) of a text, soft line breaks undone."""
    found: list[tuple[int, list[str]]] = []
    is_open = False
    for raw in text.replace("\r\n", "\n").split("\n"):
        quote = _QUOTE.match(raw)
        end = quote.end() if quote is not None else 0
        level = min(_MAX_LEVEL, raw.count(">", 0, end))
        line = raw[end:]
        if flowed:
            line = line.removeprefix(" ")
        if is_open and found[-1][0] == level and line != "-- ":
            found[-1][1].append(line)
        else:
            found.append((level, [line]))
        is_open = flowed and line.endswith(" ") and line != "-- "
        if is_open and delete_space:
            found[-1][1][-1] = line[:-1]
    return [(level, "".join(pieces)) for level, pieces in found]


def linkify(line: str) -> str:
    """One line escaped, its web and mail addresses as links."""
    out: list[str] = []
    position = 0
    for match in _LINK.finditer(line):
        shown = _without_trailing(match[0])
        if match[1] is not None:
            target = shown
        elif match[2] is not None:
            target = f"https://{shown}"
        else:
            target = shown if shown[:7].lower() == "mailto:" else f"mailto:{shown}"
        out.append(_escaped(line[position : match.start()]))
        out.append(
            f'<a href="{escape(target)}" target="_blank" rel="noopener noreferrer">{escape(shown)}</a>'
        )
        position = match.start() + len(shown)
    out.append(_escaped(line[position:]))
    return "".join(out)


def _escaped(text: str) -> str:
    """Escaped text whose runs of spaces stay visible."""
    return escape(text, quote=False).replace("  ", " \u00a0")


def _without_trailing(url: str) -> str:
    """The address without the punctuation of the sentence around it."""
    end = len(url)
    while end:
        last = url[end - 1]
        opening = _PAIRS.get(last)
        # A closing bracket belongs to the address only if it was opened there; the count is of a short tail.
        if last in _TRAILING or (
            opening is not None and url.count(opening, 0, end) < url.count(last, 0, end)
        ):
            end -= 1
        else:
            break
    return url[:end]
