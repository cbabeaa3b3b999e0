"""`postroom demo`: the sample organisation."""

from __future__ import annotations

import ipaddress
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli import frame
from backend.cli.admin import PasswordStdin

if TYPE_CHECKING:
    from backend.kit.runtime import Runtime
    from backend.operations.demo.fill import Login

# Known to everybody who reads this: only for what nobody else can reach.
PASSWORD = "nine quiet gardens"
ADMINISTRATOR_PASSWORD = "a wide calm river"
_TO_ADMINISTRATOR = " of the house"


def register(root: typer.Typer) -> None:
    """Add the command."""
    root.command("demo")(demo)


def demo(
    messages: Annotated[
        int, typer.Option(min=0, max=1_000_000, help="Also make one mailbox with that many messages.")
    ] = 0,
    password_stdin: PasswordStdin = False,
) -> None:
    """Fill an empty installation with a sample organisation and print the logins."""
    settings = frame.load_settings()
    if password_stdin:
        password = frame.read_password(password_stdin)
        administrator_password = password + _TO_ADMINISTRATOR
    elif _is_reachable(settings.bind):
        frame.fail(
            f"the sample's passwords are public and this server listens on {settings.bind}: give others"
            " with --password-stdin, or bind it to 127.0.0.1"
        )
    else:
        password, administrator_password = PASSWORD, ADMINISTRATOR_PASSWORD

    async def work(rt: Runtime) -> list[Login]:
        from backend.operations.demo import fill, many

        logins = await fill.fill(password, administrator_password)
        return [*logins, await many.fill(messages, password)] if messages else logins

    logins = frame.run(work)
    frame.show_table([asdict(login) for login in logins], ["login", "password", "role"], empty="")


def _is_reachable(bind: str) -> bool:
    try:
        return not ipaddress.ip_address(bind).is_loopback
    except ValueError:
        return bind != "localhost"
