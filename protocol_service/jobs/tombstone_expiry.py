"""Removes tombstones of messages expunged long ago."""

from backend.mailstore import retention
from protocol_service.jobs.job import Job

JOB = Job("tombstone-expiry", 86_400, retention.prune_tombstones)
