"""Mail in the web, and sharing it."""

from __future__ import annotations

from backend.directory.roles import Permission
from backend.directory.setting_key import ALL_LEVELS, SYSTEM_DOMAIN, Ceiling, Kind, SettingKey

KEYS = (
    SettingKey(
        key="mail.show_remote_images",
        kind=Kind.SWITCH,
        default=False,
        levels=ALL_LEVELS,
        label="Show remote images",
        help="Load images from other servers without asking. Senders see by them that mail was read.",
        ceiling=Ceiling.NONE,
        domain_permission=Permission.DOMAIN_MANAGE,
        is_personal=True,
    ),
    SettingKey(
        key="shares.anyone",
        kind=Kind.SWITCH,
        default=False,
        levels=SYSTEM_DOMAIN,
        label="Share with everyone",
        help="Users may share a mailbox with everyone of the domain at once. Off also hides what was shared.",
        ceiling=Ceiling.NONE,
        domain_permission=Permission.DOMAIN_MANAGE,
    ),
)
