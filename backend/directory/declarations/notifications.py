"""Notifications of new mail on devices."""

from __future__ import annotations

from backend.directory.roles import Permission
from backend.directory.setting_key import ALL_LEVELS, Ceiling, Choice, Kind, SettingKey

SUBJECT = "Notifications"

_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"

KEYS = (
    SettingKey(
        key="notifications.push",
        kind=Kind.SWITCH,
        default=True,
        levels=ALL_LEVELS,
        label="Push notifications",
        help="Whether browsers may be told of new mail by the push service of their maker. What is sent is"
        " encrypted for the device; the service sees when, to which device and how much.",
        domain_permission=Permission.DOMAIN_MANAGE,
    ),
    SettingKey(
        key="notifications.max_devices",
        kind=Kind.COUNT,
        default=10,
        levels=ALL_LEVELS,
        label="Devices with notifications",
        help="How many devices of a user may be told of new mail.",
        lowest=1,
        highest=50,
    ),
    SettingKey(
        key="notifications.mail",
        kind=Kind.TEXT,
        default="all",
        levels=ALL_LEVELS,
        label="Notify about",
        help="Which new mail the devices of a user tell of.",
        ceiling=Ceiling.NONE,
        choices=(
            Choice("all", "All new mail", "Whatever comes into the inbox."),
            Choice(
                "known",
                "Mail from known people",
                "From people of this server, those one has written to, and trusted senders.",
            ),
            Choice("none", "Nothing"),
        ),
        domain_permission=Permission.DOMAIN_MANAGE,
        is_personal=True,
    ),
    SettingKey(
        key="notifications.content",
        kind=Kind.SWITCH,
        default=True,
        levels=ALL_LEVELS,
        label="Sender and subject in notifications",
        help="Off: a notification says that there is new mail, and nothing of it.",
        domain_permission=Permission.DOMAIN_MANAGE,
        is_personal=True,
    ),
    SettingKey(
        key="notifications.quiet_hours",
        kind=Kind.TEXT,
        default="",
        levels=ALL_LEVELS,
        label="Quiet hours",
        help="A time of the day such as 22:00-07:00, by the clock of each device, in which nothing is"
        " notified; empty for none.",
        ceiling=Ceiling.NONE,
        highest=11,
        pattern=rf"(?:{_TIME}-{_TIME})?",
        domain_permission=Permission.DOMAIN_MANAGE,
        is_personal=True,
    ),
)
