"""Keyboard shortcuts of the web pages: off, or other keys, by user (WCAG 2.1.4).

What a command is called and which keys it has by itself only the pages know; here its choice is kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from backend.kit import db
from backend.kit.errors import InvalidSyntax, LimitExceeded

MAX_COMMANDS = 200
MAX_KEYS = 4
_COMMAND = re.compile(r"[a-z][a-z0-9-]{0,59}")
# One or two chords such as "e", "Shift+i", "Mod+Enter", "g i".
_CHORD = r"(?:(?:Mod|Ctrl|Alt|Shift)\+){0,4}[^\s+\x00-\x1f\x7f]{1,20}|(?:(?:Mod|Ctrl|Alt|Shift)\+){0,4}\+"
_KEYS = re.compile(rf"(?:{_CHORD})(?: (?:{_CHORD}))?")


@dataclass(frozen=True, slots=True)
class Shortcuts:
    """Whether single keys are heard, and keys by command where they differ from the standard; an empty list
    is a command without keys.
    """

    is_on: bool = True
    keys: Mapping[str, Sequence[str]] = field(default_factory=dict)


async def of_user(user_id: int) -> Shortcuts:
    """The choice of a user, the standard for one who has made none."""
    row = await db.fetch_row("SELECT is_on, keys FROM shortcuts WHERE id = ?", user_id)
    return Shortcuts(bool(row[0]), json.loads(row[1])) if row is not None else Shortcuts()


async def choose(user_id: int, chosen: Shortcuts) -> Shortcuts:
    """Keep a choice in the place of the earlier one. Raises InvalidSyntax, LimitExceeded."""
    if len(chosen.keys) > MAX_COMMANDS:
        raise LimitExceeded(f"At most {MAX_COMMANDS} commands have other keys", field="keys")
    for command, keys in chosen.keys.items():
        if not _COMMAND.fullmatch(command):
            raise InvalidSyntax("There is no such command", field="keys")
        if len(keys) > MAX_KEYS or not all(len(one) <= 60 and _KEYS.fullmatch(one) for one in keys):
            raise InvalidSyntax(
                f"{command} has at most {MAX_KEYS} keys, written like “Shift+i”", field="keys"
            )
    kept = json.dumps({command: list(keys) for command, keys in chosen.keys.items()}, ensure_ascii=False)
    await db.write(
        lambda tx: tx.execute(
            "INSERT INTO shortcuts (id, is_on, keys) VALUES (?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET is_on = excluded.is_on, keys = excluded.keys",
            user_id,
            int(chosen.is_on),
            kept,
        )
    )
    return chosen
