"""One claim from beginning to end: route, expand, file into mailboxes, settle, send errands to other servers.

Whatever goes wrong ends in a deferral, or where even that cannot be written, in a lease that runs out: a
message that trips us is tried again by the schedule and in the end returned, never lost and never tried
without end.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import partial

from backend.kit import blobs, clock, db, metrics
from backend.kit.db import Tx
from backend.kit.errors import NotFound, OverQuota
from backend.kit.logging import bind_correlation
from backend.spool import expansion, pauses, queue
from backend.spool.settlements import LeaseLost
from backend.spool.types import SpooledMessage, SpooledRecipient
from protocol_service.filters.verdict import FilteredMessage
from protocol_service.spool import (
    batch,
    bounces,
    envelope_sender,
    list_departures,
    lists,
    local,
    one_copy,
    router,
    suppressed,
)
from protocol_service.spool.batch import Work
from protocol_service.spool.bounces import ReturnTarget
from protocol_service.spool.couriers import Couriers, Spawn, Standing
from protocol_service.spool.holdings import Holdings
from protocol_service.spool.hops import Hops
from protocol_service.spool.outcome import Outcome
from protocol_service.spool.remote import RemoteAgent
from protocol_service.spool.router import AliasTargets, ListRecipient, LocalTarget
from protocol_service.spool.settle import defer, settle
from protocol_service.verification.verifier import Verifier

log = logging.getLogger(__name__)

READ_TOGETHER_BYTES = 64 * 1024

filed = metrics.counter("postroom_spool_filed_total", "Recipients whose mailbox got the message")


class Delivery:
    """How the worker `node` delivers. `spawn` starts a task that outlives the call."""

    def __init__(
        self,
        node: str,
        agent: RemoteAgent,
        verifier: Verifier,
        holdings: Holdings,
        hops: Hops[Standing],
        spawn: Spawn,
    ) -> None:
        self._node = node
        self._agent = agent
        self._holdings = holdings
        self.couriers = Couriers(node, agent, verifier, holdings, hops, spawn)

    async def run(self, work: Work) -> None:
        """Do all there is to do for the claim, and let go of its recipients."""
        claim = work.claim
        mine = {recipient.id: recipient for recipient in claim.recipients}
        with bind_correlation():
            try:
                await self._deliver(work, mine)
            except Exception:
                log.exception("delivery of message %d failed", claim.message.id)
                await defer(self._node, claim.message, list(mine.values()))
            finally:
                self._holdings.drop(mine.keys())

    async def run_all(self, works: Sequence[Work]) -> None:
        """`run` for several claims; what is plain is filed together."""
        if len(works) > 1:
            await _read(works)
            works = await self._file_together(works)
        for work in works:
            await self.run(work)

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

    async def _deliver(self, work: Work, mine: dict[int, SpooledRecipient]) -> None:
        """Settle what can be settled here; recipients that errands take over leave `mine`."""
        message = work.claim.message
        raw = work.raw if work.raw is not None else await blobs.read(message.blob_id)
        filtered = FilteredMessage(message.sender, raw, message.results, message.account_id)
        plan = work.plan or await router.route(filtered, work.claim.recipients)
        while plan.aliases:
            new = await self._expand(plan.aliases.pop())
            mine.update({recipient.id: recipient for recipient in new})
            plan.include(await router.route(filtered, new))
        outcomes = plan.outcomes + await suppressed.strike(plan, message)
        for target in plan.returns:
            await self._take_back(message, raw, target)
        for list_recipient in plan.lists:
            outcomes += await self._take_for_list(message, filtered, list_recipient)
        if plan.local:
            outcomes += await self._file(message, filtered, plan.local)
        if outcomes:
            await settle(self._node, message, outcomes, raw)
        if not plan.remote:
            return
        tag = await list_departures.tag_of(message.sender)
        # A list's mail is each member's own.
        legs = one_copy.gathered(plan.remote) if tag is None else plan.remote
        for leg, recipients in legs.items():
            if await pauses.is_paused(pauses.EVERYTHING if leg.route else leg.domain):
                paused = [recipient.id for recipient in recipients]
                await db.write(partial(queue.pause, node=self._node, recipient_ids=paused))
                continue
            sender = await envelope_sender.leaving(message, leg)
            hop = await self._agent.next_hop(sender, leg)
            parts = [(sender, tuple(recipients))]
            if tag is not None:
                parts = await list_departures.parts(message.sender, tag, recipients)
            for return_path, some in parts:
                standing = Standing(message, hop.name, some, return_path, hop.gateways, leg.via, tag)
                if await self.couriers.send(standing, raw):
                    for recipient in some:
                        del mine[recipient.id]

    async def _expand(self, alias: AliasTargets) -> list[SpooledRecipient]:
        async def verb(tx: Tx) -> list[SpooledRecipient]:
            return await expansion.expanded(
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

    async def _take_for_list(
        self, message: SpooledMessage, filtered: FilteredMessage, target: ListRecipient
    ) -> list[Outcome]:
        try:
            return await lists.take(message, filtered, target)
        except LeaseLost as lost:
            log.warning("another worker has settled a recipient of this message: %s", lost.detail)
            return []

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


async def _read(works: Sequence[Work]) -> None:
    """Give small messages their bytes, which one query reads for all of them."""
    wanted = [
        work for work in works if work.raw is None and work.claim.message.size_bytes <= READ_TOGETHER_BYTES
    ]
    if len(wanted) < 2:
        return
    try:
        found = await blobs.read_many([work.claim.message.blob_id for work in wanted])
    except NotFound:
        return  # whose it is will say so
    for work in wanted:
        work.raw = found[work.claim.message.blob_id]
