"""The whole way of a message on both engines: SMTP, spool, mailboxes, and back as a notice."""

from __future__ import annotations

import asyncio
import re

from backend.formats.dsn import Action, DeliveryReport, RecipientReport, build
from backend.kit import db
from backend.kit.runtime import Runtime
from backend.spool import reports
from backend.spool.types import State
from protocol_service.spool.worker import Worker
from tests.protocol_service.spool.conftest import MESSAGE, World, agent_for
from tests.support.dns_stub import DnsStub
from tests.support.mail_house import mail_house
from tests.support.smtp_sink import Sink


async def test_in_through_and_out(any_rt: Runtime, dns: DnsStub, sink: Sink) -> None:
    sink.script("RCPT y@remote.test", "550 5.1.1 no\x01 such user")
    async with mail_house(any_rt, agent=agent_for(any_rt, dns, sink.address[1])) as house:
        await house.add_alias("staff", "bob@example.test", "x@remote.test", "y@remote.test")
        client = await house.connect()
        raw = b"Subject: =?utf-8?q?a=00b?= \xff\0\r\n" + MESSAGE

        reply = await client.mail("alice@example.test", ["staff@example.test", "alice@example.test"], raw)

        assert reply.code == 250
        assert (await house.wait_for_mail("bob", 1))[0].endswith(raw)
        stored = await house.wait_for_mail("alice", 2)
        assert sum(b"Final-Recipient: rfc822; staff@example.test" in body for body in stored) == 1
        await sink.wait_for(1)
        assert sink.messages[0].addresses == ["x@remote.test"]
        assert house.worker is not None
        await house.worker.idle()
        assert await db.fetch_value("SELECT COUNT(*) FROM spool_message WHERE finished_at IS NULL") == 0


async def test_two_workers_and_twenty_senders(any_rt: Runtime, dns: DnsStub, sink: Sink) -> None:
    async with mail_house(any_rt) as house:
        second = Worker(any_rt.settings)
        await second.start()

        async def send_some(number: int) -> None:
            client = await house.connect()
            for at in range(5):
                message = b"Message-ID: <%d.%d@x.test>\r\n\r\n" % (number, at)
                assert (
                    await client.mail("c@remote.test", ["bob@example.test", "alice@example.test"], message)
                ).code == 250

        await asyncio.gather(*(send_some(number) for number in range(20)))
        counts = [len(await house.wait_for_mail(name, 100)) for name in ("alice", "bob")]
        await second.drain()
        await second.close()

        assert counts == [100, 100]
        assert {row["state"] for row in await house.spool_rows()} == {State.DELIVERED}
        assert await db.fetch_rows("SELECT DISTINCT refs FROM blob") == [(2,)]


async def test_a_report_comes_back(any_rt: Runtime, dns: DnsStub, sink: Sink) -> None:
    async with mail_house(any_rt, agent=agent_for(any_rt, dns, sink.address[1])) as house:
        world = World(house, dns, sink)
        await world.send("x@remote.test", account_id=house.users["alice"], message_id="1@example.test")
        await sink.wait_for(1)
        (token,) = re.findall(r"ENVID=(\S+)", sink.messages[0].mail_parameters)
        gone = RecipientReport(recipient="x@remote.test", action=Action.FAILED, status="5.1.1")
        report = DeliveryReport(
            reporting_mta="mx.remote.test", message_id="r@x.test", envelope_id=token, recipients=(gone,)
        )
        client = await house.connect()

        assert (await client.mail("", ["alice@example.test"], build(report))).code == 250
        await house.wait_for_mail("alice", 1)

        (view,) = await reports.of_message(house.users["alice"], "1@example.test")
        assert (view.address, view.is_verified) == ("x@remote.test", True)
