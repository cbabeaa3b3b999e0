"""What is removed from one's folders by itself."""

from __future__ import annotations

import strawberry

from backend.api.context import Info
from backend.api.guards import signed_in
from backend.api.inputs import one_id
from backend.mailstore import cleanup
from backend.mailstore.cleanup import Limits, Rule


@strawberry.type
class FolderCleanup:
    """The rule of a folder."""

    mailbox_id: strawberry.ID
    max_age_days: int | None = strawberry.field(description="Counted from when a message came there.")
    keep_newest: int | None
    is_forever: bool = strawberry.field(description="Removed for good; else it goes to Trash.")

    @classmethod
    def of(cls, rule: Rule) -> FolderCleanup:
        """A rule as it is kept."""
        return cls(
            mailbox_id=strawberry.ID(str(rule.mailbox_id)),
            max_age_days=rule.limits.max_age_days,
            keep_newest=rule.limits.keep_newest,
            is_forever=rule.is_forever,
        )


async def _folder_cleanups(info: Info) -> list[FolderCleanup]:
    return [FolderCleanup.of(rule) for rule in await cleanup.rules_of(info.context.account_id)]


async def _cleanup_preview(
    info: Info, mailbox_id: strawberry.ID, max_age_days: int | None = None, keep_newest: int | None = None
) -> int:
    limits = Limits(max_age_days, keep_newest)
    limits.check()
    return len(await cleanup.due(info.context.account_id, one_id(mailbox_id, "mailboxId"), limits))


async def _set_folder_cleanup(
    info: Info,
    mailbox_id: strawberry.ID,
    max_age_days: int | None = None,
    keep_newest: int | None = None,
    is_forever: bool = False,
) -> list[FolderCleanup]:
    rule = Rule(one_id(mailbox_id, "mailboxId"), Limits(max_age_days, keep_newest), is_forever)
    await cleanup.put(info.context.account_id, rule)
    return await _folder_cleanups(info)


async def _remove_folder_cleanup(info: Info, mailbox_id: strawberry.ID) -> list[FolderCleanup]:
    await cleanup.drop(info.context.account_id, one_id(mailbox_id, "mailboxId"))
    return await _folder_cleanups(info)


@strawberry.type
class CleanupQueries:
    """Reading the rules."""

    folder_cleanups: list[FolderCleanup] = signed_in(_folder_cleanups)
    cleanup_preview: int = signed_in(
        _cleanup_preview, description="How many messages would go now, up to 50,000. Starred ones stay."
    )


@strawberry.type
class CleanupMutations:
    """Changing the rules."""

    set_folder_cleanup: list[FolderCleanup] = signed_in(
        _set_folder_cleanup, description="Done every few hours from then on. Not for Trash and Junk."
    )
    remove_folder_cleanup: list[FolderCleanup] = signed_in(_remove_folder_cleanup)
