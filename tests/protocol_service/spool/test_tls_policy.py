"""MTA-STS, DANE and REQUIRETLS: mail that must travel safely waits or comes back, and never goes in clear."""

from __future__ import annotations

import hashlib
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from backend.kit import clock, db
from backend.kit.resolver import Resolver
from backend.kit.runtime import Runtime
from backend.spool import trace
from backend.spool.types import State
from protocol_service.client_tls import ClientTls
from protocol_service.spool import mta_sts
from protocol_service.tls import Certificate
from tests.protocol_service.spool.conftest import MESSAGE, World, agent_for
from tests.support.dns_stub import DnsStub
from tests.support.mail_house import mail_house
from tests.support.smtp_sink import Sink

ENFORCE = "version: STSv1\nmode: enforce\nmx: mx.remote.test\nmax_age: 86400\n"
Make = Callable[..., AbstractAsyncContextManager[World]]


@pytest.fixture
def certificate(rt: Runtime, sink: Sink, tmp_path: Path) -> Path:
    """The sink speaks TLS as mx.remote.test, signed by nobody we trust."""
    settings = rt.settings.model_copy(update={"data": tmp_path / "remote", "hostname": "mx.remote.test"})
    sink.tls = Certificate(settings).context
    sink.extensions.append("STARTTLS")
    return tmp_path / "remote/tls/cert.pem"


@pytest.fixture
def make(rt: Runtime, dns: DnsStub, sink: Sink) -> Make:
    """A world whose remote.test has the MTA-STS policy given; `trusts` is a CA for certificates."""

    @asynccontextmanager
    async def world(
        policy: str = "", *, trusts: Path | None = None, **settings: object
    ) -> AsyncIterator[World]:
        async def fetch(domain: str) -> str:
            if not policy:
                raise OSError("no such host")
            return policy

        if policy:
            dns.add("_mta-sts.remote.test", "TXT", '"v=STSv1; id=1;"')
        agent = agent_for(rt, dns, sink.address[1], fetch=fetch, **settings)
        if trusts is not None:
            agent._policies._tls.strict.load_verify_locations(trusts)
        async with mail_house(rt, agent=agent) as house:
            yield World(house, dns, sink)

    return world


async def _last(world: World) -> trace.Entry:
    return trace.parse(await db.fetch_value("SELECT trace FROM spool_recipient ORDER BY id DESC LIMIT 1"))[-1]


async def test_an_enforced_policy_wants_a_certificate_that_holds(
    make: Make, certificate: Path, sink: Sink
) -> None:
    async with make(ENFORCE) as world:
        (row,) = await world.settled(await world.send("x@remote.test"))

    assert (row["state"], row["last_status"]) == (State.QUEUED, "4.7.5")
    assert "MTA-STS" in str(row["last_reply"])
    assert sink.messages == []


async def test_a_certificate_that_holds_is_told_in_the_trace(
    make: Make, certificate: Path, sink: Sink
) -> None:
    async with make(ENFORCE, trusts=certificate) as world:
        (row,) = await world.settled(await world.send("x@remote.test"))

        assert row["state"] == State.DELIVERED
        assert (await _last(world)).tls == "TLSv1.3, verified, MTA-STS"
    assert sink.messages[0].is_tls


@pytest.mark.parametrize(
    ("policy", "state"),
    [
        (ENFORCE.replace("mx.remote.test", "other.remote.test"), State.QUEUED),
        (ENFORCE.replace("enforce", "testing"), State.DELIVERED),
        ("version: STSv1\nmode: none\nmax_age: 86400\n", State.DELIVERED),
        ("no policy at all", State.DELIVERED),
    ],
    ids=["host not named", "testing", "none", "garbage"],
)
async def test_what_else_a_policy_may_say(make: Make, certificate: Path, policy: str, state: State) -> None:
    async with make(policy) as world:
        (row,) = await world.settled(await world.send("x@remote.test"))

    assert row["state"] == state


async def test_a_host_without_tls_gets_nothing_under_a_policy(make: Make, sink: Sink) -> None:
    async with make(ENFORCE) as world:
        (row,) = await world.settled(await world.send("x@remote.test"))

    assert (row["state"], row["last_status"]) == (State.QUEUED, "4.7.5")
    assert sink.messages == []


async def test_a_policy_outlives_the_silence_of_its_server(
    make: Make, certificate: Path, dns: DnsStub, rt: Runtime
) -> None:
    async with make(ENFORCE) as world:
        await world.settled(await world.send("x@remote.test"))
    dns.records.pop(("_mta-sts.remote.test", "TXT"))

    known = mta_sts.MtaSts(Resolver([dns.address], query_s=0.3, lifetime_s=0.6))

    policy = await known.policy("remote.test")
    assert policy is not None
    assert policy.mx == ("mx.remote.test",)
    await db.write(lambda tx: tx.execute("UPDATE mta_sts_policy SET expires_at = ?", clock.now() - 1))
    again = mta_sts.MtaSts(Resolver([dns.address], query_s=0.3, lifetime_s=0.6))
    assert await again.policy("remote.test") is None


async def test_a_message_may_waive_the_policy(make: Make, sink: Sink) -> None:
    """RFC 8689 §5."""
    async with make(ENFORCE) as world:
        await world.settled(await world.send("x@remote.test", raw=b"TLS-Required: No\r\n" + MESSAGE))

    assert len(sink.messages) == 1


def _tlsa(certificate: Path, usage: int = 3) -> str:
    found = x509.load_pem_x509_certificate(certificate.read_bytes())
    key = found.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return f"{usage} 1 1 {hashlib.sha256(key).hexdigest()}"


async def test_dane_takes_the_certificate_that_dns_promised(
    make: Make, certificate: Path, dns: DnsStub, sink: Sink
) -> None:
    dns.is_authentic = True
    dns.add(f"_{sink.address[1]}._tcp.mx.remote.test", "TLSA", _tlsa(certificate))
    async with make(dns_trusted=True) as world:
        (row,) = await world.settled(await world.send("x@remote.test"))

        assert row["state"] == State.DELIVERED
        assert (await _last(world)).tls == "TLSv1.3, verified, DANE"


@pytest.mark.parametrize(
    ("record", "state"),
    [
        (f"3 1 1 {'00' * 32}", State.QUEUED),
        (f"2 1 1 {'00' * 32}", State.QUEUED),
        ("0 0 0 00", State.DELIVERED),
    ],
    ids=["another key", "another anchor", "unusable: TLS without a check"],
)
async def test_dane_refuses_any_other(
    make: Make, certificate: Path, dns: DnsStub, sink: Sink, record: str, state: State
) -> None:
    dns.is_authentic = True
    dns.add(f"_{sink.address[1]}._tcp.mx.remote.test", "TLSA", record)
    async with make(dns_trusted=True) as world:
        (row,) = await world.settled(await world.send("x@remote.test"))

    assert row["state"] == state
    assert all(message.is_tls for message in sink.messages)


async def test_dane_never_falls_back_to_clear_text(
    make: Make, dns: DnsStub, sink: Sink, tmp_path: Path
) -> None:
    dns.is_authentic = True
    dns.add(f"_{sink.address[1]}._tcp.mx.remote.test", "TLSA", f"3 1 1 {'00' * 32}")
    async with make(dns_trusted=True) as world:
        (row,) = await world.settled(await world.send("x@remote.test"))

    assert (row["state"], row["last_status"]) == (State.QUEUED, "4.7.5")
    assert sink.messages == []


@pytest.mark.parametrize("is_trusted", [True, False], ids=["not validated", "not trusted"])
async def test_records_that_nobody_vouches_for_do_not_count(
    make: Make, certificate: Path, dns: DnsStub, sink: Sink, *, is_trusted: bool
) -> None:
    dns.is_authentic = not is_trusted
    dns.add(f"_{sink.address[1]}._tcp.mx.remote.test", "TLSA", f"3 1 1 {'00' * 32}")
    async with make(dns_trusted=is_trusted) as world:
        (row,) = await world.settled(await world.send("x@remote.test"))

    assert row["state"] == State.DELIVERED


async def test_requiretls_needs_a_verified_host_that_supports_it(
    make: Make, certificate: Path, sink: Sink
) -> None:
    async with make(trusts=certificate) as world:
        (refused,) = await world.settled(await world.send("x@remote.test", requires_tls=True))
        assert (refused["state"], refused["last_status"]) == (State.FAILED, "5.7.30")

        sink.extensions.append("REQUIRETLS")
        (taken,) = await world.settled(await world.send("x@remote.test", requires_tls=True))
        assert taken["state"] == State.DELIVERED
    assert "REQUIRETLS" in sink.messages[0].mail_parameters


async def test_requiretls_does_not_use_a_connection_that_was_never_verified(
    make: Make, certificate: Path, sink: Sink
) -> None:
    sink.extensions.append("REQUIRETLS")
    async with make() as world:
        await world.settled(await world.send("x@remote.test"))
        (row,) = await world.settled(await world.send("y@remote.test", requires_tls=True))

    assert (row["state"], row["last_status"]) == (State.QUEUED, "4.7.5")
    assert len(sink.messages) == 1


def test_only_the_strict_context_verifies() -> None:
    contexts = ClientTls()

    assert contexts.strict.verify_mode is ssl.CERT_REQUIRED
    assert contexts.strict.check_hostname
    assert contexts.lax.verify_mode is ssl.CERT_NONE
    assert contexts.strict is contexts.strict
