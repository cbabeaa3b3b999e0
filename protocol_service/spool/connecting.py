"""Connections to mail hosts: from which address, over which TLS, signed in where a gateway asks for it.

A worker remembers for a moment which addresses cannot be reached, and which come to nothing over TLS.
"""

from __future__ import annotations

import logging
import time
from functools import partial

from backend.directory.types import Tls
from backend.kit.config import HostPort
from backend.spool.gateways import Gateway
from protocol_service.spool.judgement import Unwilling, cause_of
from protocol_service.spool.mx import Host
from protocol_service.spool.smtp_client import SmtpClient
from protocol_service.spool.smtp_link import ProtocolError, Security, Timeouts, TlsFailed
from protocol_service.spool.sources import Source
from protocol_service.spool.tls_policy import Demand, TlsPolicies
from protocol_service.spool.tls_watch import TlsWatch

log = logging.getLogger(__name__)

DOWN_S = 5.0


class Connector:
    """Connects for one worker; hosts that are no gateways are asked on `port`."""

    def __init__(self, policies: TlsPolicies, *, port: int, timeouts: Timeouts) -> None:
        self._policies = policies
        self._port = port
        self._timeouts = timeouts
        self._down: dict[HostPort, tuple[float, str]] = {}
        self._without_tls: set[HostPort] = set()

    async def connect(
        self, host: Host, address: str, source: Source, demand: Demand, watch: TlsWatch
    ) -> SmtpClient:
        """A connection that may be used. Raises `Unwilling`."""
        port = host.gateway.port if host.gateway is not None else self._port
        known = self._down.get((address, port))
        if known is not None and known[0] > time.monotonic():
            raise Unwilling(host.name, known[1], "4.4.1")
        try:
            client = await self._open(host, address, source, demand, watch)
        except TlsFailed as error:
            reason = f"No secure connection to {host.name} [{address}]: {error} ({demand.name})"
            raise Unwilling(host.name, reason, "4.7.5") from error
        except (OSError, ProtocolError) as error:
            reason = f"Cannot connect to {host.name} [{address}]: {cause_of(error)}"
            self._remember_down((address, port), reason)
            raise Unwilling(host.name, reason, "4.4.1") from error
        if client.greeting.is_positive and host.gateway is not None and host.gateway.username:
            await self._sign_in(client, host.gateway)
        if not client.greeting.is_positive:
            client.close()
            # A host that greets with 5xx may be the wrong one of several; it is asked again later.
            raise Unwilling(host.name, str(client.greeting), "4.3.2")
        return client

    async def _sign_in(self, client: SmtpClient, gateway: Gateway) -> None:
        try:
            reply = await client.sign_in(gateway.username, gateway.password)
        except (OSError, ProtocolError) as error:
            client.close()
            raise Unwilling(client.host, f"Signing in failed: {cause_of(error)}", "4.7.0") from error
        if not reply.is_positive:
            client.close()
            # The password may be put right before the message is too old.
            raise Unwilling(client.host, f"Signing in was refused: {reply}", "4.7.8")

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
