"""The words of bulk acts, and how they are stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from enum import IntEnum
from typing import NamedTuple

import orjson


class State(IntEnum):
    """Where an act stands. Numbers are stored."""

    OPEN = 0
    DONE = 1
    CANCELLED = 2
    FAILED = 3
    UNDONE = 4


@dataclass(frozen=True, slots=True)
class Step:
    """What is done to a message: flags first, by their names, then a move or the removal for good.

    `only_in` is the mailbox that a message must lie in (0: any): what somebody has moved on meanwhile is left
    there. `move_to` 0 moves nothing. Once all is done, the mailboxes below `clear_below` (0: none) that are
    empty then are removed.
    """

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    move_to: int = 0
    destroy: bool = False
    only_in: int = 0
    clear_below: int = 0

    @property
    def is_nothing(self) -> bool:
        """Whether it changes no message."""
        return not (self.add or self.remove or self.move_to or self.destroy)


class Part(NamedTuple):
    """A step and the messages (refs) that it is for."""

    step: Step
    refs: list[int]


@dataclass(slots=True)
class Outcome:
    """What became of a batch: what takes it back, and how many messages were left as they were because they
    are gone, lie elsewhere, or may not be changed.
    """

    undo: list[Part] = field(default_factory=list)
    skipped: int = 0

    def include(self, other: Outcome) -> None:
        """Add another outcome to this one."""
        self.undo += other.undo
        self.skipped += other.skipped


@dataclass(frozen=True, slots=True)
class Act:
    """An act as its user sees it. `step` is None for one that takes back the act `undo_of`."""

    id: int
    user_id: int
    label: str
    step: Step | None
    undo_of: int
    state: State
    total: int
    done: int
    skipped: int
    error: str
    due_at: int
    created_at: int
    finished_at: int


def dump_step(step: Step) -> str:
    """A step as it is stored."""
    return orjson.dumps(asdict(step)).decode()


def load_step(text: str) -> Step:
    """The step that was stored."""
    return _step(orjson.loads(text))


def dump_parts(parts: Sequence[Part]) -> str:
    """Parts as they are stored."""
    return orjson.dumps([[asdict(part.step), part.refs] for part in parts]).decode()


def load_parts(text: str) -> list[Part]:
    """The parts that were stored."""
    return [Part(_step(step), refs) for step, refs in orjson.loads(text)]


def _step(values: dict[str, object]) -> Step:
    step = Step(**values)  # type: ignore[arg-type]  # as `asdict` wrote them
    return replace(step, add=tuple(step.add), remove=tuple(step.remove))
