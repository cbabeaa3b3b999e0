"""Forwarding to elsewhere."""

from __future__ import annotations

from backend.directory.setting_key import ALL_LEVELS, Kind, SettingKey

SUBJECT = "Forwarding"

KEYS = (
    SettingKey(
        key="forward.enabled",
        kind=Kind.SWITCH,
        default=True,
        levels=ALL_LEVELS,
        label="Forwarding",
        help="Users may have their mail forwarded. Off also stops what is forwarded now.",
    ),
    SettingKey(
        key="forward.outside",
        kind=Kind.SWITCH,
        default=True,
        levels=ALL_LEVELS,
        label="Forwarding to other domains",
        help="Off: only to addresses of the own domain. What goes elsewhere now stops too.",
    ),
    SettingKey(
        key="forward.max_targets",
        kind=Kind.COUNT,
        default=10,
        levels=ALL_LEVELS,
        label="Forwarding addresses",
        help="How many addresses a user's mail may be forwarded to.",
        lowest=1,
        highest=50,
    ),
)
