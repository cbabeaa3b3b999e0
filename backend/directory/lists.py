"""Mailing lists of a domain: made by those who manage its lists, changed by the owners of each as well.

A list takes its address and those of its commands (`-request`, `-subscribe`, `-unsubscribe`, `-owner`; RFC
2142 §6). Who may look at what and change what stands in `list_standing`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import asdict, dataclass, replace

from backend.directory import audit, domains, limits, list_rows, list_standing, names, policy
from backend.directory.list_types import (
    COMMANDS,
    Command,
    FromRewriting,
    MailingList,
    MemberView,
    Posting,
    Refusal,
    ReplyTo,
    Standing,
    Subscription,
)
from backend.directory.pages import Page, contains
from backend.directory.principal import Principal
from backend.directory.roles import Permission
from backend.formats.addresses import Address
from backend.kit import clock, db, ids
from backend.kit.db import Tx
from backend.kit.errors import InvalidSyntax
from schema.events import DomainChanged

MOST_FOOTER_CHARS = 2000
# With the longest suffix a localpart has 64 octets (RFC 5321 §4.5.3.1.1).
LONGEST_LOCALPART = 64 - max(len(command.value) for command in Command)
HIGHEST_BYTES = 1 << 30
_LOCALPART = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?")
_SELECT = f"SELECT {MailingList.COLUMNS} FROM {MailingList.TABLES}"


@dataclass(frozen=True, slots=True)
class Options:
    """What can be set on a list; None leaves it as it is."""

    name: str | None = None
    description: str | None = None
    is_enabled: bool | None = None
    posting: Posting | None = None
    is_moderated: bool | None = None
    unentitled: Refusal | None = None
    unverified: Refusal | None = None
    reply_to: ReplyTo | None = None
    from_rewriting: FromRewriting | None = None
    subject_prefix: str | None = None
    footer: str | None = None
    max_bytes: int | None = None
    member_view: MemberView | None = None
    subscription: Subscription | None = None


NO_OPTIONS = Options()


async def add(actor: Principal, domain_id: int, localpart: str, options: Options = NO_OPTIONS) -> MailingList:
    """A new list without members. `Conflict` where one of its addresses is taken."""
    policy.require(actor, Permission.LISTS_MANAGE, on=domain_id)

    async def verb(tx: Tx) -> MailingList:
        domain = await domains.locked(tx, domain_id)
        address = _checked_address(f"{localpart.strip()}@{domain.name}")
        await limits.require_room(tx, domain_id, "domain.max_lists")
        await domains.require_free(tx, domain_id, address)
        for command in COMMANDS:
            taken = Address(address.localpart + command.value, domain.name)
            await domains.require_free(tx, domain_id, taken, is_command=True)
        made = _with(_new(domain_id, domain.name, address.localpart), options)
        await _insert(tx, made)
        await audit.record(tx, actor, "list.add", made.address, domain_id)
        tx.announce(DomainChanged(domain_id))
        return made

    return await db.write(verb)


async def get(actor: Principal, list_id: int) -> MailingList:
    """A list the actor manages, moderates or may see among the addresses of the domain; else `NotFound`."""
    return await list_standing.found(actor, list_id, Standing.MODERATOR, is_for_reading=True)


async def get_by_address(actor: Principal, address: str) -> MailingList:
    """`get` by the list's address."""
    wanted = names.local_address(address)
    row = await db.fetch_row(
        f"SELECT l.id FROM {MailingList.TABLES} WHERE domain.name = ? AND l.localpart = ?",
        wanted.domain,
        wanted.localpart,
    )
    return await get(actor, row[0] if row is not None else 0)


async def list_page(
    actor: Principal, domain_id: int, *, after: str = "", limit: int = 50, search: str = ""
) -> Page[MailingList]:
    """Lists of a domain by localpart, `search` in address or name."""
    policy.require(actor, Permission.USERS_READ, on=domain_id)
    where = "l.domain_id = ? AND (l.localpart LIKE ? ESCAPE '!' OR lower(l.name) LIKE ? ESCAPE '!')"
    args = (domain_id, contains(search), contains(search))
    total = await db.fetch_value(f"SELECT count(*) FROM mailing_list l WHERE {where}", *args)
    rows = await db.fetch_rows(
        f"{_SELECT} WHERE {where} AND l.localpart > ? ORDER BY l.localpart LIMIT ?", *args, after, limit + 1
    )
    return Page.cut([MailingList.from_row(row) for row in rows], limit, total)


async def moderated_by(actor: Principal) -> list[MailingList]:
    """Lists that the actor is an owner or moderator of, by address."""
    account_id = policy.require_mail(actor)
    rows = await db.fetch_rows(
        f"{_SELECT} JOIN list_member m ON m.list_id = l.id JOIN user_account u ON u.id = ?"
        " JOIN domain home ON home.id = u.domain_id"
        " WHERE m.address = u.localpart || '@' || home.name AND m.role >= ? AND l.domain_id = u.domain_id"
        " ORDER BY l.localpart LIMIT 200",
        account_id,
        int(Standing.MODERATOR),
    )
    return [MailingList.from_row(row) for row in rows]


async def update(actor: Principal, list_id: int, options: Options) -> MailingList:
    """Change what is given; the list afterwards. Whether it is enabled and how large a post may be is for
    those who manage the lists of the domain, all else for owners too.
    """
    reserved = options.is_enabled is not None or options.max_bytes is not None

    async def verb(tx: Tx) -> MailingList:
        needed = Standing.ADMINISTRATOR if reserved else Standing.OWNER
        before = await list_standing.found(actor, list_id, needed, reader=tx)
        after = _with(before, options)
        old, new = asdict(before), asdict(after)
        change = audit.changes(**{name: (old[name], new[name]) for name in old})
        if change:
            await _save(tx, after)
            await audit.record(tx, actor, "list.update", after.address, after.domain_id, change)
            tx.announce(DomainChanged(after.domain_id))
        return after

    return await db.write(verb)


async def remove(actor: Principal, list_id: int) -> MailingList:
    """Remove a list with its members and held posts; the list as it was."""

    async def verb(tx: Tx) -> MailingList:
        gone = await list_standing.found(actor, list_id, Standing.ADMINISTRATOR, reader=tx)
        await list_rows.delete_list(tx, list_id)
        await audit.record(tx, actor, "list.remove", gone.address, gone.domain_id)
        tx.announce(DomainChanged(gone.domain_id))
        return gone

    return await db.write(verb)


def _checked_address(text: str) -> Address:
    address = names.local_address(text)
    localpart = address.localpart
    # It stands in List-Id, which has letters of ASCII (RFC 2919 §2).
    if not _LOCALPART.fullmatch(localpart):
        raise InvalidSyntax(
            "The name of a list is made of letters a to z, digits and . _ -", field="localpart"
        )
    if len(localpart) > LONGEST_LOCALPART:
        raise InvalidSyntax(
            f"The name of a list has at most {LONGEST_LOCALPART} characters", field="localpart"
        )
    if any(localpart.endswith(command.value) for command in COMMANDS):
        raise InvalidSyntax("Names with this ending stand for commands of lists", field="localpart")
    return address


def _new(domain_id: int, domain: str, localpart: str) -> MailingList:
    """A list for members to talk on, which nobody joins unasked."""
    return MailingList(
        id=ids.new_id(),
        domain_id=domain_id,
        domain=domain,
        localpart=localpart,
        name="",
        description="",
        is_enabled=True,
        posting=Posting.MEMBERS,
        is_moderated=False,
        unentitled=Refusal.REJECT,
        unverified=Refusal.HOLD,
        reply_to=ReplyTo.AUTHOR,
        from_rewriting=FromRewriting.POLICY,
        subject_prefix="",
        footer="",
        max_bytes=0,
        member_view=MemberView.MODERATORS,
        subscription=Subscription.CLOSED,
        created_at=clock.now(),
    )


def _with(before: MailingList, options: Options) -> MailingList:
    """The list with what is given, checked."""
    given = {name: value for name, value in asdict(options).items() if value is not None}
    if "name" in given:
        given["name"] = names.person_name(given["name"])
    for field, longest in (("description", 1000), ("subject_prefix", 60)):
        if field in given:
            given[field] = _line(given[field], longest, field)
    if "footer" in given:
        given["footer"] = _footer(given["footer"])
    if given.get("unentitled") is Refusal.ACCEPT:
        raise InvalidSyntax("Who may not post is held or refused", field="unentitled")
    if not 0 <= given.get("max_bytes", 0) <= HIGHEST_BYTES:
        raise InvalidSyntax("A size from 0 to 1 GB is needed", field="maxBytes")
    return replace(before, **given)


def _line(text: str, longest: int, field: str) -> str:
    line = " ".join(unicodedata.normalize("NFC", text).split())
    if len(line) > longest or any(unicodedata.category(char) in {"Cc", "Cs"} for char in line):
        raise InvalidSyntax(f"One line of at most {longest} characters is needed", field=field)
    return line


def _footer(text: str) -> str:
    footer = "\n".join(unicodedata.normalize("NFC", text).splitlines()).strip("\n")
    if len(footer) > MOST_FOOTER_CHARS:
        raise InvalidSyntax(f"A footer has at most {MOST_FOOTER_CHARS} characters", field="footer")
    if any(unicodedata.category(char) in {"Cc", "Cs"} and char not in "\n\t" for char in footer):
        raise InvalidSyntax("A footer holds no control characters", field="footer")
    return footer


_OPTION_COLUMNS = (
    "name",
    "description",
    "is_enabled",
    "posting",
    "is_moderated",
    "unentitled",
    "unverified",
    "reply_to",
    "from_rewriting",
    "subject_prefix",
    "footer",
    "max_bytes",
    "member_view",
    "subscription",
)


def _option_values(row: MailingList) -> list[object]:
    values = [getattr(row, name) for name in _OPTION_COLUMNS]
    return [
        int(value) if isinstance(value, bool) else str(value) if isinstance(value, str) else value
        for value in values
    ]


async def _insert(tx: Tx, made: MailingList) -> None:
    columns = ("id", "domain_id", "localpart", "created_at", *_OPTION_COLUMNS)
    await tx.execute(
        f"INSERT INTO mailing_list ({', '.join(columns)}) VALUES ({db.marks(len(columns))})",
        made.id,
        made.domain_id,
        made.localpart,
        made.created_at,
        *_option_values(made),
    )


async def _save(tx: Tx, after: MailingList) -> None:
    assignments = ", ".join(f"{name} = ?" for name in _OPTION_COLUMNS)
    await tx.execute(f"UPDATE mailing_list SET {assignments} WHERE id = ?", *_option_values(after), after.id)
