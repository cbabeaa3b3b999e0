"""DMARC reports: what strangers' mail came to is counted, and told once a day to who asks for it."""

from __future__ import annotations

import gzip
from dataclasses import replace
from xml.etree import ElementTree

import dkim as oracle
import pytest
from dns.rcode import Rcode

from backend.directory import settings
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from backend.formats import dmarc
from backend.formats.content import decode_part
from backend.formats.dmarc_report import Outcome
from backend.formats.mime import scan
from backend.kit import clock, db
from backend.kit.resolver import Resolver
from backend.operations import dkim_keys, dmarc_reports
from backend.operations.daily_reports import DAY_S
from backend.spool import dmarc_results
from backend.spool.dmarc_results import Kind
from backend.spool.types import SpooledMessage
from protocol_service.verification.lookups import DnsLookups
from protocol_service.verification.verifier import Verifier
from tests.protocol_service.spool.conftest import MESSAGE, World, quick_resolver
from tests.support.clocks import Clock
from tests.support.dns_stub import DnsStub

DAY = 1_800_000_000 // DAY_S
RAW = MESSAGE.replace(b"alice@example.test", b"carol@remote.test")
RECORD = "v=DMARC1; p=reject; rua=mailto:dmarc%2Bours@remote.test"
PASSED = Outcome(
    "192.0.2.7", "none", "", False, True, "remote.test", "remote.test", "remote.test", "mfrom", "pass"
)


def _published(text: str = RECORD) -> dmarc.Record:
    record = dmarc.parse("remote.test", text.encode())
    assert record is not None
    return record


async def _count(day: int = DAY) -> None:
    kind = Kind(day, _published(), PASSED)
    for _ in range(2):
        await db.write(lambda tx: dmarc_results.add(tx, {kind: 3}))


async def _send_due(world: World) -> int:
    sent = await dmarc_reports.send_due(DnsLookups(quick_resolver(world.dns)))
    world.worker.wake()
    return sent


async def _kinds() -> int:
    return int(await db.fetch_value("SELECT count(*) FROM dmarc_result"))


def _xml(raw: bytes) -> ElementTree.Element:
    part = scan(raw).children[1]
    return ElementTree.fromstring(gzip.decompress(decode_part(raw, part, 1 << 20)))  # our own


async def test_a_day_is_reported_once(fake_clock: Clock, world: World) -> None:
    fake_clock.now -= 400 * DAY_S  # the other library knows what day it is
    keys = {}
    for key in await dkim_keys.list_keys(SYSTEM, world.house.domain_id):
        world.dns.add(key.record_name, "TXT", f'"{key.record[:200]}" "{key.record[200:]}"')
        keys[f"{key.record_name}.".encode()] = key.record.encode()
    await dkim_keys.maintain(Resolver([world.dns.address]))
    world.dns.add("_dmarc.remote.test", "TXT", f'"{RECORD}"')
    await _count(DAY - 400)
    assert await _send_due(world) == 0
    fake_clock.now += 2 * DAY_S

    assert await _send_due(world) == 1
    assert await _send_due(world) == 0

    await world.sink.wait_for(1)
    (message,) = world.sink.messages
    assert (message.sender, message.addresses) == ("", ["dmarc+ours@remote.test"])
    assert oracle.verify(message.data, dnsfunc=lambda name, timeout=5: keys[name])
    root = _xml(message.data)
    assert root.findtext("report_metadata/date_range/begin") == str((DAY - 400) * DAY_S)
    assert [one.findtext("row/count") for one in root.findall("record")] == ["6"]
    assert await _kinds() == 0


@pytest.mark.parametrize(
    ("record", "consent", "sent"),
    [
        ("rua=mailto:r@sub.remote.test", None, 1),
        ("rua=mailto:r@collector.test", None, 0),
        ("rua=mailto:r@collector.test", "v=spf1 -all", 0),
        ("rua=mailto:r@collector.test", "v=DMARC1", 1),
        ("rua=mailto:r@collector.test,mailto:r@remote.test!1", None, 0),
        ("rua=https://remote.test/", None, 0),
        ("", None, 0),
    ],
)
async def test_only_who_wants_reports_gets_them(
    fake_clock: Clock, world: World, record: str, consent: str | None, sent: int
) -> None:
    world.dns.add("_dmarc.remote.test", "TXT", f'"v=DMARC1; p=none; {record}"')
    if consent is not None:
        world.dns.add("remote.test._report._dmarc.collector.test", "TXT", f'"{consent}"')
    await _count()
    fake_clock.now += 2 * DAY_S

    assert await _send_due(world) == sent
    assert await _kinds() == 0
    assert await db.fetch_value("SELECT count(*) FROM spool_message") == sent


async def test_a_report_waits_for_dns_some_days(fake_clock: Clock, world: World) -> None:
    world.dns.rcode = Rcode.SERVFAIL
    await _count()
    fake_clock.now += 2 * DAY_S

    assert await _send_due(world) == 0
    assert await _kinds() == 1
    fake_clock.now += 2 * DAY_S
    assert await _send_due(world) == 0
    assert await _kinds() == 0


async def test_no_reports_where_the_system_sends_none(fake_clock: Clock, world: World) -> None:
    world.dns.add("_dmarc.remote.test", "TXT", f'"{RECORD}"')
    await settings.set_value(SYSTEM, dmarc_reports.SETTING, Level.SYSTEM, 0, False)
    await _count()
    fake_clock.now += 2 * DAY_S

    assert await _send_due(world) == 0
    assert await _kinds() == 0


async def test_each_policy_of_a_day_has_its_report(fake_clock: Clock, world: World) -> None:
    world.dns.add("_dmarc.remote.test", "TXT", f'"{RECORD}"')
    earlier = _published(RECORD.replace("reject", "none"))
    await _count()
    await db.write(lambda tx: dmarc_results.add(tx, {Kind(DAY, earlier, PASSED): 1}))
    fake_clock.now += 2 * DAY_S

    assert await _send_due(world) == 2
    await world.sink.wait_for(2)
    found = {_xml(one.data).findtext("policy_published/p") for one in world.sink.messages}
    assert found == {"none", "reject"}


async def test_kinds_are_bounded(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dmarc_results, "MOST_KINDS_OF_DOMAIN", 3)
    kinds = [Kind(DAY, _published(), replace(PASSED, source_ip=f"192.0.2.{n}")) for n in range(5)]

    await db.write(lambda tx: dmarc_results.add(tx, dict.fromkeys(kinds, 1)))
    await db.write(lambda tx: dmarc_results.add(tx, dict.fromkeys(kinds, 1)))

    counted = [
        count for found in (await dmarc_results.of_day(DAY, "remote.test")).values() for _, count in found
    ]
    assert counted == [2, 2, 2]


async def _seen(
    dns: DnsStub, raw: bytes, address: str, *, refuses: bool = False
) -> list[tuple[Outcome, int]]:
    """What is counted of a message of carol@remote.test to our domain, from that host."""
    verifier = Verifier(DnsLookups(quick_resolver(dns)))
    message = SpooledMessage(
        1, 0, "carol@remote.test", 0, len(raw), helo="mx.remote.test", remote_address=address
    )
    await verifier.results(message, raw, "example.test", refuses=refuses)
    await verifier.counts.close()
    by_policy = await dmarc_results.of_day(clock.now() // DAY_S, "remote.test")
    assert set(by_policy) <= {_published()}
    return [one for found in by_policy.values() for one in found]


@pytest.mark.parametrize(
    ("address", "setting", "refuses", "disposition", "override"),
    [
        ("192.0.2.7", "junk", False, "none", ""),
        ("192.0.2.8", "tell", False, "none", "local_policy"),
        ("192.0.2.8", "junk", False, "quarantine", "local_policy"),
        ("192.0.2.8", "refuse", True, "reject", ""),
    ],
)
async def test_what_became_of_a_message_is_counted(
    world: World, address: str, setting: str, *, refuses: bool, disposition: str, override: str
) -> None:
    world.dns.add("_dmarc.remote.test", "TXT", f'"{RECORD}"')
    world.dns.add("remote.test", "TXT", '"v=spf1 ip4:192.0.2.7 -all"')
    await settings.set_value(SYSTEM, "reception.dmarc", Level.SYSTEM, 0, setting)

    ((outcome, count),) = await _seen(world.dns, RAW, address, refuses=refuses)

    passed = address == "192.0.2.7"
    assert (outcome, count) == (
        replace(
            PASSED,
            source_ip=address,
            disposition=disposition,
            override=override,
            is_spf_aligned=passed,
            spf_result="pass" if passed else "fail",
        ),
        1,
    )


async def test_a_domain_that_asks_for_no_reports_is_not_counted(world: World) -> None:
    world.dns.add("_dmarc.remote.test", "TXT", '"v=DMARC1; p=reject"')

    assert await _seen(world.dns, RAW, "192.0.2.8") == []
