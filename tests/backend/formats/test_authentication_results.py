"""The field as others read it, and that no forged one stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.formats import arc, authentication_results, dkim_verification, dmarc, spf
from backend.formats.authentication_results import Findings
from backend.formats.dkim_verification import Verified

ID = "mail.example.test"


def findings(**changes: object) -> Findings:
    found: dict[str, object] = {
        "spf": spf.Result.PASS,
        "spf_identity": "joe@far.test",
        "is_helo": False,
        "signatures": (
            Verified(dkim_verification.Result.PASS, "far.test", "s1", "rsa-sha256", "abcdefgh"),
            Verified(dkim_verification.Result.FAIL, "x.test", "s2", "rsa-sha256", "+/bcdefg", "no key"),
        ),
        "dmarc": dmarc.Verdict(dmarc.Result.PASS, "reject"),
        "from_domain": "far.test",
        "arc": arc.Result.PASS,
        "arc_sets": 2,
    }
    return Findings(**{**found, **changes})  # type: ignore[arg-type]  # fields of Findings


def test_the_field() -> None:
    assert authentication_results.field(ID, authentication_results.lines(findings())) == (
        b"Authentication-Results: mail.example.test;\r\n"
        b"\tdkim=pass header.d=far.test header.s=s1 header.a=rsa-sha256 header.b=abcdefgh;\r\n"
        b'\tdkim=fail reason="no key" header.d=x.test header.s=s2 header.a=rsa-sha256'
        b' header.b="+/bcdefg";\r\n'
        b"\tspf=pass smtp.mailfrom=joe@far.test;\r\n"
        b"\tdmarc=pass (p=reject) header.from=far.test;\r\n"
        b"\tarc=pass (i=2)\r\n"
    )


def test_nothing_found() -> None:
    none = findings(
        spf=spf.Result.NONE,
        spf_identity="mx.far.test",
        is_helo=True,
        signatures=(),
        dmarc=dmarc.Verdict(dmarc.Result.NONE),
        from_domain="",
        arc=arc.Result.NONE,
        arc_sets=0,
    )
    assert authentication_results.lines(none) == [
        "dkim=none",
        "spf=none smtp.helo=mx.far.test",
        "dmarc=none",
        "arc=none",
    ]


@given(st.text(max_size=400))
def test_a_senders_name_never_makes_another_line(identity: str) -> None:
    lines = authentication_results.lines(findings(spf_identity=identity))
    field = authentication_results.field(ID, lines)
    assert field.count(b"\n") == len(lines) + 1
    assert field.count(b"\r") == len(lines) + 1


@pytest.mark.parametrize(
    ("value", "is_ours"),
    [
        (b" mail.example.test; spf=pass", True),
        (b" MAIL.Example.Test ; spf=pass", True),
        (b'\r\n "mail.example.test"; spf=pass', True),
        (b" (a (nested) comment) mail.example.test 1; none", True),
        (b" (a \\) b) mail.example.test; none", True),
        (b" mail.example.test(c); none", True),
        (b" mail.example.test.far.test; none", False),
        (b" other.test; mail.example.test", False),
        (b"", False),
    ],
)
def test_fields_with_our_name_are_removed(value: bytes, is_ours: bool) -> None:
    field = b"authentication-RESULTS:" + value + b"\r\n"
    rest = b"Subject: x\r\nAuthentication-Results: far.test; none\r\n\r\n" + field

    assert authentication_results.remove(b"From: a\r\n" + field + rest, ID) == (
        b"From: a\r\n" + (b"" if is_ours else field) + rest
    )


def test_several_are_removed() -> None:
    ours = b"Authentication-Results: mail.example.test;\r\n\tspf=pass\r\n"
    assert (
        authentication_results.remove(ours + b"A: b\r\n" + ours * 2 + b"\r\nbody", ID) == b"A: b\r\n\r\nbody"
    )


@pytest.mark.parametrize(
    ("verdict", "forwarder", "line"),
    [
        (dmarc.Verdict(dmarc.Result.PASS, "reject"), "", "dmarc=pass (p=reject) header.from=far.test"),
        (
            dmarc.Verdict(dmarc.Result.FAIL, "reject", "quarantine"),
            "",
            "dmarc=fail (p=reject) header.from=far.test policy.dmarc=quarantine",
        ),
        (
            dmarc.Verdict(dmarc.Result.FAIL, "reject", "none"),
            "lists.test",
            "dmarc=fail (p=reject by way of lists.test) header.from=far.test policy.dmarc=none",
        ),
        (dmarc.Verdict(dmarc.Result.NONE), "", "dmarc=none header.from=far.test"),
    ],
)
def test_what_is_said_of_dmarc_is_read_back(verdict: dmarc.Verdict, forwarder: str, line: str) -> None:
    said = authentication_results.lines(findings(dmarc=verdict, forwarder=forwarder))

    assert line in said
    assert authentication_results.dmarc_of(said) == verdict
