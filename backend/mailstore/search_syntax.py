"""The language of the web's search field: words, "phrases", -exclusions and operators such as `from:ann`.

`from:` `to:` `cc:` `subject:` `body:` look in one field; `in:` names a mailbox; `is:` unread, read, flagged,
answered, draft; `has:attachment`; `before:` `after:` a date; `older_than:` `newer_than:` a span such as 7d;
`larger:` `smaller:` a size such as 2M. What is not understood is searched for as it stands; nothing here
raises.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice

from backend.mailstore.flag_bits import ANSWERED, DRAFT, FLAGGED, SEEN
from backend.mailstore.words import words

MAX_CHARS = 1000
MAX_TERMS = 30
MIN_PREFIX_CHARS = 2

_ITEM = re.compile(r'(-?)(?:([a-z_]+):)?(?:"([^"]*)"?|([^\s"]+))', re.IGNORECASE)
_DATE = re.compile(r"(\d{4})(?:[-/.](\d{1,2}))?(?:[-/.](\d{1,2}))?")
_SPAN = re.compile(r"(\d{1,5})([hdwmy])")
_SIZE = re.compile(r"(\d{1,9})([kmg]?)b?")
_SPAN_S = {"h": 3600, "d": 86400, "w": 7 * 86400, "m": 30 * 86400, "y": 365 * 86400}
_UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30}
_FIELDS = {
    "subject": "subject",
    "from": "sender",
    "to": "recipients",
    "cc": "recipients",
    "bcc": "recipients",
    "body": "body",
}
_IS = {
    "unread": (0, SEEN),
    "unseen": (0, SEEN),
    "read": (SEEN, 0),
    "seen": (SEEN, 0),
    "flagged": (FLAGGED, 0),
    "starred": (FLAGGED, 0),
    "unflagged": (0, FLAGGED),
    "answered": (ANSWERED, 0),
    "replied": (ANSWERED, 0),
    "unanswered": (0, ANSWERED),
    "draft": (DRAFT, 0),
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand beside each other in this order, in one field or (empty) in any.

    `is_prefix`: the last word may go on. `is_excluded`: they must not be there.
    """

    words: tuple[str, ...]
    field: str = ""
    is_prefix: bool = False
    is_excluded: bool = False


@dataclass(slots=True)
class Query:
    """A search: phrases for the full-text index, conditions for rows. Times are unix, `before` excluded."""

    phrases: list[Phrase] = field(default_factory=list)
    mailbox: str = ""
    flags_set: int = 0
    flags_clear: int = 0
    has_attachments: bool | None = None
    after: int | None = None
    before: int | None = None
    larger: int | None = None
    smaller: int | None = None


def parse(text: str, *, now: int) -> Query:
    """Read a search; at most 30 terms of at most 1,000 characters count."""
    query = Query()
    for item in islice(_ITEM.finditer(text[:MAX_CHARS]), MAX_TERMS):
        minus, operator, quoted, bare = item.groups()
        value = quoted if quoted is not None else bare
        operator = (operator or "").lower()
        if not operator or not _operate(query, operator, value, now, is_excluded=bool(minus)):
            # An operator that is none (`http:` say) is a word like others.
            plain = f"{operator} {value}" if operator else value
            _add(query, plain, "", is_excluded=bool(minus), is_exact=quoted is not None)
    return query


def _add(query: Query, value: str, where: str, *, is_excluded: bool, is_exact: bool) -> None:
    named = tuple(words(value))
    if named:
        is_prefix = not is_exact and not is_excluded and len(named[-1]) >= MIN_PREFIX_CHARS
        query.phrases.append(Phrase(named, where, is_prefix, is_excluded))


def _operate(query: Query, operator: str, value: str, now: int, *, is_excluded: bool) -> bool:
    """Take an operator in; whether it was one with a value that makes sense."""
    folded = value.lower()
    if operator in _FIELDS:
        _add(query, value, _FIELDS[operator], is_excluded=is_excluded, is_exact=False)
    elif operator == "in":
        query.mailbox = value
    elif operator == "is" and folded in _IS:
        bits, clear = reversed(_IS[folded]) if is_excluded else _IS[folded]
        query.flags_set |= bits
        query.flags_clear |= clear
    elif operator == "has" and folded in ("attachment", "attachments"):
        query.has_attachments = not is_excluded
    else:
        return _bound(query, operator, folded, now)
    return True


def _bound(query: Query, operator: str, value: str, now: int) -> bool:
    name, read = _BOUNDS.get(operator, ("", _size))
    number = read(value, now) if name else None
    if number is not None:
        setattr(query, name, number)
    return number is not None


def _date(text: str, now: int) -> int | None:
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    try:
        year, month, day = (int(part) if part else 1 for part in match.groups())
        return int(datetime(year, month, day, tzinfo=UTC).timestamp())
    except ValueError:
        return None


def _span(text: str, now: int) -> int | None:
    match = _SPAN.fullmatch(text)
    return now - int(match[1]) * _SPAN_S[match[2]] if match else None


def _size(text: str, now: int) -> int | None:
    match = _SIZE.fullmatch(text)
    return int(match[1]) * _UNITS[match[2]] if match else None


_BOUNDS: dict[str, tuple[str, Callable[[str, int], int | None]]] = {
    "before": ("before", _date),
    "after": ("after", _date),
    "since": ("after", _date),
    "older_than": ("before", _span),
    "newer_than": ("after", _span),
    "larger": ("larger", _size),
    "smaller": ("smaller", _size),
}
