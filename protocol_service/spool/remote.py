"""Delivery to other servers: which host, which address, over TLS where it is offered, and what the replies
mean.

A host that cannot be reached or is unwilling leaves the turn to the next one. What a server says to a
recipient counts for that recipient. Once the final dot is out and no reply comes, the message may have been
taken: it is deferred, and no other host is asked (RFC 5321 §4.5.3.2.6).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from backend.directory.types import Tls
from backend.formats.mta_sts import Policy
from backend.kit.config import HostPort, Settings
from backend.kit.resolver import Resolver
from backend.spool.gateways import Gateway
from backend.spool.types import SpooledRecipient
from protocol_service.spool import mta_sts, next_hop, sources, tls_policy
from protocol_service.spool.ahead import Onward, RecentHosts, Turn
from protocol_service.spool.errand import Errand, cannot_take, outgoing
from protocol_service.spool.mta_sts import Fetch, MtaSts
from protocol_service.spool.mx import Host, MxLookup, NoRoute
from protocol_service.spool.next_hop import NextHop
from protocol_service.spool.outcome import Outcome, Result, for_all
from protocol_service.spool.pool import MESSAGES_PER_CONNECTION, Pool
from protocol_service.spool.router import Leg
from protocol_service.spool.smtp_client import Answers, Outgoing, SmtpClient
from protocol_service.spool.smtp_link import ProtocolError, Reply, Security, Timeouts, TlsFailed
from protocol_service.spool.sources import Source
from protocol_service.spool.tls_policy import Demand, Forbidden, TlsPolicies
from protocol_service.spool.tls_watch import TlsCounts, TlsWatch

log = logging.getLogger(__name__)

RECIPIENTS_AT_ONCE = 100
ADDRESSES_TRIED = 6
DOWN_S = 5.0


class _Unwilling(Exception):
    """This host will not take mail now; another one may."""

    def __init__(self, host: str, reply: str, status: str = "4.4.2") -> None:
        super().__init__(reply)
        self.host = host
        self.reply = reply
        self.status = status


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
        self._port = settings.remote_smtp_port
        self._lookup = lookup
        self._timeouts = timeouts or Timeouts()
        self._policies = policies
        self._down: dict[HostPort, tuple[float, str]] = {}
        self._without_tls: set[HostPort] = set()
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
            batch, waiting = waiting[:RECIPIENTS_AT_ONCE], waiting[RECIPIENTS_AT_ONCE:]
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
            return _unreached(for_all(batch, result, refusal.status, refusal.text))
        policy = await self._policy(errand)
        watch = await TlsWatch.on(self._tls_counts, _watched(errand), policy)
        failures: list[_Unwilling] = []
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
                client = await self._connect(host, address, source, demand, watch)
                return await self._hand_over(client, line, errand, batch, turn)
            except _Unwilling as unwilling:
                log.info("%s [%s]: %s", host.name, address, unwilling.reply)
                failures.append(unwilling)
        return _give_up(batch, failures or [_Unwilling(errand.hop, "No mail host can be reached", "4.4.1")])

    async def _policy(self, errand: Errand) -> Policy | None:
        if errand.gateways:
            return None
        return await self._policies.of_domain(errand.hop, errand.message, errand.raw)

    async def _demand(self, host: Host, policy: Policy | None, errand: Errand, watch: TlsWatch) -> Demand:
        try:
            return await self._policies.demand(host, policy, errand.message, errand.raw)
        except Forbidden as refusal:
            watch.forbidden(host.name, refusal)
            raise _Unwilling(host.name, str(refusal), refusal.status) from refusal

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
        except _Unwilling as unwilling:
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
        except _Unwilling:
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

    async def _connect(
        self, host: Host, address: str, source: Source, demand: Demand, watch: TlsWatch
    ) -> SmtpClient:
        port = host.gateway.port if host.gateway is not None else self._port
        known = self._down.get((address, port))
        if known is not None and known[0] > time.monotonic():
            raise _Unwilling(host.name, known[1], "4.4.1")
        try:
            client = await self._open(host, address, source, demand, watch)
        except TlsFailed as error:
            reason = f"No secure connection to {host.name} [{address}]: {error} ({demand.name})"
            raise _Unwilling(host.name, reason, "4.7.5") from error
        except (OSError, ProtocolError) as error:
            reason = f"Cannot connect to {host.name} [{address}]: {_reason(error)}"
            self._remember_down((address, port), reason)
            raise _Unwilling(host.name, reason, "4.4.1") from error
        if client.greeting.is_positive and host.gateway is not None and host.gateway.username:
            await self._sign_in(client, host.gateway)
        if not client.greeting.is_positive:
            client.close()
            # A host that greets with 5xx may be the wrong one of several; it is asked again later.
            raise _Unwilling(host.name, str(client.greeting), "4.3.2")
        return client

    async def _sign_in(self, client: SmtpClient, gateway: Gateway) -> None:
        try:
            reply = await client.sign_in(gateway.username, gateway.password)
        except (OSError, ProtocolError) as error:
            client.close()
            raise _Unwilling(client.host, f"Signing in failed: {_reason(error)}", "4.7.0") from error
        if not reply.is_positive:
            client.close()
            # The password may be put right before the message is too old.
            raise _Unwilling(client.host, f"Signing in was refused: {reply}", "4.7.8")

    async def _open(
        self, host: Host, address: str, source: Source, demand: Demand, watch: TlsWatch
    ) -> SmtpClient:
        if demand.is_trial:
            try:
                return await self._open(host, address, source, demand.in_earnest, watch)
            except TlsFailed as error:
                log.info("%s [%s]: would fail if MTA-STS were enforced: %s", host.name, address, error)
                watch = watch.look_away()
        gateway = host.gateway
        port = gateway.port if gateway is not None else self._port
        tls: Security | None = Security(
            self._policies.context(demand),
            demand.is_required,
            gateway is not None and gateway.tls is Tls.IMPLICIT,
            demand.check,
            demand.described,
        )
        if (address, port) in self._without_tls and not demand.is_required:
            tls = None
        leave_by, said = source.toward(address)
        connect = partial(
            SmtpClient.connect,
            address,
            port,
            host=host.name,
            helo=source.helo,
            timeouts=self._timeouts,
            source=leave_by,
        )
        try:
            client = await connect(tls=tls)
            if tls is not None:
                watch.connected(demand, client)
        except TlsFailed as error:
            watch.failed(demand, address, error)
            if demand.is_required:
                raise
            # Opportunistic: mail in clear is better than no mail (RFC 7435), for as long as no policy asks
            # for more.
            log.info("%s [%s]: TLS failed, going on without: %s", host.name, address, error)
            self._without_tls.add((address, port))
            client = await connect(tls=None)
        client.source = said
        return client

    def _remember_down(self, place: HostPort, reason: str) -> None:
        now = time.monotonic()
        if len(self._down) > 1000:
            self._down = {key: entry for key, entry in self._down.items() if entry[0] > now}
        self._down[place] = (now + DOWN_S, reason)

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
            raise _Unwilling(client.host, f"{client.host} does not support REQUIRETLS", "5.7.30")
        if mail is None:
            refusal = cannot_take(client, errand, batch)
            if refusal is not None:
                self.pool.give(line, client)
                return _left_by(client, for_all(batch, Result.FAILED, *refusal, client.host, client.tls))
            mail = await outgoing(client, errand, batch)
        onward = None
        if turn is not None and self._may_announce(client, turn):
            onward = Onward(turn, client, line, self._hostname)
        try:
            answers = await client.send(mail, onward)
        except (OSError, ProtocolError) as error:
            client.close()
            if client.has_sent_data_end:
                reply = f"No answer to the message: {_reason(error)}"
                found = for_all(batch, Result.DEFERRED, "4.4.2", reply, client.host, client.tls)
                return _left_by(client, found)
            raise _Unwilling(client.host, f"Connection lost: {_reason(error)}") from error
        except BaseException:
            client.close()
            raise
        self._keep(client, line, answers, onward)
        return _left_by(client, _judge(client, answers, batch))

    def _may_announce(self, client: SmtpClient, turn: Turn) -> bool:
        is_last = client.message_count + 1 >= MESSAGES_PER_CONNECTION
        return turn.ahead is None and not is_last and client.host not in self._shy

    def _keep(self, client: SmtpClient, line: str, answers: Answers, onward: Onward | None) -> None:
        last = answers.data or answers.mail
        if 421 in (answers.mail.code, last.code):
            client.close()
            if answers.mail.code == 421:
                raise _Unwilling(client.host, str(answers.mail), answers.mail.status)
        elif onward is not None and onward.ahead is not None:
            onward.turn.ahead = onward.ahead
        else:
            self.pool.give(line, client)


def _watched(errand: Errand) -> str | None:
    """The domain of whose hosts the errand's connections tell, None for those that tell nothing."""
    is_waived = tls_policy.is_waived(errand.message, errand.raw)
    return None if errand.gateways or is_waived or errand.hop.startswith("[") else errand.hop


def _give_up(batch: Sequence[SpooledRecipient], failures: Sequence[_Unwilling]) -> list[Outcome]:
    """What all hosts together mean: as long as one of them may be willing later, later."""
    last = next((one for one in reversed(failures) if one.status.startswith("4")), failures[-1])
    result = Result.FAILED if last.status.startswith("5") else Result.DEFERRED
    return _unreached(for_all(batch, result, last.status, last.reply, last.host))


def _unreached(outcomes: Sequence[Outcome]) -> list[Outcome]:
    return [replace(outcome, is_unreached=True) for outcome in outcomes]


def _left_by(client: SmtpClient, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Say by which address the message left, where that was laid down."""
    if not client.source:
        return list(outcomes)
    return [replace(outcome, source=client.source) for outcome in outcomes]


def _judge(client: SmtpClient, answers: Answers, batch: Sequence[SpooledRecipient]) -> list[Outcome]:
    if not answers.mail.is_positive or not answers.recipients:
        return [_outcome(client, recipient, answers.mail) for recipient in batch]
    return [
        _outcome(client, recipient, (answers.data or reply) if reply.is_positive else reply)
        for recipient, reply in zip(batch, answers.recipients, strict=True)
    ]


def _outcome(client: SmtpClient, recipient: SpooledRecipient, reply: Reply) -> Outcome:
    if reply.is_positive:
        is_relayed = "DSN" not in client.extensions
        return Outcome(
            recipient, Result.DELIVERED, reply.status, str(reply), client.host, client.tls, is_relayed
        )
    result = Result.FAILED if reply.is_permanent else Result.DEFERRED
    return Outcome(recipient, result, reply.status, str(reply), client.host, client.tls)


def _reason(error: BaseException) -> str:
    if isinstance(error, TimeoutError):
        return "timed out"
    return str(error) or type(error).__name__
