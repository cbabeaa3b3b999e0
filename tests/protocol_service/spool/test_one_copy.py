"""Recipients that have come to share an address get one copy, and each of them its own outcome."""

from __future__ import annotations

import pytest

from backend.directory.principal import SYSTEM
from backend.spool import reroute
from backend.spool.types import SpooledRecipient, SpoolRcpt, State
from protocol_service.spool import one_copy
from protocol_service.spool.router import Leg
from tests.protocol_service.spool.conftest import World


async def _rerouted(world: World, *recipients: SpoolRcpt) -> int:
    """A message whose recipients at remote.test wait and are then sent to one address elsewhere."""
    for one in recipients:
        world.sink.always[f"RCPT {one.localpart}@{one.domain}"] = "451 4.3.0 not now"
    message_id = await world.send(*recipients)
    await world.settled(message_id)
    world.dns.add("third.test", "MX", "10 mx.remote.test.")
    await reroute.to_address(SYSTEM, [message_id], "one@third.test", "remote.test")
    return message_id


async def _states(world: World, message_id: int) -> list[tuple[object, object]]:
    await world.worker.idle()
    rows = await world.house.spool_rows()
    return [(row["state"], row["attempts"]) for row in rows if row["message_id"] == message_id]


async def test_recipients_rerouted_to_one_address_get_one_copy(world: World) -> None:
    message_id = await _rerouted(
        world, SpoolRcpt("a", "remote.test", notify="NEVER"), SpoolRcpt("b", "remote.test")
    )

    await world.sink.wait_for(1)

    assert await _states(world, message_id) == [(State.DELIVERED, 2), (State.DELIVERED, 2)]
    (message,) = world.sink.messages
    assert message.addresses == ["one@third.test"]
    # Of the two the one that wants to hear of a failure is named.
    assert "NOTIFY" not in message.recipients[0][1]


async def test_each_of_them_hears_of_success(world: World) -> None:
    message_id = await _rerouted(
        world,
        SpoolRcpt("a", "remote.test", notify="SUCCESS"),
        SpoolRcpt("b", "remote.test", notify="SUCCESS"),
    )

    report = (await world.report()).as_string()

    assert await _states(world, message_id) == [(State.DELIVERED, 2), (State.DELIVERED, 2)]
    assert len(world.sink.messages) == 1
    assert "Action: relayed" in report
    assert "Final-Recipient: rfc822; b@remote.test" in report


async def test_each_of_them_fails_by_itself(world: World) -> None:
    world.sink.always["RCPT one@third.test"] = "550 5.1.1 nobody"
    message_id = await _rerouted(world, SpoolRcpt("a", "remote.test"), SpoolRcpt("b", "remote.test"))

    report = (await world.report()).as_string()

    assert await _states(world, message_id) == [(State.FAILED, 2), (State.FAILED, 2)]
    assert {"a@remote.test", "b@remote.test"} <= set(report.split())
    assert "one@third.test" not in report


def _recipient(number: int, localpart: str, via: str = "") -> SpooledRecipient:
    return SpooledRecipient(number, 1, localpart, "far.test", via=via)


def test_who_shares_an_address_goes_by_one_leg() -> None:
    first, second, other = _recipient(1, "one", "x@a.test"), _recipient(2, "ONE"), _recipient(3, "two")
    by_alias, direct = Leg("far.test", "x@a.test"), Leg("far.test", "")

    assert one_copy.gathered({by_alias: [first], direct: [second, other]}) == {
        by_alias: [first, second],
        direct: [other],
    }
    detour = Leg("far.test", "", route="host mx.test:25")
    apart = {by_alias: [first], detour: [second]}
    assert one_copy.gathered(apart) == apart


@pytest.mark.parametrize(("most", "taken"), [(1, [1, 3]), (2, [1, 2, 3]), (3, [1, 2, 3, 4])])
def test_a_batch_is_of_so_many_addresses(most: int, taken: list[int]) -> None:
    recipients = [_recipient(n, name) for n, name in enumerate(("a", "b", "A", "c"), 1)]

    batch, rest = one_copy.first(recipients, most)

    assert [one.id for one in batch] == taken
    assert sorted(one.id for one in batch + rest) == [1, 2, 3, 4]
