"""The words of an HTML text, fast: for search and for the preview line, not for reading.

Three regular expressions instead of a tree. Blocks end a line, inline tags vanish so that a word written in
two fonts stays one word; styles, scripts and comments are cut out. Linear in any input. `html.to_text` gives
the text a person reads.
"""

from __future__ import annotations

import html
import re

_HIDDEN = re.compile(r"<(?:!--|(style|script|title|template|xml)\b)", re.IGNORECASE)
_BLOCK = re.compile(
    r"</?(?:p|div|br|tr|td|th|li|ul|ol|dl|dt|dd|h[1-6r]|table|tbody|thead|blockquote|pre|section|article"
    r"|header|footer|main|nav|aside|figure|center|body|html|form|option|img)\b[^<>]*+>?",
    re.IGNORECASE,
)
_INLINE = re.compile(r"<[a-z/!?][^<>]*+>?", re.IGNORECASE)
_HUGE_REFERENCE = re.compile(r"&#(?:\d{8,}|[xX][0-9A-Fa-f]{8,});?")


def words(text: str) -> str:
    """Visible text of an HTML document, lines at its blocks, entities resolved."""
    text = _BLOCK.sub("\n", _without_hidden(text))
    return unescape(_INLINE.sub("", text) if "<" in text else text)


def unescape(text: str) -> str:
    """Character references resolved."""
    if "&" not in text:
        return text
    # The standard library turns the digits into a number first, and refuses thousands of them.
    return html.unescape(_HUGE_REFERENCE.sub("\ufffd", text))


def _without_hidden(text: str) -> str:
    match = _HIDDEN.search(text)
    if match is None:
        return text
    lowered = text.lower()
    if len(lowered) != len(text):  # a few capitals have longer lower-case forms; the offsets must agree
        lowered = text
    out: list[str] = []
    position = 0
    while match is not None:
        out.append(text[position : match.start()])
        closing = "-->" if match[1] is None else f"</{match[1].lower()}"
        end = lowered.find(closing, match.end())
        if match[1] is not None and end >= 0:
            closing, end = ">", lowered.find(">", end)
        if end < 0:
            return "".join(out)
        position = end + len(closing)
        match = _HIDDEN.search(text, position)
    out.append(text[position:])
    return "".join(out)
