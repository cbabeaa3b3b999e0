"""One setting: where it may stand, what it may be, and which way it is tighter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from backend.directory.roles import Permission
from backend.kit.errors import InvalidSyntax

Value = int | bool | str

KIB, MIB, GIB = 1 << 10, 1 << 20, 1 << 30
HIGHEST = 2**53 - 1  # what JSON readers take without loss


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class Level(StrEnum):
    """Where a value stands, from the widest to the narrowest."""

    SYSTEM = "system"
    DOMAIN = "domain"
    USER = "user"


class Kind(StrEnum):
    """What a value is, for forms and for texts."""

    BYTES = "bytes"
    COUNT = "count"
    SECONDS = "seconds"
    DAYS = "days"
    SWITCH = "switch"
    TEXT = "text"


class Ceiling(StrEnum):
    """Which way a ceiling is tighter."""

    MAX = "max"
    MIN = "min"
    NONE = "none"


SYSTEM_DOMAIN = (Level.SYSTEM, Level.DOMAIN)
ALL_LEVELS = (Level.SYSTEM, Level.DOMAIN, Level.USER)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few texts that a value may be, in words; `help` says what it does, where that is not plain."""

    value: str
    label: str
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingKey:
    """One declared setting.

    `domain_permission` is what setting it for a whole domain needs. `is_personal`: a user may set it for the
    own mailbox. `pattern` is what a text must match as a whole. `within` names a key whose value is a ceiling
    too, and out of which values of users are handed out. `is_multiline` texts may have line breaks. `choices`
    are all that a text may be; where there may be a ceiling the tightest comes first, for they are compared
    with it by their order.
    """

    key: str
    kind: Kind
    default: Value
    levels: tuple[Level, ...]
    label: str
    help: str
    ceiling: Ceiling = Ceiling.MAX
    is_overridable: bool = True
    lowest: int = 0
    highest: int = HIGHEST
    zero_is_unlimited: bool = False
    domain_permission: Permission = Permission.LIMITS_MANAGE
    is_personal: bool = False
    within: str | None = None
    pattern: str = ""
    choices: tuple[Choice, ...] = ()
    is_multiline: bool = False

    @property
    def values(self) -> tuple[str, ...]:
        """All that a text may be; empty: any text."""
        return tuple(choice.value for choice in self.choices)

    def weight(self, value: Value) -> float:
        """The number by which limits are compared."""
        if isinstance(value, str):
            values = self.values
            return values.index(value) if value in values else 0
        return float("inf") if self.zero_is_unlimited and value == 0 else value

    def is_passed(self, value: Value, ceiling: Value) -> bool:
        """Whether the value is looser than the ceiling allows."""
        if self.ceiling is Ceiling.MIN:
            return self.weight(value) < self.weight(ceiling)
        return self.ceiling is Ceiling.MAX and self.weight(value) > self.weight(ceiling)

    def check(self, value: Value) -> Value:
        """The value, if it is one of this key at all; raises `InvalidSyntax`."""
        if self.kind is Kind.SWITCH:
            if not isinstance(value, bool):
                raise InvalidSyntax(f"{self.label}: on or off is needed", field="value")
            return value
        if self.kind is Kind.TEXT:
            if not isinstance(value, str) or len(value) > self.highest or _CONTROL.search(value):
                raise InvalidSyntax(f"{self.label}: a short text is needed", field="value")
            if not self.is_multiline and ("\n" in value or "\r" in value):
                raise InvalidSyntax(f"{self.label}: a text of one line is needed", field="value")
            if self.choices and value not in self.values:
                raise InvalidSyntax(f"{self.label}: one of {', '.join(self.values)} is needed", field="value")
            if self.pattern and re.fullmatch(self.pattern, value) is None:
                raise InvalidSyntax(f"{self.label}: {self.help}", field="value")
            return value
        if isinstance(value, bool) or not isinstance(value, int):
            raise InvalidSyntax(f"{self.label}: a whole number is needed", field="value")
        if not self.lowest <= value <= self.highest:
            low, high = self.show(self.lowest), self.show(self.highest)
            wanted = f"at least {low}" if self.highest == HIGHEST else f"from {low} to {high}"
            raise InvalidSyntax(f"{self.label}: it accepts values {wanted}", field="value")
        return value

    def show(self, value: Value) -> str:
        """The value for people."""
        if self.kind is Kind.SWITCH:
            return "on" if value else "off"
        if isinstance(value, str):
            return next((choice.label for choice in self.choices if choice.value == value), value)
        if self.zero_is_unlimited and value == 0:
            return "unlimited"
        if self.kind is Kind.BYTES:
            return show_bytes(value)
        if self.kind is Kind.SECONDS:
            return show_seconds(value)
        return show_days(value) if self.kind is Kind.DAYS else f"{value:,}"

    def show_bound(self, ceiling: Value) -> str:
        """A ceiling for people: how far a value may go."""
        shown = self.show(ceiling)
        if self.kind is Kind.SWITCH:
            return shown
        if self.choices:
            return f"only {shown}" if self.weight(ceiling) == 0 else f"not beyond {shown}"
        return f"at least {shown}" if self.ceiling is Ceiling.MIN else f"at most {shown}"


def show_seconds(seconds: int) -> str:
    """A duration for people, exact: in the largest unit of which it is a whole number."""
    if seconds and seconds % 86_400 == 0:
        return show_days(seconds // 86_400)
    if seconds and seconds % 3600 == 0:
        hours = seconds // 3600
        return "1 hour" if hours == 1 else f"{hours:,} hours"
    if seconds and seconds % 60 == 0:
        minutes = seconds // 60
        return "1 minute" if minutes == 1 else f"{minutes:,} minutes"
    return "1 second" if seconds == 1 else f"{seconds:,} seconds"


def show_days(days: int) -> str:
    """A number of days for people."""
    return "1 day" if days == 1 else f"{days:,} days"


def show_bytes(size: int) -> str:
    """A size for people, in units of 1024 with at most one decimal."""
    for unit, factor in (("GB", GIB), ("MB", MIB), ("KB", KIB)):
        if size >= factor:
            return f"{size / factor:.1f}".removesuffix(".0") + f" {unit}"
    return f"{size} bytes"
