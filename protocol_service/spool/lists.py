"""Mail to an address of a list: a post goes one way, a command or an answer the other."""

from __future__ import annotations

from backend.directory.list_types import Command
from backend.directory.resolve import ListReply
from backend.spool.types import SpooledMessage
from protocol_service.filters.verdict import FilteredMessage
from protocol_service.spool import list_commands, list_posts
from protocol_service.spool.outcome import Outcome
from protocol_service.spool.router import ListRecipient


async def take(message: SpooledMessage, mail: FilteredMessage, to: ListRecipient) -> list[Outcome]:
    """Do what is asked for; outcomes are left to the caller to settle. Raises `LeaseLost`."""
    target = to.target
    if isinstance(target, ListReply):
        return await list_commands.answer(message, mail, to.recipient, target.token)
    if target.command is Command.POST:
        return await list_posts.take(message, mail, to.recipient, target.mailing_list)
    return await list_commands.take(message, mail, to.recipient, target.mailing_list, target.command)
