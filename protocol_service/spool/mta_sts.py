"""The MTA-STS policies of domains we send to (RFC 8461), kept in the database for as long as they say.

A domain that once had a policy keeps it until it expires, whatever DNS or its web server say in the meantime:
that is what keeps an attacker from switching it off. Fetching waits `FETCH_S` at most and holds up only mail
to that domain.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import httpx

from backend.formats import mta_sts
from backend.formats.errors import InvalidSyntax
from backend.formats.mta_sts import Mode, Policy
from backend.kit import clock, db, public_http
from backend.kit.db import Tx
from backend.kit.errors import MailError, TooLarge
from backend.kit.resolver import DnsUnavailable, NoData, NoSuchName, Resolver

log = logging.getLogger(__name__)

FETCH_S = 10.0
LOOKED_S = 600.0
MAX_BYTES = 64 * 1024
REMEMBERED = 10_000

Fetch = Callable[[str], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class _Stored:
    """A row: the policy, under which id it was fetched, and when it ends."""

    policy: Policy
    policy_id: str
    expires_at: int


async def fetch(domain: str) -> str:
    """The text of a domain's policy file. Raises OSError, httpx's errors, or a `MailError`."""
    url = httpx.URL(f"https://mta-sts.{domain}/.well-known/mta-sts.txt")
    async with (
        asyncio.timeout(FETCH_S),
        public_http.get(url, headers={"Accept": "text/plain"}, timeout_s=FETCH_S) as response,
    ):
        response.raise_for_status()
        content = bytearray()
        async for chunk in response.aiter_bytes():
            content += chunk
            if len(content) > MAX_BYTES:
                raise TooLarge("The policy is too large")
    return content.decode("utf-8", "replace")


class MtaSts:
    """Policies as one worker asks for them."""

    def __init__(self, resolver: Resolver, fetch: Fetch = fetch) -> None:
        self._resolver = resolver
        self._fetch = fetch
        self._looked: dict[str, tuple[float, Policy | None]] = {}

    async def policy(self, domain: str) -> Policy | None:
        """The domain's policy, None where it has none; one in mode `none` counts as none."""
        if domain.startswith("["):
            return None
        known = self._looked.get(domain)
        if known is None or known[0] <= time.monotonic():
            found = await self._look(domain)
            if len(self._looked) >= REMEMBERED:
                self._looked.clear()
            known = self._looked[domain] = (time.monotonic() + LOOKED_S, found)
        return known[1]

    async def _look(self, domain: str) -> Policy | None:
        stored = await _stored(domain)
        policy_id = await self._published_id(domain)
        if policy_id is not None and (stored is None or stored.policy_id != policy_id):
            stored = await self._renew(domain, policy_id) or stored
        return stored.policy if stored is not None and stored.policy.mode is not Mode.NONE else None

    async def _published_id(self, domain: str) -> str | None:
        try:
            answer = await self._resolver.resolve(f"_mta-sts.{domain}", "TXT")
        except (NoSuchName, NoData, DnsUnavailable):
            return None
        return mta_sts.record_id([b"".join(record.strings).decode("utf-8", "replace") for record in answer])

    async def _renew(self, domain: str, policy_id: str) -> _Stored | None:
        try:
            policy = mta_sts.parse_policy(await self._fetch(domain))
        except (OSError, TimeoutError, httpx.HTTPError, httpx.InvalidURL, MailError, InvalidSyntax) as error:
            log.warning("the MTA-STS policy of %s cannot be had: %r", domain, error)
            return None
        stored = _Stored(policy, policy_id, clock.now() + policy.max_age_s)
        await db.write(lambda tx: _store(tx, domain, stored), durable=False)
        return stored


async def _stored(domain: str) -> _Stored | None:
    row = await db.fetch_row(
        "SELECT mode, mx, max_age_s, policy_id, expires_at FROM mta_sts_policy"
        " WHERE domain = ? AND expires_at > ?",
        domain,
        clock.now(),
    )
    if row is None:
        return None
    return _Stored(Policy(Mode(row[0]), tuple(json.loads(row[1])), row[2]), row[3], row[4])


async def _store(tx: Tx, domain: str, stored: _Stored) -> None:
    policy = stored.policy
    await tx.execute(
        "INSERT INTO mta_sts_policy (domain, mode, mx, max_age_s, policy_id, expires_at)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (domain) DO UPDATE SET mode = excluded.mode,"
        " mx = excluded.mx, max_age_s = excluded.max_age_s, policy_id = excluded.policy_id,"
        " expires_at = excluded.expires_at",
        domain,
        policy.mode.value,
        json.dumps(policy.mx),
        policy.max_age_s,
        stored.policy_id,
        stored.expires_at,
    )
