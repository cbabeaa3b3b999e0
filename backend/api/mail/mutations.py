"""Changing mail."""

from __future__ import annotations

import strawberry

from backend.api.context import Info
from backend.api.guards import signed_in
from backend.api.inputs import many_ids, one_id
from backend.api.mail import acts, boxes
from backend.api.mail.types import Mailbox, UpdateMessagesInput, UpdateMessagesPayload
from backend.formats.addresses import Address
from backend.kit.errors import NotFound
from backend.mailstore import mailbox_removal
from backend.mailstore import mailboxes as mailbox_verbs
from backend.rules import senders
from backend.rules.senders import Standing

MAX_IDS = 1000


async def _update_messages(info: Info, input: UpdateMessagesInput) -> UpdateMessagesPayload:
    refs = many_ids(input.ids, "ids", limit=MAX_IDS)
    return await acts.update(info.context.account_id, refs, input)


async def _mailbox(account_id: int, mailbox_id: int) -> Mailbox:
    for mailbox in await boxes.visible(account_id, {mailbox_id}):
        return mailbox
    raise NotFound("There is no such mailbox")


async def _create_mailbox(info: Info, path: str) -> Mailbox:
    account_id = info.context.account_id
    row = await mailbox_verbs.create(account_id, path)
    return await _mailbox(account_id, row.id)


async def _rename_mailbox(info: Info, id: strawberry.ID, path: str) -> Mailbox:
    account_id, mailbox_id = info.context.account_id, one_id(id, "id")
    row = await mailbox_verbs.by_id(account_id, mailbox_id)
    await mailbox_verbs.rename(account_id, row.name, path)
    return await _mailbox(account_id, mailbox_id)


async def _delete_mailbox(info: Info, id: strawberry.ID) -> bool:
    account_id = info.context.account_id
    row = await mailbox_verbs.by_id(account_id, one_id(id, "id"))
    await mailbox_removal.delete(account_id, row.name)
    return True


async def _trust_sender(info: Info, address: str, trusted: bool) -> bool:
    account_id, wanted = info.context.account_id, str(Address.parse(address))
    if trusted:
        await senders.put(account_id, Standing.TRUSTED, wanted)
    else:
        await senders.remove(account_id, Standing.TRUSTED, wanted)
    return True


@strawberry.type
class MailMutations:
    """What a user does with mail."""

    update_messages: UpdateMessagesPayload = signed_in(_update_messages)
    create_mailbox: Mailbox = signed_in(_create_mailbox)
    rename_mailbox: Mailbox = signed_in(_rename_mailbox)
    delete_mailbox: bool = signed_in(_delete_mailbox)
    trust_sender: bool = signed_in(_trust_sender)
