"""Requests to URLs that others chose, without becoming anyone's way into our network.

Only http and https to public addresses on their usual ports; a name is resolved once and that address is
connected to, so a second answer cannot point elsewhere. Redirects are the caller's: each is a new request.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import cache
from ipaddress import IPv4Address, IPv6Address

import httpx

from backend.kit.errors import NotFound

_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # NAT64, RFC 6052 §2.1
PORTS = {"http": 80, "https": 443}


@asynccontextmanager
async def get(
    url: httpx.URL, *, headers: Mapping[str, str], timeout_s: float
) -> AsyncIterator[httpx.Response]:
    """The response, its body unread. Raises `NotFound` for what is not public, OSError and httpx's errors."""
    async with _request("GET", url, headers=headers, content=None, timeout_s=timeout_s) as response:
        yield response


async def post(url: httpx.URL, content: bytes, *, headers: Mapping[str, str], timeout_s: float) -> int:
    """Send content; the status of the answer, whose body is not read. Raises as `get` does."""
    async with _request("POST", url, headers=headers, content=content, timeout_s=timeout_s) as response:
        return response.status_code


async def require_public(url: httpx.URL) -> None:
    """Raises `NotFound` for what `get` and `post` would not reach now, OSError for a name without address."""
    await _public_address(url)


@asynccontextmanager
async def _request(
    method: str, url: httpx.URL, *, headers: Mapping[str, str], content: bytes | None, timeout_s: float
) -> AsyncIterator[httpx.Response]:
    address = await _public_address(url)
    host = f"[{address}]" if ":" in address else address
    async with httpx.AsyncClient(
        verify=_tls(), follow_redirects=False, trust_env=False, timeout=timeout_s
    ) as client:
        request = client.build_request(
            method,
            url.copy_with(host=host),
            content=content,
            headers={**headers, "Host": url.host},
            extensions={"sni_hostname": url.host},
        )
        response = await client.send(request, stream=True)
        try:
            yield response
        finally:
            await response.aclose()


@cache
def _tls() -> ssl.SSLContext:
    """Made once: reading the list of authorities takes longer than a request."""
    return httpx.create_ssl_context(trust_env=False)


async def _public_address(url: httpx.URL) -> str:
    """The one address to connect to; raises `NotFound` unless every address of the name is public."""
    port = PORTS.get(url.scheme)
    if port is None or (url.port or port) != port or not url.host:
        raise NotFound("This address cannot be fetched")
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(url.host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(map(_is_public, addresses)):
        raise NotFound("This address cannot be fetched")
    return addresses[0]


def _is_public(text: str) -> bool:
    address: IPv4Address | IPv6Address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address):
        address = _within(address) or address
    return address.is_global and not address.is_multicast


def _within(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that a gateway would make of it: that is where a connection ends."""
    if address in _TRANSLATED:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour
