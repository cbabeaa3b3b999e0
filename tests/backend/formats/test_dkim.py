"""Signatures against another implementation, and the canonical forms of the RFC's own examples."""

from __future__ import annotations

import base64
import hashlib
import re

import dkim as oracle
import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.formats import dkim
from backend.formats.dkim import SigningKey

MESSAGE = (
    b"From: =?utf-8?q?J=C3=B6rg?= <joerg@example.test>\r\nTo: x@remote.test,\r\n\ty@remote.test\r\n"
    b"Subject:  A  subject \r\n with folds\r\nDate: Sat, 22 Nov 2025 18:21:00 +0000\r\n"
    b"Message-ID: <1@example.test>\r\nX-Other: no\r\n\r\nHello  there \t\r\n\r\nBye\r\n\r\n\r\n"
)


@pytest.fixture(scope="module")
def rsa_key() -> SigningKey:
    return SigningKey("example.test", "r1", rsa.generate_private_key(public_exponent=65537, key_size=2048))


def _verify(message: bytes, key: SigningKey) -> bool:
    def txt(name: bytes, timeout: int = 5) -> bytes:
        assert name == b"r1._domainkey.example.test."
        return dkim.record(key.key).encode()

    return bool(oracle.verify(message, dnsfunc=txt))


def test_the_canonical_forms_of_the_rfc() -> None:
    """RFC 6376 §3.4.5, relaxed."""
    assert dkim.relaxed_field(b"A: X\r\n") == b"a:X\r\n"
    assert dkim.relaxed_field(b"B : Y\t\r\n\tZ  \r\n") == b"b:Y Z\r\n"
    assert dkim.relaxed_body(b" C \r\nD \t E\r\n\r\n\r\n") == b" C\r\nD E\r\n"
    assert dkim.relaxed_body(b"") == dkim.relaxed_body(b"\r\n\r\n") == b""
    # RFC 6376 §3.4.4: the hash of the empty body.
    assert base64.b64encode(hashlib.sha256(dkim.relaxed_body(b"\r\n")).digest()) == (
        b"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    )


def test_another_implementation_accepts_the_signature(rsa_key: SigningKey) -> None:
    signed = dkim.sign(MESSAGE, [rsa_key], now=1_700_000_000) + MESSAGE

    assert _verify(signed, rsa_key)
    assert all(len(line) <= 78 for line in signed.split(b"\r\n")[:20])


@pytest.mark.parametrize(
    "change",
    [
        lambda m: m.replace(b"Hello", b"Hullo"),
        lambda m: m.replace(b"A  subject", b"Another subject"),
        lambda m: b"Subject: second\r\n" + m,
        lambda m: b"From: boss@example.test\r\n" + m,
        lambda m: m + b"more\r\n",
    ],
    ids=["body", "subject", "second subject", "second from", "appended"],
)
def test_what_is_changed_on_the_way_breaks_it(rsa_key: SigningKey, change: object) -> None:
    signed = dkim.sign(MESSAGE, [rsa_key], now=1_700_000_000) + MESSAGE

    assert not _verify(change(signed), rsa_key)  # type: ignore[operator]  # a function of the table above


def test_white_space_that_relays_change_does_not(rsa_key: SigningKey) -> None:
    signed = dkim.sign(MESSAGE, [rsa_key], now=1_700_000_000) + MESSAGE

    assert _verify(signed.replace(b"Hello  there \t", b"Hello there"), rsa_key)


@given(st.binary(max_size=300), st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_message_verifies(rsa_key: SigningKey, subject: bytes, body: bytes) -> None:
    clean = re.sub(rb"[\r\n\0\x0b\x0c\x1c-\x1e\x85\x80-\xff]", b"", subject)
    text = re.sub(rb"[\r\n\x0b\x0c]", b"\r\n", body)
    message = b"From: a@example.test\r\nSubject: " + clean + b"\r\n\r\n" + text + b"\r\n"

    assert _verify(dkim.sign(message, [rsa_key], now=1_700_000_000) + message, rsa_key)


def test_ed25519_signs_the_hash() -> None:
    """RFC 8463 §3: pure Ed25519 over the SHA-256 of what RSA would sign."""
    private = ed25519.Ed25519PrivateKey.generate()
    field = dkim.sign(MESSAGE, [SigningKey("example.test", "e1", private)], now=1_700_000_000)
    value = base64.b64decode(re.sub(rb"\s", b"", field.rpartition(b"b=")[2]))
    unsigned = field[: field.rindex(b"b=") + 2]
    names, canonical = dkim.choose(MESSAGE[: MESSAGE.index(b"\r\n\r\n") + 2])

    private.public_key().verify(
        value, hashlib.sha256(canonical + dkim.relaxed_field(unsigned + b"\r\n")[:-2]).digest()
    )
    assert b"a=ed25519-sha256" in field
    assert names.count(b"from") == 2


@pytest.mark.parametrize("algorithm", ["rsa", "ed25519"])
def test_keys_are_stored_and_published(algorithm: dkim.Algorithm) -> None:
    key = dkim.generate(algorithm)

    again = dkim.from_pem(dkim.to_pem(key))

    text = dkim.record(again)
    assert text == dkim.record(key)
    assert dkim.is_published(key, [text.replace("; ", ";").replace("p=", "p = ")])
    assert not dkim.is_published(key, ["v=DKIM1; k=rsa; p=AAAA", "junk", ""])


@pytest.mark.parametrize(
    ("header", "domain"),
    [
        (b"From: A <a@Example.TEST>\r\n", "example.test"),
        (b"From: a@one.test\r\nFrom: b@two.test\r\n", ""),
        (b"Subject: x\r\n", ""),
        (b"From: nobody\r\n", ""),
    ],
)
def test_the_domain_that_signs_is_that_of_the_only_from(header: bytes, domain: str) -> None:
    assert dkim.signing_domain(header + b"\r\nx\r\n") == domain
