"""The ESEARCH response (RFC 4731), and what of a result `$` remembers (RFC 5182, RFC 9394 §3.2).

A result is a list of positions in the mailbox, ascending for SEARCH and in sort order for SORT; MIN and MAX
are its ends (RFC 5267 §3.1).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from backend.kit.errors import MailError
from backend.mailstore.columns import Columns
from protocol_service.imap import sequence_set
from protocol_service.imap.errors import Refused
from protocol_service.imap.grammar.search_results import Results
from protocol_service.imap.responses import string
from protocol_service.imap.selected import Selected


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, and how to say it: `scores` by position for RELEVANCY, `mailbox`
    is its name as on the wire and its UIDVALIDITY, for MULTISEARCH.
    """

    results: Results
    columns: Columns
    found: Sequence[int]
    by_uid: bool
    names_modseq: bool = False
    scores: Mapping[int, int] | None = None
    mailbox: tuple[bytes, int] | None = None

    def line(self, tag: bytes) -> bytes:
        """The untagged response."""
        where = b""
        if self.mailbox is not None:
            where = b" MAILBOX %b UIDVALIDITY %d" % self.mailbox
        kind = b" UID" if self.by_uid else b""
        return b"* ESEARCH (TAG %b%b)%b%b\r\n" % (string(tag), where, kind, b"".join(self._words()))

    def _words(self) -> Iterator[bytes]:
        """MIN, MAX and ALL are left out where nothing was found, COUNT and PARTIAL are not."""
        names, found = self.results.names, self.found
        if found:
            if b"MIN" in names:
                yield b" MIN " + self._numbers(found[:1])
            if b"MAX" in names:
                yield b" MAX " + self._numbers(found[-1:])
            if b"ALL" in names:
                yield b" ALL " + self._numbers(found)
        if self.results.partial is not None:
            window = self.results.partial.of(found)
            yield b" PARTIAL (%b %b)" % (self.results.partial.text, self._numbers(window) or b"NIL")
        if b"COUNT" in names:
            yield b" COUNT %d" % len(found)
        if b"RELEVANCY" in names:
            yield b" RELEVANCY (%b)" % b" ".join(b"%d" % self._score(at) for at in self._listed())
        if self.names_modseq and found:
            modseqs = self.columns.modseqs
            named = found if self.results.names_all else named_only(self.results, found)
            yield b" MODSEQ %d" % max((modseqs[at] for at in named), default=modseqs[found[0]])

    def _numbers(self, positions: Sequence[int]) -> bytes:
        uids = self.columns.uids
        return sequence_set.render(uids[at] if self.by_uid else at + 1 for at in positions)

    def _listed(self) -> Sequence[int]:
        partial = self.results.partial
        return self.found if partial is None else partial.of(self.found)

    def _score(self, position: int) -> int:
        return 100 if self.scores is None else self.scores.get(position, 100)


def named_only(results: Results, found: Sequence[int]) -> list[int]:
    """Those of the messages that MIN, MAX and PARTIAL name, ascending."""
    named: set[int] = set()
    if b"MIN" in results.names:
        named.update(found[:1])
    if b"MAX" in results.names:
        named.update(found[-1:])
    if results.partial is not None:
        named.update(results.partial.of(found))
    return sorted(named)


@contextmanager
def saving(selected: Selected | None, results: Results | None) -> Iterator[None]:
    """A search with SAVE that is refused leaves nothing saved; BAD leaves what was (RFC 5182 §2.1)."""
    try:
        yield
    except (Refused, MailError):
        if selected is not None and results is not None and b"SAVE" in results.names:
            selected.saved = array("I")
        raise


def save(selected: Selected, results: Results, columns: Columns, found: Sequence[int]) -> None:
    """Keep for `$` what SAVE asks to keep."""
    kept = sorted(found) if results.names_all else named_only(results, found)
    selected.saved = array("I", [columns.uids[at] for at in kept])
