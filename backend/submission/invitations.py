"""Invitations that came by mail: what they ask, and the answer, which goes to the organizer by mail.

The answer is remembered for the event, so that every message about it shows it.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

from backend.formats import headers, icalendar, itip
from backend.formats.addresses import Address, Mailbox
from backend.formats.compose import Draft
from backend.formats.content import part_text
from backend.formats.errors import InvalidSyntax as BadAddress
from backend.formats.icalendar import Event
from backend.formats.itip import Answer
from backend.kit import clock, db, ids
from backend.kit.errors import InvalidSyntax, NotFound
from backend.mailstore import flags, reader
from backend.mailstore.flag_bits import ANSWERED
from backend.submission import identities, letters, parts

MAX_COMMENT_CHARS = 1000
_SUBJECTS = {
    Answer.ACCEPTED: "Accepted: {}",
    Answer.TENTATIVE: "Maybe: {}",
    Answer.DECLINED: "Declined: {}",
}
_TEXTS = {
    Answer.ACCEPTED: "{} accepts the invitation: {}",
    Answer.TENTATIVE: "{} may come: {}",
    Answer.DECLINED: "{} declines the invitation: {}",
}


@dataclass(frozen=True, slots=True)
class Invitation:
    """The first event of a calendar object and the reader's part in it.

    `own_address` is the attendee that the reader is, empty where there is none; `can_answer` where a REPLY
    may be sent; `answer` is what was answered to this version of it.
    """

    method: str
    event: Event
    count: int
    own_address: str
    can_answer: bool
    answer: Answer | None


async def read(account_id: int, raw: bytes, path: str) -> Invitation | None:
    """The invitation in a part, None where it holds no event. Raises NotFound for no such part."""
    found = parts.find(raw, path)
    calendar = icalendar.parse(part_text(found.raw, found.part))
    if calendar is None:
        return None
    event = calendar.events[0]
    own_address = await _own_attendee(account_id, event)
    row = await db.fetch_row(
        "SELECT sequence, answer FROM invitation_answer WHERE account_id = ? AND event_key = ?",
        account_id,
        _key(event),
    )
    is_current = row is not None and row[0] >= event.sequence
    return Invitation(
        method=calendar.method,
        event=event,
        count=len(calendar.events),
        own_address=own_address,
        can_answer=calendar.method == "REQUEST" and bool(own_address) and _organizer(event) is not None,
        answer=Answer(row[1]) if row is not None and is_current else None,
    )


async def answer(
    account_id: int, owner_id: int, ref: int, path: str, choice: Answer, comment: str
) -> Invitation:
    """Send the answer to the organizer and remember it. Raises NotFound, InvalidSyntax where there is nothing
    to answer, and what `letters.send` raises.
    """
    if len(comment) > MAX_COMMENT_CHARS:
        raise InvalidSyntax(f"A comment has at most {MAX_COMMENT_CHARS} characters", field="comment")
    raw = await reader.read_message(owner_id, ref)
    found = await read(account_id, raw, path)
    if found is None:
        raise NotFound("There is no invitation in that part")
    organizer = _organizer(found.event)
    if not found.can_answer or organizer is None:
        raise InvalidSyntax("This invitation asks for no answer of yours")
    await _send(account_id, raw, found, organizer, choice, comment)
    event = found.event
    await db.write(
        lambda tx: tx.execute(
            "INSERT INTO invitation_answer (id, account_id, event_key, sequence, answer, answered_at)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (account_id, event_key) DO UPDATE SET"
            " sequence = excluded.sequence, answer = excluded.answer, answered_at = excluded.answered_at",
            ids.new_id(),
            account_id,
            _key(event),
            event.sequence,
            choice.value,
            clock.now(),
        )
    )
    if owner_id == account_id:
        await flags.store_refs(account_id, [ref], add=ANSWERED)
    return Invitation(found.method, event, found.count, found.own_address, found.can_answer, choice)


async def _send(
    account_id: int, raw: bytes, found: Invitation, organizer: Address, choice: Answer, comment: str
) -> None:
    sender = await identities.require(account_id, Address.parse(found.own_address))
    name = sender.name or str(sender.address)
    event = found.event
    content = itip.reply(
        event, address=found.own_address, name=sender.name, answer=choice, comment=comment, now=clock.now()
    )
    subject = " ".join(event.summary.split())[:200]
    text = _TEXTS[choice].format(name, subject) + (f"\n\n{comment}" if comment else "")
    named = headers.message_ids(headers.first(raw, b"message-id") or b"")
    draft = Draft(
        sender=Mailbox(sender.name, sender.address.localpart, sender.address.domain),
        date=clock.now(),
        message_id=letters.message_id(),
        to=(Mailbox(event.organizer.name if event.organizer else "", organizer.localpart, organizer.domain),),
        subject=_SUBJECTS[choice].format(subject),
        text=text,
        in_reply_to=named[0] if named else "",
        references=tuple(named[:1]),
        calendar=("REPLY", content),
    )
    await letters.send(account_id, sender.address, draft)


def _organizer(event: Event) -> Address | None:
    try:
        return Address.parse(event.organizer.address) if event.organizer is not None else None
    except BadAddress:
        return None


async def _own_attendee(account_id: int, event: Event) -> str:
    """The attendee's address that is the reader's own, as the organizer wrote it."""
    own = {str(one.address).lower() for one in await identities.of_user(account_id) if one.mode is None}
    return next((one.address for one in event.attendees if one.address.lower() in own), "")


def _key(event: Event) -> int:
    name = f"{event.uid}\0{event.recurrence_id}".encode("utf-8", "replace")
    return int.from_bytes(blake2b(name, digest_size=8).digest(), "big") >> 1
