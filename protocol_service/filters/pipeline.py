"""The order of the filters."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from protocol_service.filters import loop, rules
from protocol_service.filters.verdict import Addressee, FilteredMessage, Verdict

Filter = Callable[[FilteredMessage, Addressee, Verdict], Awaitable[Verdict]]

FILTERS: tuple[Filter, ...] = (loop.check, rules.check)

_DEFAULT = Verdict()


async def run(message: FilteredMessage, recipient: Addressee) -> Verdict:
    """What becomes of the message for this recipient; a refusal ends the line."""
    verdict = _DEFAULT
    for step in FILTERS:
        verdict = await step(message, recipient, verdict)
        if verdict.refusal is not None:
            break
    return verdict
