"""Parameters of MAIL and RCPT (RFC 5321 §4.1.2, DSN: RFC 3461 §4, FUTURERELEASE: RFC 4865 §4, MT-PRIORITY:
RFC 6710 §3).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from backend.kit import clock
from backend.kit.errors import InvalidSyntax

_PARAMETER = re.compile(rb"([A-Za-z0-9][A-Za-z0-9-]*)(?:=([!-<>-~\x80-\xff][!-~\x80-\xff]*))?")
_XTEXT = re.compile(r"(?:[!-*,-<>-~\x80-\U0010ffff]|\+[0-9A-F]{2})*")
_ORCPT = re.compile(r"[A-Za-z0-9-]{1,40};(.+)")
_PRIORITY = re.compile(r"-?[0-9]")
_SECONDS = re.compile(r"[1-9][0-9]{0,8}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)")
MOST_HOLD_S = 30 * 86_400
_NOTIFY = frozenset({"SUCCESS", "FAILURE", "DELAY"})


class UnknownParameter(Exception):
    """A parameter of an extension that we do not have (555)."""


def split(text: bytes, known: frozenset[str]) -> dict[str, str]:
    """Parameters by upper-case keyword, values as they stand, without `=` an empty one.

    Raises `InvalidSyntax`, or `UnknownParameter` for what is not in `known`.
    """
    found: dict[str, str] = {}
    for part in text.split():
        match = _PARAMETER.fullmatch(part)
        if match is None:
            raise InvalidSyntax("Parameter syntax")
        keyword = match[1].decode("ascii").upper()
        if keyword not in known:
            raise UnknownParameter(keyword)
        if keyword in found:
            raise InvalidSyntax(f"{keyword} given twice")
        try:
            found[keyword] = (match[2] or b"").decode("utf-8")
        except UnicodeDecodeError:
            raise InvalidSyntax(f"{keyword} is not UTF-8") from None
    return found


def size(value: str) -> int:
    """SIZE (RFC 1870)."""
    if not (value.isascii() and value.isdigit()) or len(value) > 20:
        raise InvalidSyntax("SIZE needs a number")
    return int(value)


def ret(value: str) -> str:
    """RET: FULL or HDRS."""
    if value.upper() not in ("FULL", "HDRS"):
        raise InvalidSyntax("RET is FULL or HDRS")
    return value.upper()


def envid(value: str) -> str:
    """ENVID: xtext of at most 100 characters."""
    if not value or len(value) > 100 or _XTEXT.fullmatch(value) is None:
        raise InvalidSyntax("ENVID syntax")
    return value


def notify(value: str) -> str:
    """NOTIFY: NEVER alone, or a list of the others; in canonical order."""
    words = value.upper().split(",")
    if words == ["NEVER"]:
        return "NEVER"
    if not set(words) <= _NOTIFY or len(set(words)) != len(words):
        raise InvalidSyntax("NOTIFY syntax")
    return ",".join(sorted(words))


def orcpt(value: str) -> str:
    """ORCPT: `type;xtext` of at most 500 characters."""
    match = _ORCPT.fullmatch(value)
    if match is None or len(value) > 500 or _XTEXT.fullmatch(match[1]) is None:
        raise InvalidSyntax("ORCPT syntax")
    return value


def body(value: str) -> str:
    """BODY: 7BIT, 8BITMIME (RFC 6152) or BINARYMIME (RFC 3030)."""
    if value.upper() not in ("7BIT", "8BITMIME", "BINARYMIME"):
        raise InvalidSyntax("BODY is 7BIT, 8BITMIME or BINARYMIME")
    return value.upper()


def priority(value: str) -> int:
    """MT-PRIORITY: -9 to 9 (RFC 6710)."""
    if _PRIORITY.fullmatch(value) is None:
        raise InvalidSyntax("MT-PRIORITY is a number from -9 to 9")
    return int(value)


def release_at(given: Mapping[str, str]) -> int | None:
    """HOLDFOR in seconds or HOLDUNTIL as a time (RFC 4865), as Unix seconds; None where neither is given."""
    if "HOLDFOR" in given and "HOLDUNTIL" in given:
        raise InvalidSyntax("HOLDFOR and HOLDUNTIL exclude each other")
    now = clock.now()
    if "HOLDFOR" in given:
        if _SECONDS.fullmatch(given["HOLDFOR"]) is None:
            raise InvalidSyntax("HOLDFOR needs seconds")
        at = now + int(given["HOLDFOR"])
    elif "HOLDUNTIL" in given:
        at = _moment(given["HOLDUNTIL"])
    else:
        return None
    if at > now + MOST_HOLD_S:
        raise InvalidSyntax(f"A message can be held for {MOST_HOLD_S} seconds at most")
    return max(at, now)


def _moment(value: str) -> int:
    """A date-time of RFC 3339."""
    if _MOMENT.fullmatch(value.upper()) is None:
        raise InvalidSyntax("HOLDUNTIL needs a date and time of RFC 3339")
    try:
        return int(datetime.fromisoformat(value.upper()).timestamp())
    except ValueError:
        raise InvalidSyntax("HOLDUNTIL names no such moment") from None
