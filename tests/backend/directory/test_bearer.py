"""API keys as bearer tokens of mail protocols."""

from __future__ import annotations

import pytest

from backend.directory import api_keys, bearer, guessing
from backend.directory.principal import Principal
from backend.directory.roles import Permission
from backend.kit.errors import RateLimited, Unauthenticated

HOME = "192.0.2.1"


async def come(token: str, login: str = "", address: str = HOME) -> Principal:
    return await bearer.verify(token, login, protocol="imap", remote_address=address)


@pytest.mark.parametrize("login", ["", "ada@example.test", "ADA@Example.TEST"])
async def test_a_key_that_may_use_mail_signs_its_owner_in(world, login: str) -> None:
    token, key = await api_keys.create(world.as_ada, "Sync", permissions={Permission.MAIL_USE})

    principal = await come(token, login)

    assert (principal.user_id, principal.session_id) == (world.ada.id, key.id)


async def test_other_keys_do_not(world) -> None:
    without, _ = await api_keys.create(world.as_ada, "Keys", permissions={Permission.API_KEYS_MANAGE})
    of_administrator, _ = await api_keys.create(world.as_root, "Root")
    mine, key = await api_keys.create(world.as_ada, "Mine")

    for token, login in (
        (without, ""),
        (of_administrator, ""),
        (mine, "stranger@example.test"),
        ("postroom_x", ""),
        ("", ""),
    ):
        with pytest.raises(Unauthenticated):
            await come(token, login)
    await api_keys.revoke(world.as_ada, key.id)
    with pytest.raises(Unauthenticated):
        await come(mine)


async def test_failures_are_counted_by_address_alone(world, moving_clock) -> None:
    token, _ = await api_keys.create(world.as_ada, "Sync")
    for _ in range(guessing.PER_ADDRESS):
        with pytest.raises(Unauthenticated):
            await come("postroom_wrong", "ada@example.test")

    with pytest.raises(RateLimited):
        await come(token)
    assert (await come(token, address="198.51.100.7")).user_id == world.ada.id
