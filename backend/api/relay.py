"""Relay connections by key, not by offset: a cursor is the sort key of a row, so pages stay right while
rows come and go.
"""

from __future__ import annotations

import base64
import binascii
from typing import Generic, TypeVar

import strawberry

from backend.kit.errors import InvalidSyntax

Node = TypeVar("Node")
MAX_FIRST = 200


@strawberry.type
class PageInfo:
    """Where a page stands."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


def encode_cursor(key: str) -> str:
    """An opaque cursor of a sort key."""
    return base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")


def decode_cursor(cursor: str | None) -> str | None:
    """The sort key of a cursor; raises `InvalidSyntax` for what is none."""
    if cursor is None:
        return None
    try:
        return base64.urlsafe_b64decode(cursor[:600] + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError) as exc:
        raise InvalidSyntax("That is not a cursor of this list", field="after") from exc


def bounded(first: int) -> int:
    """A page size within the limits; raises `InvalidSyntax` for one that is not positive."""
    if first < 1:
        raise InvalidSyntax("A page holds at least one row", field="first")
    return min(first, MAX_FIRST)


class Page(Generic[Node]):
    """Rows and keys of one page, ready for a connection type."""

    def __init__(
        self, rows: list[tuple[str, Node]], *, after: str | None, total: int, has_more: bool
    ) -> None:
        self.rows = rows
        self.total = total
        cursors = [encode_cursor(key) for key, _ in self.rows]
        self.cursors = cursors
        self.page_info = PageInfo(
            has_next_page=has_more,
            has_previous_page=after is not None,
            start_cursor=cursors[0] if cursors else None,
            end_cursor=cursors[-1] if cursors else None,
        )
