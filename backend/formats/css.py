"""Style of hostile HTML mail: what may stay, rewritten (the HTML sanitiser knows names, not values).

Properties, functions and at-rules stand on allow lists. An address inside a style goes through the same gate
as a picture; viewport units, positions out of the flow, imports, fonts and scripted values fall away. Rules
of `<style>` blocks are confined to one class, so they cannot reach beyond the message. Work is bounded by a
budget of characters; what passes it is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import tinycss2
from tinycss2 import ast

from backend.formats import css_plain
from backend.formats.css_plain import POSITIONS, is_allowed_name

SCOPE = ".m-body"
_BUDGET_CHARS = 256 * 1024
_MAX_NESTING = 8

_FUNCTION_NAMES = """
rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark calc min max clamp linear-gradient
radial-gradient conic-gradient repeating-linear-gradient repeating-radial-gradient minmax repeat
"""
_FUNCTIONS = frozenset(_FUNCTION_NAMES.split())
_VIEWPORT_UNIT = re.compile(r"[sld]?v(?:h|w|i|b|min|max)", re.IGNORECASE)
_ROOT_SELECTOR = re.compile(r"(?:(?:html|:root)(?![\w-])\s*>?\s*)?(?:body(?![\w-]))?", re.IGNORECASE)
_UNQUOTABLE = re.compile(r"[\0-\x20\"'\\<>\x7f]")
_DATA_IMAGE = re.compile(r"data:image/(?:png|gif|jpe?g|webp|avif|bmp)[;,]", re.IGNORECASE)

Address = Callable[[str], str | None]


class Styles:
    """Cleans the styles of one message; `address` rewrites or refuses what `url()` names."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._room = _BUDGET_CHARS

    def inline(self, style: str) -> str:
        """The declarations of a style attribute that may stay."""
        plain = css_plain.declarations(style, self._target)
        if plain is not None:
            return plain
        if not self._spend(style):
            return ""
        return self._declarations(style)

    def sheet(self, css: str) -> str:
        """The rules of a `<style>` block that may stay, each confined to `SCOPE`."""
        css = css.replace("<!--", " ").replace("-->", " ")
        if not self._spend(css):
            return ""
        return self._rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), 0)

    def _spend(self, css: str) -> bool:
        self._room -= len(css)
        return self._room >= 0 and "\0" not in css

    def _rules(self, nodes: Iterable[Any], depth: int) -> str:
        out: list[str] = []
        for node in nodes:
            if isinstance(node, ast.QualifiedRule):
                selector = _scoped(node.prelude)
                style = self._declarations(node.content)
                if selector and style:
                    out.append(f"{selector}{{{style}}}")
            elif isinstance(node, ast.AtRule) and node.lower_at_keyword == "media" and depth < 2:
                out.append(self._media(node, depth))
        return "".join(out)

    def _media(self, node: Any, depth: int) -> str:
        query = _serialized(node.prelude)
        if node.content is None or query is None:
            return ""
        inner = self._rules(
            tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True), depth + 1
        )
        return f"@media {query}{{{inner}}}" if inner else ""

    def _declarations(self, content: str | list[Any]) -> str:
        out: list[str] = []
        for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
            if isinstance(node, ast.Declaration) and is_allowed_name(node.lower_name):
                value = self._value(node.lower_name, node.value)
                if value:
                    out.append(f"{node.lower_name}:{value}{'!important' if node.important else ''}")
        return ";".join(out)

    def _value(self, name: str, tokens: list[Any]) -> str | None:
        if name == "position" and not _is_in_flow(tokens):
            return None
        # Judged first and as a whole: an address in a declaration that falls anyway is not asked for.
        if not _is_allowed_value(tokens):
            return None
        if not self._rewrite(tokens):
            return None
        return _serialized(tokens)

    def _target(self, url: str) -> str | None:
        """What may stand between the quotes of `url("")`, None if nothing may."""
        target = url if _DATA_IMAGE.match(url) else self._address(url)
        return _UNQUOTABLE.sub(lambda found: f"%{ord(found[0]):02X}", target) if target is not None else None

    def _rewrite(self, tokens: list[Any]) -> bool:
        """Put the rewritten addresses in place; False when one is refused."""
        for number, token in enumerate(tokens):
            url = _url_of(token)
            if url is not None:
                target = self._target(url)
                if target is None:
                    return False
                tokens[number] = ast.URLToken(
                    token.source_line, token.source_column, target, f'url("{target}")'
                )
            elif isinstance(token, ast.FunctionBlock) and not self._rewrite(token.arguments):
                return False
        return True


def _url_of(token: Any) -> str | None:
    if isinstance(token, ast.URLToken):
        return str(token.value).strip()
    if isinstance(token, ast.FunctionBlock) and token.lower_name == "url":
        strings = [argument for argument in token.arguments if isinstance(argument, ast.StringToken)]
        return str(strings[0].value).strip() if len(strings) == 1 else ""
    return None


def _is_in_flow(tokens: list[Any]) -> bool:
    words = [token for token in tokens if not isinstance(token, ast.WhitespaceToken | ast.Comment)]
    return len(words) == 1 and isinstance(words[0], ast.IdentToken) and words[0].lower_value in POSITIONS


def _is_allowed_value(tokens: list[Any]) -> bool:
    """Whether every token, at any depth, is of a kind that may stay."""
    open_: list[tuple[Any, int]] = [(token, 0) for token in tokens]
    while open_:
        token, depth = open_.pop()
        if isinstance(token, ast.FunctionBlock):
            if _url_of(token) is None:
                if token.lower_name not in _FUNCTIONS or depth >= _MAX_NESTING:
                    return False
                open_.extend((argument, depth + 1) for argument in token.arguments)
        elif isinstance(token, ast.ParenthesesBlock):
            if depth >= _MAX_NESTING:
                return False
            open_.extend((inner, depth + 1) for inner in token.content)
        elif isinstance(token, ast.DimensionToken):
            if _VIEWPORT_UNIT.fullmatch(token.unit):
                return False
        elif not isinstance(token, _PLAIN_TOKENS):
            return False
    return True


_PLAIN_TOKENS = (
    ast.IdentToken,
    ast.HashToken,
    ast.StringToken,
    ast.NumberToken,
    ast.PercentageToken,
    ast.WhitespaceToken,
    ast.LiteralToken,
    ast.Comment,
    ast.URLToken,
)


def _serialized(tokens: list[Any]) -> str | None:
    """CSS text of tokens, None if it could end the block it stands in."""
    if not _is_shallow(tokens):
        return None
    out: list[str] = []
    for token in tokens:
        if isinstance(token, ast.Comment | ast.ParseError):
            continue
        text = str(token.serialize())
        # An address stands in quotes, where only the end of the HTML element could hurt.
        if "<" in text or (not isinstance(token, ast.URLToken) and any(mark in text for mark in "{};@")):
            return None
        out.append(text)
    return "".join(out).strip()


def _is_shallow(tokens: list[Any]) -> bool:
    # The serialiser recurses; hostile brackets must not reach it.
    level = tokens
    for _ in range(_MAX_NESTING + 2):
        level = [
            inner
            for token in level
            for inner in (getattr(token, "arguments", None) or getattr(token, "content", None) or ())
            if not isinstance(inner, str)
        ]
        if not level:
            return True
    return False


def _scoped(prelude: list[Any]) -> str:
    """The selectors of a rule under `SCOPE`; those for the page itself become `SCOPE`."""
    out: list[str] = []
    for tokens in _split_commas(prelude):
        text = _serialized(tokens)
        if not text:
            continue
        root = _ROOT_SELECTOR.match(text)
        end = root.end() if root is not None else 0
        gap = " " if not end or text[end - 1] in " >\t\n" else ""
        out.append(f"{SCOPE}{gap}{text[end:]}")
    return ",".join(out)


def _split_commas(tokens: list[Any]) -> list[list[Any]]:
    groups: list[list[Any]] = [[]]
    for token in tokens:
        if isinstance(token, ast.LiteralToken) and token.value == ",":
            groups.append([])
        else:
            groups[-1].append(token)
    return groups
