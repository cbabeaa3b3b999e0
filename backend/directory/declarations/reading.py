"""Mail in the web, and sharing it."""

from __future__ import annotations

from backend.directory.roles import Permission
from backend.directory.setting_key import ALL_LEVELS, SYSTEM_DOMAIN, Ceiling, Choice, Kind, SettingKey

SUBJECT = "Reading and sharing"

KEYS = (
    SettingKey(
        key="mail.remote_images",
        kind=Kind.TEXT,
        default="ask",
        levels=ALL_LEVELS,
        label="Remote images",
        help="Whether images from other servers are loaded: senders see by them that mail was read.",
        choices=(
            Choice("never", "Never", "Only those of trusted senders; as a ceiling, not even those."),
            Choice("ask", "Ask first", "They stay away until the reader wants them."),
            Choice("always", "Always", "They are loaded without a question."),
        ),
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
