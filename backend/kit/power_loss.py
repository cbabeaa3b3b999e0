"""Notices that the machine was started anew since an embedded database was last opened.

Commits that need no sync of their own may be lost when the machine, not just a process, goes down; the
kernel's boot id tells. Whoever opens the database first then takes the steps that `schema.after_power_loss`
names. Elsewhere than on Linux there is no such id, and the steps are taken at every start.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

from backend.kit import db
from backend.kit.db import Tx
from schema import after_power_loss

log = logging.getLogger(__name__)

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
UNKNOWN = "unknown"


async def step_over(run_dir: Path, boot_id: str | None = None) -> bool:
    """Take the steps where the machine was restarted since the last call; whether they were taken."""
    current = boot_id or _boot_id()
    mark = run_dir / "boot_id"
    known = _known(mark)
    if known == current and current != UNKNOWN:
        return False

    async def verb(tx: Tx) -> None:
        for statement in after_power_loss.STATEMENTS:
            await tx.execute(statement)

    await db.write(verb)
    _remember(mark, current)
    if known:
        log.warning("the machine was restarted: sequences have stepped over what may be lost")
    return True


def _known(mark: Path) -> str:
    return mark.read_text().strip() if mark.is_file() else ""


def _remember(mark: Path, boot_id: str) -> None:
    mark.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Services that start together may all take the steps, which does no harm.
    fresh = mark.with_suffix(f".{os.getpid()}")
    fresh.write_text(boot_id)
    fresh.rename(mark)


def _boot_id() -> str:
    try:
        return BOOT_ID.read_text().strip()
    except OSError:
        return UNKNOWN
