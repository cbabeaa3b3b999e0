"""Users together with their accounts, what they use, and the first set-up of an installation.

A user's row, account and standard mailboxes are made in one transaction: nobody ever sees a user without
INBOX.
"""

from __future__ import annotations

from dataclasses import dataclass

from backend.directory import administrators, domains, names, scram_keys, users
from backend.directory.principal import SYSTEM, Principal
from backend.directory.roles import Role
from backend.directory.types import Administrator, Domain, User
from backend.formats.addresses import Address
from backend.kit import db
from backend.kit.db import Tx
from backend.kit.errors import Conflict, InvalidSyntax
from backend.mailstore import mailboxes

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Usage:
    """What a user or a domain holds."""

    users: int = 0
    used_bytes: int = 0
    message_count: int = 0


@dataclass(frozen=True, slots=True)
class SetUp:
    """What the first set-up made."""

    administrator: Administrator
    domain: Domain
    user: User


async def add_user(
    actor: Principal, address: str, password: str, *, name: str = "", role: Role = Role.USER
) -> User:
    """A new user with an account and its standard mailboxes."""
    new = await users.prepare(actor, address, password, name=name, role=role)
    return await db.write(lambda tx: _insert(tx, actor, new))


async def add_shared(actor: Principal, address: str, *, name: str = "") -> User:
    """A new account that belongs to no person: it receives mail, and its mailboxes are granted to others."""
    new = await users.prepare_shared(actor, address, name=name)
    return await db.write(lambda tx: _insert(tx, actor, new))


async def _insert(tx: Tx, actor: Principal, new: users.NewUser) -> User:
    user = await users.insert(tx, actor, new)
    await mailboxes.create_standard(tx, user.id)
    return user


async def is_set_up() -> bool:
    """Whether the first set-up is behind us: somebody administers this installation."""
    return await administrators.exists_any()


async def bootstrap(
    *,
    admin_name: str,
    admin_password: str,
    domain: str,
    user_localpart: str,
    user_name: str,
    user_password: str,
    remote_address: str = "",
) -> SetUp:
    """The first set-up: a system administrator, a domain and its first user, who is its primary
    administrator.

    Anyone may ask for it, so it is refused (`Conflict`) from the moment that an administrator exists. All of
    it happens or nothing.
    """
    await _require_fresh()
    checked_name = administrators.check_name(admin_name)
    domain_name = names.domain_name(domain)
    address = names.user_address(f"{user_localpart.strip()}@{domain_name}")
    if admin_password == user_password:
        raise InvalidSyntax(
            "Choose another password for the mailbox than for the administrator", field="userPassword"
        )
    password_hash = await _hash_for("administratorPassword", checked_name, None, admin_password, "")
    user_hash = await _hash_for("userPassword", str(address), address, user_password, user_name)
    scram = await scram_keys.derive(str(address), user_password)
    actor = SYSTEM.through(None, remote_address)

    async def verb(tx: Tx) -> SetUp:
        await _require_fresh_in(tx)
        made = await domains.insert(tx, actor, domain_name)
        new = users.NewUser(
            domain_id=made.id,
            address=address,
            password_hash=user_hash,
            name=names.person_name(user_name),
            role=Role.DOMAIN_ADMINISTRATOR,
            scram=scram,
        )
        user = await _insert(tx, actor, new)
        administrator = await administrators.insert(tx, actor, checked_name, password_hash)
        return SetUp(administrator, made, user)

    return await db.write(verb)


async def _hash_for(field: str, name: str, address: Address | None, password: str, person: str) -> str:
    """The hash of an acceptable password; a refusal names the field of the set-up's form."""
    own = (address.localpart, address.domain, person) if address is not None else ()
    try:
        return await administrators.acceptable_hash(name, password, *own)
    except InvalidSyntax as refusal:
        raise InvalidSyntax(refusal.public, field=field) from None


async def _require_fresh() -> None:
    if await is_set_up():
        raise Conflict("This installation is set up already")


async def _require_fresh_in(tx: Tx) -> None:
    # Two may come at the same moment; whoever is second must see the first one's administrator.
    if tx.dialect == "postgres":
        await tx.execute("LOCK TABLE administrator IN EXCLUSIVE MODE")
    if await tx.fetch_value("SELECT count(*) FROM administrator"):
        raise Conflict("This installation is set up already")


async def usage_of_users(user_ids: list[int]) -> dict[int, Usage]:
    """What each user's account holds; a user without an account holds nothing."""
    found = {user_id: Usage(users=1) for user_id in user_ids}
    for start in range(0, len(user_ids), _AT_ONCE):
        part = user_ids[start : start + _AT_ONCE]
        rows = await db.fetch_rows(
            f"SELECT id, used_bytes, message_count FROM account WHERE id IN ({db.marks(len(part))})", *part
        )
        found |= {row[0]: Usage(1, row[1], row[2]) for row in rows}
    return found


async def usage_of_domains(domain_ids: list[int]) -> dict[int, Usage]:
    """Users of each domain and what their accounts hold together."""
    found = {domain_id: Usage() for domain_id in domain_ids}
    for start in range(0, len(domain_ids), _AT_ONCE):
        part = domain_ids[start : start + _AT_ONCE]
        rows = await db.scan(
            "SELECT u.domain_id, count(*), COALESCE(SUM(a.used_bytes), 0), COALESCE(SUM(a.message_count), 0)"
            " FROM user_account u LEFT JOIN account a ON a.id = u.id"
            f" WHERE u.domain_id IN ({db.marks(len(part))}) GROUP BY u.domain_id",
            *part,
        )
        found |= {row[0]: Usage(int(row[1]), int(row[2]), int(row[3])) for row in rows}
    return found


async def usage_of_system() -> Usage:
    """All users and what their accounts hold together."""
    rows = await db.scan(
        "SELECT count(*), COALESCE(SUM(a.used_bytes), 0), COALESCE(SUM(a.message_count), 0)"
        " FROM user_account u LEFT JOIN account a ON a.id = u.id"
    )
    return Usage(int(rows[0][0]), int(rows[0][1]), int(rows[0][2]))
