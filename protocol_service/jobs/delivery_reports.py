"""Removes what other hosts reported of messages long ago."""

from backend.spool import reports
from protocol_service.jobs.job import Job

JOB = Job("delivery-reports", 86_400, reports.prune)
