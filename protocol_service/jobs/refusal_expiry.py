"""Removes what is remembered of mail that was refused long ago, or of more than can be remembered."""

from backend.spool import refusals
from protocol_service.jobs.job import Job

JOB = Job("refusal-expiry", 3600, refusals.prune)
