"""`postroom user forward`: where a user's mail is forwarded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli import frame

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from backend.directory.types import Forward, User
    from backend.kit.runtime import Runtime

app = typer.Typer(name="forward", help="Where a user's mail is forwarded.", no_args_is_help=True)
Address = Annotated[str, typer.Argument(metavar="ADDRESS", help="The full address of the user.")]


@app.command()
def show(address: Address) -> None:
    """Show where the mail goes."""

    async def act(user: User) -> Forward:
        from backend.directory import forwards
        from backend.directory.principal import SYSTEM

        return await forwards.get(SYSTEM, user.id)

    _print(address, _on(address, act))


@app.command("set")
def change(
    address: Address,
    targets: Annotated[list[str], typer.Argument(metavar="TARGET...", help="Where the mail goes.")],
    no_copy: Annotated[bool, typer.Option("--no-copy", help="Nothing is filed in the mailbox.")] = False,
) -> None:
    """Forward a user's mail to these addresses."""
    _put(address, targets, keep_copy=not no_copy)


@app.command()
def clear(address: Address) -> None:
    """Forward a user's mail no more."""
    _put(address, [], keep_copy=True)


def _put(address: str, targets: list[str], *, keep_copy: bool) -> None:
    async def act(user: User) -> Forward:
        from backend.directory import forwards
        from backend.directory.principal import SYSTEM

        return await forwards.put(SYSTEM, user.id, targets, keeps_copy=keep_copy)

    _print(address, _on(address, act))


def _print(address: str, forward: Forward) -> None:
    targets = [str(target) for target in forward.targets]
    row = {"address": address, "targets": targets, "keeps_copy": forward.keeps_copy}
    if not targets:
        frame.show(row, f"mail of {address} is not forwarded")
        return
    word = "and is filed here too" if forward.keeps_copy else "and is not filed here"
    frame.show(row, f"mail of {address} goes to {', '.join(targets)} {word}")


def _on(address: str, act: Callable[[User], Awaitable[Forward]]) -> Forward:
    from backend.directory import users
    from backend.directory.principal import SYSTEM

    async def work(rt: Runtime) -> Forward:
        return await act(await users.get_by_address(SYSTEM, address))

    return frame.run(work)
