"""Writing and sending."""

from __future__ import annotations

import strawberry

from backend.api.compose.types import CorrespondentInput, Draft, DraftInput, ScheduledMessage, Submission
from backend.api.context import Info
from backend.api.guards import signed_in
from backend.api.inputs import one_id
from backend.api.scalars import DateTime
from backend.formats.addresses import Address, Mailbox
from backend.kit.errors import InvalidSyntax
from backend.submission import correspondents, drafts, follow_up, scheduled, sender_profiles, submit, undo
from backend.submission.draft_content import DraftContent, FileRef

MAX_REMIND_DAYS = 365


async def _save_draft(info: Info, input: DraftInput) -> Draft:
    account_id = info.context.account_id
    sender = await sender_profiles.choose(account_id, Address.parse(input.from_) if input.from_ else None)
    content = DraftContent(
        sender=sender.mailbox,
        reply_to=sender.reply_to,
        to=_mailboxes(input.to),
        cc=_mailboxes(input.cc),
        bcc=_mailboxes(input.bcc),
        subject=input.subject,
        html=input.html,
        text=input.text,
        files=tuple(FileRef(file.id, file.content_id or "") for file in input.attachments),
        in_reply_to=one_id(input.in_reply_to, "inReplyTo") if input.in_reply_to is not None else None,
        key=input.key or "",
        writer=input.writer or "",
        forward_of=one_id(input.forward_of, "forwardOf") if input.forward_of is not None else None,
    )
    replaces = one_id(input.id, "id") if input.id is not None else None
    return Draft.from_saved(await drafts.save(account_id, content, replaces=replaces))


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
    hold_seconds: int | None = None,
    remind_days: int | None = None,
) -> Submission:
    row = await submit.submit(
        info.context.account_id, one_id(id, "id"), hold_s=hold_seconds, remind_s=_remind_s(remind_days)
    )
    return Submission.from_row(row)


def _remind_s(days: int | None) -> int | None:
    if days is not None and not 1 <= days <= MAX_REMIND_DAYS:
        raise InvalidSyntax(f"A reminder comes after 1 to {MAX_REMIND_DAYS} days", field="remindDays")
    return days * 86_400 if days is not None else None


async def _schedule_draft(
    info: Info, id: strawberry.ID, send_at: DateTime, remind_days: int | None = None
) -> ScheduledMessage:
    found = await scheduled.schedule(
        info.context.account_id, one_id(id, "id"), send_at, remind_s=_remind_s(remind_days)
    )
    return ScheduledMessage(id=strawberry.ID(str(found.ref)), send_at=DateTime(found.send_at))


async def _cancel_scheduled(info: Info, id: strawberry.ID) -> Draft:
    return Draft.from_saved(await scheduled.cancel(info.context.account_id, one_id(id, "id")))


async def _send_scheduled_now(info: Info, id: strawberry.ID) -> Submission:
    return Submission.from_row(await scheduled.send_now(info.context.account_id, one_id(id, "id")))


async def _remind_of_message(info: Info, id: strawberry.ID, at: DateTime | None = None) -> bool:
    account_id, ref = info.context.account_id, one_id(id, "id")
    if at is None:
        return await follow_up.forget(account_id, ref)
    await follow_up.remind(account_id, ref, at)
    return True


async def _cancel_submission(info: Info, id: strawberry.ID) -> Draft:
    return Draft.from_saved(await undo.cancel(info.context.account_id, one_id(id, "id")))


async def _hide_suggestion(info: Info, address: str) -> bool:
    await correspondents.hide(info.context.account_id, address)
    return True


@strawberry.type
class ComposeMutations:
    """Drafts and sending."""

    save_draft: Draft = signed_in(_save_draft)
    discard_draft: bool = signed_in(_discard_draft)
    submit_draft: Submission = signed_in(
        _submit_draft,
        description="Holds the message on the server for the undo time, then it goes; with remindDays the "
        "author is reminded unless somebody answers within so many days.",
    )
    schedule_draft: ScheduledMessage = signed_in(
        _schedule_draft,
        description="Moves a draft to Scheduled, from where the server sends it at that time; or sets "
        "another time for one that is there. Moving or removing it calls the sending off.",
    )
    cancel_scheduled: Draft = signed_in(
        _cancel_scheduled, description="Brings a scheduled message back to Drafts."
    )
    send_scheduled_now: Submission = signed_in(_send_scheduled_now)
    remind_of_message: bool = signed_in(
        _remind_of_message,
        description="Brings a sent message to the inbox at that time unless somebody has answered it; "
        "without a time ends the reminder.",
    )
    cancel_submission: Draft = signed_in(
        _cancel_submission, description="Brings a held message back as a draft."
    )
    hide_suggestion: bool = signed_in(
        _hide_suggestion, description="Suggests an address no more, until it is written to again."
    )
