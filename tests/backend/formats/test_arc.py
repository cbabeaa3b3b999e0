"""Chains: ours hold for another implementation; broken ones are found and end there."""

from __future__ import annotations

import dkim as oracle
import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from hypothesis import given
from hypothesis import strategies as st

from backend.formats import arc, dkim
from backend.formats.arc import Result
from backend.formats.dkim import SigningKey
from tests.support.lookups import TableLookups

NOW = 1_700_000_000
MESSAGE = (
    b"MIME-Version: 1.0\r\nReceived: by x.test\r\nFrom: Joe <joe@example.test>\r\nTo: list@one.test\r\n"
    b"Subject: Hello\r\nDate: Sat, 22 Nov 2025 18:21:00 +0000\r\nMessage-ID: <1@example.test>\r\n\r\n"
    b"Hello  there \r\n\r\nBye\r\n"
)
RESULTS = ["dkim=pass header.d=example.test", "spf=pass smtp.mailfrom=joe@example.test"]


@pytest.fixture(scope="module")
def keys() -> dict[str, SigningKey]:
    return {
        name: SigningKey(name, "s1", rsa.generate_private_key(public_exponent=65537, key_size=2048))
        for name in ("one.test", "two.test", "three.test")
    }


@pytest.fixture
def lookups(keys: dict[str, SigningKey]) -> TableLookups:
    found = TableLookups()
    for key in keys.values():
        found.add("txt", f"s1._domainkey.{key.domain}", dkim.record(key.key))
    return found


async def pass_on(raw: bytes, key: SigningKey, lookups: TableLookups) -> bytes:
    found, _ = await arc.validate(raw, lookups)
    return arc.seal(raw, key, authserv_id=f"mx.{key.domain}", results=RESULTS, found=found, now=NOW) + raw


def by_oracle(raw: bytes, lookups: TableLookups) -> bytes:
    def txt(name: bytes, timeout: int = 5) -> bytes:
        return lookups.records["txt"][name.decode().rstrip(".")][0].encode()

    verdict, _, _ = oracle.arc_verify(raw, dnsfunc=txt)
    return bytes(verdict)


async def test_another_implementation_accepts_our_chain(keys, lookups) -> None:
    raw = MESSAGE
    for count, key in enumerate(keys.values(), 1):
        raw = await pass_on(raw, key, lookups)
        assert by_oracle(raw, lookups) == b"pass"
        found, chain = await arc.validate(raw, lookups)
        assert (found, len(chain.sets)) == (Result.PASS, count)
    assert raw.startswith(b"ARC-Seal: i=3; a=rsa-sha256; cv=pass; d=three.test; s=s1;")
    assert b"ARC-Authentication-Results: i=1; mx.one.test;\r\n\tdkim=pass header.d=example.test;" in raw
    assert raw.endswith(MESSAGE)


async def test_without_sets_there_is_no_chain(lookups) -> None:
    assert await arc.validate(MESSAGE, lookups) == (Result.NONE, arc.Chain())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Hello  there", b"Hullo there"),
        (b"Subject: Hello", b"Subject: Bye"),
        (b"dkim=pass header.d=example.test", b"dkim=fail header.d=example.test"),
        (b"ARC-Seal: i=2; a=rsa-sha256; cv=pass", b"ARC-Seal: i=2; a=rsa-sha256; cv=none"),
        (b"ARC-Seal: i=2", b"ARC-Seal: i=3"),
        (b"ARC-Seal: i=1", b"ARC-Seal: i=2"),
        (b"ARC-Seal: i=1", b"X-Seal: i=1"),
        (b"ARC-Seal: i=2;", b"ARC-Seal: i=2; h=from;"),
        (b"ARC-Authentication-Results: i=1;", b"ARC-Authentication-Results: x;"),
        (b"d=one.test", b"d=six.test"),
    ],
)
async def test_whatever_is_changed_breaks_it(keys, lookups, old: bytes, new: bytes) -> None:
    raw = await pass_on(await pass_on(MESSAGE, keys["one.test"], lookups), keys["two.test"], lookups)
    assert old in raw

    assert (await arc.validate(raw.replace(old, new, 1), lookups))[0] is Result.FAIL


async def test_a_set_that_comes_twice_breaks_it(keys, lookups) -> None:
    raw = await pass_on(MESSAGE, keys["one.test"], lookups)
    doubled = raw[: raw.index(b"ARC-Message-Signature")] + raw
    assert (await arc.validate(doubled, lookups))[0] is Result.FAIL


async def test_a_broken_chain_is_said_once_and_ends(keys, lookups) -> None:
    raw = (await pass_on(MESSAGE, keys["one.test"], lookups)).replace(b"Bye", b"Buy")

    said = await pass_on(raw, keys["two.test"], lookups)
    assert said.startswith(b"ARC-Seal: i=2; a=rsa-sha256; cv=fail;")
    assert (await arc.validate(said, lookups))[0] is Result.FAIL
    assert await pass_on(said, keys["three.test"], lookups) == said


async def test_silence_of_dns_neither_breaks_nor_seals(keys, lookups) -> None:
    raw = await pass_on(MESSAGE, keys["one.test"], lookups)
    lookups.failing.add("s1._domainkey.one.test")
    assert (await arc.validate(raw, lookups))[0] is Result.TEMPERROR
    assert await pass_on(raw, keys["two.test"], lookups) == raw


async def test_a_chain_has_fifty_sets(keys, lookups) -> None:
    fields = b"".join(
        b"ARC-Seal: i=%d; cv=none\r\nARC-Message-Signature: i=%d; a=x\r\n" % (at, at)
        + b"ARC-Authentication-Results: i=%d; x\r\n" % at
        for at in range(1, 51)
    )
    assert (await arc.validate(fields + MESSAGE, lookups))[0] is Result.FAIL
    found = arc.seal(
        fields + MESSAGE, keys["one.test"], authserv_id="x", results=[], found=Result.FAIL, now=NOW
    )
    assert found == b""
    assert not lookups.asked


async def test_ed25519_seals_too(lookups) -> None:
    key = SigningKey("ed.test", "s1", ed25519.Ed25519PrivateKey.generate())
    lookups.add("txt", "s1._domainkey.ed.test", dkim.record(key.key))
    raw = await pass_on(MESSAGE, key, lookups)
    assert (await arc.validate(raw, lookups))[0] is Result.PASS


_PIECES = [
    b"ARC-Seal:", b"ARC-Message-Signature:", b"ARC-Authentication-Results:", b" i=1;", b" i=2;",
    b" a=rsa-sha256;", b" cv=none;", b" b=YQ==;", b" bh=YQ==;", b" d=one.test;", b" s=s1;", b" h=from;",
    b"\r\n", b"\r\n ", b";", b"=",
]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES)))
async def test_pieces_never_raise(pieces: list[bytes]) -> None:
    found, _ = await arc.validate(b"".join(pieces) + b"\r\n" + MESSAGE, TableLookups())
    assert found is not Result.PASS
