"""How a setting is worked out from what is stored: pure, so that every asker gets the same answer.

The nearest level with a value gives it; then the ceilings of all levels above and of the level itself tighten
it. So the effective limit is the tightest of the levels, and a value that was set before a ceiling came down
needs no change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from backend.directory.setting_key import ALL_LEVELS, Ceiling, Level, SettingKey, Value
from backend.directory.setting_keys import REGISTRY, find
from backend.formats.domain_names import display_domain
from backend.kit.errors import LimitExceeded


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value comes from: the level, what it was set for, and by whom (empty for the default)."""

    level: Level
    name: str
    set_by: str
    is_default: bool = False

    def __str__(self) -> str:
        if self.is_default:
            return "the built-in default"
        place = display_domain(self.name) if self.level is Level.DOMAIN else self.name
        return f"set by {self.set_by} for {place}" if place else f"set by {self.set_by}"


DEFAULT = Origin(Level.SYSTEM, "Default", "", is_default=True)


@dataclass(frozen=True, slots=True)
class Stored:
    """A row of the settings table."""

    value: Value | None
    ceiling: Value | None
    set_by: str


@dataclass(frozen=True, slots=True)
class Effective:
    """A setting at one place: what holds there and why."""

    key: SettingKey
    level: Level
    value: Value
    origin: Origin
    own_value: Value | None
    inherited_value: Value
    inherited_from: Origin
    ceiling: Value | None
    ceiling_origin: Origin | None
    own_ceiling: Value | None


@dataclass(frozen=True, slots=True)
class Chain:
    """All that is stored for one target and the levels above it; `names` are the domain's name and the user's
    address.
    """

    level: Level
    target_id: int
    domain_id: int | None
    names: dict[Level, str]
    rows: dict[Level, dict[str, Stored]]
    values: dict[str, Value] = field(default_factory=dict)

    def value(self, key: str) -> Value:
        """The value in force, worked out once."""
        found = self.values.get(key)
        if found is None:
            found = self.values[key] = self.effective(find(key)).value
        return found

    def effective(self, key: SettingKey) -> Effective:
        """The whole answer for one key."""
        tightest = self.ceiling(key)
        own = self._stored(key, self.level)
        value, origin = self._tightened(key, self._nearest(key, skip=None), tightest)
        inherited, inherited_from = self._tightened(key, self._nearest(key, skip=self.level), tightest)
        return Effective(
            key=key,
            level=self.level,
            value=value,
            origin=origin,
            own_value=own.value if own else None,
            inherited_value=inherited,
            inherited_from=inherited_from,
            ceiling=tightest[0] if tightest else None,
            ceiling_origin=tightest[1] if tightest else None,
            own_ceiling=own.ceiling if own else None,
        )

    def ceiling(self, key: SettingKey) -> tuple[Value, Origin] | None:
        """The tightest ceiling that holds here, with its origin."""
        tightest: tuple[Value, Origin] | None = None
        for value, origin in self._ceilings(key):
            if key.weight(value) == float("inf"):
                continue  # an unlimited ceiling is none
            if tightest is None or key.is_passed(tightest[0], value):
                tightest = (value, origin)
        return tightest

    def require_within(self, key: SettingKey, value: Value) -> None:
        """Refuse a value beyond a ceiling; the text names who set the ceiling."""
        tightest = self.ceiling(key)
        if tightest is not None and key.is_passed(value, tightest[0]):
            raise LimitExceeded(
                f"{key.label}: {key.show_bound(tightest[0])}, {tightest[1]}",
                field="value",
                detail={"key": key.key, "ceiling": tightest[0], "asked": value},
            )

    def above(self) -> Iterator[Level]:
        """The levels from the system down to this one."""
        for level in ALL_LEVELS:
            yield level
            if level is self.level:
                return

    def _stored(self, key: SettingKey, level: Level) -> Stored | None:
        return self.rows.get(level, {}).get(key.key)

    def _nearest(self, key: SettingKey, *, skip: Level | None) -> tuple[Value, Origin]:
        levels = [level for level in self.above() if level is not skip and level in key.levels]
        # Where no level may override, the widest one that says something has the say.
        for level in reversed(levels) if key.is_overridable else levels:
            stored = self._stored(key, level)
            if stored is not None and stored.value is not None:
                return stored.value, Origin(level, self.names.get(level, ""), stored.set_by)
        return key.default, DEFAULT

    def _ceilings(self, key: SettingKey) -> Iterator[tuple[Value, Origin]]:
        if key.ceiling is Ceiling.NONE:
            return
        for level in self.above():
            stored = self._stored(key, level)
            if stored is not None and stored.ceiling is not None:
                # Only system administrators set ceilings, so the row's name may be that of someone who set
                # its value.
                yield stored.ceiling, Origin(level, self.names.get(level, ""), "the system administrator")
        outer = self.within(key)
        if outer is not None:
            yield outer

    def within(self, key: SettingKey) -> tuple[Value, Origin] | None:
        """The domain's limit that this key lies within, where there is one."""
        if key.within is None or self.level is Level.SYSTEM:
            return None
        outer = REGISTRY[key.within]
        domain = Chain(Level.DOMAIN, self.domain_id or 0, self.domain_id, self.names, self.rows)
        value, origin = domain._tightened(outer, domain._nearest(outer, skip=None), domain.ceiling(outer))
        if outer.weight(value) == float("inf"):
            return None
        # Only system administrators set it, for one domain or for all.
        return value, Origin(origin.level, self.names.get(origin.level, ""), "the system administrator")

    @staticmethod
    def _tightened(
        key: SettingKey, nearest: tuple[Value, Origin], tightest: tuple[Value, Origin] | None
    ) -> tuple[Value, Origin]:
        if tightest is not None and key.is_passed(nearest[0], tightest[0]):
            return tightest
        return nearest
