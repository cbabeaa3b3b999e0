"""`postroom spool reroute` and `reset-route`: sending what waits another way, and back again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli import frame, spool
from backend.cli.gateway import TlsName, find
from backend.cli.spool import Everything, Ids
from backend.cli.values import host_and_port

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from backend.spool.admin import Act

OfDomain = Annotated[str, typer.Option(help="Only recipients of this domain.")]


def register(group: typer.Typer) -> None:
    """Add the commands."""
    group.command()(reroute)
    group.command("reset-route")(reset_route)


def reroute(
    ids: Ids = None,
    everything: Everything = False,
    domain: OfDomain = "",
    to: Annotated[str, typer.Option(metavar="HOST[:PORT]", help="Send by this host.")] = "",
    tls: Annotated[
        TlsName, typer.Option(help="With --to: how the connection is secured.")
    ] = TlsName.OPPORTUNISTIC,
    gateway: Annotated[str, typer.Option(metavar="NAME", help="Send by this gateway.")] = "",
    address: Annotated[str, typer.Option(help="Send to this address instead.")] = "",
) -> None:
    """Send open recipients another way: by a host, by a gateway, or to another address."""
    from backend.directory.types import Tls
    from backend.spool import reroute as verbs
    from backend.spool.detours import Detour

    if sum(map(bool, (to, gateway, address))) != 1:
        raise typer.BadParameter("give one of --to, --gateway and --address")
    host, port = host_and_port(to, 25)

    async def act() -> Act:
        if address:
            return partial(verbs.to_address, address=address, domain=domain)
        if gateway:
            detour = Detour(gateway_id=(await find(gateway)).id)
        else:
            detour = Detour.to_host(host, port, Tls(tls.value))
        return partial(verbs.to_detour, detour=detour, domain=domain)

    _run(act, ids, everything, domain, "go another way")


def reset_route(ids: Ids = None, everything: Everything = False, domain: OfDomain = "") -> None:
    """Undo rerouting: by the usual way, to the first address."""
    from backend.spool import reroute as verbs

    async def act() -> Act:
        return partial(verbs.reset, domain=domain)

    _run(act, ids, everything, domain, "go their usual way")


def _run(
    act: Callable[[], Awaitable[Act]], ids: list[str] | None, everything: bool, domain: str, done: str
) -> None:
    from backend.spool.listing import Filter

    if bool(ids) == everything:
        raise typer.BadParameter("name messages, or give --all")
    numbers = [spool.message_id(text) for text in ids or []]

    async def work() -> int:
        return await spool.perform(await act(), numbers, Filter(domain=domain) if everything else None)

    count = frame.run(lambda rt: work())
    if not everything and count == 0:
        frame.fail("nothing to do: no such message, or nothing of it is open for this")
    frame.show({"messages": count}, f"{count} messages {done}")
