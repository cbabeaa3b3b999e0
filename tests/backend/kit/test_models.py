"""Tortoise models on our engine: same writer, same transaction, no second connection."""

import pytest
from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from backend.kit import db, ids
from backend.kit.errors import Conflict
from backend.kit.runtime import Runtime
from schema.models.directory import Domain


async def make_domain(name: str) -> None:
    await Domain(id=ids.new_id(), name=name, created_at=1).save()


async def names() -> list[str]:
    return [domain.name for domain in await Domain.all().order_by("name")]


async def test_model_is_saved_and_read_outside_a_transaction(any_rt: Runtime) -> None:
    await make_domain("example.test")
    domain = await Domain.get(name="example.test")
    domain.name = "example.org"
    await domain.save()

    assert await names() == ["example.org"]
    assert (await Domain.get(name="example.org")).is_enabled == 1
    assert await Domain.filter(name="example.org").update(is_enabled=0) == 1
    assert await Domain.filter(is_enabled=0).delete() == 1


async def test_model_joins_the_transaction_and_is_rolled_back_with_it(any_rt: Runtime) -> None:
    with pytest.raises(RuntimeError, match="enough"):
        async with db.transaction() as tx:
            await make_domain("example.test")
            assert await tx.fetch_value("SELECT count(*) FROM domain") == 1
            assert await Domain.all().count() == 1
            raise RuntimeError("enough")

    assert await Domain.all().count() == 0


async def test_verb_inside_a_transaction_joins_it(any_rt: Runtime) -> None:
    async def verb(tx: db.Tx) -> int:
        return await tx.execute("UPDATE domain SET is_enabled = 0")

    async with db.transaction():
        await make_domain("example.test")
        assert await db.write(verb) == 1

    assert (await Domain.get()).is_enabled == 0


async def test_duplicate_is_a_conflict_for_tortoise_and_for_us(any_rt: Runtime) -> None:
    await make_domain("example.test")

    with pytest.raises(IntegrityError) as caught:
        await make_domain("example.test")

    assert isinstance(caught.value, Conflict)
    assert await Domain.all().count() == 1


async def test_nested_transaction_may_fail_alone(any_rt: Runtime) -> None:
    async with in_transaction():
        await make_domain("one.test")
        with pytest.raises(RuntimeError):
            async with in_transaction():
                await make_domain("two.test")
                raise RuntimeError
        await make_domain("three.test")

    assert await names() == ["one.test", "three.test"]


async def test_bulk_create_and_get_or_create(any_rt: Runtime) -> None:
    await Domain.bulk_create([Domain(id=ids.new_id(), name=f"{n}.test", created_at=1) for n in range(3)])

    _, is_new = await Domain.get_or_create(name="1.test", defaults={"id": ids.new_id(), "created_at": 1})

    assert not is_new
    assert await Domain.all().count() == 3
