"""What conditions ask of a message: its header, and of its content as much as the filters need."""

from __future__ import annotations

from dataclasses import dataclass, field

from backend.formats.addresses import mailboxes, parse_address_list
from backend.formats.encoded_words import decode
from backend.formats.headers import FieldIndex
from backend.formats.part import Part, unpack
from backend.formats.search_text import fold
from backend.formats.structure import bodies
from backend.formats.summary import Summary

_MOST_FIELDS = 20
_MOST_CHARS = 20_000
_MOST_ADDRESSES = 200
_HIGH = ("1", "2", "high", "urgent")
_LOW = ("4", "5", "low", "non-urgent")
_LIST_FIELDS = (b"list-id", b"list-post", b"list-unsubscribe", b"mailing-list")


@dataclass(frozen=True, slots=True)
class Content:
    """What stands behind the header. `text` is folded, as is every name."""

    text: str = ""
    attachment_names: tuple[str, ...] = ()
    has_attachments: bool = False


def content_of(summary: Summary) -> Content:
    """The content of a message that was just read."""
    return Content(summary.search_body, names_of(unpack(summary.parts)), summary.has_attachments)


def names_of(root: Part) -> tuple[str, ...]:
    """Folded names of the attachments."""
    return tuple(fold(part.filename) for part in bodies(root).attachments if part.filename)


@dataclass(slots=True)
class MailFacts:
    """One message. Texts are folded once and only where somebody asks."""

    header: FieldIndex
    size_bytes: int
    delivered_to: str = ""
    content: Content = field(default_factory=Content)
    _texts: dict[bytes, list[str]] = field(default_factory=dict, repr=False)
    _addresses: dict[bytes, list[str]] = field(default_factory=dict, repr=False)
    _people: dict[bytes, list[str]] = field(default_factory=dict, repr=False)

    def texts(self, name: bytes) -> list[str]:
        """The decoded bodies of the fields of that name (lower case)."""
        known = self._texts.get(name)
        if known is None:
            bodies_ = self.header.get(name, ())[:_MOST_FIELDS]
            known = self._texts[name] = [fold(decode(body[:_MOST_CHARS])) for body in bodies_]
        return known

    def addresses(self, name: bytes) -> list[str]:
        """Addresses of the fields of that name."""
        self._read(name)
        return self._addresses[name]

    def people(self, name: bytes) -> list[str]:
        """Addresses and display names of the fields of that name."""
        self._read(name)
        return self._people[name]

    def _read(self, name: bytes) -> None:
        if name in self._addresses:
            return
        addresses: list[str] = []
        names: list[str] = []
        for body in self.header.get(name, ())[:_MOST_FIELDS]:
            for box in mailboxes(parse_address_list(body[:_MOST_CHARS], _MOST_ADDRESSES)):
                addresses.append(fold(box.addr_spec))
                if box.name:
                    names.append(fold(box.name))
        self._addresses[name], self._people[name] = addresses, addresses + names

    @property
    def is_from_list(self) -> bool:
        """Whether a mailing list sent it on (RFC 2369, RFC 2919, and what older ones wrote)."""
        if any(name in self.header for name in _LIST_FIELDS):
            return True
        return any(text in ("list", "bulk") for text in self.texts(b"precedence"))

    @property
    def is_called_spam(self) -> bool:
        """What the filter of a server before us wrote: X-Spam-Flag, X-Spam-Status or X-Spam."""
        names = (b"x-spam-flag", b"x-spam-status", b"x-spam")
        return any(text.startswith(("yes", "true")) for name in names for text in self.texts(name))

    @property
    def priority(self) -> str:
        """`high`, `normal` or `low`, by Importance, Priority or X-Priority (RFC 4021 §2.1.54)."""
        for name in (b"x-priority", b"importance", b"priority", b"x-msmail-priority"):
            for text in self.texts(name)[:1]:
                word = text.partition(" ")[0]
                if word in _HIGH:
                    return "high"
                if word in _LOW:
                    return "low"
        return "normal"
