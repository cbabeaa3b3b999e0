"""What the filters of an account decide for one message, by the rules of Sieve (RFC 5228 §2.10.2).

Filters run in their order. Each that matches adds what it does; one that `stops` is the last. A message that
is moved is not in the inbox any more; moved to several folders it is in each of them. Tags and marks are
given to all copies.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from backend.rules.account_rules import Rule
from backend.rules.definition import Act, Action
from backend.rules.facts import MailFacts

T = TypeVar("T")

Place = int | str
"""A mailbox by its id, or by its use (`junk`)."""

_USES = {Act.ARCHIVE: "archive", Act.JUNK: "junk", Act.DELETE: "trash"}


@dataclass(slots=True)
class Decision:
    """Where the message is filed besides the inbox, or `moves` instead of it, and what else is done.

    `names` are those of the filters that matched.
    """

    moves: list[Place] = field(default_factory=list)
    copies: list[Place] = field(default_factory=list)
    is_read: bool = False
    is_starred: bool = False
    keywords: list[str] = field(default_factory=list)
    forwards: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def include(self, action: Action) -> None:
        """Add what an action does, each thing once."""
        match action.act:
            case Act.MOVE:
                _add(self.moves, action.mailbox_id)
            case Act.COPY:
                _add(self.copies, action.mailbox_id)
            case Act.ARCHIVE | Act.JUNK | Act.DELETE:
                _add(self.moves, _USES[action.act])
            case Act.TAG:
                _add(self.keywords, action.keyword)
            case Act.READ:
                self.is_read = True
            case Act.STAR:
                self.is_starred = True
            case Act.FORWARD:
                for address in action.addresses:
                    _add(self.forwards, address)


def _add(values: list[T], value: T) -> None:
    if value not in values:
        values.append(value)


def decide(rules: Iterable[Rule], facts: MailFacts) -> Decision | None:
    """What follows for the message; None where no filter matches."""
    decision: Decision | None = None
    for rule in rules:
        if not rule.matches(facts):
            continue
        decision = decision or Decision()
        decision.names.append(rule.name)
        for action in rule.definition.actions:
            decision.include(action)
        if rule.definition.stops:
            break
    return decision
