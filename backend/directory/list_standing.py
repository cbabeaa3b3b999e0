"""What somebody is on a list, and so what they may do with it.

Those who manage the lists of a domain may everything; an owner sets the list up and keeps its members; a
moderator decides about posts and requests. Owners and moderators may be plain users: they are known by the
address of their mailbox.
"""

from __future__ import annotations

from backend.directory import policy
from backend.directory.list_types import MailingList, Standing
from backend.directory.principal import Principal
from backend.directory.roles import Permission
from backend.directory.setting_store import Reader
from backend.kit import db
from backend.kit.errors import NotFound, PermissionDenied

_SELECT = f"SELECT {MailingList.COLUMNS} FROM {MailingList.TABLES}"


async def found(
    actor: Principal,
    list_id: int,
    needed: Standing,
    *,
    reader: Reader | None = None,
    is_for_reading: bool = False,
) -> MailingList:
    """The list, where the actor stands high enough; `NotFound` for whoever has nothing to do with it.

    To read what it is, it is enough to see the users of the domain.
    """
    reader = reader or db.current_tx.get() or db.database()
    row = await reader.fetch_row(f"{_SELECT} WHERE l.id = ?", list_id)
    if row is None:
        raise NotFound("No such list")
    mailing_list = MailingList.from_row(row)
    standing = await of(actor, mailing_list, reader=reader)
    if standing is not None and standing >= needed:
        return mailing_list
    if is_for_reading and policy.can(actor, Permission.USERS_READ, on=mailing_list.domain_id):
        return mailing_list
    if standing is None or standing < Standing.MODERATOR:
        raise NotFound("No such list")
    raise PermissionDenied("Only an owner of the list may do this")


async def of(actor: Principal, mailing_list: MailingList, *, reader: Reader | None = None) -> Standing | None:
    """What the actor is on the list; None for a stranger."""
    if policy.can(actor, Permission.LISTS_MANAGE, on=mailing_list.domain_id):
        return Standing.ADMINISTRATOR
    if actor.user_id is None or Permission.MAIL_USE not in actor.permissions:
        return None
    reader = reader or db.current_tx.get() or db.database()
    row = await reader.fetch_row(
        "SELECT role FROM list_member WHERE list_id = ? AND address = ?", mailing_list.id, actor.name
    )
    return Standing(row[0]) if row is not None else None
