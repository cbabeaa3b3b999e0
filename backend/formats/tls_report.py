"""TLS reports (RFC 8460): what came of the TLS of connections to a domain in a day, by policy.

`to_json` and `build` write one; `read` takes what any host may have written and raises `InvalidSyntax` for
what is none, bounded in size, entries and text. `addresses` reads where a domain wants its reports.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from backend.formats.addresses import Address
from backend.formats.body_writer import file_part, multipart, text_part
from backend.formats.content import decode_part
from backend.formats.dates import format_date
from backend.formats.errors import InvalidSyntax
from backend.formats.header_writer import message_id_field, raw_field
from backend.formats.part import Part

MAX_JSON_BYTES = 4 * 1024 * 1024
MAX_POLICIES = 100
MAX_DETAILS = 100
MAX_TEXT = 300
MAX_COUNT = 2**53 - 1
MOST_ADDRESSES = 5
_RECORD = re.compile(r"v=TLSRPTv1\s*;")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_TYPES = frozenset({"application/tlsrpt+gzip", "application/tlsrpt+json"})


@dataclass(frozen=True, slots=True)
class FailureDetail:
    """Sessions that failed in the same way at the same host; `result` is a result type of RFC 8460 §4.3."""

    result: str
    sessions: int
    mx_host: str = ""
    mx_address: str = ""
    information: str = ""


@dataclass(frozen=True, slots=True)
class PolicyResult:
    """What came of one policy. `kind` is `tlsa`, `sts` or `no-policy-found`."""

    kind: str
    domain: str
    successes: int
    failures: int
    strings: tuple[str, ...] = ()
    mx_patterns: tuple[str, ...] = ()
    details: tuple[FailureDetail, ...] = ()


@dataclass(frozen=True, slots=True)
class TlsReport:
    """One report; times are in Unix seconds, the last one is the last second of the period."""

    organization: str
    report_id: str
    begins_at: int
    ends_at: int
    contact: str
    policies: tuple[PolicyResult, ...]


def to_json(report: TlsReport) -> bytes:
    """The report as RFC 8460 §4.4 has it."""
    content = {
        "organization-name": report.organization,
        "date-range": {
            "start-datetime": _written(report.begins_at),
            "end-datetime": _written(report.ends_at),
        },
        "contact-info": report.contact,
        "report-id": report.report_id,
        "policies": [_policy_json(policy) for policy in report.policies],
    }
    return json.dumps(content, ensure_ascii=False).encode("utf-8")


def _policy_json(policy: PolicyResult) -> dict[str, Any]:
    described: dict[str, Any] = {"policy-type": policy.kind, "policy-domain": policy.domain}
    if policy.strings:
        described["policy-string"] = list(policy.strings)
    if policy.mx_patterns:
        described["mx-host"] = list(policy.mx_patterns)
    found: dict[str, Any] = {
        "policy": described,
        "summary": {
            "total-successful-session-count": policy.successes,
            "total-failure-session-count": policy.failures,
        },
    }
    if policy.details:
        found["failure-details"] = [_detail_json(detail) for detail in policy.details]
    return found


def _detail_json(detail: FailureDetail) -> dict[str, Any]:
    optional = {
        "receiving-mx-hostname": detail.mx_host,
        "receiving-ip": detail.mx_address,
        "additional-information": detail.information,
    }
    return {
        "result-type": detail.result,
        **{name: text for name, text in optional.items() if text},
        "failed-session-count": detail.sessions,
    }


def _written(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def build(report: TlsReport, sender: Address, to: Address, *, date: int, message_id: str) -> bytes:
    """The message that brings a report about one domain (RFC 8460 §5.3)."""
    domain = report.policies[0].domain
    submitter = sender.domain
    name = f"{submitter}!{domain}!{report.begins_at}!{report.ends_at}!{report.report_id}.json.gz"
    parts = [
        text_part(f"This is a TLS report of {submitter} about mail to {domain}.\n", "plain"),
        file_part(gzip.compress(to_json(report), mtime=0), "application/tlsrpt+gzip", name=name),
    ]
    return b"".join(
        (
            raw_field("Date", format_date(date)),
            raw_field("From", str(sender)),
            raw_field("To", str(to)),
            raw_field("Subject", f"Report Domain: {domain} Submitter: {submitter} Report-ID: <{message_id}>"),
            message_id_field("Message-ID", [message_id]),
            raw_field("TLS-Report-Domain", domain),
            raw_field("TLS-Report-Submitter", submitter),
            # A report about broken TLS must arrive over broken TLS (RFC 8460 §5.4, RFC 8689 §5).
            raw_field("TLS-Required", "No"),
            raw_field("Auto-Submitted", "auto-generated"),
            b"MIME-Version: 1.0\r\n",
            multipart("report", parts, f"=_tlsrpt_{report.report_id}", params="; report-type=tlsrpt"),
        )
    )


def addresses(texts: list[str]) -> list[str]:
    """The `rua` URIs of the one record among the TXT texts of `_smtp._tls.<domain>` (RFC 8460 §3)."""
    records = [text for text in texts if _RECORD.match(text)]
    if len(records) != 1:
        return []
    for part in records[0].split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip() == "rua":
            return [uri.strip() for uri in value.split(",") if uri.strip()][:MOST_ADDRESSES]
    return []


def may_be(raw: bytes, header_end: int) -> bool:
    """Whether a message can be a TLS report at all: a first look that costs nothing."""
    return raw.find(b"tlsrpt", 0, header_end) >= 0


def find(raw: bytes, root: Part) -> TlsReport | None:
    """The report in a message, None if there is none that can be read."""
    part = next((part for part in root.children or [root] if part.content_type in _TYPES), None)
    if part is None:
        return None
    data = decode_part(raw, part, MAX_JSON_BYTES)
    try:
        return read(_unpacked(data) if part.subtype == "tlsrpt+gzip" else data)
    except InvalidSyntax:
        return None


def _unpacked(data: bytes) -> bytes:
    unpacker = zlib.decompressobj(wbits=31)
    try:
        found = unpacker.decompress(data, MAX_JSON_BYTES)
    except zlib.error as error:
        raise InvalidSyntax("The report is not compressed as it should be") from error
    if unpacker.unconsumed_tail or not unpacker.eof:
        raise InvalidSyntax("The report is too large, or cut off")
    return found


def read(data: bytes) -> TlsReport:
    """The report of a JSON text. Raises `InvalidSyntax`."""
    if len(data) > MAX_JSON_BYTES:
        raise InvalidSyntax("The report is too large")
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InvalidSyntax("The report is not JSON") from error
    content = _mapping(content)
    period = _mapping(content.get("date-range"))
    policies = content.get("policies")
    if not isinstance(policies, list) or not policies:
        raise InvalidSyntax("The report is about no policy")
    return TlsReport(
        organization=_text(content.get("organization-name")),
        report_id=_text(content.get("report-id")),
        begins_at=_moment(period.get("start-datetime")),
        ends_at=_moment(period.get("end-datetime")),
        contact=_text(content.get("contact-info")),
        policies=tuple(_policy(_mapping(policy)) for policy in policies[:MAX_POLICIES]),
    )


def _policy(content: dict[str, Any]) -> PolicyResult:
    described, summary = _mapping(content.get("policy")), _mapping(content.get("summary"))
    details = content.get("failure-details", [])
    return PolicyResult(
        kind=_text(described.get("policy-type")),
        domain=_text(described.get("policy-domain")).lower().rstrip("."),
        successes=_count(summary.get("total-successful-session-count")),
        failures=_count(summary.get("total-failure-session-count")),
        strings=_texts(described.get("policy-string")),
        mx_patterns=_texts(described.get("mx-host")),
        details=tuple(_detail(_mapping(one)) for one in details[:MAX_DETAILS])
        if isinstance(details, list)
        else (),
    )


def _detail(content: dict[str, Any]) -> FailureDetail:
    return FailureDetail(
        result=_text(content.get("result-type")),
        sessions=_count(content.get("failed-session-count")),
        mx_host=_text(content.get("receiving-mx-hostname")),
        mx_address=_text(content.get("receiving-ip")),
        information=_text(content.get("additional-information") or content.get("failure-reason-code")),
    )


def _mapping(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InvalidSyntax("The report lacks a part")
    return value


def _text(value: object) -> str:
    return _UNPRINTABLE.sub(" ", value[: 4 * MAX_TEXT]).strip()[:MAX_TEXT] if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    # Some hosts write the one string they have without a list around it.
    values = value if isinstance(value, list) else [value]
    return tuple(text for text in map(_text, values[:MAX_POLICIES]) if text)


def _count(value: object) -> int:
    # Some hosts write counts as 5.0; the comparison is false for what is no number.
    if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
        return 0
    return int(min(value, MAX_COUNT))


def _moment(value: object) -> int:
    try:
        found = datetime.fromisoformat(str(value)[:40].replace("Z", "+00:00"))
        return int((found if found.tzinfo is not None else found.replace(tzinfo=UTC)).timestamp())
    except (ValueError, OverflowError) as error:
        raise InvalidSyntax("The report has no period") from error
