"""Counts how messages came out under DMARC, in memory, and adds it up in the database now and then (RFC 7489
§7.2).

Only domains that ask for reports are counted. What was counted since the last time is lost when the process
is killed; it is a statistic.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter

from backend.directory import resolve, settings
from backend.formats import dmarc
from backend.formats.authentication_results import Findings
from backend.formats.dmarc_report import LOCAL_POLICY, TRUSTED_FORWARDER, Outcome, Signed
from backend.kit import clock, db
from backend.spool import dmarc_results
from backend.spool.dmarc_results import Kind
from backend.spool.types import SpooledMessage

log = logging.getLogger(__name__)

DAY_S = 86_400
WRITE_S = 60.0
MOST_KINDS = 20_000
SETTING = "dmarc_reports.send"
_DISOWNED = "reception.dmarc"


class DmarcCounts:
    """What one verifier has counted and not yet added up."""

    def __init__(self) -> None:
        self._counts: Counter[Kind] = Counter()
        self._writing: asyncio.Task[None] | None = None

    async def see(
        self, message: SpooledMessage, found: Findings, recipient_domain: str, *, is_refused: bool
    ) -> None:
        """One message, to a recipient of that domain; `is_refused` where the policy asks for it."""
        basis = found.dmarc.basis
        if basis is None or not basis.record.reports_to or not await settings.get(SETTING):
            return
        asked = found.dmarc.asked or dmarc.NONE
        done = asked if is_refused else await _done(asked, recipient_domain)
        override = TRUSTED_FORWARDER if found.forwarder else LOCAL_POLICY if done != asked else ""
        kind = Kind(clock.now() // DAY_S, basis.record, _outcome(message, found, basis, done, override))
        if kind in self._counts or len(self._counts) < MOST_KINDS:
            self._counts[kind] += 1
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_soon(), name="dmarc-counts")

    async def _write_soon(self) -> None:
        await asyncio.sleep(WRITE_S)
        self._writing = None
        await self.flush()

    async def flush(self) -> None:
        """Add up; what cannot be written is kept for the next time."""
        if not self._counts:
            return
        counts, self._counts = self._counts, Counter()
        try:
            await db.write(lambda tx: dmarc_results.add(tx, counts), durable=False)
        except Exception:
            self._counts.update(counts)
            log.exception("what was seen of DMARC cannot be counted")

    async def close(self) -> None:
        """Add up the last ones."""
        if self._writing is not None:
            self._writing.cancel()
            self._writing = None
        await self.flush()


async def _done(asked: str, recipient_domain: str) -> str:
    """What becomes of a message that was accepted (`filters.origin`)."""
    if asked == dmarc.NONE:
        return dmarc.NONE
    domain_id = await resolve.domain_id(recipient_domain)
    is_told_only = domain_id is not None and await settings.get(_DISOWNED, domain_id=domain_id) == "tell"
    return dmarc.NONE if is_told_only else dmarc.QUARANTINE


def _outcome(
    message: SpooledMessage, found: Findings, basis: dmarc.Basis, done: str, override: str
) -> Outcome:
    return Outcome(
        source_ip=message.remote_address,
        disposition=done,
        override=override,
        is_dkim_aligned=basis.is_dkim_aligned,
        is_spf_aligned=basis.is_spf_aligned,
        header_from=found.from_domain,
        envelope_from=message.sender.rpartition("@")[2].lower()[:253],
        spf_domain=found.spf_identity.rpartition("@")[2].lower()[:253],
        spf_scope="helo" if found.is_helo else "mfrom",
        spf_result=str(found.spf),
        signatures=tuple(
            Signed(one.domain[:253], one.selector[:253], str(one.result)) for one in found.signatures
        ),
    )
