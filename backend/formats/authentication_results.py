"""Authentication-Results (RFC 8601): what was found of a message's origin, for whoever reads it after us.

Such a field counts only because nobody else's with our name is left in the message (`remove`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from backend.formats import arc, dkim_verification, dmarc, spf
from backend.formats.dkim_verification import Verified
from backend.formats.headers import spans

_ID = re.compile(rb"""(?:"((?:[^"\\]++|\\.)*+)"|([^;\s"(]++))""", re.DOTALL)
_LONGEST_VALUE = 320


@dataclass(frozen=True, slots=True)
class Findings:
    """The outcomes of all checks. `spf_identity` is the MAIL FROM, or the HELO name for the null sender.
    `forwarder` is a trusted one that it came by.
    """

    spf: spf.Result
    spf_identity: str
    is_helo: bool
    signatures: tuple[Verified, ...]
    dmarc: dmarc.Verdict
    from_domain: str
    arc: arc.Result
    arc_sets: int = 0
    forwarder: str = ""


def lines(found: Findings) -> list[str]:
    """One text for each method."""
    out = [_dkim(one) for one in found.signatures] or ["dkim=none"]
    identity = "smtp.helo" if found.is_helo else "smtp.mailfrom"
    out.append(f"spf={found.spf} {identity}={_value(found.spf_identity)}")
    by_way = f" by way of {found.forwarder}" if found.forwarder else ""
    policy = f" (p={found.dmarc.policy}{by_way})" if found.dmarc.policy else ""
    from_domain = f" header.from={_value(found.from_domain)}" if found.from_domain else ""
    asked = f" policy.dmarc={found.dmarc.asked}" if found.dmarc.asked else ""
    out.append(f"dmarc={found.dmarc.result}{policy}{from_domain}{asked}")
    sets = f" (i={found.arc_sets})" if found.arc_sets else ""
    out.append(f"arc={found.arc}{sets}")
    return out


_DMARC = re.compile(r"dmarc=([a-z]+)(?: \(p=([a-z]+)[^)]*\))?(?:.* policy\.dmarc=([a-z]+)$)?")


def dmarc_of(results: Sequence[str]) -> dmarc.Verdict | None:
    """What `lines` said of DMARC; None where nothing was looked for."""
    for line in results:
        match = _DMARC.match(line)
        if match is not None:
            return dmarc.Verdict(dmarc.Result(match[1]), match[2] or "", match[3] or "")
    return None


def _dkim(one: Verified) -> str:
    text = f"dkim={one.result}"
    if one.result is not dkim_verification.Result.PASS and one.reason:
        text += f' reason="{one.reason}"'
    for name, value in (("d", one.domain), ("s", one.selector), ("a", one.algorithm), ("b", one.value)):
        if value:
            text += f" header.{name}={_value(value)}"
    return text


_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`{|}~@\x80-\U0010ffff-]+")


def _value(text: str) -> str:
    """A value as it may stand there, quoted where it is neither a token nor an address."""
    text = "".join(character for character in text[:_LONGEST_VALUE] if character.isprintable())
    if _TOKEN.fullmatch(text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def field(authserv_id: str, results: Sequence[str]) -> bytes:
    """The field with its line end."""
    text = ";\r\n\t".join([authserv_id, *results])
    return f"Authentication-Results: {text}\r\n".encode("utf-8", "replace")


def remove(raw: bytes, authserv_id: str) -> bytes:
    """The message without fields that claim to be ours, whoever wrote them (§5)."""
    ours = authserv_id.lower().encode()
    kept, at = [], 0
    for name, start, end in spans(raw):
        if name.lower() == b"authentication-results" and _id_of(raw[start:end].partition(b":")[2]) == ours:
            kept.append(raw[at:start])
            at = end
    return b"".join([*kept, raw[at:]]) if kept else raw


def _id_of(value: bytes) -> bytes:
    match = _ID.match(value, _after_comments(value))
    if match is None:
        return b""
    return (match[1] if match[1] is not None else match[2]).lower()


def _after_comments(value: bytes) -> int:
    """Where the first word begins: comments may stand before it, one within the other."""
    at, depth = 0, 0
    while at < len(value):
        character = value[at : at + 1]
        if character == b"(":
            depth += 1
        elif depth and character == b")":
            depth -= 1
        elif depth and character == b"\\":
            at += 1
        elif not depth and not character.isspace():
            break
        at += 1
    return at


@dataclass(frozen=True, slots=True)
class Outcome:
    """One method's outcome as a field says it; `properties` as `header.d`."""

    method: str
    result: str
    reason: str
    properties: dict[str, str]


MAX_OUTCOMES = 40
_RESINFO = re.compile(r"\s*([A-Za-z][\w-]*)(?:/\d+)?\s*=\s*([A-Za-z]+)")
_PROPERTY = re.compile(
    r"""\s*(?:\(([^()]{0,300})\)|([A-Za-z][\w-]*(?:\.[\w-]+)?)\s*=\s*(?:"((?:[^"\\]|\\.)*+)"|([^\s;"()]*+)))"""
)


def parse(value: str) -> list[Outcome]:
    """The outcomes of a field's unfolded body, after its authserv-id; what cannot be read is left out."""
    found: list[Outcome] = []
    for text in _sections(value)[1 : MAX_OUTCOMES + 1]:
        head = _RESINFO.match(text)
        if head is None:
            continue
        properties: dict[str, str] = {}
        at = head.end()
        while (match := _PROPERTY.match(text, at)) is not None and match.end() > at:
            at = match.end()
            if match[1] is not None:
                properties.setdefault("comment", match[1])
            else:
                quoted = re.sub(r"\\(.)", r"\1", match[3]) if match[3] is not None else match[4]
                properties.setdefault(match[2].lower(), quoted)
        reason = properties.pop("reason", "")
        found.append(Outcome(head[1].lower(), head[2].lower(), reason, properties))
    return found


def _sections(value: str) -> list[str]:
    """The value at its semicolons, those within quotes left alone."""
    out, start, is_quoted, at = [], 0, False, 0
    while at < len(value):
        character = value[at]
        if character == "\\" and is_quoted:
            at += 1
        elif character == '"':
            is_quoted = not is_quoted
        elif character == ";" and not is_quoted:
            out.append(value[start:at])
            start = at + 1
        at += 1
    return [*out, value[start:]]
