"""`python -m tests.bench`: one server, one large mailbox, every figure and every budget of the web interface.

`python -m tests.bench web` measures the budgets alone; `--house FOLDER` leaves the filled installation
there and takes it again the next time. Both end with 1 where a budget is passed by more than a third.
`python -m tests.bench crash` sends 2,000 messages over 20 connections while everything, or one of the
processes, is killed; `make bench-crash` sends 20,000.
`python -m tests.bench stress --clients 50 --seconds 300` lets IMAP clients do random commands on the same
mailboxes and checks all that they are told; with `--database postgres` on a PostgreSQL of its own, with
`--nodes 2` by a second protocol service with ports of its own. For both `--processes` says how many share the
ports of the first.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path

from tests.bench import budgets, bundle, mail, screens, sending, web
from tests.bench.budgets import Measured
from tests.bench.figures import Figure, table
from tests.support import crash, stress_house
from tests.support.browser import find_chromium
from tests.support.dns_stub import dns_stub
from tests.support.served import Served

ARCHIVIST = "archive.desk@example.org"


async def everything(folder: Path, messages: int, mails: int) -> tuple[list[Figure], list[Measured]]:
    """All figures and budgets on one server."""
    figures: list[Figure] = []
    async with dns_stub() as dns:
        served = Served(folder, POSTROOM_DNS_SERVERS=f"{dns.address[0]}:{dns.address[1]}")
        try:
            figures.append(await _filled(served, messages))
            began = time.monotonic()
            await served.start()
            figures.append(Figure("start to ready", f"{time.monotonic() - began:.2f} s", "postroom serve"))
            async for figure in _on(served, mails):
                figures.append(figure)
                _tell(f"{figure.name}: {figure.value}")
            rows = await _budgets(served)
        finally:
            await served.close()
    if sending.is_possible():
        figures += [figure async for figure in sending.figures(folder / "sending", 20_000)]
    return figures, rows


async def web_alone(folder: Path, messages: int) -> list[Measured]:
    """The budgets; a folder that is filled already is taken as it is."""
    served = Served(folder)
    try:
        if not served.data.exists():
            await _filled(served, messages)
        await served.start()
        return await _budgets(served)
    finally:
        await served.close()


async def _filled(served: Served, messages: int) -> Figure:
    began = time.monotonic()
    await served.cli("demo", "--messages", str(messages), timeout_s=1200)
    seconds = time.monotonic() - began
    return Figure("filling a mailbox", f"{messages / seconds:.0f}/s", "postroom demo --messages")


async def _budgets(served: Served) -> list[Measured]:
    rows = [row async for row in bundle.sizes()]
    if find_chromium() is None:
        _tell("no Chromium: nothing of the browser is measured")
        return rows
    async for row in screens.measure(served, ARCHIVIST):
        rows.append(row)
        _tell(f"{row.budget.name}: {row} of {row.budget}, {row.standing}")
    return rows


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


async def _on(served: Served, mails: int) -> AsyncIterator[Figure]:
    for part in (
        mail.imap(served, ARCHIVIST),
        web.lists(served, ARCHIVIST),
        mail.push(served),
        mail.smtp(served, mails),
    ):
        async for figure in part:
            yield figure


async def crashed(folder: Path, mails: int, kills: int, processes: int) -> int:
    """The crash run; 0 where nothing was lost, doubled or changed."""
    victims = (crash.EVERYTHING, "protocol", "valkey", "protocol", "backend")
    report = await crash.run(
        folder,
        count=mails,
        kills=kills,
        victims=victims,
        processes=processes,
        seed=int(time.time()),
        timeout_s=1800,
    )
    restarts = ", ".join(f"{seconds:.1f} s" for seconds in report.restarts_s)
    print(
        table(
            [
                Figure("messages with a 250", str(report.accepted), f"{report.tried} tries, 20 connections"),
                Figure("killed", f"{kills} times", f"{', '.join(victims)}; all ready again after {restarts}"),
                Figure("lost, doubled or changed", str(len(report.wrong)), f"in {report.seconds:.0f} s"),
            ]
        )
    )
    for line in report.wrong[:50]:
        print(line)
    return 1 if report.wrong else 0


async def stressed(folder: Path, given: argparse.Namespace) -> int:
    """The stress run; 0 where every client was told the truth."""
    report = await stress_house.run(
        folder,
        clients=given.clients,
        seconds=given.seconds,
        seed=given.seed or int(time.time()),
        with_postgres=given.database == "postgres",
        processes=given.processes,
        nodes=given.nodes,
    )
    verbs = ", ".join(f"{verb} {count}" for verb, count in report.by_verb.items())
    print(
        table(
            [
                Figure("commands", str(report.commands), verbs),
                Figure("things checked", str(report.checks), f"{report.quiet_points} quiet points"),
                Figure("refused", str(sum(report.refusals.values())), "; ".join(report.refusals)),
                Figure("violations", str(len(report.violations)), f"in {report.seconds:.0f} s"),
            ]
        )
    )
    for line in report.violations:
        print(line)
    for name, heard in report.traces.items():
        if any(line.startswith((f"{name}:", f"{name} ")) for line in report.violations[:3]):
            print(f"\nthe last that {name} heard:", *heard[-60:], sep="\n")
    return 1 if report.violations else 0


def main() -> int:
    """Run what the arguments name."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("what", nargs="?", choices=["all", "web", "crash", "stress"], default="all")
    parser.add_argument("--messages", type=int, default=100_000, help="size of the large mailbox")
    parser.add_argument("--house", type=Path, help="where the installation is made, and left (web)")
    parser.add_argument("--mails", type=int, default=2000, help="messages sent by SMTP")
    parser.add_argument("--kills", type=int, default=5, help="how often something is killed (crash)")
    parser.add_argument("--clients", type=int, default=50, help="IMAP clients (stress)")
    parser.add_argument("--seconds", type=float, default=300, help="how long they go on (stress)")
    parser.add_argument("--seed", type=int, default=0, help="of what they choose (stress); 0: the time")
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite", help="(stress)")
    parser.add_argument("--nodes", type=int, default=1, help="protocol services (stress)")
    parser.add_argument("--processes", type=int, default=2, help="of the protocol service (crash, stress)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="postroom-bench-") as folder:
        if given.what == "crash":
            return asyncio.run(crashed(Path(folder), given.mails, given.kills, given.processes))
        if given.what == "stress":
            return asyncio.run(stressed(Path(folder), given))
        figures: list[Figure] = []
        if given.what == "web":
            rows = asyncio.run(web_alone(given.house or Path(folder), given.messages))
        else:
            figures, rows = asyncio.run(everything(Path(folder), given.messages, given.mails))
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(f"{machine}, load {os.getloadavg()[0]:.1f}\n")
    if figures:
        print(table(figures), end="\n\n")
    print(budgets.table(rows))
    return 1 if any(row.excess > budgets.TOLERANCE for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
