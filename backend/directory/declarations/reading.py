"""Mail in the web, and sharing it."""

from __future__ import annotations

from backend.directory.roles import Permission
from backend.directory.setting_key import ALL_LEVELS, SYSTEM_DOMAIN, Ceiling, Kind, SettingKey

KEYS = (
    SettingKey(
        key="mail.remote_images",
        kind=Kind.TEXT,
        default="ask",
        levels=ALL_LEVELS,
        label="Remote images",
        help="never: images from other servers stay away, but for trusted senders. ask: until the reader"
        " wants them. always: they are loaded without asking, and senders see by them that mail was read."
        " A ceiling of never holds for trusted senders as well.",
        choices=("never", "ask", "always"),
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
