"""Removing users and domains with everything they hold, in slices that let others write between them.

The user is disabled first, so no mail comes in while it goes; whatever stops a removal in the middle leaves a
disabled user, and the same command ends the work. Derived rows and bodies of the messages are queued as
orphans by the mail store and go with its own clean-up.
"""

from __future__ import annotations

from backend.directory import domains, policy, preferences, users
from backend.directory.principal import Principal
from backend.directory.roles import Permission
from backend.directory.types import User
from backend.kit import blobs, db
from backend.kit.db import Tx
from backend.kit.errors import NotFound
from backend.mailstore import expunge, grants, send_grants
from backend.mailstore.bulk import control as bulk_acts
from backend.mailstore.selection import everything

_AT_ONCE = 2000
_OF_ACCOUNT = (
    "upload",
    "submission",
    "trusted_sender",
    "mail_filter",
    "vacation",
    "vacation_answer",
    "blocked_sender",
    "folder_cleanup",
    "signature",
    "sender_profile",
    "message_template",
    "correspondent",
    "correspondent_word",
    "file_link",
    "delivery_report",
    "message_timer",
    "muted_thread",
    "saved_search",
    "sender_look",
    "left_list",
    "invitation_answer",
    "mailbox",
)


async def remove_user(actor: Principal, user_id: int) -> User:
    """Remove a user with account, mailboxes and mail; the user as it was."""
    user = await users.begin_removal(actor, user_id)
    while True:
        await _empty_mailboxes(user.id)
        await _delete_by_id("thread_key", "account_id = ?", user.id)
        if await db.write(lambda tx: _finish(tx, actor, user)):
            return user


async def remove_domain(actor: Principal, domain_id: int) -> int:
    """Remove a domain with all its users and their mail; how many users there were.

    It is disabled first. A new user of the domain that is made meanwhile is found in the end and goes too.
    """
    policy.require(actor, Permission.DOMAINS_MANAGE)
    await domains.set_enabled(actor, domain_id, enabled=False)
    count = 0
    while rows := await db.fetch_rows(
        "SELECT id FROM user_account WHERE domain_id = ? ORDER BY id LIMIT 100", domain_id
    ):
        for (user_id,) in rows:
            await remove_user(actor, user_id)
            count += 1
    await domains.remove(actor, domain_id)
    return count


async def _empty_mailboxes(account_id: int) -> None:
    rows = await db.fetch_rows("SELECT id FROM mailbox WHERE account_id = ?", account_id)
    for (mailbox_id,) in rows:
        try:
            await expunge.empty(account_id, mailbox_id)
        except NotFound:
            continue  # it went with another run of the same removal
        for table in ("expunged", "flag_log"):
            await _delete_by_id(table, everything(mailbox_id).where, *everything(mailbox_id).args)


async def _delete_by_id(table: str, where: str, *args: int) -> None:
    """Look the rows up beside the writer, then delete them in slices."""
    rows = await db.scan(f"SELECT id FROM {table} WHERE {where}", *args)
    for start in range(0, len(rows), _AT_ONCE):
        part = rows[start : start + _AT_ONCE]
        await db.write(
            lambda tx, part=part: tx.execute_many(f"DELETE FROM {table} WHERE id = ?", part),  # type: ignore[misc]  # bound now
            durable=False,
        )


async def _finish(tx: Tx, actor: Principal, user: User) -> bool:
    """Remove what is left in one transaction; False where mail has come in since it was emptied."""
    # The account's row is the lock that every delivery takes first.
    await tx.execute("UPDATE account SET modseq = modseq + 1 WHERE id = ?", user.id)
    left = await tx.fetch_value("SELECT SUM(exists_count) FROM mailbox WHERE account_id = ?", user.id)
    if left:
        return False
    if await users.find_row(tx, user.id) is None:
        return True
    for (blob_id,) in await tx.fetch_rows("SELECT blob_id FROM upload WHERE account_id = ?", user.id):
        await blobs.release(tx, blob_id)
    held = "SELECT draft_blob_id FROM submission WHERE account_id = ? AND draft_blob_id IS NOT NULL"
    for (blob_id,) in await tx.fetch_rows(held, user.id):
        await blobs.release(tx, blob_id)
    behind_links = "SELECT p.blob_id, p.id FROM file_link_part p JOIN file_link l ON l.id = p.link_id"
    for blob_id, part_id in await tx.fetch_rows(f"{behind_links} WHERE l.account_id = ?", user.id):
        await blobs.release(tx, blob_id)
        await tx.execute("DELETE FROM file_link_part WHERE id = ?", part_id)
    await grants.forget_user(tx, user.id)
    await send_grants.forget_user(tx, user.id)
    await bulk_acts.forget_user(tx, user.id)
    await preferences.forget_user(tx, user.id)
    for table in _OF_ACCOUNT:
        await tx.execute(f"DELETE FROM {table} WHERE account_id = ?", user.id)
    await tx.execute("DELETE FROM account WHERE id = ?", user.id)
    await users.delete(tx, actor, user)
    return True
