"""Tells people's devices of new mail. Every process may run it; the database says whose turn it is.
Notices that are cut off are lost, the mail is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.notifications.runner import Runner
from protocol_service.jobs.runner_role import RunnerRole

if TYPE_CHECKING:
    from protocol_service.service import Service


async def start(service: Service) -> RunnerRole:
    """Begin."""
    return RunnerRole(Runner(), "push")
