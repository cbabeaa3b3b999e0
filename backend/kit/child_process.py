"""Child processes that cannot outlive this one: the kernel kills them when their parent ends, however it
ends.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
from asyncio.subprocess import Process
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

_PR_SET_PDEATHSIG = 1


def _before_exec(parent: int) -> Callable[[], None]:
    """What a child does before its program starts."""
    prctl = ctypes.CDLL(None, use_errno=True).prctl if sys.platform.startswith("linux") else None

    def before_exec() -> None:
        os.setpgid(0, 0)
        if prctl is not None:
            prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
            if os.getppid() != parent:  # it ended before we asked
                os._exit(1)

    return before_exec


async def start(
    arguments: Sequence[str], *, environment: Mapping[str, str] | None = None, pass_fds: Sequence[int] = ()
) -> Process:
    """Start a child in a process group of its own, so that Ctrl-C reaches it through us, in our order.

    Its standard output goes to our standard error: what we print ourselves stays readable by programs.
    """
    return await asyncio.create_subprocess_exec(
        *arguments,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=sys.stderr.fileno(),
        env=None if environment is None else dict(environment),
        pass_fds=tuple(pass_fds),
        preexec_fn=_before_exec(os.getpid()),  # uvloop knows no process_group
    )


@dataclass(frozen=True, slots=True)
class Worker:
    """A child that is asked over its standard input and answers over its standard output."""

    process: subprocess.Popen[bytes]
    answers: asyncio.StreamReader
    questions: asyncio.StreamWriter

    async def kill(self) -> None:
        """SIGKILL; returns when the child is gone."""
        self.questions.transport.abort()
        self.process.kill()
        await asyncio.to_thread(self.process.wait)


async def start_worker(arguments: Sequence[str], *, environment: Mapping[str, str]) -> Worker:
    """Start such a child, in a session of its own, so that Ctrl-C does not reach it.

    Nothing of ours runs in the child before its program does, and the event loop does not start it: uvloop
    forks and lets Python tidy up after that, which waits for ever where another thread held a lock of SQLite,
    and this process waits for the child. Without anything to run, `subprocess` takes vfork. For the same
    reason the child calls `end_with_parent` itself.
    """
    ours, theirs = socket.socketpair()
    try:
        with theirs:
            process = _spawn(arguments, environment, theirs.fileno())
        try:
            answers, questions = await asyncio.open_connection(sock=ours)
        except BaseException:
            process.kill()
            raise
    except BaseException:
        ours.close()
        raise
    return Worker(process, answers, questions)


def _spawn(arguments: Sequence[str], environment: Mapping[str, str], end: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        arguments,
        stdin=end,
        stdout=end,
        stderr=subprocess.DEVNULL,
        env=dict(environment),
        start_new_session=True,
    )


def end_with_parent() -> None:
    """Have the kernel end this process, a child, when its parent ends."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


async def stop(process: Process, grace_s: float) -> None:
    """SIGTERM, then SIGKILL when the grace is over; returns when the child is gone."""
    if process.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), grace_s)
    except TimeoutError:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
