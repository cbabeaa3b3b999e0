"""Names of workers, and which of them are known to be dead.

A name says on which running system and in which process namespace its process is, so that a worker that
starts there can tell at once whose leases nobody will come back for. Leases from elsewhere, or in doubt,
simply run out.
"""

from __future__ import annotations

import hashlib
import os
import platform
import secrets
from collections.abc import Iterable
from pathlib import Path

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_NAMESPACE = Path("/proc/self/ns/pid")


def new_name() -> str:
    """A name for a worker of this process that no other will ever have."""
    return f"{_place()}.{os.getpid()}.{secrets.token_hex(4)}"


def dead(names: Iterable[str]) -> list[str]:
    """Those of the names whose process was here and is gone."""
    here = _place()
    found = []
    for name in names:
        place, _, rest = name.partition(".")
        pid = rest.partition(".")[0]
        if place == here and pid.isdigit() and not _is_running(int(pid)):
            found.append(name)
    return found


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _place() -> str:
    """This boot of this machine and this namespace of process ids."""
    try:
        known = _BOOT_ID.read_text() + str(_NAMESPACE.readlink())
    except OSError:  # no Linux
        known = platform.node()
    return hashlib.blake2b(known.encode(), digest_size=5).hexdigest()
