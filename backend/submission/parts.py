"""Parts of a message by a path that also leads into messages attached to it: `2`, `1.2`, `3~1.2`.

Each step but the last names a part that is a message, as message/rfc822 or as a file whose name says so,
which may be encoded; the numbers count anew in each message.
"""

from __future__ import annotations

from dataclasses import dataclass

from backend.formats.content import decode_part
from backend.formats.mime import scan
from backend.formats.part import Limits, Part
from backend.kit.errors import NotFound

# A reader may see more parts than ingest describes to IMAP: thousands of attachments are paged, not lost.
READING = Limits(parts=10_000)
MAX_STEPS = 10
STEP = "~"


@dataclass(frozen=True, slots=True)
class Found:
    """A leaf and the message it lies in."""

    raw: bytes
    part: Part

    @property
    def content(self) -> bytes:
        """Its bytes, decoded."""
        return decode_part(self.raw, self.part)


def find(raw: bytes, path: str) -> Found:
    """The leaf at a path. Raises NotFound."""
    steps = path.split(STEP)
    if len(steps) > MAX_STEPS:
        raise NotFound("The message has no such part")
    for number in steps[:-1]:
        raw = message_in(Found(raw, _leaf(raw, number)))
    return Found(raw, _leaf(raw, steps[-1]))


def message_in(found: Found) -> bytes:
    """The message that a part is. Raises NotFound for another kind of part."""
    if not is_message(found.part):
        raise NotFound("That part is not a message")
    return found.content


def is_message(part: Part) -> bool:
    """Whether a leaf can be opened as a message."""
    return part.content_type in ("message/rfc822", "message/global") or part.filename.lower().endswith(".eml")


def _leaf(raw: bytes, number: str) -> Part:
    for part in scan(raw, READING).walk():
        if part.number == number and not part.children:
            return part
    raise NotFound("The message has no such part")
