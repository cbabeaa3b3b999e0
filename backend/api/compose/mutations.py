"""Writing and sending."""

from __future__ import annotations

import strawberry

from backend.api.compose.types import CorrespondentInput, Draft, DraftInput, Submission
from backend.api.context import Info
from backend.api.guards import signed_in
from backend.api.inputs import one_id
from backend.api.scalars import DateTime
from backend.formats.addresses import Address, Mailbox
from backend.kit.errors import InvalidSyntax
from backend.submission import drafts, identities, submit, undo
from backend.submission.draft_content import DraftContent, FileRef


async def _save_draft(info: Info, input: DraftInput) -> Draft:
    account_id = info.context.account_id
    content = DraftContent(
        sender=await _sender(account_id, input.from_),
        to=_mailboxes(input.to),
        cc=_mailboxes(input.cc),
        bcc=_mailboxes(input.bcc),
        subject=input.subject,
        html=input.html,
        text=input.text,
        files=tuple(FileRef(file.id, file.content_id or "") for file in input.attachments),
        in_reply_to=one_id(input.in_reply_to, "inReplyTo") if input.in_reply_to is not None else None,
        forward_of=one_id(input.forward_of, "forwardOf") if input.forward_of is not None else None,
    )
    replaces = one_id(input.id, "id") if input.id is not None else None
    return Draft.from_saved(await drafts.save(account_id, content, replaces=replaces))


async def _sender(account_id: int, given: str | None) -> Mailbox:
    if given is None:
        identity = (await identities.of_user(account_id))[0]
    else:
        identity = await identities.require(account_id, Address.parse(given))
    return Mailbox(identity.name, identity.address.localpart, identity.address.domain)


def _mailboxes(given: list[CorrespondentInput]) -> tuple[Mailbox, ...]:
    """What stands in an address field of a draft; an address may still be half written, but never a
    second field.
    """
    found = []
    for one in given:
        if any(char in (one.name or "") + one.address for char in "\r\n\0"):
            raise InvalidSyntax("An address cannot hold line breaks", field="to")
        localpart, _, domain = one.address.strip().rpartition("@")
        found.append(Mailbox((one.name or "").strip(), localpart or domain, domain if localpart else ""))
    return tuple(found)


async def _discard_draft(info: Info, id: strawberry.ID) -> bool:
    await drafts.discard(info.context.account_id, one_id(id, "id"))
    return True


async def _submit_draft(
    info: Info,
    id: strawberry.ID,
    send_at: DateTime | None = None,
    hold_seconds: int | None = None,
) -> Submission:
    row = await submit.submit(info.context.account_id, one_id(id, "id"), send_at=send_at, hold_s=hold_seconds)
    return Submission.from_row(row)


async def _cancel_submission(info: Info, id: strawberry.ID) -> Draft:
    return Draft.from_saved(await undo.cancel(info.context.account_id, one_id(id, "id")))


@strawberry.type
class ComposeMutations:
    """Drafts and sending."""

    save_draft: Draft = signed_in(_save_draft)
    discard_draft: bool = signed_in(_discard_draft)
    submit_draft: Submission = signed_in(
        _submit_draft,
        description="Holds the message on the server for the undo time (or until sendAt), then it goes.",
    )
    cancel_submission: Draft = signed_in(
        _cancel_submission, description="Brings a held message back as a draft."
    )
