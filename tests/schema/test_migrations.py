"""Migrations make the same tables as the models, keep rows, and refuse a database of another version."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend.kit import db, ids, migrations, models
from backend.kit.config import Settings
from backend.kit.runtime import Runtime, open_runtime
from schema.models.directory import Domain, User


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def any_settings(request: pytest.FixtureRequest, settings: Settings) -> Settings:
    """Settings of an empty database on each of the two engines."""
    if request.param == "sqlite":
        return settings
    return settings.model_copy(update={"database_url": request.getfixturevalue("postgres_url")})


@pytest.fixture
async def empty(any_settings: Settings) -> AsyncIterator[Runtime]:
    async with open_runtime(any_settings, use_redis="never", tables="leave") as runtime:
        yield runtime


async def layout() -> list[db.Row]:
    """Tables, columns, keys and indexes of the open database, as its engine tells them."""
    if db.dialect() == "sqlite":
        rows = await db.fetch_rows(
            'SELECT m.name, c.name, c.type, c."notnull", c.dflt_value, c.pk FROM sqlite_master m'
            " JOIN pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY 1, 2"
        )
        rows += await db.fetch_rows(
            'SELECT m.name, i."unique", i.origin, (SELECT group_concat(name) FROM pragma_index_info(i.name))'
            " FROM sqlite_master m JOIN pragma_index_list(m.name) i WHERE m.type = 'table' ORDER BY 1, 4, 2"
        )
        rows += await db.fetch_rows(
            'SELECT m.name, f."table", f."from", f."to", f.on_delete FROM sqlite_master m'
            " JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' ORDER BY 1, 3"
        )
    else:
        rows = await db.fetch_rows(
            "SELECT table_name::text, column_name::text, data_type::text, character_maximum_length,"
            " is_nullable::text, column_default::text FROM information_schema.columns"
            " WHERE table_schema = 'public' ORDER BY 1, 2"
        )
        rows += await db.fetch_rows(
            "SELECT tablename::text, regexp_replace(indexdef, 'INDEX \\S+ ON', 'INDEX ON') FROM pg_indexes"
            " WHERE schemaname = 'public' ORDER BY 1, 2"
        )
        rows += await db.fetch_rows(
            "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE contype = 'f' ORDER BY 1, 2"
        )
    return [row for row in rows if row[0] not in (migrations.TABLE, "sqlite_sequence")]


async def test_an_old_database_becomes_as_a_fresh_one_and_its_administrators_get_their_role(
    any_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_runtime(any_settings, use_redis="never", tables="leave") as rt:
        await migrate_until(monkeypatch, "0008_gateways")
        await rt.db.write(administrator_and_user)
        old = await migrations.applied()

        assert await migrations.migrate() == [name for name in migrations.known() if name not in old]

        assert "0008_gateways" in old
        assert await migrations.applied() == migrations.known()
        found = await db.fetch_rows("SELECT localpart, role FROM user_account ORDER BY id")
        assert [tuple(row) for row in found] == [("ann", "DOMAIN_ADMINISTRATOR"), ("bob", "USER")]
        migrated = await layout()
        if rt.db.dialect == "postgres":
            await rt.db.write(drop_all)
    other = any_settings.model_copy(update={"data": tmp_path / "other"})
    async with open_runtime(other, use_redis="never", tables="generate"):
        fresh = await layout()

    assert migrated == fresh
    assert len({row[0] for row in fresh}) > 20


async def administrator_and_user(tx: db.Tx) -> None:
    await tx.execute("INSERT INTO domain (id, name, created_at) VALUES (1, 'example.test', 1)")
    for id_, localpart, is_admin in ((2, "ann", 1), (3, "bob", 0)):
        await tx.execute(
            "INSERT INTO user_account (id, domain_id, localpart, is_domain_admin, created_at)"
            " VALUES (?, 1, ?, ?, 1)",
            id_,
            localpart,
            is_admin,
        )


async def test_an_empty_database_is_at_once_of_this_version(empty: Runtime) -> None:
    assert await migrations.migrate() == migrations.known()

    await migrations.require_current()
    assert await migrations.applied() == migrations.known()
    assert len({row[0] for row in await layout()}) > 20


async def drop_all(tx: db.Tx) -> None:
    await tx.execute("DROP SCHEMA public CASCADE")
    await tx.execute("CREATE SCHEMA public")


async def test_models_and_migrations_say_the_same(empty: Runtime) -> None:
    assert await migrations.drift() == []


async def test_drift_names_what_is_missing(empty: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Domain._meta, "unique_together", (("name", "created_at"),))

    assert any("Domain" in line for line in await migrations.drift())


async def test_rows_survive_a_second_migration(empty: Runtime) -> None:
    await migrations.migrate()
    domain = Domain(id=ids.new_id(), name="example.test", created_at=1)
    await domain.save()
    await User(id=ids.new_id(), domain=domain, localpart="ann", created_at=1).save()

    assert await migrations.migrate() == []
    await migrations.require_current()
    assert [user.localpart for user in await User.filter(domain__name="example.test")] == ["ann"]


async def test_empty_and_older_databases_are_refused_with_what_to_do(empty: Runtime) -> None:
    with pytest.raises(migrations.WrongSchema, match="is empty: run `postroom migrate`"):
        await migrations.require_current()

    await migrations.migrate()
    await forget_newest()

    with pytest.raises(migrations.WrongSchema, match=r"of an older version|is empty"):
        await migrations.require_current()


async def forget_newest() -> None:
    async def verb(tx: db.Tx) -> int:
        return await tx.execute(f"DELETE FROM {migrations.TABLE} WHERE name = ?", migrations.known()[-1])

    assert await db.write(verb) == 1


async def test_newer_database_is_refused_and_untouched(empty: Runtime) -> None:
    await migrations.migrate()

    async def from_the_future(tx: db.Tx) -> None:
        await tx.execute(
            f"UPDATE {migrations.TABLE} SET name = '9999_future' WHERE name = ?", migrations.known()[-1]
        )

    await db.write(from_the_future)

    with pytest.raises(migrations.WrongSchema, match="newer version of Postroom \\(9999_future\\)"):
        await migrations.require_current()
    with pytest.raises(migrations.WrongSchema, match="newer"):
        await migrations.migrate()
    assert await migrations.applied() == [*migrations.known()[:-1], "9999_future"]


@pytest.mark.parametrize("step_by_step", [False, True])
async def test_failed_migration_leaves_nothing(
    empty: Runtime, monkeypatch: pytest.MonkeyPatch, step_by_step: bool
) -> None:
    from tortoise.migrations.recorder import MigrationRecorder

    async def fail(self: MigrationRecorder, app: str, name: str) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(MigrationRecorder, "record_applied", fail)

    with pytest.raises(RuntimeError, match="the power went"):
        await migrations.migrate(step_by_step=step_by_step)

    assert await layout() == []


async def migrate_until(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Apply no more than these and what they stand on, as the version before did."""
    from tortoise.migrations.executor import MigrationExecutor, MigrationTarget

    targets = [MigrationTarget(app_label=models.APP, name=name) for name in names]
    whole = MigrationExecutor.migrate
    with monkeypatch.context() as patch:
        patch.setattr(MigrationExecutor, "migrate", lambda executor: whole(executor, targets))
        await migrations.migrate(step_by_step=True)
