"""Sends TLS reports about the days that are over, and forgets those of others of long ago."""

from backend.kit import config
from backend.kit.resolver import Resolver
from backend.operations import tls_reports as outgoing
from backend.spool import tls_reports as incoming
from protocol_service.jobs.job import Job


async def _work() -> int:
    await incoming.prune()
    return await outgoing.send_due(Resolver(config.current().dns_servers))


JOB = Job("tls-reports", 3600, _work)
