"""What the audit says of guessing: once a quarter of an hour for each account or address, over all protocols
and processes.
"""

from __future__ import annotations

import logging

from backend.directory import audit, guessing
from backend.directory.principal import SYSTEM, Principal
from backend.kit import db, ratelimit
from backend.kit.errors import RateLimited, Unavailable

log = logging.getLogger(__name__)


async def note_refusal(
    principal: Principal | None, refusal: RateLimited, protocol: str, remote_address: str
) -> None:
    """Record that sign-ins are refused now: of an account, or from an address."""
    by = refusal.detail.get("by")
    if by == guessing.BY_PACE:
        return  # slowed for a second, not yet refused
    network = guessing.network_of(remote_address)
    # Logins that name nobody are told together: what was typed may be a password, and they have no end.
    name = principal.name if principal is not None and by != guessing.BY_ADDRESS else ""
    told = await ratelimit.take(f"signin:told:{name or network}", 1, guessing.PER_S, fail_open=False)
    if not told.allowed:
        return
    log.warning("sign-ins of %s from %s are refused: too many failed", name or "several logins", network)
    actor = SYSTEM.through(None, remote_address)
    domain_id = principal.domain_id if principal is not None and name else None
    detail = {"protocol": protocol, "by": by}
    try:
        await db.write(
            lambda tx: audit.record(tx, actor, "sign_in.refuse", name or network, domain_id, detail),
            durable=False,
        )
    except Unavailable as error:
        log.warning("the audit cannot be written: %s", error)
