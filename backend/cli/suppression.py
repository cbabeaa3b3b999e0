"""`postroom suppression`: addresses and domains to which nothing is sent."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli import frame

if TYPE_CHECKING:
    from backend.spool.suppression import Suppression

app = typer.Typer(name="suppression", help="Where nothing is sent.", no_args_is_help=True)
Target = Annotated[str, typer.Argument(metavar="ADDRESS", help="An address, or a whole domain.")]
Owner = Annotated[
    str, typer.Option("--domain", help="For the users of this domain only; else for everybody here.")
]
_COLUMNS = ["address", "reason", "bounces", "expires_at", "actor", "detail"]


class ReasonName(StrEnum):
    """Why nothing is to be sent."""

    MANUAL = "manual"
    COMPLAINT = "complaint"


def register(root: typer.Typer) -> None:
    """Add the group."""
    root.add_typer(app)


@app.command("list")
def list_all(
    domain: Owner = "",
    search: Annotated[str, typer.Option(help="A part of the address.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=200)] = 50,
    after: Annotated[str, typer.Option(help="Go on after this address.")] = "",
) -> None:
    """List where nothing is sent, by domain and name."""

    async def work() -> list[Suppression]:
        from backend.directory.principal import SYSTEM
        from backend.spool import suppression_admin

        localpart, _, name = after.rpartition("@")
        key = f"{name} {localpart}" if after else ""
        owner_id = await _owner_id(domain)
        page = await suppression_admin.list_page(SYSTEM, owner_id, after=key, limit=limit, search=search)
        return page.items

    found = frame.run(lambda rt: work())
    frame.show_table([_row(one) for one in found], _COLUMNS, empty="mail is sent everywhere")


@app.command()
def add(
    address: Target,
    domain: Owner = "",
    reason: Annotated[ReasonName, typer.Option(help="Why.")] = ReasonName.MANUAL,
    note: Annotated[str, typer.Option(help="Words for whoever reads the list.")] = "",
    days: Annotated[int, typer.Option(min=0, max=3650, help="For so many days; 0 for good.")] = 0,
) -> None:
    """Send nothing there."""

    async def work() -> Suppression:
        from backend.directory.principal import SYSTEM
        from backend.spool import suppression_admin
        from backend.spool.suppression import Reason

        return await suppression_admin.add(
            SYSTEM,
            address,
            await _owner_id(domain),
            reason=Reason(reason.value),
            detail=note,
            days=days or None,
        )

    made = frame.run(lambda rt: work())
    frame.show(_row(made), f"nothing is sent to {made.address}")


@app.command()
def remove(address: Target, domain: Owner = "") -> None:
    """Send there again."""

    async def work() -> Suppression:
        from backend.directory.principal import SYSTEM
        from backend.spool import suppression_admin

        entry = await suppression_admin.find(SYSTEM, address, await _owner_id(domain))
        await suppression_admin.remove(SYSTEM, [entry.id])
        return entry

    gone = frame.run(lambda rt: work())
    frame.show(_row(gone), f"mail is sent to {gone.address} again")


async def _owner_id(domain: str) -> int:
    from backend.directory import domains
    from backend.directory.principal import SYSTEM
    from backend.spool.suppression import EVERYBODY

    return (await domains.get_by_name(SYSTEM, domain)).id if domain else EVERYBODY


def _row(one: Suppression) -> dict[str, object]:
    ends = one.expires_at
    return {
        "id": str(one.id),
        "address": one.address,
        "reason": one.reason.value,
        "bounces": one.bounces,
        "expires_at": None if ends is None else datetime.fromtimestamp(ends, UTC).isoformat(),
        "actor": one.actor,
        "detail": one.detail,
    }
