"""MTA-STS records and policies (RFC 8461 §3): the hosts that may take a domain's mail, over verified TLS."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from backend.formats.errors import InvalidSyntax

MAX_AGE_S = 31_557_600
MOST_HOSTS = 100
_ID = re.compile(r"[A-Za-z0-9]{1,32}")
_PATTERN = re.compile(r"(?:\*\.)?[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,250}[A-Za-z0-9_])?")


class Mode(StrEnum):
    """What a sender does when no host fits: refuse, only report, or nothing."""

    ENFORCE = "enforce"
    TESTING = "testing"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy; `mx` are host names in lower case, `*.` stands for one label."""

    mode: Mode
    mx: tuple[str, ...]
    max_age_s: int

    def allows(self, host: str) -> bool:
        """Whether the host is named (RFC 8461 §4.1)."""
        host = host.lower().rstrip(".")
        return host in self.mx or f"*.{host.partition('.')[2]}" in self.mx


def record_id(texts: list[str]) -> str | None:
    """The `id` of the one record among the TXT texts of `_mta-sts.<domain>`, None where there is not one."""
    records = [text for text in texts if re.match(r"v=STSv1\s*;", text)]
    if len(records) != 1:
        return None
    for part in records[0].split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip() == "id" and _ID.fullmatch(value.strip()):
            return value.strip()
    return None


def parse_policy(text: str) -> Policy:
    """The policy of a file at `/.well-known/mta-sts.txt`. Raises InvalidSyntax."""
    mode, max_age_s, mx, version = "", -1, list[str](), ""
    for line in text.splitlines():
        name, separator, value = line.partition(":")
        name, value = name.strip(), value.strip()
        if not separator:
            continue
        if name == "version":
            version = version or value
        elif name == "mode":
            mode = mode or value
        elif name == "max_age" and re.fullmatch(r"\d{1,10}", value):
            max_age_s = int(value)
        elif name == "mx" and _PATTERN.fullmatch(value) and len(mx) < MOST_HOSTS:
            mx.append(value.lower())
    if version != "STSv1" or mode not in {one.value for one in Mode} or max_age_s < 0:
        raise InvalidSyntax("not an MTA-STS policy")
    if not mx and mode != Mode.NONE:
        raise InvalidSyntax("a policy without hosts")
    return Policy(Mode(mode), tuple(mx), min(max_age_s, MAX_AGE_S))
