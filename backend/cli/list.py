"""`postroom list`: mailing lists of a domain, their members, and posts that wait for a moderator."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from backend.cli import frame
from backend.cli.values import moment

if TYPE_CHECKING:
    from backend.directory.list_types import MailingList

T = TypeVar("T")
app = typer.Typer(name="list", help="Mailing lists.", no_args_is_help=True)
Address = Annotated[
    str, typer.Argument(metavar="LIST", help="The address of the list, for example team@example.org.")
]
_AT_ONCE = 500


class Role(StrEnum):
    """What a member is on a list."""

    MEMBER = "member"
    MODERATOR = "moderator"
    OWNER = "owner"


def register(root: typer.Typer) -> None:
    """Add the group."""
    root.add_typer(app)


@app.command()
def add(address: Address, name: Annotated[str, typer.Option("--name", help="For people.")] = "") -> None:
    """Add a list without members, on which members talk and which nobody joins unasked."""

    async def work() -> dict[str, object]:
        from backend.directory import domains, lists
        from backend.directory.principal import SYSTEM

        localpart, _, domain = address.rpartition("@")
        found = await domains.get_by_name(SYSTEM, domain)
        return _row(await lists.add(SYSTEM, found.id, localpart, lists.Options(name=name)))

    row = frame.run(lambda rt: work())
    frame.show(row, f"list {row['address']} is added")


@app.command("list")
def list_all(
    domain: Annotated[str, typer.Argument(metavar="DOMAIN", help="The domain, for example example.org.")],
) -> None:
    """List the mailing lists of a domain."""
    rows = frame.run(lambda rt: _list(domain))
    columns = ["address", "name", "members", "held", "posting", "subscription", "enabled"]
    frame.show_table(rows, columns, empty="there are no lists yet")


@app.command()
def show(address: Address) -> None:
    """Show what a list is set to."""
    row = _on(address, _shown)
    frame.show(row, [f"{key}: {value}" for key, value in row.items()])


@app.command("set")
def set_option(
    address: Address,
    option: Annotated[str, typer.Argument(metavar="OPTION", help="As `show` names it.")],
    value: Annotated[str, typer.Argument(metavar="VALUE")],
) -> None:
    """Set an option of a list."""
    row = _on(address, lambda found: _set(found, option.replace("-", "_"), value))
    frame.show(row, f"{option} of {row['address']} is {row[option.replace('-', '_')]}")


@app.command()
def remove(address: Address) -> None:
    """Remove a list with its members and the posts that wait."""

    async def act(found: MailingList) -> dict[str, object]:
        from backend.directory import lists
        from backend.directory.principal import SYSTEM

        return _row(await lists.remove(SYSTEM, found.id))

    row = _on(address, act)
    frame.show(row, f"list {row['address']} is removed")


@app.command()
def members(address: Address) -> None:
    """List the members."""
    rows = _on(address, _members)
    frame.show_table(
        rows,
        ["address", "name", "role", "delivery", "bounces", "suspended"],
        empty="there are no members yet",
    )


@app.command("add-member")
def add_member(
    address: Address,
    member: Annotated[
        str, typer.Argument(metavar="MEMBER", help="An address, group:NAME, or - for one a line on stdin.")
    ],
    role: Annotated[Role, typer.Option("--role")] = Role.MEMBER,
) -> None:
    """Put somebody on a list; on stdin a name may follow the address behind a comma."""
    wanted = [line for line in sys.stdin.read().splitlines() if line.strip()] if member == "-" else [member]
    done = _on(address, lambda found: _add_members(found, wanted, role))
    lines = [f"{done['added']} added, {done['known']} were there already"]
    frame.show(done, lines + [f"refused: {one}" for one in done["refused"]])  # type: ignore[attr-defined]  # a list
    if done["refused"]:
        raise typer.Exit(1)


@app.command("remove-member")
def remove_member(
    address: Address, member: Annotated[str, typer.Argument(metavar="MEMBER", help="As `members` names it.")]
) -> None:
    """Take somebody off a list."""

    async def act(found: MailingList) -> int:
        from backend.directory import list_members
        from backend.directory.principal import SYSTEM

        member_id = await list_members.find_id(SYSTEM, found.id, member)
        return await list_members.remove(SYSTEM, found.id, [member_id])

    count = _on(address, act)
    frame.show({"removed": count}, f"{member} is no longer on {address}")


@app.command()
def held(address: Address) -> None:
    """List the posts that wait for a moderator."""
    rows = _on(address, _held)
    frame.show_table(rows, ["id", "author", "subject", "reason", "held"], empty="nothing waits")


@app.command()
def decide(
    address: Address,
    post: Annotated[str, typer.Argument(metavar="ID", help="As `held` names it.")],
    decision: Annotated[str, typer.Argument(metavar="DECISION", help="approve, reject or discard.")],
    reason: Annotated[str, typer.Option("--reason", help="What the author of a rejected post is told.")] = "",
) -> None:
    """Decide about a post."""

    async def act(found: MailingList) -> int:
        from backend.directory.principal import SYSTEM
        from backend.formats.list_commands import verdict_of
        from backend.kit.errors import InvalidSyntax, NotFound
        from backend.submission.lists import held as posts

        verdict = verdict_of(f"{decision} {reason}")
        if verdict is None or not post.isdigit():
            raise InvalidSyntax("A post's id and one of approve, reject and discard are needed")
        count = await posts.decide(SYSTEM, found.id, [int(post)], verdict)
        if not count:
            raise NotFound("There is no such post, or somebody has decided about it")
        return count

    _on(address, act)
    frame.show({"decided": 1}, f"{decision}: done")


def _on(address: str, act: Callable[[MailingList], Awaitable[T]]) -> T:
    async def work() -> T:
        from backend.directory import lists
        from backend.directory.principal import SYSTEM

        return await act(await lists.get_by_address(SYSTEM, address))

    return frame.run(lambda rt: work())


async def _list(domain: str) -> list[dict[str, object]]:
    from backend.directory import domains, list_members, lists
    from backend.directory.principal import SYSTEM
    from backend.submission.lists import held as posts

    domain_id = (await domains.get_by_name(SYSTEM, domain)).id
    rows: list[dict[str, object]] = []
    after, has_more = "", True
    while has_more:
        page = await lists.list_page(SYSTEM, domain_id, after=after, limit=_AT_ONCE)
        list_ids = [one.id for one in page.items]
        if list_ids:
            counts, waiting = await list_members.counts(list_ids), await posts.counts(list_ids)
            rows += [_row(one) | {"members": counts[one.id], "held": waiting[one.id]} for one in page.items]
        after, has_more = (page.items[-1].localpart if page.items else ""), page.has_more
    return rows


async def _shown(found: MailingList) -> dict[str, object]:
    return _row(found)


async def _set(found: MailingList, option: str, value: str) -> dict[str, object]:
    from dataclasses import fields

    from backend.directory import lists
    from backend.directory.principal import SYSTEM
    from backend.kit.errors import InvalidSyntax

    names = {"enabled": "is_enabled", "moderated": "is_moderated"}
    name = names.get(option, option)
    if name not in {field.name for field in fields(lists.Options)}:
        raise InvalidSyntax(f"Lists have no option {option[:40]}")
    before = getattr(found, name)
    given: object = value
    try:
        if isinstance(before, bool):
            given = {"on": True, "off": False}[value.lower()]
        elif isinstance(before, int):
            given = int(value)
        elif isinstance(before, StrEnum):
            given = type(before)(value.upper())
    except (KeyError, ValueError) as error:
        raise InvalidSyntax(f"{value[:40]!r} is no value of {option}") from error
    return _row(await lists.update(SYSTEM, found.id, lists.Options(**{name: given})))  # type: ignore[arg-type]  # checked above


async def _members(found: MailingList) -> list[dict[str, object]]:
    from backend.directory import list_members
    from backend.directory.principal import SYSTEM

    rows: list[dict[str, object]] = []
    after, has_more = "", True
    while has_more:
        page = await list_members.list_page(SYSTEM, found.id, after=after, limit=_AT_ONCE)
        rows += [
            {
                "address": one.address,
                "name": one.name,
                "role": one.role.name.lower(),
                "delivery": one.delivery.value.lower(),
                "bounces": one.bounces,
                "suspended": moment(one.suspended_at) if one.suspended_at is not None else None,
            }
            for one in page.items
        ]
        after, has_more = (page.items[-1].address if page.items else ""), page.has_more
    return rows


async def _add_members(found: MailingList, wanted: list[str], role: Role) -> dict[str, object]:
    from backend.directory import list_members
    from backend.directory.list_members import NewMember
    from backend.directory.list_types import Standing
    from backend.directory.principal import SYSTEM

    added, known, refused = 0, 0, list[str]()
    for start in range(0, len(wanted), list_members.AT_ONCE):
        pairs = [line.partition(",") for line in wanted[start : start + list_members.AT_ONCE]]
        people = [NewMember(address.strip(), name.strip().strip('"')) for address, _, name in pairs]
        done = await list_members.add_many(SYSTEM, found.id, people, role=Standing[role.name])
        added, known = added + done.added, known + done.known
        refused += done.refused
    return {"added": added, "known": known, "refused": refused}


async def _held(found: MailingList) -> list[dict[str, object]]:
    from backend.directory.principal import SYSTEM
    from backend.submission.lists import held as posts

    page, _, _ = await posts.list_page(SYSTEM, found.id, limit=_AT_ONCE)
    return [
        {
            "id": str(one.id),
            "author": one.author,
            "subject": one.subject,
            "reason": one.reason,
            "held": moment(one.held_at),
        }
        for one in page
    ]


def _row(one: MailingList) -> dict[str, object]:
    return {
        "id": str(one.id),
        "address": one.address,
        "name": one.name,
        "description": one.description,
        "enabled": one.is_enabled,
        "posting": one.posting.value.lower(),
        "moderated": one.is_moderated,
        "unentitled": one.unentitled.value.lower(),
        "unverified": one.unverified.value.lower(),
        "reply_to": one.reply_to.value.lower(),
        "from_rewriting": one.from_rewriting.value.lower(),
        "subject_prefix": one.subject_prefix,
        "footer": one.footer,
        "max_bytes": one.max_bytes,
        "member_view": one.member_view.value.lower(),
        "subscription": one.subscription.value.lower(),
        "created": moment(one.created_at),
    }
