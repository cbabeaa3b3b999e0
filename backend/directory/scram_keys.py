"""Keys of SCRAM-SHA-256 (RFC 5802 §3, RFC 7677): derived from a password, from which it cannot be had back.

All keys of a user share one salt and iteration count, because the server names both before it knows which
password the client has: the user's own or an app password. The salt is a keyed digest of the login, so that
a login that names nobody is answered with one as well, and always with the same.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
from dataclasses import dataclass, field

from backend.directory import passwords, server_secret, subjects
from backend.directory.principal import Principal
from backend.formats import precis
from backend.kit import db, ids
from backend.kit.db import Tx

# RFC 7677 §4 asks for 4096 at least and for what takes a modern machine a tenth of a second. Clients that use
# Cyrus SASL (mbsync, mutt, ldap tools) refuse more than 65,536 and do not fall back to another mechanism.
ITERATIONS = 65_536
OWN = 0  # the credential that is no app password
_SECRET = "scram-salt"
_SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Salting:
    """What a client needs to derive the same keys."""

    salt: bytes
    iterations: int


@dataclass(frozen=True, slots=True)
class ScramKey:
    """The two keys that the server holds; `credential_id` is `OWN` or an app password's id."""

    stored_key: bytes = field(repr=False)
    server_key: bytes = field(repr=False)
    credential_id: int = OWN


@dataclass(frozen=True, slots=True)
class Derived:
    """The keys of one password, ready to be stored."""

    salting: Salting
    keys: tuple[ScramKey, ...]


async def of_login(login: str, principal: Principal | None) -> tuple[Salting, tuple[ScramKey, ...]]:
    """Salt and keys for a login as `subjects.fold_login` made it; no keys where it has no mailbox.

    A known login and an unknown one cost the same.
    """
    user_id = (principal.user_id if principal is not None else None) or 0
    salting = await _stored_salting(user_id) or await _salting(login)
    return salting, await _find(user_id, salting)


async def derive(address: str, password: str, user_id: int | None = None) -> Derived:
    """The keys of a password for the user of that address; a new user has no id yet."""
    salting = await _stored_salting(user_id) if user_id is not None else None
    found = salting or await _salting(subjects.fold_login(address))
    return Derived(found, await passwords.in_pool(lambda: _keys_of(password, found)))


async def replace(tx: Tx, user_id: int, derived: Derived, credential_id: int = OWN) -> None:
    """Store the keys of a credential in place of those it had."""
    await delete(tx, user_id, credential_id)
    for key in derived.keys:
        await tx.execute(
            "INSERT INTO scram_key (id, user_id, credential_id, salt, iterations, stored_key, server_key)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            ids.new_id(),
            user_id,
            credential_id,
            _text(derived.salting.salt),
            derived.salting.iterations,
            _text(key.stored_key),
            _text(key.server_key),
        )


async def delete(tx: Tx, user_id: int, credential_id: int) -> None:
    """Forget the keys of a credential."""
    await tx.execute("DELETE FROM scram_key WHERE user_id = ? AND credential_id = ?", user_id, credential_id)


async def delete_all(tx: Tx, user_id: int) -> None:
    """Forget every key of a user."""
    await tx.execute("DELETE FROM scram_key WHERE user_id = ?", user_id)


async def has_own(user_id: int) -> bool:
    """Whether there are keys for the user's own password."""
    row = await db.fetch_row(
        "SELECT id FROM scram_key WHERE user_id = ? AND credential_id = ? LIMIT 1", user_id, OWN
    )
    return row is not None


def compute(password: str, salting: Salting) -> ScramKey:
    """RFC 5802 §3 for a password that has been prepared already."""
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salting.salt, salting.iterations)
    client_key = hmac.digest(salted, b"Client Key", "sha256")
    return ScramKey(hashlib.sha256(client_key).digest(), hmac.digest(salted, b"Server Key", "sha256"))


def _keys_of(password: str, salting: Salting) -> tuple[ScramKey, ...]:
    forms = {precis.opaque_string(password)}
    # Where SASLprep prohibits a character, a client that follows RFC 5802 refuses the password by itself.
    with contextlib.suppress(ValueError):
        forms.add(precis.saslprep(password))
    return tuple(compute(form, salting) for form in sorted(forms))


async def _salting(login: str) -> Salting:
    key = await server_secret.get(_SECRET)
    digest = hmac.digest(key, login.encode("utf-8", "surrogatepass"), "sha256")
    return Salting(digest[:_SALT_BYTES], ITERATIONS)


async def _stored_salting(user_id: int) -> Salting | None:
    """What the user's keys were made with; that of the own password counts first."""
    row = await db.fetch_row(
        "SELECT salt, iterations FROM scram_key WHERE user_id = ? ORDER BY credential_id LIMIT 1", user_id
    )
    return Salting(base64.b64decode(row[0]), row[1]) if row is not None else None


async def _find(user_id: int, salting: Salting) -> tuple[ScramKey, ...]:
    rows = await db.fetch_rows(
        "SELECT stored_key, server_key, credential_id FROM scram_key"
        " WHERE user_id = ? AND salt = ? AND iterations = ?",
        user_id,
        _text(salting.salt),
        salting.iterations,
    )
    return tuple(ScramKey(base64.b64decode(row[0]), base64.b64decode(row[1]), row[2]) for row in rows)


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()
