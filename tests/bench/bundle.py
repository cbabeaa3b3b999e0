"""Sizes of the built pages by the front-end's own script, which every build asks too."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

from tests.bench.budgets import Budget, Measured

FRONTEND = Path(__file__).parents[2] / "frontend"
ROUNDCUBE = {"initial JS gz": "226.8", "initial CSS gz": "53.9"}


async def sizes() -> AsyncIterator[Measured]:
    """What the first screen loads and what each lazy part adds, in KB."""
    process = await asyncio.create_subprocess_exec(
        "node", "scripts/budgets.mjs", "--json", cwd=FRONTEND, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    for row in json.loads(out):
        if row["unit"] == "":  # the requests, which the page itself is asked about
            continue
        name = f"{row['name']} {row['unit']}"
        budget = Budget(name, row["limit"] / 1024, "KB", roundcube=ROUNDCUBE.get(name, ""))
        yield Measured(budget, [row["value"] / 1024])
