"""One mailbox with as many messages as are asked for, to measure lists, synchronization and search on."""

from __future__ import annotations

from random import Random

from backend.directory.principal import SYSTEM
from backend.kit import clock
from backend.mailstore.flag_bits import FLAGGED, SEEN
from backend.operations import accounts
from backend.operations.demo import everyday, letters
from backend.operations.demo.fill import Copy, Login, Posted, post
from backend.operations.demo.letters import Written
from backend.operations.demo.people import ARCHIVIST, OUTSIDERS

_GROUP = 1000
_MINUTES_APART = 7


async def fill(count: int, password: str) -> Login:
    """Make the archivist with `count` messages in INBOX, the newest ten minutes old."""
    user = await accounts.add_user(SYSTEM, ARCHIVIST.address, password, name=ARCHIVIST.name)
    for start in range(0, count, _GROUP):
        numbers = range(start, min(start + _GROUP, count))
        await post([_message(user.id, number, count) for number in numbers])
    return Login(ARCHIVIST.address, password, "user")


def _message(account_id: int, number: int, count: int) -> Posted:
    chance = Random(number)
    sender = chance.choice(OUTSIDERS)
    at = clock.now() - 600 - (count - 1 - number) * _MINUTES_APART * 60
    written = Written(
        sender=sender,
        to=(ARCHIVIST,),
        # The number makes every row known by its subject.
        subject=f"{everyday.subject(chance)} ({number + 1})",
        text=everyday.text(chance, 6),
        message_id=f"<measured-{number}@{sender.mailbox.domain}>",
        sent_at=at,
        files=("site-plan.pdf",) if chance.random() < 0.08 else (),
        is_plain=chance.random() < 0.5,
    )
    flags = (SEEN if chance.random() < 0.97 else 0) | (FLAGGED if chance.random() < 0.02 else 0)
    prefix = f"Return-Path: <{sender.address}>\r\nDelivered-To: {ARCHIVIST.address}\r\n".encode()
    return Posted(at, letters.message(written), (Copy(account_id, "inbox", flags, prefix),))
