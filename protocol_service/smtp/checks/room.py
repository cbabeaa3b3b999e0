"""Whether a mailbox has room, without asking the table at every RCPT.

Delivery checks the quota exactly (`mailstore.ingest`); this refuses early. A mailbox that was seen with
plenty of room is not looked at again for some seconds, one that is nearly full is looked at every time.
"""

from __future__ import annotations

import time

from backend.directory import limits
from backend.mailstore import quota

KNOWN_S = 5.0
PLENTY_BYTES = 64 * 1024 * 1024
KNOWN_LIMIT = 20_000

_known: dict[int, tuple[float, int]] = {}


async def has_room(user_id: int, size_bytes: int) -> bool:
    """Whether a message of about that size fits into the user's quota now."""
    known = _known.get(user_id)
    if known is not None and known[0] > time.monotonic() and size_bytes < known[1]:
        return True
    quota_bytes = await limits.delivery_quota(user_id)
    if quota_bytes == 0:
        return True
    free_bytes = quota_bytes - (await quota.usage(user_id)).used_bytes
    if free_bytes > PLENTY_BYTES:
        if len(_known) >= KNOWN_LIMIT:
            _known.clear()
        _known[user_id] = (time.monotonic() + KNOWN_S, free_bytes // 2)
    else:
        _known.pop(user_id, None)
    return free_bytes >= max(1, size_bytes)
