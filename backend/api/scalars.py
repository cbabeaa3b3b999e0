"""Scalars of the schema: times, long whole numbers and setting values."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

DateTime = NewType("DateTime", int)
Long = NewType("Long", int)
SettingScalar = NewType("SettingScalar", object)

MAX_LONG = 2**53


def _print_time(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")


def _parse_time(text: Any) -> int:
    if not isinstance(text, str) or len(text) > 40:
        raise ValueError("a time is ISO 8601 text with an offset")
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time needs an offset, for example 2026-11-22T09:00:00Z")
    return int(moment.timestamp())


def _parse_long(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > MAX_LONG:
        raise ValueError("a whole number up to 2^53")
    return value


def _parse_setting(value: Any) -> Any:
    if value is None or isinstance(value, bool | str):
        return value
    return _parse_long(value)


SCALARS: dict[object, ScalarDefinition] = {
    DateTime: strawberry.scalar(
        name="DateTime",
        description="A point in time, ISO 8601 with offset.",
        serialize=_print_time,
        parse_value=_parse_time,
    ),
    Long: strawberry.scalar(
        name="Long",
        description="A whole number up to 2^53 (bytes, modseqs).",
        serialize=int,
        parse_value=_parse_long,
    ),
    SettingScalar: strawberry.scalar(
        name="SettingScalar",
        description="A setting's value: a whole number, text, truth value or null.",
        serialize=lambda value: value,
        parse_value=_parse_setting,
    ),
}
