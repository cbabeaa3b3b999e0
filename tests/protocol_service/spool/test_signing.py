"""What our users send to others leaves with a signature that others can check."""

from __future__ import annotations

import dkim as oracle
import pytest

from backend.directory import domain_aliases
from backend.directory.principal import SYSTEM
from backend.kit.resolver import Resolver
from backend.operations import dkim_keys
from tests.protocol_service.spool.conftest import MESSAGE, World


@pytest.fixture
async def records(world: World) -> dict[bytes, bytes]:
    """The published records of example.test, both keys in use."""
    found = {}
    for key in await dkim_keys.list_keys(SYSTEM, world.house.domain_id):
        world.dns.add(key.record_name, "TXT", f'"{key.record[:200]}" "{key.record[200:]}"')
        found[f"{key.record_name}.".encode()] = key.record.encode()
    await dkim_keys.maintain(Resolver([world.dns.address]))
    return found


async def test_a_message_of_a_user_is_signed_by_both_keys(world: World, records: dict[bytes, bytes]) -> None:
    await world.send("x@remote.test", account_id=world.house.users["alice"])
    await world.sink.wait_for(1)

    data = world.sink.messages[0].data
    assert data.endswith(MESSAGE)
    assert data.count(b"DKIM-Signature: v=1; a=") == 2
    assert data.startswith(b"DKIM-Signature: v=1; a=rsa-sha256;")
    assert oracle.verify(data, dnsfunc=lambda name, timeout=5: records[name])


async def test_what_only_passes_through_is_not_signed(world: World, records: dict[bytes, bytes]) -> None:
    await world.send("x@remote.test")
    await world.sink.wait_for(1)

    assert world.sink.messages[0].data == MESSAGE


async def test_mail_that_stays_here_is_not_signed(world: World, records: dict[bytes, bytes]) -> None:
    await world.send("bob@example.test", account_id=world.house.users["alice"])

    (stored,) = await world.house.wait_for_mail("bob", 1)
    assert stored.endswith(MESSAGE)
    assert b"DKIM" not in stored


async def test_a_further_name_of_the_domain_signs_once_it_carries_the_records(
    world: World, records: dict[bytes, bytes]
) -> None:
    await domain_aliases.add(SYSTEM, world.house.domain_id, "example.net")
    raw = MESSAGE.replace(b"alice@example.test", b"alice@example.net")
    alice = world.house.users["alice"]
    await world.send("x@remote.test", sender="alice@example.net", raw=raw, account_id=alice)
    await world.sink.wait_for(1)
    assert world.sink.messages[0].data == raw

    for key in await dkim_keys.list_keys(SYSTEM, world.house.domain_id):
        name = key.record_name.replace("example.test", "example.net")
        world.dns.add(name, "TXT", f'"{key.record[:200]}" "{key.record[200:]}"')
        records[f"{name}.".encode()] = key.record.encode()
    assert await dkim_keys.maintain(Resolver([world.dns.address])) == 1
    assert await dkim_keys.maintain(Resolver([world.dns.address])) == 0
    await world.send("y@remote.test", sender="alice@example.net", raw=raw, account_id=alice)
    await world.sink.wait_for(2)

    data = world.sink.messages[1].data
    assert data.count(b"DKIM-Signature: v=1; a=") == 2
    assert data.count(b"\td=example.net;") == 2
    assert oracle.verify(data, dnsfunc=lambda name, timeout=5: records[name])
