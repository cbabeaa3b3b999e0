"""Programs of the system: found or skipped, run with a bound on their time, their words kept."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

# Debian keeps the tools of administrators where not every PATH looks.
_PATH = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/games"])


def program(name: str) -> str:
    """Where a program is; the test is skipped where it is not installed."""
    found = shutil.which(name, path=_PATH)
    if found is None:
        pytest.skip(f"{name} is not installed: `make interop` installs it")
    return found


def run(
    *words: str | Path,
    home: Path,
    given: str | bytes = b"",
    timeout_s: float = 60,
    allowed: Sequence[int] = (0,),
    variables: Mapping[str, str] | None = None,
) -> str:
    """Run a program with a home of its own; its output, both streams. AssertionError on another status."""
    home.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [str(word) for word in words],
        check=False,
        input=given.encode() if isinstance(given, str) else given,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=timeout_s,
        env={"HOME": str(home), "PATH": _PATH, "LANG": "C.UTF-8", **(variables or {})},
        cwd=home,
    )
    text = done.stdout.decode("utf-8", "replace")
    assert done.returncode in allowed, f"{words[0]}: status {done.returncode}\n{text[-6000:]}"
    return text


def run_on_terminal(*words: str | Path, home: Path, timeout_s: float = 60) -> str:
    """Run a program that wants a terminal until it ends; what it drew. Its status must be 0."""
    home.mkdir(parents=True, exist_ok=True)
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(home)
        os.execve(
            str(words[0]),
            [str(word) for word in words],
            {"HOME": str(home), "PATH": _PATH, "LANG": "C.UTF-8", "TERM": "xterm"},
        )
    drawn, deadline = b"", time.monotonic() + timeout_s
    try:
        while time.monotonic() < deadline:
            if not select.select([terminal], [], [], 0.5)[0]:
                continue
            try:
                piece = os.read(terminal, 1 << 16)
            except OSError:  # its end closes the terminal
                piece = b""
            if not piece:
                status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
                assert status == 0, f"{words[0]}: status {status}\n{drawn[-3000:]!r}"
                return drawn.decode("utf-8", "replace")
            drawn += piece
        raise AssertionError(f"{words[0]} did not end in {timeout_s:.0f} s\n{drawn[-3000:]!r}")
    finally:
        os.close(terminal)
        if time.monotonic() >= deadline:
            os.kill(pid, 9)
            os.waitpid(pid, 0)


def config(path: Path, text: str) -> Path:
    """A configuration file that only its owner may read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o600)
    return path
