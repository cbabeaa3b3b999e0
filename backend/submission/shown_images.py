"""Whether the remote images of a message are shown.

The most exact choice counts: what the reader asks for at the moment, then what was chosen for the sender,
then the setting `mail.remote_images`. A ceiling of `never` is above them all.
"""

from __future__ import annotations

from dataclasses import dataclass

from backend.directory import settings
from backend.mailstore import sender_looks
from backend.rules import senders

KEY = "mail.remote_images"
NEVER, ALWAYS = "never", "always"


@dataclass(frozen=True, slots=True)
class Showing:
    """`is_offered`: whether the reader is asked about images that are not shown."""

    is_shown: bool
    is_offered: bool


async def are_allowed(account_id: int) -> bool:
    """Whether the account may see remote images at all."""
    return (await settings.effective(KEY, user_id=account_id)).ceiling != NEVER


async def of_message(account_id: int, sender: str, *, asked: bool | None) -> Showing:
    """How the account sees a message of that sender; `asked` is what its reader wants at the moment."""
    setting = await settings.effective(KEY, user_id=account_id)
    if setting.ceiling == NEVER:
        return Showing(is_shown=False, is_offered=False)
    is_shown = asked
    if is_shown is None:
        is_shown = await senders.is_trusted(account_id, sender) or (
            setting.value == ALWAYS and not (await sender_looks.of_sender(account_id, sender)).hides_images
        )
    return Showing(is_shown=is_shown, is_offered=setting.value != NEVER)
