"""What somebody wants to hear of: the new mail that they chose, for devices and for open pages alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backend.kit import clock
from backend.notifications import arrivals, choices
from backend.notifications.arrivals import Arrival
from backend.notifications.choices import Choice, Which

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class News:
    """What is new behind a place, and the place up to which that is all; `shows_content` as was chosen."""

    end: int
    messages: Sequence[Arrival] = ()
    shows_content: bool = False


async def wanted(user_id: int, choice: Choice, found: Sequence[Arrival]) -> list[Arrival]:
    """Those of them that the user wants to hear of."""
    if choice.which is Which.ALL:
        return list(found)
    if choice.which is Which.NONE:
        return []
    known = {
        address: await arrivals.is_known(user_id, address)
        for address in {one.sender_address.lower() for one in found}
    }
    return [one for one in found if known[one.sender_address.lower()]]


async def of_page(user_id: int, after: int | None, *, zone: str) -> News:
    """What an open page tells of; nothing for one that asks for the first time, or in its quiet hours."""
    inbox = await arrivals.inbox_of(user_id)
    if inbox is None:
        return News(0)
    if after is None or after >= inbox.end:
        return News(inbox.end)
    choice = await choices.of_user(user_id)
    if choice.which is Which.NONE or choices.is_quiet(choice.quiet, zone, clock.now()):
        return News(inbox.end)
    found = await wanted(user_id, choice, await arrivals.since(inbox, after))
    return News(inbox.end, found[-MOST_SHOWN:], choice.shows_content)
