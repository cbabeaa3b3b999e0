"""All processes killed under load, several times, and an audit of everything that was promised."""

from __future__ import annotations

import asyncio
import imaplib
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import psutil

from tests.support.dns_stub import dns_stub
from tests.support.ledger import Held, Ledger, hold
from tests.support.served import Served
from tests.support.web_client import SET_UP, Web

PASSWORD = "nine quiet gardens"
LOCALPARTS = ("maren", "sofia", "oliver")
CREATE_USER = """mutation($domain: ID!, $localpart: String!, $password: String!) {
  createUser(domainId: $domain, localpart: $localpart, name: "", password: $password) { id } }"""


@dataclass
class Report:
    """What a run showed."""

    accepted: int = 0
    tried: int = 0
    seconds: float = 0
    restarts_s: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


async def people(served: Served) -> list[str]:
    """Three users; their addresses."""
    web = Web(served.http)
    answers = {
        "administratorName": "root",
        "administratorPassword": "a wide calm river",
        "domain": "example.test",
        "userLocalpart": LOCALPARTS[0],
        "userName": "",
        "userPassword": PASSWORD,
    }
    made = await web.ask(SET_UP, input=answers)
    await web.sign_in("root", "a wide calm river")
    for localpart in LOCALPARTS[1:]:
        domain = made["setUp"]["domain"]["id"]
        await web.ask(CREATE_USER, domain=domain, localpart=localpart, password=PASSWORD)
    await web.close()
    return [f"{localpart}@example.test" for localpart in LOCALPARTS]


EVERYTHING = "everything"


async def run(
    folder: Path,
    *,
    count: int,
    kills: int,
    victims: Sequence[str] = (EVERYTHING,),
    connections: int = 20,
    processes: int = 1,
    seed: int = 1,
    timeout_s: float = 200,
) -> Report:
    """Send `count` messages while the victims, in turn, are killed `kills` times in all at random moments.

    A victim is `EVERYTHING`, or one process that the supervisor starts again; `protocol` is any of the
    `processes` that share the ports.
    """
    chance, report = Random(seed), Report()
    async with dns_stub() as dns:
        served = Served(
            folder,
            POSTROOM_DNS_SERVERS=f"{dns.address[0]}:{dns.address[1]}",
            POSTROOM_PROTOCOL_PROCESSES=str(processes),
        )
        try:
            await served.start()
            ledger = Ledger(count, await people(served), lambda: served.ports["smtp"])
            ledger.is_up.set()
            began = time.monotonic()
            earlier: list[Held] = []
            # A failure of the sender ends the killing as well.
            async with asyncio.timeout(timeout_s), asyncio.TaskGroup() as group:
                group.create_task(ledger.send_all(connections))
                for number in range(kills):
                    await ledger.wait_for(count * (2 * number + 1) // (2 * kills + 1))
                    await asyncio.sleep(chance.random() * 0.3)
                    victim = victims[number % len(victims)]
                    if victim == EVERYTHING:
                        report.restarts_s.append(await _kill_and_start(served, ledger))
                        earlier += await _look(served, ledger, whole=False)
                    else:
                        await _kill_one(served, victim, chance)
            report.seconds = time.monotonic() - began
            await until_delivered(served.data / "postroom.db")
            final = await _look_when_up(served, ledger)
        finally:
            await served.close()
    report.accepted, report.tried = len(ledger.accepted), len(ledger.tried)
    report.wrong = ledger.audit(final)
    by_login = {held.login: held for held in final}
    report.wrong += [text for held in earlier for text in by_login[held.login].contradictions(held)]
    return report


async def _kill_and_start(served: Served, ledger: Ledger) -> float:
    ledger.is_up.clear()
    await served.kill()
    began = time.monotonic()
    await served.start()
    ledger.is_up.set()
    return time.monotonic() - began


async def _kill_one(served: Served, name: str, chance: Random) -> None:
    """Kill one process; it may be on its way back from the last time."""
    async with asyncio.timeout(30):
        while True:
            try:
                chance.choice(served.children(name)).kill()
            except (IndexError, psutil.NoSuchProcess):
                await asyncio.sleep(0.1)
            else:
                return


async def _look(served: Served, ledger: Ledger, *, whole: bool) -> list[Held]:
    port = served.ports["imap"]
    return [await asyncio.to_thread(hold, port, login, PASSWORD, whole=whole) for login in ledger.recipients]


async def _look_when_up(served: Served, ledger: Ledger) -> list[Held]:
    """The last kill may have come when all was delivered already: the process is on its way back then."""
    async with asyncio.timeout(30):
        while True:
            try:
                return await _look(served, ledger, whole=True)
            except (OSError, imaplib.IMAP4.abort):
                await asyncio.sleep(0.1)


async def until_delivered(database: Path, timeout_s: float = 120) -> None:
    """Wait until the spool is empty: read beside the server, on a connection of our own."""
    async with asyncio.timeout(timeout_s):
        while await asyncio.to_thread(_spooled, database):  # noqa: ASYNC110  # another process delivers
            await asyncio.sleep(0.1)


def _spooled(database: Path) -> int:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=10)
    try:
        return int(
            connection.execute("SELECT count(*) FROM spool_message WHERE finished_at IS NULL").fetchone()[0]
        )
    finally:
        connection.close()
