"""Connections, protocols and passwords."""

from __future__ import annotations

from backend.directory.roles import Permission
from backend.directory.setting_key import ALL_LEVELS, SYSTEM_DOMAIN, Ceiling, Kind, Level, SettingKey

SUBJECT = "Sign-in and mail programs"


def _protocol(name: str, label: str, help_text: str) -> SettingKey:
    """The switch of a protocol that mail programs speak; on unless somebody above turns it off."""
    return SettingKey(
        key=f"{name}.enabled",
        kind=Kind.SWITCH,
        default=True,
        levels=ALL_LEVELS,
        label=label,
        help=help_text,
        domain_permission=Permission.DOMAIN_MANAGE,
    )


KEYS = (
    SettingKey(
        key="connections.per_address",
        kind=Kind.COUNT,
        default=100,
        levels=(Level.SYSTEM,),
        label="Connections of an address",
        help="Connections to the mail ports of a machine from one address, or one IPv6 network of 64 bits."
        " 0 is unlimited.",
        zero_is_unlimited=True,
    ),
    SettingKey(
        key="connections.login_seconds",
        kind=Kind.SECONDS,
        default=60,
        levels=(Level.SYSTEM,),
        label="Time to sign in",
        help="A mail program that says nothing for so long before it has signed in is sent away,"
        " one that has not signed in after three times as long as well.",
        ceiling=Ceiling.NONE,
        lowest=10,
        highest=600,
    ),
    SettingKey(
        key="imap.idle_seconds",
        kind=Kind.SECONDS,
        default=30 * 60,
        levels=(Level.SYSTEM,),
        label="IMAP connections without a word",
        help="How long a signed-in mail program may say nothing, waiting for new mail included."
        " The standard demands at least half an hour.",
        ceiling=Ceiling.NONE,
        lowest=30 * 60,
        highest=24 * 3600,
    ),
    SettingKey(
        key="pop3.idle_seconds",
        kind=Kind.SECONDS,
        default=10 * 60,
        levels=(Level.SYSTEM,),
        label="POP3 connections without a word",
        help="How long a mail program may say nothing before its maildrop is free for others."
        " The standard demands at least ten minutes.",
        ceiling=Ceiling.NONE,
        lowest=10 * 60,
        highest=3600,
    ),
    SettingKey(
        key="sasl.channel_binding",
        kind=Kind.SWITCH,
        default=True,
        levels=(Level.SYSTEM,),
        label="SCRAM tied to the TLS connection",
        help="Sign-ins by SCRAM-SHA-256-PLUS. Turn it off where a proxy between clients and this server"
        " ends their TLS and begins its own: such sign-ins fail there.",
        ceiling=Ceiling.NONE,
    ),
    SettingKey(
        key="connections.per_user",
        kind=Kind.COUNT,
        default=100,
        levels=ALL_LEVELS,
        label="Connections of a user",
        help="Connections that mail programs of one user may have, by every protocol together."
        " 0 is unlimited.",
        zero_is_unlimited=True,
    ),
    SettingKey(
        key="password.min_length",
        kind=Kind.COUNT,
        default=10,
        levels=SYSTEM_DOMAIN,
        label="Shortest password",
        help="Fewest characters of a new password.",
        ceiling=Ceiling.MIN,
        lowest=8,
        highest=64,
        domain_permission=Permission.DOMAIN_MANAGE,
    ),
    SettingKey(
        key="sign_in.second_step_required",
        kind=Kind.SWITCH,
        default=False,
        levels=ALL_LEVELS,
        label="Second step required",
        help="Whoever has no authenticator app or passkey has to set one up when next signing in to the web."
        " From then on mail programs need app passwords.",
        ceiling=Ceiling.NONE,
        domain_permission=Permission.DOMAIN_MANAGE,
    ),
    _protocol("imap", "IMAP", "Whether mail programs may read and file mail. The web is not touched by it."),
    _protocol("pop3", "POP3", "Whether mail programs may fetch mail from the inbox and delete it there."),
    _protocol(
        "smtp", "Sending by mail programs", "Whether they may send mail. What comes in is not touched."
    ),
)
