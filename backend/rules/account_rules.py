"""The rules of an account as delivery needs them, remembered by each process.

Most accounts have none, and then nothing is asked of a message. An event drops what is remembered; what was
missed is right again after `TTL_S`.
"""

from __future__ import annotations

from dataclasses import dataclass

from backend.directory.caches import Cache
from backend.kit import db
from backend.rules import filters, matching, senders, vacation
from backend.rules.definition import Definition
from backend.rules.matching import Predicate
from backend.rules.senders import Known
from backend.rules.vacation import Vacation
from schema.events import Event, UserChanged

TTL_S = 60


@dataclass(frozen=True, slots=True)
class Rule:
    """A filter that is on, ready to be asked."""

    name: str
    definition: Definition
    matches: Predicate


@dataclass(frozen=True, slots=True)
class AccountRules:
    """What is to be asked of each message for the account."""

    filters: tuple[Rule, ...] = ()
    vacation: Vacation | None = None
    senders: Known | None = None

    @property
    def reads_content(self) -> bool:
        """Whether a filter asks for more than the header."""
        return any(rule.definition.reads_content for rule in self.filters)


NONE = AccountRules()


def _forget(cache: Cache[int, AccountRules], event: Event) -> None:
    if isinstance(event, UserChanged):
        cache.drop(event.user_id)


_known: Cache[int, AccountRules] = Cache(ttl_s=TTL_S, limit=100_000, drop=_forget)


async def of_account(account_id: int) -> AccountRules:
    """The rules in force."""
    return _known.peek(account_id) or await _known.get(account_id, _load)


async def _load(account_id: int) -> AccountRules:
    row = await db.fetch_row(
        "SELECT (SELECT MIN(1) FROM mail_filter WHERE account_id = ? AND is_enabled = 1),"
        " (SELECT MIN(1) FROM vacation WHERE account_id = ? AND is_enabled = 1),"
        " (SELECT MIN(1) FROM blocked_sender WHERE account_id = ?)",
        account_id,
        account_id,
        account_id,
    )
    has_filters, is_away, has_blocked = row if row is not None else (None, None, None)
    if not (has_filters or is_away or has_blocked):
        return NONE
    return AccountRules(
        await _filters(account_id) if has_filters else (),
        await vacation.get(account_id) if is_away else None,
        await senders.known(account_id) if has_blocked else None,
    )


async def _filters(account_id: int) -> tuple[Rule, ...]:
    return tuple(
        Rule(one.name, one.definition, matching.compile_definition(one.definition))
        for one in await filters.list_filters(account_id)
        if one.is_enabled and one.definition is not None
    )
