"""Pages of lists, by keyset: the next page starts after the last key of this one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Items in order, how many there are in all, and whether more follow."""

    items: list[T]
    total: int
    has_more: bool

    @classmethod
    def cut(cls, items: list[T], limit: int, total: int) -> Page[T]:
        """From one item more than was asked for."""
        return cls(items[:limit], total, len(items) > limit)


def contains(text: str) -> str:
    """A LIKE pattern for texts that contain this one literally; its escape is `!`."""
    folded = text.strip().lower()
    for sign in ("!", "%", "_"):
        folded = folded.replace(sign, "!" + sign)
    return f"%{folded}%"
