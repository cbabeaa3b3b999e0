"""`postroom user`: mailbox users."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli import app_password, forward, frame, send_as
from backend.cli.admin import PasswordStdin
from backend.cli.values import moment, parse_assignment, setting_row

if TYPE_CHECKING:
    from backend.directory.roles import Role
    from backend.directory.types import User
    from backend.kit.runtime import Runtime
    from backend.operations.accounts import Usage

app = typer.Typer(name="user", help="Mailbox users.", no_args_is_help=True)
app.add_typer(app_password.app)
app.add_typer(forward.app)
app.add_typer(send_as.app)
Address = Annotated[str, typer.Argument(metavar="ADDRESS", help="The full address.")]
_AT_ONCE = 500


class RoleName(StrEnum):
    """What a user may in the domain."""

    USER = "user"
    HELPDESK = "helpdesk"
    USER_CREATOR = "user-creator"
    REPORT_READER = "report-reader"
    LIST_MANAGER = "list-manager"
    DOMAIN_ADMINISTRATOR = "domain-administrator"

    @property
    def role(self) -> Role:
        """The directory's own."""
        from backend.directory.roles import Role

        return Role[self.name]

    @classmethod
    def of(cls, role: Role) -> RoleName:
        """As it is typed."""
        return cls[role.name]


def register(root: typer.Typer) -> None:
    """Add the group."""
    root.add_typer(app)


@app.command()
def add(
    address: Address,
    password_stdin: PasswordStdin = False,
    name: Annotated[str, typer.Option(metavar="TEXT", help="The person's name.")] = "",
    role: Annotated[RoleName, typer.Option(help="What the user may in the domain.")] = RoleName.USER,
    shared: Annotated[
        bool, typer.Option("--shared", help="Belongs to no person: no password, see `postroom share`.")
    ] = False,
) -> None:
    """Add a user with an empty mailbox, or an account that belongs to no person."""
    from backend.directory.principal import SYSTEM
    from backend.operations import accounts

    if shared:
        if role is not RoleName.USER or password_stdin:
            raise typer.BadParameter("an account without a person has no password and administers nothing")
        account = frame.run(lambda rt: accounts.add_shared(SYSTEM, address, name=name))
        frame.show(_row(account), f"shared account {account.address} is added")
        return
    password = frame.read_password(password_stdin)
    made = frame.run(lambda rt: accounts.add_user(SYSTEM, address, password, name=name, role=role.role))
    frame.show(_row(made), f"user {made.address} is added")


@app.command("list")
def list_all(
    domain: Annotated[str, typer.Argument(metavar="DOMAIN", help="Only users of this domain.")] = "",
    search: Annotated[str, typer.Option(help="Only users whose address or name contains this.")] = "",
) -> None:
    """List users and what they hold."""
    rows = frame.run(lambda rt: _list(domain, search))
    columns = ["address", "name", "enabled", "role", "used_bytes", "messages", "last_sign_in"]
    frame.show_table(rows, columns, empty="there are no users yet")


@app.command()
def show(address: Address) -> None:
    """Show a user with the limits in force and where they come from."""
    row, settings = frame.run(lambda rt: _show(address))
    if frame.options.json:
        frame.show({**row, "settings": settings})
        return
    frame.show(row, [f"{key}: {value}" for key, value in row.items()])
    frame.show_table(settings, ["key", "shown", "ceiling", "origin"], empty="")


@app.command("set")
def change(
    address: Address,
    password_stdin: PasswordStdin = False,
    name: Annotated[str | None, typer.Option(metavar="TEXT", help="The person's name.")] = None,
    role: Annotated[RoleName | None, typer.Option(help="What the user may in the domain.")] = None,
    primary: Annotated[
        bool, typer.Option("--primary", help="Becomes the domain's primary administrator.")
    ] = False,
    values: Annotated[
        list[str],
        typer.Option(
            "--set",
            metavar="KEY=VALUE",
            help="Set a value, with its unit where it has one (10 GB, 1h 15min); `default` inherits again.",
        ),
    ] = [],  # noqa: B006  # typer reads the default, nobody changes it
) -> None:
    """Change a user: name, password, rights, limits."""
    wanted = [parse_assignment(text) for text in values]
    if not (password_stdin or primary or wanted) and name is None and role is None:
        raise typer.BadParameter("nothing to change: see --help")
    password = frame.read_password(password_stdin) if password_stdin else None

    async def act(user: User) -> None:
        from backend.directory import settings, users
        from backend.directory.principal import SYSTEM
        from backend.directory.setting_key import Level
        from backend.kit import db

        # Refusals of the password come before anything has changed.
        if password is not None:
            await users.set_password(SYSTEM, user.id, password)
        async with db.transaction() as tx:
            for entry, value in wanted:
                await settings.put(tx, SYSTEM, entry.key, Level.USER, user.id, value)
            await users.update(SYSTEM, user.id, name=name, role=role.role if role else None)
            if primary:
                await users.set_primary(SYSTEM, user.id)

    user = _on(address, act)
    frame.show(_row(user), f"user {user.address} is changed")


@app.command("reset-two-step")
def reset_two_step(address: Address) -> None:
    """Take the second step and the passkeys of a user who lost them away; the password stays."""

    async def act(user: User) -> None:
        from backend.directory import two_step
        from backend.directory.principal import SYSTEM

        await two_step.reset(SYSTEM, user.id)

    user = _on(address, act)
    frame.show(_row(user), f"user {user.address} signs in with the password alone")


@app.command()
def disable(address: Address) -> None:
    """Let a user neither sign in nor receive mail."""
    _enable(address, enabled=False)


@app.command()
def enable(address: Address) -> None:
    """Undo disabling."""
    _enable(address, enabled=True)


@app.command()
def remove(address: Address) -> None:
    """Remove a user with all mail."""

    async def act(user: User) -> None:
        from backend.directory.principal import SYSTEM
        from backend.operations import removal

        await removal.remove_user(SYSTEM, user.id)

    user = _on(address, act)
    frame.show(_row(user), f"user {user.address} is removed")


def _enable(address: str, *, enabled: bool) -> None:
    async def act(user: User) -> None:
        from backend.directory import users
        from backend.directory.principal import SYSTEM

        await users.update(SYSTEM, user.id, is_enabled=enabled)

    user = _on(address, act)
    word = "enabled" if enabled else "disabled"
    frame.show({**_row(user), "enabled": enabled}, f"user {user.address} is {word}")


def _on(address: str, act: Callable[[User], Awaitable[None]]) -> User:
    """Act on a user; the row as it was before where it is gone, else as it is now."""
    from backend.directory import users
    from backend.directory.principal import SYSTEM
    from backend.kit import db

    async def work(rt: Runtime) -> User:
        user = await users.get_by_address(SYSTEM, address)
        await act(user)
        return await users.find_row(db.database(), user.id) or user

    return frame.run(work)


async def _list(domain: str, search: str) -> list[dict[str, object]]:
    from backend.directory import domains
    from backend.directory.principal import SYSTEM

    if domain:
        return await _list_of((await domains.get_by_name(SYSTEM, domain)).id, search)
    rows: list[dict[str, object]] = []
    after, has_more = "", True
    while has_more:
        page = await domains.list_page(SYSTEM, after=after, limit=_AT_ONCE)
        for one in page.items:
            rows += await _list_of(one.id, search)
        after, has_more = (page.items[-1].name if page.items else ""), page.has_more
    return rows


async def _list_of(domain_id: int, search: str) -> list[dict[str, object]]:
    from backend.directory import users
    from backend.directory.principal import SYSTEM
    from backend.operations import accounts

    rows: list[dict[str, object]] = []
    after, has_more = "", True
    while has_more:
        page = await users.list_page(SYSTEM, domain_id, after=after, limit=_AT_ONCE, search=search)
        usage = await accounts.usage_of_users([user.id for user in page.items])
        rows += [_row(user, usage[user.id]) for user in page.items]
        after, has_more = (page.items[-1].localpart if page.items else ""), page.has_more
    return rows


async def _show(address: str) -> tuple[dict[str, object], list[dict[str, object]]]:
    from backend.directory import settings, users
    from backend.directory.principal import SYSTEM
    from backend.directory.setting_key import Level
    from backend.operations import accounts

    user = await users.get_by_address(SYSTEM, address)
    usage = (await accounts.usage_of_users([user.id]))[user.id]
    found = await settings.list_effective(SYSTEM, Level.USER, user.id)
    return _row(user, usage), [setting_row(one.effective) for one in found]


def _row(user: User, usage: Usage | None = None) -> dict[str, object]:
    row: dict[str, object] = {
        "id": str(user.id),
        "address": user.address,
        "name": user.name,
        "enabled": user.is_enabled,
        "role": RoleName.of(user.role).value,
        "primary": user.is_primary,
        "shared": user.is_shared,
        "created": moment(user.created_at),
        "last_sign_in": moment(user.last_sign_in_at),
    }
    if usage is not None:
        row |= {"used_bytes": usage.used_bytes, "messages": usage.message_count}
    return row
