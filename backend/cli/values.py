"""Values as people type and read them on the command line: times, sizes, settings."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from backend.cli.durations import parse_days, parse_seconds

if TYPE_CHECKING:
    from backend.directory.setting_key import SettingKey, Value
    from backend.directory.setting_values import Effective

_SIZE = re.compile(r"(\d{1,16}(?:\.\d{1,6})?)\s*([KMGT]?)(?:i?B|bytes?)?", re.IGNORECASE)
_FACTORS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}
INHERIT = "default"


def moment(seconds: int | None) -> str | None:
    """A time in UTC to the second."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_assignment(text: str) -> tuple[SettingKey, Value | None]:
    """`key=value` of a setting; the value None for `default`. Wrong usage ends the command with status 2."""
    from backend.directory.setting_key import Kind
    from backend.directory.setting_keys import REGISTRY

    key, equals, value = text.partition("=")
    entry = REGISTRY.get(key.strip())
    if entry is None or not equals:
        raise typer.BadParameter(f"{text!r}: needs KEY=VALUE with one of the keys {', '.join(REGISTRY)}")
    value = value.strip()
    if value == INHERIT:
        return entry, None
    if entry.kind is Kind.TEXT:
        return entry, value
    if entry.kind is Kind.SWITCH:
        return entry, _switch(text, value)
    return entry, _number(entry, text, value)


def _switch(text: str, value: str) -> bool:
    if value.lower() not in {"on", "off", "true", "false"}:
        raise typer.BadParameter(f"{text!r}: needs on, off or {INHERIT}")
    return value.lower() in {"on", "true"}


def _number(entry: SettingKey, text: str, value: str) -> int:
    from backend.directory.setting_key import Kind

    if value.lower() == "unlimited" and entry.zero_is_unlimited:
        return 0
    read, wanted = {
        Kind.BYTES: (parse_size, "a size such as 500 MB or 10G"),
        Kind.SECONDS: (parse_seconds, 'a time such as 30s or "1h 15min"'),
        Kind.DAYS: (parse_days, 'a number of days, or a time such as "2 weeks"'),
    }.get(entry.kind, (_parse_count, "a whole number"))
    found = read(value)
    if found is None:
        raise typer.BadParameter(f"{text!r}: needs {wanted}, or {INHERIT}")
    return found


def _parse_count(text: str) -> int | None:
    return int(text.replace(",", "")) if re.fullmatch(r"\d{1,15}|\d{1,3}(?:,\d{3}){1,4}", text) else None


def parse_size(text: str) -> int | None:
    """Bytes; units are those of 1024. None where it is no size."""
    match = _SIZE.fullmatch(text.strip().replace(",", ""))
    return None if match is None else int(float(match[1]) * _FACTORS[match[2].upper()])


def setting_row(found: Effective) -> dict[str, object]:
    """A setting as a row of a table."""
    ceiling = found.ceiling
    return {
        "key": found.key.key,
        "value": found.value,
        "shown": found.key.show(found.value),
        "origin": str(found.origin),
        "own": found.own_value,
        "ceiling": None if ceiling is None else found.key.show(ceiling),
    }


def host_and_port(text: str, default: int) -> tuple[str, int]:
    """`HOST`, `HOST:PORT` or `[IPv6]:PORT`. Wrong usage ends the command with status 2."""
    match = re.fullmatch(
        r"(\[[0-9A-Fa-f:.]+\]|[^:\[\]]*)(?::(\d{1,5}))?|((?=.*:.*:)[0-9A-Fa-f:.]+)", text.strip()
    )
    if match is None:
        raise typer.BadParameter(f"{text!r}: needs HOST or HOST:PORT, a port is a number")
    return (match[1] if match[3] is None else match[3]).strip("[]"), int(match[2] or default)
