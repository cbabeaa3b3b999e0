"""Fetches a picture that a message refers to, without becoming anyone's way into our network.

Only http and https to public addresses on their usual ports; a name is resolved once and that address is
connected to, so a second answer cannot point elsewhere; each redirect is checked anew. Nothing of the
reader is sent along.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from dataclasses import dataclass

import httpx

from backend.kit.errors import NotFound, TooLarge, Unavailable

MAX_BYTES = 10 * 1024 * 1024
TIMEOUT_S = 10.0
MAX_REDIRECTS = 3
PORTS = {"http": 80, "https": 443}
IMAGE_TYPES = frozenset(
    {"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp", "image/x-icon"}
)


@dataclass(frozen=True, slots=True)
class RemoteImage:
    """A picture as it came."""

    content: bytes
    content_type: str


async def fetch(url: str) -> RemoteImage:
    """The picture at a URL. Raises `NotFound`, `TooLarge` or `Unavailable`; the text never tells what
    stands there.
    """
    try:
        async with asyncio.timeout(TIMEOUT_S):
            for _ in range(MAX_REDIRECTS + 1):
                answer = await _get(httpx.URL(url))
                if isinstance(answer, RemoteImage):
                    return answer
                url = answer
    except (TimeoutError, httpx.HTTPError, httpx.InvalidURL, OSError) as exc:
        raise Unavailable("The picture cannot be fetched", detail={"cause": repr(exc)}) from exc
    raise NotFound("The picture cannot be fetched")


async def _get(url: httpx.URL) -> RemoteImage | str:
    """The picture, or where it is said to be instead."""
    address = await _public_address(url)
    host = f"[{address}]" if ":" in address else address
    async with httpx.AsyncClient(follow_redirects=False, trust_env=False, timeout=TIMEOUT_S) as client:
        request = client.build_request(
            "GET",
            url.copy_with(host=host),
            headers={"Host": url.host, "User-Agent": "Mozilla/5.0 (image proxy)", "Accept": "image/*"},
            extensions={"sni_hostname": url.host},
        )
        response = await client.send(request, stream=True)
        try:
            if response.is_redirect:
                return str(url.join(response.headers["location"]))
            return await _read(response)
        finally:
            await response.aclose()


async def _read(response: httpx.Response) -> RemoteImage:
    content_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if response.status_code != 200 or content_type not in IMAGE_TYPES:
        raise NotFound(
            "The picture cannot be fetched", detail={"status": response.status_code, "type": content_type}
        )
    content = bytearray()
    async for chunk in response.aiter_bytes():
        content += chunk
        if len(content) > MAX_BYTES:
            raise TooLarge("The picture is too large")
    return RemoteImage(bytes(content), content_type)


async def _public_address(url: httpx.URL) -> str:
    """The one address to connect to; raises `NotFound` unless every address of the name is public."""
    port = PORTS.get(url.scheme)
    if port is None or (url.port or port) != port or not url.host:
        raise NotFound("The picture cannot be fetched")
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(url.host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(ipaddress.ip_address(a.partition("%")[0]).is_global for a in addresses):
        raise NotFound("The picture cannot be fetched")
    return addresses[0]
