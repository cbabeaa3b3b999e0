"""One claim from beginning to end: route, expand, file into mailboxes, settle, send errands to other servers.

Whatever goes wrong ends in a deferral, or where even that cannot be written, in a lease that runs out: a
message that trips us is tried again by the schedule and in the end returned, never lost and never tried
without end.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from backend.formats.bounce_addresses import Tag
from backend.kit import blobs, clock, db, metrics
from backend.kit.db import Tx
from backend.kit.errors import NotFound, OverQuota
from backend.kit.logging import bind_correlation
from backend.spool import pauses, queue
from backend.spool.gateways import Gateway
from backend.spool.queue import LeaseLost
from backend.spool.types import Claim, SpooledMessage, SpooledRecipient
from protocol_service.filters.verdict import FilteredMessage
from protocol_service.spool import (
    batch,
    bounces,
    envelope_sender,
    list_departures,
    lists,
    local,
    router,
    signing,
    suppressed,
)
from protocol_service.spool.batch import Work
from protocol_service.spool.bounces import ReturnTarget
from protocol_service.spool.gathered import Gathered, NotWritten
from protocol_service.spool.holdings import Holdings
from protocol_service.spool.hops import Down, Full, Hops
from protocol_service.spool.outcome import Outcome, Result, for_all
from protocol_service.spool.remote import Errand, RemoteAgent
from protocol_service.spool.router import AliasTargets, ListRecipient, LocalTarget
from protocol_service.spool.settle import is_plain, settle
from protocol_service.verification.verifier import Verifier

log = logging.getLogger(__name__)

READ_TOGETHER_BYTES = 64 * 1024

filed = metrics.counter("postroom_spool_filed_total", "Recipients whose mailbox got the message")
_errands = metrics.counter("postroom_spool_errands_total", "Recipients tried at other servers", ["result"])


@dataclass(frozen=True, slots=True)
class Standing:
    """An errand that stands in line: its bytes are read and signed when it is its turn."""

    message: SpooledMessage
    hop: str
    recipients: tuple[SpooledRecipient, ...]
    return_path: str
    gateways: tuple[Gateway, ...]
    via: str
    tag: Tag | None = None

    def errand(self, raw: bytes) -> Errand:
        """What the agent is given."""
        return Errand(self.message, self.hop, self.recipients, self.return_path, raw, self.gateways)


Spawn = Callable[[Coroutine[Any, Any, None]], None]


class Delivery:
    """How the worker `node` delivers. `spawn` starts a task that outlives the call."""

    def __init__(
        self, node: str, agent: RemoteAgent, verifier: Verifier, holdings: Holdings, spawn: Spawn
    ) -> None:
        self._node = node
        self._verifier = verifier
        self._agent = agent
        self._holdings = holdings
        self._hops = Hops()
        self._gathered = Gathered(spawn)
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
        if len(works) > 1:
            works = await self._file_together(await _read(works))
        for claim, raw in works:
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
        filtered = FilteredMessage(message.sender, raw, message.results)
        plan = await router.route(filtered, claim.recipients)
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
        for leg, recipients in plan.remote.items():
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
                for recipient_id in await self._send(standing, raw):
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

    # -- other servers

    async def _send(self, standing: Standing, raw: bytes) -> list[int]:
        """Start an errand; none when too many stand in line for its next hop, and then no attempt is counted,
        or when that is known to be out of reach, which counts as one.
        """
        recipient_ids = [recipient.id for recipient in standing.recipients]
        try:
            is_urgent = any(recipient.is_urgent for recipient in standing.recipients)
            self._hops.enter(standing.hop, is_urgent=is_urgent)
        except Full as full:
            await self._postpone(standing, full)
            return []
        except Down as down:
            await settle(self._node, standing.message, _unreached(standing.recipients, down), raw)
            return []
        self._spawn(self._errand(standing, self._holdings.carry(raw)))
        return recipient_ids

    async def _errand(self, standing: Standing, carried: bytes | None) -> None:
        """`carried`: the message, unless too much is in memory already; it is read again then."""
        message, recipients = standing.message, standing.recipients
        is_in_line = True
        try:
            raw, outcomes = await self._attempt(standing, carried)
            for outcome in outcomes:
                _errands.labels(outcome.result.value).inc()
            await self._settle(message, outcomes, raw)
        except Full as full:
            is_in_line = False
            await self._postpone(standing, full)
        except Exception:
            log.exception("the errand of message %d to %s failed", message.id, standing.hop)
            await self._defer(message, recipients)
        finally:
            if is_in_line:
                self._hops.leave(standing.hop)
            self._holdings.put_down(carried)
            self._holdings.drop([recipient.id for recipient in recipients])

    async def _attempt(self, standing: Standing, carried: bytes | None) -> tuple[bytes, list[Outcome]]:
        """The message as it was to leave, and what came of it. Raises `Full`."""
        try:
            async with self._hops.turn(standing.hop):
                raw = carried or await blobs.read(standing.message.blob_id)
                raw = await self._dressed(standing, raw)
                outcomes = await self._agent.deliver(standing.errand(raw))
                self._hops.learn(standing.hop, outcomes)
                return raw, outcomes
        except Down as down:
            raw = carried or await blobs.read(standing.message.blob_id)
            return raw, _unreached(standing.recipients, down)

    async def _dressed(self, standing: Standing, raw: bytes) -> bytes:
        """The message as it leaves: signed or sealed, and with what is its recipients' own."""
        if standing.tag is not None:
            return await list_departures.dressed(standing.tag, standing.message, standing.recipients[0], raw)
        raw = await signing.sign(standing.message, raw, standing.via, self._verifier)
        return _marked(raw, standing.via)

    async def _postpone(self, standing: Standing, full: Full) -> None:
        recipient_ids = [recipient.id for recipient in standing.recipients]
        until = clock.now() + round(full.wait_s)
        await db.write(partial(queue.postpone, node=self._node, recipient_ids=recipient_ids, until=until))

    async def _settle(self, message: SpooledMessage, outcomes: Sequence[Outcome], raw: bytes) -> None:
        if all(is_plain(outcome) for outcome in outcomes):
            try:
                await self._gathered.delivered(message.id, [outcome.attempt for outcome in outcomes])
            except NotWritten:
                pass  # alone, then
            else:
                return
        await settle(self._node, message, outcomes, raw)

    def shed(self) -> None:
        """Let go of what slow hosts are not going to take soon."""
        self._hops.shed()

    async def _defer(self, message: SpooledMessage, recipients: Sequence[SpooledRecipient]) -> None:
        outcomes = for_all(recipients, Result.DEFERRED, "4.3.0", "Temporary fault of this server")
        try:
            raw = await blobs.read(message.blob_id)
            await settle(self._node, message, outcomes, raw)
        except Exception:
            log.exception("message %d stays leased until its lease runs out", message.id)


async def _read(works: Sequence[Work]) -> Sequence[Work]:
    """The same with the bytes of small messages, which one query reads for all of them."""
    wanted = [
        claim.message.blob_id
        for claim, raw in works
        if raw is None and claim.message.size_bytes <= READ_TOGETHER_BYTES
    ]
    if len(wanted) < 2:
        return works
    try:
        found = await blobs.read_many(wanted)
    except NotFound:
        return works  # whose it is will say so
    return [(claim, found.get(claim.message.blob_id) if raw is None else raw) for claim, raw in works]


def _unreached(recipients: Sequence[SpooledRecipient], down: Down) -> list[Outcome]:
    silence = down.silence
    return for_all(recipients, Result.DEFERRED, silence.status, silence.reply, silence.host)


def _marked(raw: bytes, via: str) -> bytes:
    """Should a message come back to the alias it left by, the router knows it by this (`filters.loop`)."""
    return f"Delivered-To: {via}\r\n".encode() + raw if via else raw
