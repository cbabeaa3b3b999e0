"""`postroom domain alias`: further names of a domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli import frame
from backend.cli.values import moment

if TYPE_CHECKING:
    from backend.directory.types import DomainAlias

app = typer.Typer(
    name="alias",
    help="Further names of a domain: every address under one means the same one of the domain.",
    no_args_is_help=True,
)
Domain = Annotated[str, typer.Argument(metavar="NAME", help="The domain, for example example.org.")]
Alias = Annotated[str, typer.Argument(metavar="ALIAS", help="The further name, for example example.net.")]


@app.command()
def add(name: Domain, alias: Alias) -> None:
    """Give a domain a further name."""

    async def work() -> DomainAlias:
        from backend.directory import domain_aliases, domains
        from backend.directory.principal import SYSTEM

        domain = await domains.get_by_name(SYSTEM, name)
        return await domain_aliases.add(SYSTEM, domain.id, alias)

    made = frame.run(lambda rt: work())
    frame.show(_row(made), f"{made.display_name} is an alias of {made.domain}")


@app.command("list")
def list_all(name: Domain) -> None:
    """List the further names of a domain."""

    async def work() -> list[DomainAlias]:
        from backend.directory import domain_aliases, domains
        from backend.directory.principal import SYSTEM

        domain = await domains.get_by_name(SYSTEM, name)
        return await domain_aliases.list_all(SYSTEM, domain.id)

    found = frame.run(lambda rt: work())
    frame.show_table(
        [_row(one) for one in found],
        ["name", "dkim_selectors", "created"],
        empty="the domain has no further names",
    )


@app.command()
def remove(alias: Alias) -> None:
    """Take a further name away; mail to it is no longer taken."""

    async def work() -> DomainAlias:
        from backend.directory import domain_aliases
        from backend.directory.principal import SYSTEM

        found = await domain_aliases.get_by_name(SYSTEM, alias)
        return await domain_aliases.remove(SYSTEM, found.id)

    gone = frame.run(lambda rt: work())
    frame.show(_row(gone), f"{gone.display_name} is no alias any more")


def _row(one: DomainAlias) -> dict[str, object]:
    return {
        "id": str(one.id),
        "name": one.name,
        "domain": one.domain,
        "dkim_selectors": one.dkim_selectors,
        "created": moment(one.created_at),
    }
