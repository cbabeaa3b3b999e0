"""`postroom user send-as`: who may write in a user's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli import frame

if TYPE_CHECKING:
    from backend.mailstore.send_grants import SendGrant, SendMode

app = typer.Typer(name="send-as", help="Who may write in a user's name.", no_args_is_help=True)
Address = Annotated[str, typer.Argument(metavar="ADDRESS", help="The full address of the user.")]
Holder = Annotated[str, typer.Argument(metavar="HOLDER", help="An address, or group:NAME.")]


@app.command()
def grant(
    address: Address,
    holder: Holder,
    on_behalf: Annotated[
        bool, typer.Option("--on-behalf", help="Messages name who wrote them, in Sender.")
    ] = False,
) -> None:
    """Let a person or a group write as the user, or on behalf of the user."""
    from backend.mailstore.send_grants import SendMode

    rows = frame.run(lambda rt: _put(address, holder, SendMode.BEHALF if on_behalf else SendMode.AS))
    frame.show(rows, f"{holder} may write {'on behalf of' if on_behalf else 'as'} {address}")


@app.command()
def revoke(address: Address, holder: Holder) -> None:
    """Take that right away."""
    rows = frame.run(lambda rt: _put(address, holder, None))
    frame.show(rows, f"{holder} may not write as {address}")


@app.command("list")
def list_all(address: Address) -> None:
    """List who may write in the user's name."""
    rows = frame.run(lambda rt: _list(address))
    frame.show_table(rows, ["holder", "mode"], empty="nobody else may write in this name")


async def _put(address: str, holder: str, mode: SendMode | None) -> list[dict[str, object]]:
    from backend.directory import users
    from backend.directory.principal import SYSTEM
    from backend.mailstore import send_grants

    user = await users.get_by_address(SYSTEM, address)
    return _rows(await send_grants.put(SYSTEM, user.id, holder, mode))


async def _list(address: str) -> list[dict[str, object]]:
    from backend.directory import users
    from backend.directory.principal import SYSTEM
    from backend.mailstore import send_grants

    user = await users.get_by_address(SYSTEM, address)
    return _rows(await send_grants.list_grants(SYSTEM, user.id))


def _rows(found: list[SendGrant]) -> list[dict[str, object]]:
    return [{"holder": one.holder.name, "mode": one.mode.value} for one in found]
