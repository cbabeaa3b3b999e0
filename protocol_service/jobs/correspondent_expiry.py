"""Forgets whom users have not written to for three years."""

from backend.submission import correspondents
from protocol_service.jobs.job import Job

JOB = Job("correspondent-expiry", 86_400, correspondents.expire)
