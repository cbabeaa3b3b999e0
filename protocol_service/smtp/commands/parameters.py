"""Parameters of MAIL and RCPT (RFC 5321 §4.1.2, DSN: RFC 3461 §4)."""

from __future__ import annotations

import re

from backend.kit.errors import InvalidSyntax

_PARAMETER = re.compile(rb"([A-Za-z0-9][A-Za-z0-9-]*)(?:=([!-<>-~\x80-\xff][!-~\x80-\xff]*))?")
_XTEXT = re.compile(r"(?:[!-*,-<>-~\x80-\U0010ffff]|\+[0-9A-F]{2})*")
_ORCPT = re.compile(r"[A-Za-z0-9-]{1,40};(.+)")
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


def body(value: str) -> None:
    """BODY: 7BIT or 8BITMIME; the bytes are the same to us."""
    if value.upper() not in ("7BIT", "8BITMIME"):
        raise InvalidSyntax("BODY is 7BIT or 8BITMIME")
