"""From a mailbox name that a client gives to the mailbox, with what the client may do with it (RFC 4314).

Names below the namespaces of others (RFC 2342) are looked up where rights are decided (`mailstore.shares`);
every other name is the client's own.
"""

from __future__ import annotations

from dataclasses import dataclass

from backend.kit.errors import NotFound, PermissionDenied
from backend.mailstore import mailboxes, shares
from backend.mailstore.mailbox_names import parents
from backend.mailstore.rights import ALL, Rights
from backend.mailstore.types import MailboxRow
from protocol_service.imap.session import Session

# RFC 4314 §5.2 counts rights on flags that others see. Ours on \Seen lets a client keep what it has read,
# which it does not try in a mailbox that is called read-only.
CHANGING = Rights.INSERT | Rights.EXPUNGE | Rights.SEEN | Rights.WRITE | Rights.DELETE_MESSAGES
FLAG_RIGHTS = Rights.SEEN | Rights.WRITE | Rights.DELETE_MESSAGES


@dataclass(frozen=True, slots=True)
class Reached:
    """A mailbox: its row as the client sees it, the name in its account, and the rights held.

    `user_id` is 0 for the client's own mailbox, else who the client is to it; `owner` is then the owner's
    address.
    """

    row: MailboxRow
    path: str
    rights: Rights = ALL
    user_id: int = 0
    owner: str = ""


async def reach(session: Session, name: str, needed: Rights = Rights.LOOKUP) -> Reached:
    """The mailbox of that name. Raises NotFound, PermissionDenied."""
    if not shares.is_of_others(name):
        row = await mailboxes.get(session.account_id, name)
        return Reached(row, row.name)
    box = await shares.find(session.account_id, name, needed)
    return Reached(box.row, box.path, box.rights, session.account_id, box.owner)


async def place_below(session: Session, name: str) -> tuple[int, str]:
    """The account and the path for a new mailbox of that name: the nearest one above it must allow that.

    Raises PermissionDenied, also where nothing above it is known.
    """
    if not shares.is_of_others(name):
        return session.account_id, name
    try:
        whole = shares.whole_name(name)
    except NotFound:
        raise PermissionDenied("Mailboxes cannot be made there") from None
    _, path = shares.split(whole)
    for above in reversed(parents(whole)):
        try:
            box = await shares.find(session.account_id, above, Rights.CREATE)
        except NotFound:
            continue
        return box.row.account_id, path
    raise PermissionDenied("Mailboxes cannot be made there")
