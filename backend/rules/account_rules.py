"""The rules of an account as delivery needs them, remembered by each process.

Most accounts have none, and then nothing is asked of a message. An event drops what is remembered; what was
missed is right again after `TTL_S`.
"""

from __future__ import annotations

from dataclasses import dataclass

from backend.directory.caches import Cache
from backend.kit import db
from backend.rules import filters, matching
from backend.rules.definition import Definition
from backend.rules.matching import Predicate
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
    found = await db.fetch_value(
        "SELECT id FROM mail_filter WHERE account_id = ? AND is_enabled = 1 LIMIT 1", account_id
    )
    if found is None:
        return NONE
    return AccountRules(
        tuple(
            Rule(one.name, one.definition, matching.compile_definition(one.definition))
            for one in await filters.list_filters(account_id)
            if one.is_enabled and one.definition is not None
        )
    )
