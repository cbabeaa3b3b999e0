"""Parsers of the exchanges, for anything that may come."""

from __future__ import annotations

from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol_service import sasl
from protocol_service.sasl import bearer, identity, scram

NONCE = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters=","), min_size=1)
PIECES = st.lists(
    st.sampled_from([b"n", b"y", b"p=", b",", b"a=", b"=2C", b"=", b"r=", b"x", b"\x01", b"\0"])
)


@given(st.binary())
def test_lines_come_back_as_they_were(data: bytes) -> None:
    assert sasl.decode(sasl.encode(data)) == data


@pytest.mark.parametrize(
    "line", [b"!", b"QQ", b"QQ=", b"QQ==QQ==", b"QQ== ", b"\nQQ==", b"QR==x", b"=", b"==="]
)
def test_what_is_not_base64_to_the_letter(line: bytes) -> None:
    with pytest.raises(sasl.Malformed):
        sasl.decode(line)


def test_giving_up_and_saying_nothing() -> None:
    with pytest.raises(sasl.Cancelled):
        sasl.decode(b"*")
    assert sasl.decode(b"=", is_initial=True) == b""


@given(st.text(st.characters(exclude_characters="\0"), min_size=1), NONCE)
def test_first_messages_are_understood(name: str, nonce: str) -> None:
    try:
        raw = name.encode()
    except UnicodeEncodeError:
        return
    escaped = raw.replace(b"=", b"=3D").replace(b",", b"=2C")

    first = scram._first(scram._parse_first(b"n,,n=%b,r=%b" % (escaped, nonce.encode())), b"")

    assert (first.name, first.nonce, first.expected_binding) == (raw, nonce.encode(), b"biws")


@given(PIECES.map(b"".join) | st.binary(max_size=200))
def test_anything_else_is_malformed_and_no_fault(message: bytes) -> None:
    try:
        scram._first(scram._parse_first(message), b"")
    except sasl.Malformed:
        pass
    else:
        assert b",r=" in message
    for parse in (lambda raw: bearer._token(bearer._parts(raw)[1:]), identity.unescape):
        try:
            parse(message)
        except sasl.Malformed:
            continue


@pytest.mark.parametrize(
    "pairs",
    [
        [],
        [b"auth=Bearer a", b"auth=Bearer b"],
        [b"auth=Basic eDp5"],
        [b"auth=Bearer "],
        [b"auth=Bearer a b"],
        [b"auth=Bearer a", b"nonsense"],
    ],
)
def test_one_bearer_token_is_needed(pairs: list[bytes]) -> None:
    with pytest.raises(sasl.Malformed):
        bearer._token(pairs)


def test_unknown_keys_beside_the_token_are_for_others() -> None:
    assert bearer._token([b"host=x", b"port=143", b"auth=bearer a.b-c_d~e+f/g=="]) == "a.b-c_d~e+f/g=="


def test_a_message_has_an_end() -> None:
    with pytest.raises(sasl.Malformed):
        bearer._parts(b"n,,\x01auth=Bearer " + b"x" * 9000 + b"\x01\x01")
    with pytest.raises(sasl.Malformed):
        scram._parse_first(b"n,,n=" + b64encode(b"x" * 3000) + b",r=1")
