"""What attackers sign or publish vouches for nothing."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable

import dkim as oracle
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from backend.formats import arc, dkim
from backend.formats.dkim import SigningKey
from backend.kit import clock
from tests.protocol_service.spool.origin.strangers import RAW, deliver
from tests.support.dns_stub import DnsStub
from tests.support.mail_house import House


def _partly(key: SigningKey) -> bytes:
    # `l=` covers what was there; the attacker's text stands behind it.
    return _by_oracle(key, length=True) + RAW + b"And click here\r\n"


def _second_subject(key: SigningKey) -> bytes:
    signed = _by_oracle(key, include_headers=[b"from", b"to", b"subject"]) + RAW
    return b"Subject: You have won\r\n" + signed


def _expired(key: SigningKey) -> bytes:
    field = dkim.sign(RAW, [key], now=clock.now())
    return field.replace(b"; c=relaxed", b"; x=1000000000; c=relaxed") + RAW


def _broken_chain(key: SigningKey) -> bytes:
    first = arc.seal(RAW, key, authserv_id="mx.far.test", results=["spf=pass"], found=arc.Result.NONE, now=1)
    return first.replace(b"spf=pass", b"dmarc=pass") + RAW


def _by_oracle(key: SigningKey, **options: object) -> bytes:
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    _published["r1"] = dkim.record(made)
    pem = dkim.to_pem(made).encode()
    return bytes(oracle.sign(RAW, b"r1", key.domain.encode(), pem, **options))


_published: dict[str, str] = {}


@pytest.mark.parametrize(
    ("attack", "line"),
    [
        (_partly, b'dkim=policy reason="covers a part of the body only"'),
        (_second_subject, b'dkim=policy reason="a second Subject is not signed"'),
        (_expired, b'dkim=fail reason="signature expired"'),
        (_broken_chain, b"arc=fail (i=1)"),
    ],
    ids=["l tag", "second subject", "x in the past", "broken chain"],
)
async def test_signatures_of_attackers_vouch_for_nothing(
    house: House, dns: DnsStub, key: SigningKey, attack: Callable[[SigningKey], bytes], line: bytes
) -> None:
    raw = attack(key)
    for selector, record in _published.items():
        dns.add(f"{selector}._domainkey.far.test", "TXT", f'"{record[:200]}" "{record[200:]}"')

    stored = await deliver(house, raw, peer="198.51.100.99")

    head = stored.split(b"Received:")[0]
    assert line in head
    assert b"dkim=pass" not in head
    assert b"arc=pass" not in head
    assert b"dmarc=fail (p=reject)" in head


async def test_a_key_of_512_bits_vouches_for_nothing(house: House, dns: DnsStub, key: SigningKey) -> None:
    weak = rsa.RSAPublicNumbers(65537, (1 << 512) - 158 | 1).public_key()
    data = weak.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    dns.add("w1._domainkey.far.test", "TXT", f'"v=DKIM1; p={b64encode(data).decode()}"')
    signed = _by_oracle(key).replace(b"s=r1", b"s=w1") + RAW

    stored = await deliver(house, signed, peer="198.51.100.99")

    assert b'dkim=permerror reason="key of 512 bits"' in stored
    assert b"dmarc=fail (p=reject)" in stored


async def test_a_policy_that_asks_too_much_of_dns_is_an_error(house: House, dns: DnsStub) -> None:
    includes = " ".join(f"include:i{number}.far.test" for number in range(11))
    dns.add("far.test", "TXT", f'"v=spf1 {includes} +all"')
    dns.add("void.test", "TXT", '"v=spf1 a:a.void.test a:b.void.test a:c.void.test +all"')
    dns.add("loop.test", "TXT", '"v=spf1 include:loop.test +all"')
    dns.add("macro.test", "TXT", '"v=spf1 exists:%{z}.macro.test +all"')
    for number in range(11):
        dns.add(f"i{number}.far.test", "TXT", '"v=spf1 -all"')

    for domain in ("far.test", "void.test", "loop.test", "macro.test"):
        stored = await deliver(house, RAW, sender=f"carol@{domain}")
        assert f"spf=permerror smtp.mailfrom=carol@{domain}".encode() in stored
