"""`postroom domain tls-reports`: what others report of their TLS connections to a domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli import frame
from backend.cli.values import moment

if TYPE_CHECKING:
    from backend.spool.tls_reports import View

_COLUMNS = ["organization", "day", "policy", "successes", "failures", "reasons"]


def tls_reports(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The domain, for example example.org.")],
    limit: Annotated[int, typer.Option(min=1, max=200)] = 50,
) -> None:
    """List what others report of their TLS connections to a domain, those that came last first."""
    found = frame.run(lambda rt: _list(name, limit))
    frame.show_table([_row(one) for one in found], _COLUMNS, empty="no reports have come")


async def _list(name: str, limit: int) -> list[View]:
    from backend.directory import domains
    from backend.directory.principal import SYSTEM
    from backend.spool import tls_reports

    domain = await domains.get_by_name(SYSTEM, name)
    return (await tls_reports.list_page(SYSTEM, domain.id, limit=limit)).items


def _row(one: View) -> dict[str, object]:
    return {
        "organization": one.organization,
        "sender": one.sender,
        "day": moment(one.begins_at),
        "policy": one.policy_type,
        "successes": one.successes,
        "failures": one.failures,
        "reasons": ", ".join(dict.fromkeys(detail.result for detail in one.details)),
    }
