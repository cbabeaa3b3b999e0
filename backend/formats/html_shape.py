"""The shape of hostile HTML: tokens as a browser sees them, and markup that is surely well nested.

HTML parsers take quadratic time for deep nesting, thousands of attributes or formatting tags that are never
closed. `balance` therefore writes the document anew before any parser sees it: known tags only, known
attributes only, each element closed in order, at most `MAX_DEPTH` deep and `MAX_TAGS` long. It decides
nothing about safety (attribute values pass as they are); that is the sanitiser's work on what comes out.
One pass, linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

MAX_DEPTH = 200
MAX_TAGS = 60_000
_MAX_ATTRIBUTES = 40
_MAX_REOPENED = 20_000


class Tag(NamedTuple):
    """A start or end tag; `attributes` is the raw text after the name."""

    name: str
    is_end: bool
    attributes: str


class Raw(NamedTuple):
    """The content of an element that holds no markup (`style`)."""

    name: str
    text: str


_TOKEN = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    # A quote opens a value only after =; a quote never closed swallows the rest, as in browsers.
    r"|<(/?)([a-zA-Z][^\s/>]*+)((?:[^>=]++|=\s*+(?:\"[^\"]*+\"?|'[^']*+'?)?)*+)(>?)"
    r"|<[!?/][^>]*+>?",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([^\s/>=\"'<]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"?|'([^']*+)'?|([^\s>]*+)))?")
_RAW_TEXT = frozenset(
    {"style", "script", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "template"}
)
_FOREIGN = frozenset({"svg", "math"})

VOID = frozenset({"area", "br", "col", "hr", "img", "wbr"})
_FORMATTING_NAMES = """
a b big code em font i s small strike strong tt u
"""
_FORMATTING = frozenset(_FORMATTING_NAMES.split())
_BLOCK_NAMES = """
address article aside blockquote center details dir div dl figcaption figure footer header h1 h2 h3 h4 h5
h6 hr main nav ol p pre section summary table ul li dd dt
"""
_CLOSES_P = frozenset(_BLOCK_NAMES.split())
_OTHER_NAMES = """
abbr acronym bdi bdo caption cite colgroup del dfn ins kbd map mark q rp rt ruby samp span sub sup tbody
td tfoot th thead time tr var
"""
TAGS = VOID | _FORMATTING | _CLOSES_P | frozenset(_OTHER_NAMES.split())
_ATTRIBUTE_NAMES = """
align alt aria-hidden aria-label background bgcolor border cellpadding cellspacing class clear color
colspan coords dir face headers height href hspace id lang name nowrap reversed role rowspan scope shape
size span src start style summary title type usemap valign value vspace width
"""
ATTRIBUTES = frozenset(_ATTRIBUTE_NAMES.split())
# What a new element ends, and what keeps an older one out of its reach.
_ENDS = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "table", "td", "th", "blockquote"})),
    "dd": (frozenset({"dd", "dt"}), frozenset({"dl", "table", "td", "th", "blockquote"})),
    "dt": (frozenset({"dd", "dt"}), frozenset({"dl", "table", "td", "th", "blockquote"})),
    "td": (frozenset({"td", "th"}), frozenset({"table"})),
    "th": (frozenset({"td", "th"}), frozenset({"table"})),
    "tr": (frozenset({"tr", "caption", "colgroup"}), frozenset({"table"})),
    **dict.fromkeys(
        ("tbody", "thead", "tfoot"),
        (frozenset({"tbody", "thead", "tfoot", "caption", "colgroup"}), frozenset({"table"})),
    ),
}
_P = frozenset({"p"})
_CELLS = frozenset({"table", "td", "th", "caption"})


def tokens(html: str) -> Iterator[str | Tag | Raw]:
    """Text, tags and raw contents in document order; comments, declarations and foreign content are gone."""
    position = 0
    lowered: str | None = None
    endless: set[str] = set()  # foreign elements known to have no end tag further on
    size = len(html)
    while position < size:
        match = _TOKEN.search(html, position)
        if match is None:
            yield html[position:]
            return
        if match.start() > position:
            yield html[position : match.start()]
        position = match.end()
        if match[2] is None or not match[4]:
            continue
        name = match[2].lower()
        if not match[1] and (name in _RAW_TEXT or (name in _FOREIGN and name not in endless)):
            lowered = _lower(html) if lowered is None else lowered
            end = lowered.find(f"</{name}", position)
            if end >= 0:
                yield Raw(name, html[position:end])
                position = end
                continue
            if name in _RAW_TEXT:
                return  # never closed: the rest is its content
            endless.add(name)
        yield Tag(name, bool(match[1]), match[3])


def _lower(text: str) -> str:
    # Offsets must agree; a few capitals grow when lowered.
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text


def attributes(text: str) -> Iterator[tuple[str, str]]:
    """The first attributes of a tag, names in lower case, values raw (references unresolved)."""
    for number, match in enumerate(_ATTRIBUTE.finditer(text)):
        if number >= _MAX_ATTRIBUTES:
            return
        yield match[1].lower(), match[2] or match[3] or match[4] or ""


@dataclass(slots=True)
class Shape:
    """What `balance` found: markup, style sheets, attributes of body and meta, and whether it had to cut."""

    html: str = ""
    sheets: list[str] = field(default_factory=list)
    body: dict[str, str] = field(default_factory=dict)
    metas: list[dict[str, str]] = field(default_factory=list)
    is_cut: bool = False


def balance(html: str) -> Shape:
    """Write a document's body anew: allowed tags and attributes, properly nested."""
    shape = Shape()
    writer = _Writer()
    for count, token in enumerate(tokens(html)):
        if count > 2 * MAX_TAGS:
            shape.is_cut = True
            break
        if isinstance(token, str):
            writer.text(token)
        elif isinstance(token, Raw):
            if token.name == "style":
                shape.sheets.append(token.text)
        elif token.name in TAGS:
            writer.tag(token)
        elif token.name == "body" and not token.is_end:
            shape.body = dict(attributes(token.attributes)) | shape.body
        elif token.name == "meta":
            shape.metas.append(dict(attributes(token.attributes)))
    shape.html = writer.finish()
    return shape


class _Writer:
    """The open elements and what has been written."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._stack: list[tuple[str, str]] = []  # name, start tag as written
        self._reopened = 0

    def text(self, text: str) -> None:
        self._out.append(text.replace("<", "&lt;") if "<" in text else text)

    def tag(self, token: Tag) -> None:
        name = token.name
        if token.is_end:
            if name == "br":
                self._out.append("<br>")
            elif name not in VOID:
                self._end(name)
            return
        if name in _ENDS:
            self._close(*_ENDS[name])
        if name in _CLOSES_P:
            self._close(_P, _CELLS)
        start = _start_tag(token)
        if name in VOID:
            self._out.append(start)
        elif len(self._stack) < MAX_DEPTH:
            self._stack.append((name, start))
            self._out.append(start)

    def _end(self, name: str) -> None:
        """Close `name` and what is open inside; from within a table cell nothing outside of it."""
        barrier = frozenset({"table"}) if name in _TABLE_PARTS else _CELLS
        self._close(frozenset({name}), barrier - {name})

    def _close(self, names: frozenset[str], barrier: frozenset[str]) -> None:
        for depth in range(len(self._stack) - 1, -1, -1):
            open_name = self._stack[depth][0]
            if open_name in names:
                self._close_from(depth)
                return
            if open_name in barrier:
                return

    def _close_from(self, depth: int) -> None:
        closed = self._stack[depth:]
        is_cell = closed[0][0] in _CELLS
        del self._stack[depth:]
        self._out.extend(f"</{name}>" for name, _ in reversed(closed))
        # Formatting left open goes on behind the element that ended, as in browsers, within a budget.
        for name, start in () if is_cell else closed[1:]:
            if name in _FORMATTING and self._reopened < _MAX_REOPENED:
                self._reopened += 1
                self._stack.append((name, start))
                self._out.append(start)

    def finish(self) -> str:
        self._out.extend(f"</{name}>" for name, _ in reversed(self._stack))
        return "".join(self._out)


_TABLE_PARTS = frozenset({"table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup"})


def _start_tag(token: Tag) -> str:
    if not token.attributes:
        return f"<{token.name}>"
    kept = "".join(
        f' {name}="{value.replace(chr(34), "&quot;").replace("<", "&lt;").replace(">", "&gt;")}"'
        for name, value in attributes(token.attributes)
        if name in ATTRIBUTES
    )
    return f"<{token.name}{kept}>"
