"""A browser with a push subscription, and the push service of its maker, without a network."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from backend.formats.web_push import CURVE, public_bytes, to_base64url
from backend.kit import public_http


class Browser:
    """The receiving end of RFC 8291, written from its text and not from our sending end."""

    def __init__(self, name: str = "one") -> None:
        self.endpoint = f"https://push.example.net/send/{name}"
        self._key = ec.generate_private_key(CURVE)
        self._auth = os.urandom(16)

    @property
    def p256dh(self) -> str:
        """Its public key."""
        return to_base64url(public_bytes(self._key))

    @property
    def auth(self) -> str:
        """Its secret."""
        return to_base64url(self._auth)

    @property
    def given(self) -> dict[str, str]:
        """As the API takes it."""
        return {"endpoint": self.endpoint, "p256dh": self.p256dh, "auth": self.auth}

    def decrypt(self, body: bytes) -> bytes:
        """The text of a push message."""
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        sender, sealed = body[21 : 21 + length], body[21 + length :]
        assert len(body) <= size
        shared = self._key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, sender))
        info = b"WebPush: info\x00" + public_bytes(self._key) + sender
        material = HKDF(SHA256(), 32, self._auth, info).derive(shared)
        key = HKDF(SHA256(), 16, salt, b"Content-Encoding: aes128gcm\x00").derive(material)
        nonce = HKDF(SHA256(), 12, salt, b"Content-Encoding: nonce\x00").derive(material)
        padded = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\x00")
        assert padded[-1:] == b"\x02"
        return padded[:-1]


@dataclass
class PushService:
    """Takes what is posted to it; `statuses` are its next answers, then 201."""

    taken: list[tuple[str, bytes, Mapping[str, str]]] = field(default_factory=list)
    statuses: list[int | Exception] = field(default_factory=list)
    holds: asyncio.Event | None = None

    async def post(
        self, url: httpx.URL, content: bytes, *, headers: Mapping[str, str], timeout_s: float
    ) -> int:
        """In the place of `public_http.post`."""
        if self.holds is not None:
            await self.holds.wait()
        status = self.statuses.pop(0) if self.statuses else 201
        if isinstance(status, Exception):
            raise status
        if status == 201:
            self.taken.append((str(url), content, headers))
        return status

    def said(self, browser: Browser) -> list[dict[str, Any]]:
        """What this browser was told, in order."""
        return [orjson.loads(browser.decrypt(body)) for url, body, _ in self.taken if url == browser.endpoint]


@pytest.fixture
def push_service(monkeypatch: pytest.MonkeyPatch) -> PushService:
    """The only push service that can be reached."""
    service = PushService()
    monkeypatch.setattr(public_http, "post", service.post)
    return service
