"""Handing a notice to the push service of a browser's maker (RFC 8030), as the server it knows (RFC 8292).

Where a subscription's endpoint lies is the browser's word: it is asked like any address that a stranger
chose, by HTTPS and never within our own network.
"""

from __future__ import annotations

import asyncio
import logging
from enum import StrEnum

import httpx

from backend.directory import server_secret
from backend.directory.push_devices import Subscription
from backend.formats import vapid, web_push
from backend.formats.errors import InvalidSyntax as BadText
from backend.formats.web_push import Receiver
from backend.kit import clock, config, metrics, public_http
from backend.kit.errors import InvalidSyntax, NotFound
from backend.notifications.payloads import Notice

log = logging.getLogger(__name__)

TIMEOUT_S = 10.0
TTL_S = 86_400
MAX_ENDPOINT_CHARS = 1000
_TOKEN_LASTS_S = 43_200
_REFUSED = "The address of the push service cannot be used"

_sent = metrics.counter("postroom_push_total", "Notices handed to push services", ["outcome"])


class Handed(StrEnum):
    """What came of it: taken, for another try later, no such subscription any more, or never to be taken."""

    TAKEN = "taken"
    LATER = "later"
    GONE = "gone"
    REFUSED = "refused"


async def server_key() -> str:
    """The key that browsers subscribe with; one for the installation, made when it is first asked for."""
    return vapid.public_key(vapid.key_of(await server_secret.get("vapid")))


async def require_usable(given: Subscription) -> None:
    """Refuse what no push service can have given: other than HTTPS, not public, keys that are none."""
    try:
        Receiver.parse(given.public_key, given.secret)
    except BadText as exc:
        raise InvalidSyntax(str(exc), field="publicKey") from exc
    url = _url(given.endpoint)
    try:
        async with asyncio.timeout(TIMEOUT_S):
            await public_http.require_public(url)
    except NotFound as exc:
        raise InvalidSyntax(_REFUSED, field="endpoint") from exc
    except (TimeoutError, OSError) as exc:
        # Asked again each time something is sent: a name server that is slow now is no reason to refuse.
        log.info("the push service %s cannot be looked up: %r", url.host, exc)


async def hand_over(to: Subscription, notice: Notice, *, urgency: str = "normal") -> Handed:
    """Give a notice to the push service, once; never raises for what happens there."""
    outcome = await _hand_over(to, notice, urgency)
    _sent.labels(outcome.value).inc()
    return outcome


async def _hand_over(to: Subscription, notice: Notice, urgency: str) -> Handed:
    url = _url(to.endpoint)
    body = web_push.encrypt(notice.text, Receiver.parse(to.public_key, to.secret))
    headers = {
        "Authorization": await _authorization(url),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(TTL_S),
        "Topic": notice.topic,
        "Urgency": urgency,
    }
    try:
        async with asyncio.timeout(TIMEOUT_S):
            status = await public_http.post(url, body, headers=headers, timeout_s=TIMEOUT_S)
    except (NotFound, TimeoutError, httpx.HTTPError, OSError) as exc:
        log.info("the push service %s does not answer: %r", url.host, exc)
        return Handed.LATER
    if 200 <= status < 300:
        return Handed.TAKEN
    if status in (404, 410):
        return Handed.GONE
    log.warning("the push service %s answers with status %d", url.host, status)
    return Handed.LATER if status == 429 or status >= 500 else Handed.REFUSED


async def _authorization(url: httpx.URL) -> str:
    return vapid.authorization(
        vapid.key_of(await server_secret.get("vapid")),
        audience=f"https://{url.netloc.decode('ascii')}",
        subject=f"mailto:postmaster@{config.current().hostname}",
        expires_at=clock.now() + _TOKEN_LASTS_S,
    )


def _url(endpoint: str) -> httpx.URL:
    if len(endpoint) > MAX_ENDPOINT_CHARS or not endpoint.isascii() or not endpoint.isprintable():
        raise InvalidSyntax(_REFUSED, field="endpoint")
    try:
        url = httpx.URL(endpoint)
    except httpx.InvalidURL as exc:
        raise InvalidSyntax(_REFUSED, field="endpoint") from exc
    if url.scheme != "https" or not url.host or url.userinfo or url.fragment:
        raise InvalidSyntax(_REFUSED, field="endpoint")
    return url
