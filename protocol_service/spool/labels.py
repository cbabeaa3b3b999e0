"""How what leaves is labelled, so that a report about it can be told from a forged one.

Where the next hop knows DSN, a token goes along as the envelope identifier, which reports give back (RFC 3461
§4.4); an identifier that the user gave stays. Where it does not, the return path itself carries the token, if
the domain wants that: such a path is new for every message, so greylisting hosts take each one as a first,
and mailing lists do not know it for a subscriber. The domain in it stays, and with it SPF and DMARC
alignment.
"""

from __future__ import annotations

from dataclasses import dataclass

from backend.directory import return_paths, settings
from backend.formats.bounce_addresses import Kind, Tag
from backend.kit.errors import MailError
from backend.spool.types import SpooledMessage, SpooledRecipient

SETTING = "spool.signed_return_paths"


@dataclass(frozen=True, slots=True)
class Label:
    """Return path and envelope identifier of one transaction."""

    sender: str
    envid: str


async def of(
    message: SpooledMessage, return_path: str, recipient: SpooledRecipient, *, knows_dsn: bool
) -> Label:
    """The label for recipients of one domain, of whom `recipient` is one. Only what our users submit has one:
    what passes through keeps `return_path` and what it came with.
    """
    domain = return_path.rpartition("@")[2]
    if message.account_id is None or not domain or (knows_dsn and message.envid):
        return Label(return_path, message.envid)
    tag = Tag.issued(Kind.MESSAGE, message.id, recipient.id, at=message.created_at)
    if knows_dsn:
        return Label(return_path, await return_paths.token(tag, domain))
    if not await _wants_signed_paths(message.account_id):
        return Label(return_path, message.envid)
    return Label(str(await return_paths.issue(tag, domain)), message.envid)


async def _wants_signed_paths(account_id: int) -> bool:
    try:
        domain_id = await settings.domain_of(account_id)
        return bool(await settings.get(SETTING, domain_id=domain_id))
    except MailError:
        return False  # a sender who has been removed since
