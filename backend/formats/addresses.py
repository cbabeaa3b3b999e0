"""Mail addresses: strict where we send or look up, tolerant where a header field is shown.

`Address` is what SMTP and the directory use (RFC 5321 §4.1.2, RFC 6531); `parse_path` reads it from MAIL and
RCPT. `Mailbox` and `Group` are what From, To and Cc say (RFC 5322 §3.4); `parse_address_list` reads them from
any bytes without raising, linear in their length.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from backend.formats.address_list import RawMailbox, split_addresses
from backend.formats.domain_names import display_domain, normalize_domain
from backend.formats.encoded_words import decode, unfold
from backend.formats.errors import InvalidSyntax

_ATEXT = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\x80-\U0010ffff-]"
_DOT_ATOM = re.compile(rf"{_ATEXT}++(?:\.{_ATEXT}++)*+")
_PHRASE = re.compile(rf"{_ATEXT}++(?: {_ATEXT}++)*+")
_QUOTED = re.compile(r'"((?:[^"\\\x00-\x1f\x7f]|\\[\x20-\x7e])*+)"')
_ESCAPE = re.compile(r"\\(.)")
_TO_ESCAPE = re.compile(r'(["\\])')
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_ASCII_ATEXT = rb"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]"
_LABEL = rb"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_SIMPLE_PATH = re.compile(
    rb"<(%b++(?:\.%b++)*+)@((?:%b\.)+%b)>" % (_ASCII_ATEXT, _ASCII_ATEXT, _LABEL, _LABEL)
)
_PATH = re.compile(rb'\s*+(<(?:[^<>"\\]++|"(?:[^"\\]++|\\.)*+"|\\.)*+>)', re.DOTALL)
_ROUTE = re.compile(r"@[^:\"<>]*+:")

_LONGEST_LOCALPART = 64
# A return path that a forwarder has rewritten (`formats.srs`) carries a whole address and more before its @.
_LONGEST_REWRITTEN = 255
_REWRITTEN = re.compile(r"SRS[01][=+-]", re.IGNORECASE)
_LONGEST_PATH = 320  # 64 + @ + 253, and the brackets; RFC 5321 §4.5.3.1.3 asks for 256 at least


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """`localpart` without quotes and in its own case, `domain` in lower-case A-labels.

    `domain` is empty only for the `<Postmaster>` of a RCPT command.
    """

    localpart: str
    domain: str

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read `localpart@domain`; raises `InvalidSyntax`."""
        text = text.strip()
        if len(text) > _LONGEST_PATH:
            raise InvalidSyntax("Address too long")
        quoted = _QUOTED.match(text)
        if quoted is not None:
            localpart, rest = _ESCAPE.sub(r"\1", quoted[1]), text[quoted.end() :]
            if not rest.startswith("@"):
                raise InvalidSyntax("Address without a domain")
            return cls(_checked_localpart(localpart), normalize_domain(rest[1:]))
        localpart, at, domain = text.rpartition("@")
        if not at:
            raise InvalidSyntax("Address without a domain")
        if _DOT_ATOM.fullmatch(localpart) is None:
            raise InvalidSyntax("Not an address")
        return cls(_checked_localpart(localpart), normalize_domain(domain))

    @property
    def is_ascii(self) -> bool:
        """Whether it can be named without SMTPUTF8."""
        return self.localpart.isascii()

    @property
    def display(self) -> str:
        """The form to show, domain in U-labels."""
        return format_addr_spec(self.localpart, display_domain(self.domain))

    def __str__(self) -> str:
        return format_addr_spec(self.localpart, self.domain)


def _checked_localpart(localpart: str) -> str:
    if not localpart.isascii():
        localpart = unicodedata.normalize("NFC", localpart)
        if not localpart.isprintable():  # surrogates, direction marks, foreign spaces
            raise InvalidSyntax("Not an address")
    longest = _LONGEST_REWRITTEN if _REWRITTEN.match(localpart) else _LONGEST_LOCALPART
    if not localpart or len(localpart.encode("utf-8", "replace")) > longest:
        raise InvalidSyntax("Localpart empty or too long")
    return localpart


def format_addr_spec(localpart: str, domain: str) -> str:
    """`localpart@domain` with the localpart quoted where it is no dot-atom."""
    if _DOT_ATOM.fullmatch(localpart) is None:
        localpart = _quote(localpart)
    return f"{localpart}@{domain}" if domain else localpart


def _quote(text: str) -> str:
    return '"' + _TO_ESCAPE.sub(r"\\\1", _CONTROL.sub(" ", text)) + '"'


def split_path(argument: bytes) -> tuple[bytes, bytes]:
    """Split what follows `FROM:` or `TO:` into the bracketed path and its parameters; `InvalidSyntax`."""
    match = _PATH.match(argument)
    if match is None:
        raise InvalidSyntax("Path not in angle brackets")
    return match[1], argument[match.end() :].strip()


def parse_path(path: bytes, *, smtputf8: bool = False) -> Address | None:
    """The address of a reverse or forward path `<…>`; None for the null path `<>`.

    Source routes are dropped (RFC 5321 appendix C). `<Postmaster>` gives an address without a domain, which
    only RCPT may accept. Non-ASCII needs `smtputf8`. Raises `InvalidSyntax`.
    """
    match = _SIMPLE_PATH.fullmatch(path) if len(path) <= _LONGEST_PATH else None
    if match is not None and len(match[1]) <= _LONGEST_LOCALPART:
        return Address(match[1].decode("ascii"), match[2].decode("ascii").lower())
    if not (path.startswith(b"<") and path.endswith(b">")) or len(path) > 1024:
        raise InvalidSyntax("Not a path")
    if path == b"<>":
        return None
    if not path.isascii() and not smtputf8:
        raise InvalidSyntax("Non-ASCII address without SMTPUTF8")
    try:
        text = path[1:-1].decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidSyntax("Address is not UTF-8") from error
    if text.lower() == "postmaster":
        return Address(text, "")
    route = _ROUTE.match(text)
    text = text[route.end() :] if route is not None else text
    if text != text.strip():
        raise InvalidSyntax("White space around the address")
    return Address.parse(text)


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A mailbox of a header field: decoded name, and an address that may be anything."""

    name: str
    localpart: str
    domain: str

    @property
    def addr_spec(self) -> str:
        return format_addr_spec(self.localpart, self.domain)

    @property
    def address(self) -> Address:
        """The address to send to; raises `InvalidSyntax` if it is none."""
        return Address.parse(self.addr_spec)

    def __str__(self) -> str:
        return format_address_list([self])


@dataclass(frozen=True, slots=True)
class Group:
    """A named group of mailboxes, often empty (`undisclosed-recipients:;`)."""

    name: str
    mailboxes: tuple[Mailbox, ...]


def parse_address_list(value: bytes | str, limit: int = 1000) -> list[Mailbox | Group]:
    """Mailboxes and groups of a From, To, Cc… field body, at most `limit`; never raises."""
    if isinstance(value, str):
        value = value.encode("utf-8", "replace")
    found: list[Mailbox | Group] = []
    for item in split_addresses(unfold(value).decode("latin-1"), limit):
        if isinstance(item, RawMailbox):
            found.append(_decoded(item))
        else:
            found.append(Group(_text(item.name), tuple(_decoded(member) for member in item.members)))
    return found


def mailboxes(items: Iterable[Mailbox | Group]) -> list[Mailbox]:
    """All mailboxes of a list, those in groups included."""
    return [box for item in items for box in (item.mailboxes if isinstance(item, Group) else (item,))]


def _decoded(raw: RawMailbox) -> Mailbox:
    domain = _text(raw.domain)
    try:
        domain = normalize_domain(domain)
    except InvalidSyntax:
        domain = domain.lower()
    return Mailbox(_text(raw.name), _text(raw.localpart), domain)


def _text(raw: str) -> str:
    """Raw characters of `split_addresses` (one for each byte) as text."""
    return raw if raw.isascii() and "=?" not in raw else decode(raw.encode("latin-1"))


def format_address_list(items: Iterable[Mailbox | Group]) -> str:
    """The list as text to show or edit; `parse_address_list` reads it back."""
    return ", ".join(_format_item(item) for item in items)


def _format_item(item: Mailbox | Group) -> str:
    if isinstance(item, Group):
        return f"{_format_phrase(item.name)}: {format_address_list(item.mailboxes)};"
    return f"{_format_phrase(item.name)} <{item.addr_spec}>" if item.name else item.addr_spec


def _format_phrase(name: str) -> str:
    return name if _PHRASE.fullmatch(name) and "=?" not in name else _quote(name)
