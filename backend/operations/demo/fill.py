"""Puts the sample organisation into an empty installation, by the verbs that everybody uses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from backend.directory import aliases, domains
from backend.directory.principal import SYSTEM
from backend.directory.roles import Role
from backend.formats import authentication_results, compose
from backend.kit import clock, db
from backend.kit.db import Tx
from backend.kit.errors import Conflict
from backend.mailstore import ingest, mailboxes
from backend.mailstore.flag_bits import ANSWERED, DRAFT, FLAGGED, SEEN
from backend.operations import accounts
from backend.operations.demo import attachments, desk, letters, people, phrases
from backend.operations.demo.conversations import DRAFTS, WRITTEN, Conversation, Letter
from backend.operations.demo.everyday import conversations
from backend.operations.demo.letters import Written
from backend.operations.demo.people import MAREN, Person

EVERYDAY = 103
FOLDERS = ("Projects/North wing", "Projects/Planning day", "Receipts")
_AT_ONCE = 40


@dataclass(frozen=True, slots=True)
class Login:
    """Somebody who can sign in."""

    login: str
    password: str
    role: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A message for one account."""

    account_id: int
    mailbox: int | str
    flags: int
    prefix: bytes = b""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Posted:
    """A message and where its copies go."""

    at: int
    raw: bytes
    copies: tuple[Copy, ...]


async def fill(password: str, administrator_password: str) -> list[Login]:
    """Make domains, people, aliases and mail; who can sign in. `Conflict` where anything is there already."""
    if await accounts.is_set_up() or await db.fetch_value("SELECT count(*) FROM domain"):
        raise Conflict(
            "This installation is not empty: the sample organisation goes only into a fresh data folder"
        )
    ids = await _make_people(password, administrator_password)
    folders: dict[str, int] = {
        name: (await mailboxes.create(ids[MAREN.address], name)).id for name in FOLDERS
    }
    await post([*_letters(ids, folders), *_drafts(ids)])
    await desk.arrange(ids[MAREN.address], folders)
    roles = {person.address: "domain administrator" for person in people.DOMAIN_ADMINISTRATORS}
    return [
        Login(people.ADMINISTRATOR, administrator_password, "system administrator"),
        *(Login(user.address, password, roles.get(user.address, "user")) for user in people.USERS),
    ]


async def _make_people(password: str, administrator_password: str) -> dict[str, int]:
    """Everybody's account by address."""
    first = await accounts.bootstrap(
        admin_name=people.ADMINISTRATOR,
        admin_password=administrator_password,
        domain=people.DOMAIN,
        user_localpart=MAREN.mailbox.localpart,
        user_name=MAREN.name,
        user_password=password,
    )
    second = await domains.add(SYSTEM, people.SECOND_DOMAIN)
    ids = {MAREN.address: first.user.id}
    for user in people.USERS[1:]:
        made = await accounts.add_user(
            SYSTEM,
            user.address,
            password,
            name=user.name,
            role=Role.DOMAIN_ADMINISTRATOR if user in people.DOMAIN_ADMINISTRATORS else Role.USER,
        )
        ids[user.address] = made.id
    domain_ids = {people.DOMAIN: first.domain.id, people.SECOND_DOMAIN: second.id}
    for localpart, domain, targets in people.ALIASES:
        await aliases.add(SYSTEM, domain_ids[domain], localpart, list(targets))
    return ids


def _letters(ids: dict[str, int], folders: dict[str, int]) -> Iterator[Posted]:
    chance = Random(7)
    for number, conversation in enumerate((*WRITTEN, *conversations(EVERYDAY))):
        earlier: tuple[Written, ...] = ()
        for letter in conversation.letters:
            written = _written(conversation, letter, earlier, number, chance.choice(phrases.CLOSINGS))
            earlier = (*earlier, written)
            copies = tuple(_copies(conversation, letter, written, ids, folders))
            yield Posted(written.sent_at, letters.message(written), copies)


def _written(
    conversation: Conversation, letter: Letter, earlier: tuple[Written, ...], number: int, closing: str
) -> Written:
    others = tuple(dict.fromkeys(one.sender for one in conversation.letters if one.sender != MAREN))
    host = letter.sender.address.partition("@")[2]
    return Written(
        sender=letter.sender,
        to=(others or conversation.to) if letter.sender == MAREN else conversation.to,
        cc=letter.cc,
        subject=conversation.subject,
        text=letter.text,
        message_id=f"<letter-{number}.{len(earlier)}@{host}>",
        sent_at=clock.now() - letter.minutes * 60,
        earlier=earlier,
        files=letter.files,
        is_plain=conversation.is_plain,
        closing=closing,
        meeting=letter.meeting,
    )


def _copies(
    conversation: Conversation, letter: Letter, written: Written, ids: dict[str, int], folders: dict[str, int]
) -> Iterator[Copy]:
    """One for everybody here who gets it, one in the Sent of who wrote it."""
    is_last = letter is conversation.letters[-1]
    flags = 0 if is_last and conversation.is_unread else SEEN
    flags |= FLAGGED if is_last and conversation.is_starred else 0
    for person in (*written.to, *written.cc):
        if person.address in ids and person != letter.sender:
            where = conversation.mailbox if person == MAREN else "inbox"
            yield Copy(
                ids[person.address],
                folders.get(where, where),
                flags if is_last or person != MAREN else flags | _answered(conversation, letter),
                _prefix(letter.sender, person),
                conversation.tags if is_last and person == MAREN else (),
            )
    if letter.sender.address in ids:
        yield Copy(ids[letter.sender.address], "sent", SEEN)


def _answered(conversation: Conversation, letter: Letter) -> int:
    following = conversation.letters[conversation.letters.index(letter) + 1]
    return ANSWERED if following.sender == MAREN else 0


def _prefix(sender: Person, recipient: Person) -> bytes:
    """What delivery writes before a message, its findings included where another host sent it."""
    envelope = f"Return-Path: <{sender.address}>\r\nDelivered-To: {recipient.address}\r\n".encode()
    domain = sender.mailbox.domain
    if domain in (people.DOMAIN, people.SECOND_DOMAIN):
        return envelope
    result = "fail" if domain.endswith(".invalid") else "pass"
    found = [
        f"spf={result} smtp.mailfrom={sender.address}",
        f"dmarc={result} header.from={domain}",
    ]
    return envelope + authentication_results.field(f"mail.{people.DOMAIN}", found)


def _drafts(ids: dict[str, int]) -> Iterator[Posted]:
    for number, (subject, to, text, files) in enumerate(DRAFTS):
        at = clock.now() - (number + 2) * 5400
        draft = compose.Draft(
            sender=MAREN.mailbox,
            to=tuple(person.mailbox for person in to),
            subject=subject,
            html="".join(f"<div>{line or '<br>'}</div>" for line in text.split("\n")),
            date=at,
            message_id=f"<draft-{number}@{people.DOMAIN}>",
            attachments=tuple(attachments.file(name) for name in files),
        )
        copy = Copy(ids[MAREN.address], "drafts", DRAFT | SEEN)
        yield Posted(at, compose.compose(draft), (copy,))


async def post(posted: Sequence[Posted]) -> None:
    """Ingest messages in the order of their time, many in one transaction."""
    ordered = sorted(posted, key=lambda one: one.at)
    for start in range(0, len(ordered), _AT_ONCE):
        group = [(one, await ingest.prepare(one.raw)) for one in ordered[start : start + _AT_ONCE]]

        async def verb(tx: Tx, group: list[tuple[Posted, ingest.Prepared]] = group) -> None:
            for one, prepared in group:
                for number, copy in enumerate(one.copies):
                    await ingest.ingest(
                        tx,
                        prepared,
                        copy.account_id,
                        copy.mailbox,
                        is_new_blob=number == 0,
                        flags=copy.flags,
                        internal_at=one.at,
                        prefix=copy.prefix,
                        keywords=copy.tags,
                    )

        await db.write(verb)
