"""The plain style attribute: which properties may stay, and a quick way for what most mail holds.

Parsing CSS by its grammar takes a hundred times as long as a pattern for plain words, numbers and short
strings. Whatever the pattern does not cover whole is left to `css`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

# Names and, ending in a hyphen, families of names.
_PROPERTY_NAMES = """
align-content align-items align-self aspect-ratio background background-clip background-color
background-image background-origin background-position background-repeat background-size border
box-shadow box-sizing break-after break-before break-inside caption-side clear color color-scheme
column-count column-gap column-width columns direction display empty-cells flex flex-basis flex-direction
flex-flow flex-grow flex-shrink flex-wrap float font gap grid-column grid-row grid-template-columns
grid-template-rows height hyphens justify-content justify-items justify-self letter-spacing line-height
margin max-height max-width min-height min-width object-fit object-position opacity order orphans outline
overflow overflow-wrap overflow-x overflow-y padding page-break-after page-break-before page-break-inside
place-content place-items place-self position quotes row-gap tab-size table-layout unicode-bidi
vertical-align visibility white-space widows width word-break word-spacing word-wrap
"""
PROPERTIES = frozenset(_PROPERTY_NAMES.split())
_FAMILIES = ("border-", "font-", "list-style", "margin-", "outline-", "padding-", "text-")
POSITIONS = frozenset({"static", "relative", "inherit", "initial", "unset"})
# One declaration of plain words, numbers, short strings and rgb(): most of what mail holds.
_PLAIN = re.compile(
    r"[\s;]*+([a-zA-Z-]++)\s*+:\s*+((?:[\w\s#.,%!+-]++|/(?!\*)|'[^'\"\\\n<>;]*+'|\"[^'\"\\\n<>;]*+\""
    r"|(?<=rgb)\([\d\s.,%]*+\)|(?<=rgba)\([\d\s.,%]*+\))++)(?:;[\s;]*+|\Z)"
)
_NUMBER_WITH_VIEWPORT = re.compile(r"\d\s*[sld]?v(?:h|w|i|b|min|max)", re.IGNORECASE)
# An address without quotes, escapes or brackets inside is put aside under a name of its own.
_SIMPLE_URL = re.compile(
    r"(?<![\w-])url\(\s*(?:\"([^\"'()\\\s<>]*)\"|'([^\"'()\\\s<>]*)'|([^\"'()\\\s<>]*))\s*\)", re.IGNORECASE
)
_MARK = "postroom-url-"
_MARKED = re.compile(rf"{_MARK}(\d+)")
_CACHED_CHARS = 1000


def is_allowed_name(name: str) -> bool:
    """Whether a property (lower case) may stay."""
    return name in PROPERTIES or name.startswith(_FAMILIES)


def declarations(style: str, target: Callable[[str], str | None]) -> str | None:
    """The cleaned style, None for one that is more than plain. `target` rewrites or refuses addresses."""
    urls: list[str] = []
    text = style
    if "(" in style and "\\" not in style and "/*" not in style and _MARK not in style:
        text = _SIMPLE_URL.sub(lambda match: _put_aside(urls, match), style)
        if urls and ("'" in text or '"' in text):
            return None  # a mark inside a string is no address
    kept = _plain_cached(text) if len(text) <= _CACHED_CHARS else _plain(text)
    if kept is None or not urls:
        return None if kept is None else ";".join(kept)
    return ";".join(filter(None, (_with_urls(declaration, urls, target) for declaration in kept)))


def _put_aside(urls: list[str], match: re.Match[str]) -> str:
    urls.append(match[1] or match[2] or match[3] or "")
    return f"{_MARK}{len(urls) - 1}"


def _with_urls(declaration: str, urls: list[str], target: Callable[[str], str | None]) -> str:
    """The declaration with its addresses put back; empty when one is refused."""
    targets = [target(urls[int(number)]) for number in _MARKED.findall(declaration)]
    if None in targets:
        return ""
    found = iter(targets)
    return _MARKED.sub(lambda _: f'url("{next(found)}")', declaration)


def _plain(style: str) -> tuple[str, ...] | None:
    out: list[str] = []
    position = 0
    while position < len(style):
        match = _PLAIN.match(style, position)
        if match is None:
            return None
        name, value = match[1].lower(), match[2].strip()
        if _NUMBER_WITH_VIEWPORT.search(value) is None and (
            is_allowed_name(name) and (name != "position" or value.lower() in POSITIONS)
        ):
            out.append(f"{name}:{value}")
        position = match.end()
    return tuple(out)


_plain_cached = lru_cache(4096)(_plain)
