"""Recipients to whom nothing is sent: taken out of the plan before any host is asked."""

from __future__ import annotations

from backend.spool import suppression
from backend.spool.types import SpooledMessage
from protocol_service.spool.outcome import Outcome, Result
from protocol_service.spool.router import Plan


async def strike(plan: Plan, message: SpooledMessage) -> list[Outcome]:
    """Take suppressed recipients at other servers out of the plan; they have failed."""
    if not plan.remote:
        return []
    keys = {(one.localpart, one.domain) for group in plan.remote.values() for one in group}
    found = await suppression.blocking(keys, await suppression.owner_of(message.account_id))
    if not found:
        return []
    struck = []
    for key, recipients in list(plan.remote.items()):
        left = []
        for recipient in recipients:
            entry = found.get((recipient.localpart, recipient.domain))
            if entry is None:
                left.append(recipient)
            else:
                # Who stands behind an alias is not for the sender to know.
                text = entry.refusal_by_name(recipient.via) if recipient.via else entry.refusal
                struck.append(Outcome(recipient, Result.FAILED, entry.status, text))
        if left:
            plan.remote[key] = left
        else:
            del plan.remote[key]
    return struck
