"""What still fits into a mailbox and its domain."""

from __future__ import annotations

from backend.directory import limits, settings
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import GIB, Level
from backend.kit import db


async def fill(user_id: int, used_bytes: int) -> None:
    await db.write(
        lambda tx: tx.execute(
            "INSERT INTO account (id, used_bytes) VALUES (?, ?)"
            " ON CONFLICT (id) DO UPDATE SET used_bytes = excluded.used_bytes",
            user_id,
            used_bytes,
        )
    )


async def test_quota_of_the_mailbox_where_the_domain_has_no_limit(world) -> None:
    await fill(world.ada.id, 3 * GIB)

    assert await limits.delivery_quota(world.ada.id) == 10 * GIB


async def test_space_of_the_domain_ends_sooner(world, moving_clock) -> None:
    await settings.set_value(SYSTEM, "domain.disk_bytes", Level.DOMAIN, world.example.id, 8 * GIB)
    await fill(world.ada.id, 3 * GIB)
    await fill(world.deputy.id, 4 * GIB)

    assert await limits.delivery_quota(world.ada.id) == 4 * GIB

    await fill(world.deputy.id, 6 * GIB)
    moving_clock.advance(11)
    assert await limits.delivery_quota(world.ada.id) == 2 * GIB


async def test_full_domain_is_not_taken_for_unlimited(world) -> None:
    await settings.set_value(SYSTEM, "domain.disk_bytes", Level.DOMAIN, world.example.id, GIB)
    await fill(world.deputy.id, GIB)

    assert await limits.delivery_quota(world.ada.id) == limits.FULL


async def test_unlimited_mailbox_in_a_limited_domain(world) -> None:
    await settings.set_value(SYSTEM, "mailbox.quota_bytes", Level.SYSTEM, 0, 0)
    assert await limits.delivery_quota(world.ada.id) == 0

    await settings.set_value(SYSTEM, "domain.disk_bytes", Level.DOMAIN, world.example.id, GIB)
    assert await limits.delivery_quota(world.ada.id) == GIB
