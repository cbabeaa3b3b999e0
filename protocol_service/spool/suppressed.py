"""Recipients to whom nothing is sent: taken out of the plan before any host is asked."""

from __future__ import annotations

from backend.spool import suppression
from backend.spool.types import SpooledMessage
from protocol_service.spool.outcome import Outcome, Result
from protocol_service.spool.router import Plan


async def strike(plan: Plan, message: SpooledMessage) -> list[Outcome]:
    """Take suppressed recipients at other servers out of the plan; they have failed. Domains of ours that are
    routed to another server are no others.
    """
    legs = [leg for leg in plan.remote if not leg.is_routed]
    keys = {(one.localpart, one.domain) for leg in legs for one in plan.remote[leg]}
    if not keys:
        return []
    found = await suppression.blocking(keys, await suppression.owner_of(message.account_id))
    if not found:
        return []
    struck = []
    for leg in legs:
        left = []
        for recipient in plan.remote[leg]:
            entry = found.get((recipient.localpart, recipient.domain))
            if entry is None:
                left.append(recipient)
            else:
                # Who stands behind an alias is not for the sender to know.
                text = entry.refusal_by_name(recipient.via) if recipient.via else entry.refusal
                struck.append(Outcome(recipient, Result.FAILED, entry.status, text))
        if left:
            plan.remote[leg] = left
        else:
            del plan.remote[leg]
    return struck
