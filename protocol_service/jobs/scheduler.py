"""Runs the jobs: each on its interval, by one process of the installation at a time.

Which process runs a job is decided by a mark in Redis that lasts for the interval. Without Redis every
process runs every job, which costs work and nothing else.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
import pkgutil
import random
import time
from typing import TYPE_CHECKING

import protocol_service.jobs
from backend.kit import leases, metrics
from backend.kit.logging import bind_correlation
from protocol_service.jobs.job import Job

if TYPE_CHECKING:
    from protocol_service.service import Addresses, Service

log = logging.getLogger(__name__)

# Jobs first run within this time, not all at once and not while everyone connects.
FIRST_RUN_S = (5.0, 60.0)
LEASE_S = 60.0

_seconds = metrics.histogram("postroom_job_seconds", "How long periodic jobs took", ["job"])
_failures = metrics.counter("postroom_job_failures_total", "Periodic jobs that failed", ["job"])


def all_jobs() -> list[Job]:
    """The job of every file in this package that has one."""
    names = [module.name for module in pkgutil.iter_modules(protocol_service.jobs.__path__)]
    modules = [importlib.import_module(f"{protocol_service.jobs.__name__}.{name}") for name in names]
    return [module.JOB for module in modules if hasattr(module, "JOB")]


class Scheduler:
    """The running jobs of this process."""

    def __init__(self, jobs: list[Job]) -> None:
        self._is_draining = asyncio.Event()
        self._tasks = [asyncio.create_task(self._repeat(job), name=f"job-{job.name}") for job in jobs]

    @property
    def addresses(self) -> Addresses:
        """None: jobs take no connections."""
        return {}

    async def drain(self) -> None:
        """Start no job any more and let those that run finish."""
        self._is_draining.set()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def close(self) -> None:
        """Cut off what runs; every job bears it."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _repeat(self, job: Job) -> None:
        wait_s = random.uniform(*FIRST_RUN_S)
        while not await self._drains_within(wait_s):
            if await leases.is_due(f"job:{job.name}", job.every_s):
                async with leases.lease(f"job:{job.name}", LEASE_S) as is_ours:
                    if is_ours:
                        await run(job)
            wait_s = job.every_s * random.uniform(0.9, 1.0)

    async def _drains_within(self, seconds: float) -> bool:
        try:
            await asyncio.wait_for(self._is_draining.wait(), seconds)
        except TimeoutError:
            return False
        return True


async def run(job: Job) -> None:
    """Run a job once; a failure is logged and the job comes again at its time."""
    began = time.perf_counter()
    with bind_correlation():
        try:
            done = await job.work()
        except Exception:
            _failures.labels(job.name).inc()
            log.exception("job %s failed", job.name)
        else:
            log.info("job %s is done: %d", job.name, done)
    _seconds.labels(job.name).observe(time.perf_counter() - began)


async def start(service: Service) -> Scheduler:
    """Start every job."""
    return Scheduler(all_jobs())
