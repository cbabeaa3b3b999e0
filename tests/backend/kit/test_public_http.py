"""Requests to addresses that strangers chose never reach our own network, however it is spelt."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import httpx
import pytest

from backend.kit import public_http
from backend.kit.errors import NotFound


async def fetch(url: str) -> None:
    async with public_http.get(httpx.URL(url), headers={}, timeout_s=2):
        pass


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:a00:1]",
        "[fe80::1]",
        "[fd00::1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::1]",
        "[ff02::1]",
        "224.0.0.1",
    ],
)
async def test_no_address_within_is_reached(host: str) -> None:
    with pytest.raises(NotFound):
        await fetch(f"http://{host}/")


@pytest.mark.parametrize("host", ["8.8.8.8", "2001:4860:4860::8888", "64:ff9b::808:808", "::ffff:8.8.8.8"])
def test_public_addresses_are(host: str) -> None:
    assert public_http._is_public(host)


@pytest.mark.parametrize(
    "url", ["ftp://192.0.2.1/", "http://192.0.2.1:25/", "https://192.0.2.1:80/", "file:///etc/passwd"]
)
async def test_no_other_scheme_or_port_is_spoken_to(url: str) -> None:
    with pytest.raises(NotFound):
        await fetch(url)


async def test_a_name_with_one_address_within_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    async def both(*_: Any, **__: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in ("8.8.8.8", "10.0.0.1")]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", both)

    with pytest.raises(NotFound):
        await fetch("https://mta-sts.rebinding.test/")
