"""Sending open recipients another way: to another host, by a gateway, or to another address; and back again.

With a `domain` only recipients of that domain are meant. What changes is tried at once, what is held as soon
as it is released, what its sender may still undo at its own time. What a pause held is not held by it any
more. A worker's own recipients are passed over, as by every act.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backend.directory.names import address as parse_address
from backend.directory.names import bare
from backend.directory.principal import Principal
from backend.kit import db
from backend.kit.db import Tx
from backend.kit.errors import InvalidSyntax, NotFound
from backend.spool import admin, gateways, trace
from backend.spool.detours import Detour
from backend.spool.settlements import TRACED
from backend.spool.trace import Event
from backend.spool.types import Attempt, Instruction
from schema.events import SpoolReady

_NAMED = (
    "named_localpart = CASE WHEN named_domain = '' THEN localpart ELSE named_localpart END,"
    " named_domain = CASE WHEN named_domain = '' THEN domain ELSE named_domain END,"
    # RFC 3461 §5.2.7: reports go on to speak of the address that the sender knows.
    " orcpt = CASE WHEN orcpt = '' THEN 'rfc822;' || localpart || '@' || domain ELSE orcpt END"
)
# A pause is of the way they went; the worker holds them again where the new one is paused too.
_FREED = (
    f"state = CASE WHEN instruction = {int(Instruction.PAUSED)} THEN 0 ELSE state END,"
    f" instruction = CASE WHEN instruction = {int(Instruction.PAUSED)} THEN 0 ELSE instruction END"
)
_BACK = (
    "route = '',"
    " localpart = CASE WHEN named_domain = '' THEN localpart ELSE named_localpart END,"
    " domain = CASE WHEN named_domain = '' THEN domain ELSE named_domain END,"
    " named_localpart = '', named_domain = ''"
)


@dataclass(frozen=True, slots=True)
class _Change:
    """Columns to set, for recipients that are not so already; their trace says the host and the note."""

    assignments: str
    values: tuple[str, ...]
    condition: str
    domain: str
    host: str = ""
    note: str = ""

    async def apply(self, tx: Tx, message_ids: Sequence[int], now: int) -> list[int]:
        """The part of an act."""
        only = (" AND domain = ?", (self.domain.strip().lower().rstrip("."),)) if self.domain else ("", ())
        rows = await tx.fetch_rows(
            f"UPDATE spool_recipient SET {self.assignments}, {_FREED}, {TRACED} "
            f"WHERE message_id IN ({db.marks(len(message_ids))}) AND state < 2 AND lease_node = ''"
            f" AND {self.condition}{only[0]} RETURNING id, message_id, localpart",
            *self.values,
            trace.line(now, Event.REROUTED, Attempt(0, host=self.host, reply=self.note)),
            *message_ids,
            *self.values,
            *only[1],
        )
        await tx.execute_many(
            "UPDATE spool_recipient SET bare_localpart = ? WHERE id = ?",
            [(bare(row[2])[:64], row[0]) for row in rows],
        )
        await tx.execute_many(
            "UPDATE spool_recipient SET next_attempt_at = ?,"
            f" instruction = CASE WHEN state = 0 THEN {int(Instruction.URGENT)} ELSE instruction END "
            "WHERE id = ? AND message_id NOT IN (SELECT spool_id FROM submission"
            " WHERE release_at > ? AND state = 'held' AND spool_id IS NOT NULL)",
            [(now, row[0], now) for row in rows],
        )
        if rows:
            tx.announce(SpoolReady(now))
        return [row[1] for row in rows]


async def to_detour(actor: Principal, message_ids: Iterable[int], detour: Detour, domain: str = "") -> int:
    """Let these messages leave by the detour from now on."""
    shown = await _shown(detour)
    change = _Change("route = ?", (str(detour),), "route <> ?", domain, host=shown)
    detail = {"to": shown, "of": domain}
    return await admin.perform(actor, "spool.reroute", message_ids, change.apply, detail)


async def to_address(actor: Principal, message_ids: Iterable[int], address: str, domain: str = "") -> int:
    """Send these messages to another address instead; their reports go on to name the first one."""
    to = parse_address(address)
    if len(str(to)) > 320 or len(to.localpart) > 64:
        raise InvalidSyntax("The address is too long", field="address")
    change = _Change(
        f"{_NAMED}, localpart = ?, domain = ?",
        (to.localpart, to.domain),
        "(localpart <> ? OR domain <> ?)",
        domain,
        # The sender reads this too, and shall not learn who has the message now.
        note="Sent to another address",
    )
    detail = {"to": str(to), "of": domain}
    return await admin.perform(actor, "spool.reroute", message_ids, change.apply, detail)


async def reset(actor: Principal, message_ids: Iterable[int], domain: str = "") -> int:
    """Undo both for these messages; `domain` is the one they go to now."""
    change = _Change(_BACK, (), "(route <> '' OR named_domain <> '')", domain)
    return await admin.perform(actor, "spool.reset_route", message_ids, change.apply, {"of": domain})


async def _shown(detour: Detour) -> str:
    if not detour.gateway_id:
        return f"{detour.host}:{detour.port}"
    found = await gateways.by_id(detour.gateway_id)
    if found is None:
        raise NotFound("There is no such gateway that is enabled", field="gatewayId")
    return f"gateway {found.name}"
