"""Users with their standard mailboxes, made in a test's own process."""

from __future__ import annotations

import asyncio
from functools import cache

from backend.directory import passwords, users
from backend.directory.principal import SYSTEM
from backend.formats.addresses import Address
from backend.kit import db
from backend.kit.db import Tx
from backend.mailstore import mailboxes

PASSWORD = "correct horse battery"


@cache
def _password_hash() -> str:
    """Argon2 is slow by design: one hash does for every test."""
    return asyncio.run(passwords.hash_password(PASSWORD))


async def add_user(domain_id: int, name: str) -> int:
    """`name@example.test`, who signs in with PASSWORD; the account's id."""
    password_hash = await asyncio.to_thread(_password_hash)
    new = users.NewUser(domain_id, Address.parse(f"{name}@example.test"), password_hash, name)

    async def verb(tx: Tx) -> int:
        user = await users.insert(tx, SYSTEM, new)
        await mailboxes.create_standard(tx, user.id)
        return user.id

    return await db.write(verb)
