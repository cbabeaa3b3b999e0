"""What a connection to a mail host must show before mail goes over it.

Without a policy TLS is taken where it is offered, whoever the host is (RFC 7435). DANE (RFC 7672) asks for
what the TLSA records say and goes before MTA-STS (RFC 8461), which asks for a valid certificate and a host
that the policy names; a message that requires TLS (RFC 8689) asks for a verified host and its own support,
and one with `TLS-Required: No` for nothing.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from enum import IntEnum

from backend.directory.types import Tls
from backend.formats import headers
from backend.formats.mta_sts import Mode, Policy
from backend.kit.resolver import DnsUnavailable, NoData, NoSuchName, Resolver
from backend.spool.gateways import Gateway
from backend.spool.types import SpooledMessage
from protocol_service.client_tls import ClientTls
from protocol_service.spool import dane
from protocol_service.spool.dane import Tlsa
from protocol_service.spool.mta_sts import MtaSts
from protocol_service.spool.mx import Host


class Level(IntEnum):
    """How much is asked for."""

    MAY = 0
    ENCRYPT = 1
    VERIFY = 2
    DANE = 3


class Forbidden(Exception):
    """This host may not take the message; `status` is an RFC 3463 code, `result` one of RFC 8460 §4.3."""

    def __init__(self, status: str, text: str, *, result: str, is_by_dane: bool = False) -> None:
        super().__init__(text)
        self.status = status
        self.result = result
        self.is_by_dane = is_by_dane


@dataclass(frozen=True, slots=True)
class Demand:
    """What is asked of one host. `name` says by which policy, for traces. `is_trial`: nothing is asked yet,
    but whoever made the policy wants to know what would be if it were (MTA-STS testing).
    """

    level: Level
    host: str
    name: str = ""
    records: tuple[Tlsa, ...] = ()
    is_trial: bool = False

    @property
    def in_earnest(self) -> Demand:
        """What a trial would ask."""
        return Demand(Level.VERIFY, self.host, "MTA-STS testing")

    @property
    def is_required(self) -> bool:
        return self.level is not Level.MAY

    def check(self, tls: ssl.SSLObject) -> bool:
        """Whether the handshake showed it; what the context verifies has been verified before."""
        return self.level is not Level.DANE or dane.is_matched(self.records, dane.peer_chain(tls), self.host)

    def described(self, tls: ssl.SSLObject) -> str:
        """The connection in a few words."""
        assurance = {
            Level.MAY: "host not verified",
            Level.ENCRYPT: f"host not verified, {self.name}",
            Level.VERIFY: f"verified, {self.name}",
            Level.DANE: "verified, DANE",
        }[self.level]
        return f"{tls.version() or 'TLS'}, {assurance}"


class TlsPolicies:
    """Demands as one worker makes them. `has_trusted_dns`: the resolver validates, and its AD flag counts."""

    def __init__(self, resolver: Resolver, sts: MtaSts, *, port: int, has_trusted_dns: bool) -> None:
        self._resolver = resolver
        self._sts = sts
        self._port = port
        self._has_trusted_dns = has_trusted_dns
        self._tls = ClientTls()

    def context(self, demand: Demand) -> ssl.SSLContext:
        """The context to shake hands with."""
        return self._tls.strict if demand.level is Level.VERIFY else self._tls.lax

    async def of_domain(self, domain: str, message: SpooledMessage, raw: bytes) -> Policy | None:
        """The MTA-STS policy that holds for this message."""
        return None if is_waived(message, raw) else await self._sts.policy(domain)

    async def demand(self, host: Host, policy: Policy | None, message: SpooledMessage, raw: bytes) -> Demand:
        """What to ask of the host. Raises `Forbidden`, also where its records cannot be had."""
        if host.gateway is not None:
            return _of_gateway(host.gateway, message)
        if is_waived(message, raw):
            return Demand(Level.MAY, host.name)
        records = await self._tlsa(host)
        usable = tuple(record for record in records if record.is_usable)
        if usable:
            return Demand(Level.DANE, host.name, "DANE", usable)
        if policy is not None and policy.mode is Mode.ENFORCE:
            if not policy.allows(host.name):
                raise _not_named(host)
            return Demand(Level.VERIFY, host.name, "MTA-STS")
        if message.requires_tls:
            return Demand(Level.VERIFY, host.name, "REQUIRETLS")
        if policy is not None and not records:
            return Demand(Level.MAY, host.name, is_trial=True)
        return Demand(Level.ENCRYPT if records else Level.MAY, host.name, "DANE" if records else "")

    async def _tlsa(self, host: Host) -> tuple[Tlsa, ...]:
        if not self._has_trusted_dns or not host.is_secure:
            return ()
        try:
            answer = await self._resolver.resolve(f"_{self._port}._tcp.{host.name}", "TLSA")
        except (NoSuchName, NoData):
            return ()
        except DnsUnavailable as error:
            # An attacker who can drop answers must not be able to turn DANE off (RFC 7672 §2.1).
            raise Forbidden(
                "4.7.5",
                f"The TLSA records of {host.name} cannot be had: {error}",
                result="dnssec-invalid",
                is_by_dane=True,
            ) from error
        if not Resolver.is_authentic(answer):
            return ()
        return tuple(Tlsa(r.usage, r.selector, r.mtype, bytes(r.cert)) for r in answer)


def _not_named(host: Host) -> Forbidden:
    text = f"{host.name} is not a host of the domain's MTA-STS policy"
    return Forbidden("4.7.5", text, result="validation-failure")


def _of_gateway(gateway: Gateway, message: SpooledMessage) -> Demand:
    if gateway.tls in (Tls.VERIFIED, Tls.IMPLICIT) or message.requires_tls:
        return Demand(Level.VERIFY, gateway.host, "gateway")
    is_encrypted = gateway.tls is Tls.ENCRYPTED
    return Demand(Level.ENCRYPT if is_encrypted else Level.MAY, gateway.host, "gateway")


def is_waived(message: SpooledMessage, raw: bytes) -> bool:
    """`TLS-Required: No`: delivery before secrecy (RFC 8689 §5)."""
    if message.requires_tls:
        return False
    head = raw[: headers.split(raw)[0]]
    if b"tls-required" not in head.lower():
        return False
    values = headers.index(head).get(b"tls-required", [])
    return len(values) == 1 and values[0].strip().lower() == b"no"
