"""Public keys that domains publish for their signatures (RFC 6376 §3.6.1, RFC 8301, RFC 8463).

They are what DKIM and ARC check with: the same records, the same algorithms.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa

from backend.formats import tag_list
from backend.formats.errors import InvalidSyntax
from backend.formats.lookups import Lookups

ALGORITHMS = {"rsa-sha256": "rsa", "ed25519-sha256": "ed25519"}
RSA_BITS = (1024, 8192)
_MOST_RECORDS = 4

PublicKey = rsa.RSAPublicKey | ed25519.Ed25519PublicKey


class Unusable(Exception):
    """There is no key that could verify the signature, for a reason that will not go away."""


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """A published key. `is_strict`: it signs for its domain, not for the domains below (`t=s`)."""

    key: PublicKey
    is_strict: bool = False

    @property
    def kind(self) -> str:
        """`rsa` or `ed25519`."""
        return "rsa" if isinstance(self.key, rsa.RSAPublicKey) else "ed25519"

    def verifies(self, data: bytes, signature: bytes) -> bool:
        """Whether the key made the signature over the data, with SHA-256."""
        try:
            if isinstance(self.key, rsa.RSAPublicKey):
                self.key.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())
            else:
                self.key.verify(signature, hashlib.sha256(data).digest())
        except InvalidSignature:
            return False
        return True


async def fetch(lookups: Lookups, domain: str, selector: str, algorithm: str) -> KeyRecord:
    """The key of a signature. Raises `Unusable`, or `TemporaryFailure` of the lookups."""
    texts = await lookups.txt(f"{selector}._domainkey.{domain}")
    if not texts:
        raise Unusable("no key")
    reason = "no key"
    for text in texts[:_MOST_RECORDS]:
        try:
            record = parse(text.decode("utf-8", "replace"))
        except Unusable as unusable:
            reason = str(unusable)
            continue
        if record.kind == ALGORITHMS.get(algorithm):
            return record
        reason = "key of another algorithm"
    raise Unusable(reason)


def parse(text: str) -> KeyRecord:
    """The record of a TXT text. Raises `Unusable`."""
    try:
        tags = tag_list.parse(text)
    except InvalidSyntax as error:
        raise Unusable("key syntax") from error
    if "v" in tags and (tags["v"] != "DKIM1" or next(iter(tags)) != "v"):
        raise Unusable("key version")
    if "h" in tags and "sha256" not in _words(tags["h"]):
        raise Unusable("key not for sha256")
    if "s" in tags and not {"*", "email"} & set(_words(tags["s"])):
        raise Unusable("key not for email")
    key = _key(tags.get("k", "rsa"), tag_list.packed(tags.get("p", "")))
    return KeyRecord(key, "s" in _words(tags.get("t", "")))


def _key(kind: str, text: str) -> PublicKey:
    if not text:
        raise Unusable("key revoked")
    try:
        data = base64.b64decode(text, validate=True)
        if kind == "ed25519":
            return ed25519.Ed25519PublicKey.from_public_bytes(data)
        if kind != "rsa":
            raise Unusable("key type")
        key = serialization.load_der_public_key(data)
    except (binascii.Error, ValueError, UnsupportedAlgorithm) as error:
        raise Unusable("key syntax") from error
    if not isinstance(key, rsa.RSAPublicKey):
        raise Unusable("key syntax")
    if not RSA_BITS[0] <= key.key_size <= RSA_BITS[1]:
        raise Unusable(f"key of {key.key_size} bits")
    return key


def _words(value: str) -> list[str]:
    return [word.strip(" \t\r\n") for word in value.split(":")]
