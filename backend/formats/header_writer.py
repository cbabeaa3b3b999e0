"""Header fields of messages we write (RFC 5322 §2.2.3, RFC 2047, RFC 2231): folded, ASCII, one field each.

Every value is checked for line breaks and other control characters before anything is written: a name or
subject from outside can never become a second field. All functions give whole fields with their CRLF and
raise `InvalidSyntax`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from backend.formats.addresses import Group, Mailbox, format_addr_spec
from backend.formats.domain_names import normalize_domain
from backend.formats.encoded_words import encode
from backend.formats.errors import InvalidSyntax

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,76}")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\u2028\u2029\ud800-\udfff]")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
_LONGEST_PARAMETER_NAME = 40
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`{|}~-]+")
_NO_DOMAIN = re.compile(r"[\s<>()\[\]\\,;:@\"]")
_MESSAGE_ID = re.compile(r"[!-;=?-~\x80-\U0010ffff]+")
_WIDTH = 76
_LONGEST_LINE = 998


def checked(text: str) -> str:
    """`text` if it fits on a header line; raises `InvalidSyntax`."""
    if _CONTROL.search(text):
        raise InvalidSyntax("A header field cannot hold line breaks or control characters")
    return text


def field(name: str, text: str) -> bytes:
    """An unstructured field such as Subject."""
    text = checked(text).strip()
    if text.isascii() and "=?" not in text and max(map(len, text.split(" "))) < _LONGEST_LINE - len(name) - 2:
        return _folded(name, text.split(" "))
    return _folded(name, encode(text))


def raw_field(name: str, text: str) -> bytes:
    """A structured field whose words are ready; it is only folded at its spaces."""
    return _folded(name, checked(text).split(" "))


def _folded(name: str, words: Iterable[str]) -> bytes:
    if _NAME.fullmatch(name) is None:
        raise InvalidSyntax("Not a field name")
    lines: list[str] = []
    line = f"{name}:"
    is_empty = True  # a line of white space alone would end in nothing a reader may rely on
    for word in words:
        if not is_empty and len(line) + 1 + len(word) > _WIDTH:
            lines.append(line)
            line = ""
            is_empty = not word
        line += f" {word}"
        is_empty = is_empty and not word
    return "\r\n".join([*lines, line]).encode("utf-8") + b"\r\n"


def address_field(name: str, boxes: Iterable[Mailbox | Group]) -> bytes:
    """An address list; without any address it is the empty group that says so."""
    items = [_address(box) for box in boxes]
    if not items:
        return raw_field(name, "undisclosed-recipients:;")
    return _folded(name, " ".join([f"{item}," for item in items[:-1]] + items[-1:]).split(" "))


def _address(item: Mailbox | Group) -> str:
    if isinstance(item, Group):
        return f"{phrase(item.name)}: {', '.join(map(_address, item.mailboxes))};"
    localpart, domain = checked(item.localpart), checked(item.domain)
    if domain:
        try:
            domain = normalize_domain(domain)
        except InvalidSyntax:
            # Drafts hold what has been typed so far; it must only stay inside its address.
            if _NO_DOMAIN.search(domain):
                raise
    spec = format_addr_spec(localpart, domain)
    return f"{phrase(item.name)} <{spec}>" if item.name else spec


def phrase(name: str) -> str:
    """A display name as atoms, a quoted string, or encoded words."""
    name = " ".join(checked(name).split())
    if not name.isascii() or "=?" in name or len(name) > _LONGEST_LINE // 2:
        return " ".join(encode(name))
    if _ATOMS.fullmatch(name):
        return name
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def message_id_field(name: str, ids: Iterable[str]) -> bytes:
    """Message-ID, In-Reply-To or References; ids may come with or without angle brackets."""
    found = [identifier.strip().removeprefix("<").removesuffix(">") for identifier in ids]
    if not all(_MESSAGE_ID.fullmatch(identifier) for identifier in found):
        raise InvalidSyntax("Not a message identifier")
    return _folded(name, [f"<{identifier}>" for identifier in found])


def parameter(name: str, value: str) -> str:
    """`; name=value` as token, quoted string, or RFC 2231 sections of bounded length. Raises `InvalidSyntax`
    for a name that is none, or leaves no room for a value.
    """
    if len(name) > _LONGEST_PARAMETER_NAME or _TOKEN.fullmatch(name) is None:
        raise InvalidSyntax("Not the name of a parameter")
    value = checked(value)
    if value.isascii() and len(value) <= _WIDTH - len(name) - 8:
        if _TOKEN.fullmatch(value):
            return f"; {name}={value}"
        return f'; {name}="' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    encoded = quote(value, safe="")
    room = _WIDTH - len(name) - 16
    if len(encoded) <= room:
        return f"; {name}*=utf-8''{encoded}"
    return "".join(
        f"; {name}*{number}*={piece}" for number, piece in enumerate(_pieces(f"utf-8''{encoded}", room))
    )


def _pieces(encoded: str, room: int) -> Iterable[str]:
    """Cut percent-encoded text without cutting an escape in two."""
    start = 0
    while start < len(encoded):
        end = min(len(encoded), start + room)
        percent = encoded.rfind("%", max(start, end - 2), end)
        if percent > start and end < len(encoded):
            end = percent
        yield encoded[start:end]
        start = end
