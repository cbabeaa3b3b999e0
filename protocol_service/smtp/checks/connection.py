"""Checks of a connection to the MX door before its first command: whether the client waits for our banner.

Programs that only send spam talk before a server has spoken (RFC 5321 §3.1 has the client wait). A stranger
is shown the first line of a banner whose last line comes some seconds later; who cannot wait is refused. A
waiting connection costs a timer. Whoever has waited is not kept again (`greeted`).
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from backend.directory import audit, guessing, settings
from backend.directory.principal import SYSTEM
from backend.kit import db, metrics, ratelimit
from backend.kit.errors import MailError, Unavailable
from protocol_service.smtp import replies
from protocol_service.smtp.session import Door, Hangup

if TYPE_CHECKING:
    from protocol_service.smtp.server import Server

log = logging.getLogger(__name__)

WAIT = "reception.greet_wait_seconds"
STRICT = "reception.strict_pipelining"
TOLD_S = 86_400

_talked_first = metrics.counter(
    "postroom_smtp_talked_first_total", "Connections refused because the client did not wait", ["when"]
)


async def greet(server: Server) -> None:
    """Say the banner; raises `Hangup` for a client that talks before it."""
    name = "LMTP" if server.door is Door.LMTP else "ESMTP"
    banner = f"{server.hostname} {name} Postroom"
    if server.is_stranger:
        await _wait(server, banner)
    server.say(replies.reply(220, "", banner))


async def require_turn(server: Server) -> None:
    """At EHLO: nothing may follow before its reply is read (RFC 2920 §3.1); raises `Hangup`."""
    if server.is_stranger and server.inbox.buffer and await settings.get(STRICT):
        await _refuse(server, "EHLO")


async def _wait(server: Server, banner: str) -> None:
    try:
        wait_s = await settings.get_number(WAIT)
    except MailError as error:
        log.warning("banners are not held back: %s", error)
        return
    address = server.session.address
    if wait_s == 0:
        return
    if await server.reception.greeted.knows(address):
        server.greeting = ("greeting=pass known",)
        return
    server.say(f"220-{banner}\r\n".encode("ascii"))
    if await server.hears(wait_s):
        await _refuse(server, "banner")
    server.greeting = ("greeting=pass waited",)
    await server.reception.greeted.learn(address)


async def _refuse(server: Server, when: str) -> None:
    _talked_first.labels(when).inc()
    network = guessing.network_of(server.session.address)
    log.info("%s did not wait for the %s", network, when)
    # Once a day for each network: they come in swarms.
    told = await ratelimit.take(f"talked-first:{network}", 1, TOLD_S, fail_open=False)
    if told.allowed:
        actor = SYSTEM.through(None, server.session.address)
        try:
            await db.write(
                lambda tx: audit.record(
                    tx, actor, "connection.refuse", network, None, {"talked_before": when}
                ),
                durable=False,
            )
        except Unavailable as error:
            log.warning("the audit cannot be written: %s", error)
    raise Hangup(replies.TALKED_FIRST)
