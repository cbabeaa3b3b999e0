"""`postroom user app-password`: passwords for single mail clients of a user."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from backend.cli import frame
from backend.cli.values import moment

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from backend.directory.app_passwords import AppPassword
    from backend.directory.types import User
    from backend.kit.runtime import Runtime

T = TypeVar("T")

app = typer.Typer(name="app-password", help="Passwords for single mail clients.", no_args_is_help=True)
Address = Annotated[str, typer.Argument(metavar="ADDRESS", help="The full address of the user.")]


@app.command()
def add(
    address: Address,
    label: Annotated[str, typer.Option(metavar="TEXT", help="What it is for, such as `phone`.")],
    protocols: Annotated[
        list[str], typer.Option("--protocol", metavar="NAME", help="imap, pop3 or smtp; all when left out.")
    ] = [],  # noqa: B006  # typer reads the default, nobody changes it
) -> None:
    """Make an app password and print it: it cannot be shown again."""
    from backend.directory.app_passwords import MailProtocol

    known = [one.value for one in MailProtocol]
    unknown = [name for name in protocols if name not in known]
    if unknown:
        raise typer.BadParameter(f"{unknown[0]!r} is none of {', '.join(known)}", param_hint="--protocol")
    wanted = [MailProtocol(name) for name in protocols] or list(MailProtocol)

    async def act(user: User) -> tuple[str, AppPassword]:
        from backend.directory import app_passwords
        from backend.directory.principal import SYSTEM

        return await app_passwords.create(SYSTEM, user.id, label, wanted)

    text, made = _on(address, act)
    frame.show({**_row(made), "password": text}, text)


@app.command("list")
def list_all(address: Address) -> None:
    """List a user's app passwords and when each was last used."""

    async def act(user: User) -> list[AppPassword]:
        from backend.directory import app_passwords
        from backend.directory.principal import SYSTEM

        return await app_passwords.list_of(SYSTEM, user.id)

    rows = [_row(one) for one in _on(address, act)]
    columns = ["id", "label", "protocols", "created", "last_use", "last_use_from"]
    frame.show_table(rows, columns, empty="there are no app passwords")


@app.command()
def revoke(
    address: Address, number: Annotated[int, typer.Argument(metavar="ID", help="As `list` shows it.")]
) -> None:
    """Remove an app password; clients that are signed in by it are sent away."""

    async def act(user: User) -> AppPassword:
        from backend.directory import app_passwords
        from backend.directory.principal import SYSTEM

        return await app_passwords.revoke(SYSTEM, user.id, number)

    gone = _on(address, act)
    frame.show(_row(gone), f"app password {gone.label!r} of {address} is revoked")


def _on(address: str, act: Callable[[User], Awaitable[T]]) -> T:
    from backend.directory import users
    from backend.directory.principal import SYSTEM

    async def work(rt: Runtime) -> T:
        return await act(await users.get_by_address(SYSTEM, address))

    return frame.run(work)


def _row(one: AppPassword) -> dict[str, object]:
    return {
        "id": str(one.id),
        "label": one.label,
        "protocols": ", ".join(sorted(one.protocols)),
        "created": moment(one.created_at),
        "last_use": moment(one.used_at),
        "last_use_from": one.used_from or None,
    }
