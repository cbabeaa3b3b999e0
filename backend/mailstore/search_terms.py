"""What each operator of a search asks: words in a field, or a test of the row."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from backend.mailstore.flag_bits import ANSWERED, DRAFT, FLAGGED, SEEN

_DATE = re.compile(r"(\d{4})(?:[-/.](\d{1,2}))?(?:[-/.](\d{1,2}))?")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_DAYS_AGO = {"today": 0, "yesterday": 1}
_SPAN = re.compile(r"(\d{1,5})([hdwmy])")
_SIZE = re.compile(r"(\d{1,9})([kmg]?)b?")
_SPAN_S = {"h": 3600, "d": 86400, "w": 7 * 86400, "m": 30 * 86400, "y": 365 * 86400}
_UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30}

FLAG, MUTED, ATTACHMENT = "flag", "muted", "attachment"
AFTER, BEFORE, LARGER, SMALLER = "after", "before", "larger", "smaller"
MAILBOX, TAG, CC, BCC, FILE_NAME = "mailbox", "tag", "cc", "bcc", "filename"
LIST = "list"


@dataclass(frozen=True, slots=True)
class Moment:
    """When somebody searches, in which zone that person's days begin, and what addresses `me` stands for."""

    now: int
    zone: tzinfo = UTC
    own: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Leaf:
    """Words to look for in a field of the full-text index, in List-Id (`LIST`), or (empty) in any."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Check:
    """A condition on a message. Times are unix, `after` included and `before` not; a flag is its bit."""

    kind: str
    value: int | str = 0
    is_excluded: bool = False


_FIELDS = {"subject": "subject", "from": "sender", "to": "recipients", "body": "body", "list": LIST}
_SENT_TO = {"cc": CC, "bcc": BCC}
_PEOPLE = ("from", "to", "cc", "bcc")
_NAMES = {"in": MAILBOX, "filename": FILE_NAME, "tag": TAG, "label": TAG}
_IS = {
    "unread": Check(FLAG, SEEN, is_excluded=True),
    "unseen": Check(FLAG, SEEN, is_excluded=True),
    "read": Check(FLAG, SEEN),
    "seen": Check(FLAG, SEEN),
    "flagged": Check(FLAG, FLAGGED),
    "starred": Check(FLAG, FLAGGED),
    "unflagged": Check(FLAG, FLAGGED, is_excluded=True),
    "unstarred": Check(FLAG, FLAGGED, is_excluded=True),
    "answered": Check(FLAG, ANSWERED),
    "replied": Check(FLAG, ANSWERED),
    "unanswered": Check(FLAG, ANSWERED, is_excluded=True),
    "draft": Check(FLAG, DRAFT),
    "muted": Check(MUTED),
    "snoozed": Check(MAILBOX, "snoozed"),
    "scheduled": Check(MAILBOX, "scheduled"),
}


def leaves_of(operator: str, value: str, moment: Moment) -> list[Leaf | Check]:
    """All that an operator asks; empty where there is no such operator, or its value makes no sense."""
    folded = value.strip().lower()
    if not folded:
        return []
    if operator in _FIELDS:
        return [Leaf(_FIELDS[operator], value)]
    if operator in _SENT_TO:
        # The index knows recipients only together; it finds them fast, the test is exact.
        return [Leaf("recipients", value), Check(_SENT_TO[operator], value)]
    if operator in _NAMES:
        return [Check(_NAMES[operator], value.strip())]
    if operator == "is":
        return [_IS[folded]] if folded in _IS else []
    if operator == "has":
        return [Check(ATTACHMENT)] if folded in ("attachment", "attachments") else []
    kind, read = _BOUNDS.get(operator, ("", _size))
    number = read(folded, moment) if kind else None
    return [Check(kind, number)] if number is not None else []


def meant(operator: str, value: str, moment: Moment) -> tuple[str, ...]:
    """The values of which any may be meant: `from:me` means every address of one's own."""
    is_me = operator in _PEOPLE and value.strip().lower() == "me"
    return (moment.own if is_me else ()) or (value,)


def _date(text: str, moment: Moment) -> int | None:
    if text in _DAYS_AGO:
        day_before = datetime.fromtimestamp(moment.now, moment.zone) - timedelta(days=_DAYS_AGO[text])
        return int(day_before.replace(hour=0, minute=0, second=0, microsecond=0).timestamp())
    dotted, match = _DOTTED.fullmatch(text), _DATE.fullmatch(text)
    if dotted is None and match is None:
        return None
    try:
        parts = dotted.groups()[::-1] if dotted else match.groups() if match else ()
        year, month, day = (int(part) if part else 1 for part in parts)
        return int(datetime(year, month, day, tzinfo=moment.zone).timestamp())
    except (ValueError, OverflowError):
        return None


def _span(text: str, moment: Moment) -> int | None:
    match = _SPAN.fullmatch(text)
    return moment.now - int(match[1]) * _SPAN_S[match[2]] if match else None


def _size(text: str, moment: Moment) -> int | None:
    match = _SIZE.fullmatch(text)
    return int(match[1]) * _UNITS[match[2]] if match else None


_BOUNDS: dict[str, tuple[str, Callable[[str, Moment], int | None]]] = {
    "before": (BEFORE, _date),
    "after": (AFTER, _date),
    "since": (AFTER, _date),
    "older": (BEFORE, _date),
    "newer": (AFTER, _date),
    "older_than": (BEFORE, _span),
    "newer_than": (AFTER, _span),
    "larger": (LARGER, _size),
    "size": (LARGER, _size),
    "smaller": (SMALLER, _size),
}
