"""What errors cost the peer: their replies come later and later, and after enough of them it has to go.

Unknown recipients and broken commands count alike. The budget of an address is shared by all its connections
to all processes. Strangers at the MX door alone are slowed; who is signed in, trusted or on this machine
still has the limit of a connection. A peer that is gone does not keep us.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from backend.directory import guessing, settings
from backend.directory.setting_keys import find
from backend.kit import metrics, ratelimit
from backend.kit.errors import MailError
from protocol_service.smtp import replies
from protocol_service.smtp.session import Hangup

if TYPE_CHECKING:
    from protocol_service.smtp.server import Server

log = logging.getLogger(__name__)

TARPIT_AFTER = "reception.tarpit_after"
TARPIT_SECONDS = "reception.tarpit_seconds"
PER_CONNECTION = "reception.errors_per_connection"
PER_ADDRESS = "reception.errors_per_address"
HOUR_S = 3600
_USUAL = int(find(PER_CONNECTION).default)

_slowed = metrics.counter("postroom_smtp_tarpit_total", "Replies that were held back")
_refused = metrics.counter(
    "postroom_smtp_error_limit_total", "Connections ended for the errors of an address"
)


async def limit() -> int:
    """How many broken commands a connection may send, without a message in between."""
    try:
        return await settings.get_number(PER_CONNECTION)
    except MailError:
        return _USUAL


async def slow_down(server: Server, errors: int) -> None:
    """Before the `errors`th error of a stranger is answered; raises `Hangup` past the address's limit."""
    try:
        after = await settings.get_number(TARPIT_AFTER)
        most_s = await settings.get_number(TARPIT_SECONDS)
        per_hour = await settings.get_number(PER_ADDRESS)
    except MailError as error:
        log.warning("errors are answered at once: %s", error)
        return
    if per_hour:
        key = f"smtp:errors:{guessing.network_of(server.session.address)}"
        if not (await ratelimit.take(key, per_hour, HOUR_S, fail_open=True)).allowed:
            _refused.inc()
            raise Hangup(replies.TOO_MANY_ERRORS)
    delay_s = delay(errors, after, most_s)
    if delay_s and not server.reception.is_draining:
        _slowed.inc()
        await server.linger(delay_s)


def delay(errors: int, after: int, most_s: int) -> int:
    """Seconds before the `errors`th error is answered: 1, 2, 4, … from the `after`th on, `most_s` at most."""
    if after == 0 or errors < after:
        return 0
    return min(most_s, 1 << min(errors - after, 16))
