"""Mail of other hosts is looked into between its 250 and its mailbox; what passes through is sealed."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from ipaddress import ip_network

import dkim as oracle
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from dns.rcode import Rcode

from backend.directory import domains, forwards, list_members, lists, settings
from backend.directory.list_members import NewMember
from backend.directory.list_types import Posting
from backend.directory.lists import Options
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from backend.formats import arc, dkim
from backend.formats.dkim import SigningKey
from backend.formats.list_commands import Decision
from backend.formats.list_commands import Verdict as Decided
from backend.kit import blobs, clock, db
from backend.kit.resolver import Resolver
from backend.kit.runtime import Runtime
from backend.operations import dkim_keys
from backend.spool import trace
from backend.spool.types import UNVERIFIED, Envelope, SpoolRcpt
from backend.submission.lists import held
from protocol_service.spool import direct
from protocol_service.verification.lookups import DnsLookups
from protocol_service.verification.verifier import Verifier
from tests.protocol_service.spool.conftest import MESSAGE, World, agent_for, quick_resolver
from tests.support.dns_stub import DnsStub
from tests.support.mail_house import House, mail_house
from tests.support.people import add_user
from tests.support.smtp_raw import RawSmtp, Reply
from tests.support.smtp_sink import Sink

PEER = "198.51.100.22"
RAW = MESSAGE.replace(b"alice@example.test", b"carol@far.test").replace(b"x@remote.test", b"bob@example.test")


@pytest.fixture
def key(dns: DnsStub) -> SigningKey:
    """The signer of far.test, whose records are published."""
    made = SigningKey("far.test", "s1", ed25519.Ed25519PrivateKey.from_private_bytes(b"k" * 32))
    dns.add("s1._domainkey.far.test", "TXT", f'"{dkim.record(made.key)}"')
    dns.add("far.test", "TXT", f'"v=spf1 ip4:{PEER} -all"')
    dns.add("_dmarc.far.test", "TXT", '"v=DMARC1; p=reject"')
    return made


@asynccontextmanager
async def open_house(rt: Runtime, dns: DnsStub, sink: Sink, *, patience_s: float = 5) -> AsyncIterator[House]:
    """Behind a balancer that names the clients."""
    resolver = Resolver([dns.address], query_s=patience_s, lifetime_s=2 * patience_s)
    changed = rt.settings.model_copy(
        update={"proxy_networks": (ip_network("127.0.0.1/32"),), "dns_servers": [dns.address]}
    )
    await settings.set_value(SYSTEM, "reception.greet_wait_seconds", Level.SYSTEM, 0, 0)
    await settings.set_value(SYSTEM, "reception.dmarc", Level.SYSTEM, 0, "tell")
    await settings.set_value(SYSTEM, "reception.refuse_null_mx", Level.SYSTEM, 0, False)
    agent = agent_for(rt, dns, sink.address[1])
    async with mail_house(rt, settings=changed, agent=agent, resolver=resolver) as running:
        yield running


@pytest.fixture
async def house(rt: Runtime, dns: DnsStub, sink: Sink) -> AsyncIterator[House]:
    async with open_house(rt, dns, sink) as running:
        yield running


async def connect(house: House, peer: str = PEER) -> RawSmtp:
    client = await house.connect(greet=False)
    client.send(f"PROXY TCP4 {peer} 203.0.113.7 35646 25\r\n".encode())
    assert (await client.reply()).code == 220
    assert (await client.command("EHLO mx.far.test")).code == 250
    return client


async def deliver(house: House, raw: bytes, sender: str = "carol@far.test", peer: str = PEER) -> bytes:
    """The message as bob finds it."""
    before = len(await house.inbox("bob"))
    client = await connect(house, peer)
    assert (await client.mail(sender, ["bob@example.test"], raw)).code == 250
    return (await house.wait_for_mail("bob", before + 1))[-1]


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


async def publish(house: House, dns: DnsStub) -> None:
    """The keys of our own domain."""
    for one in await dkim_keys.list_keys(SYSTEM, house.domain_id):
        dns.add(one.record_name, "TXT", f'"{one.record[:200]}" "{one.record[200:]}"')
    await dkim_keys.maintain(Resolver([dns.address]))


def by_oracle(raw: bytes, dns: DnsStub) -> bytes:
    def txt(name: bytes, timeout: int = 5) -> bytes:
        (record,) = dns.records[name.decode().rstrip("."), "TXT"]
        return record.replace('" "', "").strip('"').encode()

    return bytes(oracle.arc_verify(raw, dnsfunc=txt)[0])


async def test_what_is_forwarded_is_sealed(house: House, dns: DnsStub, sink: Sink, key: SigningKey) -> None:
    await publish(house, dns)
    await forwards.put(SYSTEM, house.users["bob"], ["bob@remote.test"])

    await deliver(house, dkim.sign(RAW, [key], now=clock.now()) + RAW)
    await sink.wait_for(1)

    sent = sink.messages[0].data
    assert sent.startswith(
        b"Delivered-To: bob@example.test\r\nARC-Seal: i=1; a=rsa-sha256; cv=none; d=example.test;"
    )
    assert b"ARC-Authentication-Results: i=1; mail.example.test;\r\n\tdkim=pass header.d=far.test" in sent
    assert b"\tspf=pass smtp.mailfrom=carol@far.test;" in sent
    assert by_oracle(sent, dns) == b"pass"


async def test_a_chain_goes_on_through_us(house: House, dns: DnsStub, sink: Sink, key: SigningKey) -> None:
    await publish(house, dns)
    await house.add_alias("team", "x@remote.test", "bob@example.test")
    first = arc.seal(RAW, key, authserv_id="mx.far.test", results=["spf=pass"], found=arc.Result.NONE, now=1)
    client = await connect(house)

    assert (await client.mail("carol@far.test", ["team@example.test"], first + RAW)).code == 250
    await sink.wait_for(1)

    sent = sink.messages[0].data
    assert b"ARC-Seal: i=2; a=rsa-sha256; cv=pass; d=example.test;" in sent
    verifier = Verifier(DnsLookups(quick_resolver(dns)))
    assert await verifier.chain(sent) is arc.Result.PASS
    assert b"\tarc=pass (i=1)\r\n" in (await house.wait_for_mail("bob", 1))[0]


async def test_what_was_not_verified_is_sealed_with_what_the_chain_says(
    house: House, dns: DnsStub, sink: Sink, key: SigningKey
) -> None:
    await publish(house, dns)
    await house.add_alias("team", "x@remote.test")
    await settings.set_value(SYSTEM, "reception.verify_origin", Level.SYSTEM, 0, False)
    first = arc.seal(RAW, key, authserv_id="mx.far.test", results=["spf=pass"], found=arc.Result.NONE, now=1)
    broken = first + RAW.replace(b"Hi", b"Ho")
    client = await connect(house)

    assert (await client.mail("carol@far.test", ["team@example.test"], broken)).code == 250
    await sink.wait_for(1)

    assert b"ARC-Seal: i=2; a=rsa-sha256; cv=fail; d=example.test;" in sink.messages[0].data
    assert b"ARC-Authentication-Results: i=2; mail.example.test;\r\n\tarc=fail\r\n" in sink.messages[0].data


async def test_a_list_seals_what_it_has_changed(
    house: House, dns: DnsStub, sink: Sink, key: SigningKey
) -> None:
    await publish(house, dns)
    options = Options(
        name="Talk", posting=Posting.ANYONE, footer="-- \nTalk of ours", subject_prefix="[talk]"
    )
    made = await lists.add(SYSTEM, house.domain_id, "talk", options)
    members = [NewMember(address) for address in ("bob@example.test", "x@remote.test")]
    await list_members.add_many(SYSTEM, made.id, members)
    client = await connect(house)
    signed = dkim.sign(RAW, [key], now=clock.now()) + RAW

    assert (await client.mail("carol@far.test", ["talk@example.test"], signed)).code == 250
    await sink.wait_for(1)

    sent = sink.messages[0].data
    assert b"[talk] Hello" in sent
    assert sent.startswith(b"ARC-Seal: i=1; a=rsa-sha256; cv=none; d=example.test;")
    assert b"ARC-Authentication-Results: i=1; mail.example.test;\r\n\tdkim=pass header.d=far.test" in sent
    assert by_oracle(sent, dns) == b"pass"
    (stored,) = await house.wait_for_mail("bob", 1)
    assert b"Authentication-Results: mail.example.test;\r\n\tdkim=pass header.d=far.test" in stored


@pytest.mark.parametrize("policy", ["none", "reject"])
async def test_a_strict_domain_leaves_under_the_address_of_the_list(
    house: House, dns: DnsStub, key: SigningKey, policy: str
) -> None:
    dns.records["_dmarc.far.test", "TXT"] = [f'"v=DMARC1; p={policy}"']
    made = await lists.add(SYSTEM, house.domain_id, "talk", Options(name="Talk", posting=Posting.ANYONE))
    await list_members.add_many(SYSTEM, made.id, [NewMember("bob@example.test")])
    client = await connect(house)

    await client.mail("carol@far.test", ["talk@example.test"], dkim.sign(RAW, [key], now=clock.now()) + RAW)

    (stored,) = await house.wait_for_mail("bob", 1)
    assert (b"via Talk <talk@example.test>" in stored) is (policy == "reject")
    assert (b"\r\nX-Original-From: Alice <carol@far.test>" in stored) is (policy == "reject")


async def test_a_member_whose_domain_vouches_for_the_post_needs_no_moderator(
    house: House, dns: DnsStub, key: SigningKey
) -> None:
    made = await lists.add(SYSTEM, house.domain_id, "talk")
    await list_members.add_many(SYSTEM, made.id, [NewMember("bob@example.test"), NewMember("carol@far.test")])
    client = await connect(house)

    await client.mail("carol@far.test", ["talk@example.test"], dkim.sign(RAW, [key], now=clock.now()) + RAW)
    await house.wait_for_mail("bob", 1)
    forger = await connect(house, "192.0.2.9")
    await forger.mail("carol@far.test", ["talk@example.test"], RAW.replace(b"Hello", b"Forged"))
    assert house.worker is not None
    await house.worker.idle()

    assert await db.fetch_rows("SELECT subject FROM list_post") == [("Forged",)]
    assert len(await house.inbox("bob")) == 1


async def test_a_post_that_was_held_keeps_what_was_found_of_its_origin(
    house: House, dns: DnsStub, key: SigningKey
) -> None:
    made = await lists.add(SYSTEM, house.domain_id, "talk", Options(name="Talk", is_moderated=True))
    await list_members.add_many(SYSTEM, made.id, [NewMember("bob@example.test"), NewMember("carol@far.test")])
    client = await connect(house)
    await client.mail("carol@far.test", ["talk@example.test"], dkim.sign(RAW, [key], now=clock.now()) + RAW)
    assert house.worker is not None
    await house.worker.idle()
    [(post_id,)] = await db.fetch_rows("SELECT id FROM list_post")

    await held.decide(SYSTEM, made.id, [post_id], Decided(Decision.APPROVE))

    (stored,) = await house.wait_for_mail("bob", 1)
    assert b"Authentication-Results: mail.example.test;\r\n\tdkim=pass header.d=far.test" in stored


def _partly(key: SigningKey) -> bytes:
    # `l=` covers what was there; the attacker's text stands behind it.
    return _by_oracle(key, length=True) + RAW + b"And click here\r\n"


def _second_subject(key: SigningKey) -> bytes:
    signed = _by_oracle(key, include_headers=[b"from", b"to", b"subject"]) + RAW
    return b"Subject: You have won\r\n" + signed


def _expired(key: SigningKey) -> bytes:
    field = dkim.sign(RAW, [key], now=clock.now())
    return field.replace(b"; c=relaxed", b"; x=1000000000; c=relaxed") + RAW


def _broken_chain(key: SigningKey) -> bytes:
    first = arc.seal(RAW, key, authserv_id="mx.far.test", results=["spf=pass"], found=arc.Result.NONE, now=1)
    return first.replace(b"spf=pass", b"dmarc=pass") + RAW


def _by_oracle(key: SigningKey, **options: object) -> bytes:
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    _published["r1"] = dkim.record(made)
    pem = dkim.to_pem(made).encode()
    return bytes(oracle.sign(RAW, b"r1", key.domain.encode(), pem, **options))


_published: dict[str, str] = {}


@pytest.mark.parametrize(
    ("attack", "line"),
    [
        (_partly, b'dkim=policy reason="covers a part of the body only"'),
        (_second_subject, b'dkim=policy reason="a second Subject is not signed"'),
        (_expired, b'dkim=fail reason="signature expired"'),
        (_broken_chain, b"arc=fail (i=1)"),
    ],
    ids=["l tag", "second subject", "x in the past", "broken chain"],
)
async def test_signatures_of_attackers_vouch_for_nothing(
    house: House, dns: DnsStub, key: SigningKey, attack: Callable[[SigningKey], bytes], line: bytes
) -> None:
    raw = attack(key)
    for selector, record in _published.items():
        dns.add(f"{selector}._domainkey.far.test", "TXT", f'"{record[:200]}" "{record[200:]}"')

    stored = await deliver(house, raw, peer="198.51.100.99")

    head = stored.split(b"Received:")[0]
    assert line in head
    assert b"dkim=pass" not in head
    assert b"arc=pass" not in head
    assert b"dmarc=fail (p=reject)" in head


async def test_a_key_of_512_bits_vouches_for_nothing(house: House, dns: DnsStub, key: SigningKey) -> None:
    weak = rsa.RSAPublicNumbers(65537, (1 << 512) - 158 | 1).public_key()
    data = weak.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    dns.add("w1._domainkey.far.test", "TXT", f'"v=DKIM1; p={b64encode(data).decode()}"')
    signed = _by_oracle(key).replace(b"s=r1", b"s=w1") + RAW

    stored = await deliver(house, signed, peer="198.51.100.99")

    assert b'dkim=permerror reason="key of 512 bits"' in stored
    assert b"dmarc=fail (p=reject)" in stored


async def test_a_policy_that_asks_too_much_of_dns_is_an_error(house: House, dns: DnsStub) -> None:
    includes = " ".join(f"include:i{number}.far.test" for number in range(11))
    dns.add("far.test", "TXT", f'"v=spf1 {includes} +all"')
    dns.add("void.test", "TXT", '"v=spf1 a:a.void.test a:b.void.test a:c.void.test +all"')
    dns.add("loop.test", "TXT", '"v=spf1 include:loop.test +all"')
    dns.add("macro.test", "TXT", '"v=spf1 exists:%{z}.macro.test +all"')
    for number in range(11):
        dns.add(f"i{number}.far.test", "TXT", '"v=spf1 -all"')

    for domain in ("far.test", "void.test", "loop.test", "macro.test"):
        stored = await deliver(house, RAW, sender=f"carol@{domain}")
        assert f"spf=permerror smtp.mailfrom=carol@{domain}".encode() in stored


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
