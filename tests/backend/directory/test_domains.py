"""Domains: made, listed, disabled, removed; seen by those who may."""

from __future__ import annotations

import pytest

from backend.directory import aliases, domains, settings
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from backend.kit import db
from backend.kit.errors import Conflict, InvalidSyntax, NotFound, PermissionDenied
from backend.kit.runtime import Runtime
from schema.events import DomainChanged, Event


async def test_international_domain_is_stored_as_a_label(rt: Runtime) -> None:
    domain = await domains.add(SYSTEM, "  Bücher.Example. ")

    assert domain.name == "xn--bcher-kva.example"
    assert domain.display_name == "bücher.example"
    assert (await domains.get_by_name(SYSTEM, "BÜCHER.example")).id == domain.id


@pytest.mark.parametrize(
    "name", ["", "localhost", "-a.test", "a..test", "[192.0.2.1]", "192.0.2.1", "a b.test", "a_b.test"]
)
async def test_what_cannot_receive_mail_is_refused(rt: Runtime, name: str) -> None:
    with pytest.raises(InvalidSyntax) as refusal:
        await domains.add(SYSTEM, name)

    assert refusal.value.field == "domain"
    assert await db.fetch_value("SELECT count(*) FROM domain") == 0


async def test_domain_exists_once(world, heard: list[Event]) -> None:
    with pytest.raises(Conflict):
        await domains.add(SYSTEM, "EXAMPLE.test")

    assert heard == []


async def test_adding_is_audited_and_announced(rt: Runtime, heard: list[Event], last_audit) -> None:
    domain = await domains.add(SYSTEM, "example.test")

    assert await last_audit() == ("system", "domain.add", "example.test", "{}")
    assert heard == [DomainChanged(domain.id)]


async def test_domain_administrator_sees_the_own_domain_only(world) -> None:
    page = await domains.list_page(world.as_primary)

    assert [domain.name for domain in page.items] == ["example.test"]
    assert page.total == 1
    assert (await domains.get(world.as_primary, world.example.id)).name == "example.test"
    for missing in (world.other.id, 12345):
        with pytest.raises(NotFound, match="No such domain"):
            await domains.get(world.as_primary, missing)
    with pytest.raises(NotFound):
        await domains.get_by_name(world.as_primary, "other.test")
    with pytest.raises(PermissionDenied):
        await domains.list_page(world.as_ada)


async def test_pages_go_on_after_the_last_name(rt: Runtime) -> None:
    for name in ("c.test", "a.test", "b_d.test".replace("_", "-"), "d.test"):
        await domains.add(SYSTEM, name)

    first = await domains.list_page(SYSTEM, limit=3)
    second = await domains.list_page(SYSTEM, after=first.items[-1].name, limit=3)

    assert [domain.name for domain in first.items] == ["a.test", "b-d.test", "c.test"]
    assert (first.has_more, first.total) == (True, 4)
    assert ([domain.name for domain in second.items], second.has_more) == (["d.test"], False)
    assert [domain.name for domain in (await domains.list_page(SYSTEM, search="B-")).items] == ["b-d.test"]
    assert (await domains.list_page(SYSTEM, search="%")).items == []


async def test_only_the_system_administrator_disables(world, heard: list[Event], last_audit) -> None:
    with pytest.raises(PermissionDenied):
        await domains.set_enabled(world.as_primary, world.example.id, enabled=False)
    assert heard == []

    await domains.set_enabled(world.as_root, world.example.id, enabled=False)
    await domains.set_enabled(world.as_root, world.example.id, enabled=False)

    assert heard == [DomainChanged(world.example.id)]
    assert (await last_audit())[:3] == ("root", "domain.disable", "example.test")


async def test_domain_with_users_stays(world) -> None:
    with pytest.raises(Conflict, match="3 users"):
        await domains.remove(SYSTEM, world.example.id)

    assert (await domains.get(SYSTEM, world.example.id)).name == "example.test"


async def test_removal_takes_aliases_and_settings_along(rt: Runtime) -> None:
    domain = await domains.add(SYSTEM, "example.test")
    await aliases.add(SYSTEM, domain.id, "info", ["ada@other.test"])
    await settings.set_value(SYSTEM, "domain.max_users", Level.DOMAIN, domain.id, 5)

    await domains.remove(SYSTEM, domain.id)

    for table in ("domain", "alias", "setting"):
        assert await db.fetch_value(f"SELECT count(*) FROM {table}") == 0
    with pytest.raises(NotFound):
        await domains.remove(SYSTEM, domain.id)


async def test_counts_name_every_domain(world) -> None:
    await aliases.add(SYSTEM, world.other.id, "info", ["ada@example.test"])

    ids = [world.example.id, world.other.id]

    assert await domains.count_users(ids) == {world.example.id: 3, world.other.id: 1}
    assert await domains.count_aliases(ids) == {world.example.id: 0, world.other.id: 1}
