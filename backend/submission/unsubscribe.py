"""Leaving the list of a message: by one click (RFC 8058), by a letter, or by a page that the reader visits.

The click is a POST from here, so that the sender learns nothing of the reader but the wish; HTTPS to public
addresses only, no redirects, bounded time, and only where the message's signature covers it.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b

import httpx
import structlog

from backend.formats import headers
from backend.formats.addresses import Mailbox
from backend.formats.compose import Draft
from backend.formats.list_unsubscribe import Letter, Ways
from backend.kit import clock, db, ids, public_http, ratelimit
from backend.kit.errors import NotFound, RateLimited, Unavailable
from backend.mailstore import reader
from backend.submission import letters, origin

log = structlog.get_logger(__name__)
TIMEOUT_S = 10.0
PER_HOUR = 60
BODY = b"List-Unsubscribe=One-Click"
_HEADERS = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "Mozilla/5.0 (unsubscribe)"}


class Way(StrEnum):
    """How a list is left."""

    POST = "post"
    MAIL = "mail"
    WEB = "web"


@dataclass(frozen=True, slots=True)
class Offer:
    """What the reader may do: the best way, where it leads, and when it was done already."""

    way: Way
    target: str
    left_at: int | None


async def offer(account_id: int, prefix: bytes, raw: bytes) -> Offer | None:
    """What a message offers, None where there is no list to leave."""
    ways = origin.unsubscribe_ways(prefix, raw)
    if ways is None:
        return None
    left_at = await db.fetch_value(
        "SELECT left_at FROM left_list WHERE account_id = ? AND list_key = ?", account_id, _key(raw)
    )
    way, target = _best(ways)
    return Offer(way, target, left_at)


async def leave(account_id: int, owner_id: int, ref: int) -> Offer:
    """Do it, by the best way; a page to visit is only remembered as visited.

    Raises NotFound (no such message or nothing to leave), Unavailable where the list's server does not take
    it, and what `letters.send` raises.
    """
    prefix = (await reader.stored(owner_id, ref)).prefix
    raw = await reader.read_message(owner_id, ref)
    ways = origin.unsubscribe_ways(prefix, raw)
    if ways is None:
        raise NotFound("This message names no way to leave its list")
    verdict = await ratelimit.take(f"unsubscribe:{account_id}", PER_HOUR, 3600, fail_open=True)
    if not verdict.allowed:
        raise RateLimited("That was often: try again later", retry_after_s=verdict.retry_after_s)
    way, target = _best(ways)
    if way is Way.POST:
        await _post(target)
    elif way is Way.MAIL and ways.letter is not None:
        await _write(account_id, prefix, ways.letter)
    now = clock.now()
    await db.write(
        lambda tx: tx.execute(
            "INSERT INTO left_list (id, account_id, list_key, way, left_at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (account_id, list_key) DO UPDATE SET way = excluded.way,"
            " left_at = excluded.left_at",
            ids.new_id(),
            account_id,
            _key(raw),
            way.value,
            now,
        )
    )
    return Offer(way, target, now)


def _best(ways: Ways) -> tuple[Way, str]:
    if ways.post:
        return Way.POST, ways.post
    if ways.letter is not None:
        return Way.MAIL, str(ways.letter.to)
    return Way.WEB, ways.web


async def _post(url: str) -> None:
    try:
        async with asyncio.timeout(TIMEOUT_S):
            status = await public_http.post(httpx.URL(url), BODY, headers=_HEADERS, timeout_s=TIMEOUT_S)
    except (NotFound, TimeoutError, httpx.HTTPError, httpx.InvalidURL, OSError) as exc:
        log.info("unsubscribe_failed", host=httpx.URL(url).host, cause=repr(exc))
        raise Unavailable("The list's server does not answer: try again later") from exc
    if not 200 <= status < 300:
        raise Unavailable(f"The list's server did not take it (status {status})")


async def _write(account_id: int, prefix: bytes, letter: Letter) -> None:
    """Ask by mail, from the address that the list knows."""
    known = (headers.first(prefix, b"delivered-to") or b"").decode("utf-8", "replace").strip()
    sender = await letters.own_identity(account_id, (known,))
    box = Mailbox(sender.name, sender.address.localpart, sender.address.domain)
    draft = Draft(
        sender=box,
        date=clock.now(),
        message_id=letters.message_id(),
        to=(Mailbox("", letter.to.localpart, letter.to.domain),),
        subject=letter.subject,
        text=letter.body or "unsubscribe",
    )
    await letters.send(account_id, sender.address, draft)


def _key(raw: bytes) -> int:
    """The hash of what a list is known by: its List-Id, else who the message is from."""
    name = headers.first(raw, b"list-id")
    name = name[name.rfind(b"<") :] if name else (headers.first(raw, b"from") or b"")
    return int.from_bytes(blake2b(name.strip().lower()[:1000], digest_size=8).digest(), "big") >> 1
