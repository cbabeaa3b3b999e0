"""What is due: sends scheduled mail, brings snoozed mail back, reminds of what nobody answered.

Every process may look; a claim leases a timer to one of them, and what a timer does ends with its row in one
transaction, so that neither two processes nor a crash do it twice. The loop wakes at the time of the next
timer, and looks every few seconds for those that others have set.
"""

from __future__ import annotations

import asyncio
import logging
import time

from backend.kit import clock
from backend.kit.logging import bind_correlation
from backend.mailstore import snooze, timers
from backend.mailstore.timers import Timer, TimerKind
from backend.submission import follow_up, scheduled

log = logging.getLogger(__name__)

BATCH = 50
POLL_S = 3.0
AFTER_FAILURE_S = 30

_ACTS = {
    TimerKind.SEND: scheduled.send_due,
    TimerKind.SNOOZE: snooze.come_back,
    TimerKind.FOLLOW_UP: follow_up.come_due,
}


async def run_due() -> int:
    """Do what is due; how many timers were looked at. One that fails is logged and comes again."""
    claimed = await timers.claim(BATCH)
    for timer in claimed:
        with bind_correlation():
            await _act(timer)
    return len(claimed)


async def _act(timer: Timer) -> None:
    try:
        did = await _ACTS[timer.kind](timer)
    except Exception:
        log.exception("%s timer %d failed", timer.kind, timer.id)
        await timers.postpone(timer, AFTER_FAILURE_S)
    else:
        log.info("%s timer %d: %s", timer.kind, timer.id, "done" if did else "nothing to do")


async def run() -> None:
    """Do what is due until cancelled."""
    while True:
        try:
            while await run_due():
                pass
            pause_s = _pause(await timers.next_wake())
        except Exception:
            log.exception("looking for what is due failed")
            pause_s = POLL_S
        await asyncio.sleep(pause_s)


def _pause(next_at: int | None) -> float:
    """Until the next timer, at most until the next look."""
    if next_at is None:
        return POLL_S
    # Times are whole seconds: a little after the turn of the second the timer is due.
    return min(POLL_S, max(0.02, next_at - clock.now() + 1 - time.time() % 1))
