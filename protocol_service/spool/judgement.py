"""What a server's replies, or its silence, mean for each recipient."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backend.spool.types import SpooledRecipient
from protocol_service.spool import one_copy
from protocol_service.spool.outcome import Outcome, Result, for_all
from protocol_service.spool.smtp_client import Answers, SmtpClient
from protocol_service.spool.smtp_link import Reply


class Unwilling(Exception):
    """This host will not take mail now; another one may."""

    def __init__(self, host: str, reply: str, status: str = "4.4.2") -> None:
        super().__init__(reply)
        self.host = host
        self.reply = reply
        self.status = status


def give_up(batch: Sequence[SpooledRecipient], failures: Sequence[Unwilling]) -> list[Outcome]:
    """What all hosts together mean: as long as one of them may be willing later, later."""
    last = next((one for one in reversed(failures) if one.status.startswith("4")), failures[-1])
    result = Result.FAILED if last.status.startswith("5") else Result.DEFERRED
    return unreached(for_all(batch, result, last.status, last.reply, last.host))


def unreached(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """No host took the matter up at all."""
    return [replace(outcome, is_unreached=True) for outcome in outcomes]


def left_by(client: SmtpClient, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Say by which address the message left, where that was laid down."""
    if not client.source:
        return list(outcomes)
    return [replace(outcome, source=client.source) for outcome in outcomes]


def judge(client: SmtpClient, answers: Answers, batch: Sequence[SpooledRecipient]) -> list[Outcome]:
    """An outcome for each recipient: what was said to it, or where it was taken, to the message."""
    if not answers.mail.is_positive or not answers.recipients:
        return [_outcome(client, recipient, answers.mail) for recipient in batch]
    named = one_copy.spokesmen(batch)
    replies = {one.key: (one, reply) for one, reply in zip(named, answers.recipients, strict=True)}
    outcomes = []
    for recipient in batch:
        spokesman, reply = replies[recipient.key]
        said = (answers.data or reply) if reply.is_positive else reply
        outcomes.append(_outcome(client, recipient, said, is_named=recipient is spokesman))
    return outcomes


def _outcome(
    client: SmtpClient, recipient: SpooledRecipient, reply: Reply, *, is_named: bool = True
) -> Outcome:
    if reply.is_positive:
        # Of one that it was not told of the server reports nothing.
        is_relayed = "DSN" not in client.extensions or not is_named
        return Outcome(
            recipient, Result.DELIVERED, reply.status, str(reply), client.host, client.tls, is_relayed
        )
    result = Result.FAILED if reply.is_permanent else Result.DEFERRED
    return Outcome(recipient, result, reply.status, str(reply), client.host, client.tls)


def cause_of(error: BaseException) -> str:
    """Why a connection failed, in a few words."""
    if isinstance(error, TimeoutError):
        return "timed out"
    return str(error) or type(error).__name__
