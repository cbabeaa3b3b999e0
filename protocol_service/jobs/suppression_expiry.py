"""Removes suppressions that hold no longer."""

from backend.spool import suppression_admin
from protocol_service.jobs.job import Job

JOB = Job("suppression-expiry", 86_400, suppression_admin.prune)
