"""How mail programs are told where their servers are: three documents that each say the same.

* Autoconfig 1.1 (Thunderbird, K-9, Evolution): the program puts its user's address in for the placeholders.
* Autodiscover, the plain XML form of MS-OXDSCLI (Outlook): a request names the address, the answer has it.
* A configuration profile (Apple Mail on every device): a property list that the system offers to install.
"""

from __future__ import annotations

import plistlib
import uuid
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal
from xml.parsers import expat

REQUEST_BYTES = 16 * 1024
_RESPONSE = "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"
_OUTLOOK = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"
_NAMESPACE = uuid.UUID("6c1f3a2e-6a35-4c52-9d8b-0f6f4f1f7b3d")


@dataclass(frozen=True, slots=True)
class MailServer:
    """A listener as a mail program is told of it; `is_implicit` is TLS from the first byte, else STARTTLS."""

    protocol: Literal["imap", "pop3", "smtp"]
    host: str
    port: int
    is_implicit: bool


def autoconfig(domain: str, display_name: str, servers: Sequence[MailServer]) -> bytes:
    """The Autoconfig document of a domain, best servers first."""
    root = ET.Element("clientConfig", version="1.1")
    provider = ET.SubElement(root, "emailProvider", id=domain)
    _child(provider, "domain", domain)
    _child(provider, "displayName", display_name)
    _child(provider, "displayShortName", display_name)
    for server in servers:
        kind = "outgoingServer" if server.protocol == "smtp" else "incomingServer"
        element = ET.SubElement(provider, kind, type=server.protocol)
        _child(element, "hostname", server.host)
        _child(element, "port", str(server.port))
        _child(element, "socketType", "SSL" if server.is_implicit else "STARTTLS")
        _child(element, "authentication", "password-cleartext")
        _child(element, "username", "%EMAILADDRESS%")
    return _document(root)


def requested_address(body: bytes) -> tuple[str, str]:
    """The address and the schema of the answer that an Autodiscover request asks for.

    Raises ValueError for what is no such request; a document type declaration, and with it every entity,
    is refused.
    """
    if len(body) > REQUEST_BYTES:
        raise ValueError("the request is too large")
    found: dict[str, str] = {}
    path: list[str] = []
    parser = expat.ParserCreate(namespace_separator=" ")

    def text(data: str) -> None:
        found[path[-1]] = found.get(path[-1], "") + data

    def refuse(*declaration: object) -> None:
        raise ValueError("a document type is not expected")

    parser.StartElementHandler = lambda name, attributes: path.append(name.rpartition(" ")[2])
    parser.EndElementHandler = lambda name: path.pop()
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(body, True)
    except expat.ExpatError as exc:
        raise ValueError("the request is not XML") from exc
    address = found.get("EMailAddress", "").strip()
    if not address:
        raise ValueError("the request names no address")
    return address, found.get("AcceptableResponseSchema", "").strip()


def is_known_schema(schema: str) -> bool:
    """Whether Autodiscover can be answered in that schema; phones ask for another one."""
    return schema in ("", _OUTLOOK)


def autodiscover(address: str, servers: Sequence[MailServer]) -> bytes:
    """The Autodiscover answer for an address; of each protocol the best server alone."""
    root = ET.Element("Autodiscover", xmlns=_RESPONSE)
    response = ET.SubElement(root, "Response", xmlns=_OUTLOOK)
    _child(ET.SubElement(response, "User"), "DisplayName", address)
    account = ET.SubElement(response, "Account")
    _child(account, "AccountType", "email")
    _child(account, "Action", "settings")
    for server in _best(servers):
        protocol = ET.SubElement(account, "Protocol")
        _child(protocol, "Type", server.protocol.upper())
        _child(protocol, "Server", server.host)
        _child(protocol, "Port", str(server.port))
        _child(protocol, "DomainRequired", "off")
        _child(protocol, "LoginName", address)
        _child(protocol, "SPA", "off")
        _child(protocol, "SSL", "on")
        _child(protocol, "Encryption", "SSL" if server.is_implicit else "TLS")
        _child(protocol, "AuthRequired", "on")
    return _document(root)


def autodiscover_refusal(code: int, message: str) -> bytes:
    """An Autodiscover answer that is none: 500 unknown address, 600 bad request, 601 unknown schema."""
    root = ET.Element("Autodiscover", xmlns=_RESPONSE)
    error = ET.SubElement(ET.SubElement(root, "Response"), "Error")
    _child(error, "ErrorCode", str(code))
    _child(error, "Message", message)
    _child(error, "DebugData", "")
    return _document(root)


def mobileconfig(address: str, display_name: str, servers: Sequence[MailServer]) -> bytes | None:
    """A profile that sets up an IMAP account; None without a server to read from and one to send by.

    Its identifiers follow from the address, so that installing it again replaces the account.
    """
    best = {server.protocol: server for server in _best(servers)}
    if not {"imap", "smtp"} <= best.keys():
        return None
    incoming, outgoing = best["imap"], best["smtp"]
    host = ".".join(reversed(incoming.host.split(".")))
    account: dict[str, Any] = {
        "EmailAccountType": "EmailTypeIMAP",
        "EmailAccountDescription": address,
        "EmailAddress": address,
        "IncomingMailServerAuthentication": "EmailAuthPassword",
        "IncomingMailServerHostName": incoming.host,
        "IncomingMailServerPortNumber": incoming.port,
        "IncomingMailServerUseSSL": True,
        "IncomingMailServerUsername": address,
        "OutgoingMailServerAuthentication": "EmailAuthPassword",
        "OutgoingMailServerHostName": outgoing.host,
        "OutgoingMailServerPortNumber": outgoing.port,
        "OutgoingMailServerUseSSL": True,
        "OutgoingMailServerUsername": address,
        "OutgoingPasswordSameAsIncomingPassword": True,
        "PayloadDisplayName": "Mail",
        "PayloadIdentifier": f"{host}.mail",
        "PayloadType": "com.apple.mail.managed",
        "PayloadUUID": _uuid("mail", address),
        "PayloadVersion": 1,
    }
    profile = {
        "PayloadContent": [account],
        "PayloadDescription": f"Sets up mail for {address}",
        "PayloadDisplayName": f"{display_name} mail",
        "PayloadIdentifier": host,
        "PayloadOrganization": display_name,
        "PayloadType": "Configuration",
        "PayloadUUID": _uuid("profile", address),
        "PayloadVersion": 1,
    }
    return plistlib.dumps(profile)


def _uuid(kind: str, address: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, f"{kind} {address}")).upper()


def _best(servers: Sequence[MailServer]) -> list[MailServer]:
    """The first server of each protocol."""
    found: dict[str, MailServer] = {}
    for server in servers:
        found.setdefault(server.protocol, server)
    return list(found.values())


def _child(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _document(root: ET.Element) -> bytes:
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"
