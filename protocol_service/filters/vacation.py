"""The vacation reply of a recipient who is away (RFC 3834, RFC 5230).

Only what a person wrote to one of the recipient's own addresses is answered, and nobody more often than every
so many days. The text for colleagues goes to nobody who merely claims to be one. The answer has the null
return path, so nothing comes back of it; it is spooled by the transaction that files the message.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import replace

from backend.directory import known_recipients, resolve, settings, users
from backend.formats import authentication_results, compose, dmarc
from backend.formats.addresses import Address, Mailbox, mailboxes, parse_address_list
from backend.formats.automatic_mail import is_written_by_a_person
from backend.formats.encoded_words import decode
from backend.formats.errors import InvalidSyntax
from backend.formats.headers import message_ids
from backend.kit import clock, config, db, ratelimit
from backend.rules import account_rules, vacation
from backend.rules.vacation import Audience, Vacation
from backend.submission import identities
from protocol_service.filters.verdict import Addressee, Answer, FilteredMessage, Verdict

log = logging.getLogger(__name__)

PER_HOUR = 200
HOUR_S = 3600
_MOST_ADDRESSES = 50
_MOST_REFERENCES = 20
_NOT_ANSWERED = frozenset({"junk", "trash"})


async def check(message: FilteredMessage, recipient: Addressee, verdict: Verdict) -> Verdict:
    """The verdict, with an answer where there is to be one."""
    reply = (await account_rules.of_account(recipient.account_id)).vacation
    if reply is None or not reply.is_on(clock.now()) or verdict.mailbox in _NOT_ANSWERED:
        return verdict
    try:
        answer = await _answer(message, recipient, reply)
    except Exception:
        # No answer is worth more than the mail itself.
        log.exception("the vacation reply of account %d cannot be made", recipient.account_id)
        return verdict
    return verdict if answer is None else replace(verdict, answer=answer)


async def _answer(message: FilteredMessage, recipient: Addressee, reply: Vacation) -> Answer | None:
    sender = _sender(message)
    if sender is None or not is_written_by_a_person(message.header, sender.localpart):
        return None
    origin = authentication_results.dmarc_of(message.results)
    if origin is not None and origin.result is dmarc.Result.FAIL:
        return None  # somebody else would get it
    account_id = recipient.account_id
    is_inside = await _is_colleague(message, sender, account_id)
    text = reply.words_for(is_inside=is_inside)
    if not text or await identities.owner_of(sender) == account_id:
        return None
    own = await _own_address(message, recipient)
    if own is None or not (is_inside or await _is_wanted(reply, account_id, sender)):
        return None
    whom = vacation.digest(account_id, sender)
    if await vacation.was_told(account_id, whom, every_days=reply.every_days):
        return None
    if not (await ratelimit.take(f"vacation:{account_id}", PER_HOUR, HOUR_S, fail_open=True)).allowed:
        log.warning("account %d gives no more vacation replies in this hour", account_id)
        return None
    return await _written(message, account_id, reply, text=text, own=own, sender=sender)


def _sender(message: FilteredMessage) -> Address | None:
    """Whom an answer goes to (RFC 3834 §4): the return path."""
    try:
        return Address.parse(message.sender) if message.sender else None
    except InvalidSyntax:
        return None


async def _is_colleague(message: FilteredMessage, sender: Address, account_id: int) -> bool:
    """Whether somebody of the recipient's domain wrote it, who signed in to do so."""
    if message.author_id is None:
        return False
    return await resolve.domain_id(sender.domain) == await settings.domain_of(account_id)


async def _is_wanted(reply: Vacation, account_id: int, sender: Address) -> bool:
    if reply.audience is Audience.ANYONE:
        return True
    new, _ = await known_recipients.strangers(account_id, [(sender.localpart, sender.domain)])
    return not new


async def _own_address(message: FilteredMessage, recipient: Addressee) -> Address | None:
    """The recipient's address that To or Cc names; None for mail that was not addressed to them."""
    asked = str(recipient.address).lower()
    for name in (b"to", b"cc", b"resent-to", b"resent-cc"):
        for value in message.header.get(name, [])[:5]:
            for box in mailboxes(parse_address_list(value, _MOST_ADDRESSES)):
                try:
                    address = box.address
                except InvalidSyntax:
                    continue
                if str(address).lower() == asked:
                    return recipient.address
                is_here = await resolve.is_local_domain(address.domain)
                if is_here and await identities.owner_of(address) == recipient.account_id:
                    return address
    return None


async def _written(
    message: FilteredMessage, account_id: int, reply: Vacation, *, text: str, own: Address, sender: Address
) -> Answer | None:
    user = await users.find_row(db.database(), account_id)
    if user is None:
        return None
    asked = message.header.get(b"message-id", [b""])[0]
    about = decode(message.header.get(b"subject", [b""])[0])[:200].strip()
    subject = reply.subject or (f"Auto: {about}" if about else "Auto: away")
    references = [*message_ids(message.header.get(b"references", [b""])[0]), *message_ids(asked)]
    message_id = f"{secrets.token_hex(16)}@{config.current().hostname}"
    draft = compose.Draft(
        sender=Mailbox(user.name, own.localpart, own.domain),
        to=(Mailbox("", sender.localpart, sender.domain),),
        date=clock.now(),
        message_id=message_id,
        subject=_one_line(subject),
        text=text,
        extra_fields=(("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All")),
    )
    raw = compose.compose(draft)
    try:
        threaded = replace(
            draft,
            in_reply_to=next(iter(message_ids(asked)), ""),
            references=tuple(references[-_MOST_REFERENCES:]),
        )
        raw = compose.compose(threaded)
    except InvalidSyntax:
        pass  # identifiers that cannot be written again: the answer stands by itself
    return Answer(
        sender,
        raw,
        subject=_one_line(subject),
        message_id=message_id,
        whom=vacation.digest(account_id, sender),
        every_days=reply.every_days,
    )


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
