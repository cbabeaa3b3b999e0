"""Child processes that cannot outlive this one: the kernel kills them when their parent ends, however it
ends.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import Callable, Mapping, Sequence

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


async def start_worker(arguments: Sequence[str], *, environment: Mapping[str, str]) -> Process:
    """Start a child that is asked over its standard input and answers over its standard output.

    In a session of its own, so that Ctrl-C does not reach it. It calls `end_with_parent` itself: code that
    runs between fork and exec may block for ever where other threads are at work.
    """
    return await asyncio.create_subprocess_exec(
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=dict(environment),
        start_new_session=True,
    )


def end_with_parent() -> None:
    """Have the kernel end this process, a child, when its parent ends."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


async def kill(process: Process) -> None:
    """SIGKILL; returns when the child is gone."""
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    await process.wait()


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
