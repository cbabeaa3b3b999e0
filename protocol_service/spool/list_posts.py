"""Mail to the address of a list: judged, and sent on to the members or held for moderators.

Rights were asked at RCPT; here they are asked again, because mail also comes by an alias, and because From
and the content can be looked at. What is accepted becomes a new message in the shape of the list
(`backend.submission.lists.distribution`); when that comes to its turn, this is where it is given to the
members, step by step.
"""

from __future__ import annotations

import logging

from backend.directory import list_posting
from backend.directory.list_posting import Permit
from backend.directory.list_types import MailingList, Posting, Refusal
from backend.formats import authentication_results, dmarc, list_post
from backend.formats.addresses import Address, mailboxes, parse_address_list
from backend.formats.errors import InvalidSyntax
from backend.kit import clock, db
from backend.kit.db import Tx
from backend.spool import settlements
from backend.spool.types import Attempt, SpooledMessage, SpooledRecipient
from backend.submission.lists import distribution, held, shapes
from protocol_service.filters.verdict import FilteredMessage
from protocol_service.spool import notices
from protocol_service.spool.notices import Notice
from protocol_service.spool.outcome import Outcome, Result

log = logging.getLogger(__name__)

ACCEPTED_STATUS = "2.1.5"


async def take(
    message: SpooledMessage, mail: FilteredMessage, recipient: SpooledRecipient, mailing_list: MailingList
) -> list[Outcome]:
    """Do what is to be done with a post; outcomes are left to the caller to settle. Raises `LeaseLost`."""
    if await distribution.is_under_way(message.id, mailing_list.id):
        await _distribute(message, recipient, mailing_list)
        return []
    shape = shapes.plain(mailing_list)
    if message.sender == "" or list_post.is_automatic_answer(mail.header):
        await _drop(message, recipient, "Automatic mail is not sent on to a list")
        return []
    if list_post.has_passed(mail.header, shape):
        return [Outcome(recipient, Result.FAILED, "5.4.6", "Mail forwarding loop")]
    if mailing_list.max_bytes and message.size_bytes > mailing_list.max_bytes:
        return [Outcome(recipient, Result.FAILED, "5.2.3", "The message is too large for this list")]
    permit = await _judge(message, mail, mailing_list)
    if permit.verdict is Refusal.REJECT:
        return [Outcome(recipient, Result.FAILED, "5.7.2", permit.reason)]
    if permit.verdict is Refusal.HOLD:
        await _hold(message, mail, recipient, mailing_list, permit.reason)
    else:
        await _accept(message, mail, recipient, mailing_list)
    return []


async def _judge(message: SpooledMessage, mail: FilteredMessage, mailing_list: MailingList) -> Permit:
    """By the envelope, and for what was not submitted here by From too: it is what members would see. Where
    the domain in From vouches for it that alone counts.
    """
    permit = await list_posting.permit(mailing_list, _address(message.sender), message.account_id)
    if permit.verdict is Refusal.REJECT or message.account_id is not None:
        return permit
    authors = _authors(mail)
    origin = authentication_results.dmarc_of(mail.results)
    if len(authors) == 1 and origin is not None and origin.result is dmarc.Result.PASS:
        return await list_posting.permit(mailing_list, authors[0], None, is_proven=True)
    if permit.verdict is Refusal.HOLD:
        return permit
    if mailing_list.posting is Posting.ANYONE or [str(one) for one in authors] == [message.sender]:
        return permit
    for author in authors:
        of_author = await list_posting.permit(mailing_list, author, None)
        if of_author.verdict is not Refusal.ACCEPT:
            return Permit(Refusal.HOLD, "The author in From is not the sender")
    return permit if authors else Permit(Refusal.HOLD, "The post has no author")


def _authors(mail: FilteredMessage) -> list[Address]:
    found = []
    for box in mailboxes(parse_address_list(mail.header.get(b"from", [b""])[0]))[:10]:
        try:
            found.append(box.address)
        except InvalidSyntax:
            continue
    return found


def _address(text: str) -> Address | None:
    try:
        return Address.parse(text)
    except InvalidSyntax:
        return None


async def _accept(
    message: SpooledMessage, mail: FilteredMessage, recipient: SpooledRecipient, mailing_list: MailingList
) -> None:
    post = await distribution.prepare(mailing_list, mail.raw, "\n".join(mail.results))
    report = await _report(message, mail, recipient)

    async def verb(tx: Tx) -> None:
        await distribution.begin(tx, post)
        done = Attempt(recipient.id, status=ACCEPTED_STATUS, reply="Sent on to the members of the list")
        await settlements.delivered(tx, message.id, [done], now=clock.now())
        for notice in report:
            await notices.enqueue(tx, notice)

    await db.write(verb)


async def _report(
    message: SpooledMessage, mail: FilteredMessage, recipient: SpooledRecipient
) -> list[Notice]:
    """A list is where a delivery ends for the sender (RFC 3461 §5.2.7.3)."""
    if "SUCCESS" not in recipient.notify:
        return []
    done = Outcome(recipient, Result.DELIVERED, ACCEPTED_STATUS, is_filed=True)
    return await notices.prepare(message, mail.raw, delivered=[done])


async def _hold(
    message: SpooledMessage,
    mail: FilteredMessage,
    recipient: SpooledRecipient,
    mailing_list: MailingList,
    reason: str,
) -> None:
    notice = await held.notice(mailing_list)
    post = held.NewPost(
        sender=message.sender,
        author=distribution.text_of(mail.header, b"from"),
        subject=distribution.text_of(mail.header, b"subject"),
        reason=reason,
        blob_id=message.blob_id,
        size_bytes=message.size_bytes,
        authentication="\n".join(mail.results),
    )

    async def verb(tx: Tx) -> None:
        await held.hold(tx, mailing_list, post, notice, mail.raw)
        done = Attempt(recipient.id, status=ACCEPTED_STATUS, reply=f"Held for moderators: {reason}")
        await settlements.delivered(tx, message.id, [done], now=clock.now())

    await db.write(verb)


async def _drop(message: SpooledMessage, recipient: SpooledRecipient, reason: str) -> None:
    """Nobody is told: what is dropped here was written by a program."""
    attempt = Attempt(recipient.id, status="5.7.1", reply=reason)
    await db.write(lambda tx: settlements.dropped(tx, message.id, [attempt], now=clock.now()))


async def _distribute(
    message: SpooledMessage, recipient: SpooledRecipient, mailing_list: MailingList
) -> None:
    is_more = True
    while is_more:
        is_more = await db.write(lambda tx: distribution.advance(tx, message, recipient, mailing_list))
