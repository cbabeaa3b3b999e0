"""The server behind a route is asked whom it takes: over real sockets, once, and not for ever."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from backend.directory import domain_aliases, domain_routes, domains
from backend.directory.domain_routes import Accepts, Route
from backend.directory.principal import SYSTEM
from backend.directory.types import Tls
from backend.formats.addresses import Address
from backend.kit import clock
from backend.kit import redis as redis_module
from backend.kit.errors import InvalidSyntax
from protocol_service.smtp.call_ahead import REFUSED_S, TAKEN_S, TRUSTED_S, Answer, CallAhead
from tests.support.mail_house import House
from tests.support.smtp_sink import Sink, smtp_sink
from tests.support.valkey import Valkey

ADA = Address("ada", "relay.test")


@pytest.fixture
async def inside() -> AsyncIterator[Sink]:
    async with smtp_sink() as running:
        yield running


def to(sink: Sink, tls: Tls = Tls.OPPORTUNISTIC) -> Route:
    return Route(host=sink.address[0], port=sink.address[1], tls=tls, accepts=Accepts.ASKED)


class Watch:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


async def test_recipients_are_those_of_the_other_server(doors: House, inside: Sink) -> None:
    inside.always["RCPT eve@relay.test"] = "550 5.1.1 nobody"
    inside.always["RCPT later@relay.test"] = "451 4.3.0 later"
    domain = await domains.add(SYSTEM, "relay.test")
    await domain_aliases.add(SYSTEM, domain.id, "relay.net")
    await domain_routes.put(SYSTEM, domain.id, to(inside))
    client = await doors.connect()
    await client.command("MAIL FROM:<a@remote.test>")

    names = ("Ada@relay.test", "ada@relay.net", "eve@relay.test", "later@relay.test", "b%c@relay.test")
    replies = [str(await client.command(f"RCPT TO:<{name}>")) for name in names]

    assert [reply[:9] for reply in replies] == [
        "250 2.1.5", "250 2.1.5", "550 5.1.1", "450 4.4.1", "550 5.1.1",
    ]  # fmt: skip
    assert inside.connections == 3
    assert [line for line in inside.commands if line.startswith("MAIL")] == ["MAIL FROM:<>"] * 3
    assert inside.messages == []


async def test_answers_are_remembered_and_asked_once(inside: Sink) -> None:
    watch = Watch()
    calls = CallAhead("mail.example.test", watch)

    answers = await asyncio.gather(*(calls.ask(to(inside), ADA) for _ in range(10)))

    assert set(answers) == {Answer.TAKEN}
    assert inside.connections == 1
    inside.always["RCPT ada@relay.test"] = "550 5.1.1 gone"
    watch.now += TAKEN_S - 1
    assert await calls.ask(to(inside), ADA) is Answer.TAKEN
    watch.now += 2
    assert await calls.ask(to(inside), ADA) is Answer.REFUSED
    del inside.always["RCPT ada@relay.test"]
    watch.now += REFUSED_S + 1
    assert await calls.ask(to(inside), ADA) is Answer.TAKEN
    assert inside.connections == 3


async def test_a_server_that_is_down_is_stood_in_for(inside: Sink) -> None:
    watch = Watch()
    calls = CallAhead("mail.example.test", watch)
    await calls.ask(to(inside), ADA)
    inside.always["GREETING"] = "421 4.3.2 closed"
    watch.now += TAKEN_S + 1

    assert await calls.ask(to(inside), ADA) is Answer.TAKEN
    assert await calls.ask(to(inside), Address("new", "relay.test")) is Answer.UNKNOWN
    watch.now += TRUSTED_S
    assert await calls.ask(to(inside), ADA) is Answer.UNKNOWN


@pytest.mark.parametrize("tls", [Tls.ENCRYPTED, Tls.VERIFIED, Tls.IMPLICIT])
async def test_what_was_to_be_secured_is_not_asked_in_clear(inside: Sink, tls: Tls) -> None:
    calls = CallAhead("mail.example.test")

    assert await calls.ask(to(inside, tls), ADA) is Answer.UNKNOWN
    assert not any(line.startswith("RCPT") for line in inside.commands)


@pytest.mark.parametrize("reply", ["garbage", "DROP", "550 5.7.1 not from you"])
async def test_a_server_that_answers_nothing_useful(inside: Sink, reply: str) -> None:
    inside.always["MAIL"] = reply

    assert await CallAhead("mail.example.test").ask(to(inside), ADA) is Answer.UNKNOWN


async def test_a_backup_by_mx_has_nobody_to_ask(doors: House) -> None:
    with pytest.raises(InvalidSyntax) as refusal:
        await domain_routes.put(SYSTEM, doors.domain_id, Route(accepts=Accepts.ASKED))

    assert refusal.value.field == "host"


@pytest.fixture
async def shared(valkey: Valkey) -> AsyncIterator[Valkey]:
    """A Redis that all processes reach."""
    client = valkey.connect()
    redis_module.set_redis(client)
    yield valkey
    redis_module.set_redis(None)
    await client.aclose()


async def test_what_one_process_has_heard_all_of_them_know(shared: Valkey, inside: Sink) -> None:
    inside.always["RCPT eve@relay.test"] = "550 5.1.1 nobody"
    inside.always["RCPT later@relay.test"] = "451 4.3.0 later"
    later, eve = Address("later", "relay.test"), Address("eve", "relay.test")

    for expected in (3, 4):
        process = CallAhead("mail.example.test")
        answers = [await process.ask(to(inside), who) for who in (ADA, eve, later)]
        assert answers == [Answer.TAKEN, Answer.REFUSED, Answer.UNKNOWN]
        assert inside.connections == expected  # an answer that is none is nobody else's


async def test_another_process_stands_in_for_a_server_that_is_down(shared: Valkey, inside: Sink) -> None:
    at = 1_800_000_000.0
    clock.set_source(lambda: at)
    try:
        await CallAhead("mail.example.test").ask(to(inside), ADA)
        inside.always["GREETING"] = "421 4.3.2 closed"
        at += TAKEN_S + 1

        assert await CallAhead("mail.example.test").ask(to(inside), ADA) is Answer.TAKEN
        assert inside.connections == 2
        at += TRUSTED_S
        assert await CallAhead("mail.example.test").ask(to(inside), ADA) is Answer.UNKNOWN
    finally:
        clock.set_source(None)


async def test_without_redis_each_process_asks_for_itself(shared: Valkey, inside: Sink) -> None:
    await CallAhead("mail.example.test").ask(to(inside), ADA)
    await shared.stop()

    process = CallAhead("mail.example.test")
    assert [await process.ask(to(inside), ADA) for _ in range(2)] == [Answer.TAKEN] * 2
    assert inside.connections == 2
