"""The order of the filters, by the names that traces know them by."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from protocol_service.filters import loop, origin, rules, senders, vacation
from protocol_service.filters.verdict import Addressee, FilteredMessage, Verdict

Filter = Callable[[FilteredMessage, Addressee, Verdict], Awaitable[Verdict]]

FILTERS: tuple[tuple[str, Filter], ...] = (
    ("loop", loop.check),
    ("senders", senders.check),
    ("origin", origin.check),
    ("rules", rules.check),
    ("vacation", vacation.check),
)

_DEFAULT = Verdict()


async def run(message: FilteredMessage, recipient: Addressee) -> Verdict:
    """What becomes of the message for this recipient; a refusal ends the line."""
    verdict = _DEFAULT
    checks: list[str] = []
    for name, step in FILTERS:
        before, verdict = verdict, await step(message, recipient, verdict)
        if verdict.refusal is not None:
            checks.append(f"{name}=refused")
            break
        checks.append(f"{name}=pass" if verdict is before else f"{name}=applied")
    return replace(verdict, checks=tuple(checks))
