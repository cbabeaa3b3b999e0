"""Removes emails that no message names any more; their bodies go with the next sweep of those."""

from backend.mailstore import retention
from protocol_service.jobs.job import Job

JOB = Job("email-sweep", 600, retention.sweep_all_emails)
