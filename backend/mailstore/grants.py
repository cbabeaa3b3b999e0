"""Giving and taking rights on mailboxes (RFC 4314 §3): by the owner, by who holds the right to, and for an
account that belongs to no person by the administrators of its domain.

Rights reach no further than the owner's domain. Each mailbox has grants of its own; a new one begins with
those of its parent, and a grant may be given to all that lies below at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from backend.directory import audit, names, policy, settings
from backend.directory.principal import Principal
from backend.directory.roles import Permission
from backend.formats.addresses import format_addr_spec
from backend.kit import db, ids
from backend.kit.db import Tx
from backend.kit.errors import InvalidSyntax, LimitExceeded, NotFound, PermissionDenied
from backend.mailstore import readers, shares
from backend.mailstore.mailbox_names import SEPARATOR
from backend.mailstore.mailbox_rows import COLUMNS, mailbox_row
from backend.mailstore.rights import Rights, letters
from backend.mailstore.types import MailboxRow
from schema.events import SharesChanged

MOST_GRANTS = 500
ANYONE = "anyone"
GROUP_PREFIX = "group:"


class Mode(Enum):
    """What becomes of the rights a holder has."""

    REPLACE = ""
    ADD = "+"
    REMOVE = "-"


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose mailboxes: the account's address and domain, and whether it belongs to no person."""

    id: int
    address: str
    domain: str
    domain_id: int
    is_shared: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds rights; `name` is an address, `group:<name>` or `anyone`."""

    kind: str
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Grant:
    """Rights of a holder; a negative one takes them away from whoever else gives them."""

    holder: Holder
    is_negative: bool
    rights: Rights


@dataclass(frozen=True, slots=True)
class Change:
    """What is to become of a holder's rights."""

    holder: str
    rights: Rights
    mode: Mode = Mode.REPLACE
    is_negative: bool = False
    with_children: bool = False


async def owner_of(account_id: int, source: db.Database | Tx | None = None) -> Owner:
    """The owner of an account. Raises NotFound."""
    row = await (source or db.database()).fetch_row(
        "SELECT u.localpart, d.name, u.domain_id, u.is_shared FROM user_account u"
        " JOIN domain d ON d.id = u.domain_id WHERE u.id = ?",
        account_id,
    )
    if row is None:
        raise NotFound("There is no such account")
    return Owner(account_id, format_addr_spec(row[0], row[1]), row[1], row[2], bool(row[3]))


async def require_administer(actor: Principal, account_id: int, mailbox_id: int) -> Owner:
    """The owner, if the actor may see and change who holds rights on the mailbox.

    Raises PermissionDenied, or NotFound for who may not know that it exists.
    """
    owner = await owner_of(account_id)
    if owner.is_shared and policy.can(actor, Permission.USERS_MANAGE, on=owner.domain_id):
        return owner
    if actor.user_id is None or not policy.can(actor, Permission.MAIL_USE):
        raise NotFound("There is no such mailbox")
    await shares.require(actor.user_id, account_id, mailbox_id, Rights.ADMINISTER)
    return owner


async def administered(actor: Principal, mailbox_id: int) -> MailboxRow:
    """A mailbox by id whose grants the actor may see and change.

    Raises NotFound, also where nothing of it is granted to the actor; PermissionDenied.
    """
    row = await db.fetch_row(f"SELECT {COLUMNS} FROM mailbox WHERE id = ?", mailbox_id)
    if row is None:
        raise NotFound("There is no such mailbox")
    await require_administer(actor, row[1], mailbox_id)
    return mailbox_row(row)


async def of_shared_account(actor: Principal, account_id: int) -> list[MailboxRow]:
    """The mailboxes of an account that belongs to no person, by name, for who administers its domain."""
    policy.require(actor, Permission.USERS_MANAGE)
    owner = await owner_of(account_id)
    if not owner.is_shared or not policy.can(actor, Permission.USERS_MANAGE, on=owner.domain_id):
        raise NotFound("There is no such account")
    rows = await db.fetch_rows(
        f"SELECT {COLUMNS} FROM mailbox WHERE account_id = ? ORDER BY name", account_id
    )
    return [mailbox_row(row) for row in rows]


async def list_grants(actor: Principal, mailbox: MailboxRow) -> list[Grant]:
    """Who holds rights on a mailbox, the owner aside; by kind and name."""
    owner = await require_administer(actor, mailbox.account_id, mailbox.id)
    return await _of(db.database(), owner, mailbox.id)


async def put(actor: Principal, mailbox: MailboxRow, path: str, change: Change) -> list[Grant]:
    """Change the rights of a holder; none left is no grant. The grants afterwards.

    `path` is the mailbox's name in its account. Raises InvalidSyntax and NotFound for who cannot be a holder,
    PermissionDenied also for `anyone` in a domain that does not allow it.
    """
    owner = await require_administer(actor, mailbox.account_id, mailbox.id)
    holder = await find_holder(owner, change.holder)
    is_taking = change.mode is Mode.REMOVE or not change.rights
    if holder.kind == ANYONE and not is_taking and not change.is_negative:
        await _require_consent(owner)

    async def verb(tx: Tx) -> list[Grant]:
        boxes = await _boxes(tx, mailbox, path, with_children=change.with_children)
        for mailbox_id in boxes:
            await _put(tx, owner, mailbox_id, holder, change)
        detail = {
            "holder": ("-" if change.is_negative else "") + holder.name,
            "rights": change.mode.value + letters(change.rights),
            "mailboxes": len(boxes),
        }
        await audit.record(tx, actor, "mailbox.grant", f"{owner.address}/{path}", owner.domain_id, detail)
        tx.announce(SharesChanged(owner.id, owner.domain_id))
        return await _of(tx, owner, mailbox.id)

    return await db.write(verb)


async def find_holder(owner: Owner, text: str) -> Holder:
    """The holder that a name means: an address, `group:<name>` or `anyone`, all of the owner's domain."""
    name = text.strip()
    if name.lower() == ANYONE:
        return Holder(ANYONE, owner.domain_id, ANYONE)
    if name.lower().startswith(GROUP_PREFIX):
        return await _group(owner, name[len(GROUP_PREFIX) :].lower())
    if "@" not in name:
        name = f"{name}@{owner.domain}"
    wanted = names.local_address(name, field="holder")
    user_id = None
    if wanted.domain == owner.domain:
        user_id = await db.fetch_value(
            "SELECT id FROM user_account WHERE domain_id = ? AND localpart = ? AND is_shared = 0",
            owner.domain_id,
            wanted.localpart,
        )
    if user_id is None:
        raise NotFound(f"There is no user {wanted} in {owner.domain}", field="holder")
    if user_id == owner.id:
        raise InvalidSyntax("The owner holds every right", field="holder")
    return Holder("user", user_id, str(wanted))


async def _group(owner: Owner, name: str) -> Holder:
    group_id = await db.fetch_value(
        "SELECT id FROM user_group WHERE domain_id = ? AND name = ?", owner.domain_id, name
    )
    if group_id is None:
        raise NotFound(f"There is no group {name[:64]} in {owner.domain}", field="holder")
    return Holder("group", group_id, GROUP_PREFIX + name)


async def _require_consent(owner: Owner) -> None:
    if not await settings.get("shares.anyone", domain_id=owner.domain_id):
        raise PermissionDenied("The domain does not allow sharing with everyone", field="holder")


async def _boxes(tx: Tx, mailbox: MailboxRow, path: str, *, with_children: bool) -> list[int]:
    if not with_children:
        return [mailbox.id]
    rows = await tx.fetch_rows("SELECT name, id FROM mailbox WHERE account_id = ?", mailbox.account_id)
    return [box_id for name, box_id in rows if name == path or name.startswith(path + SEPARATOR)]


async def _put(tx: Tx, owner: Owner, mailbox_id: int, holder: Holder, change: Change) -> None:
    key = (mailbox_id, holder.kind, holder.id, int(change.is_negative))
    where = "mailbox_id = ? AND holder_kind = ? AND holder_id = ? AND is_negative = ?"
    before = Rights(await tx.fetch_value(f"SELECT rights FROM share WHERE {where}", *key) or 0)
    after = {
        Mode.REPLACE: change.rights,
        Mode.ADD: before | change.rights,
        Mode.REMOVE: before & ~change.rights,
    }[change.mode]
    await tx.execute(f"DELETE FROM share WHERE {where}", *key)
    if not after:
        return
    count = await tx.fetch_value("SELECT COUNT(*) FROM share WHERE mailbox_id = ?", mailbox_id)
    if count >= MOST_GRANTS:
        raise LimitExceeded(f"At most {MOST_GRANTS} hold rights on a mailbox; use a group", field="holder")
    await _insert(tx, owner.id, key, after)


async def _insert(tx: Tx, account_id: int, key: tuple[int, str, int, int], rights: int) -> None:
    await tx.execute(
        "INSERT INTO share (id, account_id, mailbox_id, holder_kind, holder_id, is_negative, rights)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        ids.new_id(),
        account_id,
        *key,
        int(rights),
    )


async def _of(source: db.Database | Tx, owner: Owner, mailbox_id: int) -> list[Grant]:
    rows = await source.fetch_rows(
        "SELECT s.holder_kind, s.holder_id, s.is_negative, s.rights, u.localpart, g.name FROM share s"
        " LEFT JOIN user_account u ON s.holder_kind = 'user' AND u.id = s.holder_id"
        " LEFT JOIN user_group g ON s.holder_kind = 'group' AND g.id = s.holder_id WHERE s.mailbox_id = ?",
        mailbox_id,
    )
    found = []
    for kind, holder_id, is_negative, rights, localpart, group in rows:
        name = ANYONE if kind == ANYONE else f"{GROUP_PREFIX}{group}"
        if kind == "user":
            name = format_addr_spec(localpart, owner.domain)
        found.append(Grant(Holder(kind, holder_id, name), bool(is_negative), Rights(rights)))
    return sorted(found, key=lambda grant: (grant.holder.kind, grant.holder.name, grant.is_negative))


async def inherit(tx: Tx, account_id: int, row: MailboxRow) -> None:
    """Give a new mailbox the grants of its parent (RFC 4314 §3)."""
    parent, _, _ = row.name.rpartition(SEPARATOR)
    if not parent:
        return
    grants = await tx.fetch_rows(
        "SELECT s.holder_kind, s.holder_id, s.is_negative, s.rights FROM share s"
        " JOIN mailbox m ON m.id = s.mailbox_id WHERE m.account_id = ? AND m.name = ?",
        account_id,
        parent,
    )
    for kind, holder_id, is_negative, rights in grants:
        await _insert(tx, account_id, (row.id, kind, holder_id, is_negative), rights)
    if grants:
        owner = await owner_of(account_id, tx)
        tx.announce(SharesChanged(account_id, owner.domain_id))


async def forget_mailbox(tx: Tx, account_id: int, mailbox_id: int) -> None:
    """Remove the grants on a mailbox which goes, what its readers keep and what is annotated."""
    gone = await tx.execute("DELETE FROM share WHERE mailbox_id = ?", mailbox_id)
    await readers.forget_mailbox(tx, mailbox_id)
    await tx.execute("DELETE FROM annotation WHERE account_id = ? AND mailbox_id = ?", account_id, mailbox_id)
    if gone:
        owner = await owner_of(account_id, tx)
        tx.announce(SharesChanged(account_id, owner.domain_id))


async def forget_user(tx: Tx, user_id: int) -> None:
    """Remove what a user who goes has granted, holds and keeps."""
    for (mailbox_id,) in await tx.fetch_rows("SELECT id FROM mailbox WHERE account_id = ?", user_id):
        await readers.forget_mailbox(tx, mailbox_id)
    await readers.forget_user(tx, user_id)
    await tx.execute("DELETE FROM share WHERE account_id = ?", user_id)
    await tx.execute("DELETE FROM share WHERE holder_kind = 'user' AND holder_id = ?", user_id)
    await tx.execute("DELETE FROM annotation WHERE account_id = ? OR user_id = ?", user_id, user_id)
