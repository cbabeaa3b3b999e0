"""The arguments of SEARCH (RFC 3501 §6.4.4, RFC 4731): result options, charset, keys.

Depth, keys and text keys are counted while they are read: a hostile command costs no more than its own
length.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from backend.mailstore import flag_bits
from protocol_service.imap import object_ids, sequence_set
from protocol_service.imap.errors import BadCommand, Refused
from protocol_service.imap.grammar import dates, flags
from protocol_service.imap.grammar.search_keys import (
    NOTHING,
    All,
    And,
    InternalDate,
    Key,
    Keyword,
    ModSeqSince,
    Not,
    Numbers,
    ObjectId,
    Or,
    SavedDate,
    SentDate,
    Size,
    SystemFlag,
    Text,
)
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.limits import MAX_DEPTH, MAX_SEARCH_KEYS, MAX_TEXT_KEYS

DAY_S = 86_400
_RESULTS = frozenset({b"MIN", b"MAX", b"COUNT", b"ALL"})
_CHARSETS = {b"UTF-8": "utf-8", b"US-ASCII": "ascii"}

_PLAIN: dict[bytes, Key] = {
    b"ALL": All(),
    b"ANSWERED": SystemFlag(flag_bits.ANSWERED),
    b"DELETED": SystemFlag(flag_bits.DELETED),
    b"DRAFT": SystemFlag(flag_bits.DRAFT),
    b"FLAGGED": SystemFlag(flag_bits.FLAGGED),
    b"SEEN": SystemFlag(flag_bits.SEEN),
    b"UNANSWERED": Not(SystemFlag(flag_bits.ANSWERED)),
    b"UNDELETED": Not(SystemFlag(flag_bits.DELETED)),
    b"UNDRAFT": Not(SystemFlag(flag_bits.DRAFT)),
    b"UNFLAGGED": Not(SystemFlag(flag_bits.FLAGGED)),
    b"UNSEEN": Not(SystemFlag(flag_bits.SEEN)),
    b"NEW": NOTHING,
    b"RECENT": NOTHING,
    b"OLD": All(),
    b"SAVEDATESUPPORTED": All(),
}
_TEXTS = frozenset(b"FROM TO CC BCC SUBJECT BODY TEXT".split())


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """`results` is None for the plain SEARCH answer, else which of MIN, MAX, COUNT, ALL are wanted."""

    key: Key
    results: frozenset[bytes] | None
    names_modseq: bool


def search_request(lexer: Lexer) -> SearchRequest:
    """`[RETURN (…)] [CHARSET name] keys`."""
    results = None
    lexer.space()
    start = lexer.at
    if lexer.text[start : start + 7].upper() == b"RETURN ":
        lexer.at += 7
        results = _results(lexer)
        lexer.space()
    reader = _Reader(lexer, _charset(lexer))
    keys = [reader.key(0)]
    while not lexer.at_end():
        lexer.space()
        keys.append(reader.key(0))
    return SearchRequest(keys[0] if len(keys) == 1 else And(tuple(keys)), results, reader.names_modseq)


def _results(lexer: Lexer) -> frozenset[bytes]:
    found: set[bytes] = set()
    lexer.expect(b"(")
    while not lexer.take(b")"):
        if found:
            lexer.space()
        word = lexer.word()
        if word not in _RESULTS:
            raise BadCommand(f"Unknown SEARCH result option {word[:32].decode()}")
        found.add(word)
    return frozenset(found or {b"ALL"})


def _charset(lexer: Lexer) -> str | None:
    if lexer.text[lexer.at : lexer.at + 8].upper() != b"CHARSET ":
        return None
    lexer.at += 8
    if lexer.manner.has_utf8_accept:
        raise BadCommand("UTF-8 is enabled, no charset may be named")
    charset = _CHARSETS.get(lexer.astring().upper())
    if charset is None:
        raise Refused("The charset is not supported", "BADCHARSET (UTF-8 US-ASCII)")
    lexer.space()
    return charset


class _Reader:
    """Reads keys and counts them."""

    def __init__(self, lexer: Lexer, charset: str | None) -> None:
        self._lexer = lexer
        self._charset = charset
        self._keys = 0
        self._texts = 0
        self.names_modseq = False

    def key(self, depth: int) -> Key:
        """One search key."""
        lexer = self._lexer
        self._keys += 1
        if depth > MAX_DEPTH or self._keys > MAX_SEARCH_KEYS:
            raise Refused("The search is too complex", "LIMIT")
        if lexer.peek() == b"(":
            return self._all_of(depth)
        if sequence_set.is_sequence_set(lexer.peek()):
            if lexer.manner.is_uid_only:
                raise BadCommand("Only UIDs are spoken here", "UIDREQUIRED")
            return Numbers(sequence_set.take(lexer), is_uid=False)
        word = lexer.word()
        if word in _PLAIN:
            return _PLAIN[word]
        lexer.space()
        if word == b"NOT":
            return Not(self.key(depth + 1))
        if word == b"OR":
            left = self.key(depth + 1)
            lexer.space()
            return Or(left, self.key(depth + 1))
        if word in _TEXTS:
            return self._text(word)
        return self._other(word)

    def _all_of(self, depth: int) -> Key:
        lexer = self._lexer
        lexer.expect(b"(")
        keys = [self.key(depth + 1)]
        while not lexer.take(b")"):
            lexer.space()
            keys.append(self.key(depth + 1))
        return And(tuple(keys))

    def _text(self, word: bytes, name: str = "") -> Text:
        self._texts += 1
        if self._texts > MAX_TEXT_KEYS:
            raise Refused("The search has too many texts", "LIMIT")
        return Text(word.decode(), self._string(), name)

    def _string(self) -> str:
        raw = self._lexer.astring()
        try:
            return raw.decode(self._charset or "utf-8")
        except UnicodeDecodeError:
            if self._charset is not None:
                raise Refused("The text is not in that charset", "BADCHARSET (UTF-8 US-ASCII)") from None
            return raw.decode("latin-1")

    def _other(self, word: bytes) -> Key:
        read = _ARGUMENTS.get(word)
        if read is not None:
            return read(self._lexer)
        if word == b"HEADER":
            name = self._lexer.astring().decode("ascii", "replace").lower()
            self._lexer.space()
            return self._text(word, name)
        if word == b"MODSEQ":
            self.names_modseq = True
            return _modseq(self._lexer)
        raise BadCommand(f"Unknown search key {word[:32].decode()}")


def _modseq(lexer: Lexer) -> Key:
    """`[entry-name type] n`: modseqs are kept for the message, so the entry makes no difference."""
    if lexer.peek() == b'"':
        lexer.string()
        lexer.space()
        if lexer.word() not in {b"PRIV", b"SHARED", b"ALL"}:
            raise BadCommand("Expected priv, shared or all")
        lexer.space()
    return ModSeqSince(lexer.number64())


def _keyword(lexer: Lexer) -> Key:
    name = flags.flag(lexer)
    if name.startswith(b"\\"):
        raise BadCommand("Expected a keyword")
    return Keyword(name.decode("ascii"))


def _on(lexer: Lexer) -> tuple[int, int]:
    day = dates.date(lexer)
    return day, day + DAY_S


def _email(lexer: Lexer) -> Key:
    number = object_ids.number_of(lexer.atom(), b"M")
    return NOTHING if number is None else ObjectId("email", number)


def _thread(lexer: Lexer) -> Key:
    number = object_ids.number_of(lexer.atom(), b"T")
    return NOTHING if number is None else ObjectId("thread", number)


_ARGUMENTS: dict[bytes, Callable[[Lexer], Key]] = {
    b"BEFORE": lambda lexer: InternalDate(high=dates.date(lexer)),
    b"ON": lambda lexer: InternalDate(*_on(lexer)),
    b"SINCE": lambda lexer: InternalDate(low=dates.date(lexer)),
    b"SENTBEFORE": lambda lexer: SentDate(high=dates.date(lexer)),
    b"SENTON": lambda lexer: SentDate(*_on(lexer)),
    b"SENTSINCE": lambda lexer: SentDate(low=dates.date(lexer)),
    b"SAVEDBEFORE": lambda lexer: SavedDate(high=dates.date(lexer)),
    b"SAVEDON": lambda lexer: SavedDate(*_on(lexer)),
    b"SAVEDSINCE": lambda lexer: SavedDate(low=dates.date(lexer)),
    b"EMAILID": _email,
    b"THREADID": _thread,
    b"LARGER": lambda lexer: Size(low=lexer.number() + 1),
    b"SMALLER": lambda lexer: Size(high=lexer.number()),
    b"KEYWORD": _keyword,
    b"UNKEYWORD": lambda lexer: Not(_keyword(lexer)),
    b"UID": lambda lexer: Numbers(sequence_set.take(lexer), is_uid=True),
}
