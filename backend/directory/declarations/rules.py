"""What becomes of mail by itself: blocked senders, and the clean-up of Trash and Junk."""

from __future__ import annotations

from backend.directory.roles import Permission
from backend.directory.setting_key import ALL_LEVELS, Ceiling, Choice, Kind, SettingKey

SUBJECT = "Blocked senders and clean-up"

LONGEST_DAYS = 3650


def _days(key: str, folder: str) -> SettingKey:
    return SettingKey(
        key=key,
        kind=Kind.DAYS,
        default=0,
        levels=ALL_LEVELS,
        label=f"{folder} keeps mail for",
        help=f"What came into {folder} longer ago is removed for good.",
        highest=LONGEST_DAYS,
        zero_is_unlimited=True,
        domain_permission=Permission.DOMAIN_MANAGE,
        is_personal=True,
    )


KEYS = (
    SettingKey(
        key="senders.blocked_to",
        kind=Kind.TEXT,
        default="junk",
        levels=ALL_LEVELS,
        label="Mail of blocked senders",
        help="Where it is filed.",
        ceiling=Ceiling.NONE,
        domain_permission=Permission.DOMAIN_MANAGE,
        is_personal=True,
        choices=(Choice("junk", "Junk"), Choice("trash", "Trash")),
    ),
    _days("cleanup.trash_days", "Trash"),
    _days("cleanup.junk_days", "Junk"),
)
