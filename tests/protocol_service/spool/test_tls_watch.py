"""What is counted of TLS, by policy: what the world's hosts would read in our report."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from backend.directory import settings
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from backend.formats.tls_report import FailureDetail, PolicyResult
from backend.kit import db
from backend.spool import tls_sessions
from backend.spool.tls_sessions import DAY_S
from protocol_service.spool import tls_watch
from tests.protocol_service.spool.conftest import MESSAGE, World
from tests.protocol_service.spool.test_tls_policy import ENFORCE, Make, certificate, make
from tests.support.clocks import Clock
from tests.support.smtp_sink import Sink

__all__ = ["certificate", "make"]

DAY = 1_800_000_000 // DAY_S
TESTING = ENFORCE.replace("enforce", "testing")
STRINGS = ("version: STSv1", "mode: {}", "mx: mx.remote.test", "max_age: 86400")


async def _counted(world: World) -> list[PolicyResult]:
    await world.worker.idle()
    await world.worker._agent.count()
    found = await tls_sessions.of_day(DAY, "remote.test")
    await db.write(lambda tx: tls_sessions.forget(tx, DAY, "remote.test"))
    return found


def _sts(mode: str, successes: int, *details: FailureDetail) -> PolicyResult:
    strings = tuple(line.format(mode) for line in STRINGS)
    failures = sum(detail.sessions for detail in details)
    return PolicyResult("sts", "remote.test", successes, failures, strings, ("mx.remote.test",), details)


@pytest.fixture(autouse=True)
def _at_noon(fake_clock: Clock) -> None:
    """The day is known."""


async def test_sessions_without_a_policy(make: Make, certificate: Path, sink: Sink) -> None:
    async with make() as world:
        for _ in range(3):
            await world.settled(await world.send("x@remote.test"))

        # One connection brought all three.
        assert await _counted(world) == [PolicyResult("no-policy-found", "remote.test", 1, 0)]
        assert await _counted(world) == []


async def test_a_host_without_tls(world: World) -> None:
    await world.settled(await world.send("x@remote.test"))

    detail = FailureDetail("starttls-not-supported", 1, "mx.remote.test", "127.0.0.1")
    assert await _counted(world) == [PolicyResult("no-policy-found", "remote.test", 0, 1, details=(detail,))]


async def test_an_enforced_policy_that_holds(make: Make, certificate: Path) -> None:
    async with make(ENFORCE, trusts=certificate) as world:
        await world.settled(await world.send("x@remote.test"))

        assert await _counted(world) == [_sts("enforce", 1)]


async def test_an_enforced_policy_that_does_not(make: Make, certificate: Path) -> None:
    async with make(ENFORCE) as world:
        await world.settled(await world.send("x@remote.test"))
        (failed,) = await _counted(world)

    (detail,) = failed.details
    assert (detail.result, detail.mx_host, detail.mx_address) == (
        "certificate-not-trusted",
        "mx.remote.test",
        "127.0.0.1",
    )
    assert failed == _sts("enforce", 0, detail)


@pytest.mark.parametrize("mode", ["enforce", "testing"])
async def test_a_host_that_the_policy_does_not_name(make: Make, certificate: Path, mode: str) -> None:
    policy = ENFORCE.replace("mx.remote.test", "other.test").replace("enforce", mode)
    async with make(policy, trusts=certificate) as world:
        await world.settled(await world.send("x@remote.test"))
        (counted,) = await _counted(world)

    assert (counted.kind, counted.successes, counted.failures) == ("sts", 0, 1)
    assert counted.details[0].result == "validation-failure"


async def test_testing_is_tried_in_earnest_and_delivers_all_the_same(
    make: Make, certificate: Path, sink: Sink
) -> None:
    async with make(TESTING) as world:
        await world.settled(await world.send("x@remote.test"))
        (counted,) = await _counted(world)

    assert len(sink.messages) == 1
    assert sink.messages[0].is_tls
    assert counted == _sts("testing", 0, counted.details[0])
    assert counted.details[0].result == "certificate-not-trusted"


async def test_dane(make: Make, certificate: Path, sink: Sink) -> None:
    async with make(dns_trusted=True) as world:
        world.dns.is_authentic = True
        world.dns.add(f"_{sink.address[1]}._tcp.mx.remote.test", "TLSA", f"3 1 1 {_digest(certificate)}")
        await world.settled(await world.send("x@remote.test"))
        counted = await _counted(world)

    assert counted == [PolicyResult("tlsa", "remote.test", 1, 0, (f"3 1 1 {_digest(certificate)}",))]


def _digest(certificate: Path) -> str:
    key = x509.load_pem_x509_certificate(certificate.read_bytes()).public_key()
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


async def test_a_message_that_waives_tls_is_no_witness(make: Make, certificate: Path) -> None:
    async with make(ENFORCE) as world:
        message_id = await world.send("x@remote.test", raw=b"TLS-Required: No\r\n" + MESSAGE)
        await world.settled(message_id)

        assert await _counted(world) == []


async def test_nothing_is_counted_where_no_reports_are_sent(world: World) -> None:
    await settings.set_value(SYSTEM, tls_watch.SETTING, Level.SYSTEM, 0, False)
    await world.settled(await world.send("x@remote.test"))

    assert await _counted(world) == []
