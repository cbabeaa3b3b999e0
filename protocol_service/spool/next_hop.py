"""Who takes a message next: an administrator's detour, the server that its domain's route names, gateways,
the smarthost, or the MX hosts.

The most exact wins. A route without a host goes by MX past every gateway: it stands in for the domain's
better mail hosts, and knows them (RFC 5321 §5.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from backend.directory import domain_routes
from backend.directory.domain_routes import Route
from backend.directory.types import Tls
from backend.kit.config import HostPort
from backend.spool import gateways
from backend.spool.detours import Detour
from backend.spool.gateways import Gateway
from protocol_service.spool.router import Leg


@dataclass(frozen=True, slots=True)
class NextHop:
    """`name` is what messages share connections and limits by; without `gateways` it is the domain, whose MX
    hosts are asked.
    """

    name: str
    gateways: tuple[Gateway, ...] = ()


async def choose(return_path: str, leg: Leg, smarthost: HostPort | None) -> NextHop:
    """The next hop for recipients that share a leg, of a message that leaves with that return path."""
    if leg.route:
        detour = await _detour(Detour.parse(leg.route))
        if detour is not None:
            return detour
    if leg.is_routed:
        route = await domain_routes.of_domain(leg.domain)
        if route is not None:
            return _routed(leg.domain, route)
    found = await gateways.choose(return_path.rpartition("@")[2], leg.domain)
    if found:
        return NextHop("gateway " + " ".join(sorted(one.name for one in found)), tuple(found))
    if smarthost is None:
        return NextHop(leg.domain)
    host, port = smarthost
    return _single("smarthost", host, port, Tls.OPPORTUNISTIC)


async def _detour(detour: Detour) -> NextHop | None:
    """None where its gateway has gone: then the recipient goes its own way."""
    if not detour.gateway_id:
        return _single("detour", detour.host, detour.port, detour.tls)
    gateway = await gateways.by_id(detour.gateway_id)
    return NextHop(f"gateway {gateway.name}", (gateway,)) if gateway is not None else None


def _routed(domain: str, route: Route) -> NextHop:
    return _single(f"route of {domain}", route.host, route.port, route.tls) if route.host else NextHop(domain)


@lru_cache(maxsize=256)
def _single(name: str, host: str, port: int, tls: Tls) -> NextHop:
    return NextHop(f"{host}:{port} {tls.value}", (Gateway(name=name, host=host, port=port, tls=tls),))
