"""Removes uploads that no message took within a day."""

from backend.submission import uploads
from protocol_service.jobs.job import Job

JOB = Job("upload-expiry", 3600, uploads.expire)
