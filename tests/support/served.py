"""`postroom serve` as anyone would run it: a process of its own in a fresh data folder, on free ports."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import psutil

SCRIPT = Path(sys.executable).with_name("postroom")
PORTS = ("HTTP", "SMTP", "SUBMISSION", "SUBMISSIONS", "IMAP", "IMAPS", "POP3", "POP3S", "SIEVE")
READY_S = 60.0
STOP_S = 15.0


class Served:
    """One installation; `start`, `stop` and `kill` may follow each other, the data folder stays."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self.data = folder / "data"
        self.log = folder / "serve.log"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("POSTROOM_")},
            **{f"POSTROOM_{name}_PORT": "0" for name in PORTS},
            "POSTROOM_DATA": str(self.data),
            "POSTROOM_BIND": "127.0.0.1",
            "POSTROOM_HOSTNAME": "mail.example.test",
            "POSTROOM_ALLOW_INSECURE_AUTH": "true",
            "POSTROOM_TRUSTED_NETWORKS": "127.0.0.0/8",
            "POSTROOM_LOG": "warning",
            "POSTROOM_PROTOCOL_PROCESSES": "1",
            **variables,
        }
        self.process: subprocess.Popen[bytes] | None = None
        self.ready_lines: list[str] = []
        self.ports: dict[str, int] = {}

    async def start(self) -> Mapping[str, int]:
        """Start it and wait for its ready line; the ports by name."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        before = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: ASYNC220  # it must outlive this loop where a test kills it
                [SCRIPT, "serve"],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        async with asyncio.timeout(READY_S):
            while not (line := self._ready_line(before)):
                if self.process.poll() is not None:
                    raise AssertionError(f"serve ended with {self.process.returncode}:\n{self.tail()}")
                await asyncio.sleep(0.05)
        self.ports = {
            name: int(address.rpartition(":")[2])
            for name, _, address in (pair.partition("=") for pair in line.split()[2:])
        }
        return self.ports

    def _ready_line(self, after: int) -> str:
        text = self.log.read_bytes()[after:].decode("utf-8", "replace")
        self.ready_lines = [
            line
            for line in text.splitlines(keepends=True)
            if line.startswith("postroom ready") and line[-1] == "\n"
        ]
        return self.ready_lines[0] if self.ready_lines else ""

    @property
    def http(self) -> str:
        """The base URL."""
        return f"http://127.0.0.1:{self.ports['http']}"

    async def stop(self) -> int:
        """SIGTERM; its exit status."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return await asyncio.to_thread(self.process.wait, STOP_S)

    async def kill(self) -> None:
        """SIGKILL to every process of it at once."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        await asyncio.to_thread(self.process.wait, STOP_S)

    def child(self, name: str) -> psutil.Process:
        """Its service of that name, or `valkey`. LookupError while it is not there."""
        found = self.children(name)
        if not found:
            raise LookupError(name)
        return found[0]

    def children(self, name: str) -> list[psutil.Process]:
        """Every process of that service, or `valkey`."""
        assert self.process is not None
        found = []
        for process in psutil.Process(self.process.pid).children(recursive=True):
            try:
                words = process.cmdline()
            except psutil.NoSuchProcess:
                continue
            if words and (name in words[3:4] or (name == "valkey" and name in words[0])):
                found.append(process)
        return found

    def survivors(self) -> list[str]:
        """Processes of its session that are still there."""
        assert self.process is not None
        found = subprocess.run(
            ["ps", "-o", "pid=,args=", "-s", str(self.process.pid)],
            check=False,  # status 1: there is none
            capture_output=True,
            text=True,
        )
        return [line for line in found.stdout.splitlines() if "<defunct>" not in line]

    async def cli(self, *words: str, given: str = "", timeout_s: float = 60) -> str:
        """Run a command on the same installation; its standard output. AssertionError where it fails."""
        process = await asyncio.create_subprocess_exec(
            SCRIPT,
            *words,
            env=self.environment,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = await asyncio.wait_for(process.communicate(given.encode()), timeout_s)
        assert process.returncode == 0, f"postroom {' '.join(words)}: {process.returncode}: {err.decode()}"
        return out.decode()

    def tail(self, size: int = 3000) -> str:
        """The end of its log."""
        return self.log.read_text("utf-8", "replace")[-size:]

    async def close(self) -> None:
        """Stop it if it runs; nothing of it stays behind."""
        if self.process is not None and self.process.poll() is None:
            try:
                await self.stop()
            except subprocess.TimeoutExpired:
                await self.kill()
