"""Makes DKIM keys, and lets them sign once their records are published."""

from backend.kit import config
from backend.kit.resolver import Resolver
from backend.operations import dkim_keys
from protocol_service.jobs.job import Job


async def _work() -> int:
    return await dkim_keys.maintain(Resolver(config.current().dns_servers))


JOB = Job("dkim-keys", 900, _work)
