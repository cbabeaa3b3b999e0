"""Reports that come to signed return paths: who gets them, and what is refused."""

from __future__ import annotations

import pytest

from backend.directory import return_paths
from backend.formats.bounce_addresses import Kind, Tag
from backend.formats.dsn import Action, DeliveryReport, RecipientReport, build
from backend.kit import clock, db
from backend.kit.db import Tx
from backend.spool.types import State
from protocol_service.spool import bounces
from protocol_service.spool.bounces import Bounce
from tests.protocol_service.spool.conftest import MESSAGE, World

REPORT = DeliveryReport(
    reporting_mta="mx.remote.test",
    message_id="report@mx.remote.test",
    recipients=(RecipientReport(recipient="x@remote.test", action=Action.FAILED, status="5.1.1"),),
)


async def _sent(world: World) -> int:
    account_id = world.house.users["alice"]
    message_id = await world.send("x@remote.test", account_id=account_id)
    await world.settled(message_id)
    return message_id


async def _path(kind: Kind, first: int, second: int = 1) -> str:
    return str(await return_paths.issue(Tag.issued(kind, first, second, at=clock.now()), "example.test"))


async def test_a_report_goes_to_whoever_sent_the_message(world: World) -> None:
    path = await _path(Kind.MESSAGE, await _sent(world))
    client = await world.house.connect()

    assert (await client.mail("", [path.upper()], build(REPORT))).code == 250

    (stored,) = await world.house.wait_for_mail("alice", 1)
    assert f"\r\nDelivered-To: {path.upper().partition('@')[0]}@example.test\r\n".encode() in stored


async def test_only_the_null_sender_reaches_a_return_path(world: World) -> None:
    path = await _path(Kind.MESSAGE, await _sent(world))
    client = await world.house.connect()

    refused = await client.mail("spammer@elsewhere.test", [path], MESSAGE)

    assert str(refused) == "550 5.7.1 This address takes delivery reports only"
    message_id = await world.send(path, sender="bob@example.test")
    (row,) = await world.settled(message_id)
    assert (row["state"], row["last_status"]) == (State.FAILED, "5.7.1")
    assert await world.house.inbox("alice") == []


async def test_a_forged_return_path_is_unknown(world: World) -> None:
    path = await _path(Kind.MESSAGE, await _sent(world))
    forged = path.replace(path[10:12], "zz" if path[10:12] != "zz" else "yy", 1)
    client = await world.house.connect()

    assert str(await client.mail("", [forged], MESSAGE)) == "550 5.1.1 No such user here"


async def test_a_return_path_of_a_forgotten_message_is_unknown(world: World) -> None:
    message_id = await world.send(await _path(Kind.MESSAGE, 12345), sender="")

    (row,) = await world.settled(message_id)

    assert (row["state"], row["last_status"]) == (State.FAILED, "5.1.1")


async def test_a_list_hears_of_its_member(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Bounce] = []

    async def receive(tx: Tx, bounce: Bounce) -> None:
        assert await tx.fetch_value("SELECT 1") == 1
        heard.append(bounce)

    monkeypatch.setitem(bounces.RECEIVERS, Kind.LIST, receive)
    client = await world.house.connect()

    assert (await client.mail("", [await _path(Kind.LIST, 7, 9)], build(REPORT))).code == 250
    assert (await client.mail("", [await _path(Kind.LIST, 7, 10)], MESSAGE)).code == 250
    await world.worker.idle()

    assert [(one.tag.first, one.tag.second) for one in heard] == [(7, 9), (7, 10)]
    assert heard[0].report is not None
    assert heard[0].report.recipients[0].status == "5.1.1"
    assert heard[1].report is None
    states = await db.fetch_rows("SELECT state FROM spool_recipient")
    assert states == [(State.DELIVERED,)] * 2


async def test_a_kind_without_a_receiver_is_unknown(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(bounces.RECEIVERS, Kind.LIST)
    message_id = await world.send(await _path(Kind.LIST, 7), sender="")

    (row,) = await world.settled(message_id)

    assert (row["state"], row["last_reply"]) == (State.FAILED, "No such user here")
