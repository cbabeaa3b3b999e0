"""Removes files whose links have expired."""

from backend.submission import file_links
from protocol_service.jobs.job import Job

JOB = Job("link-expiry", 600, file_links.expire)
