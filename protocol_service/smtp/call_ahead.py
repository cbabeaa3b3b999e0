"""Asking the server behind a route whether it takes a recipient, before we do (a call-ahead).

The question is a transaction that ends before its data: MAIL from nobody, RCPT, QUIT. Answers are remembered,
a refusal for minutes, a consent for hours, and shared with the other processes (`shared_answers`). Where the
server cannot be asked, whom it took before is accepted on its behalf, as a backup does, and for others the
sender is told to come back.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from enum import Enum

from backend.directory.domain_routes import Route
from backend.directory.types import Tls
from backend.formats.addresses import Address, format_addr_spec
from protocol_service.client_tls import ClientTls
from protocol_service.smtp.shared_answers import SharedAnswers
from protocol_service.spool.smtp_link import ProtocolError, Reply, Security, SmtpLink, Timeouts, TlsFailed

log = logging.getLogger(__name__)

WHOLE_S = 20.0
TAKEN_S, REFUSED_S, SILENT_S = 6 * 3600.0, 600.0, 30.0
# How long a consent counts while the server cannot be asked.
TRUSTED_S = 7 * 86_400.0
CACHE_LIMIT = 100_000
AT_ONCE = 50
TIMEOUTS = Timeouts(connect=5, greeting=10, command=10)


class Answer(Enum):
    """What the other server says of a recipient."""

    TAKEN = "taken"
    REFUSED = "refused"
    UNKNOWN = "unknown"


_Key = tuple[str, int, Address]


class _Caller(SmtpLink):
    async def ask(self, recipient: str, *, is_ascii: bool) -> Reply:
        """The reply to RCPT, or to MAIL where that is refused already."""
        extra = "" if is_ascii else " SMTPUTF8"
        reply = await self._command(f"MAIL FROM:<>{extra}\r\n".encode(), self._timeouts.command)
        if not reply.is_positive:
            return Reply(450, f"MAIL was refused: {reply}")
        return await self._command(f"RCPT TO:<{recipient}>\r\n".encode(), self._timeouts.command)


class CallAhead:
    """Answers for one process, which may have `at_once` calls under way."""

    def __init__(
        self, helo: str, now: Callable[[], float] = time.monotonic, *, at_once: int = AT_ONCE
    ) -> None:
        self._helo = helo
        self._now = now
        self._at_once = at_once
        self._tls = ClientTls()
        self._shared = SharedAnswers(now)
        self._known: dict[_Key, tuple[float, Answer]] = {}
        self._taken: dict[_Key, float] = {}
        self._asking: dict[_Key, asyncio.Task[Answer]] = {}

    async def ask(self, route: Route, address: Address) -> Answer:
        """Whether the route's host takes the address, which is folded and under the domain's own name."""
        key = (route.host, route.port, address)
        known = self._known.get(key)
        if known is not None and known[0] > self._now():
            return known[1]
        task = self._asking.get(key)
        if task is None:
            if len(self._asking) >= self._at_once:
                return self._without_asking(key)
            task = self._asking[key] = asyncio.create_task(self._find_out(route, key))
            task.add_done_callback(lambda _: self._asking.pop(key, None))
        return await asyncio.shield(task)

    async def _find_out(self, route: Route, key: _Key) -> Answer:
        """What another process has heard, else what the server says now."""
        heard = await self._shared.read(*key)
        if heard is not None:
            is_taken, age_s = heard
            answer = self._learn(key, is_taken=is_taken, age_s=age_s)
            if self._known[key][0] > self._now():
                return answer
        return await self._call(route, key)

    async def _call(self, route: Route, key: _Key) -> Answer:
        try:
            async with asyncio.timeout(WHOLE_S):
                reply = await self._converse(route, key[2])
        except (OSError, ProtocolError, TlsFailed) as error:
            log.warning(
                "%s cannot be asked about recipients: %s", route.host, str(error) or type(error).__name__
            )
            reply = Reply(450, "")
        if reply.is_positive or reply.is_permanent:
            is_taken = reply.is_positive
            await self._shared.write(*key, is_taken=is_taken, lasts_s=TRUSTED_S if is_taken else REFUSED_S)
            return self._learn(key, is_taken=is_taken)
        found = self._without_asking(key)
        self._remember(key, found, SILENT_S)
        return found

    async def _converse(self, route: Route, address: Address) -> Reply:
        is_verified = route.tls in (Tls.VERIFIED, Tls.IMPLICIT)
        security = Security(
            self._tls.strict if is_verified else self._tls.lax,
            is_required=route.tls is not Tls.OPPORTUNISTIC,
            is_implicit=route.tls is Tls.IMPLICIT,
        )
        caller = await _Caller.connect(
            route.host, route.port, host=route.host, helo=self._helo, timeouts=TIMEOUTS, tls=security
        )
        try:
            if not caller.greeting.is_positive:
                return Reply(450, str(caller.greeting))
            recipient = format_addr_spec(address.localpart, address.domain)
            return await caller.ask(recipient, is_ascii=recipient.isascii())
        finally:
            await caller.quit()

    def _without_asking(self, key: _Key) -> Answer:
        return Answer.TAKEN if self._taken.get(key, 0.0) > self._now() else Answer.UNKNOWN

    def _learn(self, key: _Key, *, is_taken: bool, age_s: float = 0.0) -> Answer:
        """The server has said so, here or to another process, so long ago."""
        if is_taken:
            self._remember(key, Answer.TAKEN, TAKEN_S - age_s)
            self._taken[key] = self._now() + TRUSTED_S - age_s
            return Answer.TAKEN
        self._remember(key, Answer.REFUSED, REFUSED_S - age_s)
        self._taken.pop(key, None)
        return Answer.REFUSED

    def _remember(self, key: _Key, answer: Answer, seconds: float) -> None:
        for memory in (self._known, self._taken):
            if len(memory) >= CACHE_LIMIT:
                memory.clear()
        self._known[key] = (self._now() + seconds, answer)
