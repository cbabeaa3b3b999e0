"""By what mail of a domain leaves."""

from __future__ import annotations

from backend.directory.roles import Permission
from backend.directory.setting_key import SYSTEM_DOMAIN, Ceiling, Kind, Level, SettingKey

SUBJECT = "Outgoing addresses and names"

_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
HOST_NAME = rf"{_LABEL}(\.{_LABEL})+"


def _sending(name: str, label: str, help_text: str, pattern: str) -> SettingKey:
    """By what mail of a domain leaves; empty for the usual."""
    return SettingKey(
        key=f"sending.{name}",
        kind=Kind.TEXT,
        default="",
        levels=SYSTEM_DOMAIN,
        label=label,
        help=help_text,
        ceiling=Ceiling.NONE,
        highest=253,
        pattern=pattern,
        domain_permission=Permission.SYSTEM_LIMITS_MANAGE,
    )


KEYS = (
    _sending(
        "ipv4",
        "Outgoing IPv4 address",
        "The address that mail leaves by, such as 192.0.2.7; empty for that of the machine.",
        r"|((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])",
    ),
    _sending(
        "ipv6",
        "Outgoing IPv6 address",
        "The address that mail leaves by, such as 2001:db8::7; empty for that of the machine.",
        r"|(?=.*:.*:)(?!.*::.*::)(?!.*:::)([0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{0,4}",
    ),
    _sending(
        "hostname",
        "Name in the greeting (EHLO)",
        "A host name such as mail.example.org that leads to the outgoing address; empty for this server's.",
        rf"|{HOST_NAME}",
    ),
    SettingKey(
        key="sending.own_names",
        kind=Kind.TEXT,
        default="",
        levels=(Level.SYSTEM,),
        label="Further names of this server",
        help="Host names, with spaces between them, by which MX records mean this server: a backup does not"
        " pass mail on to itself.",
        ceiling=Ceiling.NONE,
        highest=2000,
        pattern=rf"|{HOST_NAME}( {HOST_NAME})*",
    ),
)
