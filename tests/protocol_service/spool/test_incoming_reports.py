"""Reports of other hosts: matched to what was sent, told from forged ones, seen on the recipient's trace."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from backend.directory import settings
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from backend.formats.dsn import Action, DeliveryReport, RecipientReport, build
from backend.kit import db
from backend.spool import reports, trace
from backend.spool.reports import View
from backend.spool.trace import Event
from backend.spool.types import State
from protocol_service.spool import labels
from tests.protocol_service.spool.conftest import MESSAGE, World
from tests.support.clocks import Clock

GONE = RecipientReport(
    recipient="x@remote.test",
    action=Action.FAILED,
    status="5.1.1",
    diagnostic="550 5.1.1 no such user",
    remote_mta="inner.remote.test",
)


def about(*recipients: RecipientReport, envelope_id: str = "", returned: bytes = MESSAGE) -> bytes:
    """A report of the remote host."""
    return build(
        DeliveryReport(
            reporting_mta="mx.remote.test",
            message_id="report@mx.remote.test",
            envelope_id=envelope_id,
            recipients=recipients or (GONE,),
            returned=returned,
        )
    )


async def _send(world: World, *recipients: str, envid: str = "") -> str:
    """Alice sends; the envelope identifier that the remote host was given."""
    await world.send(
        *(recipients or ("x@remote.test",)),
        account_id=world.house.users["alice"],
        message_id="1@example.test",
        envid=envid,
    )
    await world.sink.wait_for(len(world.sink.messages) + 1)
    await world.worker.idle()
    found = re.search(r"ENVID=(\S+)", world.sink.messages[-1].mail_parameters)
    return found[1] if found is not None else ""


async def _report(world: World, raw: bytes, *, to: str = "alice@example.test", sender: str = "") -> None:
    client = await world.house.connect()
    assert (await client.mail(sender, [to], raw)).code == 250
    await world.worker.idle()


async def _views(world: World, user: str = "alice") -> list[View]:
    return await reports.of_message(world.house.users[user], "1@example.test")


async def _last_entry() -> trace.Entry:
    text = await db.fetch_value("SELECT trace FROM spool_recipient WHERE localpart = 'x'")
    return trace.parse(text)[-1]


async def test_a_report_with_our_token_is_verified(fake_clock: Clock, world: World) -> None:
    token = await _send(world)
    fake_clock.now += 60

    # In capitals, as some hosts write what they are given.
    await _report(world, about(envelope_id=token.upper(), returned=b""))

    said = "550 5.1.1 no such user"
    assert await _views(world) == [
        View("x@remote.test", Action.FAILED, "5.1.1", "inner.remote.test", said, True, 1_800_000_060)
    ]
    assert await _last_entry() == trace.Entry(
        1_800_000_060, Event.BOUNCED, "inner.remote.test", "", "5.1.1", said
    )
    state = await db.fetch_value("SELECT state FROM spool_recipient WHERE localpart = 'x'")
    assert state == State.DELIVERED
    assert len(await world.house.inbox("alice")) == 1


async def test_a_report_without_it_is_a_claim(world: World) -> None:
    await _send(world)

    await _report(world, about())

    (view,) = await _views(world)
    assert (view.address, view.is_verified) == ("x@remote.test", False)
    entry = await _last_entry()
    assert (entry.event, entry.is_claim) == (Event.BOUNCED, True)


@pytest.mark.parametrize(
    "forged",
    [
        about(returned=b"Message-ID: <other@example.test>\r\n"),
        about(returned=b""),
        about(replace(GONE, recipient="somebody@else.test")),
    ],
    ids=["another message", "no message", "another recipient"],
)
async def test_what_matches_nothing_is_only_filed(world: World, forged: bytes) -> None:
    await _send(world)

    await _report(world, forged)

    assert await _views(world) == []
    assert (await _last_entry()).event is Event.DELIVERED
    assert len(await world.house.inbox("alice")) == 1


async def test_a_report_must_come_from_the_null_sender_to_who_sent_the_message(world: World) -> None:
    token = await _send(world)

    await _report(world, about(envelope_id=token), sender="mallory@elsewhere.test")
    await _report(world, about(envelope_id=token), to="bob@example.test")

    assert await _views(world) == await _views(world, "bob") == []


async def test_a_token_speaks_of_its_own_domain_only(world: World) -> None:
    world.dns.add("second.test", "MX", "10 mx.remote.test.")
    token = await _send(world, "x@remote.test", "y@second.test")

    known = {message.addresses[0]: message.mail_parameters for message in world.sink.messages}
    if len(known) < 2:
        await world.sink.wait_for(2)
        known = {message.addresses[0]: message.mail_parameters for message in world.sink.messages}
    token = re.search(r"ENVID=(\S+)", known["x@remote.test"])[1]  # type: ignore[index]  # it was sent
    await _report(world, about(GONE, replace(GONE, recipient="y@second.test"), envelope_id=token))

    assert [(view.address, view.is_verified) for view in await _views(world)] == [("x@remote.test", True)]


async def test_a_lone_recipient_may_be_reported_under_another_name(world: World) -> None:
    token = await _send(world)

    await _report(world, about(replace(GONE, recipient="inner+x@deep.test"), envelope_id=token))

    assert [view.address for view in await _views(world)] == ["x@remote.test"]


async def test_who_stands_behind_an_alias_is_not_told(world: World) -> None:
    await world.house.add_alias("staff", "x@remote.test")
    token = await _send(world, "staff@example.test")

    await _report(world, about(envelope_id=token))

    assert [view.address for view in await _views(world)] == ["staff@example.test"]


@pytest.mark.parametrize(
    ("action", "status", "event"),
    [
        (Action.DELAYED, "4.4.1", Event.DELAYED),
        (Action.DELIVERED, "2.1.5", Event.CONFIRMED),
        (Action.RELAYED, "2.0.0", Event.RELAYED),
    ],
)
async def test_every_outcome_is_told(world: World, action: Action, status: str, event: Event) -> None:
    token = await _send(world)

    await _report(world, about(replace(GONE, action=action, status=status), envelope_id=token))

    assert [view.action for view in await _views(world)] == [action]
    assert (await _last_entry()).event is event


async def test_the_same_again_is_written_once(world: World) -> None:
    token = await _send(world)

    await _report(world, about(envelope_id=token))
    await _report(world, about(envelope_id=token))
    await _report(world, about())

    assert [view.is_verified for view in await _views(world)] == [True, False]
    assert len(await world.house.inbox("alice")) == 3


async def test_what_the_user_named_stays(world: World) -> None:
    assert await _send(world, envid="order+2B7") == "order+2B7"

    await _report(world, about(envelope_id="order+2B7"))

    assert [view.is_verified for view in await _views(world)] == [False]


async def test_mail_that_passes_through_is_not_labelled(world: World) -> None:
    await world.send("x@remote.test", sender="stranger@elsewhere.test")
    await world.sink.wait_for(1)

    (message,) = world.sink.messages
    assert (message.sender, "ENVID" in message.mail_parameters) == ("stranger@elsewhere.test", False)


async def test_return_paths_are_signed_where_the_domain_wants_it_and_dsn_is_not_known(world: World) -> None:
    world.sink.extensions.remove("DSN")
    await _send(world)
    assert world.sink.messages[-1].sender == "alice@example.test"

    await settings.set_value(SYSTEM, labels.SETTING, Level.DOMAIN, world.house.domain_id, True)
    await _send(world)
    path = world.sink.messages[-1].sender
    assert re.fullmatch(r"bounces\+[a-z2-7]{47}@example\.test", path)
    await _report(world, about(), to=path)

    assert [(view.address, view.is_verified) for view in await _views(world)] == [("x@remote.test", True)]
    (stored,) = await world.house.wait_for_mail("alice", 1)
    assert b"Final-Recipient: rfc822; x@remote.test" in stored


async def test_our_own_reports_are_no_news(world: World) -> None:
    world.sink.script("RCPT", "550 5.1.1 no")
    await world.send("x@remote.test", account_id=world.house.users["alice"], message_id="1@example.test")
    await world.report()
    await world.worker.idle()

    assert await _views(world) == []


async def test_old_reports_are_forgotten(fake_clock: Clock, world: World) -> None:
    await _send(world)
    await _report(world, about())

    assert await reports.prune() == 0
    fake_clock.now += reports.KEEP_S + 1
    assert await reports.prune() == 1
