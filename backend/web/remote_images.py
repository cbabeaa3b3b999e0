"""Fetches a picture that a message refers to, without becoming anyone's way into our network.

Only public addresses are asked (`kit.public_http`), each redirect is checked anew, and nothing of the reader
is sent along.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import httpx

from backend.kit import public_http
from backend.kit.errors import NotFound, TooLarge, Unavailable

MAX_BYTES = 10 * 1024 * 1024
TIMEOUT_S = 10.0
MAX_REDIRECTS = 3
_HEADERS = {"User-Agent": "Mozilla/5.0 (image proxy)", "Accept": "image/*"}
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
    async with public_http.get(url, headers=_HEADERS, timeout_s=TIMEOUT_S) as response:
        if response.is_redirect:
            return str(url.join(response.headers["location"]))
        return await _read(response)


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
