"""Keys wait for their record, sign, are rolled over, and never leave by any door."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from backend.directory import domains
from backend.directory.principal import SYSTEM
from backend.directory.types import Domain
from backend.kit import clock, db
from backend.kit.errors import Conflict, InvalidSyntax, Unavailable
from backend.kit.resolver import Resolver
from backend.kit.runtime import Runtime
from backend.operations import dkim_keys
from backend.operations.dkim_keys import DkimKey, State
from tests.support.dns_stub import DnsStub, dns_stub


@pytest.fixture
async def dns() -> AsyncIterator[DnsStub]:
    async with dns_stub() as stub:
        stub.add("example.test", "A", "192.0.2.1")
        yield stub


@pytest.fixture
def resolver(dns: DnsStub) -> Resolver:
    return Resolver([dns.address], query_s=0.3, lifetime_s=0.6)


@pytest.fixture
async def domain(rt: Runtime) -> Domain:
    return await domains.add(SYSTEM, "example.test")


def publish(dns: DnsStub, key: DkimKey) -> None:
    """As a zone carries it: in strings of at most 255 octets."""
    pieces = [key.record[at : at + 200] for at in range(0, len(key.record), 200)]
    dns.add(key.record_name, "TXT", " ".join(f'"{piece}"' for piece in pieces))


async def test_the_first_keys_are_made_once_and_wait(domain: Domain) -> None:
    first = await dkim_keys.list_keys(SYSTEM, domain.id)

    assert [(key.algorithm, key.state) for key in first] == [
        ("rsa", State.WAITING),
        ("ed25519", State.WAITING),
    ]
    assert await dkim_keys.list_keys(SYSTEM, domain.id) == first
    assert await dkim_keys.signing_keys("example.test") == ()


async def test_a_key_signs_once_its_record_is_published(
    domain: Domain, dns: DnsStub, resolver: Resolver
) -> None:
    rsa, ed25519 = await dkim_keys.list_keys(SYSTEM, domain.id)
    with pytest.raises(Conflict):
        await dkim_keys.activate(SYSTEM, rsa.id, resolver)
    publish(dns, rsa)

    assert (await dkim_keys.activate(SYSTEM, rsa.id, resolver)).state is State.ACTIVE
    publish(dns, ed25519)
    assert await dkim_keys.maintain(resolver) == 1

    assert [key.selector for key in await dkim_keys.signing_keys("example.test")] == [
        rsa.selector,
        ed25519.selector,
    ]


async def test_a_rollover_keeps_the_old_record_for_a_while(
    domain: Domain, dns: DnsStub, resolver: Resolver, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = (await dkim_keys.list_keys(SYSTEM, domain.id))[1]
    publish(dns, old)
    await dkim_keys.activate(SYSTEM, old.id, resolver)
    new = await dkim_keys.create(SYSTEM, domain.id, "ed25519")
    assert new.selector != old.selector
    publish(dns, new)

    await dkim_keys.maintain(resolver)

    states = {key.selector: key.state for key in await dkim_keys.list_keys(SYSTEM, domain.id)}
    assert (states[old.selector], states[new.selector]) == (State.RETIRED, State.ACTIVE)
    assert [key.selector for key in await dkim_keys.signing_keys("example.test")] == [new.selector]
    later = clock.now() + dkim_keys.RETIRED_S + 1
    monkeypatch.setattr(clock, "now", lambda: later)
    await dkim_keys.maintain(resolver)
    assert old.selector not in {key.selector for key in await dkim_keys.list_keys(SYSTEM, domain.id)}


async def test_a_silent_dns_changes_nothing(domain: Domain, dns: DnsStub, resolver: Resolver) -> None:
    key = (await dkim_keys.list_keys(SYSTEM, domain.id))[1]
    dns.is_dead = True

    with pytest.raises(Unavailable):
        await dkim_keys.activate(SYSTEM, key.id, resolver)
    assert await dkim_keys.maintain(resolver) == 0

    assert (await dkim_keys.list_keys(SYSTEM, domain.id))[1].state is State.WAITING


async def test_a_wrong_record_is_not_enough(domain: Domain, dns: DnsStub, resolver: Resolver) -> None:
    rsa, ed25519 = await dkim_keys.list_keys(SYSTEM, domain.id)
    dns.add(ed25519.record_name, "TXT", f'"{rsa.record[:200]}"', '"v=DKIM1; p="')

    with pytest.raises(Conflict):
        await dkim_keys.activate(SYSTEM, ed25519.id, resolver)


async def test_keys_are_bounded_and_of_two_kinds(domain: Domain) -> None:
    with pytest.raises(InvalidSyntax):
        await dkim_keys.create(SYSTEM, domain.id, "rsa512")
    for _ in range(dkim_keys.MOST_KEYS):
        await dkim_keys.create(SYSTEM, domain.id, "ed25519")

    with pytest.raises(Conflict):
        await dkim_keys.create(SYSTEM, domain.id, "ed25519")


async def test_removal_is_recorded_and_ends_the_signatures(
    domain: Domain, dns: DnsStub, resolver: Resolver
) -> None:
    key = (await dkim_keys.list_keys(SYSTEM, domain.id))[1]
    publish(dns, key)
    await dkim_keys.activate(SYSTEM, key.id, resolver)

    await dkim_keys.remove(SYSTEM, key.id)

    assert await dkim_keys.signing_keys("example.test") == ()
    actions = [row[0] for row in await db.fetch_rows("SELECT action FROM audit_entry ORDER BY id")]
    assert actions[-2:] == ["dkim.activate", "dkim.remove"]
    texts = str(await db.fetch_rows("SELECT * FROM audit_entry"))
    assert "PRIVATE" not in texts
