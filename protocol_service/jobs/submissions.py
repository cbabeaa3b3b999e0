"""Closes messages from the web that have left: nobody can bring them back as a draft any more."""

from backend.submission import undo
from protocol_service.jobs.job import Job

JOB = Job("submissions", 60, undo.settle)
