"""`postroom group`: people of a domain who hold rights on mailboxes together."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli import frame
from backend.cli.values import moment

if TYPE_CHECKING:
    from backend.directory.groups import Group

app = typer.Typer(name="group", help="Groups that hold rights on mailboxes.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(metavar="NAME@DOMAIN", help="The group, for example desk@example.org.")]
Address = Annotated[str, typer.Argument(metavar="ADDRESS", help="A user of the same domain.")]
_AT_ONCE = 500


def register(root: typer.Typer) -> None:
    """Add the group."""
    root.add_typer(app)


@app.command()
def add(name: Name) -> None:
    """Add a group without members."""
    made = frame.run(lambda rt: _add(name))
    frame.show(_row(made), f"group {made.label} is added")


@app.command("list")
def list_all(
    domain: Annotated[str, typer.Argument(metavar="DOMAIN", help="The domain, for example example.org.")],
) -> None:
    """List the groups of a domain."""
    rows = frame.run(lambda rt: _list(domain))
    frame.show_table(rows, ["name", "members", "created"], empty="there are no groups yet")


@app.command()
def show(name: Name) -> None:
    """Show the members of a group."""
    rows = frame.run(lambda rt: _members(name))
    frame.show_table(rows, ["address", "name"], empty="there are no members yet")


@app.command("add-member")
def add_member(name: Name, address: Address) -> None:
    """Put a user into a group."""
    from backend.directory import groups
    from backend.directory.principal import SYSTEM

    group = _on(name, lambda found: groups.add_member(SYSTEM, found.id, address))
    frame.show(_row(group), f"{address} is in {group.label}")


@app.command("remove-member")
def remove_member(name: Name, address: Address) -> None:
    """Take a user out of a group."""
    from backend.directory import groups
    from backend.directory.principal import SYSTEM

    group = _on(name, lambda found: groups.remove_member(SYSTEM, found.id, address))
    frame.show(_row(group), f"{address} is no longer in {group.label}")


@app.command()
def remove(name: Name) -> None:
    """Remove a group, with the rights it holds."""

    async def act(group: Group) -> Group:
        from backend.directory import groups
        from backend.directory.principal import SYSTEM

        await groups.remove(SYSTEM, group.id)
        return group

    group = _on(name, act)
    frame.show(_row(group), f"group {group.label} is removed")


def _on(name: str, act: Callable[[Group], Awaitable[Group]]) -> Group:
    async def work() -> Group:
        return await act(await _find(name))

    return frame.run(lambda rt: work())


async def _domain_of(name: str) -> tuple[str, int]:
    from backend.directory import domains
    from backend.directory.principal import SYSTEM

    group, _, domain = name.rpartition("@")
    return group, (await domains.get_by_name(SYSTEM, domain)).id


async def _find(name: str) -> Group:
    from backend.directory import groups
    from backend.directory.principal import SYSTEM

    group, domain_id = await _domain_of(name)
    return await groups.get_by_name(SYSTEM, domain_id, group)


async def _add(name: str) -> Group:
    from backend.directory import groups
    from backend.directory.principal import SYSTEM

    group, domain_id = await _domain_of(name)
    return await groups.add(SYSTEM, domain_id, group)


async def _list(domain: str) -> list[dict[str, object]]:
    from backend.directory import domains, groups
    from backend.directory.principal import SYSTEM

    domain_id = (await domains.get_by_name(SYSTEM, domain)).id
    rows: list[dict[str, object]] = []
    after, has_more = "", True
    while has_more:
        page = await groups.list_page(SYSTEM, domain_id, after=after, limit=_AT_ONCE)
        rows += [_row(group) for group in page.items]
        after, has_more = (page.items[-1].name if page.items else ""), page.has_more
    return rows


async def _members(name: str) -> list[dict[str, object]]:
    from backend.directory import groups
    from backend.directory.principal import SYSTEM

    group = await _find(name)
    return [
        {"address": member.address, "name": member.name} for member in await groups.members(SYSTEM, group.id)
    ]


def _row(group: Group) -> dict[str, object]:
    return {
        "id": str(group.id),
        "name": group.label,
        "members": group.member_count,
        "created": moment(group.created_at),
    }
