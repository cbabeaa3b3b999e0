"""DMARC aggregate reports: their shape, what strangers put into them, and where they go."""

from __future__ import annotations

import gzip
from dataclasses import replace
from email import policy
from email.parser import BytesParser
from xml.etree import ElementTree

import pytest

from backend.formats import dmarc, dmarc_report
from backend.formats.addresses import Address
from backend.formats.dmarc_report import LOCAL_POLICY, Destination, Outcome, Report, Signed

GOOD = Outcome(
    source_ip="192.0.2.7",
    disposition="none",
    override="",
    is_dkim_aligned=True,
    is_spf_aligned=False,
    header_from="far.test",
    envelope_from="bounce.test",
    spf_domain="bounce.test",
    spf_scope="mfrom",
    spf_result="softfail",
    signatures=(Signed("far.test", "s1", "pass"), Signed("list.test", "k", "fail")),
)
FORGED = replace(
    GOOD, source_ip="2001:db8::1", disposition="quarantine", override=LOCAL_POLICY, is_dkim_aligned=False,
    envelope_from="", spf_domain="mx.evil.test", spf_scope="helo", spf_result="none", signatures=(),
)  # fmt: skip


def report(*outcomes: tuple[Outcome, int]) -> Report:
    published = dmarc.parse(
        "far.test", b"v=DMARC1; p=reject; sp=quarantine; adkim=s; pct=50; rua=mailto:r@far.test"
    )
    assert published is not None
    return Report("example.test", "postmaster@example.test", "86400.ab", 86_400, 172_799, published, outcomes)


def shape(element: ElementTree.Element) -> object:
    """Names and texts in their order."""
    children = [shape(child) for child in element]
    return (element.tag, children) if children else (element.tag, element.text)


def test_a_report_has_the_shape_of_the_schema() -> None:
    root = ElementTree.fromstring(dmarc_report.to_xml(report((GOOD, 12), (FORGED, 1))))  # our own

    assert shape(root) == (
        "feedback",
        [
            ("version", "1.0"),
            (
                "report_metadata",
                [
                    ("org_name", "example.test"),
                    ("email", "postmaster@example.test"),
                    ("report_id", "86400.ab"),
                    ("date_range", [("begin", "86400"), ("end", "172799")]),
                ],
            ),
            (
                "policy_published",
                [
                    ("domain", "far.test"),
                    ("adkim", "s"),
                    ("aspf", "r"),
                    ("p", "reject"),
                    ("sp", "quarantine"),
                    ("pct", "50"),
                ],
            ),
            (
                "record",
                [
                    (
                        "row",
                        [
                            ("source_ip", "192.0.2.7"),
                            ("count", "12"),
                            (
                                "policy_evaluated",
                                [("disposition", "none"), ("dkim", "pass"), ("spf", "fail")],
                            ),
                        ],
                    ),
                    ("identifiers", [("envelope_from", "bounce.test"), ("header_from", "far.test")]),
                    (
                        "auth_results",
                        [
                            ("dkim", [("domain", "far.test"), ("selector", "s1"), ("result", "pass")]),
                            ("dkim", [("domain", "list.test"), ("selector", "k"), ("result", "fail")]),
                            ("spf", [("domain", "bounce.test"), ("scope", "mfrom"), ("result", "softfail")]),
                        ],
                    ),
                ],
            ),
            (
                "record",
                [
                    (
                        "row",
                        [
                            ("source_ip", "2001:db8::1"),
                            ("count", "1"),
                            (
                                "policy_evaluated",
                                [
                                    ("disposition", "quarantine"),
                                    ("dkim", "fail"),
                                    ("spf", "fail"),
                                    ("reason", [("type", "local_policy")]),
                                ],
                            ),
                        ],
                    ),
                    ("identifiers", [("envelope_from", None), ("header_from", "far.test")]),
                    (
                        "auth_results",
                        [("spf", [("domain", "mx.evil.test"), ("scope", "helo"), ("result", "none")])],
                    ),
                ],
            ),
        ],
    )


@pytest.mark.parametrize("text", ["<!ENTITY x>&x;", "a\x00b\x1bc", "\ud800", "]]>", "ü\ufffe"])
def test_what_strangers_write_stays_text(text: str) -> None:
    raw = dmarc_report.to_xml(report((replace(GOOD, spf_domain=text), 1)))

    root = ElementTree.fromstring(raw)  # our own
    found = root.findtext("record/auth_results/spf/domain")
    assert found is not None
    assert found == "".join(c if c.isprintable() and c != "\ufffe" else " " for c in text)


def test_the_message_names_what_it_brings() -> None:
    made = report((GOOD, 1))
    raw = dmarc_report.build(
        made,
        dmarc_report.packed(made),
        Address("postmaster", "example.test"),
        Address("r", "far.test"),
        date=200_000,
        message_id="m@mail.example.test",
    )

    message = BytesParser(policy=policy.default).parsebytes(raw)
    assert message["Subject"] == "Report Domain: far.test Submitter: example.test Report-ID: <86400.ab>"
    (attached,) = message.iter_attachments()
    assert attached.get_content_type() == "application/gzip"
    assert attached.get_filename() == "example.test!far.test!86400!172799!86400.ab.xml.gz"
    assert gzip.decompress(attached.get_content()) == dmarc_report.to_xml(made)


@pytest.mark.parametrize(
    ("uris", "wanted"),
    [
        (["mailto:a@b.test"], [Destination(Address("a", "b.test"))]),
        (["MAILTO:a%2Bb@b.test?subject=x"], [Destination(Address("a+b", "b.test"))]),
        (["mailto:a@b.test!10m"], [Destination(Address("a", "b.test"), 10 << 20)]),
        (["mailto:a@b.test!300"], [Destination(Address("a", "b.test"), 300)]),
        (["mailto:a@b.test", "mailto:a@b.test!1k"], [Destination(Address("a", "b.test"))]),
        (["https://b.test/", "mailto:", "mailto:nobody", "", "a@b.test"], []),
    ],
)
def test_destinations(uris: list[str], wanted: list[Destination]) -> None:
    assert dmarc_report.destinations(uris) == wanted
