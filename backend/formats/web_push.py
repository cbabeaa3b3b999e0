"""Encrypting a message for one browser's push subscription (RFC 8291): the content encoding `aes128gcm`
(RFC 8188) with a single record, under a key that only that browser can work out.
"""

from __future__ import annotations

import base64
import binascii
import os
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from backend.formats.errors import InvalidSyntax, LimitPassed

CURVE = ec.SECP256R1()
POINT_BYTES = 65
SECRET_BYTES = 16
# Every push service takes 4096 bytes (RFC 8030 §7.2): header, tag and the end of the padding come off them.
RECORD_BYTES = 4096
_SALT_BYTES = 16
MAX_TEXT_BYTES = RECORD_BYTES - (_SALT_BYTES + 4 + 1 + POINT_BYTES) - 16 - 1
_LAST_RECORD = b"\x02"


@dataclass(frozen=True, slots=True)
class Receiver:
    """What a browser gives with its subscription: a point of P-256, uncompressed, and a shared secret."""

    public_key: bytes
    secret: bytes

    @classmethod
    def parse(cls, p256dh: str, auth: str) -> Receiver:
        """From the two texts in base64url, with or without padding. Raises InvalidSyntax."""
        public_key, secret = from_base64url(p256dh), from_base64url(auth)
        if len(public_key) != POINT_BYTES or len(secret) != SECRET_BYTES:
            raise InvalidSyntax("The keys of the subscription have another length")
        _point(public_key)
        return cls(public_key, secret)


def encrypt(
    text: bytes,
    receiver: Receiver,
    *,
    sender: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """The body of a push request; key and salt are new for each unless they are given (RFC 8291 §5).

    Raises LimitPassed for more than `MAX_TEXT_BYTES`.
    """
    if len(text) > MAX_TEXT_BYTES:
        raise LimitPassed(f"A push message has at most {MAX_TEXT_BYTES} bytes")
    sender = sender or ec.generate_private_key(CURVE)
    salt = salt or os.urandom(_SALT_BYTES)
    own = public_bytes(sender)
    shared = sender.exchange(ec.ECDH(), _point(receiver.public_key))
    info = b"WebPush: info\0" + receiver.public_key + own
    material = _derived(shared, receiver.secret, info, 32)
    key = _derived(material, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(material, salt, b"Content-Encoding: nonce\0", 12)
    sealed = AESGCM(key).encrypt(nonce, text + _LAST_RECORD, None)
    return salt + RECORD_BYTES.to_bytes(4, "big") + bytes([len(own)]) + own + sealed


def public_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The public half as an uncompressed point."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _derived(material: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(material)


def _point(public_key: bytes) -> ec.EllipticCurvePublicKey:
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, public_key)
    except ValueError:
        raise InvalidSyntax("The key of the subscription is no point of P-256") from None


def to_base64url(value: bytes) -> str:
    """Without padding (RFC 7515 §2)."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode("ascii")


def from_base64url(text: str) -> bytes:
    """The bytes of a short text. Raises InvalidSyntax."""
    try:
        ascii_text = text.rstrip("=").encode("ascii")
        return base64.b64decode(ascii_text + b"=" * (-len(ascii_text) % 4), b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error):
        raise InvalidSyntax("That is no base64url") from None
