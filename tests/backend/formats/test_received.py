# ruff: noqa: E501  # what goes over the wire stays on one line
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.formats.received import MAX_HOPS, hops

RAW = (
    b"Return-Path: <a@north.example>\r\n"
    b"Received: from mx.north.example ([192.0.2.7])\r\n\tby mail.example.test with ESMTPS (TLSv1.3) id 4f\r\n"
    b"\tfor <maren@example.test>;\r\n\tSun, 22 Nov 2026 10:00:30 +0100\r\n"
    b"Received: from [10.0.0.5] (helo=desk by night) (unknown [10.0.0.5])\r\n\tby mx.north.example (Postfix)\r\n"
    b"\twith ESMTPSA id 12 for <maren@example.test>; Sun, 22 Nov 2026 09:00:00 +0000 (UTC)\r\n"
    b"Subject: Hi\r\n\r\nReceived: from nobody by body; now\r\n"
)


def test_hops_are_read_from_the_first_to_the_last() -> None:
    first, last = hops(RAW)

    assert (first.from_name, first.from_address, first.by, first.protocol) == (
        *("10.0.0.5", "10.0.0.5", "mx.north.example", "ESMTPSA"),
    )
    assert (first.is_encrypted, first.tls) == (True, "")
    assert (last.from_name, last.from_address, last.by) == (
        *("mx.north.example", "192.0.2.7", "mail.example.test"),
    )
    assert (last.tls, last.recipient) == ("TLSv1.3", "maren@example.test")
    assert last.at is not None
    assert first.at is not None
    assert last.at - first.at == 30


@pytest.mark.parametrize(
    ("field", "by", "encrypted"),
    [
        ("from a by b with SMTP; Sun, 22 Nov 2026 10:00:00 +0000", "b", False),
        ("by b (qmail 1 invoked by uid 9); 22 Nov 2026 10:00:00 -0000", "b", False),
        ("from a ([IPv6:2001:db8::1]) by b with ESMTP (version=TLS1_2 cipher=x); x", "b", True),
        ("nonsense", "", False),
        ("", "", False),
        (";" * 5000, "", False),
    ],
)
def test_what_is_missing_stays_empty(field: str, by: str, encrypted: bool) -> None:
    [hop] = hops(f"Received: {field}\r\n\r\n".encode())

    assert (hop.by, hop.is_encrypted) == (by, encrypted)


def test_no_more_hops_are_read_than_anybody_needs() -> None:
    assert len(hops(b"Received: by x\r\n" * 1000 + b"\r\n")) == MAX_HOPS


@given(st.text(alphabet="frombywith ()[]<>;:=.1aTLS\t", max_size=400))
def test_any_field_is_read(text: str) -> None:
    assert len(hops(f"Received: {text}\r\n\r\n".encode())) == 1
