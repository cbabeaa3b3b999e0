"""`postroom domain dkim`: the keys that sign a domain's mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli import frame
from backend.cli.values import moment

if TYPE_CHECKING:
    from backend.operations.dkim_keys import DkimKey

app = typer.Typer(name="dkim", help="Keys that sign a domain's mail.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(metavar="NAME", help="The domain, for example example.org.")]
Selector = Annotated[str, typer.Argument(metavar="SELECTOR", help="The key's selector, as `list` shows it.")]


@app.command("list")
def list_all(name: Name) -> None:
    """List the keys with the TXT records to publish; the first ones are made when asked for."""
    rows = frame.run(lambda rt: _list(name))
    frame.show_table(
        rows, ["selector", "state", "changed", "record_name", "record"], empty="there are no keys"
    )


@app.command()
def create(
    name: Name,
    algorithm: Annotated[str, typer.Option(help="ed25519 or rsa.")] = "ed25519",
) -> None:
    """Make a further key; it takes over from the one of its kind once its record is published."""
    made = frame.run(lambda rt: _create(name, algorithm))
    frame.show(_row(made), f'publish {made.record_name} TXT "{made.record}"')


@app.command()
def activate(name: Name, selector: Selector) -> None:
    """Look for a key's record now, and let it sign if it is there."""
    key = frame.run(lambda rt: _activate(name, selector))
    frame.show(_row(key), f"{key.selector} signs from now on")


@app.command()
def remove(name: Name, selector: Selector) -> None:
    """Remove a key."""
    key = frame.run(lambda rt: _remove(name, selector))
    frame.show(_row(key), f"{key.selector} is removed")


async def _list(name: str) -> list[dict[str, object]]:
    return [_row(key) for key in await _keys(name)]


async def _keys(name: str) -> list[DkimKey]:
    from backend.directory import domains
    from backend.directory.principal import SYSTEM
    from backend.operations import dkim_keys

    return await dkim_keys.list_keys(SYSTEM, (await domains.get_by_name(SYSTEM, name)).id)


async def _find(name: str, selector: str) -> DkimKey:
    from backend.kit.errors import NotFound

    for key in await _keys(name):
        if key.selector == selector:
            return key
    raise NotFound(f"{name} has no key with the selector {selector[:63]}")


async def _create(name: str, algorithm: str) -> DkimKey:
    from backend.directory import domains
    from backend.directory.principal import SYSTEM
    from backend.operations import dkim_keys

    return await dkim_keys.create(SYSTEM, (await domains.get_by_name(SYSTEM, name)).id, algorithm)


async def _activate(name: str, selector: str) -> DkimKey:
    from backend.directory.principal import SYSTEM
    from backend.kit import config
    from backend.kit.resolver import Resolver
    from backend.operations import dkim_keys

    key = await _find(name, selector)
    return await dkim_keys.activate(SYSTEM, key.id, Resolver(config.current().dns_servers))


async def _remove(name: str, selector: str) -> DkimKey:
    from backend.directory.principal import SYSTEM
    from backend.operations import dkim_keys

    key = await _find(name, selector)
    await dkim_keys.remove(SYSTEM, key.id)
    return key


def _row(key: DkimKey) -> dict[str, object]:
    return {
        "selector": key.selector,
        "state": key.state.name.lower(),
        "changed": moment(key.changed_at),
        "record_name": key.record_name,
        "record": key.record,
    }
