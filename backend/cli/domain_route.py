"""`postroom domain route`: domains whose mail goes on to another server."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from backend.cli import frame
from backend.cli.gateway import TlsName
from backend.cli.values import host_and_port

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from backend.directory.domain_routes import Route
    from backend.directory.types import Domain

app = typer.Typer(
    name="route",
    help="Mail that nobody of a domain takes here goes on to another server: backup MX, relay, split domain.",
    no_args_is_help=True,
)
Name = Annotated[str, typer.Argument(metavar="NAME", help="The domain, for example example.org.")]
Recipients = Annotated[
    list[str] | None,
    typer.Argument(metavar="[ADDRESS]…", help="Recipients; without any, one a line of standard input."),
]
_PAGE = 500
T = TypeVar("T")


class AcceptsName(StrEnum):
    """Which recipients are taken."""

    ANY = "any"
    LISTED = "listed"
    ASKED = "asked"


@app.command("set")
def put(
    name: Name,
    host: Annotated[
        str,
        typer.Option(metavar="HOST[:PORT]", help="Where it goes; without it to MX hosts before this one."),
    ] = "",
    tls: Annotated[TlsName, typer.Option(help="How the connection is secured.")] = TlsName.OPPORTUNISTIC,
    accepts: Annotated[AcceptsName, typer.Option(help="Which recipients are taken.")] = AcceptsName.ANY,
) -> None:
    """Let mail of a domain go on that nobody takes here."""
    from backend.directory import domain_routes
    from backend.directory.domain_routes import SMTP_PORT, Accepts, Route
    from backend.directory.principal import SYSTEM
    from backend.directory.types import Tls

    to, port = host_and_port(host, SMTP_PORT)
    wanted = Route(host=to, port=port, tls=Tls(tls.value), accepts=Accepts(accepts.value))

    async def act(domain: Domain) -> Route:
        return await domain_routes.put(SYSTEM, domain.id, wanted)

    domain, made = frame.run(lambda rt: _on(name, act))
    frame.show(_row(domain, made), f"mail of {domain.display_name} goes on to {domain_routes.show(made)}")


@app.command()
def show(name: Name) -> None:
    """Show where mail of a domain goes on to."""

    async def act(domain: Domain) -> Route | None:
        from backend.directory import domain_routes
        from backend.directory.principal import SYSTEM

        return await domain_routes.get(SYSTEM, domain.id)

    domain, found = frame.run(lambda rt: _on(name, act))
    row = _row(domain, found)
    frame.show(row, [f"{key}: {value}" for key, value in row.items()])


@app.command()
def remove(name: Name) -> None:
    """Let mail of a domain end here again."""

    async def act(domain: Domain) -> None:
        from backend.directory import domain_routes
        from backend.directory.principal import SYSTEM

        await domain_routes.remove(SYSTEM, domain.id)

    domain, _ = frame.run(lambda rt: _on(name, act))
    frame.show(_row(domain, None), f"mail of {domain.display_name} ends here")


@app.command("list")
def list_recipients(name: Name) -> None:
    """List the recipients that a route with `--accepts listed` takes."""

    async def act(domain: Domain) -> list[str]:
        from backend.directory import routed_recipients
        from backend.directory.principal import SYSTEM

        found: list[str] = []
        has_more = True
        while has_more:
            page = await routed_recipients.list_page(
                SYSTEM, domain.id, after=found[-1] if found else "", limit=_PAGE
            )
            found += page.items
            has_more = page.has_more
        return found

    domain, found = frame.run(lambda rt: _on(name, act))
    rows = [{"address": f"{one}@{domain.name}"} for one in found]
    frame.show_table(rows, ["address"], empty="no recipients are listed")


@app.command("add")
def add_recipients(name: Name, recipients: Recipients = None) -> None:
    """List recipients."""
    count = _change(name, recipients, "add")
    frame.show({"changed": count}, f"{count} recipients are new")


@app.command("drop")
def drop_recipients(name: Name, recipients: Recipients = None) -> None:
    """Take recipients off the list."""
    count = _change(name, recipients, "remove")
    frame.show({"changed": count}, f"{count} recipients are off the list")


def _change(name: str, recipients: list[str] | None, verb: str) -> int:
    given = recipients or [line for line in sys.stdin.read().splitlines() if line.strip()]

    async def act(domain: Domain) -> int:
        from backend.directory import routed_recipients
        from backend.directory.principal import SYSTEM

        change = routed_recipients.add if verb == "add" else routed_recipients.remove
        count = 0
        for at in range(0, len(given), routed_recipients.AT_ONCE):
            count += await change(SYSTEM, domain.id, given[at : at + routed_recipients.AT_ONCE])
        return count

    return frame.run(lambda rt: _on(name, act))[1]


async def _on(name: str, act: Callable[[Domain], Awaitable[T]]) -> tuple[Domain, T]:
    from backend.directory import domains
    from backend.directory.principal import SYSTEM

    domain = await domains.get_by_name(SYSTEM, name)
    return domain, await act(domain)


def _row(domain: Domain, route: Route | None) -> dict[str, object]:
    row: dict[str, object] = {"domain": domain.name, "goes_on": route is not None}
    if route is not None:
        row |= {
            "host": route.host,
            "port": route.port,
            "tls": route.tls.value,
            "accepts": route.accepts.value,
        }
    return row
