"""The order of the filters."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from backend.formats.addresses import Address
from protocol_service.filters import loop
from protocol_service.filters.verdict import FilteredMessage, Verdict

Filter = Callable[[FilteredMessage, Address, Verdict], Awaitable[Verdict]]

FILTERS: tuple[Filter, ...] = (loop.check,)

_DEFAULT = Verdict()


async def run(message: FilteredMessage, recipient: Address) -> Verdict:
    """What becomes of the message for this recipient; a refusal ends the line."""
    verdict = _DEFAULT
    for step in FILTERS:
        verdict = await step(message, recipient, verdict)
        if verdict.refusal is not None:
            break
    return verdict
