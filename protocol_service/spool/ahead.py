"""The next message on a connection, announced behind the end of the one before (RFC 2920 §3.1).

Only its envelope is: of a connection that breaks before the verdict on the first message nothing of the
second was taken, and it goes another way.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Protocol

from protocol_service.spool import sources
from protocol_service.spool.errand import Errand, cannot_take, outgoing
from protocol_service.spool.smtp_client import Outgoing, SmtpClient

MOST_RECIPIENTS = 50
SHY_S = 3600.0
_MOST_SHY = 1000


@dataclass(frozen=True, slots=True)
class Ahead:
    """What was announced, and on which connection."""

    errand: Errand
    client: SmtpClient
    line: str
    mail: Outgoing


class Turn(Protocol):
    """Who has errands for one next hop, one after the other. With `ahead` the next one is announced."""

    ahead: Ahead | None

    async def following(self) -> Errand | None:
        """The next one, if it is ready."""

    def let_go(self) -> None:
        """It is not to wait for this connection."""


class Onward:
    """What a connection is told of the next errand: whether it goes over the same one, and as what."""

    __slots__ = ("_client", "_hostname", "_line", "ahead", "turn")

    def __init__(self, turn: Turn, client: SmtpClient, line: str, hostname: str) -> None:
        self.turn = turn
        self.ahead: Ahead | None = None
        self._client = client
        self._line = line
        self._hostname = hostname

    async def following(self) -> Outgoing | None:
        """The message to announce."""
        errand = await self.turn.following()
        if errand is None or not await self._goes_along(errand):
            return None
        mail = await outgoing(self._client, errand, errand.recipients)
        self.ahead = Ahead(errand, self._client, self._line, mail)
        return mail

    def let_go(self) -> None:
        """The message was announced in vain."""
        self.ahead = None
        self.turn.let_go()

    async def _goes_along(self, errand: Errand) -> bool:
        if len(errand.recipients) > MOST_RECIPIENTS:
            return False
        source = await sources.of(errand.return_path, self._hostname)
        line = errand.line(source, errand.gateways[0] if errand.gateways else None)
        return line == self._line and cannot_take(self._client, errand, errand.recipients) is None


class RecentHosts:
    """Hosts that did not go on with what was announced; they are left in peace for a while."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}

    def add(self, host: str) -> None:
        """From now on."""
        if len(self._until) >= _MOST_SHY:
            self._until.clear()
        self._until[host] = time.monotonic() + SHY_S

    def __contains__(self, host: str) -> bool:
        return bool(self._until) and self._until.get(host, 0.0) > time.monotonic()
