from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.formats.addresses import (
    Address,
    Group,
    Mailbox,
    format_address_list,
    mailboxes,
    parse_address_list,
    parse_path,
    split_path,
)
from backend.formats.errors import InvalidSyntax


@pytest.mark.parametrize(
    ("text", "localpart", "domain"),
    [
        ("ann@example.org", "ann", "example.org"),
        ("Ann.Lee+tag@EXAMPLE.Org", "Ann.Lee+tag", "example.org"),
        ('"a b"@example.org', "a b", "example.org"),
        ('"a\\"b@c"@example.org', 'a"b@c', "example.org"),
        ("jörg@müller.de", "jörg", "xn--mller-kva.de"),
        ("x@[192.0.2.1]", "x", "[192.0.2.1]"),
        ("x@[IPv6:2001:DB8::1]", "x", "[IPv6:2001:db8::1]"),
        (" x@localhost ", "x", "localhost"),
    ],
)
def test_address_is_parsed(text: str, localpart: str, domain: str) -> None:
    assert Address.parse(text) == Address(localpart, domain)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ann",
        "@example.org",
        "ann@",
        "a b@example.org",
        "a@b@example.org",
        ".a@example.org",
        "a..b@example.org",
        "a@example..org",
        "a@-example.org",
        "a@example.org\r\nRCPT TO:<x@y>",
        "a\r\nb@example.org",
        "a@exam ple.org",
        "<a@example.org>",
        "Ann <a@example.org>",
        "a@[300.1.1.1]",
        "a@[IPv6:xyz]",
        "x" * 65 + "@example.org",
        "a@" + "b" * 64 + ".org",
        "a@" + "b." * 130 + "org",
        "a\u202eb@example.org",
        "a\u00a0b@example.org",
    ],
)
def test_address_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InvalidSyntax):
        Address.parse(text)


def test_address_quotes_its_localpart_only_where_needed() -> None:
    assert str(Address("a.b", "example.org")) == "a.b@example.org"
    assert str(Address('a "b"', "example.org")) == '"a \\"b\\""@example.org'
    assert Address("x", "xn--mller-kva.de").display == "x@müller.de"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (b"<ann@Example.ORG>", Address("ann", "example.org")),
        (b"<>", None),
        (b"<@relay.example,@b.example:ann@example.org>", Address("ann", "example.org")),
        (b'<"a b"@example.org>', Address("a b", "example.org")),
        (b"<x@[127.0.0.1]>", Address("x", "[127.0.0.1]")),
        (b"<Postmaster>", Address("Postmaster", "")),
    ],
)
def test_path_is_parsed(path: bytes, expected: Address | None) -> None:
    assert parse_path(path) == expected


def test_path_with_utf8_needs_smtputf8() -> None:
    path = "<jörg@example.org>".encode()

    with pytest.raises(InvalidSyntax):
        parse_path(path)
    assert parse_path(path, smtputf8=True) == Address("jörg", "example.org")


@pytest.mark.parametrize(
    "path",
    [b"ann@example.org", b"<ann>", b"< ann@example.org >", b"<a@b", b"<\xff@b.org>", b"<a@b.org\r\n>", b""],
)
def test_broken_path_is_refused(path: bytes) -> None:
    with pytest.raises(InvalidSyntax):
        parse_path(path, smtputf8=True)


def test_path_is_split_from_its_parameters() -> None:
    assert split_path(b" <a@b.org> SIZE=10 BODY=8BITMIME ") == (b"<a@b.org>", b"SIZE=10 BODY=8BITMIME")
    assert split_path(b'<"a>b"@c.org>') == (b'<"a>b"@c.org>', b"")
    with pytest.raises(InvalidSyntax):
        split_path(b"a@b.org SIZE=10")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (b"ann@example.org", [Mailbox("", "ann", "example.org")]),
        (b'"Lee, Ann" <ann@Example.org>', [Mailbox("Lee, Ann", "ann", "example.org")]),
        (
            b"Ann Lee <ann@example.org>, bob@example.org",
            [
                Mailbox("Ann Lee", "ann", "example.org"),
                Mailbox("", "bob", "example.org"),
            ],
        ),
        (b"J. R. Smith <j@example.org>", [Mailbox("J. R. Smith", "j", "example.org")]),
        (b"=?utf-8?Q?J=C3=B6rg?= <j@example.org>", [Mailbox("Jörg", "j", "example.org")]),
        (b'"=?utf-8?B?SsO2cmc=?=" <j@example.org>', [Mailbox("Jörg", "j", "example.org")]),
        ("Jörg <j@example.org>".encode(), [Mailbox("Jörg", "j", "example.org")]),
        (b"pete@silly.test (Pete (A nice) chap)", [Mailbox("Pete (A nice) chap", "pete", "silly.test")]),
        (b"john . doe @ example . org", [Mailbox("", "john.doe", "example.org")]),
        (b"<@a.test,@b.test:ann@example.org>", [Mailbox("", "ann", "example.org")]),
        (b"Ann Lee ann@example.org", [Mailbox("Ann Lee", "ann", "example.org")]),
        (
            b"Ann <ann@example.org, bob@example.org",
            [
                Mailbox("Ann", "ann", "example.org"),
                Mailbox("", "bob", "example.org"),
            ],
        ),
        (b"undisclosed-recipients:;", [Group("undisclosed-recipients", ())]),
        (
            b"A Group:Ed <ed@a.test>,joe@b.test; last@c.test",
            [
                Group("A Group", (Mailbox("Ed", "ed", "a.test"), Mailbox("", "joe", "b.test"))),
                Mailbox("", "last", "c.test"),
            ],
        ),
        (b"ann", [Mailbox("", "ann", "")]),
        (b"", []),
        (b" , ,, ", []),
        (b"a@b.test,\r\n\tc@d.test", [Mailbox("", "a", "b.test"), Mailbox("", "c", "d.test")]),
    ],
)
def test_address_list_is_read(value: bytes, expected: list[Mailbox | Group]) -> None:
    assert parse_address_list(value) == expected


def test_address_list_stops_at_its_limit() -> None:
    assert len(parse_address_list(b"a@b.test," * 5000)) == 1000
    assert len(mailboxes(parse_address_list(b"g:" + b"a b@c.test," * 50, limit=10))) == 9


@pytest.mark.parametrize(
    "piece",
    [b'"', b"(", b"()", b"<", b"@", b",", b"a:", b"\\", b"a ", b"[", b". ", b"a@b c:", b'"x', b"=?", b"<a@b"],
)
def test_hostile_address_list_takes_linear_time(piece: bytes, within) -> None:
    within(parse_address_list, piece * (200_000 // len(piece)))


@given(st.binary(max_size=200))
@settings(max_examples=300)
def test_address_list_never_raises(value: bytes) -> None:
    for box in mailboxes(parse_address_list(value)):
        assert "\n" not in box.addr_spec


@given(st.text(alphabet='ab"\\<>@,;:()[]. \t\r\n=?', max_size=60))
@settings(max_examples=300)
def test_address_list_of_specials_never_raises(value: str) -> None:
    parse_address_list(value)


_localparts = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=20).filter(
    lambda text: text == text.strip()
)
_names = (
    st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.just(" "), max_size=20)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: "=?" not in text)
)


@given(
    st.lists(st.builds(Mailbox, _names, _localparts, st.sampled_from(["example.org", "xn--mller-kva.de"])))
)
@settings(max_examples=200)
def test_written_address_list_is_read_back(boxes: list[Mailbox]) -> None:
    assert parse_address_list(format_address_list(boxes)) == boxes


@given(_localparts)
@settings(max_examples=200)
def test_written_address_is_read_back(localpart: str) -> None:
    address = Address(localpart, "example.org")

    assert Address.parse(str(address)) == address
    assert parse_path(f"<{address}>".encode()) == address
