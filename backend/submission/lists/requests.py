"""Coming onto a list and leaving it, by those who do it themselves.

Whoever asks by mail must show that the address is theirs: a letter with a token goes there, and nothing
happens until it is answered, by mail or on its page. Only a submission by the very user is proof already. On
a list that takes requests a moderator then decides. How many letters one address is sent is bounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from backend.directory import audit, list_members, list_standing, list_tokens
from backend.directory.list_types import Command, MailingList, Standing, Subscription
from backend.directory.principal import SYSTEM, Principal
from backend.directory.setting_store import Reader
from backend.formats.addresses import Address
from backend.formats.list_tokens import ListToken, Purpose
from backend.kit import clock, config, db, ids, ratelimit
from backend.kit.db import Tx
from backend.kit.errors import LimitExceeded
from backend.submission.lists import distribution, letters

UNCONFIRMED_S = 3 * 86_400
WAITING_S = 30 * 86_400
MOST_AT_ONCE = 100
LETTERS_AN_HOUR = 5
LETTERS_OF_LIST = 300
HOUR_S = 3600


class Action(StrEnum):
    """What is asked for."""

    SUBSCRIBE = "SUBSCRIBE"
    UNSUBSCRIBE = "UNSUBSCRIBE"


class State(StrEnum):
    """What a request waits for."""

    UNCONFIRMED = "UNCONFIRMED"
    WAITING = "WAITING"


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody who wants to be on a list, or off it."""

    id: int
    list_id: int
    address: str
    name: str
    action: Action
    state: State
    created_at: int
    expires_at: int


_COLUMNS = "id, list_id, address, name, action, state, created_at, expires_at"


@dataclass(frozen=True, slots=True)
class Asking:
    """A command with all that answering it needs, made ready before the transaction."""

    mailing_list: MailingList
    address: Address
    action: Action
    is_proven: bool
    request_id: int
    return_path: str
    reply_to: Address
    page: str
    in_reply_to: str


async def may_be_written_to(mailing_list: MailingList, address: Address) -> bool:
    """Whether one more letter may go to an address that asked; counts it."""
    for key, limit in (
        (f"list-letters:{mailing_list.id}:{address}", LETTERS_AN_HOUR),
        (f"list-letters:{mailing_list.id}", LETTERS_OF_LIST),
    ):
        if not (await ratelimit.take(key, limit, HOUR_S, fail_open=True)).allowed:
            return False
    return True


async def prepare(
    mailing_list: MailingList, address: Address, action: Action, *, is_proven: bool, in_reply_to: str = ""
) -> Asking:
    """Make ready to answer a command; the address as members have it."""
    folded = Address.parse(list_members.folded(str(address)))
    found = await db.fetch_value(
        "SELECT id FROM list_request WHERE list_id = ? AND address = ? AND action = ?",
        mailing_list.id,
        str(folded),
        action.value,
    )
    request_id = int(found) if found is not None else ids.new_id()
    token = ListToken(Purpose.CONFIRM, mailing_list.id, request_id)
    text = await list_tokens.issue(token, mailing_list.domain)
    return Asking(
        mailing_list,
        folded,
        action,
        is_proven,
        request_id,
        await distribution.return_path(mailing_list),
        await list_tokens.address_of(token, mailing_list.domain),
        f"https://{config.current().hostname}/lists/confirm/{mailing_list.domain}/{text}",
        in_reply_to,
    )


async def ask(tx: Tx, asking: Asking) -> None:
    """Answer a command, in the transaction that settles its recipient."""
    mailing_list, address = asking.mailing_list, str(asking.address)
    is_on = await _is_member(tx, mailing_list.id, address)
    if asking.action is Action.SUBSCRIBE:
        if await _is_banned(tx, mailing_list.id, asking.address):
            return
        if is_on:
            await _say(tx, asking, _ALREADY_ON)
            return
        if mailing_list.subscription is Subscription.CLOSED:
            await _say(tx, asking, _CLOSED)
            return
    elif not is_on:
        await _say(tx, asking, _NOT_ON)
        return
    request = await _save(tx, asking)
    if request is None:
        return
    if asking.is_proven:
        await confirmed(tx, mailing_list, request, asking.return_path)
    else:
        await _say(tx, asking, _CONFIRM, is_to_be_answered=True)


async def confirmed(tx: Tx, mailing_list: MailingList, request: Request, return_path: str) -> str:
    """The address has shown that it is its owner's: do what it asked for, or pass it to the moderators.

    What has become of it, for people. Raises LimitExceeded where the list is full.
    """
    if request.action is Action.UNSUBSCRIBE:
        await leave(tx, mailing_list, request.address)
        return f"{request.address} is no longer on {mailing_list.title}."
    if mailing_list.subscription is Subscription.CLOSED:
        await _forget(tx, request)
        return f"{mailing_list.title} takes no new members by itself."
    if mailing_list.subscription is Subscription.REQUEST:
        await tx.execute(
            "UPDATE list_request SET state = ?, expires_at = ? WHERE id = ?",
            State.WAITING.value,
            clock.now() + WAITING_S,
            request.id,
        )
        if request.state is State.UNCONFIRMED:
            await letters.send_to_moderators(
                tx,
                mailing_list,
                letters.Letter(
                    f"{request.address} would like to be on {mailing_list.title}",
                    f"{request.address} asks to be put on {mailing_list.address}.\n"
                    "Decide in the webmail, under Lists.\n",
                ),
                return_path=return_path,
            )
        return f"A moderator decides whether {request.address} comes onto {mailing_list.title}."
    await _join(tx, mailing_list, request, return_path)
    return f"{request.address} is on {mailing_list.title} now."


async def leave(tx: Tx, mailing_list: MailingList, address: str) -> bool:
    """Take an address off a list at its own wish; whether it was on it."""
    gone = await tx.execute(
        "DELETE FROM list_member WHERE list_id = ? AND address = ?", mailing_list.id, address
    )
    await tx.execute("DELETE FROM list_request WHERE list_id = ? AND address = ?", mailing_list.id, address)
    if gone:
        await audit.record(
            tx, SYSTEM, "list.unsubscribe", mailing_list.address, mailing_list.domain_id, {"member": address}
        )
    return bool(gone)


async def find(tx: Reader, list_id: int, request_id: int) -> Request | None:
    """A request whose time is not over."""
    row = await tx.fetch_row(
        f"SELECT {_COLUMNS} FROM list_request WHERE id = ? AND list_id = ? AND expires_at > ?",
        request_id,
        list_id,
        clock.now(),
    )
    return _from_row(row) if row is not None else None


async def waiting(actor: Principal, list_id: int) -> list[Request]:
    """Requests that a moderator has to decide, the oldest first."""
    await list_standing.found(actor, list_id, Standing.MODERATOR)
    rows = await db.fetch_rows(
        f"SELECT {_COLUMNS} FROM list_request WHERE list_id = ? AND state = ? ORDER BY id LIMIT 200",
        list_id,
        State.WAITING.value,
    )
    return [_from_row(row) for row in rows]


async def decide(actor: Principal, list_id: int, request_ids: Sequence[int], *, is_granted: bool) -> int:
    """Put those who asked onto the list, or forget them; how many there were."""
    if len(request_ids) > MOST_AT_ONCE:
        raise LimitExceeded(f"At most {MOST_AT_ONCE} requests at once", field="ids")
    mailing_list = await list_standing.found(actor, list_id, Standing.MODERATOR)
    return_path = await distribution.return_path(mailing_list)

    async def verb(tx: Tx) -> int:
        done = 0
        for request_id in request_ids:
            request = await find(tx, list_id, request_id)
            if request is None or request.state is not State.WAITING:
                continue
            if is_granted:
                await _join(tx, mailing_list, request, return_path)
            else:
                await _forget(tx, request)
            action = "list.grant_request" if is_granted else "list.refuse_request"
            detail = {"member": request.address}
            await audit.record(tx, actor, action, mailing_list.address, mailing_list.domain_id, detail)
            done += 1
        return done

    return await db.write(verb)


async def expire() -> int:
    """Forget requests whose time is over; how many."""
    return await db.write(
        lambda tx: tx.execute("DELETE FROM list_request WHERE expires_at <= ?", clock.now())
    )


async def _join(tx: Tx, mailing_list: MailingList, request: Request, return_path: str) -> None:
    new = await list_members.insert(tx, mailing_list, [(request.address, None, request.name)])
    await _forget(tx, request)
    if new:
        await audit.record(
            tx,
            SYSTEM,
            "list.subscribe",
            mailing_list.address,
            mailing_list.domain_id,
            {"member": request.address},
        )
        subject, text = _WELCOME
        await letters.send(
            tx,
            mailing_list,
            Address.parse(request.address),
            letters.Letter(
                subject.format(title=mailing_list.title),
                text.format(
                    title=mailing_list.title,
                    address=mailing_list.address,
                    unsubscribe=mailing_list.address_for(Command.UNSUBSCRIBE),
                ),
            ),
            return_path=return_path,
        )


async def _save(tx: Tx, asking: Asking) -> Request | None:
    """The request, new or as it stands; one that waits for a moderator is not made anew."""
    now = clock.now()
    row = await tx.fetch_row(
        f"INSERT INTO list_request ({_COLUMNS}) VALUES (?, ?, ?, '', ?, ?, ?, ?)"
        " ON CONFLICT (list_id, address, action) DO UPDATE SET expires_at ="
        " CASE WHEN list_request.state = 'UNCONFIRMED' THEN excluded.expires_at"
        f" ELSE list_request.expires_at END RETURNING {_COLUMNS}",
        asking.request_id,
        asking.mailing_list.id,
        str(asking.address),
        asking.action.value,
        State.UNCONFIRMED.value,
        now,
        now + UNCONFIRMED_S,
    )
    request = _from_row(row) if row is not None else None
    # Another id than the token's was given by a command of the same moment, which is answered already.
    if request is None or request.id != asking.request_id or request.state is State.WAITING:
        return None
    return request


async def _forget(tx: Tx, request: Request) -> None:
    await tx.execute("DELETE FROM list_request WHERE id = ?", request.id)


async def _is_member(tx: Tx, list_id: int, address: str) -> bool:
    found = await tx.fetch_value(
        "SELECT id FROM list_member WHERE list_id = ? AND address = ?", list_id, address
    )
    return found is not None


async def _is_banned(tx: Tx, list_id: int, address: Address) -> bool:
    found = await tx.fetch_value(
        "SELECT id FROM list_address WHERE list_id = ? AND kind = 'BANNED' AND address IN (?, ?)",
        list_id,
        str(address),
        f"@{address.domain}",
    )
    return found is not None


async def _say(tx: Tx, asking: Asking, letter: tuple[str, str], *, is_to_be_answered: bool = False) -> None:
    mailing_list = asking.mailing_list
    what = "come onto" if asking.action is Action.SUBSCRIBE else "leave"
    values = {
        "title": mailing_list.title,
        "address": mailing_list.address,
        "member": str(asking.address),
        "what": what,
        "owner": str(mailing_list.address_for(Command.OWNER)),
        "page": asking.page,
        "days": UNCONFIRMED_S // 86_400,
    }
    subject, text = letter
    await letters.send(
        tx,
        mailing_list,
        asking.address,
        letters.Letter(
            subject.format(**values),
            text.format(**values),
            asking.reply_to if is_to_be_answered else None,
            asking.in_reply_to,
        ),
        return_path=asking.return_path,
    )


def _from_row(row: db.Row) -> Request:
    return Request(row[0], row[1], row[2], row[3], Action(row[4]), State(row[5]), row[6], row[7])


_CONFIRM = (
    "Confirm: {member} and {title}",
    "Somebody, hopefully you, asked that {member} shall {what} the list\n{address}.\n\n"
    "To confirm it answer this message, or open\n\n  {page}\n\n"
    "If you did not ask for it do nothing: it is forgotten after {days} days.\n",
)
_ALREADY_ON = (
    "You are on {title} already",
    "{member} is on the list {address} already. Nothing has changed.\n",
)
_NOT_ON = (
    "You are not on {title}",
    "{member} is not on the list {address}, so there is nothing to leave.\n"
    "If you get its mail under another address, write from that one. People who can help: {owner}\n",
)
_CLOSED = (
    "{title} takes no new members by itself",
    "Who is on the list {address} is decided by its owners: {owner}\n",
)
_WELCOME = (
    "You are on {title}",
    "You are on the list {title}. Posts go to {address}.\n\nTo leave it write to {unsubscribe}.\n",
)
