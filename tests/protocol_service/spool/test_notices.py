"""What senders are told, and what nobody is told."""

from __future__ import annotations

import asyncio
from email.message import EmailMessage

import pytest

from backend.kit import db
from backend.spool.types import SpoolRcpt, State
from protocol_service.spool import notices
from tests.protocol_service.spool.conftest import MESSAGE, World
from tests.support.clocks import Clock


async def _reports(world: World) -> list[bytes]:
    await world.worker.idle()
    return await world.house.inbox("alice")


def _status(report: EmailMessage) -> list[dict[str, str]]:
    """The groups of the machine-readable part."""
    part = next(part for part in report.walk() if part.get_content_type() == "message/delivery-status")
    return [dict(group.items()) for group in part.get_payload()]  # type: ignore[union-attr]  # groups are messages


async def test_a_failure_is_reported_in_full_detail(fake_clock: Clock, world: World) -> None:
    world.sink.script("RCPT", "550 5.1.1 <x@remote.test>: no\tsuch user")
    recipient = SpoolRcpt("x", "remote.test", orcpt="rfc822;old@remote.test", notify="DELAY,FAILURE")

    await world.send(recipient, envid="order+2B7")
    report = await world.report()

    assert report["From"] == "Mail Delivery System <MAILER-DAEMON@mail.example.test>"
    assert (report["To"], report["Return-Path"]) == ("alice@example.test", "<>")
    assert report["Auto-Submitted"] == "auto-replied"
    assert report.get_content_type() == "multipart/report"
    assert report.get_param("report-type") == "delivery-status"
    message, rcpt = _status(report)
    assert message == {
        "Original-Envelope-Id": "order+2B7",
        "Reporting-MTA": "dns; mail.example.test",
        "Arrival-Date": "Fri, 15 Jan 2027 08:00:00 +0000",
    }
    assert rcpt == {
        "Original-Recipient": "rfc822;old@remote.test",
        "Final-Recipient": "rfc822; x@remote.test",
        "Action": "failed",
        "Status": "5.1.1",
        "Remote-MTA": "dns; mx.remote.test",
        "Diagnostic-Code": "smtp; 550 5.1.1 <x@remote.test>: no such user",
        "Last-Attempt-Date": "Fri, 15 Jan 2027 08:00:00 +0000",
    }
    returned = list(report.walk())[-1]
    assert "Subject: Hello" in str(returned)
    assert "Bye" not in str(returned)


async def test_ret_full_returns_the_whole_message(world: World) -> None:
    world.sink.script("RCPT", "550 5.1.1 no")

    await world.send("x@remote.test", ret="FULL")
    await world.report()

    assert (await world.house.inbox("alice"))[0].replace(b"\r\n", b"\n").find(
        MESSAGE.replace(b"\r\n", b"\n")
    ) > 0


async def test_one_report_for_all_recipients_of_an_attempt(world: World) -> None:
    world.sink.always["RCPT"] = "550 5.1.1 no"

    await world.send(*(f"x{number}@remote.test" for number in range(3)))
    report = await world.report()

    assert [group["Final-Recipient"] for group in _status(report)[1:]] == [
        f"rfc822; x{number}@remote.test" for number in range(3)
    ]
    assert len(await _reports(world)) == 1


@pytest.mark.parametrize("notify", ["NEVER", "SUCCESS", "DELAY"])
async def test_no_failure_notice_where_none_is_wanted(world: World, notify: str) -> None:
    world.sink.always["RCPT"] = "550 5.1.1 no"

    (row,) = await world.settled(await world.send(SpoolRcpt("x", "remote.test", notify=notify)))

    assert row["state"] == State.FAILED
    assert await _reports(world) == []


async def test_success_is_told_by_whoever_delivers_last(world: World) -> None:
    wanted = [
        SpoolRcpt("x", "remote.test", notify="SUCCESS"),
        SpoolRcpt("bob", "example.test", notify="SUCCESS"),
    ]

    await world.send(*wanted)
    await world.house.wait_for_mail("bob", 1)
    await world.sink.wait_for(1)
    local = await world.report()
    assert _status(local)[1]["Action"] == "delivered"
    assert _status(local)[1]["Final-Recipient"] == "rfc822; bob@example.test"
    assert len(await _reports(world)) == 1  # the other host knows DSN and tells by itself

    world.sink.extensions = ["PIPELINING"]
    await world.worker._agent.pool.close()
    await world.send(wanted[0])
    relayed = await world.report(count=2)
    assert _status(relayed)[1]["Action"] == "relayed"


async def test_nothing_is_sent_to_the_null_sender(world: World) -> None:
    world.sink.always["RCPT"] = "550 5.1.1 no"

    message_id = await world.send("x@remote.test", "gone@example.test", sender="")
    rows = await world.settled(message_id)
    await world.worker.idle()

    assert {row["state"] for row in rows} == {State.FAILED}
    assert await world.house.count("spool_message") == 1


async def test_a_notice_that_cannot_be_delivered_ends_there(world: World) -> None:
    world.sink.always["RCPT"] = "550 5.1.1 no"

    await world.send("x@remote.test", sender="forged@remote.test")
    await world.settled(await _newest_other_than(world))
    await world.worker.idle()

    senders = await db.fetch_rows("SELECT sender FROM spool_message ORDER BY id")
    assert senders == [("forged@remote.test",), ("",)]
    assert await db.fetch_value("SELECT COUNT(*) FROM spool_message WHERE finished_at IS NULL") == 0


async def _newest_other_than(world: World) -> int:
    async with asyncio.timeout(10):
        while await world.house.count("spool_message") < 2:  # noqa: ASYNC110  # a row announces nothing
            await asyncio.sleep(0.01)  # a row announces nothing
    return int(await db.fetch_value("SELECT MAX(id) FROM spool_message"))


async def test_strangers_get_a_bounded_number_of_notices(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "STRANGER_LIMIT", 3)

    ids = [await world.send("gone@example.test", sender="alice@example.test") for _ in range(6)]
    for message_id in ids:
        await world.settled(message_id)

    assert len(await world.house.wait_for_mail("alice", 3)) == 3
    assert len(await _reports(world)) == 3


async def test_members_of_an_alias_are_not_named(world: World) -> None:
    await world.house.add_alias("sales", "secret@remote.test", "bob@example.test")
    world.sink.always["RCPT"] = "550 5.1.1 no"

    await world.send("sales@example.test")
    report = await world.report()

    (rcpt,) = _status(report)[1:]
    assert (rcpt["Final-Recipient"], rcpt["Original-Recipient"]) == (
        "rfc822; sales@example.test",
        "rfc822;sales@example.test",
    )
