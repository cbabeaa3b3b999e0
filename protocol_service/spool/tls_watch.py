"""Watches how the TLS of connections comes out (RFC 8460), in memory, and adds it up in the database now and
then.

Only connections to a domain's own hosts are counted, by the domain of the recipients. What goes through
gateways says nothing of it, and a message that wants to arrive whatever TLS says (`TLS-Required: No`) is no
witness: reports themselves are of that kind, so two servers do not report for ever about reports. What was
counted since the last time is lost when the process is killed; it is a statistic.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from backend.directory import settings
from backend.formats import mta_sts
from backend.kit import clock, db
from backend.spool import tls_sessions
from backend.spool.tls_sessions import DAY_S, Policy, Session
from protocol_service.spool.dane import Tlsa
from protocol_service.spool.smtp_client import SmtpClient
from protocol_service.spool.smtp_link import TlsFailed
from protocol_service.spool.tls_policy import Demand, Forbidden

MOST_KINDS = 20_000
SETTING = "tls_reports.send"
NO_POLICY = Policy("no-policy-found")
NOT_NAMED = "not a host of the policy"
NOT_OFFERED = "starttls-not-supported"


class TlsCounts:
    """What one worker has counted and not yet added up."""

    def __init__(self) -> None:
        self._counts: Counter[Session] = Counter()

    def add(self, session: Session) -> None:
        """One connection."""
        if session in self._counts or len(self._counts) < MOST_KINDS:
            self._counts[session] += 1

    async def flush(self) -> None:
        """Add up; what cannot be written is kept for the next time."""
        if not self._counts:
            return
        counts, self._counts = self._counts, Counter()
        try:
            await db.write(lambda tx: tls_sessions.add(tx, counts), durable=False)
        except BaseException:
            self._counts.update(counts)
            raise


class TlsWatch:
    """Watches the connections of one errand; without `domain` it looks away."""

    def __init__(self, counts: TlsCounts, domain: str | None, policy: mta_sts.Policy | None) -> None:
        self._counts = counts
        self._domain = domain
        self._policy = policy

    @classmethod
    async def on(cls, counts: TlsCounts, domain: str | None, policy: mta_sts.Policy | None) -> TlsWatch:
        """A watch, where reports are wanted at all."""
        return cls(counts, domain if domain and await settings.get(SETTING) else None, policy)

    def look_away(self) -> TlsWatch:
        """For what follows on a connection that is counted already."""
        return TlsWatch(self._counts, None, None)

    def connected(self, demand: Demand, client: SmtpClient) -> None:
        """A connection stands: over TLS, or there was none to be had."""
        policy = _policy_of(demand, self._policy)
        if policy.kind == "sts" and self._policy is not None and not self._policy.allows(demand.host):
            self._add(policy, "validation-failure", demand.host, client.address, NOT_NAMED)
        elif client.tls:
            self._add(policy)
        elif client.greeting.is_positive:
            self._add(policy, NOT_OFFERED, demand.host, client.address)

    def failed(self, demand: Demand, address: str, error: TlsFailed) -> None:
        """TLS did not come about, or not with whom it should."""
        self._add(_policy_of(demand, self._policy), error.result, demand.host, address, str(error))

    def forbidden(self, host: str, refusal: Forbidden) -> None:
        """The policy does not let us connect to the host."""
        policy = Policy("tlsa") if refusal.is_by_dane else _described(self._policy)
        self._add(policy, refusal.result, host, "", str(refusal))

    def _add(
        self, policy: Policy, result: str = "", host: str = "", address: str = "", information: str = ""
    ) -> None:
        if self._domain is not None:
            day = clock.now() // DAY_S
            self._counts.add(Session(day, self._domain, policy, result, host, address, information))


def _policy_of(demand: Demand, policy: mta_sts.Policy | None) -> Policy:
    if demand.name == "DANE":
        return Policy("tlsa", _records(demand.records))
    return _described(policy)


def _records(records: Sequence[Tlsa]) -> tuple[str, ...]:
    return tuple(f"{one.usage} {one.selector} {one.matching} {one.data.hex()}" for one in records)


def _described(policy: mta_sts.Policy | None) -> Policy:
    if policy is None:
        return NO_POLICY
    lines = (
        "version: STSv1",
        f"mode: {policy.mode.value}",
        *(f"mx: {pattern}" for pattern in policy.mx),
        f"max_age: {policy.max_age_s}",
    )
    return Policy("sts", lines, policy.mx)
