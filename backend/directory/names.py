"""Names as the directory stores them: A-labels for domains, lower-case NFC localparts.

What people type is checked here once; refusals are `InvalidSyntax` of the error tree, naming the field.
"""

from __future__ import annotations

import unicodedata
from ipaddress import ip_address

from backend.formats.addresses import Address
from backend.formats.domain_names import normalize_domain
from backend.kit.errors import InvalidSyntax

# RFC 5233: what stands behind it is the detail of the address.
DETAIL_SEPARATOR = "+"
LONGEST_NAME = 200


def domain_name(text: str) -> str:
    """A domain that mail can be received for, as its A-label."""
    try:
        name = normalize_domain(text.strip().rstrip("."))
    except ValueError as error:
        raise InvalidSyntax(f"{text.strip()[:80]!r} is not a domain name", field="domain") from error
    if name.startswith("[") or "." not in name or "_" in name or _is_ip_address(name):
        raise InvalidSyntax(f"{text.strip()[:80]!r} is not a domain that receives mail", field="domain")
    return name


def _is_ip_address(name: str) -> bool:
    """No top-level domain is a number (RFC 3696 section 2)."""
    return name.rpartition(".")[2].isdigit()


def host_name(text: str) -> str:
    """The name of a server, which may have no dot where it is one of this network, or an IP address."""
    name = text.strip().rstrip(".")
    try:
        return str(ip_address(name.strip("[]")))
    except ValueError:
        pass  # a name then
    try:
        return normalize_domain(name)
    except ValueError as error:
        raise InvalidSyntax("That is not a host name", field="host") from error


def address(text: str, *, field: str = "address") -> Address:
    """An address as typed, domain in A-labels, localpart in its own case."""
    try:
        parsed = Address.parse(text)
    except ValueError as error:
        raise InvalidSyntax(f"{text.strip()[:80]!r} is not an address", field=field) from error
    if _is_ip_address(parsed.domain):  # written without the brackets of RFC 5321 section 4.1.3
        raise InvalidSyntax(f"{text.strip()[:80]!r} is not an address", field=field)
    return parsed


def fold(localpart: str) -> str:
    """The localpart as it is stored and looked up: we take every case for the same mailbox."""
    return localpart.lower() if localpart.isascii() else unicodedata.normalize("NFC", localpart.lower())


def bare(localpart: str) -> str:
    """The localpart folded and without its detail."""
    folded = fold(localpart)
    return folded.partition(DETAIL_SEPARATOR)[0] or folded


def local_address(text: str, *, field: str = "address") -> Address:
    """An address of ours: folded, and of a shape that no client has trouble with."""
    found = address(text, field=field)
    localpart = fold(found.localpart)
    if str(Address(localpart, found.domain)).startswith('"') or "/" in localpart:
        raise InvalidSyntax("The name before the @ contains characters that are not allowed", field=field)
    return Address(localpart, found.domain)


def user_address(text: str) -> Address:
    """The address of a mailbox; the detail separator is left to plus-addresses."""
    found = local_address(text)
    if DETAIL_SEPARATOR in found.localpart or found.localpart == "*":
        raise InvalidSyntax("The name of a mailbox must not contain + or be *", field="localpart")
    return found


def person_name(text: str) -> str:
    """A display name: one line, trimmed."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if len(name) > LONGEST_NAME:
        raise InvalidSyntax(f"The name is longer than {LONGEST_NAME} characters", field="name")
    if any(unicodedata.category(char) in {"Cc", "Cs"} for char in name):
        raise InvalidSyntax("The name contains control characters", field="name")
    return name
