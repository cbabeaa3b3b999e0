"""What a verb is to the dispatcher: in which states it may be given, and what it runs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from protocol_service.pop3.session import Session


class State(Enum):
    """States of a session (RFC 1939 §3); UPDATE is what QUIT does."""

    AUTHORIZATION = 1
    TRANSACTION = 2


ANY_STATE = frozenset(State)
AUTHORIZATION = frozenset({State.AUTHORIZATION})
TRANSACTION = frozenset({State.TRANSACTION})

# A verb is given its argument as it stands, sends all lines of its answer but the last, and gives that one
# without line end (`+OK …`, or `.` after a multi-line answer). Errors are raised before anything was sent.
Run = Callable[["Session", bytes], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class Command:
    """A verb in the dispatcher's table."""

    run: Run
    states: frozenset[State]
