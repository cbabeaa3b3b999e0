"""How an application server says who it is to push services (VAPID, RFC 8292): a token signed with ES256."""

from __future__ import annotations

import orjson
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from backend.formats.web_push import CURVE, public_bytes, to_base64url

# A token may last a day at most (RFC 8292 §2).
LONGEST_S = 86_400
_HEADER = to_base64url(b'{"typ":"JWT","alg":"ES256"}')
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def key_of(secret: bytes) -> ec.EllipticCurvePrivateKey:
    """The key that 32 random bytes stand for."""
    return ec.derive_private_key(int.from_bytes(secret, "big") % (_ORDER - 1) + 1, CURVE)


def public_key(key: ec.EllipticCurvePrivateKey) -> str:
    """The `applicationServerKey` that browsers subscribe with, in base64url."""
    return to_base64url(public_bytes(key))


def authorization(key: ec.EllipticCurvePrivateKey, *, audience: str, subject: str, expires_at: int) -> str:
    """The Authorization field of a push request (RFC 8292 §3); `audience` is the push service's origin,
    `subject` a mailto: or https: address of whoever runs this server.
    """
    claims = to_base64url(orjson.dumps({"aud": audience, "exp": expires_at, "sub": subject}))
    signed = f"{_HEADER}.{claims}"
    r, s = decode_dss_signature(key.sign(signed.encode("ascii"), ec.ECDSA(SHA256())))
    signature = to_base64url(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={signed}.{signature}, k={public_key(key)}"
