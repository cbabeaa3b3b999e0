"""Where nothing is sent, on the wire: at RCPT, before any host is asked, and after too many bounces."""

from __future__ import annotations

import base64

import pytest

from backend.directory import audit, settings
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from backend.formats.dsn import Action, DeliveryReport, RecipientReport, build
from backend.kit import db
from backend.spool import suppression, suppression_admin
from backend.spool.types import State
from tests.protocol_service.spool.conftest import MESSAGE, World
from tests.support.clocks import Clock
from tests.support.mail_house import PASSWORD
from tests.support.smtp_raw import RawSmtp

OWN = MESSAGE.replace(b"To: x@", b"To: y@")


async def _submission(world: World) -> RawSmtp:
    client = await world.house.connect("submission")
    secret = base64.b64encode(f"\0alice@example.test\0{PASSWORD}".encode()).decode()
    assert (await client.command(f"AUTH PLAIN {secret}")).code == 235
    return client


async def _send(world: World, *recipients: str) -> list[dict[str, object]]:
    return await world.settled(await world.send(*recipients, account_id=world.house.users["alice"]))


async def test_a_submission_is_refused_at_rcpt(world: World) -> None:
    await suppression_admin.add(SYSTEM, "x@remote.test", world.house.domain_id)
    client = await _submission(world)
    assert (await client.command("MAIL FROM:<alice@example.test>")).code == 250

    refused = await client.command("RCPT TO:<X@remote.test>")

    assert str(refused) == "550 5.7.1 Nothing is sent to x@remote.test: an administrator has blocked it"
    assert (await client.command("RCPT TO:<y@remote.test>")).code == 250


async def test_with_a_warning_it_is_taken_and_comes_back(world: World) -> None:
    await suppression_admin.add(SYSTEM, "remote.test", world.house.domain_id)
    key = "suppression.at_submission"
    await settings.set_value(SYSTEM, key, Level.DOMAIN, world.house.domain_id, "warn")
    client = await _submission(world)

    assert (await client.mail("alice@example.test", ["y@remote.test"], OWN)).code == 250

    report = await world.report()
    assert "Nothing is sent to remote.test: an administrator has blocked it" in str(report)
    assert world.sink.connections == 0


async def test_nobody_is_asked_about_a_suppressed_recipient(world: World) -> None:
    await suppression_admin.add(SYSTEM, "x@remote.test")
    await world.house.add_alias("staff", "x@remote.test", "y@remote.test")

    rows = await _send(world, "staff@example.test")
    await world.sink.wait_for(1)

    assert [message.addresses for message in world.sink.messages] == [["y@remote.test"]]
    failed = next(row for row in rows if row["localpart"] == "x")
    assert (failed["state"], failed["last_status"]) == (State.FAILED, "5.7.1")
    report = await world.report()
    assert "Nothing is sent to staff@example.test: an administrator has blocked it" in str(report)


async def test_a_mailbox_here_is_never_suppressed(world: World) -> None:
    await suppression_admin.add(SYSTEM, "bob@example.test")
    client = await _submission(world)

    assert (await client.mail("alice@example.test", ["bob@example.test"], OWN)).code == 250

    await world.house.wait_for_mail("bob", 1)


async def test_two_refusals_of_the_host_stop_the_third_message(world: World) -> None:
    world.sink.always["RCPT"] = "550 5.1.1 no such user"

    for _ in range(3):
        await _send(world, "x@remote.test")

    assert world.sink.commands.count("RCPT TO:<x@remote.test>") == 2
    (entry,) = (await suppression_admin.list_page(SYSTEM, world.house.domain_id)).items
    assert (entry.address, entry.bounces, entry.detail) == ("x@remote.test", 2, "550 5.1.1 no such user")


async def test_unknown_users_here_are_not_counted(world: World) -> None:
    for _ in range(3):
        await _send(world, "nobody@example.test")

    assert await db.fetch_value("SELECT count(*) FROM suppression") == 0


async def test_who_stands_behind_an_alias_is_not_counted(world: World) -> None:
    await world.house.add_alias("staff", "x@remote.test")
    world.sink.always["RCPT"] = "550 5.1.1 no such user"

    for _ in range(3):
        await _send(world, "staff@example.test")

    assert await db.fetch_value("SELECT count(*) FROM suppression") == 0


async def test_verified_reports_count_and_claims_do_not(world: World) -> None:
    gone = RecipientReport(recipient="x@remote.test", action=Action.FAILED, status="5.1.1")
    for number in (1, 2):
        await world.send(
            "x@remote.test", account_id=world.house.users["alice"], message_id=f"{number}@example.test"
        )
        await world.sink.wait_for(number)
        token = world.sink.messages[-1].mail_parameters.partition("ENVID=")[2]
        returned = b"Message-ID: <%d@example.test>\r\n" % number
        for envelope_id in ("", token, token):
            report = DeliveryReport(
                reporting_mta="mx.remote.test",
                message_id="r@mx.remote.test",
                envelope_id=envelope_id,
                recipients=(gone,),
                returned=returned,
            )
            client = await world.house.connect()
            assert (await client.mail("", ["alice@example.test"], build(report))).code == 250
        await world.house.wait_for_mail("alice", 3 * number)
        await world.worker.idle()
        assert await db.fetch_value("SELECT bounces FROM suppression") == number

    assert len(await suppression.blocking([("x", "remote.test")], world.house.domain_id)) == 1


async def _bounce(world: World, count: int) -> None:
    world.sink.always["RCPT"] = "550 5.1.1 no such user"
    for number in range(count):
        await _send(world, f"gone{number}@remote.test")
    del world.sink.always["RCPT"]


@pytest.mark.parametrize("key", ["submission.bounces_per_hour", "domain.bounces_per_hour"])
async def test_too_many_bounces_delay_what_comes_next(fake_clock: Clock, world: World, key: str) -> None:
    await settings.set_value(SYSTEM, key, Level.DOMAIN, world.house.domain_id, 4)
    client = await _submission(world)
    await _bounce(world, 3)
    assert (await client.mail("alice@example.test", ["y@remote.test"], OWN)).code == 250
    await world.sink.wait_for(1)

    await _bounce(world, 3)
    assert (await client.mail("alice@example.test", ["y@remote.test"], OWN)).code == 250

    due = await db.fetch_value("SELECT MAX(next_attempt_at) FROM spool_recipient WHERE state = 0")
    assert due == fake_clock.now + 3600 / 4
    entries = [e for e in await audit.list_entries(SYSTEM) if e.action == "submission.bounces"]
    assert [(entry.subject, entry.detail["bounces_per_hour"]) for entry in entries] == [
        ("alice@example.test", 4)
    ]
    assert entries[0].domain_id == world.house.domain_id
    fake_clock.now += 3600
    world.worker.wake()
    await world.sink.wait_for(2)


async def test_too_many_bounces_refuse_what_comes_next(fake_clock: Clock, world: World) -> None:
    domain_id = world.house.domain_id
    await settings.set_value(SYSTEM, "submission.bounces_per_hour", Level.DOMAIN, domain_id, 1)
    await settings.set_value(SYSTEM, "submission.bounces_action", Level.DOMAIN, domain_id, "reject")
    client = await _submission(world)
    await _bounce(world, 2)

    refused = await client.mail("alice@example.test", ["y@remote.test"], OWN)

    assert str(refused) == (
        "451 4.7.1 Too many of your messages came back in the last hour; try again in 60 min"
    )
    assert world.sink.messages == []
