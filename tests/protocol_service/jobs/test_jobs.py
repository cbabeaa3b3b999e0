"""Which jobs there are, how often each runs, and that each finds its work on an empty installation."""

from __future__ import annotations

import pytest

from backend.kit.runtime import Runtime
from protocol_service.jobs.job import Job
from protocol_service.jobs.scheduler import all_jobs

EVERY_S = {
    "blob-sweep": 3600,
    "bulk-act-expiry": 3600,
    "delivery-reports": 86_400,
    "correspondent-expiry": 86_400,
    "dkim-keys": 900,
    "dmarc-reports": 3600,
    "email-sweep": 600,
    "known-recipients": 86_400,
    "link-expiry": 600,
    "list-expiry": 3600,
    "folder-cleanup": 21_600,
    "session-expiry": 3600,
    "sign-in-tickets": 3600,
    "refusal-expiry": 3600,
    "spool-history": 3600,
    "submissions": 60,
    "suppression-expiry": 86_400,
    "timer-expiry": 86_400,
    "tls-reports": 3600,
    "tombstone-expiry": 86_400,
    "upload-expiry": 3600,
    "vacation-answers": 86_400,
}


def test_every_job_has_its_interval() -> None:
    assert {job.name: job.every_s for job in all_jobs()} == EVERY_S


@pytest.mark.parametrize("job", all_jobs(), ids=lambda job: job.name)
async def test_a_job_without_work_does_nothing(any_rt: Runtime, job: Job) -> None:
    assert await job.work() == 0
