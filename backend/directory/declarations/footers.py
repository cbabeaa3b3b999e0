"""What is set below outgoing mail."""

from __future__ import annotations

from backend.directory.roles import Permission
from backend.directory.setting_key import ALL_LEVELS, SYSTEM_DOMAIN, Ceiling, Kind, SettingKey

SUBJECT = "Footers"

# Any text in which two braces stand for one of these alone.
_TEMPLATE = r"(?:[^{]|\{(?!\{)|\{\{(?:name|title|address|domain)\}\})*"

KEYS = (
    SettingKey(
        key="footer.text",
        kind=Kind.TEXT,
        default="",
        levels=SYSTEM_DOMAIN,
        label="Footer, plain text",
        help="Stands below what users send to others. {{name}}, {{title}}, {{address}} and {{domain}} become"
        " those of the author. Without one it is made from the HTML.",
        ceiling=Ceiling.NONE,
        highest=4000,
        pattern=_TEMPLATE,
        is_multiline=True,
        domain_permission=Permission.DOMAIN_MANAGE,
    ),
    SettingKey(
        key="footer.html",
        kind=Kind.TEXT,
        default="",
        levels=SYSTEM_DOMAIN,
        label="Footer, HTML",
        help="The same for messages in HTML, with {{name}}, {{title}}, {{address}} and {{domain}}. Without"
        " one it is made from the plain text.",
        ceiling=Ceiling.NONE,
        highest=20_000,
        pattern=_TEMPLATE,
        is_multiline=True,
        domain_permission=Permission.DOMAIN_MANAGE,
    ),
    SettingKey(
        key="footer.internal",
        kind=Kind.SWITCH,
        default=False,
        levels=SYSTEM_DOMAIN,
        label="Footer on internal mail",
        help="Add it also where all recipients are on this server.",
        ceiling=Ceiling.NONE,
        domain_permission=Permission.DOMAIN_MANAGE,
    ),
    SettingKey(
        key="footer.enabled",
        kind=Kind.SWITCH,
        default=True,
        levels=ALL_LEVELS,
        label="Add the footer",
        help="Whether mail gets the domain's footer, where there is one.",
        ceiling=Ceiling.NONE,
        domain_permission=Permission.DOMAIN_MANAGE,
    ),
    SettingKey(
        key="profile.title",
        kind=Kind.TEXT,
        default="",
        levels=ALL_LEVELS,
        label="Job title",
        help="What {{title}} stands for in the domain's footer.",
        ceiling=Ceiling.NONE,
        highest=200,
        is_personal=True,
    ),
)
