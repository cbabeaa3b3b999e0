"""Mailing lists."""

from __future__ import annotations

from backend.directory.roles import Permission
from backend.directory.setting_key import SYSTEM_DOMAIN, Ceiling, Kind, SettingKey

SUBJECT = "Mailing lists"

KEYS = (
    SettingKey(
        key="domain.max_lists",
        kind=Kind.COUNT,
        default=0,
        levels=SYSTEM_DOMAIN,
        label="Mailing lists of the domain",
        help="How many mailing lists the domain may have. 0 is unlimited.",
        zero_is_unlimited=True,
        domain_permission=Permission.SYSTEM_LIMITS_MANAGE,
    ),
    SettingKey(
        key="lists.max_members",
        kind=Kind.COUNT,
        default=20_000,
        levels=SYSTEM_DOMAIN,
        label="Members of a mailing list",
        help="Addresses and groups on one list, each counted once.",
        lowest=1,
        highest=200_000,
        domain_permission=Permission.SYSTEM_LIMITS_MANAGE,
    ),
    SettingKey(
        key="lists.bounces_before_suspension",
        kind=Kind.COUNT,
        default=5,
        levels=SYSTEM_DOMAIN,
        label="Bounces before suspension",
        help="On how many days mail to a member of a list must come back before nothing more is sent there."
        " 0 never suspends.",
        ceiling=Ceiling.NONE,
        highest=100,
        domain_permission=Permission.DOMAIN_MANAGE,
    ),
)
