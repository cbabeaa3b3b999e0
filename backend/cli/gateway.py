"""`postroom gateway`: servers that take outgoing mail."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli import frame
from backend.cli.values import host_and_port

if TYPE_CHECKING:
    from backend.spool.gateways import Gateway

app = typer.Typer(name="gateway", help="Servers that take outgoing mail.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(metavar="NAME", help="What the gateway is called here.")]
_COLUMNS = ["name", "host", "tls", "username", "sender_domain", "recipient_domain", "priority", "enabled"]


class TlsName(StrEnum):
    """How the connection is secured."""

    VERIFIED = "verified"
    IMPLICIT = "implicit"
    ENCRYPTED = "encrypted"
    OPPORTUNISTIC = "opportunistic"


def register(root: typer.Typer) -> None:
    """Add the group."""
    root.add_typer(app)


@app.command()
def add(
    name: Name,
    host: Annotated[str, typer.Option(metavar="HOST[:PORT]", help="Where it is; port 587 without one.")],
    tls: Annotated[TlsName, typer.Option(help="How the connection is secured.")] = TlsName.VERIFIED,
    username: Annotated[str, typer.Option(help="Sign in by this name.")] = "",
    password_stdin: Annotated[
        bool,
        typer.Option("--password-stdin", help="Read the password from the first line of standard input."),
    ] = False,
    sender_domain: Annotated[str, typer.Option(help="Only for mail of this domain's users.")] = "",
    recipient_domain: Annotated[str, typer.Option(help="Only for mail to this domain.")] = "",
    priority: Annotated[int, typer.Option(help="Lower is asked first, equal ones in turn.")] = 10,
) -> None:
    """Add a gateway."""
    from backend.directory.principal import SYSTEM
    from backend.directory.types import Tls
    from backend.spool import gateways
    from backend.spool.gateways import Gateway

    if bool(username) != password_stdin:
        raise typer.BadParameter("--username and --password-stdin go together")
    host_name, port = host_and_port(host, 587)
    wanted = Gateway(
        name=name,
        host=host_name,
        port=port,
        tls=Tls(tls.value),
        username=username,
        password=frame.read_password(password_stdin) if password_stdin else "",
        sender_domain=sender_domain,
        recipient_domain=recipient_domain,
        priority=priority,
    )
    made = frame.run(lambda rt: gateways.add(SYSTEM, wanted))
    frame.show(_row(made), f"gateway {made.name} is added")


@app.command("set")
def change(
    name: Name,
    host: Annotated[str, typer.Option(metavar="HOST[:PORT]", help="Where it is.")] = "",
    tls: Annotated[TlsName | None, typer.Option(help="How the connection is secured.")] = None,
    sender_domain: Annotated[
        str | None, typer.Option(help="Only for mail of this domain's users; empty for any.")
    ] = None,
    recipient_domain: Annotated[
        str | None, typer.Option(help="Only for mail to this domain; empty for any.")
    ] = None,
    priority: Annotated[int | None, typer.Option(help="Lower is asked first, equal ones in turn.")] = None,
) -> None:
    """Change what is given of a gateway; its password stays."""

    async def work() -> Gateway:
        from dataclasses import replace

        from backend.directory.principal import SYSTEM
        from backend.directory.types import Tls
        from backend.spool import gateways

        before = await find(name)
        to, port = host_and_port(host, before.port) if host else (before.host, before.port)
        wanted = replace(
            before,
            host=to,
            port=port,
            tls=before.tls if tls is None else Tls(tls.value),
            sender_domain=before.sender_domain if sender_domain is None else sender_domain,
            recipient_domain=before.recipient_domain if recipient_domain is None else recipient_domain,
            priority=before.priority if priority is None else priority,
        )
        return await gateways.update(SYSTEM, wanted, keeps_password=True)

    made = frame.run(lambda rt: work())
    frame.show(_row(made), f"gateway {made.name} is changed")


@app.command("list")
def list_all() -> None:
    """List the gateways."""
    from backend.directory.principal import SYSTEM
    from backend.spool import gateways

    found = frame.run(lambda rt: gateways.list_all(SYSTEM))
    frame.show_table([_row(one) for one in found], _COLUMNS, empty="there are no gateways: mail goes by MX")


@app.command()
def disable(name: Name) -> None:
    """Give a gateway nothing any more."""
    _enable(name, enabled=False)


@app.command()
def enable(name: Name) -> None:
    """Undo disabling."""
    _enable(name, enabled=True)


@app.command()
def remove(name: Name) -> None:
    """Remove a gateway; what waits for it goes another way."""

    async def work() -> Gateway:
        from backend.directory.principal import SYSTEM
        from backend.spool import gateways

        return await gateways.remove(SYSTEM, (await find(name)).id)

    gone = frame.run(lambda rt: work())
    frame.show(_row(gone), f"gateway {gone.name} is removed")


def _enable(name: str, *, enabled: bool) -> None:
    async def work() -> Gateway:
        from dataclasses import replace

        from backend.directory.principal import SYSTEM
        from backend.spool import gateways

        wanted = replace(await find(name), is_enabled=enabled)
        return await gateways.update(SYSTEM, wanted, keeps_password=True)

    made = frame.run(lambda rt: work())
    frame.show(_row(made), f"gateway {made.name} is {'enabled' if enabled else 'disabled'}")


async def find(name: str) -> Gateway:
    """The gateway of that name; raises `NotFound`."""
    from backend.directory.principal import SYSTEM
    from backend.kit.errors import NotFound
    from backend.spool import gateways

    for one in await gateways.list_all(SYSTEM):
        if one.name == name:
            return one
    raise NotFound(f"There is no gateway {name[:100]}")


def _row(one: Gateway) -> dict[str, object]:
    return {
        "name": one.name,
        "host": f"{one.host}:{one.port}",
        "tls": one.tls.value,
        "username": one.username,
        "sender_domain": one.sender_domain,
        "recipient_domain": one.recipient_domain,
        "priority": one.priority,
        "enabled": one.is_enabled,
    }
