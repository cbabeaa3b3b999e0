"""The PROXY protocol: its grammar for anything that may come, and real doors behind a balancer."""

from __future__ import annotations

import asyncio
import logging
import ssl
import struct
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.kit.config import Settings
from backend.kit.runtime import Runtime
from protocol_service import proxy_protocol
from protocol_service.proxy_protocol import Malformed, Origin
from tests.protocol_service.imap.conftest import ImapHouse, open_house
from tests.support.imap_client import ImapClient
from tests.support.mail_house import mail_house
from tests.support.smtp_raw import RawSmtp, trusting

SIGNATURE = b"\r\n\r\n\0\r\nQUIT\n"
V1 = b"PROXY TCP4 198.51.100.22 203.0.113.7 35646 80\r\n"


def v2(source: str, port: int, *, command: int = 0x21, tlvs: bytes = b"") -> bytes:
    address = ip_address(source)
    family = 0x11 if isinstance(address, IPv4Address) else 0x21
    rest = address.packed + address.packed + struct.pack("!HH", port, 993) + tlvs
    return SIGNATURE + struct.pack("!BBH", command, family, len(rest)) + rest


async def parse(data: bytes) -> tuple[Origin | None, bytes]:
    """The origin, and what was left unread."""
    at = 0

    async def exactly(count: int) -> bytes:
        nonlocal at
        if at + count > len(data):
            raise Malformed("the connection ended within the header")
        at += count
        return data[at - count : at]

    return await proxy_protocol.read(exactly), data[at:]


# -- grammar


@pytest.mark.parametrize(
    ("header", "origin"),
    [
        (V1, ("198.51.100.22", 35646)),
        (b"PROXY TCP6 2001:db8::1 2001:db8::2 65535 0\r\n", ("2001:db8::1", 65535)),
        (b"PROXY UNKNOWN\r\n", None),
        (b"PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\r\n", None),
        (v2("198.51.100.22", 35646), ("198.51.100.22", 35646)),
        (v2("2001:db8::1", 1), ("2001:db8::1", 1)),
        (v2("198.51.100.22", 1, tlvs=b"\x04\x00\x10" + b"\0" * 16), ("198.51.100.22", 1)),
        (v2("198.51.100.22", 1, command=0x20), None),
        (SIGNATURE + b"\x20\x00\x00\x00", None),
        (SIGNATURE + b"\x21\x31\x00\xd8" + b"/\0" * 108, None),
    ],
)
async def test_headers_are_read_to_their_last_byte(header: bytes, origin: Origin | None) -> None:
    assert await parse(header + b"a NOOP\r\n") == (origin, b"a NOOP\r\n")


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"a LOGIN x y\r\n" * 2,
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 200,
        b"PROXY TCP4 198.51.100.22 203.0.113.7 35646\r\n",
        b"PROXY TCP4 198.51.100.256 203.0.113.7 1 2\r\n",
        b"PROXY TCP4 2001:db8::1 2001:db8::2 1 2\r\n",
        b"PROXY TCP6 198.51.100.22 203.0.113.7 1 2\r\n",
        b"PROXY TCP4 198.51.100.22 203.0.113.7 65536 2\r\n",
        b"PROXY TCP4 198.51.100.22 203.0.113.7 01 2\r\n",
        b"PROXY TCP4  198.51.100.22 203.0.113.7 1 2\r\n",
        b"PROXY TCP4 198.51.100.22 203.0.113.7 1 2\n",
        b"PROXY UDP4 198.51.100.22 203.0.113.7 1 2\r\n",
        b"proxy TCP4 198.51.100.22 203.0.113.7 1 2\r\n",
        b"PROXY UNKNOWN " + b"x" * 200 + b"\r\n",
        b"PROXY TCP4 198.51.100.22",
        SIGNATURE + b"\x21\x11\x00\x0b" + b"\0" * 11,
        SIGNATURE + b"\x11\x11\x00\x0c" + b"\0" * 12,
        SIGNATURE + b"\x22\x11\x00\x0c" + b"\0" * 12,
        SIGNATURE + b"\x21\x11\xff\xff" + b"\0" * 65535,
        SIGNATURE + b"\x21",
    ],
)
async def test_malformed_headers_are_refused(header: bytes) -> None:
    with pytest.raises(Malformed):
        await parse(header)


@given(st.ip_addresses(), st.integers(0, 65535), st.binary(max_size=300), st.binary(max_size=50))
async def test_version_2_says_who_it_is(
    address: IPv4Address | IPv6Address, port: int, tlvs: bytes, rest: bytes
) -> None:
    assert await parse(v2(str(address), port, tlvs=tlvs) + rest) == ((str(address), port), rest)


@given(
    st.binary(max_size=200)
    | st.binary(max_size=60).map(lambda end: SIGNATURE + end)
    | st.text(st.sampled_from("TCP46UNKOW 0123456789.:\r\n"), max_size=120).map(
        lambda end: b"PROXY " + end.encode()
    )
)
async def test_anything_gives_an_origin_or_is_malformed(data: bytes) -> None:
    try:
        origin, _ = await parse(data)
    except Malformed:
        return

    if origin is not None:
        assert str(ip_address(origin[0])) == origin[0]
        assert 0 <= origin[1] <= 65535


# -- doors


def behind(settings: Settings, *networks: str) -> Settings:
    return settings.model_copy(update={"proxy_networks": tuple(map(ip_network, networks))})


@pytest.fixture
async def house(rt: Runtime) -> AsyncIterator[ImapHouse]:
    """IMAP behind balancers on this machine."""
    async with AsyncExitStack() as stack:
        yield await open_house(rt, stack, settings=behind(rt.settings, "127.0.0.0/8"))


async def handed_over(address: tuple[str, int], header: bytes) -> ImapClient:
    reader, writer = await asyncio.open_connection(*address)
    writer.write(header)
    client = ImapClient(reader, writer)
    client.greeting = await client.response()
    return client


async def is_sent_away(address: tuple[str, int], start: bytes) -> bool:
    """Whether the connection is closed without a word; as a reset where not all that came was read."""
    reader, writer = await asyncio.open_connection(*address)
    writer.write(start)
    has_ended = await ImapClient(reader, writer).ended()
    writer.close()
    return has_ended


def addresses(house: ImapHouse) -> set[str]:
    return {connection.remote_address for connection in house.role.server.open}


@pytest.mark.parametrize("header", [V1, v2("198.51.100.22", 35646)])
async def test_the_client_behind_the_balancer_is_the_peer(house: ImapHouse, header: bytes) -> None:
    client = await handed_over(house.role.addresses["imap"], header + b"a NOOP\r\n")

    assert client.greeting.startswith(b"* OK")
    assert await client.response() == b"a OK NOOP completed"
    assert addresses(house) == {"198.51.100.22"}
    await client.close()


async def test_the_header_comes_before_tls(house: ImapHouse) -> None:
    """Header and handshake in one segment: not a byte of the handshake may be lost."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    tls = trusting().wrap_bio(incoming, outgoing, server_side=False)
    reader, writer = await asyncio.open_connection(*house.role.addresses["imaps"])
    with pytest.raises(ssl.SSLWantReadError):
        tls.do_handshake()
    writer.write(v2("2001:db8::7", 5) + outgoing.read())
    greeting = b""
    async with asyncio.timeout(20):
        while not greeting:
            incoming.write(await reader.read(65536))
            try:
                tls.do_handshake()
                writer.write(outgoing.read())
                greeting = tls.read()
            except ssl.SSLWantReadError:
                writer.write(outgoing.read())

    assert greeting.startswith(b"* OK [CAPABILITY IMAP4rev")
    assert addresses(house) == {"2001:db8::7"}
    writer.close()


async def test_starttls_keeps_the_client(house: ImapHouse) -> None:
    client = await handed_over(house.role.addresses["imap"], V1)

    await client.ok("STARTTLS")
    await client.writer.start_tls(trusting())
    await client.ok("NOOP")

    assert addresses(house) == {"198.51.100.22"}
    await client.close()


async def test_a_balancer_may_speak_for_itself(house: ImapHouse) -> None:
    client = await handed_over(house.role.addresses["imap"], SIGNATURE + b"\x20\x00\x00\x00")

    assert addresses(house) == {"127.0.0.1"}
    await client.close()


@pytest.mark.parametrize("door", ["imap", "imaps"])
@pytest.mark.parametrize(
    "start", [b"a LOGIN alice x\r\n" * 9, b"PROXY TCP4 1.2.3.4\r\n", b"\x16\x03\x01" * 90]
)
async def test_without_a_header_the_connection_is_closed(house: ImapHouse, door: str, start: bytes) -> None:
    assert await is_sent_away(house.role.addresses[door], start)
    assert addresses(house) == set()


async def test_the_header_has_to_come_in_time(house: ImapHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proxy_protocol, "HEADER_S", 0.05)

    assert await is_sent_away(house.role.addresses["imap"], b"PROXY TCP4 ")
    assert addresses(house) == set()


async def test_nobody_else_can_make_up_an_address(rt: Runtime) -> None:
    elsewhere = behind(rt.settings, "192.0.2.0/24", "2001:db8::/32")
    async with AsyncExitStack() as stack:
        house = await open_house(rt, stack, settings=elsewhere)
        client = await handed_over(house.role.addresses["imap"], V1)

        assert client.greeting.startswith(b"* OK")
        assert await client.response() == b"PROXY BAD Unknown command"
        assert addresses(house) == {"127.0.0.1"}
        await client.close()


async def test_a_role_that_stops_sends_away_who_shows_no_header(house: ImapHouse) -> None:
    address = house.role.addresses["imap"]
    reader, writer = await asyncio.open_connection(*address)
    other = await handed_over(address, V1)

    await house.role.drain()

    assert await reader.read() == b""
    assert await other.response() == b"* BYE The server is shutting down"
    with pytest.raises(OSError):
        await asyncio.open_connection(*address)
    writer.close()


async def test_mail_and_guesses_are_traced_to_the_client(
    rt: Runtime, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with mail_house(rt, settings=behind(rt.settings, "127.0.0.1"), with_worker=False) as doors:

        async def client(door: str, source: str) -> RawSmtp:
            reader, writer = await asyncio.open_connection(*doors.smtp.addresses[door])
            writer.write(v2(source, 5))
            raw = RawSmtp(reader, writer)
            doors.clients.append(raw)
            assert (await raw.reply()).code == 220
            assert (await raw.command("EHLO client.example.test")).code == 250
            return raw

        mx = await client("smtp", "198.51.100.9")
        assert (await mx.mail("x@remote.test", ["bob@example.test"], b"Subject: x\r\n\r\nx\r\n")).code == 250
        guesser = await client("submission", "198.51.100.7")
        assert (await guesser.command("AUTH PLAIN AHUAcA==")).code == 535

        stored = await rt.db.fetch_value("SELECT remote_address FROM spool_message")
        assert stored == "198.51.100.9"
        assert "wrong password for an unknown login by smtp from 198.51.100.7" in caplog.text
