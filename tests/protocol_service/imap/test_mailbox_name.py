"""Modified UTF-7: the RFC's examples, round trips, and refusals."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from protocol_service.imap import mailbox_name

EXAMPLES = [
    ("INBOX", b"INBOX"),
    ("~peter/mail/台北/日本語", b"~peter/mail/&U,BTFw-/&ZeVnLIqe-"),
    ("Entwürfe", b"Entw&APw-rfe"),
    ("Q&A", b"Q&-A"),
    ("😀", b"&2D3eAA-"),
    ("a\tb", b"a&AAk-b"),
]


@pytest.mark.parametrize(("name", "wire"), EXAMPLES)
def test_names_are_written_as_the_rfc_says(name: str, wire: bytes) -> None:
    assert mailbox_name.encode(name) == wire
    assert mailbox_name.decode(wire) == name


@pytest.mark.parametrize(
    "wire", [b"&", b"a&b", b"&AAA", b"&A-", b"&2D0-", b"\xfc", b"a\x00b", b"&!-", b"&AA=-", b"&-&"]
)
def test_decode_refuses_what_is_not_modified_utf7(wire: bytes) -> None:
    with pytest.raises(ValueError):
        mailbox_name.decode(wire)


@settings(max_examples=200)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_every_name_comes_back(name: str) -> None:
    assert mailbox_name.decode(mailbox_name.encode(name)) == name


@settings(max_examples=300)
@given(st.one_of(st.binary(max_size=60), st.text("&-,+/ABab=", max_size=30).map(str.encode)))
def test_any_bytes_give_a_name_or_a_value_error(wire: bytes) -> None:
    try:
        name = mailbox_name.decode(wire)
    except ValueError:
        return
    assert mailbox_name.decode(mailbox_name.encode(name)) == name
