"""Durations as people type them: `90`, `30 minutes`, `1h 15min`, `2 weeks`; the pages take the same words."""

from __future__ import annotations

import re

DAY_S = 86_400
_SIZES = (
    (re.compile(r"s(?:ec(?:ond)?s?)?"), 1),
    (re.compile(r"m(?:in(?:ute)?s?)?"), 60),
    (re.compile(r"h(?:r|rs|ours?)?"), 3600),
    (re.compile(r"d(?:ays?)?"), DAY_S),
    (re.compile(r"w(?:eeks?)?"), 7 * DAY_S),
)
_PART = re.compile(r"\s*(\d{1,15}(?:\.\d{1,6})?)\s*([a-z]+)\.?\s*")


def parse_seconds(text: str) -> int | None:
    """Whole seconds; a number without a unit is one of them. None where it is no duration."""
    typed = text.strip().lower().replace(",", "")
    if re.fullmatch(r"\d{1,15}", typed):
        return int(typed)
    total, at = 0.0, 0
    while part := _PART.match(typed, at):
        size = next((size for words, size in _SIZES if words.fullmatch(part[2])), None)
        if size is None:
            return None
        total += float(part[1]) * size
        at = part.end()
    return int(total) if at and at == len(typed) and total.is_integer() else None


def parse_days(text: str) -> int | None:
    """Whole days; a number without a unit is one of them. None where it is no such duration."""
    typed = text.strip().replace(",", "")
    if re.fullmatch(r"\d{1,15}", typed):
        return int(typed)
    seconds = parse_seconds(typed)
    return None if seconds is None or seconds % DAY_S else seconds // DAY_S
