"""What reception asks of other hosts."""

from __future__ import annotations

from backend.directory.declarations.sending import HOST_NAME
from backend.directory.roles import Permission
from backend.directory.setting_key import SYSTEM_DOMAIN, Ceiling, Choice, Kind, Level, SettingKey

SUBJECT = "Mail from other servers"

KEYS = (
    SettingKey(
        key="reception.verify_origin",
        kind=Kind.SWITCH,
        default=True,
        levels=(Level.SYSTEM,),
        label="Verify where mail comes from",
        help="Ask DNS (SPF, DKIM, DMARC, ARC) about mail of other hosts and tell the reader what was found.",
        ceiling=Ceiling.NONE,
    ),
    SettingKey(
        key="reception.dmarc",
        kind=Kind.TEXT,
        default="junk",
        levels=SYSTEM_DOMAIN,
        label="Mail that the domain in From disowns",
        help="What becomes of mail that fails DMARC: neither SPF nor DKIM speaks for the domain in From.",
        ceiling=Ceiling.NONE,
        choices=(
            Choice("tell", "Tell the reader", "Readers are told, nothing more."),
            Choice(
                "junk",
                "File it in Junk",
                "Where the domain asks to put such mail aside or to refuse it.",
            ),
            Choice(
                "refuse",
                "Refuse it",
                "Where the domain asks to refuse it. What it asks to put aside goes to Junk.",
            ),
        ),
        domain_permission=Permission.DOMAIN_MANAGE,
    ),
    SettingKey(
        key="reception.trusted_forwarders",
        kind=Kind.TEXT,
        default="",
        levels=(Level.SYSTEM,),
        label="Trusted mailing lists and forwarders",
        help="Domains, with spaces between them. What comes from them by SPF or DKIM, or was sealed by them"
        " as good (ARC), is not put aside or refused because the domain in From disowns it.",
        ceiling=Ceiling.NONE,
        highest=2000,
        pattern=rf"(?:{HOST_NAME}(?: +{HOST_NAME})*)?",
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
)
