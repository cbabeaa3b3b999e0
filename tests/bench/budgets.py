"""The web interface's budgets: what is promised, what was measured, and Roundcube's figure beside it.

A limit holds for the median; `high` is one for the 95th percentile. The times are wall clock: only a quiet
machine tells them. A row fails at 1.3 times its limit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

TOLERANCE = 1.3


@dataclass(frozen=True, slots=True)
class Budget:
    """One row of the table.

    `roundcube` is version 1.6.5 (Debian, elastic skin) with 5,000 messages in pages of 50, where known.
    """

    name: str
    limit: float
    unit: str
    high: float | None = None
    """Limit of the 95th percentile."""
    roundcube: str = ""
    is_least: bool = False
    """The limit is a floor."""

    def __str__(self) -> str:
        bound = f"{'≥' if self.is_least else '≤'} {_number(self.limit)}"
        return f"{bound} (p95 {_number(self.high)}) {self.unit}" if self.high else f"{bound} {self.unit}"


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of it."""

    budget: Budget
    values: Sequence[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """Half of the values are no larger."""
        return median(self.values)

    @property
    def high(self) -> float:
        """The 95th percentile; of a budget with a floor, the 5th."""
        ordered = sorted(self.values, reverse=self.budget.is_least)
        return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]

    @property
    def excess(self) -> float:
        """By what factor the limit is passed; up to 1 it is kept."""
        limit = self.budget.limit
        if self.budget.is_least:
            return limit / self.median if self.median else float("inf")
        if limit == 0:
            return float("inf") if self.median else 0.0
        found = self.median / limit
        return max(found, self.high / self.budget.high) if self.budget.high else found

    @property
    def standing(self) -> str:
        """In a word."""
        return "kept" if self.excess <= 1 else "over" if self.excess <= TOLERANCE else "FAILED"

    def __str__(self) -> str:
        shown = _number(self.median)
        if len(self.values) > 1:
            shown += f" (p95 {_number(self.high)}, n = {len(self.values)})"
        return f"{shown} {self.budget.unit}"


def table(rows: Iterable[Measured]) -> str:
    """The rows in Markdown."""
    lines = [
        f"| {row.budget.name} | {row.budget} | {row} | {row.budget.roundcube} | {row.standing} |"
        for row in rows
    ]
    return "\n".join(
        ["| budget | limit | median (p95) | Roundcube | |", "| --- | --- | --- | --- | --- |", *lines]
    )


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 10 or value == int(value) else f"{value:.3g}"


REQUESTS = Budget("requests before the list, fonts apart", 6, "", roundcube="23")
FIRST_VISIT = Budget("inbox interactive, first visit, desktop", 600, "ms", roundcube="484 to 823")
FIRST_VISIT_PHONE = Budget("the same, mid phone (4× CPU, 9 Mbit/s, 60 ms)", 2000, "ms")
REPEAT_VISIT = Budget("repeat visit: rows while the server is silent", 250, "ms")
LAYOUT_SHIFT = Budget("layout shift while loading", 0.02, "")
OPEN_FETCHED = Budget("open message, fetched ahead", 50, "ms", high=100, roundcube="341 (280 to 441)")
OPEN_COLD = Budget(
    "open message, cold (15 ms to the server)", 120, "ms", high=200, roundcube="341 (280 to 441)"
)
KEY = Budget("key to next row highlighted", 1, "frames")
INTERACTION = Budget("interaction to next paint by j, p75 at 1× CPU", 100, "ms")
INTERACTION_SLOW = Budget("the same at 4× CPU", 200, "ms")
SEARCH = Budget("search as you type, after the pause of 60 ms", 120, "ms", high=200)
SCROLL = Budget("scrolling all rows, at 4× CPU", 55, "fps", is_least=True, roundcube="pages")
LONG_TASKS = Budget("long tasks while scrolling, at 1× CPU", 0, "", roundcube="pages")
HEAP = Budget("heap after 500 opens", 60, "MB", roundcube="8.5 (first load)")
NODES = Budget("nodes after 500 opens", 4000, "", roundcube="7,775 (first load)")
EDITOR = Budget("editor, first open", 300, "ms")
