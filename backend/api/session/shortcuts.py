"""Keyboard shortcuts of the viewer."""

from __future__ import annotations

import strawberry

from backend.api.context import Info
from backend.api.guards import signed_in
from backend.directory import shortcuts
from backend.kit.errors import LimitExceeded


@strawberry.type
class CommandKeys:
    """A command and the keys chosen for it."""

    command: str
    keys: list[str]


@strawberry.type
class Shortcuts:
    """The viewer's choice of keys."""

    is_on: bool = strawberry.field(description="False: keys without a modifier do nothing.")
    keys: list[CommandKeys] = strawberry.field(description="Only commands that differ from the standard.")

    @classmethod
    def from_choice(cls, chosen: shortcuts.Shortcuts) -> Shortcuts:
        """As it is kept."""
        keys = [CommandKeys(command=command, keys=list(keys)) for command, keys in chosen.keys.items()]
        return cls(is_on=chosen.is_on, keys=keys)


@strawberry.input
class CommandKeysInput:
    """Keys for a command; none for a command without."""

    command: str
    keys: list[str]


async def _shortcuts(info: Info) -> Shortcuts:
    return Shortcuts.from_choice(await shortcuts.of_user(info.context.signed_in.id))


async def _set_shortcuts(info: Info, is_on: bool, keys: list[CommandKeysInput]) -> Shortcuts:
    if len(keys) > shortcuts.MAX_COMMANDS:
        raise LimitExceeded(f"At most {shortcuts.MAX_COMMANDS} commands have other keys", field="keys")
    chosen = shortcuts.Shortcuts(is_on, {one.command: one.keys for one in keys})
    return Shortcuts.from_choice(await shortcuts.choose(info.context.signed_in.id, chosen))


@strawberry.type
class ShortcutQueries:
    """Reading them."""

    shortcuts: Shortcuts = signed_in(_shortcuts)


@strawberry.type
class ShortcutMutations:
    """Choosing them."""

    set_shortcuts: Shortcuts = signed_in(
        _set_shortcuts, description="Keeps the viewer's whole choice of keys in the place of the earlier one."
    )
