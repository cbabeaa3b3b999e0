"""Plain text of an HTML message as a person would type it: for replies, plain-text view and text parts.

Works on the token stream, so that no depth or size of the document matters. Blocks begin lines, paragraphs
leave an empty one, quotes carry `>`, list items a dash or their number, links their address.
"""

from __future__ import annotations

import re

from backend.formats.html_shape import Raw, Tag, attributes, tokens
from backend.formats.html_words import unescape

_SPACE = re.compile(r"[ \t\r\n\f]+")
_BLANK_LINES = re.compile(r"\n(?:[> ]*\n){2,}")
_PARAGRAPHS = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "dl", "table", "pre"}
)
_LINE_NAMES = """
div br tr li dt dd section article header footer main nav aside figure center address form hr body
"""
_LINES = frozenset(_LINE_NAMES.split())
_MAX_CHARS = 2 * 1024 * 1024
_MAX_QUOTES = 20


def to_text(html: str) -> str:
    """Readable plain text with LF line ends; never raises."""
    writer = _Writer()
    for token in tokens(html[:_MAX_CHARS]):
        if isinstance(token, str):
            writer.text(unescape(token))
        elif isinstance(token, Tag):
            writer.tag(token)
        elif isinstance(token, Raw):
            continue  # styles, scripts and titles are not read out
    return writer.finish()


class _Writer:
    """The lines written so far and the state that the next word needs."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quotes = 0
        self._last_quotes = 0  # of the line before
        self._lists: list[int] = []  # next number of each open list, 0 for bullets
        self._links: list[tuple[str, int]] = []  # target, and where its text begins in the line
        self._is_pre = 0
        self._needs_space = False
        self._needs_blank = False

    def text(self, text: str) -> None:
        if self._is_pre:
            first, *rest = text.split("\n")
            self._word(first)
            for line in rest:
                self._break()
                self._word(line)
            return
        words = _SPACE.sub(" ", text)
        if words.startswith(" "):
            self._needs_space = True
        if words.strip(" "):
            self._word(words.strip(" "))
            self._needs_space = words.endswith(" ")

    def _word(self, text: str) -> None:
        if not text:
            return
        if self._needs_space and self._line:
            self._line.append(" ")
        self._needs_space = False
        self._line.append(text)

    def tag(self, tag: Tag) -> None:
        name = tag.name
        if name in _PARAGRAPHS or name in _LINES:
            self._break(is_paragraph=name in _PARAGRAPHS, is_forced=name == "br")
            self._block(tag)
        elif name in ("td", "th"):
            self._needs_space = True
        elif name == "a":
            self._link(tag)
        elif name == "img" and not tag.is_end:
            alt = unescape(dict(attributes(tag.attributes)).get("alt", "")).strip()
            self._word(f"[{alt}]" if alt else "")

    def _block(self, tag: Tag) -> None:
        step = -1 if tag.is_end else 1
        if tag.name == "blockquote":
            self._quotes = min(_MAX_QUOTES, max(0, self._quotes + step))
        elif tag.name == "pre":
            self._is_pre = max(0, self._is_pre + step)
        elif tag.name in ("ul", "ol"):
            if tag.is_end:
                del self._lists[-1:]
            elif len(self._lists) < _MAX_QUOTES:
                self._lists.append(1 if tag.name == "ol" else 0)
        elif tag.name == "li" and not tag.is_end:
            self._word(self._bullet())
            self._needs_space = True
        elif tag.name == "hr":
            self._word("-" * 20)
            self._break()

    def _bullet(self) -> str:
        if not self._lists or not self._lists[-1]:
            return f"{'  ' * max(0, len(self._lists) - 1)}-"
        self._lists[-1] += 1
        return f"{'  ' * (len(self._lists) - 1)}{self._lists[-1] - 1}."

    def _link(self, tag: Tag) -> None:
        if not tag.is_end:
            target = unescape(dict(attributes(tag.attributes)).get("href", "")).strip()
            self._links = [(target, len(self._line))]
        elif self._links:
            target, start = self._links.pop()
            shown = "".join(self._line[start:]).strip()
            if target.lower().startswith(("http://", "https://")) and shown.rstrip("/") not in (
                target.rstrip("/"),
                target.partition("://")[2].rstrip("/"),
            ):
                self._word(f" <{target}>" if shown else f"<{target}>")

    def _break(self, *, is_paragraph: bool = False, is_forced: bool = False) -> None:
        line = "".join(self._line).rstrip()
        self._line, self._links, self._needs_space = [], [], False
        if line or is_forced or self._is_pre:
            if self._needs_blank and self._lines:
                self._lines.append("> " * min(self._quotes, self._last_quotes))
            self._needs_blank = False
            self._lines.append("> " * self._quotes + line)
            self._last_quotes = self._quotes
        self._needs_blank = self._needs_blank or is_paragraph

    def finish(self) -> str:
        self._break()
        text = "\n".join(line.rstrip() for line in self._lines)
        return _BLANK_LINES.sub("\n\n", text).strip("\n")
