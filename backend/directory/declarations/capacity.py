"""What a domain and a mailbox may hold."""

from __future__ import annotations

from backend.directory.roles import Permission
from backend.directory.setting_key import ALL_LEVELS, GIB, KIB, MIB, SYSTEM_DOMAIN, Kind, SettingKey

SUBJECT = "Space and accounts"

KEYS = (
    SettingKey(
        key="domain.disk_bytes",
        kind=Kind.BYTES,
        default=0,
        levels=SYSTEM_DOMAIN,
        label="Disk space of the domain",
        help="All mailboxes of the domain together. 0 is unlimited. Mail over it is deferred, not lost.",
        zero_is_unlimited=True,
        domain_permission=Permission.SYSTEM_LIMITS_MANAGE,
    ),
    SettingKey(
        key="domain.max_users",
        kind=Kind.COUNT,
        default=0,
        levels=SYSTEM_DOMAIN,
        label="Users of the domain",
        help="How many users the domain may have, disabled ones included. 0 is unlimited.",
        zero_is_unlimited=True,
        domain_permission=Permission.SYSTEM_LIMITS_MANAGE,
    ),
    SettingKey(
        key="domain.max_aliases",
        kind=Kind.COUNT,
        default=0,
        levels=SYSTEM_DOMAIN,
        label="Aliases of the domain",
        help="How many aliases the domain may have. 0 is unlimited.",
        zero_is_unlimited=True,
        domain_permission=Permission.SYSTEM_LIMITS_MANAGE,
    ),
    SettingKey(
        key="domain.max_domain_aliases",
        kind=Kind.COUNT,
        default=0,
        levels=SYSTEM_DOMAIN,
        label="Further names of the domain",
        help="How many domain aliases the domain may have. 0 is unlimited.",
        zero_is_unlimited=True,
        domain_permission=Permission.SYSTEM_LIMITS_MANAGE,
    ),
    SettingKey(
        key="mailbox.quota_bytes",
        kind=Kind.BYTES,
        default=10 * GIB,
        levels=ALL_LEVELS,
        label="Mailbox size",
        help="Space of one user. 0 is unlimited. Sizes given to users one by one share the domain's space.",
        zero_is_unlimited=True,
        within="domain.disk_bytes",
    ),
    SettingKey(
        key="message.max_bytes",
        kind=Kind.BYTES,
        default=50 * MIB,
        levels=ALL_LEVELS,
        label="Message size",
        help="The largest message that is taken in or sent, as it travels (files grow by a third in it).",
        lowest=64 * KIB,
        highest=GIB,
    ),
)
