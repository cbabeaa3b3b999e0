"""The spool: retries, return paths, reports."""

from __future__ import annotations

from backend.directory.roles import Permission
from backend.directory.setting_key import SYSTEM_DOMAIN, Ceiling, Kind, Level, SettingKey

SUBJECT = "Queue and reports"

KEYS = (
    SettingKey(
        key="spool.retry_schedule",
        kind=Kind.TEXT,
        default="7.5m 15m 30m 1h 2h 4h 8h 16h",
        levels=SYSTEM_DOMAIN,
        label="When to try again",
        help="Waits between attempts such as 15m, 2h or 1d, with spaces between them, 20 at most.",
        ceiling=Ceiling.NONE,
        highest=200,
        pattern=r"[0-9]{1,4}(\.[0-9]{1,2})?[mhd]( [0-9]{1,4}(\.[0-9]{1,2})?[mhd]){0,19}",
        domain_permission=Permission.SYSTEM_LIMITS_MANAGE,
    ),
    SettingKey(
        key="spool.signed_return_paths",
        kind=Kind.SWITCH,
        default=False,
        levels=SYSTEM_DOMAIN,
        label="Signed return paths",
        help="Mail to servers whose reports do not say what they are about leaves with a return path of its"
        " own, so that what comes back is known to be genuine. Servers that greylist delay such mail.",
        ceiling=Ceiling.NONE,
        domain_permission=Permission.DOMAIN_MANAGE,
    ),
    SettingKey(
        key="dmarc_reports.send",
        kind=Kind.SWITCH,
        default=True,
        levels=(Level.SYSTEM,),
        label="Send DMARC reports",
        help="Tell domains that ask for it, once a day, from which hosts mail in their name came here and"
        " what became of it (RFC 7489).",
        ceiling=Ceiling.NONE,
    ),
    SettingKey(
        key="tls_reports.send",
        kind=Kind.SWITCH,
        default=True,
        levels=(Level.SYSTEM,),
        label="Send TLS reports",
        help="Tell domains that ask for it, once a day, how TLS with their servers came out (RFC 8460).",
        ceiling=Ceiling.NONE,
    ),
)
