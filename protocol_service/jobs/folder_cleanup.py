"""Removes from mailboxes what their owners, or the settings for Trash and Junk, do not keep for longer."""

from backend.mailstore import cleanup
from protocol_service.jobs.job import Job

JOB = Job("folder-cleanup", 21_600, cleanup.clean_all)
