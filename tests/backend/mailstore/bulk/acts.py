"""What tests of acts on very many messages share."""

from __future__ import annotations

from dataclasses import dataclass

from backend.directory.types import User
from backend.kit import clock
from backend.mailstore import mailboxes
from backend.mailstore.bulk import runner
from backend.mailstore.bulk.types import Step
from backend.mailstore.types import MailboxRow

SEEN_STEP = Step(add=("\\Seen",))


@dataclass
class Office:
    """alice has ten messages in Projects; bob is a colleague."""

    alice: User
    bob: User
    box: MailboxRow
    refs: list[int]


async def counts(user_id: int, mailbox_id: int) -> tuple[int, int]:
    row = await mailboxes.by_id(user_id, mailbox_id)
    return row.exists, row.unseen


async def step_once() -> bool:
    """The next batch of what is due, as a worker that then dies would do it."""
    claim = await runner.claim(clock.now())
    assert claim is not None
    return await runner.advance(claim)
