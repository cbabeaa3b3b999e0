"""Settings and limits (rule 9): read on hot paths, explained to people, changed within what those above
allow.

`get` is for hot paths (remembered, dropped by events). `effective` also says where the value comes from.
`put` and `put_ceiling` are parts of verbs: they check rights, ceilings and what is handed out already, write
an audit entry and announce the event; `set_value` and `set_ceiling` are verbs of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from backend.directory import audit, policy
from backend.directory.caches import Cache
from backend.directory.principal import Principal
from backend.directory.roles import Permission
from backend.directory.setting_key import Ceiling, Level, SettingKey, Value
from backend.directory.setting_keys import REGISTRY, find
from backend.directory.setting_store import SYSTEM_TARGET, load_chain, save
from backend.directory.setting_values import Chain, Effective, Stored
from backend.kit import db
from backend.kit.db import Tx
from backend.kit.errors import InvalidSyntax, LimitExceeded, NotFound, PermissionDenied
from schema.events import DomainChanged, Event, SettingsChanged, UserChanged


def _forget(cache: Cache[tuple[Level, int], Chain], event: Event) -> None:
    if isinstance(event, SettingsChanged):
        cache.clear()
    elif isinstance(event, UserChanged):
        cache.drop((Level.USER, event.user_id))
    elif isinstance(event, DomainChanged):
        cache.drop_group(event.domain_id)


_chains: Cache[tuple[Level, int], Chain] = Cache(
    ttl_s=15, limit=50_000, drop=_forget, group=lambda chain: chain.domain_id
)


async def get(key: str, *, user_id: int | None = None, domain_id: int | None = None) -> Value:
    """The value in force for a user, a domain or (neither named) the system. Costs a microsecond when
    remembered.
    """
    chain = await _chains.get(_place(user_id, domain_id), _load)
    return chain.value(key)


async def get_several(
    keys: Sequence[str], *, user_id: int | None = None, domain_id: int | None = None
) -> list[Value]:
    """`get` for several keys at the price of one."""
    chain = await _chains.get(_place(user_id, domain_id), _load)
    return [chain.value(key) for key in keys]


async def get_number(key: str, *, user_id: int | None = None, domain_id: int | None = None) -> int:
    """`get` for limits; 0 where it is unlimited."""
    return int(await get(key, user_id=user_id, domain_id=domain_id))


async def domain_of(user_id: int) -> int:
    """The domain of a user, from what is remembered of its settings."""
    return (await _chains.get((Level.USER, user_id), _load)).domain_id or 0


async def effective(key: str, *, user_id: int | None = None, domain_id: int | None = None) -> Effective:
    """The value in force with its origin, its ceiling and what would be inherited."""
    return (await _chains.get(_place(user_id, domain_id), _load)).effective(find(key))


class Shown(NamedTuple):
    """A line of a form: what holds, and what of it the actor may change."""

    effective: Effective
    is_editable: bool
    is_ceiling_editable: bool


async def list_effective(actor: Principal, level: Level, target_id: int) -> list[Shown]:
    """Every setting of a system, domain or user as its form shows it."""
    chain = await _visible_chain(actor, level, target_id)
    return [_shown(actor, entry, level, chain) for entry in REGISTRY.values() if level in entry.levels]


async def show(actor: Principal, key: str, level: Level, target_id: int) -> Shown:
    """One setting as `list_effective` gives it."""
    return _shown(actor, find(key), level, await _visible_chain(actor, level, target_id))


def _shown(actor: Principal, key: SettingKey, level: Level, chain: Chain) -> Shown:
    may_limit = has_ceiling(key, level) and policy.can(actor, Permission.SYSTEM_LIMITS_MANAGE)
    return Shown(chain.effective(key), may_set(actor, key, level, chain), may_limit)


def has_ceiling(key: SettingKey, level: Level) -> bool:
    """Whether a ceiling for those below may stand at that level."""
    return key.ceiling is not Ceiling.NONE and level is not Level.USER and level in key.levels


async def _visible_chain(actor: Principal, level: Level, target_id: int) -> Chain:
    if level is Level.SYSTEM:
        policy.require(actor, Permission.SYSTEM_READ)
    elif not (level is Level.USER and target_id == actor.user_id):
        policy.require(actor, Permission.USERS_READ if level is Level.USER else Permission.DOMAIN_READ)
    chain = await _chains.get((level, target_id), _load)
    if level is not Level.SYSTEM and actor.domain_id not in {None, chain.domain_id}:
        raise NotFound(f"No such {level.value}")
    return chain


def may_set(actor: Principal, key: SettingKey, level: Level, chain: Chain) -> bool:
    """Whether the actor may set the value at that level."""
    if level not in key.levels:
        return False
    if level is Level.USER and key.is_personal and chain.target_id == actor.user_id:
        return Permission.MAIL_USE in actor.permissions
    return policy.can(actor, _permission(key, level), on=chain.domain_id)


async def set_value(actor: Principal, key: str, level: Level, target_id: int, value: Value | None) -> Shown:
    """Set a value, or with None inherit again; what holds afterwards."""
    await db.write(lambda tx: put(tx, actor, key, level, target_id, value))
    return await show(actor, key, level, target_id)


async def set_ceiling(
    actor: Principal, key: str, level: Level, target_id: int, ceiling: Value | None
) -> Shown:
    """Set what a level and those below may not pass, or with None lift it; what holds afterwards."""
    await db.write(lambda tx: put_ceiling(tx, actor, key, level, target_id, ceiling))
    return await show(actor, key, level, target_id)


async def put(tx: Tx, actor: Principal, key: str, level: Level, target_id: int, value: Value | None) -> None:
    """Set a value, or with None inherit again. Raises `LimitExceeded` naming who set the limit in the way."""
    entry = find(key)
    chain = await _writable_chain(tx, actor, entry, level, target_id)
    stored = chain.rows.get(level, {}).get(key) or Stored(None, None, "")
    if value is not None:
        entry.check(value)
        chain.require_within(entry, value)
        if level is Level.USER and entry.within is not None:
            await _require_handed_out(tx, entry, chain, value)
    await save(tx, entry, chain, Stored(value, stored.ceiling, actor.name))
    if value != stored.value:
        await _announce(tx, actor, "setting.set", entry, chain, {"value": [stored.value, value]})


async def put_ceiling(
    tx: Tx, actor: Principal, key: str, level: Level, target_id: int, ceiling: Value | None
) -> None:
    """Set or lift a ceiling: for the system or one domain, by system administrators only."""
    entry = find(key)
    policy.require(actor, Permission.SYSTEM_LIMITS_MANAGE)
    if not has_ceiling(entry, level):
        raise InvalidSyntax(f"{entry.label}: there is no ceiling to set here", field="ceiling")
    chain = await load_chain(tx, level, target_id)
    stored = chain.rows.get(level, {}).get(key) or Stored(None, None, "")
    if ceiling is not None:
        entry.check(ceiling)
        if level is Level.DOMAIN:
            system = Chain(Level.SYSTEM, SYSTEM_TARGET, None, chain.names, chain.rows)
            system.require_within(entry, ceiling)
    await save(tx, entry, chain, Stored(stored.value, ceiling, stored.set_by or actor.name))
    if ceiling != stored.ceiling:
        await _announce(tx, actor, "ceiling.set", entry, chain, {"ceiling": [stored.ceiling, ceiling]})


async def _load(place: tuple[Level, int]) -> Chain:
    return await load_chain(db.current_tx.get() or db.database(), *place)


def _place(user_id: int | None, domain_id: int | None) -> tuple[Level, int]:
    if user_id is not None:
        return Level.USER, user_id
    return (Level.DOMAIN, domain_id) if domain_id is not None else (Level.SYSTEM, SYSTEM_TARGET)


def _permission(key: SettingKey, level: Level) -> Permission:
    if level is Level.SYSTEM:
        return Permission.SYSTEM_LIMITS_MANAGE
    return key.domain_permission if level is Level.DOMAIN else Permission.LIMITS_MANAGE


async def _writable_chain(tx: Tx, actor: Principal, key: SettingKey, level: Level, target_id: int) -> Chain:
    # Rights first, without looking at the target: a refusal must not tell what exists.
    is_own = level is Level.USER and key.is_personal and target_id == actor.user_id
    if not is_own:
        policy.require(actor, _permission(key, level))
    chain = await load_chain(tx, level, target_id)
    if actor.domain_id is not None and chain.domain_id != actor.domain_id:
        raise NotFound(f"No such {level.value}")
    if level not in key.levels:
        raise InvalidSyntax(f"{key.label}: it cannot be set for a {level.value}", field="level")
    if not may_set(actor, key, level, chain):
        raise PermissionDenied("You do not have the right to do this")
    return chain


async def _require_handed_out(tx: Tx, key: SettingKey, chain: Chain, value: Value) -> None:
    """Refuse where the values given to single users would together pass the domain's limit."""
    outer = chain.within(key)
    if outer is None:
        return
    limit, origin = int(outer[0]), outer[1]
    # Two who hand out at the same moment must see each other's sums.
    await tx.execute("UPDATE domain SET is_enabled = is_enabled WHERE id = ?", chain.domain_id)
    others = await tx.fetch_row(
        "SELECT COALESCE(SUM(CAST(s.value AS BIGINT)), 0) FROM setting s"
        " JOIN user_account u ON u.id = s.target_id"
        " WHERE s.level = 'user' AND s.key = ? AND s.value IS NOT NULL AND u.domain_id = ? AND u.id <> ?",
        key.key,
        chain.domain_id,
        chain.target_id,
    )
    given = int(others[0]) if others else 0
    if given + int(value) > limit:
        raise LimitExceeded(
            f"{key.label}: {key.show(given)} of the domain's {key.show(limit)} are handed out already; "
            f"the limit is {origin}",
            field="value",
            detail={"key": key.key, "given": given, "limit": limit, "asked": value},
        )


async def _announce(
    tx: Tx,
    actor: Principal,
    action: str,
    key: SettingKey,
    chain: Chain,
    change: dict[str, list[Value | None]],
) -> None:
    subject = chain.names.get(chain.level, "system")
    await audit.record(tx, actor, action, subject, chain.domain_id, {"setting": key.key, **change})
    if chain.level is Level.USER:
        tx.announce(UserChanged(chain.target_id, chain.domain_id or 0))
    elif chain.level is Level.DOMAIN:
        tx.announce(DomainChanged(chain.target_id))
    else:
        tx.announce(SettingsChanged(key.key))
