"""Mail of other hosts is looked into between its 250 and its mailbox."""

from __future__ import annotations

import asyncio

import pytest
from dns.rcode import Rcode

from backend.directory import settings
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from backend.formats import dkim
from backend.formats.dkim import SigningKey
from backend.kit import blobs, clock, db
from backend.kit.runtime import Runtime
from backend.spool import trace
from backend.spool.types import UNVERIFIED, Envelope, SpoolRcpt
from protocol_service.spool import direct
from protocol_service.verification.lookups import DnsLookups
from tests.protocol_service.spool.conftest import World, quick_resolver
from tests.protocol_service.spool.origin.strangers import RAW, connect, deliver, open_house
from tests.support.dns_stub import DnsStub
from tests.support.mail_house import House
from tests.support.smtp_sink import Sink


async def test_a_good_message_passes_everything(
    any_rt: Runtime, dns: DnsStub, sink: Sink, key: SigningKey
) -> None:
    async with open_house(any_rt, dns, sink) as house:
        stored = await deliver(house, dkim.sign(RAW, [key], now=clock.now()) + RAW)

    head = stored.split(b"Received:")[0]
    assert head.startswith(
        b"Return-Path: <carol@far.test>\r\nDelivered-To: bob@example.test\r\n"
        b"Authentication-Results: mail.example.test;\r\n"
        b"\tdkim=pass header.d=far.test header.s=s1 header.a=ed25519-sha256 header.b="
    )
    assert head.endswith(
        b";\r\n\tspf=pass smtp.mailfrom=carol@far.test;\r\n"
        b"\tdmarc=pass (p=reject) header.from=far.test;\r\n\tarc=none\r\n"
    )
    (row,) = await db.fetch_rows("SELECT trace FROM spool_recipient")
    entries = trace.parse(row[0])
    assert [entry.event for entry in entries] == [trace.Event.VERIFIED, trace.Event.DELIVERED]
    assert [(one.name, one.outcome) for one in entries[0].checks] == [
        ("dkim", "pass"),
        ("spf", "pass"),
        ("dmarc", "pass"),
        ("arc", "none"),
    ]
    assert entries[0].checks[1].detail == "smtp.mailfrom=carol@far.test"


async def test_a_forged_message_is_told_and_still_delivered(house: House, key: SigningKey) -> None:
    stored = await deliver(house, RAW, peer="198.51.100.99")

    assert (
        b"\tspf=fail smtp.mailfrom=carol@far.test;\r\n\tdmarc=fail (p=reject) header.from=far.test" in stored
    )
    assert b"dkim=none;" in stored


async def test_the_null_sender_is_checked_by_its_greeting(house: House, dns: DnsStub) -> None:
    dns.add("mx.far.test", "TXT", '"v=spf1 +all"')

    stored = await deliver(house, RAW, sender="")

    assert b"spf=pass smtp.helo=mx.far.test" in stored


async def test_results_of_a_forger_in_our_name_are_removed(house: House, key: SigningKey) -> None:
    forged = b"Authentication-Results: MAIL.example.test (ok);\r\n\tdmarc=pass header.from=far.test\r\n"
    other = b"Authentication-Results: mx.elsewhere.test; spf=pass\r\n"

    stored = await deliver(house, other + forged + RAW, peer="198.51.100.99")

    assert stored.count(b"Authentication-Results:") == 2
    assert b"dmarc=pass" not in stored
    assert other in stored


@pytest.mark.parametrize("fault", ["dead", "servfail"])
async def test_dns_that_is_silent_costs_time_but_no_mail(
    rt: Runtime, dns: DnsStub, sink: Sink, fault: str
) -> None:
    dns.is_dead = fault == "dead"
    dns.rcode = Rcode.SERVFAIL if fault == "servfail" else None

    async with open_house(rt, dns, sink, patience_s=0.2) as house:
        stored = await deliver(house, RAW)

    assert b"\tspf=temperror smtp.mailfrom=carol@far.test;\r\n\tdmarc=temperror" in stored


async def test_acceptance_does_not_wait_for_dns(house: House, dns: DnsStub) -> None:
    dns.is_dead = True
    client = await connect(house)

    assert (await client.mail("carol@far.test", ["bob@example.test"], RAW)).code == 250
    assert await db.fetch_rows("SELECT authentication FROM spool_message") == [(UNVERIFIED,)]


async def test_who_is_known_is_not_looked_into(world: World) -> None:
    client = await world.house.connect()
    await client.mail("carol@far.test", ["bob@example.test"], RAW)

    (stored,) = await world.house.wait_for_mail("bob", 1)

    assert b"Authentication-Results" not in stored
    assert not world.dns.asked


async def test_the_switch_turns_it_off(house: House, dns: DnsStub) -> None:
    await settings.set_value(SYSTEM, "reception.verify_origin", Level.SYSTEM, 0, False)

    assert b"Authentication-Results" not in await deliver(house, RAW)
    assert not dns.asked


async def test_unverified_mail_is_left_to_the_queue(world: World) -> None:
    envelope = Envelope(
        sender="carol@far.test", recipients=(SpoolRcpt("bob", "example.test"),), authentication=UNVERIFIED
    )
    assert not await direct.deliver(envelope, await blobs.prepare(RAW), RAW)


async def test_answers_are_remembered_and_asked_once(dns: DnsStub) -> None:
    dns.add("a.test", "TXT", '"one " "text"')
    dns.add("a.test", "MX", "20 b.a.test.", "10 a.a.test.")
    dns.add("7.2.0.192.in-addr.arpa", "PTR", "Mail.a.test.")
    dns.delay_s = 0.05
    lookups = DnsLookups(quick_resolver(dns))

    found = await asyncio.gather(*(lookups.txt("a.test") for _ in range(20)))

    assert found == [[b"one text"]] * 20
    assert await lookups.txt("A.test") == [b"one text"]
    assert dns.asked["a.test", "TXT"] == 1
    assert await lookups.mx("a.test") == ["a.a.test", "b.a.test"]
    assert await lookups.names("192.0.2.7") == ["mail.a.test"]
    assert await lookups.addresses("none.test", ipv6=False) == []
    assert await lookups.addresses("a.test", ipv6=True) == []
