"""The registry of settings: every key is declared once, with everything a form, a check and a refusal need.

A value may be set at each of a key's levels; its absence means: inherit. Limits have a ceiling beside the
value: what the value may not pass at that level and below. `MAX` limits are tighter when smaller, `MIN`
limits (a password's length) when greater; a switch that is off is tighter than one that is on. Where
`zero_is_unlimited`, 0 is the loosest value there is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from backend.directory.roles import Permission
from backend.kit.errors import InvalidSyntax, NotFound

Value = int | bool | str

KIB, MIB, GIB = 1 << 10, 1 << 20, 1 << 30
HIGHEST = 2**53 - 1  # what JSON readers take without loss


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# Any text in which two braces stand for one of these alone.
_TEMPLATE = r"(?:[^{]|\{(?!\{)|\{\{(?:name|title|address|domain)\}\})*"


class Level(StrEnum):
    """Where a value stands, from the widest to the narrowest."""

    SYSTEM = "system"
    DOMAIN = "domain"
    USER = "user"


class Kind(StrEnum):
    """What a value is, for forms and for texts."""

    BYTES = "bytes"
    COUNT = "count"
    SECONDS = "seconds"
    SWITCH = "switch"
    TEXT = "text"


class Ceiling(StrEnum):
    """Which way a ceiling is tighter."""

    MAX = "max"
    MIN = "min"
    NONE = "none"


SYSTEM_DOMAIN = (Level.SYSTEM, Level.DOMAIN)
_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST_NAME = rf"{_LABEL}(\.{_LABEL})+"
ALL_LEVELS = (Level.SYSTEM, Level.DOMAIN, Level.USER)


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingKey:
    """One declared setting.

    `domain_permission` is what setting it for a whole domain needs. `is_personal`: a user may set it for the
    own mailbox. `pattern` is what a text must match as a whole. `within` names a key whose value is a ceiling
    too, and out of which values of users are handed out. `is_multiline` texts may have line breaks.
    """

    key: str
    kind: Kind
    default: Value
    levels: tuple[Level, ...]
    label: str
    help: str
    ceiling: Ceiling = Ceiling.MAX
    is_overridable: bool = True
    lowest: int = 0
    highest: int = HIGHEST
    zero_is_unlimited: bool = False
    domain_permission: Permission = Permission.LIMITS_MANAGE
    is_personal: bool = False
    within: str | None = None
    pattern: str = ""
    is_multiline: bool = False

    def weight(self, value: Value) -> float:
        """The number by which limits are compared."""
        if isinstance(value, str):
            return 0
        return float("inf") if self.zero_is_unlimited and value == 0 else value

    def is_passed(self, value: Value, ceiling: Value) -> bool:
        """Whether the value is looser than the ceiling allows."""
        if self.ceiling is Ceiling.MIN:
            return self.weight(value) < self.weight(ceiling)
        return self.ceiling is Ceiling.MAX and self.weight(value) > self.weight(ceiling)

    def check(self, value: Value) -> Value:
        """The value, if it is one of this key at all; raises `InvalidSyntax`."""
        if self.kind is Kind.SWITCH:
            if not isinstance(value, bool):
                raise InvalidSyntax(f"{self.label}: on or off is needed", field="value")
            return value
        if self.kind is Kind.TEXT:
            if not isinstance(value, str) or len(value) > self.highest or _CONTROL.search(value):
                raise InvalidSyntax(f"{self.label}: a short text is needed", field="value")
            if not self.is_multiline and ("\n" in value or "\r" in value):
                raise InvalidSyntax(f"{self.label}: a text of one line is needed", field="value")
            if self.pattern and re.fullmatch(self.pattern, value) is None:
                raise InvalidSyntax(f"{self.label}: {self.help}", field="value")
            return value
        if isinstance(value, bool) or not isinstance(value, int):
            raise InvalidSyntax(f"{self.label}: a whole number is needed", field="value")
        if not self.lowest <= value <= self.highest:
            low, high = self.show(self.lowest), self.show(self.highest)
            wanted = f"at least {low}" if self.highest == HIGHEST else f"from {low} to {high}"
            raise InvalidSyntax(f"{self.label}: it accepts values {wanted}", field="value")
        return value

    def show(self, value: Value) -> str:
        """The value for people."""
        if self.kind is Kind.SWITCH:
            return "on" if value else "off"
        if isinstance(value, str):
            return value
        if self.zero_is_unlimited and value == 0:
            return "unlimited"
        if self.kind is Kind.BYTES:
            return show_bytes(value)
        return f"{value} seconds" if self.kind is Kind.SECONDS else str(value)


def show_bytes(size: int) -> str:
    """A size for people, in units of 1024 with at most one decimal."""
    for unit, factor in (("GB", GIB), ("MB", MIB), ("KB", KIB)):
        if size >= factor:
            return f"{size / factor:.1f}".removesuffix(".0") + f" {unit}"
    return f"{size} bytes"


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


_DECLARED = (
    SettingKey(
        key="domain.disk_bytes",
        kind=Kind.BYTES,
        default=0,
        levels=SYSTEM_DOMAIN,
        label="Disk space of the domain",
        help="All mailboxes of the domain together. 0 is unlimited. Mail over it is deferred, not lost.",
        zero_is_unlimited=True,
        domain_permission=Permission.SYSTEM_LIMITS_MANAGE,
    ),
    SettingKey(
        key="domain.max_users",
        kind=Kind.COUNT,
        default=0,
        levels=SYSTEM_DOMAIN,
        label="Users of the domain",
        help="How many users the domain may have, disabled ones included. 0 is unlimited.",
        zero_is_unlimited=True,
        domain_permission=Permission.SYSTEM_LIMITS_MANAGE,
    ),
    SettingKey(
        key="domain.max_aliases",
        kind=Kind.COUNT,
        default=0,
        levels=SYSTEM_DOMAIN,
        label="Aliases of the domain",
        help="How many aliases the domain may have. 0 is unlimited.",
        zero_is_unlimited=True,
        domain_permission=Permission.SYSTEM_LIMITS_MANAGE,
    ),
    SettingKey(
        key="domain.max_domain_aliases",
        kind=Kind.COUNT,
        default=0,
        levels=SYSTEM_DOMAIN,
        label="Further names of the domain",
        help="How many domain aliases the domain may have. 0 is unlimited.",
        zero_is_unlimited=True,
        domain_permission=Permission.SYSTEM_LIMITS_MANAGE,
    ),
    SettingKey(
        key="domain.max_lists",
        kind=Kind.COUNT,
        default=0,
        levels=SYSTEM_DOMAIN,
        label="Mailing lists of the domain",
        help="How many mailing lists the domain may have. 0 is unlimited.",
        zero_is_unlimited=True,
        domain_permission=Permission.SYSTEM_LIMITS_MANAGE,
    ),
    SettingKey(
        key="lists.max_members",
        kind=Kind.COUNT,
        default=20_000,
        levels=SYSTEM_DOMAIN,
        label="Members of a mailing list",
        help="Addresses and groups on one list, each counted once.",
        lowest=1,
        highest=200_000,
        domain_permission=Permission.SYSTEM_LIMITS_MANAGE,
    ),
    SettingKey(
        key="lists.bounces_before_suspension",
        kind=Kind.COUNT,
        default=5,
        levels=SYSTEM_DOMAIN,
        label="Bounces before suspension",
        help="On how many days mail to a member of a list must come back before nothing more is sent there."
        " 0 never suspends.",
        ceiling=Ceiling.NONE,
        highest=100,
        domain_permission=Permission.DOMAIN_MANAGE,
    ),
    SettingKey(
        key="mailbox.quota_bytes",
        kind=Kind.BYTES,
        default=10 * GIB,
        levels=ALL_LEVELS,
        label="Mailbox size",
        help="Space of one user. 0 is unlimited. Sizes given to users one by one share the domain's space.",
        zero_is_unlimited=True,
        within="domain.disk_bytes",
    ),
    SettingKey(
        key="message.max_bytes",
        kind=Kind.BYTES,
        default=50 * MIB,
        levels=ALL_LEVELS,
        label="Message size",
        help="The largest message that is taken in or sent, as it travels (files grow by a third in it).",
        lowest=64 * KIB,
        highest=GIB,
    ),
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
        help="reject: messages beyond the limits of an hour or a day are refused. delay: they wait until"
        " there is room, a day at most. none: they go, and the audit says so.",
        ceiling=Ceiling.NONE,
        highest=10,
        pattern="reject|delay|none",
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
        key="tls_reports.send",
        kind=Kind.SWITCH,
        default=True,
        levels=(Level.SYSTEM,),
        label="Send TLS reports",
        help="Tell domains that ask for it, once a day, how TLS with their servers came out (RFC 8460).",
        ceiling=Ceiling.NONE,
    ),
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
        kind=Kind.COUNT,
        default=30,
        levels=SYSTEM_DOMAIN,
        label="Days of not sending",
        help="For how many days after the last bounce nothing is sent, and bounces are counted together.",
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
        help="refuse: it is refused while it is handed in. warn: it is taken, and a delivery report says why"
        " it was not sent.",
        ceiling=Ceiling.NONE,
        highest=10,
        pattern="refuse|warn",
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
        help="delay: what is sent waits until there is room again. reject: it is refused until then.",
        ceiling=Ceiling.NONE,
        highest=10,
        pattern="delay|reject",
        domain_permission=Permission.SYSTEM_LIMITS_MANAGE,
    ),
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
        rf"|{_HOST_NAME}",
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
        pattern=rf"|{_HOST_NAME}( {_HOST_NAME})*",
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
        key="mail.show_remote_images",
        kind=Kind.SWITCH,
        default=False,
        levels=ALL_LEVELS,
        label="Show remote images",
        help="Load images from other servers without asking. Senders see by them that mail was read.",
        ceiling=Ceiling.NONE,
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
    SettingKey(
        key="reception.verify_origin",
        kind=Kind.SWITCH,
        default=True,
        levels=(Level.SYSTEM,),
        label="Verify where mail comes from",
        help="Ask DNS (SPF, DKIM, DMARC, ARC) about mail of other hosts and tell the reader what was found."
        " Nothing is refused for it.",
        ceiling=Ceiling.NONE,
    ),
    SettingKey(
        key="reception.greet_wait_seconds",
        kind=Kind.SECONDS,
        default=3,
        levels=(Level.SYSTEM,),
        label="Wait before the banner",
        help="How long a mail server that is not known yet waits on port 25 until it may speak. Programs that"
        " only send spam cannot wait and are refused. 0 keeps nobody waiting.",
        ceiling=Ceiling.NONE,
        highest=20,
    ),
    SettingKey(
        key="reception.strict_pipelining",
        kind=Kind.SWITCH,
        default=True,
        levels=(Level.SYSTEM,),
        label="Refuse who talks out of turn",
        help="Other mail servers must read the answer to EHLO or HELO before they send more.",
        ceiling=Ceiling.NONE,
    ),
    SettingKey(
        key="reception.tarpit_after",
        kind=Kind.COUNT,
        default=3,
        levels=(Level.SYSTEM,),
        label="Errors before answers slow down",
        help="From this error of a connection on (unknown recipients, broken commands) other mail servers"
        " wait longer and longer for the answer: 1, 2, 4 seconds and so on. 0 never slows down.",
        ceiling=Ceiling.NONE,
        highest=100,
    ),
    SettingKey(
        key="reception.tarpit_seconds",
        kind=Kind.SECONDS,
        default=5,
        levels=(Level.SYSTEM,),
        label="Longest wait for an answer to an error",
        help="Where the growing wait ends. 0 answers at once.",
        ceiling=Ceiling.NONE,
        highest=60,
    ),
    SettingKey(
        key="reception.errors_per_connection",
        kind=Kind.COUNT,
        default=20,
        levels=(Level.SYSTEM,),
        label="Errors of a connection",
        help="After more broken commands than this without a message in between a connection is closed.",
        ceiling=Ceiling.NONE,
        lowest=1,
        highest=1000,
    ),
    SettingKey(
        key="reception.errors_per_address",
        kind=Kind.COUNT,
        default=300,
        levels=(Level.SYSTEM,),
        label="Errors of an address in an hour",
        help="Errors, unknown recipients among them, that connections of one address to port 25 may make in"
        " an hour together; then each further error ends its connection. 0 is unlimited.",
        ceiling=Ceiling.NONE,
        zero_is_unlimited=True,
    ),
    SettingKey(
        key="reception.refuse_own_name",
        kind=Kind.SWITCH,
        default=True,
        levels=(Level.SYSTEM,),
        label="Refuse our own name in EHLO",
        help="Other mail servers may not greet with the name or the address of this one.",
        ceiling=Ceiling.NONE,
    ),
    SettingKey(
        key="reception.refuse_unqualified_name",
        kind=Kind.SWITCH,
        default=False,
        levels=(Level.SYSTEM,),
        label="Refuse host names without a domain",
        help="Other mail servers must greet with a full host name or an address in brackets.",
        ceiling=Ceiling.NONE,
    ),
    SettingKey(
        key="reception.refuse_null_mx",
        kind=Kind.SWITCH,
        default=True,
        levels=(Level.SYSTEM,),
        label="Refuse senders that take no mail",
        help="Mail of other servers from a domain that says in DNS that it takes none (null MX).",
        ceiling=Ceiling.NONE,
    ),
    SettingKey(
        key="reception.refuse_absent_domain",
        kind=Kind.SWITCH,
        default=False,
        levels=(Level.SYSTEM,),
        label="Refuse senders that do not exist",
        help="Mail of other servers from a domain that DNS does not know.",
        ceiling=Ceiling.NONE,
    ),
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
    _protocol("imap", "IMAP", "Whether mail programs may read and file mail. The web is not touched by it."),
    _protocol("pop3", "POP3", "Whether mail programs may fetch mail from the inbox and delete it there."),
    _protocol(
        "smtp", "Sending by mail programs", "Whether they may send mail. What comes in is not touched."
    ),
)

REGISTRY: MappingProxyType[str, SettingKey] = MappingProxyType({entry.key: entry for entry in _DECLARED})


def find(key: str) -> SettingKey:
    """The declaration; raises `NotFound`."""
    try:
        return REGISTRY[key]
    except KeyError:
        raise NotFound(f"There is no setting {key[:80]!r}", field="key") from None
