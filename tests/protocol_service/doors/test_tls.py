"""What a client may agree on with the doors that speak TLS, and what it may not."""

from __future__ import annotations

import asyncio
import logging
import ssl

import pytest

from backend.directory import settings
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from protocol_service.sasl import channel_binding
from tests.protocol_service.imap.conftest import ImapHouse


def client_context(
    ciphers: str = "", newest: ssl.TLSVersion = ssl.TLSVersion.MAXIMUM_SUPPORTED
) -> ssl.SSLContext:
    """A client that trusts everybody and offers only this."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.maximum_version = newest
    if ciphers:
        context.set_ciphers(f"{ciphers}:@SECLEVEL=0")
    return context


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of asking for what must not be given
@pytest.mark.parametrize(
    ("ciphers", "newest"),
    [
        ("AES128-SHA", ssl.TLSVersion.TLSv1_2),  # no forward secrecy
        ("ECDHE-RSA-AES128-SHA:ECDHE-ECDSA-AES128-SHA", ssl.TLSVersion.TLSv1_2),  # CBC
        ("AECDH-AES128-SHA:ADH-AES128-GCM-SHA256", ssl.TLSVersion.TLSv1_2),  # no certificate
        ("ALL", ssl.TLSVersion.TLSv1_1),
    ],
)
async def test_weak_agreements_are_refused(house: ImapHouse, ciphers: str, newest: ssl.TLSVersion) -> None:
    host, port = house.role.addresses["imaps"]

    with pytest.raises((ssl.SSLError, ConnectionError)):
        await asyncio.open_connection(host, port, ssl=client_context(ciphers, newest))

    assert not house.role.server.open


@pytest.mark.parametrize("newest", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
async def test_good_agreements_are_made(house: ImapHouse, newest: ssl.TLSVersion) -> None:
    host, port = house.role.addresses["imaps"]

    reader, writer = await asyncio.open_connection(host, port, ssl=client_context(newest=newest))

    assert (await reader.readline()).startswith(b"* OK ")
    cipher, version, _ = writer.get_extra_info("cipher")
    assert "GCM" in cipher or "CHACHA20" in cipher
    assert version == {ssl.TLSVersion.TLSv1_2: "TLSv1.2", ssl.TLSVersion.TLSv1_3: "TLSv1.3"}[newest]
    writer.close()


async def test_clear_text_at_a_door_of_tls_costs_a_line_at_most(
    house: ImapHouse, caplog: pytest.LogCaptureFixture
) -> None:
    reader, writer = await asyncio.open_connection(*house.role.addresses["imaps"])
    writer.write(b"GET / HTTP/1.1\r\nHost: mail.example.test\r\n\r\n")

    async with asyncio.timeout(5):
        answer = await reader.read()

    assert b"HTTP" not in answer
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
    writer.close()


async def test_channel_binding_can_be_turned_off(house: ImapHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channel_binding, "is_announced", bool)  # as soon as the ssl module has tls-exporter
    host, port = house.role.addresses["imaps"]

    async def greeting() -> bytes:
        reader, writer = await asyncio.open_connection(host, port, ssl=client_context())
        line = await reader.readline()
        writer.close()
        return line

    assert b"AUTH=SCRAM-SHA-256-PLUS" in await greeting()
    await settings.set_value(SYSTEM, "sasl.channel_binding", Level.SYSTEM, 0, False)
    await house.service.connections.look()

    line = await greeting()
    assert b"AUTH=SCRAM-SHA-256-PLUS" not in line
    assert b"AUTH=SCRAM-SHA-256 " in line
