"""People of a domain with accounts, for tests of what they share."""

from __future__ import annotations

from backend.directory import domains, users
from backend.directory.principal import SYSTEM, Principal, for_user
from backend.directory.roles import Role
from backend.directory.types import User
from backend.formats.addresses import Address
from backend.kit import db
from backend.mailstore import grants, mailboxes
from backend.mailstore.grants import Change, Mode
from backend.mailstore.rights import letters, parse
from backend.mailstore.types import MailboxRow


async def make_domain(name: str = "example.test") -> int:
    """A domain's id."""
    return (await domains.add(SYSTEM, name)).id


async def make_user(domain_id: int, address: str, *, is_shared: bool = False, role: Role = Role.USER) -> User:
    """A user with the standard mailboxes, who has no password."""
    new = users.NewUser(domain_id, Address.parse(address), "", "", role, is_shared=is_shared)

    async def verb(tx: db.Tx) -> User:
        user = await users.insert(tx, SYSTEM, new)
        await mailboxes.create_standard(tx, user.id)
        return user

    return await db.write(verb)


async def grant(
    owner: User | Principal,
    mailbox: MailboxRow,
    holder: str,
    rights: str,
    *,
    mode: Mode = Mode.REPLACE,
    is_negative: bool = False,
    with_children: bool = False,
) -> list[tuple[str, str]]:
    """Change rights on an own mailbox; the grants afterwards as (holder, letters)."""
    actor = for_user(owner) if isinstance(owner, User) else owner
    change = Change(holder, parse(rights), mode, is_negative, with_children)
    found = await grants.put(actor, mailbox, mailbox.name, change)
    return [("-" * one.is_negative + one.holder.name, letters(one.rights)) for one in found]
