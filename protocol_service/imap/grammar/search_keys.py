"""SEARCH keys as values (RFC 3501 §6.4.4, RFC 5032, RFC 6203, RFC 7162 §3.1.5).

A range is half open; None is without bound.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from protocol_service.imap.sequence_set import SequenceSet


@dataclass(frozen=True, slots=True)
class All:
    """Every message; negated, none (RECENT: we keep no such flag)."""


@dataclass(frozen=True, slots=True)
class SystemFlag:
    """One of these bits is set."""

    bits: int


@dataclass(frozen=True, slots=True)
class Keyword:
    """The keyword is set."""

    name: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """Message numbers, or UIDs."""

    pairs: SequenceSet
    is_uid: bool


@dataclass(frozen=True, slots=True)
class InternalDate:
    """Unix times of arrival."""

    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Within:
    """Arrived at least, or else at most, so many seconds ago (RFC 5032)."""

    seconds: int
    is_older: bool


@dataclass(frozen=True, slots=True)
class SentDate:
    """Unix times of the Date field."""

    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class SavedDate:
    """Unix times of the moment at which the message came into this mailbox (RFC 8514)."""

    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class ObjectId:
    """The message's email or thread, by its number (RFC 8474)."""

    kind: Literal["email", "thread"]
    number: int


@dataclass(frozen=True, slots=True)
class Size:
    """Octets."""

    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class ModSeqSince:
    """Changed at this modseq or later."""

    modseq: int


@dataclass(frozen=True, slots=True)
class Text:
    """A substring of `field`: FROM, TO, CC, BCC, SUBJECT, BODY, TEXT, or HEADER with `name` (lower case).

    `is_fuzzy`: similar words will do (RFC 6203).
    """

    field: str
    needle: str
    name: str = ""
    is_fuzzy: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    """What the key does not find."""

    key: Key


@dataclass(frozen=True, slots=True)
class And:
    """What all keys find."""

    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """What either key finds."""

    left: Key
    right: Key


Key = (
    All
    | SystemFlag
    | Keyword
    | Numbers
    | InternalDate
    | Within
    | SentDate
    | SavedDate
    | ObjectId
    | Size
    | ModSeqSince
    | Text
    | Not
    | And
    | Or
)
NOTHING = Not(All())
