"""Saving a user's filters, with what they name elsewhere: folders, tags, addresses to forward to.

A tag gets its place among the account's keywords when it is saved, so that no delivery can fail for it. A
folder may go later, or be thrown into Trash: then the filter says so, and mail stays in the inbox.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import msgspec

from backend.directory import forwards, settings, users
from backend.formats.addresses import Address
from backend.kit import db
from backend.kit.db import Tx
from backend.kit.errors import MailError, NotFound
from backend.mailstore import keywords, mailboxes
from backend.mailstore.types import MailboxId, MailboxRow
from backend.rules import filters
from backend.rules.definition import Act, Action, Definition
from backend.rules.filters import Filter, NewFilter


class Trouble(StrEnum):
    """Why a filter does not do all that it says."""

    UNREADABLE = "unreadable"
    FOLDER_GONE = "folder_gone"
    FORWARD_REFUSED = "forward_refused"


@dataclass(frozen=True, slots=True)
class Shown:
    """A filter as it is now: paths are the present ones, `trouble` is what is in its way."""

    filter: Filter
    trouble: Trouble | None


async def all_of(account_id: int) -> list[Shown]:
    """The account's filters in their order."""
    return await _shown(account_id, await filters.list_filters(account_id))


async def one_of(account_id: int, filter_id: int) -> Shown:
    """One of them. Raises NotFound."""
    return (await _shown(account_id, [await filters.get(account_id, filter_id)]))[0]


async def create(account_id: int, new: NewFilter, position: int | None = None) -> Shown:
    """Add a filter. Raises NotFound, InvalidSyntax, LimitExceeded, PermissionDenied."""
    new = await _checked(account_id, new)
    made: list[int] = []

    async def verb(tx: Tx) -> None:
        await _keep_keywords(tx, account_id, new.definition)
        made[:] = [await filters.add(tx, account_id, new, position)]

    await filters.changed(account_id, verb)
    return await one_of(account_id, made[0])


async def update(account_id: int, filter_id: int, new: NewFilter) -> Shown:
    """Change a filter. Raises what `create` does."""
    new = await _checked(account_id, new)

    async def verb(tx: Tx) -> None:
        await _keep_keywords(tx, account_id, new.definition)
        await filters.update(tx, account_id, filter_id, new)

    await filters.changed(account_id, verb)
    return await one_of(account_id, filter_id)


async def checked_definition(account_id: int, definition: Definition) -> Definition:
    """The definition with the names of its folders and addresses in their own form. Raises NotFound for a
    folder that is not the account's, and what forwards raise.
    """
    rows = {row.id: row for row in await mailboxes.outside_trash(account_id)}
    actions = [
        await _checked_action(account_id, action, rows, f"actions.{number}")
        for number, action in enumerate(definition.actions)
    ]
    return msgspec.structs.replace(definition, actions=tuple(actions))


async def _checked(account_id: int, new: NewFilter) -> NewFilter:
    return replace(new, definition=await checked_definition(account_id, new.definition))


async def _checked_action(
    account_id: int, action: Action, rows: Mapping[MailboxId, MailboxRow], at: str
) -> Action:
    if action.act in (Act.MOVE, Act.COPY):
        row = rows.get(MailboxId(action.mailbox_id))
        if row is None:
            raise NotFound("That folder does not exist any more", field=f"{at}.mailboxId")
        return msgspec.structs.replace(action, path=row.name)
    if action.act is Act.FORWARD:
        user = await users.find_row(db.current_tx.get() or db.database(), account_id)
        if user is None:
            raise NotFound("There is no such user")
        try:
            targets = await forwards.checked(user, action.addresses)
        except MailError as error:
            error.field = f"{at}.addresses"
            raise
        return msgspec.structs.replace(action, addresses=tuple(map(str, targets)))
    return action


async def _keep_keywords(tx: Tx, account_id: int, definition: Definition) -> None:
    wanted = [action.keyword for action in definition.actions if action.act is Act.TAG]
    await keywords.keyword_bits(tx, account_id, wanted)


async def _shown(account_id: int, found: Iterable[Filter]) -> list[Shown]:
    paths = {row.id: row.name for row in await mailboxes.outside_trash(account_id)}
    return [await _one_shown(account_id, one, paths) for one in found]


async def _one_shown(account_id: int, one: Filter, paths: Mapping[MailboxId, str]) -> Shown:
    if one.definition is None:
        return Shown(one, Trouble.UNREADABLE)
    trouble: Trouble | None = None
    actions = []
    for action in one.definition.actions:
        if action.act in (Act.MOVE, Act.COPY):
            path = paths.get(MailboxId(action.mailbox_id))
            trouble = trouble or (Trouble.FOLDER_GONE if path is None else None)
            actions.append(msgspec.structs.replace(action, path=path or action.path))
            continue
        if action.act is Act.FORWARD and not await _is_forwarded(account_id, action):
            trouble = trouble or Trouble.FORWARD_REFUSED
        actions.append(action)
    definition = msgspec.structs.replace(one.definition, actions=tuple(actions))
    return Shown(replace(one, definition=definition), trouble)


async def _is_forwarded(account_id: int, action: Action) -> bool:
    targets = [Address.parse(text) for text in action.addresses]
    return len(await forwards.permitted(account_id, targets)) == len(targets)


async def may_forward(account_id: int) -> bool:
    """Whether filters of the account may forward at all."""
    return bool(await settings.get("forward.enabled", user_id=account_id))
