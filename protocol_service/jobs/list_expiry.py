"""Discards held posts and requests of mailing lists that nobody has decided about in time."""

from backend.submission.lists import held, requests
from protocol_service.jobs.job import Job


async def expire() -> int:
    """How many of both went."""
    return await held.expire() + await requests.expire()


JOB = Job("list-expiry", 3600, expire)
