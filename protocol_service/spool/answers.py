"""Answers that filters give (vacation replies): made ready before the transaction, spooled within it."""

from __future__ import annotations

from dataclasses import dataclass

from backend.kit import blobs
from backend.kit.blobs import NewBlob
from backend.kit.db import Tx
from backend.rules import vacation
from backend.spool import enqueue as spool
from backend.spool.types import SENT_BY_SYSTEM, Envelope, SpoolRcpt
from protocol_service.filters.verdict import Answer


@dataclass(frozen=True, slots=True)
class ReadyAnswer:
    """An answer of an account, its body safe."""

    account_id: int
    answer: Answer
    envelope: Envelope
    blob: NewBlob


async def prepare(account_id: int, answer: Answer) -> ReadyAnswer:
    """Make it ready to be spooled. It is signed as what the account sends; nothing comes back of it."""
    envelope = Envelope(
        sender=SENT_BY_SYSTEM,
        recipients=(SpoolRcpt(answer.to.localpart, answer.to.domain, notify="NEVER"),),
        account_id=account_id,
        protocol="vacation",
        subject=answer.subject,
        message_id=answer.message_id,
        smtputf8=not answer.to.is_ascii,
    )
    return ReadyAnswer(account_id, answer, envelope, await blobs.prepare(answer.raw))


async def enqueue(tx: Tx, ready: ReadyAnswer) -> None:
    """Spool the answer, unless the same one was given an answer meanwhile."""
    answer = ready.answer
    if await vacation.tell(tx, ready.account_id, answer.whom, every_days=answer.every_days):
        await spool.enqueue(tx, ready.envelope, ready.blob)
