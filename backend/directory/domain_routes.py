"""Domains whose mail goes on to another server: backup MX, relay domain, split domain.

A route takes what nobody of the domain takes here. Without users and aliases that is all of the domain's mail
(a relay domain); with some, the rest (a split domain). It goes to a named host, or without one to those mail
hosts of the domain that stand before us in DNS (a backup MX, RFC 5321 §5.1). It takes any recipient, or those
listed (`routed_recipients`), or those that the host says it takes when it is asked. System administrators
alone decide where mail goes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from backend.directory import audit, domains, names, policy
from backend.directory.caches import Cache
from backend.directory.principal import Principal
from backend.directory.roles import Permission
from backend.directory.setting_store import Reader
from backend.directory.types import Tls
from backend.kit import config, db, ids
from backend.kit.db import Row, Tx
from backend.kit.errors import InvalidSyntax, NotFound
from schema.events import DomainChanged, Event, SpoolReady

SMTP_PORT = 25


class Accepts(StrEnum):
    """Which recipients a route takes, of those that nobody takes here; ASKED: those that its host takes."""

    ANY = "any"
    LISTED = "listed"
    ASKED = "asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where the mail of a domain goes on to; an empty `host` stands for better MX hosts than this server."""

    domain_id: int = 0
    host: str = ""
    port: int = SMTP_PORT
    tls: Tls = Tls.OPPORTUNISTIC
    accepts: Accepts = Accepts.ANY


_COLUMNS = "r.domain_id, r.host, r.port, r.tls, r.accepts"


def _forget(cache: Cache[str, tuple[Route, ...]], event: Event) -> None:
    if isinstance(event, DomainChanged):
        cache.clear()


_routes: Cache[str, tuple[Route, ...]] = Cache(ttl_s=15, limit=20_000, drop=_forget)


async def of_domain(name: str) -> Route | None:
    """The route of a domain, given by its own name; None where it has none."""
    found = await _routes.get(name, _find)
    return found[0] if found else None


async def _find(name: str) -> tuple[Route, ...]:
    row = await db.fetch_row(
        f"SELECT {_COLUMNS} FROM domain_route r JOIN domain ON domain.id = r.domain_id WHERE domain.name = ?",
        name,
    )
    return (_from_row(row),) if row is not None else ()


async def load(reader: Reader, domain_id: int) -> Route | None:
    """The route as it stands in the tables now."""
    row = await reader.fetch_row(f"SELECT {_COLUMNS} FROM domain_route r WHERE r.domain_id = ?", domain_id)
    return _from_row(row) if row is not None else None


async def get(actor: Principal, domain_id: int) -> Route | None:
    """The route of a domain the actor may see."""
    domain = await domains.get(actor, domain_id)
    return await load(db.current_tx.get() or db.database(), domain.id)


async def put(actor: Principal, domain_id: int, route: Route) -> Route:
    """Give the domain a route, in place of the one it has."""
    policy.require(actor, Permission.DOMAINS_MANAGE)
    wanted = replace(_checked(route), domain_id=domain_id)

    async def verb(tx: Tx) -> Route:
        domain = await domains.locked(tx, domain_id)
        await tx.execute(
            "INSERT INTO domain_route (id, domain_id, host, port, tls, accepts) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (domain_id) DO UPDATE SET host = excluded.host, port = excluded.port,"
            " tls = excluded.tls, accepts = excluded.accepts",
            ids.new_id(),
            domain_id,
            wanted.host,
            wanted.port,
            wanted.tls.value,
            wanted.accepts.value,
        )
        detail = {"to": show(wanted), "tls": wanted.tls.value, "accepts": wanted.accepts.value}
        await audit.record(tx, actor, "route.set", domain.name, domain_id, detail)
        _announce(tx, domain_id)
        return wanted

    return await db.write(verb)


async def remove(actor: Principal, domain_id: int) -> None:
    """Let the domain's mail end here again; the list of recipients stays."""
    policy.require(actor, Permission.DOMAINS_MANAGE)

    async def verb(tx: Tx) -> None:
        domain = await domains.locked(tx, domain_id)
        if not await tx.execute("DELETE FROM domain_route WHERE domain_id = ?", domain_id):
            raise NotFound(f"Mail of {domain.display_name} does not go on to another server")
        await audit.record(tx, actor, "route.remove", domain.name, domain_id)
        _announce(tx, domain_id)

    await db.write(verb)


def show(route: Route) -> str:
    """Where it goes, for people."""
    return f"{route.host}:{route.port}" if route.host else "better MX"


def _announce(tx: Tx, domain_id: int) -> None:
    tx.announce(DomainChanged(domain_id))
    tx.announce(SpoolReady(0))


def _checked(route: Route) -> Route:
    host = names.host_name(route.host) if route.host.strip() else ""
    if host and host == config.current().hostname:
        raise InvalidSyntax("That is this server: mail would go in a circle", field="host")
    if not host and route.accepts is Accepts.ASKED:
        raise InvalidSyntax("Name the host that is asked about recipients", field="host")
    if not 1 <= route.port <= 65535:
        raise InvalidSyntax("A port is from 1 to 65535", field="port")
    return replace(route, host=host, port=route.port if host else SMTP_PORT)


def _from_row(row: Row) -> Route:
    return Route(domain_id=row[0], host=row[1], port=row[2], tls=Tls(row[3]), accepts=Accepts(row[4]))
