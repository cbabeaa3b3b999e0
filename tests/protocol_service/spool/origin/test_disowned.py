"""What becomes of mail that the domain in From disowns (DMARC)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from dns.rcode import Rcode

from backend.directory import domains, settings
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from backend.formats import arc, dkim
from backend.formats.dkim import SigningKey
from backend.kit import clock, db
from backend.kit.runtime import Runtime
from backend.spool import trace
from tests.protocol_service.spool.origin.strangers import RAW, connect, deliver, open_house
from tests.support.dns_stub import DnsStub
from tests.support.mail_house import House
from tests.support.people import add_user
from tests.support.smtp_raw import Reply
from tests.support.smtp_sink import Sink

FORGER = "198.51.100.99"


async def mailbox_of(house: House, localpart: str) -> list[str]:
    """Where somebody's messages lie."""
    rows = await db.fetch_rows(
        "SELECT b.name FROM message m JOIN mailbox b ON b.id = m.mailbox_id WHERE m.account_id = ?",
        house.users[localpart],
    )
    return [row[0] for row in rows]


async def send_forged(house: House, *recipients: str, raw: bytes = RAW) -> Reply:
    client = await connect(house, FORGER)
    return await client.mail("carol@far.test", list(recipients or ["bob@example.test"]), raw)


async def set_dmarc(house: House, value: str) -> None:
    await settings.set_value(SYSTEM, "reception.dmarc", Level.DOMAIN, house.domain_id, value)


@pytest.mark.parametrize(
    ("record", "setting", "place"),
    [
        ("p=reject", "junk", "Junk"),
        ("p=quarantine", "junk", "Junk"),
        ("p=quarantine", "refuse", "Junk"),
        ("p=none", "refuse", "INBOX"),
        ("p=reject", "tell", "INBOX"),
        ("p=reject; pct=50", "refuse", "Junk"),
        ("p=quarantine; t=y", "junk", "INBOX"),
        ("p=none; sp=reject", "refuse", "INBOX"),
    ],
)
async def test_what_is_disowned_is_filed_as_the_domain_wants_it(
    house: House, dns: DnsStub, key: SigningKey, record: str, setting: str, place: str
) -> None:
    dns.records["_dmarc.far.test", "TXT"] = [f'"v=DMARC1; {record}"']
    await set_dmarc(house, setting)

    assert (await send_forged(house)).code == 250
    assert house.worker is not None
    await house.worker.idle()

    assert await mailbox_of(house, "bob") == [place]


async def test_what_its_domain_asks_to_refuse_is_refused_before_the_250(
    house: House, key: SigningKey
) -> None:
    await set_dmarc(house, "refuse")

    reply = await send_forged(house)

    assert str(reply) == (
        "550 5.7.26 The domain in From asks to refuse what it does not vouch for (DMARC; dkim=none, spf=fail)"
    )
    assert await house.count("spool_message") == 0
    await house.smtp.reception.refusals.flush()
    assert await db.fetch_rows("SELECT sender, localpart, status FROM refusal") == [
        ("carol@far.test", "bob", "5.7.26")
    ]


async def test_a_good_message_is_looked_into_once_where_refusing_is_asked_for(
    house: House, dns: DnsStub, key: SigningKey
) -> None:
    await set_dmarc(house, "refuse")

    stored = await deliver(house, dkim.sign(RAW, [key], now=clock.now()) + RAW)

    assert b"\tdmarc=pass (p=reject) header.from=far.test;\r\n" in stored
    assert dns.asked["_dmarc.far.test", "TXT"] == 1
    [(checks, text)] = await db.fetch_rows(
        "SELECT m.checks, r.trace FROM spool_message m JOIN spool_recipient r ON r.message_id = m.id"
    )
    assert "dmarc=pass" in checks
    assert [entry.event for entry in trace.parse(text)] == [trace.Event.DELIVERED]


async def test_what_is_also_for_another_domain_is_put_aside_and_never_sent_back(
    house: House, key: SigningKey, sink: Sink
) -> None:
    other = await domains.add(SYSTEM, "other.test")
    await add_user(other.id, "eve")
    await set_dmarc(house, "refuse")

    assert (await send_forged(house, "bob@example.test", "eve@other.test")).code == 250
    assert house.worker is not None
    await house.worker.idle()

    assert await mailbox_of(house, "bob") == ["Junk"]
    assert await house.count("spool_message") == 1


@pytest.mark.parametrize("fault", ["dead", "servfail", "slow"])
async def test_dns_that_does_not_answer_refuses_nothing(
    rt: Runtime, dns: DnsStub, sink: Sink, key: SigningKey, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    dns.is_dead = fault == "dead"
    dns.rcode = Rcode.SERVFAIL if fault == "servfail" else None
    dns.delay_s = 2.0 if fault == "slow" else 0.0
    monkeypatch.setattr("protocol_service.smtp.checks.origin.WAIT_S", 0.5)
    async with open_house(rt, dns, sink, patience_s=0.2) as house:
        await set_dmarc(house, "refuse")

        assert (await send_forged(house)).code == 250


async def test_trusted_forwarders_are_not_held_against_the_author(
    house: House, dns: DnsStub, key: SigningKey
) -> None:
    await set_dmarc(house, "refuse")
    await settings.set_value(
        SYSTEM, "reception.trusted_forwarders", Level.SYSTEM, 0, "lists.test other.example"
    )
    dns.add("lists.test", "TXT", f'"v=spf1 ip4:{FORGER} -all"')
    client = await connect(house, FORGER)

    assert (await client.mail("bounce@lists.test", ["bob@example.test"], RAW)).code == 250
    assert (await client.mail("bounce@lists.test.evil.test", ["bob@example.test"], RAW)).code == 550

    (stored,) = await house.wait_for_mail("bob", 1)
    assert b"dmarc=fail (p=reject by way of lists.test) header.from=far.test policy.dmarc=none;" in stored


@pytest.mark.parametrize("found", ["dmarc=pass", "dmarc=fail", 'spf=pass smtp.mailfrom="; dmarc=pass"'])
async def test_a_trusted_seal_counts_where_the_sealer_saw_dmarc_pass(
    house: House, dns: DnsStub, key: SigningKey, found: str
) -> None:
    await set_dmarc(house, "refuse")
    await settings.set_value(SYSTEM, "reception.trusted_forwarders", Level.SYSTEM, 0, "sealer.test")
    sealer = replace(key, domain="sealer.test")
    dns.records["s1._domainkey.sealer.test", "TXT"] = dns.records["s1._domainkey.far.test", "TXT"]
    sets = arc.seal(RAW, sealer, authserv_id="mx", results=[found], found=arc.Result.NONE, now=clock.now())

    reply = await send_forged(house, raw=sets + RAW)

    assert reply.code == (250 if found == "dmarc=pass" else 550)


async def test_a_broken_chain_of_a_trusted_sealer_counts_for_nothing(
    house: House, dns: DnsStub, key: SigningKey
) -> None:
    await set_dmarc(house, "refuse")
    await settings.set_value(SYSTEM, "reception.trusted_forwarders", Level.SYSTEM, 0, "sealer.test")
    sealer = replace(key, domain="sealer.test")
    dns.records["s1._domainkey.sealer.test", "TXT"] = dns.records["s1._domainkey.far.test", "TXT"]
    sets = arc.seal(RAW, sealer, authserv_id="mx", results=["dmarc=pass"], found=arc.Result.NONE, now=1)

    assert (await send_forged(house, raw=sets + RAW.replace(b"Hi", b"Ho"))).code == 550


async def test_several_from_fields_of_a_stranger_are_refused(house: House, key: SigningKey) -> None:
    reply = await send_forged(house, raw=b"From: eve@evil.test\r\n" + RAW)

    assert str(reply) == "550 5.7.1 Message has several From fields"
    assert await house.count("spool_message") == 0


async def test_of_several_authors_the_strictest_domain_has_its_way(
    house: House, dns: DnsStub, key: SigningKey
) -> None:
    await set_dmarc(house, "refuse")
    dns.add("evil.test", "TXT", f'"v=spf1 ip4:{FORGER} -all"')
    dns.add("_dmarc.evil.test", "TXT", '"v=DMARC1; p=none"')
    raw = RAW.replace(b"From: Alice <carol@far.test>", b"From: eve@evil.test, Alice <carol@far.test>")
    assert raw != RAW
    client = await connect(house, FORGER)

    assert (await client.mail("eve@evil.test", ["bob@example.test"], raw)).code == 550
