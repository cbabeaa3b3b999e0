"""Puts aside mail that the domain in its From disowns (DMARC), where the recipient's domain wants it so.

What was to be refused and was accepted all the same, because it was also for somebody of another domain, is
put aside too: to send it back now would hit whoever was forged.
"""

from __future__ import annotations

from dataclasses import replace

from backend.directory import settings
from backend.formats import authentication_results
from backend.mailstore.flag_bits import JUNK
from protocol_service.filters.verdict import INBOX, Addressee, FilteredMessage, Verdict

SETTING = "reception.dmarc"
TELL = "tell"
MAILBOX = "junk"
_DISOWNED = frozenset({"quarantine", "reject"})


async def check(message: FilteredMessage, recipient: Addressee, verdict: Verdict) -> Verdict:
    """The verdict, into Junk for what is disowned."""
    if not message.results or verdict.mailbox != INBOX:
        return verdict
    found = authentication_results.dmarc_of(message.results)
    if found is None or found.asked not in _DISOWNED:
        return verdict
    if await settings.get(SETTING, user_id=recipient.account_id) == TELL:
        return verdict
    return replace(verdict, mailbox=MAILBOX, flags=verdict.flags | JUNK)
