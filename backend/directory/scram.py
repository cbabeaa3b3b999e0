"""Signing in by a proof that one knows the password, which itself never comes here (RFC 5802, RFC 7677).

A login that names nobody gets a salt like any other and fails at the end like a wrong password. Proofs are
counted by `guessing` together with passwords.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from backend.directory import app_passwords, authentication, guessing, scram_keys
from backend.directory.principal import Principal
from backend.directory.scram_keys import OWN, Salting, ScramKey
from backend.directory.subjects import Subject
from backend.kit.errors import PermissionDenied

# What the proof of an unknown login is held against.
_NOBODY = ScramKey(b"\0" * 32, b"\0" * 32)


@dataclass(frozen=True, slots=True)
class Challenge:
    """An exchange that has begun; `salting` is for the client to know."""

    login: str
    subject: Subject
    salting: Salting
    keys: tuple[ScramKey, ...]


@dataclass(frozen=True, slots=True)
class Admission:
    """Who has signed in, and how the server proves that it holds the keys."""

    principal: Principal
    server_signature: bytes


async def begin(login: str, *, protocol: str) -> Challenge:
    """What the client needs to make its proof, whether the login names somebody or not."""
    folded = await authentication.login_of(login)
    subject = await authentication.subject_of(folded, protocol)
    salting, keys = await scram_keys.of_login(folded, subject.principal)
    return Challenge(folded, subject, salting, keys)


async def verify(
    challenge: Challenge, auth_message: bytes, proof: bytes, *, protocol: str, remote_address: str
) -> Admission:
    """Who made the proof.

    Raises `Unauthenticated` for a wrong one, an unknown login and a disabled account alike, `RateLimited`
    after too many, `PermissionDenied` where an app password is needed.
    """
    subject = challenge.subject
    tried = await authentication.begin_try(subject, challenge.login, protocol, remote_address)
    key = _matching(challenge.keys or (_NOBODY,), auth_message, proof)
    principal = await _admitted(subject, key, protocol, remote_address) if key is not None else None
    if key is None or principal is None:
        raise await authentication.refuse(tried, subject, protocol, remote_address)
    await guessing.succeed(tried)
    await authentication.note_sign_in(subject)
    return Admission(principal, hmac.digest(key.server_key, auth_message, "sha256"))


def _matching(keys: tuple[ScramKey, ...], auth_message: bytes, proof: bytes) -> ScramKey | None:
    """The key whose password made the proof; all are tried, whichever it is."""
    found = None
    for key in keys:
        signature = hmac.digest(key.stored_key, auth_message, "sha256")
        client_key = bytes(a ^ b for a, b in zip(proof, signature, strict=True))
        if hmac.compare_digest(hashlib.sha256(client_key).digest(), key.stored_key):
            found = key
    return found


async def _admitted(subject: Subject, key: ScramKey, protocol: str, remote_address: str) -> Principal | None:
    principal = subject.principal
    if principal is None or not subject.is_enabled:
        return None
    if key.credential_id == OWN:
        if subject.is_two_step:
            raise PermissionDenied(authentication.APP_PASSWORD_NEEDED)
        return principal.through(None, remote_address)
    app_password = await app_passwords.find_by_id(principal.id, key.credential_id, protocol)
    if app_password is None:
        return None
    return await app_passwords.admitted(principal, app_password, remote_address)
