"""The language of the web's search field, as Gmail taught it: words, "phrases", -exclusions, OR, groups in
parentheses, {one of these}, and operators such as `from:ann` or `from:(ann OR bob)`.

`from:` `to:` `cc:` `bcc:` `subject:` `body:` look in one field, `me` being one's own addresses; `filename:`
at names of attachments; `list:` at List-Id; `in:` names a mailbox; `tag:` (`label:`) a keyword; `is:` unread,
read, starred, answered, draft, muted; `has:attachment`; `before:` `after:` (`older:` `newer:`) a date, a day
where the searcher lives, also today and yesterday; `older_than:` `newer_than:` a span such as 7d; `larger:`
(`size:`) `smaller:` a size such as 2M. What stands side by side is all wanted, with AND between or without;
OR binds closer. What is not understood is searched for as it stands, and its term says so; nothing here
raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, tzinfo
from enum import Enum
from itertools import islice
from typing import NamedTuple

from backend.mailstore.search_terms import LIST, Check, Leaf, Moment, leaves_of, meant
from backend.mailstore.words import LIST_MARK, words

MAX_CHARS = 1000
MAX_TERMS = 30
MAX_DEPTH = 12
MIN_PREFIX_CHARS = 2
# What keyboards make of a plain quotation mark.
_QUOTES = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'))

_TOKEN = re.compile(
    r"""(?P<minus>-?)(?:(?P<operator>[a-z_]+):)?
        (?:"(?P<quoted>[^"]*)"?|(?P<open>[({])|(?P<bare>[^\s"(){}]+))
      |(?P<close>[)}])|(?P<operator_alone>-?[a-z_]+:)(?=\s|$)""",
    re.IGNORECASE | re.VERBOSE,
)

_PLAIN = re.compile(r"""[^\s"(){}|:-][^\s"(){}|:]*""")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand beside each other in this order, in one field or (empty) in any.

    `is_prefix`: the last word may go on. `is_excluded`: they must not be there.
    """

    words: tuple[str, ...]
    field: str = ""
    is_prefix: bool = False
    is_excluded: bool = False


class Doubt(Enum):
    """Why a term is not what somebody may have meant by it."""

    AS_WORDS = "as words"
    NO_SUCH_NAME = "no such name"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Term:
    """A piece of the search as it was typed: where it stands, its operator (empty for words) and value.

    `doubt` says what became of it where it is not what was typed.
    """

    start: int
    length: int
    operator: str
    value: str
    is_excluded: bool
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class All:
    """Every one of these; of none nothing is asked."""

    parts: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of these."""

    parts: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """What does not match this."""

    part: Node


Node = All | Any | Not | Phrase | Check


@dataclass(slots=True)
class Search:
    """What was typed, as terms in their order and as a tree."""

    tree: Node = field(default_factory=All)
    terms: list[Term] = field(default_factory=list)


class _Token(NamedTuple):
    """A token: `kind` is `term`, `open`, `any`, `close` or `or`."""

    kind: str
    start: int
    length: int
    operator: str = ""
    value: str = ""
    is_exact: bool = False
    is_excluded: bool = False


def parse(text: str, *, now: int, zone: tzinfo = UTC, own: tuple[str, ...] = ()) -> Search:
    """Read a search; at most 30 terms of at most 1,000 characters count. A date is a day of the zone; `own`
    are the addresses of who searches.
    """
    text = text[:MAX_CHARS].translate(_QUOTES)
    reader = _Reader(list(islice(_tokens(text), MAX_TERMS * 4)), Moment(now, zone, own))
    tree = reader.sequence("", 0, closes=False)
    return Search(tree, reader.terms)


def written(value: str) -> str:
    """The value as it is typed: in quotes where it would else be more than one word, or a sign."""
    return value if _PLAIN.fullmatch(value) and value not in ("OR", "AND") else f'"{value}"'


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        start, length = match.start(), match.end() - match.start()
        if match["close"]:
            yield _Token("close", start, length)
            continue
        if match["operator_alone"]:
            yield _Token("term", start, length, "", match["operator_alone"])
            continue
        operator, minus = (match["operator"] or "").lower(), bool(match["minus"])
        if match["open"]:
            kind = "open" if match["open"] == "(" else "any"
            yield _Token(kind, start, length, operator, is_excluded=minus)
        elif match["bare"] in ("OR", "|") and not operator and not minus:
            yield _Token("or", start, length)
        elif match["bare"] == "AND" and not operator and not minus:
            continue
        else:
            is_exact = match["quoted"] is not None
            value = match["quoted"] if is_exact else match["bare"]
            yield _Token("term", start, length, operator, value, is_exact, minus)


class _Reader:
    """Reads tokens into a tree by descent; `terms` gathers what was read."""

    def __init__(self, tokens: list[_Token], moment: Moment) -> None:
        self._tokens = tokens
        self._at = 0
        self._moment = moment
        self.terms: list[Term] = []

    def _peek(self) -> _Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def sequence(self, operator: str, depth: int, *, closes: bool) -> Node:
        """Everything up to the group's end; a closing sign without a group is passed over."""
        parts: list[Node] = []
        while (token := self._peek()) is not None:
            if token.kind == "close":
                self._at += 1
                if closes:
                    break
                continue
            part = self._alternatives(operator, depth)
            if part is not None:
                parts.append(part)
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _alternatives(self, operator: str, depth: int) -> Node | None:
        parts = [self._item(operator, depth)]
        while (token := self._peek()) is not None and token.kind == "or":
            self._at += 1
            following = self._peek()
            if following is not None and following.kind not in ("close", "or"):
                parts.append(self._item(operator, depth))
        found = [part for part in parts if part is not None]
        if not found:
            return None
        return found[0] if len(found) == 1 else Any(tuple(found))

    def _item(self, operator: str, depth: int) -> Node | None:
        token = self._peek()
        if token is None or token.kind in ("or", "close"):
            return None
        self._at += 1
        if token.kind == "term":
            return self._term(token, token.operator or operator)
        if depth >= MAX_DEPTH:
            return None
        inner = self.sequence(token.operator or operator, depth + 1, closes=True)
        if token.kind == "any" and isinstance(inner, All):
            inner = Any(inner.parts) if inner.parts else inner
        return Not(inner) if token.is_excluded else inner

    def _term(self, token: _Token, operator: str) -> Node | None:
        if len(self.terms) >= MAX_TERMS * 2:
            return None
        found, doubt = self._meaning(token, operator)
        if len(self.terms) >= MAX_TERMS:
            found, doubt = None, Doubt.LEFT_OUT
        if found is None and doubt is None:
            return None
        self.terms.append(Term(token.start, token.length, operator, token.value, token.is_excluded, doubt))
        return found

    def _meaning(self, token: _Token, operator: str) -> tuple[Node | None, Doubt | None]:
        """What a term asks; None where there is nothing in it to look for."""
        if not operator:
            return _phrase(Leaf("", token.value), token), None
        plainly = token._replace(is_excluded=False)
        values = meant(operator, token.value, self._moment)
        asked = [leaves_of(operator, value, self._moment) for value in values]
        if not all(asked):
            return _phrase(Leaf("", f"{operator} {token.value}"), token), Doubt.AS_WORDS
        parts = [part for leaves in asked if (part := _node(leaves, plainly)) is not None]
        if not parts:
            return None, Doubt.LEFT_OUT
        found = parts[0] if len(parts) == 1 else Any(tuple(parts))
        return (negated(found) if token.is_excluded else found), None


def _node(leaves: list[Leaf | Check], token: _Token) -> Node | None:
    parts: list[Node] = []
    for leaf in leaves:
        part = leaf if isinstance(leaf, Check) else _phrase(leaf, token)
        if part is not None:
            parts.append(part)
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _phrase(leaf: Leaf, token: _Token) -> Phrase | None:
    named = tuple(words(leaf.value))
    if not named:
        return None
    is_open = not token.is_exact or leaf.field != ""
    is_prefix = is_open and not token.is_excluded and len(named[-1]) >= MIN_PREFIX_CHARS
    if leaf.field == LIST:
        marked = tuple(f"{LIST_MARK}{word}" for word in named)
        return Phrase(marked, "recipients", is_prefix, token.is_excluded)
    return Phrase(named, leaf.field, is_prefix, token.is_excluded)


def negated(node: Node) -> Node:
    """What does not match, without `Not` (De Morgan)."""
    match node:
        case All(parts):
            return Any(tuple(negated(part) for part in parts))
        case Any(parts):
            return All(tuple(negated(part) for part in parts))
        case Not(part):
            return plain(part)
        case Phrase():
            # Only whole words are excluded.
            return replace(node, is_excluded=not node.is_excluded, is_prefix=False)
        case Check():
            return replace(node, is_excluded=not node.is_excluded)


def plain(node: Node) -> Node:
    """The same without `Not`."""
    match node:
        case All(parts):
            return All(tuple(plain(part) for part in parts))
        case Any(parts):
            return Any(tuple(plain(part) for part in parts))
        case Not(part):
            return negated(part)
        case _:
            return node
