"""Commands that people mail to a list, and their answers to what it asked them.

Nothing that a program sent is answered, or two of them would talk for ever (RFC 3834 §2); an out-of-office
answer confirms nothing.
"""

from __future__ import annotations

from backend.directory import list_members
from backend.directory.list_types import Command, MailingList
from backend.directory.principal import SYSTEM
from backend.formats import list_commands, list_post
from backend.formats.addresses import Address
from backend.formats.errors import InvalidSyntax
from backend.formats.headers import message_ids
from backend.formats.list_commands import Word
from backend.formats.list_tokens import ListToken, Purpose
from backend.kit import clock, db
from backend.kit.db import Tx
from backend.kit.errors import LimitExceeded
from backend.spool import settlements
from backend.spool.types import Attempt, SpooledMessage, SpooledRecipient
from backend.submission.lists import distribution, held, letters, requests
from backend.submission.lists.requests import Action
from protocol_service.filters.verdict import FilteredMessage
from protocol_service.spool.outcome import Outcome, Result

DONE_STATUS = "2.1.5"


async def take(
    message: SpooledMessage,
    mail: FilteredMessage,
    recipient: SpooledRecipient,
    mailing_list: MailingList,
    command: Command,
) -> list[Outcome]:
    """Do what mail to a command's address asks for. Raises `LeaseLost`."""
    sender = _sender(message, mail)
    if sender is None or list_post.has_passed(mail.header, _own(mailing_list)):
        await _settle(message, recipient, "Automatic mail is not answered")
        return []
    if not await requests.may_be_written_to(mailing_list, sender):
        await _settle(message, recipient, "Too many commands from this address in an hour")
        return []
    word = _word(mail, command)
    if word is Word.HELP:
        await _help(message, mail, recipient, mailing_list, sender)
        return []
    asking = await requests.prepare(
        mailing_list,
        sender,
        Action.SUBSCRIBE if word is Word.SUBSCRIBE else Action.UNSUBSCRIBE,
        is_proven=await _is_of_account(message, sender),
        in_reply_to=_message_id(mail),
    )

    async def verb(tx: Tx) -> None:
        await requests.ask(tx, asking)
        await _done(tx, message, recipient, word.value)

    try:
        await db.write(verb)
    except LimitExceeded as full:
        return [Outcome(recipient, Result.FAILED, "5.7.2", full.public)]
    return []


async def answer(
    message: SpooledMessage, mail: FilteredMessage, recipient: SpooledRecipient, token: ListToken
) -> list[Outcome]:
    """Take an answer to a confirmation or to a notice of a held post. Raises `LeaseLost`."""
    mailing_list = await _list(token.list_id)
    if mailing_list is None or token.purpose is Purpose.UNSUBSCRIBE:
        return [Outcome(recipient, Result.FAILED, "5.1.1", "No such user here")]
    if _sender(message, mail) is None:
        await _settle(message, recipient, "Automatic mail answers nothing")
        return []
    if token.purpose is Purpose.MODERATE:
        return await _moderate(message, mail, recipient, mailing_list, token.number)
    return_path = await distribution.return_path(mailing_list)

    async def verb(tx: Tx) -> bool:
        request = await requests.find(tx, mailing_list.id, token.number)
        if request is None:
            return False
        await requests.confirmed(tx, mailing_list, request, return_path)
        await _done(tx, message, recipient, f"{request.address} has confirmed")
        return True

    try:
        is_known = await db.write(verb)
    except LimitExceeded as full:
        return [Outcome(recipient, Result.FAILED, "5.7.2", full.public)]
    if is_known:
        return []
    return [Outcome(recipient, Result.FAILED, "5.1.6", "This request is answered already, or too old")]


async def _moderate(
    message: SpooledMessage,
    mail: FilteredMessage,
    recipient: SpooledRecipient,
    mailing_list: MailingList,
    post_id: int,
) -> list[Outcome]:
    verdict = list_commands.verdict_of(list_commands.first_line(mail.raw))
    if verdict is None:
        return [
            Outcome(
                recipient,
                Result.FAILED,
                "5.6.0",
                "The first line has to begin with approve, reject or discard",
            )
        ]
    part = await held.prepare_decision(mailing_list, post_id, verdict)

    async def verb(tx: Tx) -> bool:
        if not await part(tx, SYSTEM):
            return False
        await _done(tx, message, recipient, verdict.decision.value)
        return True

    if await db.write(verb):
        return []
    return [Outcome(recipient, Result.FAILED, "5.1.6", "Somebody has decided about this post already")]


async def _help(
    message: SpooledMessage,
    mail: FilteredMessage,
    recipient: SpooledRecipient,
    mailing_list: MailingList,
    sender: Address,
) -> None:
    return_path = await distribution.return_path(mailing_list)
    text = _HELP.format(
        title=mailing_list.title,
        description=f"{mailing_list.description}\n\n" if mailing_list.description else "",
        address=mailing_list.address,
        subscribe=mailing_list.address_for(Command.SUBSCRIBE),
        unsubscribe=mailing_list.address_for(Command.UNSUBSCRIBE),
        owner=mailing_list.address_for(Command.OWNER),
    )

    async def verb(tx: Tx) -> None:
        await letters.send(
            tx,
            mailing_list,
            sender,
            letters.Letter(f"About {mailing_list.title}", text, in_reply_to=_message_id(mail)),
            return_path=return_path,
        )
        await _done(tx, message, recipient, "help")

    await db.write(verb)


def _word(mail: FilteredMessage, command: Command) -> Word:
    if command is Command.SUBSCRIBE:
        return Word.SUBSCRIBE
    if command is Command.UNSUBSCRIBE:
        return Word.UNSUBSCRIBE
    subject = distribution.text_of(mail.header, b"subject")
    return list_commands.word_of(subject, list_commands.first_line(mail.raw))


def _sender(message: SpooledMessage, mail: FilteredMessage) -> Address | None:
    """Whom an answer goes to: the return path (RFC 3834 §4). None for what a program sent."""
    if list_post.is_automatic(mail.header):
        return None
    try:
        return Address.parse(message.sender)
    except InvalidSyntax:
        return None


async def _is_of_account(message: SpooledMessage, sender: Address) -> bool:
    """Whether the sender signed in and this is the very address of the mailbox."""
    if message.account_id is None:
        return False
    own = await db.fetch_value(
        "SELECT u.localpart || '@' || domain.name FROM user_account u"
        " JOIN domain ON domain.id = u.domain_id WHERE u.id = ?",
        message.account_id,
    )
    return own is not None and own == list_members.folded(str(sender))


def _own(mailing_list: MailingList) -> list_post.Shape:
    return list_post.Shape(Address(mailing_list.localpart, mailing_list.domain), mailing_list.name)


def _message_id(mail: FilteredMessage) -> str:
    found = message_ids(mail.header.get(b"message-id", [b""])[0])
    return found[0] if found and list_post.is_plain_id(found[0]) else ""


async def _list(list_id: int) -> MailingList | None:
    row = await db.fetch_row(
        f"SELECT {MailingList.COLUMNS} FROM {MailingList.TABLES} WHERE l.id = ?", list_id
    )
    return MailingList.from_row(row) if row is not None else None


async def _settle(message: SpooledMessage, recipient: SpooledRecipient, reason: str) -> None:
    attempt = Attempt(recipient.id, status="5.7.1", reply=reason)
    await db.write(lambda tx: settlements.dropped(tx, message.id, [attempt], now=clock.now()))


async def _done(tx: Tx, message: SpooledMessage, recipient: SpooledRecipient, reply: str) -> None:
    attempt = Attempt(recipient.id, status=DONE_STATUS, reply=reply)
    await settlements.delivered(tx, message.id, [attempt], now=clock.now())


_HELP = """\
{title}

{description}Posts go to {address}.

  to come onto the list write to  {subscribe}
  to leave it write to            {unsubscribe}
  people who look after it        {owner}
"""
