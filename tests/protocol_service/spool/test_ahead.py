"""The next message announced behind the end of the one before: each has its own fate, and none is doubled."""

from __future__ import annotations

import asyncio

import pytest

from backend.kit import db
from backend.spool.types import State
from protocol_service.spool import smtp_client
from protocol_service.spool.hops import Hops
from tests.protocol_service.spool.conftest import MESSAGE, World
from tests.support.mail_house import until

CHUNKING = ["PIPELINING", "8BITMIME", "SIZE 10000000", "CHUNKING"]


@pytest.fixture(params=["DATA", "BDAT"])
def verb(request: pytest.FixtureRequest, world: World) -> str:
    """How messages leave; one connection at a time."""
    if request.param == "BDAT":
        world.sink.extensions = CHUNKING
    world.worker._delivery.couriers.hops = Hops(at_once=1)
    return str(request.param)


def _raw(name: str) -> bytes:
    return MESSAGE.replace(b"To: x@", f"To: {name}@".encode())


async def _in_line(world: World, *names: str) -> None:
    """Let messages stand in line behind a first one, which is on the wire; then all may go."""
    world.sink.gate = asyncio.Event()
    await world.send("first@remote.test")
    await until(lambda: any(line.startswith(("DATA", "BDAT")) for line in world.sink.commands))
    for name in names:
        await world.send(f"{name}@remote.test", raw=_raw(name))
    await until(lambda: len(world.worker._holdings.ids) == 1 + len(names))
    await until(lambda: len(world.worker._delivery.couriers.hops._hops["remote.test"].waiting) == len(names))


async def _go(world: World) -> None:
    assert world.sink.gate is not None
    world.sink.gate.set()
    await world.worker.idle()


async def _rows(world: World) -> dict[str, tuple[State, str, int]]:
    rows = await db.fetch_rows(
        "SELECT localpart, state, last_reply, attempts FROM spool_recipient WHERE domain = 'remote.test'"
    )
    return {name: (State(state), reply, attempts) for name, state, reply, attempts in rows}


def _taken(world: World) -> list[tuple[str, bytes]]:
    return [(message.addresses[0].partition("@")[0], message.data) for message in world.sink.messages]


async def test_each_message_in_line_costs_one_round_trip(world: World, verb: str) -> None:
    await _in_line(world, "a", "b", "c")

    await _go(world)

    assert _taken(world) == [("first", MESSAGE), *((name, _raw(name)) for name in "abc")]
    assert world.sink.connections == 1
    assert {state for state, _, _ in (await _rows(world)).values()} == {State.DELIVERED}
    assert world.sink.announced == 2  # nobody stood behind `first` when it left
    assert [line for line in world.sink.commands if line.startswith(("MAIL", "RSET"))] == [
        f"MAIL FROM:<alice@example.test> SIZE={len(raw)}" for _, raw in _taken(world)
    ]


async def test_answers_belong_to_the_message_they_are_for(world: World, verb: str) -> None:
    world.sink.script("RCPT b@remote.test", "550 5.1.1 unknown")
    world.sink.script("RCPT d@remote.test", "450 4.2.0 later")
    await _in_line(world, "a", "b", "c", "d", "e")

    await _go(world)

    assert [name for name, _ in _taken(world)] == ["first", "a", "c", "e"]
    rows = await _rows(world)
    assert {name: state for name, (state, _, _) in rows.items()} == {
        **dict.fromkeys(["first", "a", "c", "e"], State.DELIVERED),
        "b": State.FAILED,
        "d": State.QUEUED,
    }
    assert (rows["b"][1], rows["d"][1]) == ("550 5.1.1 unknown", "450 4.2.0 later")


async def test_a_refused_message_does_not_take_the_next_one_along(world: World, verb: str) -> None:
    world.sink.script("END", "250 2.0.0 taken", "554 5.6.0 not that one")
    await _in_line(world, "a", "b")

    await _go(world)

    assert [name for name, _ in _taken(world)] == ["first", "b"]
    rows = await _rows(world)
    assert rows["a"][:2] == (State.FAILED, "554 5.6.0 not that one")
    assert rows["b"][0] is State.DELIVERED
    # After a refused chunk nobody knows what the server makes of an envelope (RFC 3030 §2).
    assert world.sink.connections == (1 if verb == "DATA" else 2)


async def test_a_connection_that_breaks_before_the_verdict_defers_one_and_loses_none(
    world: World, verb: str
) -> None:
    world.sink.script("END", "250 2.0.0 taken", "DROP")
    await _in_line(world, "a", "b", "c")

    await _go(world)

    # `a` may have been taken: it is not sent again now. Of `b` nothing had been.
    assert [name for name, _ in _taken(world)] == ["first", "a", "b", "c"]
    rows = await _rows(world)
    assert {name: state for name, (state, _, _) in rows.items()} == {
        **dict.fromkeys(["first", "b", "c"], State.DELIVERED),
        "a": State.QUEUED,
    }
    assert rows["a"][1].startswith("No answer to the message")
    assert {attempts for _, _, attempts in rows.values()} == {1}


@pytest.mark.parametrize("reply", ["DROP", "421 4.3.2 that is enough", "nonsense"])
async def test_a_host_that_ends_after_a_message_gets_the_next_by_another_connection(
    world: World, verb: str, reply: str
) -> None:
    await _in_line(world, "a", "b")
    world.sink.script("MAIL", "250 2.1.0 ok", reply)  # that of `b`

    await _go(world)

    assert [name for name, _ in _taken(world)] == ["first", "a", "b"]
    assert {state for state, _, _ in (await _rows(world)).values()} == {State.DELIVERED}
    assert world.sink.connections == 2


async def test_who_was_announced_does_not_wait_for_a_slow_verdict(
    world: World, verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp_client, "PATIENCE_S", 0.05)
    await _in_line(world, "a", "b")
    slow = asyncio.Event()
    first_gate, world.sink.gate = world.sink.gate, slow  # the verdict on `a` takes long
    assert first_gate is not None
    first_gate.set()
    await until(lambda: world.sink.commands.count(f"MAIL FROM:<alice@example.test> SIZE={len(MESSAGE)}") >= 1)
    hops = world.worker._delivery.couriers.hops
    await until(lambda: len(hops._hops["remote.test"].waiting) == 0)

    await until(lambda: len(hops._hops["remote.test"].waiting) == 1)  # `b` stands in line again
    slow.set()
    await world.worker.idle()

    assert [name for name, _ in _taken(world)] == ["first", "a", "b"]
    assert {state for state, _, _ in (await _rows(world)).values()} == {State.DELIVERED}
    assert world.sink.connections == 2  # the first one had heard of `b`


async def test_answers_to_nothing_are_not_taken_for_a_verdict(world: World, verb: str) -> None:
    world.sink.script("END", "250 2.0.0 taken", "250 2.0.0 taken\r\n250 2.0.0 and again")
    await _in_line(world, "a", "b")

    await _go(world)

    # The extra reply is noticed before the bytes of `b` leave, and it goes by a connection of its own.
    assert [name for name, _ in _taken(world)] == ["first", "a", "b"]
    assert {state for state, _, _ in (await _rows(world)).values()} == {State.DELIVERED}
    assert world.sink.connections == 2
