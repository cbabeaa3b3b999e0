"""Delivery to another host: the conversation, and what each kind of answer means."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.directory.principal import SYSTEM
from backend.kit import db
from backend.kit.runtime import Runtime
from backend.spool import admin
from backend.spool.types import SpoolRcpt, State
from protocol_service.spool.smtp_client import stuffed
from protocol_service.tls import Certificate
from tests.protocol_service.spool.conftest import MESSAGE, World, agent_for
from tests.support.dns_stub import DnsStub
from tests.support.mail_house import mail_house, until
from tests.support.smtp_sink import Sink, smtp_sink


async def test_a_message_goes_out_in_one_piece_and_unchanged(world: World) -> None:
    await world.send("x@remote.test", "y@remote.test")

    await world.sink.wait_for(1)

    (message,) = world.sink.messages
    assert (message.sender, sorted(message.addresses)) == (
        "alice@example.test",
        ["x@remote.test", "y@remote.test"],
    )
    assert message.data == MESSAGE
    assert message.mail_parameters == f"SIZE={len(MESSAGE)}"
    assert world.sink.batches == [3]  # two RCPT and DATA came with MAIL
    assert world.sink.commands[0] == "EHLO mail.example.test"


async def test_rows_keep_what_the_host_said(world: World) -> None:
    world.sink.script("END", "250 2.6.0 Queued as 4711")

    rows = await world.settled(await world.send("x@remote.test"))

    assert [(r["state"], r["last_status"], r["last_host"], r["last_reply"]) for r in rows] == [
        (State.DELIVERED, "2.6.0", "mx.remote.test", "250 2.6.0 Queued as 4711")
    ]


async def test_a_connection_serves_several_messages(world: World) -> None:
    for _ in range(5):
        await world.settled(await world.send("x@remote.test"))

    assert len(world.sink.messages) == 5
    assert world.sink.connections == 1


async def test_a_connection_that_went_stale_is_replaced(world: World) -> None:
    await world.settled(await world.send("x@remote.test"))
    world.sink.script("MAIL", "DROP")

    rows = await world.settled(await world.send("x@remote.test"))

    assert rows[0]["state"] == State.DELIVERED
    assert world.sink.connections == 2


CHUNKING = ["PIPELINING", "8BITMIME", "SIZE 10000000", "CHUNKING"]


async def test_a_first_small_message_leaves_whole_by_chunking(world: World) -> None:
    world.sink.extensions = CHUNKING
    raw = MESSAGE + b"\r\n.dots stay\r\n.\r\n"

    await world.settled(await world.send("x@remote.test", raw=raw))
    await world.settled(await world.send("x@remote.test", raw=raw))

    assert [message.data for message in world.sink.messages] == [raw, raw]
    assert world.sink.connections == 1
    assert world.sink.batches == [2 + raw.count(b"\r\n"), 1]  # on a used connection the bytes come afterwards
    assert f"BDAT {len(raw)} LAST" in world.sink.commands


async def test_a_large_message_waits_for_the_recipients_answers(world: World) -> None:
    world.sink.extensions = CHUNKING
    raw = MESSAGE + (b"x" * 70 + b"\r\n") * 20_000

    await world.settled(await world.send("x@remote.test", raw=raw))

    assert world.sink.batches == [1]
    assert world.sink.messages[0].data == raw


async def test_refusals_around_a_chunk_leave_the_connection_usable(world: World) -> None:
    world.sink.extensions = CHUNKING
    world.sink.script("RCPT no@remote.test", "550 5.1.1 unknown", "550 5.1.1 unknown")
    world.sink.script("END", "452 4.3.1 disk full")

    refused = await world.settled(await world.send("no@remote.test"))  # leaves at once
    again = await world.settled(await world.send("no@remote.test"))  # bytes never leave
    both = await world.send("no@remote.test", "yes@remote.test")
    await until(lambda: world.sink.commands.count("RSET") == 3)
    await world.settled(await world.send("x@remote.test"))

    assert [row["last_status"] for row in refused + again] == ["5.1.1", "5.1.1"]
    rows = [row for row in await world.house.spool_rows() if row["message_id"] == both]
    assert {row["last_status"] for row in rows} == {"4.3.1"}
    assert len(world.sink.messages) == 1
    assert world.sink.connections == 1


async def test_a_chunk_whose_fate_is_unknown_is_not_sent_again_at_once(world: World) -> None:
    world.sink.extensions = CHUNKING
    world.sink.script("END", "DROP")

    await world.send("x@remote.test")
    await world.sink.wait_for(1)
    await world.worker.idle()

    (row,) = await world.house.spool_rows()
    assert (row["state"], row["last_status"]) == (State.QUEUED, "4.4.2")
    assert len(world.sink.messages) == 1


async def test_dsn_parameters_and_utf8_go_along(world: World) -> None:
    raw = MESSAGE.replace(b"Hello", "Grüße".encode())
    recipient = SpoolRcpt("jörg", "remote.test", orcpt="utf-8;jörg@old.test", notify="FAILURE,SUCCESS")

    await world.send(recipient, raw=raw, ret="HDRS", envid="abc+2B", smtputf8=True)
    await world.sink.wait_for(1)

    (message,) = world.sink.messages
    assert message.mail_parameters == f"SIZE={len(raw)} BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=abc+2B"
    assert message.recipients == [("jörg@remote.test", "NOTIFY=FAILURE,SUCCESS ORCPT=utf-8;jörg@old.test")]


async def test_a_plain_host_is_spoken_to_plainly(world: World) -> None:
    world.sink.extensions = []
    world.sink.always["EHLO"] = "502 5.5.1 what?"

    rows = await world.settled(await world.send("x@remote.test", raw=MESSAGE.replace(b"Hi", b"H\xc3\xaf")))

    assert rows[0]["state"] == State.DELIVERED
    assert world.sink.batches == [0]
    assert world.sink.messages[0].mail_parameters == ""


@pytest.mark.parametrize("is_broken", [False, True])
async def test_tls_is_used_where_it_is_offered_and_works(rt: Runtime, world: World, is_broken: bool) -> None:
    world.sink.tls = Certificate(rt.settings).context
    if is_broken:
        world.sink.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)  # has no certificate: the handshake fails

    rows = await world.settled(await world.send("x@remote.test"))

    assert rows[0]["state"] == State.DELIVERED
    assert world.sink.messages[0].is_tls is not is_broken


async def test_each_recipient_has_its_own_fate(world: World) -> None:
    world.sink.script("RCPT no@remote.test", "550 5.1.1 unknown")
    world.sink.script("RCPT later@remote.test", "450 4.2.0 greylisted")

    rows = await world.settled(await world.send("yes@remote.test", "no@remote.test", "later@remote.test"))

    assert {row["localpart"]: (row["state"], row["last_status"]) for row in rows} == {
        "yes": (State.DELIVERED, "2.0.0"),
        "no": (State.FAILED, "5.1.1"),
        "later": (State.QUEUED, "4.2.0"),
    }
    assert world.sink.messages[0].addresses == ["yes@remote.test"]


@pytest.mark.parametrize(
    ("key", "reply", "state", "status"),
    [
        ("MAIL", "550 5.7.1 not you", State.FAILED, "5.7.1"),
        ("MAIL", "451 4.3.0 later", State.QUEUED, "4.3.0"),
        ("MAIL", "421 4.3.2 going down", State.QUEUED, "4.3.2"),
        ("RCPT", "421 4.3.2 going down", State.QUEUED, "4.3.2"),
        ("RCPT", "554 no", State.FAILED, "5.0.0"),
        ("DATA", "452 4.3.1 full", State.QUEUED, "4.3.1"),
        ("END", "554 5.6.0 spam", State.FAILED, "5.6.0"),
        ("END", "451 4.7.1 wait", State.QUEUED, "4.7.1"),
        ("END", "DROP", State.QUEUED, "4.4.2"),
        ("MAIL", "DROP", State.QUEUED, "4.4.2"),
        ("GREETING", "554 5.7.1 go away", State.QUEUED, "4.3.2"),
        ("GREETING", "421 4.3.2 busy", State.QUEUED, "4.3.2"),
        ("GREETING", "HTTP/1.1 400 Bad Request", State.QUEUED, "4.4.1"),
        ("GREETING", "220 " + "x" * 20_000, State.QUEUED, "4.4.1"),
        ("GREETING", "220-x\r\n" * 500 + "220 x", State.QUEUED, "4.4.1"),
        ("EHLO", "250-x\r\n" * 500 + "250 x", State.QUEUED, "4.4.1"),
        ("MAIL", "999 what", State.QUEUED, "4.4.2"),
        ("DATA", "250 2.0.0 taken", State.QUEUED, "4.4.2"),
        ("END", "354 go on", State.QUEUED, "4.4.2"),
    ],
)
async def test_answers_of_the_host(world: World, key: str, reply: str, state: State, status: str) -> None:
    world.sink.always[key] = reply

    (row,) = await world.settled(await world.send("x@remote.test"))

    assert (row["state"], row["last_status"]) == (state, status)


async def test_data_without_recipients_is_ended_at_once(world: World) -> None:
    world.sink.always |= {"RCPT": "550 5.1.1 unknown", "DATA": "354 go on"}

    (row,) = await world.settled(await world.send("x@remote.test"))

    assert (row["state"], row["last_status"]) == (State.FAILED, "5.1.1")
    assert [message.data for message in world.sink.messages] == [b""]


async def test_a_host_that_says_nothing_is_left_after_a_while(world: World) -> None:
    world.sink.gate = asyncio.Event()  # never set: no answer to the final dot

    (row,) = await world.settled(await world.send("x@remote.test"))

    assert (row["state"], row["last_status"]) == (State.QUEUED, "4.4.2")
    assert row["last_reply"] == "No answer to the message: timed out"
    assert world.sink.connections == 1


async def test_the_next_host_takes_over(world: World) -> None:
    world.dns.records["remote.test", "MX"] = ["5 dead.remote.test.", "10 mx.remote.test."]
    world.dns.add("dead.remote.test", "A", "127.0.0.2")  # nobody listens there

    (row,) = await world.settled(await world.send("x@remote.test"))

    assert (row["state"], row["last_host"]) == (State.DELIVERED, "mx.remote.test")


async def test_a_dead_host_defers(world: World) -> None:
    world.dns.records["mx.remote.test", "A"] = ["127.0.0.2"]

    (row,) = await world.settled(await world.send("x@remote.test"))

    assert (row["state"], row["last_status"]) == (State.QUEUED, "4.4.1")
    assert str(row["last_reply"]).startswith("Cannot connect to mx.remote.test [127.0.0.2]: ")


async def test_too_many_recipients_go_in_a_second_transaction(world: World) -> None:
    world.sink.script("RCPT", "250 ok", "250 ok", "452 4.5.3 Too many recipients")

    rows = await world.settled(await world.send(*(f"x{number}@remote.test" for number in range(3))))

    assert [row["state"] for row in rows] == [State.DELIVERED] * 3
    assert [len(message.recipients) for message in world.sink.messages] == [2, 1]


@pytest.mark.parametrize(
    ("extensions", "status"),
    [(["SIZE 100", "SMTPUTF8"], "5.3.4"), (["PIPELINING"], "5.6.7")],
    ids=["size", "utf8"],
)
async def test_what_a_host_can_never_take_is_not_tried(
    world: World, extensions: list[str], status: str
) -> None:
    world.sink.extensions = extensions

    (row,) = await world.settled(await world.send("jörg@remote.test"))

    assert (row["state"], row["last_status"]) == (State.FAILED, status)
    assert not any(command.startswith("MAIL") for command in world.sink.commands)


async def test_few_connections_at_a_time_to_one_host(world: World) -> None:
    world.sink.gate = asyncio.Event()
    for _ in range(80):
        await world.send("x@remote.test")

    await until(lambda: world.sink.open_connections == 2)
    await asyncio.sleep(0.05)
    assert world.sink.open_connections == 2
    world.sink.gate.set()
    await world.sink.wait_for(80)

    assert 2 < world.sink.most_connections <= 10


async def test_a_dead_destination_is_not_tried_for_each_message(world: World) -> None:
    world.dns.add("dead.test", "MX", "10 mx.dead.test.")
    world.dns.add("mx.dead.test", "A", "127.0.0.9")
    first = await world.send("x@dead.test")
    await world.settled(first)

    rows = [row for _ in range(30) for row in await world.settled(await world.send("y@dead.test"))]
    await world.settled(await world.send("x@remote.test"))

    assert {(row["state"], row["last_status"], row["attempts"]) for row in rows} == {
        (State.QUEUED, "4.4.1", 1)
    }
    assert all("mx.dead.test" in str(row["last_reply"]) for row in rows)
    assert await admin.retry(SYSTEM, [first]) == 1
    await _attempts(first, 2)
    assert len(world.sink.messages) == 1


async def _attempts(message_id: int, count: int) -> None:
    """Wait until a message was attempted that often."""
    attempts = "SELECT attempts FROM spool_recipient WHERE message_id = ?"
    async with asyncio.timeout(10):
        while await db.fetch_value(attempts, message_id) != count:  # noqa: ASYNC110  # tables tell nobody
            await asyncio.sleep(0.01)


async def test_a_smarthost_takes_everything(rt: Runtime, dns: DnsStub, sink: Sink) -> None:
    agent = agent_for(rt, dns, 1, smarthost=sink.address)
    async with mail_house(rt, agent=agent) as house:
        world = World(house, dns, sink)
        await world.send("x@one.test", "y@two.test")
        await sink.wait_for(2)

    assert sorted(address for message in sink.messages for address in message.addresses) == [
        "x@one.test",
        "y@two.test",
    ]
    assert not dns.asked


async def test_a_large_message_arrives_whole(world: World, tmp_path: Path) -> None:
    raw = MESSAGE + (b".line\r\n" + b"z" * 997 + b"\r\n") * 3000

    await world.settled(await world.send("x@remote.test", raw=raw))

    assert world.sink.messages[0].data == raw


async def test_an_address_literal_is_a_host(rt: Runtime, dns: DnsStub) -> None:
    async with smtp_sink() as sink, mail_house(rt, agent=agent_for(rt, dns, sink.address[1])) as house:
        await World(house, dns, sink).send("x@[127.0.0.1]")
        await sink.wait_for(1)

    assert sink.messages[0].addresses == ["x@[127.0.0.1]"]


@given(st.lists(st.sampled_from([b"\r", b"\n", b"\r\n", b".", b"a", b"\x80"]), max_size=30).map(b"".join))
@settings(max_examples=200)
def test_only_crlf_and_one_end_ever_leave_us(raw: bytes) -> None:
    wire = stuffed(raw)

    assert wire.count(b"\n") == wire.count(b"\r\n") == wire.count(b"\r")
    assert ("\r\n" + wire.decode("latin-1")).find("\r\n.\r\n") == len(wire) - 3
