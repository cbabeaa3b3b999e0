"""Errands to other servers: they stand in line by next hop, couriers carry them, and what came of them is
written down.

A courier is a task that runs through one line, errand after errand, over one connection where that is
possible; as many run through a line as its hop may have at a time (`hops`). While a message waits for its
verdict the courier may have the next one announced behind it (`RemoteAgent.deliver`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

from backend.formats.bounce_addresses import Tag
from backend.kit import blobs, clock, db, metrics
from backend.kit.db import Tx
from backend.kit.logging import correlation_id
from backend.spool import queue
from backend.spool.gateways import Gateway
from backend.spool.types import SpooledMessage, SpooledRecipient
from protocol_service.spool import list_departures, signing
from protocol_service.spool.ahead import Ahead
from protocol_service.spool.errand import Errand
from protocol_service.spool.gathered import Done, Gathered
from protocol_service.spool.holdings import Holdings
from protocol_service.spool.hops import Down, Full, Hops, Silence
from protocol_service.spool.outcome import Outcome, Result, for_all
from protocol_service.spool.remote import RemoteAgent
from protocol_service.spool.settle import defer, is_plain, settle
from protocol_service.verification.verifier import Verifier

log = logging.getLogger(__name__)

# What is larger takes its time on the wire, and another message gains nothing by being announced behind it.
FOLLOWING_BYTES = 64 * 1024

_tried = metrics.counter("postroom_spool_errands_total", "Recipients tried at other servers", ["result"])
_tried_with = {result: _tried.labels(result.value) for result in Result}

Spawn = Callable[[Coroutine[Any, Any, None]], None]


@dataclass(slots=True)
class Standing:
    """An errand that stands in line: it is read, where it is not `carried` in memory, and signed when it is
    its turn.
    """

    message: SpooledMessage
    hop: str
    recipients: tuple[SpooledRecipient, ...]
    return_path: str
    gateways: tuple[Gateway, ...]
    via: str
    tag: Tag | None = None
    carried: bytes | None = None
    correlation: str = ""

    def errand(self, raw: bytes) -> Errand:
        """What the agent is given."""
        return Errand(self.message, self.hop, self.recipients, self.return_path, raw, self.gateways)

    @property
    def may_follow(self) -> bool:
        """Whether it can be made ready while another message stands on the wire: nothing to be looked up."""
        is_here = self.carried is not None and len(self.carried) <= FOLLOWING_BYTES
        return is_here and not self.via and self.tag is None

    @property
    def recipient_ids(self) -> list[int]:
        return [recipient.id for recipient in self.recipients]


class Couriers:
    """The lines of the worker `node`. `spawn` starts a task that outlives the call."""

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
        self._verifier = verifier
        self._holdings = holdings
        self._spawn = spawn
        self._gathered = Gathered(spawn, written=self._written, alone=self._alone)
        self.hops = hops

    async def send(self, standing: Standing, raw: bytes) -> bool:
        """Let an errand stand in line, whose recipients are its own from then on. False where too many stand
        there already, and then no attempt is counted, or where the hop is known to be out of reach, which
        counts as one.
        """
        standing.carried = self._holdings.carry(raw)
        standing.correlation = correlation_id.get()
        try:
            is_urgent = any(recipient.is_urgent for recipient in standing.recipients)
            self.hops.enter(standing.hop, standing, is_urgent=is_urgent)
        except Full as full:
            self._holdings.put_down(standing.carried)
            await self._postpone([(standing, full.wait_s)])
            return False
        except Down as down:
            self._holdings.put_down(standing.carried)
            await settle(self._node, standing.message, _unreached(standing.recipients, down.silence), raw)
            return False
        self.admit(standing.hop)
        return True

    def admit(self, hop: str) -> None:
        """Set out as many couriers as the hop may have."""
        while self.hops.admits(hop):
            self._spawn(Courier(self, hop).run())

    def shed(self) -> None:
        """Let go of what slow hosts are not going to take soon."""
        sent = self.hops.shed()
        if sent:
            self._spawn(self._send_away(sent))

    async def run(self, standing: Standing, courier: Courier, errand: Errand | None) -> None:
        """One attempt; what came of it is written down later."""
        try:
            done = await self._attempt(standing, courier, errand)
        except Exception:
            log.exception("the errand of message %d to %s failed", standing.message.id, standing.hop)
            self._spawn(self._defer(standing))
            return
        finally:
            self.hops.done(standing.hop)
        for outcome in done.outcomes:
            _tried_with[outcome.result].inc()
        if len(done.outcomes) <= Gathered.EACH and all(is_plain(outcome) for outcome in done.outcomes):
            self._gathered.delivered(done)
        else:
            self._spawn(self._alone(done))

    async def dressed(self, standing: Standing, raw: bytes) -> bytes:
        """The message as it leaves: signed or sealed, and with what is its recipients' own."""
        if standing.tag is not None:
            return await list_departures.dressed(standing.tag, standing.message, standing.recipients[0], raw)
        raw = await signing.sign(standing.message, raw, standing.via, self._verifier)
        return _marked(raw, standing.via)

    async def _attempt(self, standing: Standing, courier: Courier, errand: Errand | None) -> Done:
        if errand is None:
            raw = standing.carried or await blobs.read(standing.message.blob_id)
            silence = self.hops.silence(standing.hop)
            if silence is not None:
                outcomes = _unreached(standing.recipients, silence)
                return Done(standing.message, outcomes, raw, standing.carried)
            errand = standing.errand(await self.dressed(standing, raw))
        outcomes = await self._agent.deliver(errand, courier)
        self.hops.learn(standing.hop, outcomes)
        self.admit(standing.hop)
        return Done(standing.message, outcomes, errand.raw, standing.carried)

    # -- what came of it

    def _written(self, group: Sequence[Done]) -> None:
        for done in group:
            self._holdings.put_down(done.carried)
        self._holdings.drop([outcome.recipient.id for done in group for outcome in done.outcomes])

    async def _alone(self, done: Done) -> None:
        try:
            await settle(self._node, done.message, done.outcomes, done.raw)
        except Exception:
            log.exception("the outcome of message %d cannot be written", done.message.id)
            await defer(self._node, done.message, [outcome.recipient for outcome in done.outcomes])
        finally:
            self._written([done])

    async def _defer(self, standing: Standing) -> None:
        try:
            await defer(self._node, standing.message, standing.recipients)
        finally:
            self._release(standing)

    async def _send_away(self, sent: Sequence[tuple[Standing, float]]) -> None:
        try:
            await self._postpone(sent)
        except Exception:
            log.exception("%d errands stay leased until their leases run out", len(sent))
        finally:
            for standing, _ in sent:
                self._release(standing)

    async def _postpone(self, sent: Sequence[tuple[Standing, float]]) -> None:
        now = clock.now()

        async def verb(tx: Tx) -> None:
            for standing, wait_s in sent:
                await queue.postpone(tx, self._node, standing.recipient_ids, until=now + round(wait_s))

        await db.write(verb)

    def _release(self, standing: Standing) -> None:
        self._holdings.put_down(standing.carried)
        self._holdings.drop(standing.recipient_ids)


class Courier:
    """Carries the errands of one line, one after the other."""

    def __init__(self, couriers: Couriers, hop: str) -> None:
        self._couriers = couriers
        self._hop = hop
        self._next: tuple[Standing, Errand] | None = None
        self.ahead: Ahead | None = None

    async def run(self) -> None:
        """Until nobody stands in line, or fewer may run through it."""
        hops = self._couriers.hops
        try:
            while True:
                found, self._next = self._next, None
                standing, errand = found or (hops.take(self._hop), None)
                if standing is None:
                    return
                correlation_id.set(standing.correlation)
                async with hops.in_all:
                    await self._couriers.run(standing, self, errand)
        finally:
            if self.ahead is not None:
                self.ahead.client.close()

    async def following(self) -> Errand | None:
        """The next errand made ready, to be announced behind the one that is on the wire; it stays the
        courier's own. None where there is none that could be.
        """
        if self._next is not None:
            return self._next[1]
        hops = self._couriers.hops
        standing = hops.peek(self._hop)
        if standing is None or standing.carried is None or not standing.may_follow:
            return None
        hops.take(self._hop)
        try:
            errand = standing.errand(await self._couriers.dressed(standing, standing.carried))
        except Exception:  # its own turn will have to do with it
            log.info("message %d cannot be announced", standing.message.id, exc_info=True)
            hops.put_back(self._hop, standing)
            return None
        self._next = standing, errand
        return errand

    def let_go(self) -> None:
        """Who was announced need not wait: others may be quicker."""
        if self._next is not None:
            self._couriers.hops.put_back(self._hop, self._next[0])
            self._next = None
            self._couriers.admit(self._hop)


def _unreached(recipients: Sequence[SpooledRecipient], silence: Silence) -> list[Outcome]:
    return for_all(recipients, Result.DEFERRED, silence.status, silence.reply, silence.host)


def _marked(raw: bytes, via: str) -> bytes:
    """Should a message come back to the alias it left by, the router knows it by this (`filters.loop`)."""
    return f"Delivered-To: {via}\r\n".encode() + raw if via else raw
