"""A short form of `python -m tests.bench stress`: some clients, some seconds, on both kinds of storage.

Meanwhile and afterwards `postroom check --account` must find nothing.
"""

from __future__ import annotations

import asyncio

import pytest

from tests.flows.conftest import PASSWORD, House
from tests.support import stress, stress_house

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_clients_on_the_same_mailboxes_are_all_told_the_truth(house: House) -> None:
    user, reader = house.address("crowd"), house.address("reader")
    for login in (user, reader):
        await house.served.cli("user", "add", login, "--password-stdin", given=PASSWORD)
    users = await stress_house.shared(house.served.ports["imap"], user, reader)
    imap, smtp = (("127.0.0.1", house.served.ports[name]) for name in ("imap", "smtp"))

    async def checks() -> None:
        await asyncio.sleep(1)
        await house.served.cli("check", "--account", user)

    report, _ = await asyncio.gather(
        stress.run(stress.Target(users, (imap,), smtp), clients=9, seconds=4, quiet_every_s=2),
        checks(),
    )

    assert report.violations == []
    assert report.refusals == {}
    assert report.quiet_points >= 2
    assert {"STORE", "EXPUNGE", "MOVE", "SELECT QRESYNC", "IDLE", "mail"} <= report.by_verb.keys()
    assert ", 0 findings, " in await house.served.cli("check", "--account", user)
