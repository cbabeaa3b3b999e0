"""One claim from beginning to end: route, expand, file into mailboxes, settle, send errands to other servers.

Whatever goes wrong ends in a deferral, or where even that cannot be written, in a lease that runs out: a
message that trips us is tried again by the schedule and in the end returned, never lost and never tried
without end.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any

from backend.kit import blobs, clock, db, metrics
from backend.kit.db import Tx
from backend.kit.errors import NotFound, OverQuota
from backend.kit.logging import bind_correlation
from backend.spool import pauses, queue
from backend.spool.queue import LeaseLost
from backend.spool.types import Claim, SpooledMessage, SpooledRecipient
from protocol_service.filters.verdict import FilteredMessage
from protocol_service.spool import batch, bounces, local, router, signing, suppressed
from protocol_service.spool.batch import Work
from protocol_service.spool.bounces import ReturnTarget
from protocol_service.spool.holdings import Holdings
from protocol_service.spool.hops import Down, Full, Hops
from protocol_service.spool.outcome import Outcome, Result, for_all
from protocol_service.spool.remote import Errand, RemoteAgent
from protocol_service.spool.router import AliasTargets, LocalTarget
from protocol_service.spool.settle import settle

log = logging.getLogger(__name__)

CROWDED_S = 10

filed = metrics.counter("postroom_spool_filed_total", "Recipients whose mailbox got the message")
_errands = metrics.counter("postroom_spool_errands_total", "Recipients tried at other servers", ["result"])

Spawn = Callable[[Coroutine[Any, Any, None]], None]


class Delivery:
    """How the worker `node` delivers. `spawn` starts a task that outlives the call."""

    def __init__(self, node: str, agent: RemoteAgent, holdings: Holdings, spawn: Spawn) -> None:
        self._node = node
        self._agent = agent
        self._holdings = holdings
        self._hops = Hops()
        self._spawn = spawn

    async def run(self, claim: Claim, raw: bytes | None) -> None:
        """Do all there is to do for the claim, and let go of its recipients."""
        mine = {recipient.id: recipient for recipient in claim.recipients}
        with bind_correlation():
            try:
                await self._deliver(claim, raw, mine)
            except Exception:
                log.exception("delivery of message %d failed", claim.message.id)
                await self._defer(claim.message, list(mine.values()))
            finally:
                self._holdings.drop(mine.keys())

    async def run_all(self, works: Sequence[Work]) -> None:
        """`run` for several claims; what is plain is filed together."""
        left = await self._file_together(works) if len(works) > 1 else works
        for claim, raw in left:
            await self.run(claim, raw)

    async def _file_together(self, works: Sequence[Work]) -> Sequence[Work]:
        """File what can be; those that are left. Where anything is in the way all are left."""
        with bind_correlation():
            try:
                ready, left = await batch.sort(works)
                if ready:
                    await batch.file(ready)
            except (LeaseLost, OverQuota, NotFound):
                return works
            except Exception:
                log.exception("%d messages cannot be filed together", len(works))
                return works
        filed.inc(len(ready))
        self._holdings.drop([one.claim.recipients[0].id for one in ready])
        return left

    async def _deliver(self, claim: Claim, raw: bytes | None, mine: dict[int, SpooledRecipient]) -> None:
        """Settle what can be settled here; recipients that errands take over leave `mine`."""
        message = claim.message
        if raw is None:
            raw = await blobs.read(message.blob_id)
        filtered = FilteredMessage(message.sender, raw)
        plan = await router.route(filtered, claim.recipients)
        while plan.aliases:
            new = await self._expand(plan.aliases.pop())
            mine.update({recipient.id: recipient for recipient in new})
            plan.include(await router.route(filtered, new))
        outcomes = plan.outcomes + await suppressed.strike(plan, message)
        for target in plan.returns:
            await self._take_back(message, raw, target)
        if plan.local:
            outcomes += await self._file(message, filtered, plan.local)
        if outcomes:
            await settle(self._node, message, outcomes, raw)
        if not plan.remote:
            return
        signed = await signing.sign(message, raw)
        for leg, recipients in plan.remote.items():
            if await pauses.is_paused(leg.domain):
                paused = [recipient.id for recipient in recipients]
                await db.write(partial(queue.pause, node=self._node, recipient_ids=paused))
                continue
            hop = await self._agent.next_hop(message, leg)
            errand = Errand(message, hop.name, tuple(recipients), _marked(signed, leg.via), hop.gateways)
            for recipient_id in await self._send(errand):
                del mine[recipient_id]

    async def _expand(self, alias: AliasTargets) -> list[SpooledRecipient]:
        async def verb(tx: Tx) -> list[SpooledRecipient]:
            return await queue.expanded(
                tx, alias.recipient, alias.targets, now=clock.now(), lease_to=self._node
            )

        new = await db.write(verb)
        self._holdings.add([recipient.id for recipient in new])
        return new

    async def _take_back(self, message: SpooledMessage, raw: bytes, target: ReturnTarget) -> None:
        try:
            await bounces.take(message, raw, target)
        except LeaseLost as lost:
            log.warning("another worker has settled a recipient of this message: %s", lost.detail)

    async def _file(
        self, message: SpooledMessage, filtered: FilteredMessage, targets: Sequence[LocalTarget]
    ) -> list[Outcome]:
        """Deliver to mailboxes; recipients that another worker has settled meanwhile are left to it."""
        left = list(targets)
        while left:
            try:
                outcomes = await local.deliver(message, filtered, left)
            except LeaseLost as lost:
                log.warning("another worker has settled a recipient of this message: %s", lost.detail)
                left = [target for target in left if target.recipient.id != lost.recipient_id]
            else:
                filed.inc(len(left) - len(outcomes))
                return outcomes
        return []

    # -- other servers

    async def _send(self, errand: Errand) -> list[int]:
        """Start an errand; none when too many stand in line for its next hop, and then no attempt is counted,
        or when that is known to be out of reach, which counts as one.
        """
        recipient_ids = [recipient.id for recipient in errand.recipients]
        try:
            is_urgent = any(recipient.is_urgent for recipient in errand.recipients)
            self._hops.enter(errand.hop, is_urgent=is_urgent)
        except Full:
            until = clock.now() + CROWDED_S
            await db.write(lambda tx: queue.postpone(tx, self._node, recipient_ids, until=until))
            return []
        except Down as down:
            await settle(self._node, errand.message, _unreached(errand.recipients, down), errand.raw)
            return []
        self._spawn(self._errand(errand))
        return recipient_ids

    async def _errand(self, errand: Errand) -> None:
        message, recipients = errand.message, errand.recipients
        with bind_correlation():
            try:
                outcomes = await self._attempt(errand)
                for outcome in outcomes:
                    _errands.labels(outcome.result.value).inc()
                await settle(self._node, message, outcomes, errand.raw)
            except Exception:
                log.exception("the errand of message %d to %s failed", message.id, errand.hop)
                await self._defer(message, recipients)
            finally:
                self._hops.leave(errand.hop)
                self._holdings.drop([recipient.id for recipient in recipients])

    async def _attempt(self, errand: Errand) -> list[Outcome]:
        try:
            async with self._hops.turn(errand.hop):
                outcomes = await self._agent.deliver(errand)
                self._hops.learn(errand.hop, outcomes)
                return outcomes
        except Down as down:
            return _unreached(errand.recipients, down)

    async def _defer(self, message: SpooledMessage, recipients: Sequence[SpooledRecipient]) -> None:
        outcomes = for_all(recipients, Result.DEFERRED, "4.3.0", "Temporary fault of this server")
        try:
            raw = await blobs.read(message.blob_id)
            await settle(self._node, message, outcomes, raw)
        except Exception:
            log.exception("message %d stays leased until its lease runs out", message.id)


def _unreached(recipients: Sequence[SpooledRecipient], down: Down) -> list[Outcome]:
    silence = down.silence
    return for_all(recipients, Result.DEFERRED, silence.status, silence.reply, silence.host)


def _marked(raw: bytes, via: str) -> bytes:
    """Should a message come back to the alias it left by, the router knows it by this (`filters.loop`)."""
    return f"Delivered-To: {via}\r\n".encode() + raw if via else raw
