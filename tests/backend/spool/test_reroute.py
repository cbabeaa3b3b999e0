"""Rerouting: what changes in the spool, what stands in the audit, what is left alone, and the way back."""

from __future__ import annotations

from functools import partial

import pytest

from backend.directory import audit
from backend.directory.principal import SYSTEM, Principal
from backend.directory.roles import MATRIX, Role
from backend.directory.types import Tls
from backend.kit import blobs, clock, db
from backend.kit.db import Tx
from backend.kit.errors import InvalidSyntax, NotFound, PermissionDenied
from backend.kit.runtime import Runtime
from backend.spool import admin, gateways, listing, pauses, queue, reroute
from backend.spool.detours import Detour
from backend.spool.enqueue import place
from backend.spool.gateways import Gateway
from backend.spool.listing import Filter
from backend.spool.trace import Event
from backend.spool.types import Claim, Envelope, SpoolRcpt

PLAIN = Principal("user", 7, "ada@example.test", Role.USER, MATRIX[Role.USER], user_id=7, domain_id=1)
INSIDE = Detour.to_host("Inside.test", 2525, Tls.ENCRYPTED)


async def _spool(*recipients: str, release_at: int | None = None) -> Claim:
    new = await blobs.prepare(b"Subject: x\r\n\r\nx\r\n")
    rcpts = tuple(SpoolRcpt(*text.rsplit("@", 1)) for text in recipients)

    async def verb(tx: Tx) -> Claim:
        return await place(tx, Envelope(sender="a@r.test", recipients=rcpts), new, release_at=release_at)

    return await db.write(verb)


async def _claim(now: int) -> list[Claim]:
    return await db.write(partial(queue.claim, node="worker", now=now))


@pytest.mark.parametrize(
    "detour", [INSIDE, Detour.to_host("2001:db8::1"), Detour(gateway_id=7), Detour.to_host("mx", 1)]
)
def test_a_detour_is_read_as_it_was_written(detour: Detour) -> None:
    assert Detour.parse(str(detour)) == detour


@pytest.mark.parametrize(("host", "port"), [("no host", 25), ("", 25), ("a.test", 0), ("a.test", 65536)])
def test_what_is_no_detour(host: str, port: int) -> None:
    with pytest.raises(InvalidSyntax):
        Detour.to_host(host, port)


async def test_another_host_and_back(any_rt: Runtime) -> None:
    later = clock.now() + 900
    spooled = await _spool("x@one.test", "y@two.test", release_at=later)
    ids = [spooled.message.id, 5]

    assert await reroute.to_detour(SYSTEM, ids, INSIDE, domain="ONE.test") == 1
    assert await reroute.to_detour(SYSTEM, ids, INSIDE, domain="one.test") == 0

    first, second = (await listing.show(SYSTEM, spooled.message.id)).recipients
    assert (first.route, second.route) == ("inside.test:2525 encrypted", "")
    assert [(one.event, one.host) for one in first.trace[1:]] == [(Event.REROUTED, "inside.test:2525")]
    assert second.next_attempt_at == later
    (claim,) = await _claim(clock.now())
    assert [(one.route, one.is_urgent) for one in claim.recipients] == [("inside.test:2525 encrypted", True)]
    assert await reroute.reset(SYSTEM, ids) == 0, "a worker has it in hand"
    await db.write(partial(queue.give_back, nodes=["worker"], now=clock.now()))
    assert await reroute.reset(SYSTEM, ids) == 1
    assert (await listing.show(SYSTEM, spooled.message.id)).recipients[0].route == ""
    entries = [(one.action, one.detail) for one in await audit.list_entries(SYSTEM)]
    message_id = str(spooled.message.id)
    assert entries == [
        ("spool.reset_route", {"id": message_id}),
        ("spool.reroute", {"id": message_id, "to": "inside.test:2525", "of": "ONE.test"}),
    ]


async def test_another_address_and_back(any_rt: Runtime) -> None:
    spooled = await _spool("Wrong@one.test")
    ids = [spooled.message.id]

    assert await reroute.to_address(SYSTEM, ids, "right@BÜCHER.test") == 1
    assert await reroute.to_address(SYSTEM, ids, "Better@two.test") == 1
    assert await reroute.to_address(SYSTEM, ids, "Better@two.test") == 0

    (claim,) = await _claim(clock.now())
    (recipient,) = claim.recipients
    assert (recipient.localpart, recipient.domain) == ("Better", "two.test")
    assert (recipient.named, recipient.stands_for) == ("Wrong@one.test", "Wrong@one.test")
    assert recipient.orcpt == "rfc822;Wrong@one.test"
    assert await db.fetch_value("SELECT bare_localpart FROM spool_recipient") == "better"
    await db.write(partial(queue.give_back, nodes=["worker"], now=clock.now()))
    assert await reroute.reset(SYSTEM, ids) == 1
    (shown,) = (await listing.show(SYSTEM, spooled.message.id)).recipients
    assert (shown.address, shown.named) == ("Wrong@one.test", "")
    other = (Event.REROUTED, "", "Sent to another address")
    assert [(one.event, one.host, one.reply) for one in shown.trace[1:]] == [
        other,
        other,
        (Event.REROUTED, "", ""),
    ]
    assert await db.fetch_value("SELECT bare_localpart FROM spool_recipient") == "wrong"


async def test_what_is_held_stays_held_and_leaves_by_the_detour(any_rt: Runtime) -> None:
    spooled = await _spool("x@one.test", release_at=clock.now() + 900)
    await admin.hold(SYSTEM, [spooled.message.id])

    assert await reroute.to_detour(SYSTEM, [spooled.message.id], INSIDE) == 1

    assert await _claim(clock.now()) == []
    await admin.release(SYSTEM, [spooled.message.id])
    (claim,) = await _claim(clock.now())
    assert claim.recipients[0].route == str(INSIDE)


async def test_what_a_pause_held_goes_on(any_rt: Runtime) -> None:
    spooled = await _spool("x@one.test")
    await pauses.pause(SYSTEM, "one.test")
    assert await _claim(clock.now()) == []

    assert await reroute.to_detour(SYSTEM, [spooled.message.id], INSIDE) == 1

    (claim,) = await _claim(clock.now())
    assert claim.recipients[0].is_urgent


async def test_all_that_match(any_rt: Runtime) -> None:
    for number in range(3):
        await _spool(f"u{number}@one.test", "z@two.test")
    await _spool("z@two.test")

    done = await admin.act_on(
        SYSTEM, partial(reroute.to_detour, detour=INSIDE, domain="one.test"), Filter(domain="one.test")
    )

    assert (done.changed, done.looked_at, done.before) == (3, 3, None)
    rows = await db.fetch_rows("SELECT domain, route FROM spool_recipient ORDER BY id")
    assert {(domain, bool(route)) for domain, route in rows} == {("one.test", True), ("two.test", False)}


async def test_gateways_must_be_there(any_rt: Runtime) -> None:
    spooled = await _spool("x@one.test")
    made = await gateways.add(SYSTEM, Gateway(name="relay", host="relay.test", port=25))

    assert await reroute.to_detour(SYSTEM, [spooled.message.id], Detour(gateway_id=made.id)) == 1
    with pytest.raises(NotFound):
        await reroute.to_detour(SYSTEM, [spooled.message.id], Detour(gateway_id=made.id + 1))
    assert (await listing.show(SYSTEM, spooled.message.id)).recipients[0].trace[1].host == "gateway relay"


@pytest.mark.parametrize("address", ["", "nobody", "a@b@c d", f"{'x' * 65}@one.test"])
async def test_what_is_no_address(rt: Runtime, address: str) -> None:
    spooled = await _spool("x@one.test")

    with pytest.raises(InvalidSyntax):
        await reroute.to_address(SYSTEM, [spooled.message.id], address)


async def test_only_administrators_of_the_spool(rt: Runtime) -> None:
    spooled = await _spool("x@one.test")

    for attempt in (
        reroute.to_detour(PLAIN, [spooled.message.id], INSIDE),
        reroute.to_address(PLAIN, [spooled.message.id], "a@b.test"),
        reroute.reset(PLAIN, [spooled.message.id]),
    ):
        with pytest.raises(PermissionDenied):
            await attempt
