"""Tokens of commands, and that no input raises anything but `BadCommand`."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from protocol_service.imap.errors import BadCommand
from protocol_service.imap.lexer import Lexer


def test_a_command_is_walked_from_left_to_right() -> None:
    lexer = Lexer(b'a1 LOGIN "jo\\"e" {3}\r\n 7', [b"p\x00w"])

    assert lexer.atom() == b"a1"
    lexer.space()
    assert lexer.word() == b"LOGIN"
    lexer.space()
    assert lexer.astring() == b'jo"e'
    lexer.space()
    assert lexer.astring() == b"p\x00w"
    lexer.space()
    assert lexer.number() == 7
    lexer.end()


def test_an_astring_may_hold_a_closing_bracket_and_an_atom_may_not() -> None:
    assert Lexer(b"a]b").astring() == b"a]b"
    assert Lexer(b"a]b").atom() == b"a"


@pytest.mark.parametrize("text", [b'"open', b'"a\\x"', b'"a\rb"', b'"', b"{3}", b"{3}\r\n", b"(", b""])
def test_what_is_no_string_is_refused(text: bytes) -> None:
    with pytest.raises(BadCommand):
        Lexer(text).astring()


@pytest.mark.parametrize(("text", "value"), [(b"NIL", None), (b"nil)", None), (b'"NIL"', b"NIL")])
def test_nil_is_not_the_text_nil(text: bytes, value: bytes | None) -> None:
    assert Lexer(text).nstring() == value


def test_numbers_are_bounded() -> None:
    assert Lexer(b"4294967295").number() == 4294967295
    with pytest.raises(BadCommand):
        Lexer(b"4294967296").number()
    assert Lexer(b"9223372036854775807").number64() == 9223372036854775807
    with pytest.raises(BadCommand):
        Lexer(b"9223372036854775808").number64()


def test_values_are_passed_over_to_a_bounded_depth() -> None:
    lexer = Lexer(b'(a (b "c") {1}\r\n) d', [b"x"])

    lexer.skip_value()

    assert lexer.take(b" d")
    with pytest.raises(BadCommand, match="parentheses"):
        Lexer(b"(" * 200_000).skip_value()


METHODS = [
    "atom",
    "word",
    "number",
    "number64",
    "string",
    "literal",
    "astring",
    "list_mailbox",
    "nstring",
    "space",
    "skip_value",
    "end",
]


@settings(max_examples=300)
@given(
    st.one_of(st.binary(max_size=60), st.text('a1 "\\(){}[]\r\n*%+~]NIL', max_size=40).map(str.encode)),
    st.lists(st.sampled_from(METHODS), max_size=6),
)
def test_any_bytes_give_tokens_or_a_syntax_error(text: bytes, methods: list[str]) -> None:
    lexer = Lexer(text, [b"lit"])
    try:
        for method in methods:
            getattr(lexer, method)()
    except BadCommand:
        pass
    assert 0 <= lexer.at <= len(text)
