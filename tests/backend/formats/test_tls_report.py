"""TLS reports: written as RFC 8460 has them, read from anybody."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.formats import headers, tls_report
from backend.formats.addresses import Address
from backend.formats.errors import InvalidSyntax
from backend.formats.mime import scan
from backend.formats.tls_report import FailureDetail, PolicyResult, TlsReport

DETAIL = FailureDetail("certificate-expired", 3, "mx.remote.test", "192.0.2.7", "expired yesterday")
STS = PolicyResult(
    "sts",
    "remote.test",
    5326,
    3,
    ("version: STSv1", "mode: testing", "mx: *.remote.test", "max_age: 86400"),
    ("*.remote.test",),
    (DETAIL,),
)
DANE = PolicyResult("tlsa", "remote.test", 1, 0)
REPORT = TlsReport("Example", "r1", 1_800_057_600, 1_800_143_999, "postmaster@example.test", (STS, DANE))


def test_the_json_is_that_of_the_standard() -> None:
    assert json.loads(tls_report.to_json(REPORT)) == {
        "organization-name": "Example",
        "date-range": {"start-datetime": "2027-01-16T00:00:00Z", "end-datetime": "2027-01-16T23:59:59Z"},
        "contact-info": "postmaster@example.test",
        "report-id": "r1",
        "policies": [
            {
                "policy": {
                    "policy-type": "sts",
                    "policy-string": list(STS.strings),
                    "policy-domain": "remote.test",
                    "mx-host": ["*.remote.test"],
                },
                "summary": {"total-successful-session-count": 5326, "total-failure-session-count": 3},
                "failure-details": [
                    {
                        "result-type": "certificate-expired",
                        "receiving-mx-hostname": "mx.remote.test",
                        "receiving-ip": "192.0.2.7",
                        "failed-session-count": 3,
                        "additional-information": "expired yesterday",
                    }
                ],
            },
            {
                "policy": {"policy-type": "tlsa", "policy-domain": "remote.test"},
                "summary": {"total-successful-session-count": 1, "total-failure-session-count": 0},
            },
        ],
    }


def test_the_message_brings_it_and_is_read_back() -> None:
    raw = tls_report.build(
        REPORT,
        Address("postmaster", "example.test"),
        Address("tls", "remote.test"),
        date=1_800_150_000,
        message_id="m1@mail.example.test",
    )
    root = scan(raw)

    assert headers.first(raw, b"tls-report-domain") == b"remote.test"
    assert headers.first(raw, b"tls-report-submitter") == b"example.test"
    assert headers.first(raw, b"tls-required") == b"No"
    assert headers.first(raw, b"subject") == (
        b"Report Domain: remote.test Submitter: example.test Report-ID: <m1@mail.example.test>"
    )
    assert (root.content_type, root.params["report-type"]) == ("multipart/report", "tlsrpt")
    assert root.children[1].filename == "example.test!remote.test!1800057600!1800143999!r1.json.gz"
    assert tls_report.may_be(raw, headers.split(raw)[0])
    assert tls_report.find(raw, root) == REPORT


def mail(body: bytes, kind: str = "application/tlsrpt+gzip") -> bytes:
    return f"Content-Type: {kind}\r\nContent-Transfer-Encoding: binary\r\n\r\n".encode() + body


@pytest.mark.parametrize(
    "raw",
    [
        mail(gzip.compress(b" " * (tls_report.MAX_JSON_BYTES + 1))),
        mail(gzip.compress(tls_report.to_json(REPORT))[:-9]),
        mail(tls_report.to_json(REPORT)),
        mail(b"[" * 100_000, "application/tlsrpt+json"),
        mail(b'{"policies": []}', "application/tlsrpt+json"),
        mail(tls_report.to_json(REPORT), "text/plain"),
    ],
    ids=["bomb", "cut off", "not compressed", "deep", "empty", "another type"],
)
def test_what_cannot_be_read_is_none(raw: bytes) -> None:
    assert tls_report.find(raw, scan(raw)) is None


def changed(**changes: Any) -> bytes:
    content = json.loads(tls_report.to_json(REPORT))
    return json.dumps(content | changes).encode()


def test_everything_is_bounded() -> None:
    policy = json.loads(tls_report.to_json(REPORT))["policies"][0]
    policy["failure-details"] *= 120
    policy["summary"]["total-failure-session-count"] = 10**30
    policy["summary"]["total-successful-session-count"] = -5
    policy["policy"]["policy-string"] = "one string"
    found = tls_report.read(changed(policies=[policy] * 120, **{"organization-name": "x\n" * 5000}))

    assert len(found.policies) == tls_report.MAX_POLICIES
    assert len(found.policies[0].details) == tls_report.MAX_DETAILS
    assert (found.policies[0].failures, found.policies[0].successes) == (tls_report.MAX_COUNT, 0)
    assert found.policies[0].strings == ("one string",)
    assert len(found.organization) <= tls_report.MAX_TEXT
    assert "\n" not in found.organization


@pytest.mark.parametrize("period", [None, {}, {"start-datetime": "soon", "end-datetime": "later"}])
def test_a_period_is_needed(period: object) -> None:
    with pytest.raises(InvalidSyntax):
        tls_report.read(changed(**{"date-range": period}))


_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["policy", "summary", "failure-details", "policy-string", "policy-domain", "mx-host"]
            )
            | st.text(max_size=5),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(_values, st.sampled_from(["policies", "date-range", "organization-name", "report-id"]))
def test_reading_gives_a_report_or_the_one_error(value: object, name: str) -> None:
    try:
        found = tls_report.read(changed(**{name: value}))
    except InvalidSyntax:
        return
    assert found.policies


@given(st.binary(max_size=200))
def test_any_bytes_are_survived(data: bytes) -> None:
    for raw in (mail(data), mail(gzip.compress(data)), mail(data, "application/tlsrpt+json")):
        tls_report.find(raw, scan(raw))


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["v=TLSRPTv1; rua=mailto:a@x.test,https://x.test/r"], ["mailto:a@x.test", "https://x.test/r"]),
        (["v=spf1 -all", "v=TLSRPTv1;rua=mailto:a@x.test;"], ["mailto:a@x.test"]),
        (["v=TLSRPTv1; rua=mailto:a@x.test", "v=TLSRPTv1; rua=mailto:b@x.test"], []),
        (["v=TLSRPTv2; rua=mailto:a@x.test"], []),
        (["v=TLSRPTv1; x=y"], []),
        ([], []),
    ],
)
def test_where_reports_are_wanted(texts: list[str], found: list[str]) -> None:
    assert tls_report.addresses(texts) == found
