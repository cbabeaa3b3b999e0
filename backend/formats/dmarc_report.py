"""DMARC aggregate reports: what became of the mail of a day that was in a domain's name.

They are written as RFC 7489 has them (§7.2, appendix C), which every reader knows; RFC 9990 says the same
in a namespace of its own.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote
from xml.sax.saxutils import escape

from backend.formats.addresses import Address
from backend.formats.body_writer import file_part, multipart, text_part
from backend.formats.dates import format_date
from backend.formats.dmarc import Record
from backend.formats.errors import InvalidSyntax
from backend.formats.header_writer import message_id_field, raw_field

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")
_LIMIT = re.compile(r"(.*)!(\d{1,12})([kmgt]?)", re.IGNORECASE | re.DOTALL)
_UNITS = {"": 0, "k": 10, "m": 20, "g": 30, "t": 40}

TRUSTED_FORWARDER, LOCAL_POLICY = "trusted_forwarder", "local_policy"


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature as it was found; `result` as RFC 8601 names it."""

    domain: str
    selector: str
    result: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How messages came out. `disposition` is what was done, `override` why it is not what the domain asks.

    `spf_scope` is `mfrom`, or `helo` for the null sender.
    """

    source_ip: str
    disposition: str
    override: str
    is_dkim_aligned: bool
    is_spf_aligned: bool
    header_from: str
    envelope_from: str
    spf_domain: str
    spf_scope: str
    spf_result: str
    signatures: tuple[Signed, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One report about one policy; times are in Unix seconds, the last one is the last second of it."""

    organization: str
    contact: str
    report_id: str
    begins_at: int
    ends_at: int
    published: Record
    outcomes: Sequence[tuple[Outcome, int]]


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a report goes by mail, and how large it may be there; 0: any size."""

    address: Address
    most_bytes: int = 0


def destinations(uris: Sequence[str]) -> list[Destination]:
    """The `mailto:` among URIs of `rua` (RFC 7489 §6.2), each address once."""
    found: dict[Address, Destination] = {}
    for uri in uris:
        limit = _LIMIT.fullmatch(uri)
        target = limit[1] if limit else uri
        scheme, _, rest = target.partition(":")
        if scheme.strip().lower() != "mailto":
            continue
        try:
            address = Address.parse(unquote(rest.partition("?")[0]).strip())
        except InvalidSyntax:
            continue
        most_bytes = int(limit[2]) << _UNITS[limit[3].lower()] if limit else 0
        found.setdefault(address, Destination(address, most_bytes))
    return list(found.values())


def to_xml(report: Report) -> bytes:
    """The report, elements in the order of the schema."""
    record = report.published
    metadata = _elements(
        org_name=report.organization,
        email=report.contact,
        report_id=report.report_id,
    ) + _element("date_range", _elements(begin=report.begins_at, end=report.ends_at), is_raw=True)
    published = _elements(
        domain=record.name,
        adkim="s" if record.is_strict_dkim else "r",
        aspf="s" if record.is_strict_spf else "r",
        p=record.policy,
        sp=record.subdomain_policy,
        pct=record.percent,
    )
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n<feedback>\n',
        _element("version", "1.0"),
        _element("report_metadata", metadata, is_raw=True),
        _element("policy_published", published, is_raw=True),
        *(_record(outcome, count) for outcome, count in report.outcomes),
        "</feedback>\n",
    ]
    return "".join(parts).encode()


def _record(outcome: Outcome, count: int) -> str:
    evaluated = _elements(
        disposition=outcome.disposition,
        dkim="pass" if outcome.is_dkim_aligned else "fail",
        spf="pass" if outcome.is_spf_aligned else "fail",
    )
    if outcome.override:
        evaluated += _element("reason", _elements(type=outcome.override), is_raw=True)
    row = _elements(source_ip=outcome.source_ip, count=count)
    row += _element("policy_evaluated", evaluated, is_raw=True)
    identifiers = _elements(envelope_from=outcome.envelope_from, header_from=outcome.header_from)
    signatures = [
        _element(
            "dkim",
            _elements(domain=one.domain, selector=one.selector, result=one.result),
            is_raw=True,
        )
        for one in outcome.signatures
    ]
    spf = _elements(domain=outcome.spf_domain, scope=outcome.spf_scope, result=outcome.spf_result)
    results = "".join((*signatures, _element("spf", spf, is_raw=True)))
    whole = (
        _element("row", row, is_raw=True)
        + _element("identifiers", identifiers, is_raw=True)
        + _element("auth_results", results, is_raw=True)
    )
    return _element("record", whole, is_raw=True)


def _elements(**values: object) -> str:
    return "".join(_element(name, str(value)) for name, value in values.items())


def _element(name: str, content: str, *, is_raw: bool = False) -> str:
    inner = f"\n{content}" if is_raw else escape(_UNPRINTABLE.sub(" ", content))
    return f"<{name}>{inner}</{name}>\n"


def packed(report: Report) -> bytes:
    """The report as it is sent."""
    return gzip.compress(to_xml(report), mtime=0)


def build(
    report: Report, content: bytes, sender: Address, to: Address, *, date: int, message_id: str
) -> bytes:
    """The message that brings a report (RFC 7489 §7.2.1.1); `content` is the report as `packed` has it."""
    domain, submitter = report.published.name, sender.domain
    name = f"{submitter}!{domain}!{report.begins_at}!{report.ends_at}!{report.report_id}.xml.gz"
    text = f"This is a DMARC report of {submitter} about mail in the name of {domain}.\n"
    parts = [text_part(text, "plain"), file_part(content, "application/gzip", name=name)]
    subject = f"Report Domain: {domain} Submitter: {submitter} Report-ID: <{report.report_id}>"
    return b"".join(
        (
            raw_field("Date", format_date(date)),
            raw_field("From", str(sender)),
            raw_field("To", str(to)),
            raw_field("Subject", subject),
            message_id_field("Message-ID", [message_id]),
            raw_field("Auto-Submitted", "auto-generated"),
            b"MIME-Version: 1.0\r\n",
            multipart("mixed", parts, f"=_dmarc_{report.report_id}"),
        )
    )
