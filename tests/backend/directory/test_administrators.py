"""System administrators: made by each other, and never the last one gone."""

from __future__ import annotations

import asyncio

import pytest

from backend.directory import administrators
from backend.directory.principal import SYSTEM
from backend.kit.errors import Conflict, InvalidSyntax, NotFound, PermissionDenied
from backend.kit.runtime import Runtime

PASSWORD = "violet-anchor-73"


async def test_nobody_below_makes_administrators(world) -> None:
    for principal in (world.as_primary, world.as_ada):
        with pytest.raises(PermissionDenied):
            await administrators.add(principal, "mallory", PASSWORD)
        with pytest.raises(PermissionDenied):
            await administrators.list_all(principal)
        with pytest.raises(PermissionDenied):
            await administrators.set_password(principal, world.root.id, PASSWORD + "x")
    assert [found.name for found in await administrators.list_all(SYSTEM)] == ["root"]


@pytest.mark.parametrize("name", ["", "a@b", ".hidden", "x" * 101, "tab\tbed", "ünïcode"])
async def test_names_are_plain(rt: Runtime, name: str) -> None:
    with pytest.raises(InvalidSyntax) as refusal:
        await administrators.add(SYSTEM, name, PASSWORD)

    assert refusal.value.field == "name"


async def test_name_is_taken_in_any_case(world) -> None:
    with pytest.raises(Conflict):
        await administrators.add(SYSTEM, "ROOT", PASSWORD)


async def test_last_administrator_stays(world) -> None:
    for attempt in (
        administrators.remove(world.as_root, world.root.id),
        administrators.set_enabled(world.as_root, world.root.id, enabled=False),
    ):
        with pytest.raises(Conflict, match="last system administrator"):
            await attempt
    assert await administrators.exists_any()


async def test_disabled_administrators_do_not_count(world) -> None:
    second = await administrators.add(world.as_root, "second", PASSWORD)
    await administrators.set_enabled(world.as_root, second.id, enabled=False)

    with pytest.raises(Conflict):
        await administrators.remove(world.as_root, world.root.id)

    await administrators.set_enabled(world.as_root, second.id, enabled=True)
    await administrators.remove(world.as_root, world.root.id)
    with pytest.raises(NotFound):
        await administrators.get_by_name(SYSTEM, "root")


async def test_two_who_remove_each_other_leave_one(world) -> None:
    second = await administrators.add(world.as_root, "second", PASSWORD)

    results = await asyncio.gather(
        administrators.remove(SYSTEM, world.root.id),
        administrators.remove(SYSTEM, second.id),
        return_exceptions=True,
    )

    assert [type(result) for result in results].count(Conflict) == 1
    assert len(await administrators.list_all(SYSTEM)) == 1


async def test_nobody_is_there_before_the_set_up(rt: Runtime) -> None:
    assert not await administrators.exists_any()
