"""What users may send, and how much of it."""

from __future__ import annotations

from backend.directory.roles import Permission
from backend.directory.setting_key import ALL_LEVELS, SYSTEM_DOMAIN, Ceiling, Choice, Kind, SettingKey

SUBJECT = "Sending"

KEYS = (
    SettingKey(
        key="submission.max_recipients",
        kind=Kind.COUNT,
        default=500,
        levels=ALL_LEVELS,
        label="Recipients of a message",
        help="To, Cc and Bcc of one sent message together.",
        lowest=1,
        highest=10_000,
    ),
    SettingKey(
        key="submission.messages_per_hour",
        kind=Kind.COUNT,
        default=500,
        levels=ALL_LEVELS,
        label="Sent messages in an hour",
        help="Messages a user may send in an hour, by every way together. 0 is unlimited.",
        zero_is_unlimited=True,
    ),
    SettingKey(
        key="submission.recipients_per_hour",
        kind=Kind.COUNT,
        default=2000,
        levels=ALL_LEVELS,
        label="Recipients in an hour",
        help="Recipients of all messages a user sends in an hour together. 0 is unlimited.",
        zero_is_unlimited=True,
    ),
    SettingKey(
        key="submission.new_recipients_per_day",
        kind=Kind.COUNT,
        default=200,
        levels=ALL_LEVELS,
        label="New recipients in a day",
        help="People elsewhere to whom a user may write for the first time in a day. A stolen password shows"
        " here first. 0 is unlimited.",
        zero_is_unlimited=True,
    ),
    SettingKey(
        key="submission.over_limit",
        kind=Kind.TEXT,
        default="reject",
        levels=SYSTEM_DOMAIN,
        label="When more is sent than allowed",
        help="What becomes of messages beyond the limits of an hour or a day.",
        ceiling=Ceiling.NONE,
        choices=(
            Choice("reject", "Refuse them"),
            Choice("delay", "Let them wait", "Until there is room, a day at most."),
            Choice("none", "Send and note them", "They go, and the audit log says so."),
        ),
        domain_permission=Permission.SYSTEM_LIMITS_MANAGE,
    ),
    SettingKey(
        key="domain.recipients_per_hour",
        kind=Kind.COUNT,
        default=0,
        levels=SYSTEM_DOMAIN,
        label="Recipients of the domain in an hour",
        help="Recipients of all messages that users of the domain send in an hour. 0 is unlimited.",
        zero_is_unlimited=True,
        domain_permission=Permission.SYSTEM_LIMITS_MANAGE,
    ),
    SettingKey(
        key="domain.messages_per_hour",
        kind=Kind.COUNT,
        default=0,
        levels=SYSTEM_DOMAIN,
        label="Sent messages of the domain in an hour",
        help="Messages all users of the domain may send in an hour together. 0 is unlimited.",
        zero_is_unlimited=True,
        domain_permission=Permission.SYSTEM_LIMITS_MANAGE,
    ),
    SettingKey(
        key="submission.copy_to_owner",
        kind=Kind.SWITCH,
        default=False,
        levels=ALL_LEVELS,
        label="Copies of what others send in the own name",
        help="Whatever somebody sends as this user, or on behalf of this user, is filed in the user's Sent"
        " as well.",
        ceiling=Ceiling.NONE,
        domain_permission=Permission.DOMAIN_MANAGE,
        is_personal=True,
    ),
    SettingKey(
        key="submission.undo_seconds",
        kind=Kind.SECONDS,
        default=10,
        levels=ALL_LEVELS,
        label="Time to undo sending",
        help="How long a sent message is held so that it can be brought back. 0 sends at once.",
        highest=120,
        domain_permission=Permission.DOMAIN_MANAGE,
        is_personal=True,
    ),
    SettingKey(
        key="submission.plain_text",
        kind=Kind.SWITCH,
        default=False,
        levels=ALL_LEVELS,
        label="Write plain text",
        help="New messages begin as plain text, without formats. It can be changed for each message.",
        ceiling=Ceiling.NONE,
        domain_permission=Permission.DOMAIN_MANAGE,
        is_personal=True,
    ),
)
