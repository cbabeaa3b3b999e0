"""What reports of a day to other domains have in common: when a day is over, and that each leaves once.

A day is reported once it has been over for an hour, when every process has added up what it saw. Where DNS is
silent, a report is tried for `KEEP_DAYS`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from backend.kit import clock, db
from backend.kit.db import Tx
from backend.kit.errors import MailError
from backend.operations.report_mail import Mail
from backend.spool.enqueue import enqueue

log = logging.getLogger(__name__)

DAY_S = 86_400
SETTLED_S = 3600
KEEP_DAYS = 3
AT_ONCE = 10

DayOf = tuple[int, str]
"""A day, counted from 1970, and the domain that is reported to."""


async def send_due(
    name: str,
    domains_before: Callable[[int, DayOf], Awaitable[Sequence[DayOf]]],
    report: Callable[[int, str, bool], Awaitable[int]],
) -> int:
    """Report every day that is over; how many reports left. `report` gets the day, the domain, and whether
    this is the last time it is asked; `name` is for the log.
    """
    today = (clock.now() - SETTLED_S) // DAY_S
    turn = asyncio.Semaphore(AT_ONCE)

    async def one(day: int, domain: str) -> int:
        async with turn:
            try:
                return await report(day, domain, today - day >= KEEP_DAYS)
            except (MailError, OSError) as error:
                log.warning("the %s report to %s cannot be made now: %s", name, domain, error)
                return 0

    sent, after = 0, (0, "")
    while page := await domains_before(today, after):
        sent += sum(await asyncio.gather(*(one(day, domain) for day, domain in page)))
        after = page[-1]
    return sent


async def leave(forget: Callable[[Tx], Awaitable[int]], mails: Sequence[Mail], *, durable: bool) -> bool:
    """Spool the reports in the transaction that forgets what they are about: they leave once, or not at all.
    False where another process was quicker.
    """

    async def verb(tx: Tx) -> bool:
        if not await forget(tx):
            return False
        for envelope, blob in mails:
            await enqueue(tx, envelope, blob)
        return True

    return await db.write(verb, durable=durable)
