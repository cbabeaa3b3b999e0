"""`postroom check --account`: the findings in one user's mail, one line each."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from backend.cli import frame

if TYPE_CHECKING:
    from backend.kit.runtime import Runtime
    from backend.operations.account_check.finding import Finding
    from backend.operations.account_check.run import Checked

# An answer in JSON is one value, and must not outgrow memory.
MOST_IN_JSON = 10_000


def run(address: str, *, repairing: bool) -> None:
    """Check, show each finding as it comes, and end with status 1 where something is left."""

    async def work(rt: Runtime) -> tuple[Checked, list[dict[str, object]]]:
        from backend.directory import users
        from backend.directory.principal import SYSTEM
        from backend.operations.account_check.run import Checked, check

        user = await users.get_by_address(SYSTEM, address)
        checked = Checked()
        found: list[dict[str, object]] = []
        async for finding in check(user.id, checked, repairing=repairing):
            if frame.options.json:
                if len(found) < MOST_IN_JSON:
                    found.append(_row(finding))
            else:
                frame.show(None, _line(finding))
        return checked, found

    checked, found = frame.run(work)
    frame.show({**asdict(checked), "list": found}, _summary(address, checked))
    left = checked.findings - checked.repaired
    if left:
        hint = "" if repairing else "; --repair mends what can be derived"
        frame.fail(f"{left} findings are left in the mail of {address}{hint}")


def _row(finding: Finding) -> dict[str, object]:
    return {
        "kind": finding.kind,
        "where": finding.where,
        "text": finding.text,
        "outcome": finding.outcome,
    }


def _line(finding: Finding) -> str:
    text = f"{finding.kind:9}{finding.where}: {finding.text} ({finding.outcome})"
    # Names of mailboxes are what people wrote: they must not steer the terminal.
    return "".join(char if char.isprintable() else "?" for char in text)


def _summary(address: str, checked: Checked) -> str:
    return (
        f"{address}: {checked.messages} messages in {checked.mailboxes} mailboxes,"
        f" {checked.findings} findings, {checked.repaired} repaired"
    )
