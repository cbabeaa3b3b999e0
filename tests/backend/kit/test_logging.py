"""Logs are JSON lines with the process and the correlation id of what they belong to."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

from backend.kit.logging import bind_correlation, correlation_id

PROGRAM = """
import logging
from backend.kit.logging import bind_correlation, configure
configure("info", "test")
log = logging.getLogger("a.b")
with bind_correlation("abc"):
    log.warning("to %s", "you", extra={"ignored": 1})
    try:
        raise ValueError("inside")
    except ValueError:
        log.exception("failed")
log.info("later")
log.debug("never")
"""


def test_lines_are_json_with_process_and_correlation() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[3],
        check=True,
    )
    first, second, third = map(json.loads, done.stderr.splitlines())

    assert first["event"] == "to you"
    assert (first["process"], first["level"], first["logger"]) == ("test", "warning", "a.b")
    assert first["correlation_id"] == second["correlation_id"] == "abc"
    assert "ValueError: inside" in second["exception"]
    assert "correlation_id" not in third
    assert done.stdout == ""


async def test_each_task_has_its_own_correlation() -> None:
    async def session() -> tuple[str, str]:
        with bind_correlation() as made:
            await asyncio.sleep(0)
            return made, correlation_id.get()

    results = await asyncio.gather(session(), session())

    assert all(made == seen for made, seen in results)
    assert len({made for made, _ in results}) == 2
    assert correlation_id.get() == ""
