"""The messages of one session: INBOX as it was at sign-in (RFC 1939 §4).

Numbers are positions in the arrays that all sessions of the mailbox share (`mailstore.index`). Those only
grow at their end, and an expunge makes new ones, so the first `count` of them stay what they are.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from backend.mailstore import expunge, mailboxes
from backend.mailstore import index as indexes
from backend.mailstore.columns import Columns
from backend.mailstore.mailbox_names import INBOX
from protocol_service.pop3.errors import Refused
from protocol_service.pop3.limits import SLICE_ROWS


class Maildrop:
    """A snapshot, and which of its messages are marked as deleted (by number)."""

    __slots__ = (
        "_columns", "_deleted_bytes", "_size_bytes", "account_id", "count", "deleted", "mailbox_id",
        "uidvalidity",
    )  # fmt: skip

    def __init__(self, account_id: int, mailbox_id: int, uidvalidity: int, columns: Columns) -> None:
        self.account_id = account_id
        self.mailbox_id = mailbox_id
        self.uidvalidity = uidvalidity
        self.count = len(columns)
        self.deleted: set[int] = set()
        self._columns = columns
        self._size_bytes = sum(columns.sizes)
        self._deleted_bytes = 0

    @classmethod
    async def open(cls, account_id: int) -> Maildrop:
        """The maildrop as it is now. Raises NotFound, Unavailable."""
        inbox = await mailboxes.get(account_id, INBOX)
        index = await indexes.open(inbox.id)
        try:
            return cls(account_id, inbox.id, inbox.uidvalidity, index.columns)
        finally:
            indexes.close(index)

    @property
    def messages(self) -> int:
        """How many there are, without the deleted ones."""
        return self.count - len(self.deleted)

    @property
    def size_bytes(self) -> int:
        """Their size together."""
        return self._size_bytes - self._deleted_bytes

    def uid(self, number: int) -> int:
        """The UID of a message. Refused where there is none, or it is deleted."""
        return int(self._columns.uids[self._position(number)])

    def size(self, number: int) -> int:
        """The octets of a message, before dots are doubled. Refused as `uid`."""
        return int(self._columns.sizes[self._position(number)])

    def unique_id(self, number: int) -> bytes:
        """What UIDL tells of a message: its mailbox's UIDVALIDITY and its UID. Refused as `uid`."""
        return b"%08x%08x" % (self.uidvalidity, self.uid(number))

    def following(self, number: int, messages: int, size_bytes: int) -> list[int]:
        """UIDs from this message on, so many at most, and no further one that would pass the size."""
        uids, sizes = self._columns.uids, self._columns.sizes
        found, start, total = [], self._position(number), 0
        for at in range(start, min(start + messages, self.count)):
            total += sizes[at]
            if at > start and total > size_bytes:
                break
            if at + 1 not in self.deleted:
                found.append(uids[at])
        return found

    def scan_listing(self) -> Iterator[bytes]:
        """The lines of LIST, many at a time."""
        return self._lines(b"%d %d\r\n", self._columns.sizes)

    def unique_id_listing(self) -> Iterator[bytes]:
        """The lines of UIDL, many at a time."""
        return self._lines(b"%%d %08x%%08x\r\n" % self.uidvalidity, self._columns.uids)

    def _lines(self, line: bytes, values: array[int]) -> Iterator[bytes]:
        for start in range(0, self.count, SLICE_ROWS):
            stop = min(start + SLICE_ROWS, self.count)
            rows = zip(range(start + 1, stop + 1), values[start:stop], strict=True)
            left = (row for row in rows if row[0] not in self.deleted) if self.deleted else rows
            yield b"".join(map(line.__mod__, left))

    def delete(self, number: int) -> None:
        """Mark a message. Refused as `uid`."""
        self._deleted_bytes += self.size(number)
        self.deleted.add(number)

    def undelete(self) -> None:
        """Take all marks away."""
        self.deleted.clear()
        self._deleted_bytes = 0

    async def update(self) -> None:
        """Remove what is marked, all of it in one transaction (RFC 1939 §6). Raises Unavailable."""
        if self.deleted:
            uids = [self._columns.uids[number - 1] for number in self.deleted]
            await expunge.expunge_uids(self.account_id, self.mailbox_id, uids)

    def _position(self, number: int) -> int:
        if not 0 < number <= self.count:
            raise Refused(f"There is no such message, the maildrop has {self.count}")
        if number in self.deleted:
            raise Refused(f"Message {number} is deleted")
        return number - 1
