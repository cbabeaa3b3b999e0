"""What passes through is sealed (ARC), and what a list has changed too."""

from __future__ import annotations

import dkim as oracle
import pytest

from backend.directory import forwards, list_members, lists, settings
from backend.directory.list_members import NewMember
from backend.directory.list_types import Posting
from backend.directory.lists import Options
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from backend.formats import arc, dkim
from backend.formats.dkim import SigningKey
from backend.formats.list_commands import Decision
from backend.formats.list_commands import Verdict as Decided
from backend.kit import clock, db
from backend.kit.resolver import Resolver
from backend.operations import dkim_keys
from backend.submission.lists import held
from protocol_service.verification.lookups import DnsLookups
from protocol_service.verification.verifier import Verifier
from tests.protocol_service.spool.conftest import quick_resolver
from tests.protocol_service.spool.origin.strangers import RAW, connect, deliver
from tests.support.dns_stub import DnsStub
from tests.support.mail_house import House
from tests.support.smtp_sink import Sink


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
