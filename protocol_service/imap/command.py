"""What a verb is to the dispatcher: when it may be given, what it runs, and what may be told after it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import TYPE_CHECKING

from protocol_service.imap.lexer import Lexer

if TYPE_CHECKING:
    from protocol_service.imap.session import Session


class State(IntEnum):
    """States of a session (RFC 3501 §3)."""

    NOT_AUTHENTICATED = 1
    AUTHENTICATED = 2
    SELECTED = 3


class Sync(Enum):
    """What a command may be followed by: changes of the selected mailbox (RFC 3501 §7.4.1, §5.5)."""

    NOTHING = 0
    NO_EXPUNGE = 1
    ALL = 2


ANY_STATE = frozenset(State)
NOT_AUTHENTICATED = frozenset({State.NOT_AUTHENTICATED})
AUTHENTICATED = frozenset({State.AUTHENTICATED, State.SELECTED})
SELECTED = frozenset({State.SELECTED})

# A verb reads its arguments to their end before it does anything, then gives the answer without tag and line
# end (`OK …`), or None where the answer comes later (IDLE). Errors are raised.
Run = Callable[["Session", Lexer], Awaitable[bytes | None]]


@dataclass(frozen=True, slots=True)
class Command:
    """A verb in the dispatcher's table; `removes` where its answer is which messages are gone."""

    run: Run
    states: frozenset[State]
    sync: Sync = Sync.ALL
    removes: bool = False
