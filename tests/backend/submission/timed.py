"""What tests of mail in time share: a clock that only they move, and what there is to count."""

from __future__ import annotations

from backend.kit import clock, db
from backend.kit.errors import NotFound
from backend.submission import drafts, scheduled
from tests.backend.submission.test_drafts import content, total

HOUR = 3600
DAY = 86_400


async def exists(account_id: int, use: str) -> int:
    try:
        return await total(account_id, use)
    except NotFound:
        return 0


async def spooled() -> int:
    return int(await db.fetch_value("SELECT COUNT(*) FROM spool_message") or 0)


async def scheduled_one(account_id: int, in_s: int, **changes: object) -> int:
    saved = await drafts.save(account_id, content(**changes))
    await scheduled.schedule(account_id, saved.ref, clock.now() + in_s)
    return saved.ref


async def open_timers() -> int:
    return int(await db.fetch_value("SELECT COUNT(*) FROM message_timer") or 0)
