"""Removes bodies that no row refers to any more, and those that a crash left without a row."""

from backend.kit import blobs
from protocol_service.jobs.job import Job

JOB = Job("blob-sweep", 3600, blobs.sweep)
