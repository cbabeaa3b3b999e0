"""Recipients whose mail came back."""

from __future__ import annotations

from backend.directory.roles import Permission
from backend.directory.setting_key import ALL_LEVELS, SYSTEM_DOMAIN, Ceiling, Choice, Kind, SettingKey

SUBJECT = "Mail that comes back"

KEYS = (
    SettingKey(
        key="suppression.after_bounces",
        kind=Kind.COUNT,
        default=2,
        levels=SYSTEM_DOMAIN,
        label="Bounces until nothing is sent",
        help="After so many messages came back because there is no such address, nothing is sent to it for a"
        " while. 0 never stops.",
        ceiling=Ceiling.NONE,
        highest=1000,
        domain_permission=Permission.DOMAIN_MANAGE,
    ),
    SettingKey(
        key="suppression.days",
        kind=Kind.DAYS,
        default=30,
        levels=SYSTEM_DOMAIN,
        label="How long nothing is sent",
        help="After the last bounce; bounces are counted together as long.",
        ceiling=Ceiling.NONE,
        lowest=1,
        highest=3650,
        domain_permission=Permission.DOMAIN_MANAGE,
    ),
    SettingKey(
        key="suppression.domains",
        kind=Kind.SWITCH,
        default=False,
        levels=SYSTEM_DOMAIN,
        label="Stop sending to lost domains",
        help="Count bounces of domains that do not exist or take no mail, too.",
        ceiling=Ceiling.NONE,
        domain_permission=Permission.DOMAIN_MANAGE,
    ),
    SettingKey(
        key="suppression.at_submission",
        kind=Kind.TEXT,
        default="refuse",
        levels=SYSTEM_DOMAIN,
        label="Mail to where nothing is sent",
        help="What becomes of a message to an address that nothing is sent to.",
        ceiling=Ceiling.NONE,
        choices=(
            Choice("refuse", "Refuse it", "The sender is told at once."),
            Choice("warn", "Take it and report", "A delivery report says why it was not sent."),
        ),
        domain_permission=Permission.DOMAIN_MANAGE,
    ),
    SettingKey(
        key="submission.bounces_per_hour",
        kind=Kind.COUNT,
        default=100,
        levels=ALL_LEVELS,
        label="Bounces in an hour",
        help="How many messages of a user may come back in an hour because there is no such address."
        " 0 is unlimited.",
        zero_is_unlimited=True,
    ),
    SettingKey(
        key="domain.bounces_per_hour",
        kind=Kind.COUNT,
        default=0,
        levels=SYSTEM_DOMAIN,
        label="Bounces of the domain in an hour",
        help="How many messages of all users of the domain may come back so in an hour. 0 is unlimited.",
        zero_is_unlimited=True,
        domain_permission=Permission.SYSTEM_LIMITS_MANAGE,
    ),
    SettingKey(
        key="submission.bounces_action",
        kind=Kind.TEXT,
        default="delay",
        levels=SYSTEM_DOMAIN,
        label="After too many bounces",
        help="What becomes of what is sent beyond those limits.",
        ceiling=Ceiling.NONE,
        choices=(
            Choice("delay", "Let it wait", "Until there is room again."),
            Choice("reject", "Refuse it", "Until there is room again."),
        ),
        domain_permission=Permission.SYSTEM_LIMITS_MANAGE,
    ),
)
