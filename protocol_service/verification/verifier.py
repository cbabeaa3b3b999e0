"""All checks of one message, together and in bounded time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from backend.directory import settings
from backend.formats import arc, authentication_results, dkim, dkim_verification, dmarc, spf
from backend.formats.authentication_results import Findings
from backend.formats.dkim_verification import Signature, Verified
from backend.formats.lookups import Lookups
from backend.kit import clock
from backend.spool.types import SpooledMessage
from protocol_service.verification.dmarc_counts import DmarcCounts

T = TypeVar("T")

log = logging.getLogger(__name__)

FORWARDERS = "reception.trusted_forwarders"
WHOLE_S = 20.0
AT_ONCE = 64
MOST_AUTHORS = 10
_STRICTNESS = {"": 0, dmarc.NONE: 1, dmarc.QUARANTINE: 2, dmarc.REJECT: 3}
# Above this a message is read in a thread.
THREAD_BYTES = 256 * 1024
_NO_TIME = ("dkim=temperror", "spf=temperror", "dmarc=temperror", "arc=temperror")


class Verifier:
    """For one worker: no more than `at_once` messages at a time. `counts` is for reports."""

    def __init__(self, lookups: Lookups, *, at_once: int = AT_ONCE) -> None:
        self._lookups = lookups
        self._turns = asyncio.Semaphore(at_once)
        self.counts = DmarcCounts()

    async def results(
        self, message: SpooledMessage, raw: bytes, recipient_domain: str, *, refuses: bool = False
    ) -> tuple[str, ...]:
        """What `authentication_results.lines` says of a message that came from elsewhere, for a recipient of
        that domain; `refuses`: what is to be refused will be. Never raises.
        """
        async with self._turns:
            try:
                async with asyncio.timeout(WHOLE_S):
                    found = await self._findings(message, raw)
                    await self.counts.see(message, found, recipient_domain, is_refused=refuses)
                    return tuple(authentication_results.lines(found))
            except TimeoutError:
                return _NO_TIME
            except Exception:
                log.exception("the origin of message %d cannot be verified", message.id)
                return _NO_TIME

    async def chain(self, raw: bytes) -> arc.Result:
        """Whether the chain of a message holds, for one that was not verified when it came."""
        try:
            async with asyncio.timeout(WHOLE_S):
                return await arc.check(await _prepared(arc.prepare, raw), self._lookups)
        except TimeoutError:
            return arc.Result.TEMPERROR

    async def _findings(self, message: SpooledMessage, raw: bytes) -> Findings:
        signatures, prepared, authors = await _prepared(_read, raw)
        identity = message.sender or message.helo
        domain = identity.rpartition("@")[2]
        spf_result, verified, chain = await asyncio.gather(
            self._spf(message, domain), self._dkim(signatures), arc.check(prepared, self._lookups)
        )
        verdicts = [
            await dmarc.evaluate(
                self._lookups,
                author,
                spf_domain=domain.lower() if spf_result is spf.Result.PASS else None,
                dkim_domains=[one.domain for one in verified if one.result is dkim_verification.Result.PASS],
            )
            for author in authors or [""]
        ]
        # Of several authors the strictest domain has its way (RFC 7489 §6.6.1).
        worst = max(range(len(verdicts)), key=lambda at: _STRICTNESS[verdicts[at].asked])
        from_domain = authors[worst] if authors else ""
        verdict = _with_faults(verdicts[worst], spf_result, verified)
        forwarder = ""
        if verdict.result is dmarc.Result.FAIL:
            vouchers = [one.domain for one in verified if one.result is dkim_verification.Result.PASS]
            vouchers += [domain.lower()] if spf_result is spf.Result.PASS else []
            vouchers += [arc.voucher(prepared.chain)] if chain is arc.Result.PASS else []
            forwarder = await _trusted(vouchers)
            verdict = replace(verdict, asked=dmarc.NONE) if forwarder else verdict
        return Findings(
            spf=spf_result,
            spf_identity=identity,
            is_helo=not message.sender,
            signatures=tuple(verified),
            dmarc=verdict,
            from_domain=from_domain,
            arc=chain,
            arc_sets=prepared.chain.highest,
            forwarder=forwarder,
        )

    async def _spf(self, message: SpooledMessage, domain: str) -> spf.Result:
        return await spf.check(
            self._lookups,
            message.remote_address,
            domain,
            sender=message.sender or f"postmaster@{domain}",
            helo=message.helo,
        )

    async def _dkim(self, signatures: Sequence[Signature]) -> list[Verified]:
        return await asyncio.gather(*(dkim_verification.check(one, self._lookups) for one in signatures))


async def _trusted(domains: Iterable[str]) -> str:
    """The first of the domains that is, or is below, a trusted forwarder."""
    trusted = str(await settings.get(FORWARDERS)).lower().split()
    return next(
        (one for one in domains if any(one == name or one.endswith(f".{name}") for name in trusted)), ""
    )


async def _prepared(read: Callable[[bytes], T], raw: bytes) -> T:
    return await asyncio.to_thread(read, raw) if len(raw) > THREAD_BYTES else read(raw)


def _read(raw: bytes) -> tuple[list[Signature], arc.Prepared, list[str]]:
    return (
        dkim_verification.read(raw, now=clock.now()),
        arc.prepare(raw),
        dkim.author_domains(raw, MOST_AUTHORS),
    )


def _with_faults(
    verdict: dmarc.Verdict, spf_result: spf.Result, verified: Sequence[Verified]
) -> dmarc.Verdict:
    """A failure is none as long as what could have passed was not to be found out (RFC 7489 §6.6.2)."""
    is_open = spf_result is spf.Result.TEMPERROR or any(
        one.result is dkim_verification.Result.TEMPERROR for one in verified
    )
    if verdict.result is dmarc.Result.FAIL and is_open:
        return dmarc.Verdict(dmarc.Result.TEMPERROR, verdict.policy)
    return verdict
