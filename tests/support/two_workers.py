"""Two processes that do the same work on one database at the same moment."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from backend.kit.config import Settings

WORKER = """
import asyncio, sys
from pathlib import Path
from backend.kit import config, ratelimit
from backend.kit.runtime import open_runtime

async def main():
    data, url, work = sys.argv[1:]
    settings = config.load(data=Path(data)).model_copy(
        update={"hostname": "mail.example.test", "database_url": url or None}
    )
    names = {}
    exec(work, names)
    async with open_runtime(settings, process="test", use_redis="never", tables="leave"):
        print("ready", flush=True)
        sys.stdin.readline()
        print("done", await names["work"](), flush=True)

asyncio.run(main())
"""


async def work_twice(settings: Settings, work: str) -> list[str]:
    """Run the coroutine function `work` that a text defines in two processes at once; what each answered."""
    processes = [
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", WORKER, str(settings.data), settings.database_url or "", work),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        for _ in range(2)
    ]
    for process in processes:
        assert process.stdout is not None
        if await process.stdout.readline() != b"ready\n":
            raise AssertionError((await process.communicate())[1].decode())
    outputs = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))
    for process, (_, stderr) in zip(processes, outputs, strict=True):
        assert process.returncode == 0, stderr.decode()
    return [stdout.decode().strip().removeprefix("done ") for stdout, _ in outputs]
