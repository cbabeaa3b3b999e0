"""Values that filters take and give."""

from __future__ import annotations

from dataclasses import dataclass, field

from backend.formats import headers
from backend.formats.headers import FieldIndex


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the filters decided for one recipient; the default files into INBOX.

    `refusal` is an enhanced status and a text: the message will not be delivered and its sender is told.
    """

    mailbox: str = "inbox"
    flags: int = 0
    keywords: tuple[str, ...] = ()
    refusal: tuple[str, str] | None = None


@dataclass(slots=True)
class FilteredMessage:
    """A message on its way through the filters, its header read once and only if one asks. `results` is what
    was found of its origin, by method (RFC 8601).
    """

    sender: str
    raw: bytes
    results: tuple[str, ...] = ()
    _index: FieldIndex | None = field(default=None, repr=False)

    @property
    def header(self) -> FieldIndex:
        """Field bodies by lower-case name."""
        if self._index is None:
            self._index = headers.index(self.raw[: headers.split(self.raw)[0]])
        return self._index

    def has_field(self, name: bytes) -> bool:
        """Whether the bytes hold the field's name at all, without reading the header: a cheap first look."""
        end = headers.split(self.raw)[0]
        return name in self.raw[:end].lower()
