"""What to search for (RFC 3501 §6.4.4): charset and keys, for SEARCH, SORT, THREAD and ESEARCH.

Depth, keys and text keys are counted while they are read: a hostile command costs no more than its own
length.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from backend.formats import charsets
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
    Within,
)
from protocol_service.imap.lexer import MAX_NUMBER, Lexer
from protocol_service.imap.limits import MAX_DEPTH, MAX_SEARCH_KEYS, MAX_TEXT_KEYS

DAY_S = 86_400
# Those that do not hold ASCII as it is cannot stand in a quoted string, and UTF-7 hides what it says.
_NOT_FOR_SEARCH = frozenset({"utf-7", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"})
_BADCHARSET = "BADCHARSET (UTF-8 US-ASCII ISO-8859-1 WINDOWS-1252)"

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
class Program:
    """What to look for. `names_numbers`: it speaks of message numbers or of `$`, so of one mailbox."""

    key: Key
    names_modseq: bool = False
    names_numbers: bool = False
    is_fuzzy: bool = False


def program(lexer: Lexer) -> Program:
    """`[CHARSET name] keys`, to the end of the command."""
    charset = None
    if lexer.text[lexer.at : lexer.at + 8].upper() == b"CHARSET ":
        lexer.at += 8
        if lexer.manner.has_utf8_accept:
            raise BadCommand("UTF-8 is enabled, no charset may be named")
        charset = charset_name(lexer)
        lexer.space()
    return keys(lexer, charset)


def charset_name(lexer: Lexer) -> str:
    """A charset as Python calls it. `NO [BADCHARSET]` where we do not know it (RFC 3501 §6.4.4)."""
    name = lexer.astring().decode("ascii", "replace")
    codec = charsets.codec_of(name)
    if codec is None or codec in _NOT_FOR_SEARCH:
        raise Refused("The charset is not supported", _BADCHARSET)
    return codec


def keys(lexer: Lexer, charset: str | None) -> Program:
    """Search keys that must all hold, to the end of the command; None is UTF-8, or bytes as they come."""
    reader = _Reader(lexer, charset)
    found = [reader.key(0)]
    while not lexer.at_end():
        lexer.space()
        found.append(reader.key(0))
    key = found[0] if len(found) == 1 else And(tuple(found))
    return Program(key, reader.names_modseq, reader.names_numbers, reader.is_fuzzy)


class _Reader:
    """Reads keys and counts them."""

    def __init__(self, lexer: Lexer, charset: str | None) -> None:
        self._lexer = lexer
        self._charset = charset
        self._keys = 0
        self._texts = 0
        self._is_in_fuzzy = False
        self.names_modseq = self.names_numbers = self.is_fuzzy = False

    def key(self, depth: int) -> Key:
        """One search key."""
        lexer = self._lexer
        self._keys += 1
        if depth > MAX_DEPTH or self._keys > MAX_SEARCH_KEYS:
            raise Refused("The search is too complex", "LIMIT")
        if lexer.peek() == b"(":
            return self._all_of(depth)
        if sequence_set.is_sequence_set(lexer.peek()):
            if lexer.manner.is_uid_only and lexer.peek() != b"$":
                raise BadCommand("Only UIDs are spoken here", "UIDREQUIRED")
            self.names_numbers = True
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
        if word == b"FUZZY":
            return self._fuzzy(depth)
        if word in _TEXTS:
            return self._text(word)
        return self._other(word)

    def _fuzzy(self, depth: int) -> Key:
        """What is not a text matches exactly all the same (RFC 6203 §5 leaves it to the server)."""
        outer, self._is_in_fuzzy, self.is_fuzzy = self._is_in_fuzzy, True, True
        key = self.key(depth + 1)
        self._is_in_fuzzy = outer
        return key

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
        return Text(word.decode(), self._string(), name, self._is_in_fuzzy)

    def _string(self) -> str:
        raw = self._lexer.astring()
        try:
            return raw.decode(self._charset or "utf-8")
        except UnicodeDecodeError:
            if self._charset is not None:
                raise Refused("The text is not in that charset", _BADCHARSET) from None
            return raw.decode("latin-1")

    def _other(self, word: bytes) -> Key:
        read = _ARGUMENTS.get(word)
        if read is not None:
            return read(self._lexer)
        if word == b"UID":
            self.names_numbers = self.names_numbers or self._lexer.peek() == b"$"
            return Numbers(sequence_set.take(self._lexer), is_uid=True)
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


def _interval(lexer: Lexer) -> int:
    seconds = lexer.number()
    if not seconds:
        raise BadCommand("Expected a number of seconds above 0")
    return seconds


def _on(lexer: Lexer) -> tuple[int, int]:
    day = dates.date(lexer)
    return day, day + DAY_S


def _email(lexer: Lexer) -> Key:
    number = object_ids.number_of(lexer.atom(), b"M")
    return NOTHING if number is None else ObjectId("email", number)


def _thread(lexer: Lexer) -> Key:
    number = object_ids.number_of(lexer.atom(), b"T")
    return NOTHING if number is None else ObjectId("thread", number)


def _uids(low: int, high: int) -> Key:
    """UIDs of a range, without regard to which is the highest (RFC 9738 §3.3)."""
    return Numbers(((low, high),), is_uid=True) if low <= high else NOTHING


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
    b"UIDAFTER": lambda lexer: _uids(lexer.number() + 1, MAX_NUMBER),
    b"UIDBEFORE": lambda lexer: _uids(1, lexer.number() - 1),
    b"UNKEYWORD": lambda lexer: Not(_keyword(lexer)),
    b"OLDER": lambda lexer: Within(_interval(lexer), is_older=True),
    b"YOUNGER": lambda lexer: Within(_interval(lexer), is_older=False),
}
