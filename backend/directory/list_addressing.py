"""Which list an address of a domain belongs to, and what for: posts, or one of the list's commands."""

from __future__ import annotations

from backend.directory.list_types import COMMANDS, Command, MailingList, Standing
from backend.directory.setting_store import Reader
from backend.formats.addresses import Address

_MOST_OWNERS = 50


async def find(reader: Reader, domain_id: int, localpart: str) -> tuple[MailingList, Command] | None:
    """The list and what the address is for; None where no list has it."""
    command = next((one for one in COMMANDS if localpart.endswith(one.value)), Command.POST)
    row = await reader.fetch_row(
        f"SELECT {MailingList.COLUMNS} FROM {MailingList.TABLES} WHERE l.domain_id = ? AND l.localpart = ?",
        domain_id,
        localpart.removesuffix(command.value),
    )
    return (MailingList.from_row(row), command) if row is not None else None


async def responsible(reader: Reader, list_id: int) -> tuple[Address, ...]:
    """Where mail for the owners goes: to them, or to the moderators where there are none."""
    for role in (Standing.OWNER, Standing.MODERATOR):
        rows = await reader.fetch_rows(
            "SELECT address FROM list_member WHERE list_id = ? AND role = ? AND group_id IS NULL"
            " ORDER BY address LIMIT ?",
            list_id,
            int(role),
            _MOST_OWNERS,
        )
        if rows:
            return tuple(Address.parse(row[0]) for row in rows)
    return ()
