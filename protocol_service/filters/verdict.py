"""Values that filters take and give."""

from __future__ import annotations

import asyncio
from dataclasses import KW_ONLY, dataclass, field

from backend.formats import headers
from backend.formats.addresses import Address
from backend.formats.headers import FieldIndex
from backend.formats.summary import summarize
from backend.mailstore.prepared import THREAD_BYTES
from backend.rules import facts
from backend.rules.facts import Content

INBOX = "inbox"


@dataclass(frozen=True, slots=True)
class Addressee:
    """For whom a message is judged: the address it came by, and the account whose mailbox that is."""

    address: Address
    account_id: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What the sender is told by a program; `whom` is who must not be told again within `every_days`
    (`backend.rules.vacation`).
    """

    to: Address
    raw: bytes
    _: KW_ONLY
    subject: str
    message_id: str
    whom: int
    every_days: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the filters decided for one recipient; the default files into INBOX.

    A mailbox is named by its id or its use. `copies` are further ones that get the message, `forwards` where
    it goes besides, `answer` what its sender is told. `refusal` is an enhanced status and a text: the message
    will not be delivered and its sender is told. `checks` tells what each filter came to
    (`backend.spool.trace`).
    """

    mailbox: int | str = INBOX
    flags: int = 0
    keywords: tuple[str, ...] = ()
    copies: tuple[int | str, ...] = ()
    forwards: tuple[Address, ...] = ()
    answer: Answer | None = None
    refusal: tuple[str, str] | None = None
    checks: tuple[str, ...] = ()


@dataclass(slots=True)
class FilteredMessage:
    """A message on its way through the filters, its header read once and only if one asks. `results` is what
    was found of its origin, by method (RFC 8601), `author_id` the account of ours that sent it.
    """

    sender: str
    raw: bytes
    results: tuple[str, ...] = ()
    author_id: int | None = None
    _content: Content | None = field(default=None, repr=False)
    _index: FieldIndex | None = field(default=None, repr=False)

    @property
    def header(self) -> FieldIndex:
        """Field bodies by lower-case name."""
        if self._index is None:
            self._index = headers.index(self.raw[: headers.split(self.raw)[0]])
        return self._index

    async def content(self) -> Content:
        """What stands behind the header, read once and only if a filter asks."""
        if self._content is None:
            if len(self.raw) > THREAD_BYTES:
                summary = await asyncio.to_thread(summarize, self.raw)
            else:
                summary = summarize(self.raw)
            self._content = facts.content_of(summary)
        return self._content

    def has_field(self, name: bytes) -> bool:
        """Whether the bytes hold the field's name at all, without reading the header: a cheap first look."""
        end = headers.split(self.raw)[0]
        return name in self.raw[:end].lower()
