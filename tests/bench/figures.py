"""A figure, and the table of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, how much, and how."""

    name: str
    value: str
    how: str


def ms(name: str, seconds: Sequence[float], how: str) -> Figure:
    """Median and 95th percentile of some durations."""
    ordered = sorted(seconds)
    high = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return Figure(
        name, f"{median(ordered) * 1000:.1f} ms (p95 {high * 1000:.1f})", f"{how}, n = {len(ordered)}"
    )


def table(figures: Sequence[Figure]) -> str:
    """The figures in Markdown."""
    rows = [f"| {figure.name} | {figure.value} | {figure.how} |" for figure in figures]
    return "\n".join(["| what | figure | how |", "| --- | --- | --- |", *rows])
