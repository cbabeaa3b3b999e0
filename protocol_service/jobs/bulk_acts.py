"""Does acts on many messages as soon as they are asked for. Every process may run it; an act that is cut off
goes on elsewhere, or with the next start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.mailstore.bulk.runner import Runner
from protocol_service.jobs.runner_role import RunnerRole

if TYPE_CHECKING:
    from protocol_service.service import Service


async def start(service: Service) -> RunnerRole:
    """Begin."""
    return RunnerRole(Runner(), "bulk-acts")
