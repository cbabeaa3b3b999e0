"""What one client has been told of a mailbox: its sequence numbers (RFC 9051 §2.3.1.2).

Sequence numbers may change only where EXPUNGE or VANISHED may be sent. Until then a view stands still: it
keeps its columns, takes in changed flags, and announces no new messages either unless it is asked to.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from backend.mailstore.index import MailboxIndex


@dataclass(slots=True)
class News:
    """What is to be announced: in this order, expunged messages, the new number of messages, changed flags.

    `expunged` are sequence numbers, descending, so that each is right when its turn comes; `vanished` the
    same messages' UIDs, ascending. `exists` is None where it has not grown. `changed` are UIDs, ascending,
    without the messages that `exists` announces.
    """

    expunged: list[int] = field(default_factory=list)
    vanished: list[int] = field(default_factory=list)
    exists: int | None = None
    changed: list[int] = field(default_factory=list)


class View:
    """The first `count` messages of `columns`; a message's sequence number is its position and one."""

    __slots__ = ("columns", "count", "epoch", "index", "modseq")

    def __init__(self, index: MailboxIndex) -> None:
        self.index = index
        self.columns = index.columns
        self.count = len(index.columns)
        self.epoch = index.epoch
        self.modseq = index.modseq

    def __len__(self) -> int:
        return self.count

    def uid(self, sequence_number: int) -> int:
        """The UID at a sequence number. Raises IndexError outside 1 to the number of messages."""
        if not 0 < sequence_number <= self.count:
            raise IndexError(sequence_number)
        return int(self.columns.uids[sequence_number - 1])

    def sequence_number(self, uid: int) -> int:
        """The sequence number of a UID, 0 where the client knows no such message."""
        return self.columns.find(uid, self.count) + 1

    def positions(self, low: int, high: int) -> range:
        """The positions of the UIDs from `low` to `high`, both included."""
        uids = self.columns.uids
        return range(bisect_left(uids, low, 0, self.count), bisect_right(uids, high, 0, self.count))

    @property
    def max_uid(self) -> int:
        """The highest UID the client knows, 0 in an empty mailbox."""
        return int(self.columns.uids[self.count - 1]) if self.count else 0

    def sync(self, *, expunges: bool, arrivals: bool = False) -> News:
        """Follow the index, and say what to announce; `expunges` where sequence numbers may change now.

        With `arrivals` new messages are taken in also behind some that are gone, for the price of a copy.
        """
        news = News()
        index, known_uid = self.index, self.max_uid
        news.changed = index.changed_since(self.modseq)
        if news.changed and news.changed[-1] > known_uid:
            news.changed = [uid for uid in news.changed if uid <= known_uid]
        self.modseq = index.modseq
        if self.epoch != index.epoch:
            if not expunges:
                self._stand_still(news)
                if arrivals:
                    self._take_in_new(news)
                return news
            self._expunge(news)
        if len(index.columns) > self.count:
            news.exists = self.count = len(index.columns)
        return news

    def _stand_still(self, news: News) -> None:
        current = self.index.columns
        for uid in news.changed:
            there, here = current.find(uid), self.columns.find(uid, self.count)
            if there >= 0 and here >= 0:
                self.columns.flags[here] = current.flags[there]
                self.columns.modseqs[here] = current.modseqs[there]

    def _take_in_new(self, news: News) -> None:
        current = self.index.columns
        start = bisect_right(current.uids, self.max_uid)
        if start < len(current):
            self.columns = self.columns.followed_by(self.count, current, start)
            news.exists = self.count = len(self.columns)

    def _expunge(self, news: News) -> None:
        index = self.index
        news.vanished = index.expunged_since(self.epoch, self.columns, self.count)
        news.expunged = [at + 1 for at in reversed(self.columns.places(news.vanished, self.count))]
        # New messages have higher UIDs than all before them: what the client still has stands first.
        self.count -= len(news.vanished)
        self.columns = index.columns
        self.epoch = index.epoch
        if news.changed:
            gone = set(news.vanished)
            news.changed = [uid for uid in news.changed if uid not in gone]
