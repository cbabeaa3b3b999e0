"""Delivery to other servers: which host, over which connection.

A host that cannot be reached or is unwilling leaves the turn to the next one. What a server says to a
recipient counts for that recipient. Once the final dot is out and no reply comes, the message may have been
taken: it is deferred, and no other host is asked (RFC 5321 §4.5.3.2.6).
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from backend.formats.mta_sts import Policy
from backend.kit.config import HostPort, Settings
from backend.kit.resolver import Resolver
from backend.spool.types import SpooledRecipient
from protocol_service.spool import mta_sts, next_hop, one_copy, sources, tls_policy
from protocol_service.spool.ahead import Onward, RecentHosts, Turn
from protocol_service.spool.connecting import Connector
from protocol_service.spool.errand import Errand, cannot_take, outgoing
from protocol_service.spool.judgement import Unwilling, cause_of, give_up, judge, left_by, unreached
from protocol_service.spool.mta_sts import Fetch, MtaSts
from protocol_service.spool.mx import Host, MxLookup, NoRoute
from protocol_service.spool.next_hop import NextHop
from protocol_service.spool.outcome import Outcome, Result, for_all
from protocol_service.spool.pool import MESSAGES_PER_CONNECTION, Pool
from protocol_service.spool.router import Leg
from protocol_service.spool.smtp_client import Answers, Outgoing, SmtpClient
from protocol_service.spool.smtp_link import ProtocolError, Timeouts
from protocol_service.spool.sources import Source
from protocol_service.spool.tls_policy import Demand, Forbidden, TlsPolicies
from protocol_service.spool.tls_watch import TlsCounts, TlsWatch

log = logging.getLogger(__name__)

RECIPIENTS_AT_ONCE = 100
ADDRESSES_TRIED = 6


class RemoteAgent:
    """Speaks to next hops for one worker."""

    def __init__(
        self,
        settings: Settings,
        lookup: MxLookup,
        policies: TlsPolicies,
        *,
        timeouts: Timeouts | None = None,
    ) -> None:
        self.pool = Pool()
        self._hostname = settings.hostname
        self._smarthost: HostPort | None = settings.smarthost
        self._lookup = lookup
        self._policies = policies
        self._connector = Connector(policies, port=settings.remote_smtp_port, timeouts=timeouts or Timeouts())
        self._tls_counts = TlsCounts()
        self._shy = RecentHosts()

    @classmethod
    def build(
        cls,
        settings: Settings,
        *,
        resolver: Resolver | None = None,
        timeouts: Timeouts | None = None,
        fetch: Fetch = mta_sts.fetch,
    ) -> RemoteAgent:
        """An agent with its lookups; what is given beyond the settings stands in for the world in tests."""
        resolver = resolver or Resolver(settings.dns_servers, asks_for_proof=settings.dns_trusted)
        policies = TlsPolicies(
            resolver,
            MtaSts(resolver, fetch),
            port=settings.remote_smtp_port,
            has_trusted_dns=settings.dns_trusted,
        )
        lookup = MxLookup(resolver, frozenset({settings.hostname}), more_names=sources.own_names)
        return cls(settings, lookup, policies, timeouts=timeouts)

    async def next_hop(self, return_path: str, leg: Leg) -> NextHop:
        """Who takes the message for recipients of that leg."""
        return await next_hop.choose(return_path, leg, self._smarthost)

    async def deliver(self, errand: Errand, turn: Turn | None = None) -> list[Outcome]:
        """One outcome for each recipient. `turn` may have another errand announced meanwhile; its next call
        is then for that one.
        """
        outcomes: list[Outcome] = []
        waiting = list(errand.recipients)
        while waiting:
            batch, waiting = one_copy.first(waiting, RECIPIENTS_AT_ONCE)
            found = await self._deliver_batch(errand, batch, turn)
            # "Too many recipients" beside accepted ones means: the rest in another transaction (RFC 5321
            # §4.5.3.1.10).
            surplus = [o for o in found if o.status == "4.5.3" and o.result is Result.DEFERRED]
            if surplus and any(o.result is Result.DELIVERED for o in found):
                waiting = [o.recipient for o in surplus] + waiting
                found = [o for o in found if o not in surplus]
            outcomes += found
        return outcomes

    async def close(self) -> None:
        """Close what is open."""
        await self.pool.close()

    async def count(self) -> None:
        """Add up what was seen of TLS since the last time."""
        await self._tls_counts.flush()

    async def _deliver_batch(
        self, errand: Errand, batch: Sequence[SpooledRecipient], turn: Turn | None
    ) -> list[Outcome]:
        used = await self._as_announced(errand, batch, turn)
        if used is not None:
            return used
        source = await sources.of(errand.return_path, self._hostname)
        if not errand.gateways:
            used = await self._over_open_connection(errand.line(source), errand, batch, turn)
            if used is not None:
                return used
        try:
            hosts = await self._hosts(errand, source)
        except NoRoute as refusal:
            result = Result.FAILED if refusal.status.startswith("5") else Result.DEFERRED
            return unreached(for_all(batch, result, refusal.status, refusal.text))
        policy = await self._policy(errand)
        watch = await TlsWatch.on(self._tls_counts, _watched(errand), policy)
        failures: list[Unwilling] = []
        tries = [(host, address) for host in hosts for address in host.addresses]
        for host, address in tries[:ADDRESSES_TRIED]:
            line = errand.line(source, host.gateway)
            try:
                # Each gateway has its turn, also where another one has a connection open.
                if host.gateway is not None:
                    used = await self._over_open_connection(line, errand, batch, turn)
                    if used is not None:
                        return used
                demand = await self._demand(host, policy, errand, watch)
                client = await self._connector.connect(host, address, source, demand, watch)
                return await self._hand_over(client, line, errand, batch, turn)
            except Unwilling as unwilling:
                log.info("%s [%s]: %s", host.name, address, unwilling.reply)
                failures.append(unwilling)
        return give_up(batch, failures or [Unwilling(errand.hop, "No mail host can be reached", "4.4.1")])

    async def _policy(self, errand: Errand) -> Policy | None:
        if errand.gateways:
            return None
        return await self._policies.of_domain(errand.hop, errand.message, errand.raw)

    async def _demand(self, host: Host, policy: Policy | None, errand: Errand, watch: TlsWatch) -> Demand:
        try:
            return await self._policies.demand(host, policy, errand.message, errand.raw)
        except Forbidden as refusal:
            watch.forbidden(host.name, refusal)
            raise Unwilling(host.name, str(refusal), refusal.status) from refusal

    async def _as_announced(
        self, errand: Errand, batch: Sequence[SpooledRecipient], turn: Turn | None
    ) -> list[Outcome] | None:
        """Over the connection on which it was announced; None where it was not, or where that came to
        nothing: then it goes as any other.
        """
        if turn is None or turn.ahead is None or turn.ahead.errand is not errand:
            return None
        ahead, turn.ahead = turn.ahead, None
        try:
            return await self._hand_over(ahead.client, ahead.line, errand, batch, turn, ahead.mail)
        except Unwilling as unwilling:
            log.info("%s does not go on with what was announced: %s", ahead.client.host, unwilling.reply)
            self._shy.add(ahead.client.host)
            return None

    async def _over_open_connection(
        self, line: str, errand: Errand, batch: Sequence[SpooledRecipient], turn: Turn | None
    ) -> list[Outcome] | None:
        """None when there is no connection left over, or it has gone stale: then a new one is made."""
        client = self.pool.take(line)
        if client is None:
            return None
        try:
            return await self._hand_over(client, line, errand, batch, turn)
        except Unwilling:
            return None

    async def _hosts(self, errand: Errand, source: Source) -> list[Host]:
        if errand.gateways:
            # A connection that leaves by a given address has to know the family of the other end.
            return [
                Host(
                    one.host,
                    await sources.addresses_of(one.host, one.port) if source.is_bound else (one.host,),
                    gateway=one,
                )
                for one in errand.gateways
            ]
        return await self._lookup.hosts(errand.hop)

    async def _hand_over(
        self,
        client: SmtpClient,
        line: str,
        errand: Errand,
        batch: Sequence[SpooledRecipient],
        turn: Turn | None,
        mail: Outgoing | None = None,
    ) -> list[Outcome]:
        """`mail` is what was announced already."""
        if errand.message.requires_tls and "REQUIRETLS" not in client.extensions:
            client.close()
            # Another host of the domain may support it; if none does, it is returned (RFC 8689 §4.2.1).
            raise Unwilling(client.host, f"{client.host} does not support REQUIRETLS", "5.7.30")
        if mail is None:
            refusal = cannot_take(client, errand, batch)
            if refusal is not None:
                self.pool.give(line, client)
                return left_by(client, for_all(batch, Result.FAILED, *refusal, client.host, client.tls))
            mail = await outgoing(client, errand, batch)
        onward = None
        if turn is not None and self._may_announce(client, turn):
            onward = Onward(turn, client, line, self._hostname)
        try:
            answers = await client.send(mail, onward)
        except (OSError, ProtocolError) as error:
            client.close()
            if client.has_sent_data_end:
                reply = f"No answer to the message: {cause_of(error)}"
                found = for_all(batch, Result.DEFERRED, "4.4.2", reply, client.host, client.tls)
                return left_by(client, found)
            raise Unwilling(client.host, f"Connection lost: {cause_of(error)}") from error
        except BaseException:
            client.close()
            raise
        self._keep(client, line, answers, onward)
        return left_by(client, judge(client, answers, batch))

    def _may_announce(self, client: SmtpClient, turn: Turn) -> bool:
        is_last = client.message_count + 1 >= MESSAGES_PER_CONNECTION
        return turn.ahead is None and not is_last and client.host not in self._shy

    def _keep(self, client: SmtpClient, line: str, answers: Answers, onward: Onward | None) -> None:
        last = answers.data or answers.mail
        if 421 in (answers.mail.code, last.code):
            client.close()
            if answers.mail.code == 421:
                raise Unwilling(client.host, str(answers.mail), answers.mail.status)
        elif onward is not None and onward.ahead is not None:
            onward.turn.ahead = onward.ahead
        else:
            self.pool.give(line, client)


def _watched(errand: Errand) -> str | None:
    """The domain of whose hosts the errand's connections tell, None for those that tell nothing."""
    is_waived = tls_policy.is_waived(errand.message, errand.raw)
    return None if errand.gateways or is_waived or errand.hop.startswith("[") else errand.hop
