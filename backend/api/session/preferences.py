"""The viewer's choices in the web application."""

from __future__ import annotations

import strawberry

from backend.api.context import Info
from backend.api.guards import signed_in
from backend.directory import preferences


@strawberry.type(description="A choice that holds on all devices of the viewer.")
class Preference:
    """A name and its value."""

    name: str
    value: str = strawberry.field(description="JSON, at most 4,000 characters.")


@strawberry.input
class PreferenceInput:
    """A choice to keep."""

    name: str
    value: str | None = strawberry.field(default=None, description="JSON; null forgets it.")


async def of_viewer(user_id: int | None) -> list[Preference]:
    """What was kept, by name."""
    if user_id is None:
        return []
    return [Preference(name=name, value=value) for name, value in (await preferences.all_of(user_id)).items()]


async def _set_preferences(info: Info, entries: list[PreferenceInput]) -> bool:
    await preferences.put(info.context.account_id, {entry.name: entry.value for entry in entries})
    return True


@strawberry.type
class PreferenceMutations:
    """Keeping choices."""

    set_preferences: bool = signed_in(_set_preferences, description="At most 200 at once, 1,000 in all.")
