"""Whose mailboxes somebody may use, and how: the one place that decides (rule 9).

The owner of an account holds every right on its mailboxes. Everybody else holds what was granted to the
person, to groups the person is in, and to everyone of the domain where the domain allows it, less what the
same holders are denied (RFC 4314 §2). Nothing is remembered: a right that is taken away is gone with the
next question.

Another's mailbox has a name of its own kind: `Users/<address>/<name>`, or `Shared/<address>/<name>` where
the account belongs to no person (RFC 2342). What a reader sees of it is its row with the reader's own
subscription, unseen count and modseq (`readers`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from backend.directory import settings
from backend.formats.addresses import format_addr_spec
from backend.kit import db
from backend.kit.errors import InvalidSyntax, NotFound, PermissionDenied
from backend.mailstore import readers
from backend.mailstore.mailbox_names import SEPARATOR, SHARED_NAMES, normal
from backend.mailstore.mailbox_rows import COLUMNS
from backend.mailstore.rights import ALL, Rights
from backend.mailstore.types import MailboxRow

OTHER_USERS, SHARED = SHARED_NAMES
_MISSING = "There is no such mailbox"


@dataclass(frozen=True, slots=True)
class SharedMailbox:
    """Another's mailbox as a reader sees it: `row.name` is the whole name, `path` the one in its account."""

    row: MailboxRow
    path: str
    owner: str
    rights: Rights


@dataclass(frozen=True, slots=True)
class _Asker:
    """Who asks: the user, and the domain whose everyone the user is, 0 where that is not allowed."""

    user_id: int
    domain_id: int

    @property
    def args(self) -> tuple[int, int, int]:
        return self.user_id, self.user_id, self.domain_id


_HELD = (
    "(s.holder_kind = 'user' AND s.holder_id = ?"
    " OR s.holder_kind = 'group' AND s.holder_id IN (SELECT group_id FROM group_member WHERE user_id = ?)"
    " OR s.holder_kind = 'anyone' AND s.holder_id = ?)"
)
_MAILBOX_ID = 10  # where the mailbox's columns begin in a row of `_OF_OTHERS`
_COLUMNS = tuple(one.name for one in fields(MailboxRow))
_ROW = ", ".join(f"m.{name.strip()}" for name in COLUMNS.split(","))
_OF_OTHERS = (
    f"SELECT s.rights, s.is_negative, u.localpart, d.name, u.is_shared, {readers.OF_MAILBOX}, {_ROW}"
    " FROM share s JOIN mailbox m ON m.id = s.mailbox_id JOIN user_account u ON u.id = m.account_id"
    " JOIN domain d ON d.id = u.domain_id"
    " LEFT JOIN mailbox_reader r ON r.user_id = ? AND r.mailbox_id = m.id"
    f" WHERE {_HELD} AND m.account_id <> ?"
)


async def rights_on(user_id: int, account_id: int, mailbox_id: int) -> Rights:
    """The rights a user holds on a mailbox of an account; none where it does not exist."""
    if user_id == account_id:
        return ALL
    asker = await _asker(user_id)
    rows = await (db.current_tx.get() or db.database()).fetch_rows(
        "SELECT s.rights, s.is_negative FROM share s"
        # The sign keeps SQLite from choosing the index of accounts, which may have very many grants.
        f" WHERE s.mailbox_id = ? AND +s.account_id = ? AND {_HELD}",
        mailbox_id,
        account_id,
        *asker.args,
    )
    return _sum((row[0], row[1]) for row in rows)


async def require(user_id: int, account_id: int, mailbox_id: int, needed: Rights) -> Rights:
    """The rights held, `needed` among them.

    Raises PermissionDenied, or NotFound for who may not know that the mailbox exists.
    """
    held = await rights_on(user_id, account_id, mailbox_id)
    demand(held, needed)
    return held


async def require_any(user_id: int, mailbox_id: int, needed: Rights) -> int:
    """The account of a mailbox, the user's own or another's on which the user holds these rights.

    Raises NotFound, PermissionDenied.
    """
    source = db.current_tx.get() or db.database()
    account_id = await source.fetch_value("SELECT account_id FROM mailbox WHERE id = ?", mailbox_id)
    if account_id is None:
        raise NotFound(_MISSING)
    await require(user_id, account_id, mailbox_id, needed)
    return int(account_id)


def demand(held: Rights, needed: Rights) -> None:
    """Raise PermissionDenied where a needed right is lacking, NotFound for who may not even look."""
    if needed & ~held:
        if not held & (Rights.LOOKUP | Rights.READ):
            raise NotFound(_MISSING)
        raise PermissionDenied("You do not have the right to do this with that mailbox")


async def visible(user_id: int) -> list[SharedMailbox]:
    """Every mailbox of others that the user may see in lists, by name."""
    found = [box for box in await _read(user_id, "", ()) if box.rights & Rights.LOOKUP]
    return sorted(found, key=lambda box: box.row.name.casefold().split(SEPARATOR))


async def of_account(user_id: int, account_id: int) -> list[SharedMailbox]:
    """The mailboxes of one account on which the user holds any right."""
    return await _read(user_id, " AND m.account_id = ?", (account_id,))


async def by_id(user_id: int, mailbox_id: int, needed: Rights) -> SharedMailbox:
    """Another's mailbox by id. Raises NotFound, PermissionDenied."""
    return _found(await _read(user_id, " AND m.id = ?", (mailbox_id,)), needed)


async def find(user_id: int, name: str, needed: Rights) -> SharedMailbox:
    """Another's mailbox by its whole name. Raises NotFound, PermissionDenied."""
    owner, path = split(name)
    localpart, _, domain = owner.rpartition("@")
    boxes = await _read(
        user_id, " AND m.name = ? AND u.localpart = ? AND d.name = ?", (path, localpart, domain)
    )
    return _found([box for box in boxes if box.row.name == whole_name(name)], needed)


def is_of_others(name: str) -> bool:
    """Whether a name stands below one of the namespaces of others, or is one of them."""
    return name.partition(SEPARATOR)[0] in SHARED_NAMES


def whole_name(name: str) -> str:
    """A name in the namespaces of others in its normal form. Raises NotFound."""
    space = name.partition(SEPARATOR)[0]
    owner, path = split(name)
    return SEPARATOR.join((space, owner, path))


def split(name: str) -> tuple[str, str]:
    """The owner's address and the path in the account of a name in the namespaces of others.

    Raises NotFound for what cannot be one.
    """
    _, _, rest = name.partition(SEPARATOR)
    owner, _, path = rest.partition(SEPARATOR)
    try:
        return owner.lower(), normal(path)
    except InvalidSyntax:
        raise NotFound(_MISSING) from None


async def _asker(user_id: int) -> _Asker:
    domain_id = await settings.domain_of(user_id)
    is_allowed = await settings.get("shares.anyone", domain_id=domain_id) if domain_id else False
    return _Asker(user_id, domain_id if is_allowed else 0)


async def _read(user_id: int, where: str, args: tuple[object, ...]) -> list[SharedMailbox]:
    """The mailboxes of others on which any right is left, one for all the grants that it has."""
    asker = await _asker(user_id)
    source = db.current_tx.get() or db.database()
    rows = await source.fetch_rows(_OF_OTHERS + where, user_id, *asker.args, user_id, *args)
    granted: dict[int, list[tuple[int, int]]] = {}
    first: dict[int, db.Row] = {}
    for row in rows:
        granted.setdefault(row[_MAILBOX_ID], []).append((row[0], row[1]))
        first.setdefault(row[_MAILBOX_ID], row)
    return [
        await _as_seen(user_id, row, held)
        for mailbox_id, row in first.items()
        if (held := _sum(granted[mailbox_id]))
    ]


async def _as_seen(user_id: int, row: db.Row, held: Rights) -> SharedMailbox:
    """The mailbox of a row of `_OF_OTHERS`, with what its reader has of its own."""
    values = dict(zip(_COLUMNS, row[_MAILBOX_ID:], strict=True))
    owner, path = format_addr_spec(row[2], row[3]), values["name"]
    state = readers.State(*row[5:_MAILBOX_ID])
    if state.needs_recount(values["expunged_before"]):
        state = await readers.recount(user_id, values["account_id"], values["id"])
    values["name"] = SEPARATOR.join((SHARED if row[4] else OTHER_USERS, owner, path))
    values["special_use"] = ""
    values["unseen"] = values["exists"] - state.seen_count
    values["modseq"] = max(values["modseq"], state.modseq)
    values["is_subscribed"] = state.is_subscribed
    return SharedMailbox(MailboxRow(**values), path, owner, held)


def _found(boxes: list[SharedMailbox], needed: Rights) -> SharedMailbox:
    if not boxes:
        raise NotFound(_MISSING)
    demand(boxes[0].rights, needed)
    return boxes[0]


def _sum(grants: Iterable[tuple[int, int]]) -> Rights:
    """What is granted less what is denied, of (rights, is negative)."""
    given = denied = Rights.NONE
    for rights, is_negative in grants:
        if is_negative:
            denied |= Rights(rights)
        else:
            given |= Rights(rights)
    return given & ~denied
