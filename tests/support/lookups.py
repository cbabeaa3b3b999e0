"""DNS for the checks of a message's origin, out of a table."""

from __future__ import annotations

from collections import Counter

from backend.formats.lookups import TemporaryFailure


class TableLookups:
    """Answers by name; names in `failing` fail for now. `asked` counts the questions by (name, kind)."""

    def __init__(self, **records: dict[str, list[str]]) -> None:
        self.records = records
        self.failing: set[str] = set()
        self.asked: Counter[tuple[str, str]] = Counter()

    def add(self, kind: str, name: str, *values: str) -> None:
        """Further records."""
        self.records.setdefault(kind, {}).setdefault(name, []).extend(values)

    def _answer(self, name: str, kind: str) -> list[str]:
        self.asked[name, kind] += 1
        if name in self.failing:
            raise TemporaryFailure(name)
        return self.records.get(kind, {}).get(name, [])

    async def txt(self, name: str) -> list[bytes]:
        return [text.encode() for text in self._answer(name, "txt")]

    async def addresses(self, name: str, *, ipv6: bool) -> list[str]:
        return self._answer(name, "aaaa" if ipv6 else "a")

    async def mx(self, name: str) -> list[str]:
        return self._answer(name, "mx")

    async def names(self, address: str) -> list[str]:
        return self._answer(address, "ptr")
