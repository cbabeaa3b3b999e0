"""Two processes on one SQLite file: no update is lost, and nobody hears "database is locked"."""

import asyncio
import sys
from pathlib import Path

from backend.kit import db
from backend.kit.runtime import Runtime

WRITER = """
import asyncio, sys
from backend.kit import db
from backend.kit.sqlite_database import SqliteDatabase

async def raise_count(tx):
    # Read, then write what was read: what deferred transactions of two processes cannot do.
    value = await tx.fetch_value("SELECT created_at FROM domain WHERE id = 1")
    await tx.execute("UPDATE domain SET created_at = ? WHERE id = 1", value + 1)

async def in_transaction():
    async with db.transaction() as tx:
        await raise_count(tx)

async def main():
    db.set_database(SqliteDatabase(sys.argv[1]))
    print("ready", flush=True)
    sys.stdin.readline()
    for _ in range(10):
        verbs = [db.write(raise_count) for _ in range(40)]
        await asyncio.gather(*verbs, *(in_transaction() for _ in range(10)))
    await db.database().close()

asyncio.run(main())
"""


async def start_writer(path: Path) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", WRITER, str(path)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=Path(__file__).parents[3],
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"
    return process


async def test_two_busy_processes_lose_no_update_and_see_no_lock(rt: Runtime) -> None:
    async def make(tx: db.Tx) -> None:
        await tx.execute("INSERT INTO domain (id, name, created_at) VALUES (1, 'a.test', 0)")

    await db.write(make)
    processes = [await start_writer(rt.settings.sqlite_path) for _ in range(2)]
    outputs = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))

    assert [
        (process.returncode, stderr) for process, (_, stderr) in zip(processes, outputs, strict=True)
    ] == [
        (0, b""),
        (0, b""),
    ]
    assert await db.fetch_value("SELECT created_at FROM domain WHERE id = 1") == 2 * 10 * 50
