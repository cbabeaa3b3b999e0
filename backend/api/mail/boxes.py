"""The mailboxes that a viewer sees: the own ones, and those of others with the rights on them."""

from __future__ import annotations

from dataclasses import dataclass

from backend.api.mail.types import Mailbox
from backend.kit.errors import NotFound
from backend.mailstore import mailboxes, shares
from backend.mailstore.rights import ALL, Rights
from backend.mailstore.types import MailboxRow


@dataclass(frozen=True, slots=True)
class Box:
    """A mailbox that may be used; `is_own` or another's, with the rights on it."""

    row: MailboxRow
    rights: Rights
    is_own: bool


async def find(account_id: int, mailbox_id: int, needed: Rights) -> Box:
    """A mailbox by id, own or another's. Raises NotFound, also for one that is not shared with the viewer."""
    try:
        return Box(await mailboxes.by_id(account_id, mailbox_id), ALL, is_own=True)
    except NotFound:
        box = await shares.by_id(account_id, mailbox_id, needed)
        return Box(box.row, box.rights, is_own=False)


async def visible(account_id: int, only: set[int] | None = None) -> list[Mailbox]:
    """The viewer's mailboxes, own ones first; `only` limits which are given back."""
    own = await mailboxes.list_mailboxes(account_id)
    others = await shares.visible(account_id)
    ids = {row.name: row.id for row in (*own, *(box.row for box in others))}

    def shown(row: MailboxRow, rights: Rights, owner: str | None) -> Mailbox:
        return Mailbox.from_row(row, ids.get(row.name.rpartition("/")[0]), rights, owner)

    found = [(row, ALL, None) for row in own if only is None or row.id in only]
    return [
        *(shown(row, rights, owner) for row, rights, owner in found),
        *(shown(box.row, box.rights, box.owner) for box in others if only is None or box.row.id in only),
    ]
