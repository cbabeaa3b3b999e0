"""Removes sign-ins that were begun and not finished."""

from backend.directory import sign_in_tickets
from protocol_service.jobs.job import Job

JOB = Job("sign-in-tickets", 3600, sign_in_tickets.delete_expired)
