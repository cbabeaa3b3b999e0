"""Drops timers of scheduled messages that could not be sent and are not there any more."""

from backend.mailstore import timers
from protocol_service.jobs.job import Job

JOB = Job("timer-expiry", 86_400, timers.prune)
