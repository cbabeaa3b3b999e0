"""Users' forwards: up to some addresses that a user's mail goes to, besides or instead of the mailbox.

Users set their own, administrators those of their domain's users. What the settings do not allow is refused
when it is set and left out when mail is delivered, so a switch that is turned off works at once.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from backend.directory import audit, names, policy, resolve, settings, users
from backend.directory.aliases import parse_targets
from backend.directory.principal import Principal
from backend.directory.roles import Permission
from backend.directory.setting_store import Reader
from backend.directory.types import Forward, User
from backend.formats.addresses import Address
from backend.kit import db
from backend.kit.db import Tx
from backend.kit.errors import InvalidSyntax, LimitExceeded, NotFound, PermissionDenied
from schema.events import UserChanged


async def get(actor: Principal, user_id: int) -> Forward:
    """What is set for the user, allowed or not."""
    await _reached(actor, user_id)
    return await _stored(db.current_tx.get() or db.database(), user_id)


async def put(actor: Principal, user_id: int, targets: list[str], *, keeps_copy: bool = True) -> Forward:
    """Forward a user's mail, or without targets no more; what is set afterwards."""
    user = await _reached(actor, user_id)
    after = Forward(await checked(user, targets), keeps_copy or not targets)

    async def verb(tx: Tx) -> Forward:
        if await users.find_row(tx, user_id) is None:
            raise NotFound("No such user")
        before = await _stored(tx, user_id)
        change = audit.changes(
            targets=(_texts(before), _texts(after)), keeps_copy=(before.keeps_copy, after.keeps_copy)
        )
        if change:
            await _save(tx, user_id, after)
            await audit.record(tx, actor, "user.set_forward", user.address, user.domain_id, change)
            tx.announce(UserChanged(user_id, user.domain_id))
        return after

    return await db.write(verb)


async def _reached(actor: Principal, user_id: int) -> User:
    """The user, if the actor may set the forward; `NotFound` or `PermissionDenied` else."""
    if user_id != actor.user_id:
        policy.require(actor, Permission.USERS_MANAGE)
    user = await users.find_row(db.current_tx.get() or db.database(), user_id)
    if user is None or actor.domain_id not in {None, user.domain_id}:
        raise NotFound("No such user")
    if user_id == actor.user_id:
        policy.require_mail(actor)
    else:
        policy.require_over(actor, user)
    return user


async def permitted(user_id: int, targets: Sequence[Address]) -> tuple[Address, ...]:
    """Those of the targets that the settings let the user's mail go to now (filters that forward)."""
    if not await settings.get("forward.enabled", user_id=user_id):
        return ()
    if not await settings.get("forward.outside", user_id=user_id):
        own = await settings.domain_of(user_id)
        targets = [target for target in targets if await resolve.domain_id(target.domain) == own]
    return tuple(targets[: await settings.get_number("forward.max_targets", user_id=user_id)])


async def checked(user: User, texts: Sequence[str]) -> tuple[Address, ...]:
    """The targets as addresses, each once, if the user's mail may go there."""
    targets = tuple(dict.fromkeys(names.address(text, field="targets") for text in texts if text.strip()))
    if not targets:
        return ()
    if not await settings.get("forward.enabled", user_id=user.id):
        raise PermissionDenied("Forwarding is turned off")
    most = await settings.get_number("forward.max_targets", user_id=user.id)
    if len(targets) > most:
        raise LimitExceeded(f"Mail can be forwarded to {most} addresses at most", field="targets")
    may_leave = await settings.get("forward.outside", user_id=user.id)
    for target in targets:
        if not may_leave and await resolve.own_name(target.domain) != user.domain:
            raise PermissionDenied(f"Mail may be forwarded to addresses of {user.domain} only")
        if await resolve.leads_to(target, user.id):
            raise InvalidSyntax(f"{target} leads back to this mailbox", field="targets")
    return targets


async def _stored(reader: Reader, user_id: int) -> Forward:
    row = await reader.fetch_row("SELECT targets, keeps_copy FROM user_forward WHERE user_id = ?", user_id)
    return Forward(parse_targets(row[0]), bool(row[1])) if row is not None else Forward()


async def _save(tx: Tx, user_id: int, forward: Forward) -> None:
    if not forward.targets:
        await tx.execute("DELETE FROM user_forward WHERE user_id = ?", user_id)
        return
    await tx.execute(
        "INSERT INTO user_forward (user_id, targets, keeps_copy) VALUES (?, ?, ?)"
        " ON CONFLICT (user_id) DO UPDATE SET targets = excluded.targets, keeps_copy = excluded.keeps_copy",
        user_id,
        json.dumps(_texts(forward), ensure_ascii=False),
        int(forward.keeps_copy),
    )


def _texts(forward: Forward) -> list[str]:
    return [str(target) for target in forward.targets]
