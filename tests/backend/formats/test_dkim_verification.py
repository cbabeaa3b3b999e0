"""Signatures of another implementation and of the RFC hold; whatever is changed about them does not."""

from __future__ import annotations

import base64
from collections.abc import Callable

import dkim as oracle
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.formats import dkim, dkim_verification, key_records
from backend.formats.dkim import SigningKey
from backend.formats.dkim_verification import Result, Verified
from backend.formats.key_records import Unusable
from tests.support.lookups import TableLookups

# Later than whatever the clock says when the other implementation signs.
NOW = 4_000_000_000
MESSAGE = (
    b"From: Joe <joe@example.test>\r\nTo: x@remote.test,\r\n\ty@remote.test\r\nSubject:  A  subject \r\n"
    b" with folds\r\nDate: Sat, 22 Nov 2025 18:21:00 +0000\r\nMessage-ID: <1@example.test>\r\n\r\n"
    b"Hello  there \t\r\n\r\nBye\r\n\r\n\r\n"
)
# RFC 8463 appendix A.3.
FOOTBALL = b"""\
DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=brisbane; t=1528637909; h=from : to :
 subject : date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
 Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=test; t=1528637909; h=from : to : subject :
 date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3
 DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz
 dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=
From: Joe SixPack <joe@football.example.com>
To: Suzie Q <suzie@shopping.example.net>
Subject: Is dinner ready?
Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
Message-ID: <20030712040037.46341.5F8J@football.example.com>

Hi.

We lost the game.  Are you hungry yet?

Joe.
""".replace(b"\n", b"\r\n")


@pytest.fixture(scope="module")
def key() -> SigningKey:
    return SigningKey("example.test", "r1", rsa.generate_private_key(public_exponent=65537, key_size=2048))


def world(key: SigningKey, **changes: str) -> TableLookups:
    lookups = TableLookups()
    lookups.add("txt", "r1._domainkey.example.test", dkim.record(key.key))
    return lookups


async def verify(raw: bytes, lookups: TableLookups) -> list[tuple[Result, str]]:
    return [(one.result, one.reason) for one in await dkim_verification.verify(raw, lookups, now=NOW)]


def sign(key: SigningKey, raw: bytes = MESSAGE, **options: object) -> bytes:
    """By the other implementation."""
    pem = dkim.to_pem(key.key).encode()
    return bytes(oracle.sign(raw, b"r1", b"example.test", pem, **options)) + raw


async def test_the_messages_of_the_rfc() -> None:
    lookups = TableLookups()
    lookups.add(
        "txt",
        "brisbane._domainkey.football.example.com",
        "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
    )
    lookups.add(
        "txt",
        "test._domainkey.football.example.com",
        "v=DKIM1; k=rsa; "
        "p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2"
        "jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2"
        "EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB",
    )

    found = await dkim_verification.verify(FOOTBALL, lookups, now=NOW)

    assert found == [
        Verified(Result.PASS, "football.example.com", "brisbane", "ed25519-sha256", "/gCrinpc"),
        Verified(Result.PASS, "football.example.com", "test", "rsa-sha256", "F45dVWDf"),
    ]


@pytest.mark.parametrize("form", [(b"simple", b"simple"), (b"relaxed", b"simple"), (b"simple", b"relaxed")])
async def test_every_canonical_form(key: SigningKey, form: tuple[bytes, bytes]) -> None:
    for raw in (MESSAGE, MESSAGE.partition(b"Hello")[0], MESSAGE.rstrip() + b"\r\n"):
        signed = sign(key, raw, canonicalize=form)
        assert await verify(signed, world(key)) == [(Result.PASS, "")]
        tampered = signed.replace(b"Subject: ", b"Subject: Re:")
        assert await verify(tampered, world(key)) == [(Result.FAIL, "signature does not verify")]


async def test_our_own_signatures_hold(key: SigningKey) -> None:
    second = SigningKey("example.test", "e1", ed25519.Ed25519PrivateKey.generate())
    lookups = world(key)
    lookups.add("txt", "e1._domainkey.example.test", dkim.record(second.key))

    signed = dkim.sign(MESSAGE, [key, second], now=NOW) + MESSAGE

    assert await verify(signed, lookups) == [(Result.PASS, "")] * 2


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda m: m.replace(b"Hello", b"Hullo"), "body hash does not verify"),
        (lambda m: m + b"more\r\n", "body hash does not verify"),
        (lambda m: m.replace(b"joe@", b"eve@"), "signature does not verify"),
        (lambda m: b"Subject: another\r\n" + m, "signature does not verify"),
        (lambda m: b"From: eve@x.test\r\n" + m, "signature does not verify"),
        (lambda m: m.replace(b"t=4000000000", b"t=3999999999"), "signature does not verify"),
    ],
)
async def test_what_was_changed_fails(key: SigningKey, change: Callable[[bytes], bytes], reason: str) -> None:
    signed = dkim.sign(MESSAGE, [key], now=NOW) + MESSAGE
    assert await verify(change(signed), world(key)) == [(Result.FAIL, reason)]


async def test_what_does_not_matter_may_change(key: SigningKey) -> None:
    signed = dkim.sign(MESSAGE, [key], now=NOW) + MESSAGE
    relaxed = signed.replace(b"Hello  there \t\r\n", b"Hello there\r\n").replace(
        b"Subject:  A", b"SUBJECT: A"
    )
    assert await verify(b"Received: by x\r\n" + relaxed + b"\r\n\r\n", world(key)) == [(Result.PASS, "")]


async def test_a_part_of_the_body_does_not_count(key: SigningKey) -> None:
    signed = sign(key, length=True)

    assert await verify(signed, world(key)) == [(Result.PASS, "")]
    assert await verify(signed + b"Buy this\r\n", world(key)) == [
        (Result.POLICY, "covers a part of the body only")
    ]


async def test_a_body_shorter_than_signed(key: SigningKey) -> None:
    signed = sign(key, length=True)
    cut = signed[: signed.index(b"Bye")]
    assert await verify(cut, world(key)) == [(Result.NEUTRAL, "body shorter than signed")]


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        (b"v=1;", b"v=2;", (Result.NEUTRAL, "signature syntax")),
        (b"v=1;", b"v=1; v=1;", (Result.NEUTRAL, "signature syntax")),
        (b"a=rsa-sha256", b"a=rsa-sha1", (Result.PERMERROR, "algorithm rsa-sha1")),
        (b"a=rsa-sha256", b"a=none", (Result.PERMERROR, "algorithm")),
        (b"c=relaxed/relaxed", b"c=nowsp", (Result.NEUTRAL, "canonical form")),
        (b"v=1;", b"v=1; q=http;", (Result.NEUTRAL, "query method")),
        (b"v=1;", b"v=1; i=@example.org;", (Result.NEUTRAL, "identity of another domain")),
        (b"v=1;", b"v=1; i=@notexample.test;", (Result.NEUTRAL, "identity of another domain")),
        (b"v=1;", b"v=1; x=3999999999;", (Result.FAIL, "signature expired")),
        (b"t=4000000000", b"t=4000009999", (Result.FAIL, "signature from the future")),
        (b"h=from:from:", b"h=", (Result.NEUTRAL, "From is not signed")),
        (b"s=r1", b"s=gone", (Result.PERMERROR, "no key")),
        (b"s=r1", b"s=a b", (Result.NEUTRAL, "domain or selector")),
        (b"d=example.test", b"d=", (Result.NEUTRAL, "domain or selector")),
        (b"bh=", b"bh=*", (Result.NEUTRAL, "base64")),
        (b"v=1;", b"v=1; l=-1;", (Result.NEUTRAL, "tag l")),
    ],
)
async def test_faults_of_a_signature(
    key: SigningKey, old: bytes, new: bytes, wanted: tuple[Result, str]
) -> None:
    signed = dkim.sign(MESSAGE, [key], now=NOW)
    assert old in signed
    assert await verify(signed.replace(old, new, 1) + MESSAGE, world(key)) == [wanted]


async def test_keys_that_dns_does_not_tell_now(key: SigningKey) -> None:
    lookups = world(key)
    lookups.failing.add("r1._domainkey.example.test")
    signed = dkim.sign(MESSAGE, [key], now=NOW) + MESSAGE
    assert await verify(signed, lookups) == [(Result.TEMPERROR, "key unavailable")]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda text: text.replace("p=", "p=; x="), "key revoked"),
        (lambda text: text.replace("v=DKIM1", "v=DKIM2"), "key version"),
        (lambda text: text.replace("v=DKIM1; k=rsa", "k=rsa; v=DKIM1"), "key version"),
        (lambda text: text.replace("k=rsa", "k=dsa"), "key type"),
        (lambda text: text.replace("k=rsa", "k=rsa; h=sha1"), "key not for sha256"),
        (lambda text: text.replace("k=rsa", "k=rsa; s=web"), "key not for email"),
        (lambda text: text.replace("p=MI", "p=!!"), "key syntax"),
        (lambda text: text[:100], "key syntax"),
        (lambda text: "hello", "key syntax"),
    ],
)
async def test_faults_of_a_key(key: SigningKey, change: Callable[[str], str], reason: str) -> None:
    lookups = TableLookups()
    lookups.add("txt", "r1._domainkey.example.test", change(dkim.record(key.key)))
    signed = dkim.sign(MESSAGE, [key], now=NOW) + MESSAGE
    assert await verify(signed, lookups) == [(Result.PERMERROR, reason)]


def test_keys_that_are_good(key: SigningKey) -> None:
    record = dkim.record(key.key)
    assert key_records.parse(record.replace("v=DKIM1; k=rsa; ", "")).kind == "rsa"
    assert key_records.parse(record.replace("k=rsa", "k=rsa; h=sha1:sha256; s=email; t=y : s")).is_strict
    assert not key_records.parse(record).is_strict


@pytest.mark.parametrize("bits", [512, 1023])
def test_short_keys_do_not_count(bits: int) -> None:
    """RFC 8301 §3.2; the numbers were made by hand, since libraries refuse to."""
    modulus = (1 << bits) - 159
    public = rsa.RSAPublicNumbers(65537, modulus | 1).public_key()
    data = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    with pytest.raises(Unusable, match=f"key of {bits} bits"):
        key_records.parse("p=" + base64.b64encode(data).decode())


async def test_a_strict_key_does_not_sign_for_subdomains(key: SigningKey) -> None:
    lookups = TableLookups()
    lookups.add("txt", "r1._domainkey.example.test", dkim.record(key.key).replace("k=rsa", "k=rsa; t=s"))
    signed = sign(key, identity=b"joe@sub.example.test")
    assert await verify(signed, lookups) == [(Result.PERMERROR, "key not for subdomains")]
    assert await verify(sign(key), lookups) == [(Result.PASS, "")]


async def test_no_more_than_eight_signatures_are_looked_at(key: SigningKey) -> None:
    lookups = world(key)
    signed = dkim.sign(MESSAGE, [key] * 20, now=NOW) + MESSAGE
    assert await verify(signed, lookups) == [(Result.PASS, "")] * 8


async def test_no_signature_asks_nothing(key: SigningKey) -> None:
    lookups = world(key)
    assert await verify(MESSAGE, lookups) == []
    assert not lookups.asked


def test_hostile_headers_cost_linear_time(within: Callable[..., None]) -> None:
    names = ":".join(["from"] * 250)
    field = f"DKIM-Signature: v=1; a=rsa-sha256; d=x.test; s=s; h={names}; bh=YQ==; b=YQ==\r\n".encode()
    raw = field * 8 + b"From: a@x.test\r\n" * 20_000 + b"\r\n" + b" \t" * 500_000
    within(lambda: dkim_verification.read(raw, now=NOW))
    within(lambda: dkim_verification.read(b"DKIM-Signature: " + b";b" * 500_000 + b"\r\n\r\n", now=NOW))


@settings(max_examples=60)
@given(st.data())
async def test_one_changed_byte_never_passes_and_never_raises(data: st.DataObject) -> None:
    private = ed25519.Ed25519PrivateKey.from_private_bytes(b"k" * 32)
    key = SigningKey("example.test", "r1", private)
    signed = dkim.sign(MESSAGE, [key], now=NOW) + MESSAGE
    at = data.draw(st.integers(0, len(signed) - 1))
    changed = signed[:at] + data.draw(st.binary(min_size=1, max_size=1)) + signed[at + 1 :]

    found = await verify(changed, world(key))

    if (Result.PASS, "") in found and changed != signed:
        # Only where nothing is said by it: blanks, case of names, and what is not signed.
        before = [dkim.relaxed_field(one).lower() for one in signed.split(b"\r\n")]
        after = [dkim.relaxed_field(one).lower() for one in changed.split(b"\r\n")]
        assert sum(one != other for one, other in zip(before, after, strict=False)) <= 1
        assert b"Hello" in changed


@pytest.mark.parametrize("name", ["Subject", "To", "From"])
async def test_a_second_field_that_is_not_signed_does_not_count(key: SigningKey, name: str) -> None:
    signed = sign(key, include_headers=[b"from", b"to", b"subject"])
    assert await verify(signed, world(key)) == [(Result.PASS, "")]

    added = f"{name}: another@example.test\r\n".encode() + signed

    # A signature over the last of them still holds; readers show the first.
    assert await verify(added, world(key)) == [(Result.POLICY, f"a second {name} is not signed")]


async def test_two_fields_that_are_both_signed_count(key: SigningKey) -> None:
    twice = b"Subject: one more\r\n" + MESSAGE
    signed = dkim.sign(twice, [key], now=NOW) + twice
    assert await verify(signed, world(key)) == [(Result.PASS, "")]
