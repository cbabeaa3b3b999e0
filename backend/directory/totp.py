"""Codes of authenticator apps (RFC 6238): six digits, a new one every 30 seconds.

The step before and the step after count too, for clocks that are off; a step that was used never counts
again, nor one before it (§5.2).
"""

from __future__ import annotations

import hmac

import pyotp

from backend.kit import clock
from backend.kit.db import Tx

STEP_S = 30
_AROUND = (0, -1, 1)


def new_secret() -> str:
    """160 random bits in base32 (RFC 4226 §4)."""
    return pyotp.random_base32()


def uri(secret: str, name: str, issuer: str) -> str:
    """The address that authenticator apps read from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer)


def step_of(secret: str, code: str) -> int | None:
    """The time step whose code this is, or None."""
    totp = pyotp.TOTP(secret)
    now = clock.now() // STEP_S
    found = None
    for offset in _AROUND:
        expected = totp.generate_otp(now + offset)
        if hmac.compare_digest(expected.encode(), code.encode("utf-8", "surrogatepass")):
            found = now + offset
    return found


async def use(tx: Tx, subject_id: int, code: str) -> bool:
    """Whether the code is one of this person's app and was not used before; then it is used now."""
    row = await tx.fetch_row(
        "SELECT totp_secret, totp_step FROM two_step WHERE subject_id = ? AND totp_is_confirmed = 1",
        subject_id,
    )
    if row is None or (step := step_of(row[0], code)) is None or step <= row[1]:
        return False
    sql = "UPDATE two_step SET totp_step = ? WHERE subject_id = ? AND totp_step < ?"
    return await tx.execute(sql, step, subject_id, step) == 1
