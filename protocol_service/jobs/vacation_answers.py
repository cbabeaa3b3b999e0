"""Forgets whom vacation replies were sent to, once they may be answered again anyway."""

from backend.rules import vacation
from protocol_service.jobs.job import Job

JOB = Job("vacation-answers", 86_400, vacation.prune)
