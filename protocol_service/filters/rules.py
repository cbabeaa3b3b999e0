"""The recipient's own filters (`backend.rules`).

Whatever is wrong with them, mail is filed: a folder that is gone is left out, and where none is left the
message stays in the inbox. What may not be forwarded by the settings is not.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from backend.directory import forwards
from backend.formats.addresses import Address
from backend.kit import db
from backend.mailstore import mailboxes
from backend.mailstore.flag_bits import FLAGGED, SEEN
from backend.rules import account_rules
from backend.rules.account_rules import AccountRules
from backend.rules.decision import Decision, Place, decide
from backend.rules.facts import MailFacts
from protocol_service.filters.verdict import INBOX, Addressee, FilteredMessage, Verdict

log = logging.getLogger(__name__)


async def check(message: FilteredMessage, recipient: Addressee, verdict: Verdict) -> Verdict:
    """The verdict with what the filters say; what was put aside before stays there."""
    rules = await account_rules.of_account(recipient.account_id)
    if not rules.filters or verdict.mailbox != INBOX:
        return verdict
    try:
        decision = await _decide(message, recipient, rules)
    except Exception:
        # One recipient's filters must not keep mail from its mailbox, or from the other recipients.
        log.exception("the filters of account %d cannot be asked", recipient.account_id)
        return verdict
    return verdict if decision is None else await _verdict(recipient, decision, verdict)


async def _decide(message: FilteredMessage, recipient: Addressee, rules: AccountRules) -> Decision | None:
    facts = MailFacts(message.header, len(message.raw), str(recipient.address))
    if rules.reads_content:
        facts.content = await message.content()
    return decide(rules.filters, facts)


async def _verdict(recipient: Addressee, decision: Decision, verdict: Verdict) -> Verdict:
    account_id = recipient.account_id
    moves = await _existing(account_id, decision.moves) or [verdict.mailbox]
    copies = [place for place in await _existing(account_id, decision.copies) if place not in moves]
    targets = [Address.parse(text) for text in decision.forwards]
    return replace(
        verdict,
        mailbox=moves[0],
        flags=verdict.flags | SEEN * decision.is_read | FLAGGED * decision.is_starred,
        keywords=(*verdict.keywords, *decision.keywords),
        copies=(*moves[1:], *copies),
        forwards=await forwards.permitted(account_id, targets) if targets else (),
    )


async def _existing(account_id: int, places: Sequence[Place]) -> list[Place]:
    """Those that are there and were not thrown away; a mailbox for a use is made when it is missing."""
    wanted = [place for place in places if isinstance(place, int)]
    if not wanted:
        return list(places)
    rows = await db.fetch_rows(
        f"SELECT id FROM mailbox WHERE account_id = ? AND id IN ({db.marks(len(wanted))})"
        f" AND {mailboxes.IS_OUTSIDE_TRASH}",
        account_id,
        *wanted,
    )
    there = {row[0] for row in rows}
    return [place for place in places if not isinstance(place, int) or place in there]
