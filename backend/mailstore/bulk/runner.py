"""The worker of bulk acts: claims those that are due and does them batch by batch, a few at a time.

An act that is claimed is leased; the lease is moved on with each batch, so the act of a worker that died is
claimed by another. Between two batches the worker rests as long as a batch took, so that others get half of
the writer at least. One act of a user runs at a time.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from functools import partial

from backend.kit import clock, db, events, metrics
from backend.kit.db import Tx
from backend.kit.errors import MailError, Unavailable
from backend.mailstore.bulk import clear, rows
from backend.mailstore.bulk.batch import LEASE_S, Claim, LeaseLost, run_next
from backend.mailstore.bulk.types import State
from schema.events import BulkActsReady

log = logging.getLogger(__name__)

AT_ONCE = 4
MAX_TRIES = 5
POLL_S = 15.0

_acts = metrics.counter("postroom_bulk_acts_total", "Acts on many messages that ended", ["state"])


class Runner:
    """The worker of this process."""

    def __init__(self) -> None:
        self._is_stopping = False
        self._ready = asyncio.Event()
        self._slots = asyncio.Semaphore(AT_ONCE)

    def stop(self) -> None:
        """Finish the batches under way and claim nothing any more; `run` returns then."""
        self._is_stopping = True
        self._ready.set()

    async def run(self) -> None:
        """Work until `stop`, or until cancelled; every act bears that."""
        bus = events.bus()
        unsubscribe = [
            bus.subscribe(BulkActsReady, lambda event: self._ready.set()),
            bus.on_gap(self._ready.set),
        ]
        try:
            async with asyncio.TaskGroup() as group:
                while not self._is_stopping:
                    self._ready.clear()
                    await self._slots.acquire()
                    claim = await self._claim()
                    if claim is not None:
                        group.create_task(self._work(claim), name=f"bulk-act-{claim.act_id}")
                        continue
                    self._slots.release()
                    await self._rest()
        finally:
            for stop in unsubscribe:
                stop()

    async def _claim(self) -> Claim | None:
        try:
            return await claim(clock.now())
        except MailError as exc:
            log.warning("bulk acts cannot be claimed: %s", exc.public)
            return None

    async def _rest(self) -> None:
        """Wait for news, or until the next act is due."""
        try:
            async with asyncio.timeout(await _pause_s()):
                await self._ready.wait()
        except TimeoutError:
            return

    async def _work(self, claim: Claim) -> None:
        try:
            while not self._is_stopping:
                began = time.perf_counter()
                if not await advance(claim):
                    return
                await asyncio.sleep(time.perf_counter() - began)
            await release(claim)
        finally:
            self._slots.release()
            self._ready.set()  # the user may have another


async def _pause_s() -> float:
    try:
        due_at = await db.fetch_value("SELECT MIN(due_at) FROM bulk_act WHERE state = ?", State.OPEN)
    except MailError:
        return POLL_S
    return POLL_S if due_at is None else min(POLL_S, max(0.2, due_at - clock.now()))


async def run_due() -> int:
    """Do all that is due now, one act after the other (tests, commands); how many acts."""
    count = 0
    while (taken := await claim(clock.now())) is not None:
        count += 1
        while await advance(taken):
            pass
    return count


async def claim(now: int) -> Claim | None:
    """Lease the act that is due longest, of a user of whom no other is under way; None without one."""
    lease = secrets.token_hex(8)

    async def verb(tx: Tx) -> Claim | None:
        lock = " FOR UPDATE SKIP LOCKED" if tx.dialect == "postgres" else ""
        row = await tx.fetch_row(
            "UPDATE bulk_act SET lease = ?, due_at = ?, tries = tries + 1 WHERE id = ("
            "SELECT id FROM bulk_act b WHERE state = ? AND due_at <= ? AND NOT EXISTS ("
            "SELECT 1 FROM bulk_act o WHERE o.user_id = b.user_id AND o.state = ? AND o.lease <> ''"
            f" AND o.due_at > ?) ORDER BY due_at, id LIMIT 1{lock}) RETURNING id, user_id, tries",
            lease,
            now + LEASE_S,
            State.OPEN,
            now,
            State.OPEN,
            now,
        )
        if row is None:
            return None
        if row[2] > MAX_TRIES:
            await rows.finish(tx, row[0], State.FAILED, "It could not be finished")
        return Claim(row[0], row[1], lease)

    if (
        await db.fetch_value("SELECT 1 FROM bulk_act WHERE state = ? AND due_at <= ?", State.OPEN, now)
        is None
    ):
        return None
    return await db.write(verb)


async def advance(claim: Claim) -> bool:
    """Do an act's next batch; False where it has ended, whichever way."""
    try:
        if await run_next(claim):
            return True
        await clear.after(claim.user_id, claim.act_id)
        await _finish(claim, State.DONE)
    except LeaseLost:
        return False
    except Unavailable as exc:
        log.warning("act %d waits: %s", claim.act_id, exc.public)
    except MailError as exc:
        await _finish(claim, State.FAILED, exc.public)
    except Exception:
        log.exception("act %d failed; it is tried again", claim.act_id)
    return False


async def _finish(claim: Claim, state: State, error: str = "") -> None:
    if await db.write(partial(rows.finish, act_id=claim.act_id, state=state, error=error)) is not None:
        _acts.labels(state.name.lower()).inc()


async def release(claim: Claim) -> None:
    """Let another go on with the act at once."""

    async def verb(tx: Tx) -> None:
        now = clock.now()
        await tx.execute(
            "UPDATE bulk_act SET lease = '', due_at = ?, tries = 0 WHERE id = ? AND lease = ?",
            now,
            claim.act_id,
            claim.lease,
        )
        tx.announce(BulkActsReady(now))

    await db.write(verb)
