"""What the roles share: start and drain, listeners, the certificate, connection limits, periodic jobs."""

import asyncio
import os
import signal
import socket
import ssl
import sys
import types
from ipaddress import ip_network
from pathlib import Path

import pytest
from cryptography import x509

from backend.kit.config import Settings
from backend.kit.runtime import Runtime
from protocol_service import service
from protocol_service.connections import Connections
from protocol_service.jobs import scheduler
from protocol_service.jobs.job import Job
from protocol_service.listeners import PortTaken, bind, listen
from protocol_service.tls import Certificate


class Echo(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        transport.write(b"hello\n")
        transport.close()


def peer_certificate(port: int) -> x509.Certificate:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    plain = socket.create_connection(("127.0.0.1", port), timeout=10)
    with context.wrap_socket(plain) as sock:
        assert sock.recv(10) == b"hello\n"
        der = sock.getpeercert(binary_form=True)
        assert der is not None
        return x509.load_der_x509_certificate(der)


# -- listeners


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
async def test_port_zero_is_any_free_one_and_a_taken_one_names_its_setting(address: str) -> None:
    sock = bind(address, 0, setting="POSTROOM_SMTP_PORT")
    listener = await listen("smtp", Echo, sock)
    host, port = listener.address
    assert (host, port > 0) == (address, True)

    reader, writer = await asyncio.open_connection(host, port)
    assert await reader.readline() == b"hello\n"
    writer.close()
    with pytest.raises(
        PortTaken, match=r"^POSTROOM_SMTP_PORT: .* port \d+ cannot be used: Address already in use$"
    ):
        bind(address, port, setting="POSTROOM_SMTP_PORT")
    listener.stop()


# -- certificate


async def test_self_signed_certificate_is_made_once_and_names_the_host(settings: Settings) -> None:
    certificate = Certificate(settings)
    folder = settings.data / "tls"
    first = (folder / "cert.pem").read_bytes()
    Certificate(settings)

    assert (folder / "cert.pem").read_bytes() == first
    assert (folder / "key.pem").stat().st_mode & 0o777 == 0o600
    listener = await listen("imaps", Echo, bind("127.0.0.1", 0, setting="X"), tls=certificate.context)
    shown = await asyncio.to_thread(peer_certificate, listener.address[1])
    names = shown.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert "mail.example.test" in names.get_values_for_type(x509.DNSName)
    listener.stop()


async def test_renewed_certificate_serves_the_next_connection_and_a_broken_one_does_not(
    settings: Settings, tmp_path: Path
) -> None:
    listener = await listen(
        "imaps", Echo, bind("127.0.0.1", 0, setting="X"), tls=Certificate(settings).context
    )
    port = listener.address[1]
    before = await asyncio.to_thread(peer_certificate, port)

    renewed = settings.model_copy(update={"data": tmp_path / "other"})
    Certificate(renewed)
    for name in ("key.pem", "cert.pem"):
        path = settings.data / "tls" / name
        path.write_bytes((renewed.data / "tls" / name).read_bytes())
        os.utime(path, ns=(1, 1))
    after = await asyncio.to_thread(peer_certificate, port)
    (settings.data / "tls" / "cert.pem").write_text("broken")
    still = await asyncio.to_thread(peer_certificate, port)

    assert before.serial_number != after.serial_number == still.serial_number
    listener.stop()


async def test_old_tls_versions_are_refused(settings: Settings) -> None:
    listener = await listen(
        "imaps", Echo, bind("127.0.0.1", 0, setting="X"), tls=Certificate(settings).context
    )

    def old() -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        context.maximum_version = ssl.TLSVersion.TLSv1_1
        with socket.create_connection(listener.address, timeout=10) as plain, context.wrap_socket(plain):
            pass

    with pytest.warns(DeprecationWarning, match="TLSv1_1"), pytest.raises(OSError):
        await asyncio.to_thread(old)
    listener.stop()


# -- connections


def test_connections_are_limited_by_address_and_in_all(settings: Settings) -> None:
    connections = Connections(settings, per_address=2, total=3)

    assert [connections.admit("192.0.2.1") for _ in range(3)] == [True, True, False]
    assert [connections.admit(f"192.0.2.{n}") for n in (2, 3)] == [True, False]
    assert connections.count == 3
    connections.release("192.0.2.1")
    assert connections.admit("192.0.2.1")


def test_one_network_of_ipv6_counts_as_one_and_mapped_addresses_as_ipv4(settings: Settings) -> None:
    connections = Connections(settings, per_address=1)

    assert [connections.admit(a) for a in ("2001:db8::1", "2001:db8::2", "2001:db8:0:1::1")] == [
        True,
        False,
        True,
    ]
    assert [connections.admit(a) for a in ("192.0.2.1", "::ffff:192.0.2.1")] == [True, False]


def test_trusted_networks_are_counted_and_never_refused(settings: Settings) -> None:
    trusting = settings.model_copy(update={"trusted_networks": (ip_network("127.0.0.0/8"),)})
    connections = Connections(trusting, per_address=1, total=1)

    assert all(connections.admit("127.0.0.1") for _ in range(5))
    assert connections.count == 5
    assert not connections.admit("192.0.2.1")


# -- jobs


async def test_every_job_of_the_package_runs_on_an_empty_installation(any_rt: Runtime) -> None:
    jobs = scheduler.all_jobs()

    assert {"blob-sweep", "session-expiry", "upload-expiry"} <= {job.name for job in jobs}
    for job in jobs:
        assert await job.work() == 0


async def test_job_that_fails_comes_again_and_drain_waits_for_the_one_that_runs(
    rt: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "FIRST_RUN_S", (0.0, 0.0))
    calls: list[str] = []
    third = asyncio.Event()
    go_on = asyncio.Event()

    async def work() -> int:
        calls.append("begin")
        if len(calls) < 3:
            raise LookupError("not today")
        third.set()
        await go_on.wait()
        calls.append("end")
        return 1

    running = scheduler.Scheduler([Job("odd", 0.01, work)])
    await asyncio.wait_for(third.wait(), 10)
    draining = asyncio.create_task(running.drain())
    go_on.set()
    await asyncio.wait_for(draining, 10)
    await running.close()

    assert calls == ["begin", "begin", "begin", "end"]


# -- the service


class Part:
    """A role that tells what is asked of it."""

    def __init__(self, name: str, calls: list[str], *, hangs: bool = False) -> None:
        self.name, self.calls, self.hangs = name, calls, hangs

    @property
    def addresses(self) -> service.Addresses:
        return {self.name: ("127.0.0.1", 1)}

    async def drain(self) -> None:
        self.calls.append(f"drain {self.name}")
        if self.hangs:
            await asyncio.Event().wait()

    async def close(self) -> None:
        self.calls.append(f"close {self.name}")


@pytest.fixture
def roles(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two roles, the first of which never finishes draining; the calls that reach them."""
    calls: list[str] = []

    def add_module(name: str, *, hangs: bool) -> None:
        async def start(shared: service.Service) -> Part:
            assert shared.settings.hostname == "mail.example.test"
            return Part(name, calls, hangs=hangs)

        monkeypatch.setitem(sys.modules, name, types.SimpleNamespace(start=start))

    add_module("one", hangs=True)
    add_module("two", hangs=False)
    monkeypatch.setattr(service, "ROLES", {"first": "one", "second": "two", "third": "no_such_module"})
    monkeypatch.setattr(service, "DRAIN_S", 0.2)
    return calls


async def test_sigterm_drains_every_role_and_closes_in_reverse(
    settings: Settings, roles: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[service.Addresses] = []

    def ready(addresses: service.Addresses) -> None:
        told.append(addresses)
        os.kill(os.getpid(), signal.SIGTERM)

    await asyncio.wait_for(service.run(settings, ["first", "second"], ready), 30)

    assert told == [{"one": ("127.0.0.1", 1), "two": ("127.0.0.1", 1)}]
    assert sorted(roles[:2]) == ["drain one", "drain two"]
    assert roles[2:] == ["close two", "close one"]


async def test_role_that_cannot_start_closes_those_before_it(
    settings: Settings, roles: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def ready(addresses: service.Addresses) -> None:
        raise AssertionError("not ready")

    with pytest.raises(ModuleNotFoundError, match="no_such_module"):
        await asyncio.wait_for(service.run(settings, ["first", "third"], ready), 30)

    assert roles == ["close one"]
