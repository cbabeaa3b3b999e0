"""Removes what is remembered of messages that were delivered or given up long ago."""

from backend.spool import history
from protocol_service.jobs.job import Job

JOB = Job("spool-history", 3600, history.prune)
