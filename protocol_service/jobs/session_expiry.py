"""Removes browser sessions that are over."""

from backend.directory import sessions
from protocol_service.jobs.job import Job

JOB = Job("session-expiry", 3600, sessions.delete_expired)
