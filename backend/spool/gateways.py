"""Gateways: servers that take our outgoing mail, for all of it, for a sender's domain or for a recipient's.

The most exact ones win: those for the recipient's domain, then those for the sender's, then those for any; of
these the lowest priority is asked first, equal ones in turn. A password is kept to be sent, and never shown.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

from backend.directory import audit, policy
from backend.directory.caches import Cache
from backend.directory.names import domain_name, host_name
from backend.directory.principal import Principal
from backend.directory.roles import Permission
from backend.directory.types import Tls
from backend.kit import clock, db, ids
from backend.kit.db import Tx
from backend.kit.errors import Conflict, InvalidSyntax, LimitExceeded, NotFound
from schema.events import Event, SpoolReady

MOST = 200
MOST_PRIORITY = 100
_COLUMNS = (
    "id, name, host, port, tls, username, password, sender_domain, recipient_domain, priority, is_enabled,"
    " created_at"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway:
    """One gateway; empty domains stand for any, an empty `username` for no AUTH."""

    name: str
    host: str
    port: int
    tls: Tls = Tls.VERIFIED
    username: str = ""
    password: str = ""
    sender_domain: str = ""
    recipient_domain: str = ""
    priority: int = 10
    is_enabled: bool = True
    id: int = 0
    created_at: int = 0

    def __repr__(self) -> str:
        return f"Gateway({self.name!r}, {self.host!r}, {self.port})"


def _keep(cache: Cache[int, tuple[Gateway, ...]], event: Event) -> None:
    """Gateways age by themselves."""


_enabled: Cache[int, tuple[Gateway, ...]] = Cache(ttl_s=5, limit=1, drop=_keep)


_turns: dict[tuple[int, ...], Iterator[int]] = {}


async def choose(sender_domain: str, recipient_domain: str) -> list[Gateway]:
    """The gateways for a message in the order to try them; none where it goes by MX."""
    found = await _enabled.get(0, _load)
    for matching in (
        [one for one in found if one.recipient_domain and one.recipient_domain == recipient_domain],
        [one for one in found if not one.recipient_domain and one.sender_domain == sender_domain != ""],
        [one for one in found if not one.recipient_domain and not one.sender_domain],
    ):
        fitting = [one for one in matching if one.sender_domain in ("", sender_domain)]
        if fitting:
            return [one for group in _by_priority(fitting) for one in _in_turn(group)]
    return []


def _by_priority(found: list[Gateway]) -> list[list[Gateway]]:
    ordered = sorted(found, key=lambda one: one.priority)
    return [list(group) for _, group in itertools.groupby(ordered, key=lambda one: one.priority)]


def _in_turn(equal: list[Gateway]) -> list[Gateway]:
    """Another one first each time."""
    if len(equal) == 1:
        return equal
    key = tuple(one.id for one in equal)
    if len(_turns) > MOST:
        _turns.clear()
    start = next(_turns.setdefault(key, itertools.cycle(range(len(equal)))))
    return equal[start:] + equal[:start]


async def by_id(gateway_id: int) -> Gateway | None:
    """An enabled gateway."""
    return next((one for one in await _enabled.get(0, _load) if one.id == gateway_id), None)


async def _load(_: int) -> tuple[Gateway, ...]:
    rows = await db.fetch_rows(f"SELECT {_COLUMNS} FROM gateway WHERE is_enabled = 1 ORDER BY id")
    return tuple(_from_row(row) for row in rows)


async def list_all(actor: Principal) -> list[Gateway]:
    """Every gateway, by name."""
    policy.require(actor, Permission.SYSTEM_READ)
    return [_from_row(row) for row in await db.fetch_rows(f"SELECT {_COLUMNS} FROM gateway ORDER BY name")]


async def add(actor: Principal, gateway: Gateway) -> Gateway:
    """A new gateway; `Conflict` where there is one of that name."""
    policy.require(actor, Permission.SYSTEM_MANAGE)
    made = replace(_checked(gateway), id=ids.new_id(), created_at=clock.now())

    async def verb(tx: Tx) -> None:
        if await tx.fetch_value("SELECT count(*) FROM gateway") >= MOST:
            raise LimitExceeded(f"There can be {MOST} gateways")
        row = await tx.fetch_row(
            f"INSERT INTO gateway ({_COLUMNS}) VALUES ({db.marks(12)})"
            " ON CONFLICT (name) DO NOTHING RETURNING id",
            *_to_row(made),
        )
        if row is None:
            raise Conflict(f"There is a gateway {made.name} already", field="name")
        await _record(tx, actor, "gateway.add", made)

    await db.write(verb)
    _enabled.clear()
    return made


async def update(actor: Principal, gateway: Gateway, *, keeps_password: bool) -> Gateway:
    """Replace a gateway by its id; with `keeps_password` its password stays."""
    policy.require(actor, Permission.SYSTEM_MANAGE)
    wanted = _checked(gateway)

    async def verb(tx: Tx) -> Gateway:
        row = await tx.fetch_row(f"SELECT {_COLUMNS} FROM gateway WHERE id = ?", gateway.id)
        if row is None:
            raise NotFound("No such gateway")
        before = _from_row(row)
        after = replace(
            wanted,
            created_at=before.created_at,
            password=before.password if keeps_password else wanted.password,
        )
        await tx.execute("DELETE FROM gateway WHERE id = ?", gateway.id)
        row = await tx.fetch_row(
            f"INSERT INTO gateway ({_COLUMNS}) VALUES ({db.marks(12)})"
            " ON CONFLICT (name) DO NOTHING RETURNING id",
            *_to_row(after),
        )
        if row is None:
            raise Conflict(f"There is a gateway {after.name} already", field="name")
        await _record(tx, actor, "gateway.update", after)
        return after

    made = await db.write(verb)
    _enabled.clear()
    return made


async def remove(actor: Principal, gateway_id: int) -> Gateway:
    """Remove a gateway; what waits for it goes another way."""
    policy.require(actor, Permission.SYSTEM_MANAGE)

    async def verb(tx: Tx) -> Gateway:
        row = await tx.fetch_row(f"DELETE FROM gateway WHERE id = ? RETURNING {_COLUMNS}", gateway_id)
        if row is None:
            raise NotFound("No such gateway")
        await _record(tx, actor, "gateway.remove", _from_row(row))
        return _from_row(row)

    gone = await db.write(verb)
    _enabled.clear()
    return gone


async def _record(tx: Tx, actor: Principal, action: str, gateway: Gateway) -> None:
    await audit.record(tx, actor, action, gateway.name, detail={"host": f"{gateway.host}:{gateway.port}"})
    tx.announce(SpoolReady(clock.now()))


def _checked(gateway: Gateway) -> Gateway:
    name = gateway.name.strip()
    if not 1 <= len(name) <= 100:
        raise InvalidSyntax("A gateway needs a name of at most 100 characters", field="name")
    if not 1 <= gateway.port <= 65535:
        raise InvalidSyntax("A port is from 1 to 65535", field="port")
    if not 0 <= gateway.priority <= MOST_PRIORITY:
        raise InvalidSyntax(f"A priority is from 0 to {MOST_PRIORITY}", field="priority")
    if (
        len(gateway.username) > 320
        or len(gateway.password) > 1000
        or "\0" in gateway.username + gateway.password
    ):
        raise InvalidSyntax("The name or the password is too long", field="username")
    if gateway.username and gateway.tls is Tls.OPPORTUNISTIC:
        raise InvalidSyntax("A password is only sent over TLS: choose another way to secure it", field="tls")
    return replace(
        gateway,
        name=name,
        host=host_name(gateway.host),
        sender_domain=domain_name(gateway.sender_domain) if gateway.sender_domain else "",
        recipient_domain=domain_name(gateway.recipient_domain) if gateway.recipient_domain else "",
    )


def _from_row(row: db.Row) -> Gateway:
    return Gateway(
        id=row[0],
        name=row[1],
        host=row[2],
        port=row[3],
        tls=Tls(row[4]),
        username=row[5],
        password=row[6],
        sender_domain=row[7],
        recipient_domain=row[8],
        priority=row[9],
        is_enabled=bool(row[10]),
        created_at=row[11],
    )


def _to_row(gateway: Gateway) -> tuple[object, ...]:
    return (
        gateway.id,
        gateway.name,
        gateway.host,
        gateway.port,
        gateway.tls.value,
        gateway.username,
        gateway.password,
        gateway.sender_domain,
        gateway.recipient_domain,
        gateway.priority,
        int(gateway.is_enabled),
        gateway.created_at,
    )
