"""Mailbox users. Their accounts and mailboxes are made beside them by `backend.operations.accounts`.

Everything checks that the actor reaches the user's domain, and nobody changes someone who may more
(`policy.require_over`). A new password ends the sessions that were opened with the old one; a lost right or a
disabled user is noticed at the next request of every session.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from backend.directory import (
    audit,
    domains,
    limits,
    list_rows,
    names,
    passwords,
    policy,
    resolve,
    scram_keys,
    second_step_rows,
    session_rows,
)
from backend.directory.pages import Page, contains
from backend.directory.principal import Principal
from backend.directory.roles import MATRIX, OF_USERS, Permission, Role
from backend.directory.scram_keys import Derived
from backend.directory.setting_key import Level
from backend.directory.setting_store import Reader, forget_target, load_chain
from backend.directory.types import User
from backend.formats.addresses import Address
from backend.kit import clock, db, ids
from backend.kit.db import Tx
from backend.kit.errors import InvalidSyntax, NotFound, PermissionDenied
from schema.events import DomainChanged, UserChanged


@dataclass(frozen=True, slots=True)
class NewUser:
    """A user that was checked as far as it can be without a transaction; the password is hashed already.

    Without `scram` the keys are made at the first sign-in with the password.
    """

    domain_id: int
    address: Address
    password_hash: str
    name: str
    role: Role = Role.USER
    is_shared: bool = False
    scram: Derived | None = None


async def prepare_shared(actor: Principal, address: str, *, name: str = "") -> NewUser:
    """`prepare` for an account that belongs to no person: it has no password, so nobody can sign in."""
    policy.require(actor, Permission.USERS_CREATE)
    wanted, domain_id = await _place_of(actor, address)
    return NewUser(domain_id, wanted, "", names.person_name(name), is_shared=True)


async def prepare(
    actor: Principal, address: str, password: str, *, name: str = "", role: Role = Role.USER
) -> NewUser:
    """Check what is asked for and hash the password (in its thread): what comes before the transaction."""
    policy.require(actor, Permission.USERS_CREATE)
    wanted, domain_id = await _place_of(actor, address)
    await require_acceptable_password(password, domain_id, wanted, name)
    return NewUser(
        domain_id=domain_id,
        address=wanted,
        password_hash=await passwords.hash_password(password),
        name=names.person_name(name),
        role=role,
        scram=await scram_keys.derive(str(wanted), password),
    )


async def _place_of(actor: Principal, address: str) -> tuple[Address, int]:
    """The address as it is stored, and the id of its domain; `NotFound` for one the actor may not fill."""
    wanted = names.user_address(address)
    domain_id = await db.fetch_value("SELECT id FROM domain WHERE name = ?", wanted.domain)
    if domain_id is None or not policy.can(actor, Permission.USERS_CREATE, on=int(domain_id)):
        raise NotFound(f"There is no domain {wanted.domain} here", field="address")
    return wanted, int(domain_id)


async def insert(tx: Tx, actor: Principal, new: NewUser) -> User:
    """Make the user's row; the first administrator of a domain becomes its primary one."""
    policy.require(actor, Permission.USERS_CREATE, on=new.domain_id)
    _require_may_give(actor, Role.USER, new.role)
    domain = await domains.locked(tx, new.domain_id)
    await limits.require_room(tx, domain.id, "domain.max_users")
    await domains.require_free(tx, domain.id, new.address)
    is_primary = new.role is Role.DOMAIN_ADMINISTRATOR and not await _primary(tx, domain.id)
    user = User(
        id=ids.new_id(),
        domain_id=domain.id,
        domain=domain.name,
        localpart=new.address.localpart,
        name=new.name,
        is_enabled=True,
        role=new.role,
        is_primary=is_primary,
        created_at=clock.now(),
        last_sign_in_at=None,
        is_shared=new.is_shared,
    )
    await tx.execute(
        "INSERT INTO user_account (id, domain_id, localpart, name, password_hash, is_enabled,"
        " role, is_primary, is_shared, created_at) VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, ?)",
        user.id,
        user.domain_id,
        user.localpart,
        user.name,
        new.password_hash,
        user.role.value,
        int(user.is_primary),
        int(user.is_shared),
        user.created_at,
    )
    if new.scram is not None:
        await scram_keys.replace(tx, user.id, new.scram)
    detail = {"name": user.name, "role": user.role.value, "is_primary": user.is_primary}
    if user.is_shared:
        detail = {"name": user.name, "is_shared": True}
    await audit.record(tx, actor, "user.add", user.address, domain.id, detail)
    tx.announce(UserChanged(user.id, domain.id, credentials=True))
    return user


async def get(actor: Principal, user_id: int) -> User:
    """A user the actor may see; `NotFound` for every other, whether of another domain or of none."""
    if user_id != actor.user_id:
        policy.require(actor, Permission.USERS_READ)
    user = await find_row(db.current_tx.get() or db.database(), user_id)
    if user is None or actor.domain_id not in {None, user.domain_id}:
        raise NotFound("No such user")
    return user


async def get_by_address(actor: Principal, address: str) -> User:
    """`get` by full address."""
    policy.require(actor, Permission.USERS_READ)
    wanted = names.local_address(address)
    row = await db.fetch_row(
        f"SELECT {User.COLUMNS} FROM {User.TABLES} WHERE domain.name = ? AND u.localpart = ?",
        await resolve.own_name(wanted.domain),
        wanted.localpart,
    )
    if row is None or actor.domain_id not in {None, row[1]}:
        raise NotFound(f"There is no user {wanted}")
    return User.from_row(row)


async def list_page(
    actor: Principal, domain_id: int, *, after: str = "", limit: int = 50, search: str = ""
) -> Page[User]:
    """Users of a domain by localpart, `search` in address or name."""
    policy.require(actor, Permission.USERS_READ, on=domain_id)
    where = "u.domain_id = ? AND (u.localpart LIKE ? ESCAPE '!' OR lower(u.name) LIKE ? ESCAPE '!')"
    args = (domain_id, contains(search), contains(search))
    total = await db.fetch_value(f"SELECT count(*) FROM {User.TABLES} WHERE {where}", *args)
    rows = await db.fetch_rows(
        f"SELECT {User.COLUMNS} FROM {User.TABLES} WHERE {where} AND u.localpart > ?"
        " ORDER BY u.localpart LIMIT ?",
        *args,
        after,
        limit + 1,
    )
    return Page.cut([User.from_row(row) for row in rows], limit, total)


async def update(
    actor: Principal,
    user_id: int,
    *,
    name: str | None = None,
    is_enabled: bool | None = None,
    role: Role | None = None,
) -> User:
    """Change what is given; the user afterwards."""

    async def verb(tx: Tx) -> User:
        before = await _changeable(tx, actor, Permission.USERS_MANAGE, user_id)
        after = replace(
            before,
            name=before.name if name is None else names.person_name(name),
            is_enabled=before.is_enabled if is_enabled is None else is_enabled,
            role=before.role if role is None else role,
        )
        if after.role is not before.role:
            after = await _appointed(tx, actor, before, after)
        if not after.is_enabled and before.is_enabled and user_id == actor.user_id:
            raise PermissionDenied("You cannot disable yourself")
        await _save(tx, actor, before, after)
        return after

    return await db.write(verb)


async def set_primary(actor: Principal, user_id: int) -> User:
    """Make a user the domain's primary administrator in place of whoever is; system administrators only."""
    policy.require(actor, Permission.DOMAINS_MANAGE)

    async def verb(tx: Tx) -> User:
        before = await _changeable(tx, actor, Permission.DOMAIN_ADMINS_APPOINT, user_id)
        if before.is_shared:
            raise PermissionDenied("A shared account administers nothing")
        await domains.locked(tx, before.domain_id)
        others = await tx.fetch_rows(
            f"SELECT {User.COLUMNS} FROM {User.TABLES}"
            " WHERE u.domain_id = ? AND u.is_primary = 1 AND u.id <> ?",
            before.domain_id,
            user_id,
        )
        for row in others:
            other = User.from_row(row)
            await _save(tx, actor, other, replace(other, is_primary=False))
        after = replace(before, role=Role.DOMAIN_ADMINISTRATOR, is_primary=True)
        await _save(tx, actor, before, after)
        return after

    return await db.write(verb)


async def set_password(actor: Principal, user_id: int, password: str) -> User:
    """Give a user another password; ends the user's sessions."""
    policy.require(actor, Permission.PASSWORDS_SET)
    user = await _changeable(db.database(), actor, Permission.PASSWORDS_SET, user_id)
    if user.is_shared:
        raise PermissionDenied("Nobody signs in to a shared account: grant rights on its mailboxes")
    await require_acceptable_password(
        password, user.domain_id, Address(user.localpart, user.domain), user.name
    )
    password_hash = await passwords.hash_password(password)
    scram = await scram_keys.derive(user.address, password, user.id)

    async def verb(tx: Tx) -> User:
        user = await _changeable(tx, actor, Permission.PASSWORDS_SET, user_id)
        await save_password(tx, actor, user, password_hash, scram)
        return user

    return await db.write(verb)


async def save_password(tx: Tx, actor: Principal, user: User, password_hash: str, scram: Derived) -> None:
    """Store hash and keys, and end every session but the actor's own."""
    await tx.execute("UPDATE user_account SET password_hash = ? WHERE id = ?", password_hash, user.id)
    await scram_keys.replace(tx, user.id, scram)
    await session_rows.delete_of(tx, "user", user.id, except_id=actor.session_id)
    await audit.record(tx, actor, "user.set_credentials", user.address, user.domain_id)
    tx.announce(UserChanged(user.id, user.domain_id, credentials=True))


async def begin_removal(actor: Principal, user_id: int) -> User:
    """Check that the user may be removed and disable it, so that nothing is added while its mail goes."""

    async def verb(tx: Tx) -> User:
        user = await _changeable(tx, actor, Permission.USERS_MANAGE, user_id)
        if user_id == actor.user_id:
            raise PermissionDenied("You cannot remove yourself")
        if user.is_primary and actor.domain_id is not None:
            raise PermissionDenied("Only a system administrator may remove the primary domain administrator")
        after = replace(user, is_enabled=False)
        await _save(tx, actor, user, after)
        await session_rows.delete_of(tx, "user", user_id)
        return after

    return await db.write(verb)


async def delete(tx: Tx, actor: Principal, user: User) -> None:
    """Remove the user's rows of the directory; its mail is gone already."""
    await session_rows.delete_of(tx, "user", user.id)
    await tx.execute("DELETE FROM api_key WHERE kind = 'user' AND subject_id = ?", user.id)
    await tx.execute("DELETE FROM group_member WHERE user_id = ?", user.id)
    await list_rows.forget_address(tx, user.address)
    await tx.execute("DELETE FROM app_password WHERE user_id = ?", user.id)
    await second_step_rows.delete_of(tx, user.id)
    await tx.execute("DELETE FROM user_forward WHERE user_id = ?", user.id)
    await tx.execute("DELETE FROM known_recipient WHERE user_id = ?", user.id)
    await tx.execute("DELETE FROM shortcuts WHERE id = ?", user.id)
    await scram_keys.delete_all(tx, user.id)
    await forget_target(tx, Level.USER, user.id)
    await tx.execute("DELETE FROM user_account WHERE id = ?", user.id)
    await audit.record(tx, actor, "user.remove", user.address, user.domain_id, {"name": user.name})
    tx.announce(UserChanged(user.id, user.domain_id, credentials=True))
    tx.announce(DomainChanged(user.domain_id))


async def find_row(reader: Reader, user_id: int) -> User | None:
    """The row, without asking who wants it."""
    row = await reader.fetch_row(f"SELECT {User.COLUMNS} FROM {User.TABLES} WHERE u.id = ?", user_id)
    return User.from_row(row) if row else None


async def require_acceptable_password(password: str, domain_id: int, address: Address, name: str) -> None:
    """Refuse a password that the domain's policy does not take."""
    chain = await load_chain(db.current_tx.get() or db.database(), Level.DOMAIN, domain_id)
    passwords.require_acceptable(
        password,
        names=(str(address), address.localpart, address.domain, name),
        shortest=int(chain.value("password.min_length")),
    )


async def _changeable(reader: Reader, actor: Principal, permission: Permission, user_id: int) -> User:
    policy.require(actor, permission)
    user = await find_row(reader, user_id)
    if user is None or not policy.can(actor, permission, on=user):
        raise NotFound("No such user")
    policy.require_over(actor, user)
    return user


async def _appointed(tx: Tx, actor: Principal, before: User, after: User) -> User:
    """The user in the other role, with the primary mark that goes with it."""
    if before.is_shared:
        raise PermissionDenied("A shared account administers nothing")
    _require_may_give(actor, before.role, after.role)
    if before.is_primary and actor.domain_id is not None:
        raise PermissionDenied("Only a system administrator may change the primary domain administrator")
    await domains.locked(tx, before.domain_id)
    if after.role is not Role.DOMAIN_ADMINISTRATOR:
        return replace(after, is_primary=False)
    return replace(after, is_primary=not await _primary(tx, before.domain_id))


def _require_may_give(actor: Principal, before: Role, after: Role) -> None:
    """Refuse a role that users cannot have, and one whose power the actor has not got or may not hand on."""
    if after not in OF_USERS:
        raise InvalidSyntax("Users cannot have this role", field="role")
    if before is after:
        return
    if Role.DOMAIN_ADMINISTRATOR in (before, after):
        policy.require(actor, Permission.DOMAIN_ADMINS_APPOINT)
    policy.require(actor, Permission.USERS_MANAGE)
    if actor.domain_id is not None and not MATRIX[after] - MATRIX[Role.USER] <= actor.permissions:
        raise PermissionDenied("Nobody gives rights they do not have")


async def _save(tx: Tx, actor: Principal, before: User, after: User) -> None:
    change = audit.changes(
        name=(before.name, after.name),
        is_enabled=(before.is_enabled, after.is_enabled),
        role=(before.role.value, after.role.value),
        is_primary=(before.is_primary, after.is_primary),
    )
    if not change:
        return
    await tx.execute(
        "UPDATE user_account SET name = ?, is_enabled = ?, role = ?, is_primary = ? WHERE id = ?",
        after.name,
        int(after.is_enabled),
        after.role.value,
        int(after.is_primary),
        after.id,
    )
    await audit.record(tx, actor, "user.update", after.address, after.domain_id, change)
    tx.announce(UserChanged(after.id, after.domain_id, credentials=set(change) != {"name"}))


async def _primary(tx: Tx, domain_id: int) -> bool:
    found = await tx.fetch_value(
        "SELECT id FROM user_account WHERE domain_id = ? AND is_primary = 1 LIMIT 1", domain_id
    )
    return found is not None
