"""The grammar of address lists in header fields (RFC 5322 §3.4 and its obsolete forms).

`split_addresses` cuts a field body into raw mailboxes and groups: comments and quotes resolved, encoded words
left as they stand, so that the IMAP ENVELOPE can be written from the same reading. Bytes from the wire come
as Latin-1 text, which keeps each of them. It never raises, and every character is looked at a bounded number
of times: thousands of quotes, comments or brackets stay cheap.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple


class RawMailbox(NamedTuple):
    """One mailbox; `domain` is empty when the address had no @."""

    name: str
    localpart: str
    domain: str


class RawGroup(NamedTuple):
    """A named group (`Undisclosed recipients:;`), possibly empty."""

    name: str
    members: list[RawMailbox]


_PLAIN = r"[^<>()\[\]\\,:;@\"\s]++"
# Name <localpart@domain> or localpart@domain, nothing unusual in it: nearly every address of real mail.
_FAST = re.compile(
    rf'\s*+(?:(?:"([^"\\]*+)"|([^"(),:;<>@\[\]\\]*+))\s*+<({_PLAIN})@({_PLAIN})>'
    rf"|({_PLAIN})@({_PLAIN}))\s*+(?:,|\Z)",
    re.ASCII,
)
_TOKEN = re.compile(
    r'\s++|"((?:[^"\\]++|\\.)*+)(?:"|\\?\Z)|\(|\[[^\[\]]*+\]?|[<>@,:;]|[^\s"(\[<>@,:;]++',
    re.DOTALL | re.ASCII,
)
# Of the bytes of a UTF-8 character some would be white space in Latin-1, so only ASCII counts.
_SPACE = " \t\r\n\f\v"
_COMMENT_MARK = re.compile(r"\\.|[()]", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


def split_addresses(text: str, limit: int = 1000) -> list[RawMailbox | RawGroup]:
    """Mailboxes and groups of an unfolded field body, at most `limit` of them (members included)."""
    found: list[RawMailbox | RawGroup] = []
    position = 0
    size = len(text)
    while position < size and len(found) < limit:
        match = _FAST.match(text, position)
        if match is None:
            reader = _Reader(text, position, limit - len(found))
            found.extend(reader.read())
            break
        quoted, phrase, localpart, domain, bare_localpart, bare_domain = match.groups()
        if bare_localpart is not None:
            found.append(RawMailbox("", bare_localpart, bare_domain))
        else:
            found.append(RawMailbox(phrase.strip(_SPACE) if quoted is None else quoted, localpart, domain))
        position = match.end()
    return found


@dataclass(slots=True)
class _Word:
    text: str
    is_after_space: bool
    is_quoted: bool = False
    is_at: bool = False


@dataclass(slots=True)
class _Draft:
    """What has been read of one address."""

    words: list[_Word] = field(default_factory=list)
    angle: list[_Word] | None = None
    comments: list[str] = field(default_factory=list)


class _Reader:
    """One pass over the tokens for everything the fast pattern does not know."""

    def __init__(self, text: str, position: int, limit: int) -> None:
        self._text = text
        self._position = position
        self._room = limit
        self._found: list[RawMailbox | RawGroup] = []
        self._group: RawGroup | None = None
        self._draft = _Draft()
        self._is_in_angle = False
        self._is_after_space = False

    def read(self) -> list[RawMailbox | RawGroup]:
        size = len(self._text)
        while self._position < size and self._room > 0:
            match = _TOKEN.match(self._text, self._position)
            if match is None:  # no character is outside the token pattern
                break
            self._position = match.end()
            self._take(match[0], match[1])
        self._end_address()
        return self._found

    def _take(self, token: str, quoted: str | None) -> None:
        if token[0] in _SPACE:
            self._is_after_space = True
        elif token == "(":
            self._draft.comments.append(self._comment())
            self._is_after_space = True
        elif quoted is not None:
            self._add(_Word(_ESCAPE.sub(r"\1", quoted), self._is_after_space, is_quoted=True))
        elif token in _SPECIALS:
            self._special(token)
        else:
            self._add(_Word(token, self._is_after_space))

    def _comment(self) -> str:
        """The text of a comment whose opening bracket has been read, nested ones included."""
        start = end = self._position
        depth = 1
        for mark in _COMMENT_MARK.finditer(self._text, start):
            depth += {"(": 1, ")": -1}.get(mark[0], 0)
            if depth == 0:
                end = mark.start()
                self._position = mark.end()
                break
        else:
            end = self._position = len(self._text)
        return _ESCAPE.sub(r"\1", self._text[start:end]).strip(_SPACE)

    def _add(self, word: _Word) -> None:
        self._is_after_space = False
        if self._is_in_angle and self._draft.angle is not None:
            self._draft.angle.append(word)
        else:
            self._draft.words.append(word)

    def _special(self, token: str) -> None:
        if token == "@":
            self._add(_Word("@", self._is_after_space, is_at=True))
        elif self._is_in_angle:
            self._special_in_angle(token)
        elif token == "<":
            self._is_in_angle = self._draft.angle is None
            self._draft.angle = [] if self._draft.angle is None else self._draft.angle
        elif token == ",":
            self._end_address()
        elif token == ";":
            self._end_address()
            self._group = None
        elif token == ":" and self._group is None and not any(word.is_at for word in self._draft.words):
            self._begin_group()

    def _special_in_angle(self, token: str) -> None:
        angle = self._draft.angle or []
        is_route = bool(angle) and angle[0].is_at
        if token == ":" and is_route:
            angle.clear()  # the source route ends here (RFC 5322 §4.4)
        elif token == ">":
            self._is_in_angle = False
        elif token in ",;" and not is_route:
            # The closing bracket was forgotten; the next address must not be swallowed.
            self._is_in_angle = False
            self._special(token)

    def _begin_group(self) -> None:
        self._group = RawGroup(_phrase(self._draft.words), [])
        self._found.append(self._group)
        self._room -= 1
        self._draft = _Draft()

    def _end_address(self) -> None:
        draft, self._draft = self._draft, _Draft()
        self._is_in_angle = self._is_after_space = False
        mailbox = _mailbox(draft)
        if mailbox is not None and self._room > 0:
            self._room -= 1
            (self._found if self._group is None else self._group.members).append(mailbox)


_SPECIALS = frozenset("<>@,:;")


def _mailbox(draft: _Draft) -> RawMailbox | None:
    if draft.angle is not None:
        _, localpart, domain = _address(draft.angle)
        name = _phrase(draft.words) or next(filter(None, draft.comments), "")
        return RawMailbox(name, localpart, domain) if name or localpart or domain else None
    if not draft.words:
        return None
    name, localpart, domain = _address(draft.words)
    return RawMailbox(name or next(filter(None, draft.comments), ""), localpart, domain)


def _phrase(words: list[_Word]) -> str:
    return "".join(
        f" {word.text}" if word.is_after_space and number else word.text for number, word in enumerate(words)
    ).strip(_SPACE)


def _address(words: list[_Word]) -> tuple[str, str, str]:
    """(what stands before the address, localpart, domain) around the last @ of `words`."""
    at = next((number for number in range(len(words) - 1, -1, -1) if words[number].is_at), None)
    if at is None:
        return "", _phrase(words), ""
    start = at - 1
    while start > 0 and _belong_together(words[start - 1], words[start]):
        start -= 1
    end = at + 2
    while end < len(words) and _belong_together(words[end - 1], words[end]):
        end += 1
    localpart = "".join(word.text for word in words[max(0, start) : at])
    domain = "".join(word.text for word in words[at + 1 : end])
    return _phrase(words[: max(0, start)]), localpart, domain


def _belong_together(left: _Word, right: _Word) -> bool:
    # `john . doe @ example . org` is one address (RFC 5322 §4.4), `John john@example.org` is a name and one.
    return not right.is_after_space or right.text.startswith(".") or left.text.endswith(".")
