"""Forgets to whom users have not written for more than a year."""

from backend.directory import known_recipients
from protocol_service.jobs.job import Job

JOB = Job("known-recipients", 86_400, known_recipients.prune)
