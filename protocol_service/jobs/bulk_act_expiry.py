"""Forgets acts on many messages that ended more than a day ago, and what would take them back."""

from backend.mailstore.bulk import control
from protocol_service.jobs.job import Job

JOB = Job("bulk-act-expiry", 3600, control.expire)
