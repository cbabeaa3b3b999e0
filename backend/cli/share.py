"""`postroom share`: who holds rights on the mailboxes of an account that belongs to no person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli import frame

if TYPE_CHECKING:
    from backend.mailstore.grants import Grant
    from backend.mailstore.types import MailboxRow

app = typer.Typer(
    name="share", help="Rights on the mailboxes of accounts without a person.", no_args_is_help=True
)
Address = Annotated[str, typer.Argument(metavar="ADDRESS", help="The account's full address.")]
Mailbox = Annotated[str, typer.Argument(metavar="MAILBOX", help="For example INBOX or Archive/2026.")]


def register(root: typer.Typer) -> None:
    """Add the group."""
    root.add_typer(app)


@app.command("list")
def list_all(address: Address, mailbox: Mailbox = "INBOX") -> None:
    """List who holds rights on a mailbox."""
    rows = frame.run(lambda rt: _list(address, mailbox))
    frame.show_table(rows, ["holder", "rights"], empty="nobody holds rights yet")


@app.command("set")
def change(
    address: Address,
    mailbox: Mailbox,
    holder: Annotated[
        str, typer.Argument(metavar="HOLDER", help="An address, group:NAME, or anyone; -HOLDER denies.")
    ],
    rights: Annotated[
        str,
        typer.Argument(metavar="RIGHTS", help="Letters of RFC 4314, as lrs or lrswipkxtea; none revokes."),
    ] = "",
    with_children: Annotated[
        bool, typer.Option("--with-children", help="Also on all mailboxes below it.")
    ] = False,
) -> None:
    """Give a holder these rights on a mailbox in place of what it had."""
    rows = frame.run(lambda rt: _set(address, mailbox, holder, rights, with_children))
    frame.show(rows, f"{holder} holds {rights or 'nothing'} on {mailbox} of {address}")


async def _mailbox(address: str, name: str) -> MailboxRow:
    from backend.directory import users
    from backend.directory.principal import SYSTEM
    from backend.kit.errors import NotFound
    from backend.mailstore import grants
    from backend.mailstore.mailbox_names import normal

    user = await users.get_by_address(SYSTEM, address)
    wanted = normal(name)
    for row in await grants.of_shared_account(SYSTEM, user.id):
        if row.name == wanted:
            return row
    raise NotFound("There is no such mailbox")


async def _list(address: str, name: str) -> list[dict[str, object]]:
    from backend.directory.principal import SYSTEM
    from backend.mailstore import grants

    return _rows(await grants.list_grants(SYSTEM, await _mailbox(address, name)))


async def _set(
    address: str, name: str, holder: str, rights: str, with_children: bool
) -> list[dict[str, object]]:
    from backend.directory.principal import SYSTEM
    from backend.mailstore import grants
    from backend.mailstore.rights import parse

    row = await _mailbox(address, name)
    change = grants.Change(
        holder.removeprefix("-"),
        parse(rights),
        is_negative=holder.startswith("-"),
        with_children=with_children,
    )
    return _rows(await grants.put(SYSTEM, row, row.name, change))


def _rows(found: list[Grant]) -> list[dict[str, object]]:
    from backend.mailstore.rights import letters

    return [
        {"holder": "-" * grant.is_negative + grant.holder.name, "rights": letters(grant.rights)}
        for grant in found
    ]
