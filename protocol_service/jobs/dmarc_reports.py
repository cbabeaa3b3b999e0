"""Sends DMARC reports about the days that are over."""

from backend.kit import config
from backend.kit.resolver import Resolver
from backend.operations import dmarc_reports
from protocol_service.jobs.job import Job
from protocol_service.verification.lookups import DnsLookups


async def _work() -> int:
    return await dmarc_reports.send_due(DnsLookups(Resolver(config.current().dns_servers)))


JOB = Job("dmarc-reports", 3600, _work)
