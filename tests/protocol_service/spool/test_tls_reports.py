"""TLS reports on the wire: ours leave once a day, theirs are kept for the domain they are about."""

from __future__ import annotations

import dkim as oracle
import dns.rcode
import pytest

from backend.directory import domains, settings
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from backend.formats import headers, tls_report
from backend.formats.addresses import Address
from backend.formats.mime import scan
from backend.formats.tls_report import FailureDetail, PolicyResult, TlsReport
from backend.kit import db
from backend.kit.resolver import Resolver
from backend.operations import dkim_keys
from backend.operations import tls_reports as outgoing
from backend.spool import tls_reports, tls_sessions
from backend.spool.tls_sessions import DAY_S, Session
from tests.protocol_service.spool.conftest import World
from tests.support.clocks import Clock

DAY = 1_800_000_000 // DAY_S
NO_POLICY = tls_sessions.Policy("no-policy-found")


def _resolver(world: World) -> Resolver:
    return Resolver([world.dns.address], query_s=0.3, lifetime_s=0.8)


async def _count(domain: str, day: int = DAY) -> None:
    counts = {
        Session(day, domain, NO_POLICY): 5,
        Session(day, domain, NO_POLICY, "starttls-not-supported", "mx.remote.test", "192.0.2.1"): 2,
    }
    for _ in range(2):
        await db.write(lambda tx: tls_sessions.add(tx, counts))


async def _send_due(world: World) -> int:
    sent = await outgoing.send_due(_resolver(world))
    world.worker.wake()
    return sent


async def test_a_day_is_reported_once_by_mail(fake_clock: Clock, world: World) -> None:
    world.dns.add("_smtp._tls.remote.test", "TXT", '"v=TLSRPTv1; rua=mailto:tls%2Bours@remote.test"')
    await _count("remote.test")
    assert await _send_due(world) == 0
    fake_clock.now = (DAY + 1) * DAY_S + 3600

    assert await _send_due(world) == 1
    assert await _send_due(world) == 0

    await world.sink.wait_for(1)
    (message,) = world.sink.messages
    assert (message.sender, message.addresses) == ("", ["tls+ours@remote.test"])
    assert headers.first(message.data, b"from") == b"postmaster@example.test"
    found = tls_report.find(message.data, scan(message.data))
    assert found is not None
    detail = FailureDetail("starttls-not-supported", 4, "mx.remote.test", "192.0.2.1")
    assert found.policies == (PolicyResult("no-policy-found", "remote.test", 10, 4, details=(detail,)),)
    assert (found.organization, found.contact) == ("example.test", "postmaster@example.test")
    assert (found.begins_at, found.ends_at) == (DAY * DAY_S, (DAY + 1) * DAY_S - 1)
    # A report is no witness of TLS: else two servers would write to each other for ever.
    await world.worker.idle()
    await world.worker._agent.count()
    assert await db.fetch_value("SELECT count(*) FROM tls_session") == 0


async def test_a_report_is_signed(fake_clock: Clock, world: World) -> None:
    fake_clock.now -= 400 * DAY_S  # the other library knows what day it is
    published = {}
    for key in await dkim_keys.list_keys(SYSTEM, world.house.domain_id):
        world.dns.add(key.record_name, "TXT", f'"{key.record[:200]}" "{key.record[200:]}"')
        published[f"{key.record_name}.".encode()] = key.record.encode()
    await dkim_keys.maintain(_resolver(world))
    world.dns.add("_smtp._tls.remote.test", "TXT", '"v=TLSRPTv1; rua=mailto:tls@remote.test"')
    await _count("remote.test", DAY - 400)
    fake_clock.now += 2 * DAY_S

    assert await _send_due(world) == 1
    await world.sink.wait_for(1)

    data = world.sink.messages[0].data
    assert data.count(b"\td=example.test;") == 2
    assert oracle.verify(data, dnsfunc=lambda name, timeout=5: published[name])


@pytest.mark.parametrize(
    "record",
    [None, "v=TLSRPTv1; rua=mailto:not an address", "v=spf1 -all", "v=TLSRPTv1; rua=https://127.0.0.1/r"],
)
async def test_what_nobody_wants_is_forgotten(fake_clock: Clock, world: World, record: str | None) -> None:
    if record is not None:
        world.dns.add("_smtp._tls.remote.test", "TXT", f'"{record}"')
    await _count("remote.test")
    fake_clock.now += 2 * DAY_S

    assert await _send_due(world) == 0
    assert await db.fetch_value("SELECT count(*) FROM tls_session") == 0
    assert await db.fetch_value("SELECT count(*) FROM spool_message") == 0


async def test_a_report_waits_for_dns_some_days(fake_clock: Clock, world: World) -> None:
    world.dns.rcode = dns.rcode.SERVFAIL
    await _count("remote.test")
    fake_clock.now += 2 * DAY_S

    assert await _send_due(world) == 0
    assert await db.fetch_value("SELECT count(*) FROM tls_session") == 2
    fake_clock.now += 2 * DAY_S
    assert await _send_due(world) == 0
    assert await db.fetch_value("SELECT count(*) FROM tls_session") == 0


async def test_no_reports_where_the_system_sends_none(fake_clock: Clock, world: World) -> None:
    world.dns.add("_smtp._tls.remote.test", "TXT", '"v=TLSRPTv1; rua=mailto:tls@remote.test"')
    await settings.set_value(SYSTEM, outgoing.SETTING, Level.SYSTEM, 0, False)
    await _count("remote.test")
    fake_clock.now += 2 * DAY_S

    assert await _send_due(world) == 0
    assert await db.fetch_value("SELECT count(*) FROM tls_session") == 0


def _theirs(domain: str = "example.test", report_id: str = "r1") -> bytes:
    detail = FailureDetail("certificate-expired", 3, "mx.example.test", "192.0.2.7", "yesterday")
    policies = (
        PolicyResult("sts", domain, 5, 3, details=(detail,)),
        PolicyResult("tlsa", "elsewhere.test", 1, 0),
    )
    report = TlsReport("Remote", report_id, 1_799_971_200, 1_800_057_599, "tls@remote.test", policies)
    sender, to = Address("tls", "remote.test"), Address("alice", "example.test")
    return tls_report.build(report, sender, to, date=1_800_000_000, message_id="m1@remote.test")


async def _deliver(world: World, raw: bytes, to: str = "alice@example.test") -> None:
    client = await world.house.connect()
    assert (await client.mail("tls@remote.test", [to], raw)).code == 250
    await world.worker.idle()


async def test_theirs_are_kept_for_the_domain_they_are_about(fake_clock: Clock, world: World) -> None:
    await _deliver(world, _theirs())
    await _deliver(world, _theirs())

    (view,) = (await tls_reports.list_page(SYSTEM, world.house.domain_id)).items
    assert (view.policy_domain, view.policy_type, view.organization) == ("example.test", "sts", "Remote")
    assert (view.successes, view.failures, view.sender) == (5, 3, "tls@remote.test")
    assert view.details == (
        FailureDetail("certificate-expired", 3, "mx.example.test", "192.0.2.7", "yesterday"),
    )
    assert len(await world.house.inbox("alice")) == 2
    fake_clock.now += tls_reports.KEEP_S + 1
    assert await tls_reports.prune() == 1


async def test_theirs_must_come_to_the_domain_they_are_about(world: World) -> None:
    await domains.add(SYSTEM, "second.test")

    await _deliver(world, _theirs("second.test"))
    await _deliver(world, _theirs("elsewhere.test"))
    await _deliver(world, _theirs().replace(b"tlsrpt+gzip", b"tlsrpt+json"))

    assert await db.fetch_value("SELECT count(*) FROM tls_report") == 0
    assert len(await world.house.inbox("alice")) == 3
