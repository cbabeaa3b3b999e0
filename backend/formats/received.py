"""Received fields (RFC 5321 §4.4): over which hosts a message came, as each of them says.

Only the fields of our own hosts can be believed; everything below is what strangers wrote. Reading is
lenient and linear: a clause that is not there stays empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from backend.formats.dates import parse_date
from backend.formats.encoded_words import unfold
from backend.formats.headers import spans

MAX_HOPS = 50
_LONGEST = 2000
_CLAUSE = re.compile(r"(?:^|\s)(from|by|with|id|for|via)\s+", re.IGNORECASE)
_ADDRESS = re.compile(r"\[(?:IPv6:)?([0-9a-fA-F:.]{2,45})\]|\b(\d{1,3}(?:\.\d{1,3}){3})\b")
_COMMENT = re.compile(r"\([^()]*\)")
_TLS = re.compile(r"\b(TLSv?[\d._]+|TLS\b|SSLv\d)", re.IGNORECASE)
_PROTOCOL = re.compile(r"[A-Za-z0-9-]{1,40}")


@dataclass(frozen=True, slots=True)
class Hop:
    """One hand-over: the host that gave it, as it called itself and the address it had, and the one that took
    it. `is_encrypted` where the field says so; `at` is in Unix seconds.
    """

    from_name: str
    from_address: str
    by: str
    protocol: str
    tls: str
    is_encrypted: bool
    recipient: str
    at: int | None


def hops(raw: bytes) -> list[Hop]:
    """The hand-overs of a message, the first one first."""
    found: list[Hop] = []
    for name, start, end in spans(raw):
        if name.lower() == b"received" and len(found) < MAX_HOPS:
            value = unfold(raw[start:end].partition(b":")[2][:_LONGEST]).decode("utf-8", "replace")
            found.append(_hop(value))
    return found[::-1]


def _hop(value: str) -> Hop:
    text, _, date = value.rpartition(";")
    clauses = _clauses(text or value)
    source, protocol = clauses.get("from", ""), clauses.get("with", "")
    address = _ADDRESS.search(source)
    word = _PROTOCOL.match(protocol)
    kind = word[0].upper() if word is not None else ""
    tls = _TLS.search(text)
    return Hop(
        from_name=_host(source),
        from_address=(address[1] or address[2]) if address is not None else "",
        by=_host(clauses.get("by", "")),
        protocol=kind,
        tls=tls[1] if tls is not None else "",
        # RFC 3848: an S at the end of SMTP's names, or before the A of authentication.
        is_encrypted=tls is not None
        or kind in ("ESMTPS", "ESMTPSA", "LMTPS", "LMTPSA", "UTF8SMTPS", "HTTPS"),
        recipient=_recipient(clauses.get("for", "")),
        at=parse_date(date.encode("utf-8", "replace")) if date.strip() else None,
    )


def _clauses(text: str) -> dict[str, str]:
    """The clauses by their word; words inside of comments begin none."""
    bare = _COMMENT.sub(lambda match: " " * len(match[0]), text)
    marks = [*_CLAUSE.finditer(bare)]
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    found: dict[str, str] = {}
    for mark, end in zip(marks, ends, strict=False):
        found.setdefault(mark[1].lower(), text[mark.end() : end].strip())
    return found


def _host(clause: str) -> str:
    word = clause.split(None, 1)[0] if clause else ""
    return word.strip("[]();,")[:255]


def _recipient(clause: str) -> str:
    return clause.split(None, 1)[0].strip("<>;,")[:320] if clause else ""
