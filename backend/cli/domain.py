"""`postroom domain`: mail domains and their limits."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli import frame
from backend.cli.values import moment, parse_assignment, setting_row

if TYPE_CHECKING:
    from backend.directory.types import Domain
    from backend.kit.runtime import Runtime
    from backend.operations.accounts import Usage

app = typer.Typer(name="domain", help="Mail domains.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(metavar="NAME", help="The domain, for example example.org.")]
_AT_ONCE = 500


def register(root: typer.Typer) -> None:
    """Add the group."""
    from backend.cli import dkim, domain_alias, domain_route, tls_reports

    app.add_typer(dkim.app)
    app.command("tls-reports")(tls_reports.tls_reports)
    app.add_typer(domain_alias.app)
    app.add_typer(domain_route.app)
    root.add_typer(app)


@app.command()
def add(name: Name) -> None:
    """Add a domain."""
    from backend.directory import domains
    from backend.directory.principal import SYSTEM

    made = frame.run(lambda rt: domains.add(SYSTEM, name))
    frame.show(_row(made), f"domain {made.display_name} is added")


@app.command("list")
def list_all(
    search: Annotated[str, typer.Option(help="Only domains whose name contains this.")] = "",
) -> None:
    """List the domains with their users and what they hold."""
    rows = frame.run(lambda rt: _list(search))
    frame.show_table(
        rows, ["name", "enabled", "users", "used_bytes", "created"], empty="there are no domains yet"
    )


@app.command()
def show(name: Name) -> None:
    """Show a domain with its limits and where they come from."""
    row, settings = frame.run(lambda rt: _show(name))
    if frame.options.json:
        frame.show({**row, "settings": settings})
        return
    frame.show(row, [f"{key}: {value}" for key, value in row.items()])
    frame.show_table(settings, ["key", "shown", "ceiling", "origin"], empty="")


@app.command("set")
def set_limits(
    name: Name,
    values: Annotated[
        list[str],
        typer.Option(
            "--set",
            metavar="KEY=VALUE",
            help="Set a value, with its unit where it has one (10 GB, 1h 15min); `default` inherits again.",
        ),
    ] = [],  # noqa: B006  # typer reads the default, nobody changes it
    ceilings: Annotated[
        list[str],
        typer.Option("--ceiling", metavar="KEY=VALUE", help="Set what the domain may not pass."),
    ] = [],  # noqa: B006
) -> None:
    """Set limits and settings of a domain."""
    if not values and not ceilings:
        raise typer.BadParameter("nothing to set: give --set KEY=VALUE or --ceiling KEY=VALUE")
    wanted = [parse_assignment(text) for text in values]
    capped = [parse_assignment(text) for text in ceilings]

    async def act(domain: Domain) -> None:
        from backend.directory import settings
        from backend.directory.principal import SYSTEM
        from backend.directory.setting_key import Level
        from backend.kit import db

        async with db.transaction() as tx:
            for entry, value in capped:
                await settings.put_ceiling(tx, SYSTEM, entry.key, Level.DOMAIN, domain.id, value)
            for entry, value in wanted:
                await settings.put(tx, SYSTEM, entry.key, Level.DOMAIN, domain.id, value)

    domain = _on(name, act)
    frame.show(_row(domain), f"domain {domain.display_name} is changed")


@app.command()
def disable(name: Name) -> None:
    """Let a domain neither receive nor send, nor anyone of it sign in."""
    _enable(name, enabled=False)


@app.command()
def enable(name: Name) -> None:
    """Undo disabling."""
    _enable(name, enabled=True)


@app.command()
def remove(
    name: Name,
    with_users: Annotated[
        bool, typer.Option("--with-users", help="Remove its users and all their mail too.")
    ] = False,
) -> None:
    """Remove a domain; while it has users only with --with-users."""

    async def act(domain: Domain) -> None:
        from backend.directory import domains
        from backend.directory.principal import SYSTEM
        from backend.operations import removal

        if with_users:
            await removal.remove_domain(SYSTEM, domain.id)
        else:
            await domains.remove(SYSTEM, domain.id)

    domain = _on(name, act)
    frame.show(_row(domain), f"domain {domain.display_name} is removed")


def _enable(name: str, *, enabled: bool) -> None:
    async def act(domain: Domain) -> None:
        from backend.directory import domains
        from backend.directory.principal import SYSTEM

        await domains.set_enabled(SYSTEM, domain.id, enabled=enabled)

    domain = _on(name, act)
    word = "enabled" if enabled else "disabled"
    frame.show({**_row(domain), "enabled": enabled}, f"domain {domain.display_name} is {word}")


def _on(name: str, act: Callable[[Domain], Awaitable[None]]) -> Domain:
    from backend.directory import domains
    from backend.directory.principal import SYSTEM

    async def work(rt: Runtime) -> Domain:
        domain = await domains.get_by_name(SYSTEM, name)
        await act(domain)
        return domain

    return frame.run(work)


async def _list(search: str) -> list[dict[str, object]]:
    from backend.directory import domains
    from backend.directory.principal import SYSTEM
    from backend.operations import accounts

    rows: list[dict[str, object]] = []
    after, has_more = "", True
    while has_more:
        page = await domains.list_page(SYSTEM, after=after, limit=_AT_ONCE, search=search)
        usage = await accounts.usage_of_domains([domain.id for domain in page.items])
        rows += [_row(domain, usage[domain.id]) for domain in page.items]
        after, has_more = (page.items[-1].name if page.items else ""), page.has_more
    return rows


async def _show(name: str) -> tuple[dict[str, object], list[dict[str, object]]]:
    from backend.directory import domains, settings
    from backend.directory.principal import SYSTEM
    from backend.directory.setting_key import Level
    from backend.operations import accounts

    domain = await domains.get_by_name(SYSTEM, name)
    usage = (await accounts.usage_of_domains([domain.id]))[domain.id]
    aliases = (await domains.count_aliases([domain.id]))[domain.id]
    found = await settings.list_effective(SYSTEM, Level.DOMAIN, domain.id)
    return {**_row(domain, usage), "aliases": aliases}, [setting_row(one.effective) for one in found]


def _row(domain: Domain, usage: Usage | None = None) -> dict[str, object]:
    row: dict[str, object] = {
        "id": str(domain.id),
        "name": domain.name,
        "display_name": domain.display_name,
        "enabled": domain.is_enabled,
        "created": moment(domain.created_at),
    }
    if usage is not None:
        row |= {"users": usage.users, "used_bytes": usage.used_bytes, "messages": usage.message_count}
    return row
