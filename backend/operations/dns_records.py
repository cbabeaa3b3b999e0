"""The records that a domain's zone needs so that its mail finds us and is believed."""

from __future__ import annotations

from dataclasses import dataclass

from backend.directory.principal import Principal
from backend.kit import config
from backend.operations import dkim_keys

# Outlook asks by HTTPS alone; who serves the web interface by HTTPS answers there.
_HTTPS_PORT = 443


@dataclass(frozen=True, slots=True)
class DnsRecord:
    """One record in presentation form, and what it is for."""

    name: str
    type: str
    value: str
    purpose: str


async def of_domain(actor: Principal, domain_id: int, domain: str) -> list[DnsRecord]:
    """What to publish for a domain, with this host's name (A-labels)."""
    settings = config.current()
    host = settings.hostname
    return [
        *await of_alias(actor, domain_id, domain),
        _service(
            "imaps", domain, settings.public_port("imaps"), host, "Mail clients find IMAP by themselves"
        ),
        _service(
            "pop3s",
            domain,
            settings.public_port("pop3s"),
            host,
            "Mail clients find POP3 by themselves, after IMAP",
            priority=10,
        ),
        _service(
            "submissions",
            domain,
            settings.public_port("submissions"),
            host,
            "Mail clients find sending by themselves",
        ),
        DnsRecord(f"autoconfig.{domain}", "CNAME", f"{host}.", "Thunderbird and others set themselves up"),
        _service("autodiscover", domain, _HTTPS_PORT, host, "Outlook sets itself up"),
    ]


async def of_alias(actor: Principal, domain_id: int, name: str) -> list[DnsRecord]:
    """What to publish for a further name of a domain: where its mail goes and who sends it."""
    keys = await dkim_keys.list_keys(actor, domain_id)
    host = config.current().hostname
    return [
        DnsRecord(name, "MX", f"10 {host}.", "Other servers deliver mail for the domain here"),
        DnsRecord(
            name, "TXT", f"v=spf1 mx a:{host} -all", "Only this server sends mail for the domain (SPF)"
        ),
        *(
            DnsRecord(
                f"{key.selector}._domainkey.{name}",
                "TXT",
                key.record,
                f"Others check our signature, {key.algorithm.upper()} (DKIM)",
            )
            for key in keys
            if key.state is not dkim_keys.State.RETIRED
        ),
        DnsRecord(
            f"_dmarc.{name}",
            "TXT",
            f"v=DMARC1; p=none; rua=mailto:postmaster@{name}",
            "What others do with mail that fails these checks (DMARC)",
        ),
        DnsRecord(
            f"_smtp._tls.{name}",
            "TXT",
            f"v=TLSRPTv1; rua=mailto:postmaster@{name}",
            "Others report how TLS with this server came out",
        ),
    ]


def _service(name: str, domain: str, port: int, host: str, purpose: str, *, priority: int = 0) -> DnsRecord:
    """Of services that do for each other, the lowest priority is tried first (RFC 6186 §3.4)."""
    return DnsRecord(f"_{name}._tcp.{domain}", "SRV", f"{priority} 1 {port} {host}.", purpose)
