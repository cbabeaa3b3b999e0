"""`postroom admin`: system administrators."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli import frame
from backend.cli.values import moment

if TYPE_CHECKING:
    from backend.directory.types import Administrator
    from backend.kit.runtime import Runtime

app = typer.Typer(name="admin", help="System administrators.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(metavar="NAME", help="The name they sign in with.")]
PasswordStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from the first line of standard input.")
]


def register(root: typer.Typer) -> None:
    """Add the group."""
    root.add_typer(app)


@app.command()
def add(name: Name, password_stdin: PasswordStdin = False) -> None:
    """Add a system administrator."""
    from backend.directory import administrators
    from backend.directory.principal import SYSTEM

    password = frame.read_password(password_stdin)
    made = frame.run(lambda rt: administrators.add(SYSTEM, name, password))
    frame.show(_row(made), f"administrator {made.name} is added")


@app.command("list")
def list_all() -> None:
    """List the system administrators."""
    from backend.directory import administrators
    from backend.directory.principal import SYSTEM

    found = frame.run(lambda rt: administrators.list_all(SYSTEM))
    columns = ["name", "enabled", "created", "last_sign_in"]
    frame.show_table([_row(one) for one in found], columns, empty="there are no administrators yet")


@app.command()
def password(name: Name, password_stdin: PasswordStdin = False) -> None:
    """Give an administrator another password; ends what they are signed in with."""
    from backend.directory import administrators
    from backend.directory.principal import SYSTEM

    given = frame.read_password(password_stdin)
    changed = _on(name, lambda found: administrators.set_password(SYSTEM, found.id, given))
    frame.show(_row(changed), f"administrator {changed.name} has another password")


@app.command("reset-two-step")
def reset_two_step(name: Name) -> None:
    """Take the second step of an administrator who lost it away; the password stays."""
    from backend.directory import two_step
    from backend.directory.principal import SYSTEM

    async def reset(found: Administrator) -> Administrator:
        await two_step.reset_administrator(SYSTEM, found.id)
        return found

    changed = _on(name, reset)
    frame.show(_row(changed), f"administrator {changed.name} signs in with the password alone")


@app.command()
def disable(name: Name) -> None:
    """Let an administrator sign in no more; the last one stays."""
    from backend.directory import administrators
    from backend.directory.principal import SYSTEM

    changed = _on(name, lambda found: administrators.set_enabled(SYSTEM, found.id, enabled=False))
    frame.show(_row(changed), f"administrator {changed.name} is disabled")


@app.command()
def enable(name: Name) -> None:
    """Let an administrator sign in again."""
    from backend.directory import administrators
    from backend.directory.principal import SYSTEM

    changed = _on(name, lambda found: administrators.set_enabled(SYSTEM, found.id, enabled=True))
    frame.show(_row(changed), f"administrator {changed.name} is enabled")


@app.command()
def remove(name: Name) -> None:
    """Remove an administrator; the last one stays."""
    from backend.directory import administrators
    from backend.directory.principal import SYSTEM

    async def gone(found: Administrator) -> Administrator:
        await administrators.remove(SYSTEM, found.id)
        return found

    removed = _on(name, gone)
    frame.show(_row(removed), f"administrator {removed.name} is removed")


def _on(name: str, act: Callable[[Administrator], Awaitable[Administrator]]) -> Administrator:
    from backend.directory import administrators
    from backend.directory.principal import SYSTEM

    async def work(rt: Runtime) -> Administrator:
        return await act(await administrators.get_by_name(SYSTEM, name))

    return frame.run(work)


def _row(one: Administrator) -> dict[str, object]:
    return {
        "id": str(one.id),
        "name": one.name,
        "enabled": one.is_enabled,
        "created": moment(one.created_at),
        "last_sign_in": moment(one.last_sign_in_at),
    }
