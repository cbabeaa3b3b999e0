"""Mailboxes of an account: reading, making, renaming, subscribing. `mailbox_removal` deletes them.

INBOX is always there, under that name in any case, and cannot be deleted. Making `a/b` makes `a`. Renaming
takes children along, except those of INBOX, whose messages move and which stays (RFC 9051 §6.3.6). Saved
searches follow.
"""

from __future__ import annotations

from backend.kit import db
from backend.kit.db import Tx
from backend.kit.errors import Conflict, InvalidSyntax, NotFound
from backend.mailstore import grants, mailbox_rows, saved_searches
from backend.mailstore import modseq as modseqs
from backend.mailstore.copy_move import move_everything
from backend.mailstore.mailbox_names import INBOX, is_below, normal, own, parents
from backend.mailstore.mailbox_removal import delete
from backend.mailstore.mailbox_rows import COLUMNS, mailbox_row
from backend.mailstore.types import MailboxId, MailboxRow, SpecialUse
from schema.events import MailboxListChanged

__all__ = [
    "STANDARD",
    "by_id",
    "by_use",
    "create",
    "create_standard",
    "delete",
    "exists",
    "find",
    "get",
    "list_mailboxes",
    "outside_trash",
    "rename",
    "subscribe",
]

STANDARD = {
    SpecialUse.DRAFTS: "Drafts",
    SpecialUse.SENT: "Sent",
    SpecialUse.JUNK: "Junk",
    SpecialUse.TRASH: "Trash",
    SpecialUse.ARCHIVE: "Archive",
}
# As `outside_trash` says it, of a row of `mailbox`.
IS_OUTSIDE_TRASH = (
    "NOT EXISTS (SELECT 1 FROM mailbox trash WHERE trash.account_id = mailbox.account_id"
    " AND trash.special_use = 'trash'"
    " AND substr(mailbox.name, 1, length(trash.name) + 1) = trash.name || '/')"
)
# Made when they are first needed; no client may make one for these uses.
_ON_DEMAND = {SpecialUse.SNOOZED: "Snoozed", SpecialUse.SCHEDULED: "Scheduled"}
_NAMES = STANDARD | _ON_DEMAND


async def list_mailboxes(account_id: int) -> list[MailboxRow]:
    """Every mailbox, INBOX first, then by name; parents stand before their children."""
    rows = [mailbox_row(row) for row in await db.fetch_rows(_SELECT + "account_id = ?", account_id)]
    return sorted(rows, key=lambda row: (row.name != INBOX, row.name.casefold().split("/"), row.name))


async def get(account_id: int, name: str) -> MailboxRow:
    """The mailbox of that name. Raises NotFound, also for what cannot be a name."""
    try:
        wanted = normal(name)
    except InvalidSyntax:
        raise NotFound("There is no such mailbox") from None
    return _found(await db.fetch_row(_SELECT + "account_id = ? AND name = ?", account_id, wanted))


async def by_id(account_id: int, mailbox_id: int) -> MailboxRow:
    """The mailbox with that id. Raises NotFound, also for another account's."""
    return _found(await db.fetch_row(_SELECT + "id = ? AND account_id = ?", mailbox_id, account_id))


async def below(account_id: int, mailbox_id: int) -> list[MailboxRow]:
    """The mailboxes below one, however deep; none where that is gone."""
    rows = await list_mailboxes(account_id)
    above = next((row.name for row in rows if row.id == mailbox_id), None)
    return [] if above is None else [row for row in rows if is_below(row.name, above)]


async def outside_trash(account_id: int) -> list[MailboxRow]:
    """Those that were not thrown away: a folder that was is below Trash, and nothing is filed into it."""
    rows = await list_mailboxes(account_id)
    trash = next((row.name for row in rows if row.special_use == SpecialUse.TRASH), None)
    return rows if trash is None else [row for row in rows if not is_below(row.name, trash)]


async def by_use(account_id: int, use: str) -> MailboxRow:
    """The mailbox for a special use, or INBOX for `inbox`. Raises NotFound."""
    if use == "inbox":
        return await get(account_id, INBOX)
    return _found(await db.fetch_row(_SELECT + "account_id = ? AND special_use = ?", account_id, use))


async def id_by_use(account_id: int, use: SpecialUse) -> MailboxId | None:
    """The mailbox for that use, None where there is none."""
    sql = "SELECT id FROM mailbox WHERE account_id = ? AND special_use = ?"
    found = await db.fetch_value(sql, account_id, use.value)
    return None if found is None else MailboxId(found)


async def exists(mailbox_id: int) -> bool:
    """Whether there is such a mailbox, in whichever account."""
    return await db.fetch_value("SELECT 1 FROM mailbox WHERE id = ?", mailbox_id) is not None


_SELECT = f"SELECT {COLUMNS} FROM mailbox WHERE "


def _found(row: db.Row | None) -> MailboxRow:
    if row is None:
        raise NotFound("There is no such mailbox")
    return mailbox_row(row)


async def create_standard(tx: Tx, account_id: int) -> None:
    """Make the account's row, INBOX and a mailbox for each special use; what is there stays."""
    await tx.execute("INSERT INTO account (id) VALUES (?) ON CONFLICT (id) DO NOTHING", account_id)
    modseq = await modseqs.take(tx, account_id)
    if INBOX not in await mailbox_rows.names(tx, account_id):
        await mailbox_rows.insert(tx, account_id, INBOX, modseq=modseq)
    for use in STANDARD:
        await find(tx, account_id, use)
    tx.announce(MailboxListChanged(account_id, modseq))


async def find(tx: Tx, account_id: int, mailbox: int | str) -> MailboxId:
    """The mailbox with that id, or for that use (`inbox`, `sent`, …). Raises NotFound for an unknown id.

    A special use whose mailbox the user has deleted gets one again, so that a delivery to it never fails.
    """
    value: int | str
    if isinstance(mailbox, int):
        sql, value = "SELECT id FROM mailbox WHERE account_id = ? AND id = ?", mailbox
    elif mailbox == "inbox":
        sql, value = "SELECT id FROM mailbox WHERE account_id = ? AND name = ?", INBOX
    else:
        sql, value = "SELECT id FROM mailbox WHERE account_id = ? AND special_use = ?", mailbox
    found = await tx.fetch_value(sql, account_id, value)
    if found is None and isinstance(mailbox, str) and mailbox in _NAMES:
        return await _make_for(tx, account_id, SpecialUse(mailbox))
    if found is None:
        raise NotFound("There is no such mailbox")
    return MailboxId(found)


async def _make_for(tx: Tx, account_id: int, use: SpecialUse) -> MailboxId:
    modseq = await modseqs.take(tx, account_id)
    adopted = await tx.fetch_value(
        "UPDATE mailbox SET special_use = ?, list_modseq = ? WHERE account_id = ? AND name = ? RETURNING id",
        use.value,
        modseq,
        account_id,
        _NAMES[use],
    )
    tx.announce(MailboxListChanged(account_id, modseq))
    if adopted is not None:
        return MailboxId(adopted)
    return (await mailbox_rows.insert(tx, account_id, _NAMES[use], modseq=modseq, special_use=use.value)).id


async def create(account_id: int, name: str, special_use: str = "") -> MailboxRow:
    """Make a mailbox and the parents it lacks.

    Raises Conflict where it exists or another mailbox has that special use, InvalidSyntax for a bad name or
    use.
    """
    wanted, use = own(name), special_use.lower()
    if use and use not in STANDARD:
        raise InvalidSyntax("There is no such special use", field="special_use")

    async def verb(tx: Tx) -> MailboxRow:
        modseq = await modseqs.take(tx, account_id)
        known = await mailbox_rows.names(tx, account_id)
        if use and await tx.fetch_value(
            "SELECT id FROM mailbox WHERE account_id = ? AND special_use = ?", account_id, use
        ):
            raise Conflict("Another mailbox is used for that", field="special_use")
        await _make_parents(tx, account_id, wanted, known, modseq)
        row = await mailbox_rows.insert(tx, account_id, wanted, modseq=modseq, special_use=use)
        await grants.inherit(tx, account_id, row)
        tx.announce(MailboxListChanged(account_id, modseq))
        return row

    return await db.write(verb)


async def _make_parents(tx: Tx, account_id: int, name: str, known: dict[str, MailboxId], modseq: int) -> None:
    for parent in parents(name):
        if parent not in known:
            await grants.inherit(
                tx, account_id, await mailbox_rows.insert(tx, account_id, parent, modseq=modseq)
            )


async def rename(account_id: int, name: str, new_name: str) -> MailboxRow:
    """Rename a mailbox with its children; INBOX instead gives its messages to a new mailbox of that name.

    Raises NotFound, Conflict where a new name is taken or lies below the old one, InvalidSyntax.
    """
    old, new = normal(name), own(new_name)

    async def verb(tx: Tx) -> MailboxRow:
        modseq = await modseqs.take(tx, account_id)
        known = await mailbox_rows.names(tx, account_id)
        if old not in known:
            raise NotFound("There is no such mailbox")
        if is_below(new, old) and old != INBOX:
            raise Conflict("A mailbox cannot be moved into itself", field="name")
        await _make_parents(tx, account_id, new, known, modseq)
        if old == INBOX:
            row = await mailbox_rows.insert(tx, account_id, new, modseq=modseq)
            await move_everything(tx, account_id, known[old], row.id, modseq)
        else:
            renamed = _renamed(known, old, new)
            await saved_searches.follow(tx, account_id, renamed)
            await _rename_all(tx, account_id, renamed, modseq)
        tx.announce(MailboxListChanged(account_id, modseq))
        return _found(await tx.fetch_row(_SELECT + "account_id = ? AND name = ?", account_id, new))

    return await db.write(verb)


def _renamed(known: dict[str, MailboxId], old: str, new: str) -> dict[MailboxId, str]:
    moved = {name: new + name[len(old) :] for name in known if name == old or is_below(name, old)}
    if any(target in known and target not in moved for target in moved.values()) or new in known:
        raise Conflict("A mailbox of that name exists", field="name")
    return {known[name]: normal(target) for name, target in moved.items()}


async def _rename_all(tx: Tx, account_id: int, targets: dict[MailboxId, str], modseq: int) -> None:
    await tx.execute_many(
        "UPDATE mailbox SET name = ?, list_modseq = ? WHERE id = ? AND account_id = ?",
        [(name, modseq, mailbox_id, account_id) for mailbox_id, name in targets.items()],
    )


async def subscribe(account_id: int, name: str, is_subscribed: bool) -> None:
    """Set or clear a mailbox's subscription. Raises NotFound."""
    wanted = normal(name)

    async def verb(tx: Tx) -> None:
        modseq = await modseqs.take(tx, account_id)
        touched = await tx.execute(
            "UPDATE mailbox SET is_subscribed = ?, list_modseq = ? WHERE account_id = ? AND name = ?",
            int(is_subscribed),
            modseq,
            account_id,
            wanted,
        )
        if not touched:
            raise NotFound("There is no such mailbox")
        tx.announce(MailboxListChanged(account_id, modseq))

    await db.write(verb)
