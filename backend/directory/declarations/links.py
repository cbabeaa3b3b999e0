"""Large files as links: whether, how large, how long."""

from __future__ import annotations

from backend.directory.roles import Permission
from backend.directory.setting_key import ALL_LEVELS, GIB, MIB, Ceiling, Kind, SettingKey

SUBJECT = "Large files as links"

KEYS = (
    SettingKey(
        key="links.max_bytes",
        kind=Kind.BYTES,
        default=2 * GIB,
        levels=ALL_LEVELS,
        label="Largest file behind a link",
        help="Larger files cannot be sent as a link instead of an attachment. 0: there are no links.",
    ),
    SettingKey(
        key="links.offer_bytes",
        kind=Kind.BYTES,
        default=15 * MIB,
        levels=ALL_LEVELS,
        label="Offer a link from this size on",
        help="A larger file that is attached is offered to be sent as a link.",
        ceiling=Ceiling.NONE,
        domain_permission=Permission.DOMAIN_MANAGE,
        is_personal=True,
    ),
    SettingKey(
        key="links.max_days",
        kind=Kind.DAYS,
        default=30,
        levels=ALL_LEVELS,
        label="Longest life of a link",
        help="A link and its file are removed after this time at the latest.",
        lowest=1,
        highest=366,
    ),
)
