"""System administrators: a name and a password, no mailbox.

The last one that can sign in can be neither removed nor disabled, or nobody could ever mend anything again.
"""

from __future__ import annotations

import re

from backend.directory import audit, passwords, policy, second_step_rows, session_rows
from backend.directory.principal import Principal
from backend.directory.roles import Permission
from backend.directory.setting_key import Level
from backend.directory.setting_store import SYSTEM_TARGET, Reader, load_chain
from backend.directory.types import Administrator
from backend.kit import clock, db, ids
from backend.kit.db import Tx
from backend.kit.errors import Conflict, InvalidSyntax, NotFound
from schema.events import UserChanged

_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_. -]{0,98}[A-Za-z0-9])?")
# In events of administrators, whose ids are as unique as those of users.
NO_DOMAIN = 0


async def add(actor: Principal, name: str, password: str) -> Administrator:
    """A new administrator; `Conflict` where the name is taken."""
    policy.require(actor, Permission.ADMINISTRATORS_MANAGE)
    checked = check_name(name)
    password_hash = await acceptable_hash(checked, password)
    return await db.write(lambda tx: insert(tx, actor, checked, password_hash))


async def insert(tx: Tx, actor: Principal, name: str, password_hash: str) -> Administrator:
    """The part of a verb that makes an administrator; name and password were checked."""
    policy.require(actor, Permission.ADMINISTRATORS_MANAGE)
    administrator = Administrator(ids.new_id(), name, True, clock.now(), None)
    taken = await tx.fetch_row("SELECT id FROM administrator WHERE lower(name) = lower(?)", name)
    if taken is not None:
        raise Conflict(f"There is an administrator {name} already", field="name")
    await tx.execute(
        "INSERT INTO administrator (id, name, password_hash, is_enabled, created_at) VALUES (?, ?, ?, 1, ?)",
        administrator.id,
        name,
        password_hash,
        administrator.created_at,
    )
    await audit.record(tx, actor, "administrator.add", name)
    tx.announce(UserChanged(administrator.id, NO_DOMAIN, credentials=True))
    return administrator


async def list_all(actor: Principal) -> list[Administrator]:
    """Every administrator by name."""
    policy.require(actor, Permission.ADMINISTRATORS_MANAGE)
    rows = await db.fetch_rows(f"SELECT {Administrator.COLUMNS} FROM administrator ORDER BY name")
    return [Administrator.from_row(row) for row in rows]


async def get_by_name(actor: Principal, name: str) -> Administrator:
    """An administrator by name."""
    policy.require(actor, Permission.ADMINISTRATORS_MANAGE)
    row = await db.fetch_row(
        f"SELECT {Administrator.COLUMNS} FROM administrator WHERE lower(name) = lower(?)", name.strip()
    )
    if row is None:
        raise NotFound(f"There is no administrator {name.strip()[:100]}")
    return Administrator.from_row(row)


async def exists_any() -> bool:
    """Whether anyone can administer this installation: it has been set up."""
    return await _exists_any(db.current_tx.get() or db.database())


async def set_enabled(actor: Principal, administrator_id: int, enabled: bool) -> Administrator:
    """Let an administrator sign in, or not any more."""
    policy.require(actor, Permission.ADMINISTRATORS_MANAGE)

    async def verb(tx: Tx) -> Administrator:
        before = await find_row(tx, administrator_id)
        if before.is_enabled == enabled:
            return before
        if not enabled:
            await _require_another(tx, before)
        await tx.execute(
            "UPDATE administrator SET is_enabled = ? WHERE id = ?", int(enabled), administrator_id
        )
        action = "administrator.enable" if enabled else "administrator.disable"
        await audit.record(tx, actor, action, before.name)
        tx.announce(UserChanged(administrator_id, NO_DOMAIN, credentials=True))
        return await find_row(tx, administrator_id)

    return await db.write(verb)


async def set_password(actor: Principal, administrator_id: int, password: str) -> Administrator:
    """Give an administrator another password; ends the other sessions."""
    policy.require(actor, Permission.ADMINISTRATORS_MANAGE)
    administrator = await find_row(db.database(), administrator_id)
    password_hash = await acceptable_hash(administrator.name, password)

    async def verb(tx: Tx) -> Administrator:
        found = await find_row(tx, administrator_id)
        await save_password(tx, actor, found, password_hash)
        return found

    return await db.write(verb)


async def save_password(tx: Tx, actor: Principal, administrator: Administrator, password_hash: str) -> None:
    """Store the hash and end every session but the actor's own."""
    await tx.execute(
        "UPDATE administrator SET password_hash = ? WHERE id = ?", password_hash, administrator.id
    )
    await session_rows.delete_of(tx, "administrator", administrator.id, except_id=actor.session_id)
    await audit.record(tx, actor, "administrator.set_credentials", administrator.name)
    tx.announce(UserChanged(administrator.id, NO_DOMAIN, credentials=True))


async def remove(actor: Principal, administrator_id: int) -> None:
    """Remove an administrator, but never the last one that can sign in."""
    policy.require(actor, Permission.ADMINISTRATORS_MANAGE)

    async def verb(tx: Tx) -> None:
        administrator = await find_row(tx, administrator_id)
        await _require_another(tx, administrator)
        await session_rows.delete_of(tx, "administrator", administrator_id)
        await tx.execute(
            "DELETE FROM api_key WHERE kind = 'administrator' AND subject_id = ?", administrator_id
        )
        await second_step_rows.delete_of(tx, administrator_id)
        await tx.execute("DELETE FROM administrator WHERE id = ?", administrator_id)
        await audit.record(tx, actor, "administrator.remove", administrator.name)
        tx.announce(UserChanged(administrator_id, NO_DOMAIN, credentials=True))

    await db.write(verb)


def check_name(name: str) -> str:
    """A sign-in name without `@`, which is what tells it from a mailbox's address."""
    found = name.strip()
    if _NAME.fullmatch(found) is None:
        raise InvalidSyntax(
            "The name of an administrator needs letters or digits; dots, spaces and hyphens may be within",
            field="name",
        )
    return found


async def acceptable_hash(name: str, password: str, *names: str) -> str:
    """The hash of a password that the system's policy takes and that is none of the names."""
    chain = await load_chain(db.current_tx.get() or db.database(), Level.SYSTEM, SYSTEM_TARGET)
    passwords.require_acceptable(
        password, names=(name, *names), shortest=int(chain.value("password.min_length"))
    )
    return await passwords.hash_password(password)


async def find_row(reader: Reader, administrator_id: int) -> Administrator:
    """The row, without asking who wants it."""
    row = await reader.fetch_row(
        f"SELECT {Administrator.COLUMNS} FROM administrator WHERE id = ?", administrator_id
    )
    if row is None:
        raise NotFound("No such administrator")
    return Administrator.from_row(row)


async def _exists_any(reader: Reader) -> bool:
    return await reader.fetch_row("SELECT id FROM administrator WHERE is_enabled = 1 LIMIT 1") is not None


async def _require_another(tx: Tx, administrator: Administrator) -> None:
    # All rows are locked: two who disable each other at the same moment must not both succeed.
    rows = await tx.fetch_rows("UPDATE administrator SET is_enabled = is_enabled RETURNING id, is_enabled")
    if not any(enabled and other != administrator.id for other, enabled in rows):
        raise Conflict("The last system administrator who can sign in cannot be removed or disabled")
