"""The audit: read by domain, newest first, and without secrets by construction."""

from __future__ import annotations

import pytest

from backend.directory import audit, users
from backend.directory.principal import SYSTEM
from backend.kit import db
from backend.kit.errors import NotFound, PermissionDenied


@pytest.mark.parametrize("field", ["password", "new_password", "Token", "key_hash", "client_secret"])
async def test_field_that_names_a_secret_is_refused(rt, field: str) -> None:
    with pytest.raises(ValueError, match=field):
        await db.write(lambda tx: audit.record(tx, SYSTEM, "user.update", "ada", None, {field: "x"}))

    assert await db.fetch_value("SELECT count(*) FROM audit_entry") == 0


def test_changes_are_what_differs() -> None:
    assert audit.changes(a=(1, 2), b=("x", "x"), c=(None, False)) == {"a": [1, 2], "c": [None, False]}


async def test_domain_administrator_reads_the_own_domain(world) -> None:
    own = await audit.list_entries(world.as_deputy)
    every = await audit.list_entries(world.as_root)

    assert {entry.domain_id for entry in own} == {world.example.id}
    assert [entry.subject for entry in own][:1] == ["ada@example.test"]
    assert await audit.count_entries(world.as_deputy) == len(own) == 4
    assert await audit.count_entries(world.as_root) == len(every) == 7
    with pytest.raises(NotFound):
        await audit.list_entries(world.as_deputy, domain_id=world.other.id)
    with pytest.raises(PermissionDenied):
        await audit.list_entries(world.as_ada)


async def test_pages_go_back_in_time(world) -> None:
    first = await audit.list_entries(world.as_root, limit=3)
    second = await audit.list_entries(world.as_root, before=first[-1].id, limit=30)

    assert [entry.id for entry in first + second] == sorted(
        (entry.id for entry in await audit.list_entries(world.as_root)), reverse=True
    )


async def test_where_it_came_from_is_kept(world) -> None:
    await users.update(world.as_root.through(7, "192.0.2.1"), world.ada.id, name="X")

    entry = (await audit.list_entries(world.as_root, limit=1))[0]
    assert (entry.actor, entry.actor_kind, entry.remote_address) == ("root", "administrator", "192.0.2.1")
    assert entry.detail == {"name": ["Ada Byron", "X"]}
