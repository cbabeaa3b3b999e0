"""SEARCH and UID SEARCH (RFC 3501 §6.4.4) with results as RFC 4731 has them, and MODSEQ (RFC 7162 §3.1.5)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from protocol_service.imap import sequence_set
from protocol_service.imap.command import SELECTED, Command, Sync
from protocol_service.imap.grammar import search as grammar
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.responses import string
from protocol_service.imap.search_evaluation import Search
from protocol_service.imap.session import Session


async def run(session: Session, lexer: Lexer, *, by_uid: bool) -> bytes:
    """Find messages, by number or by UID."""
    request = grammar.search_request(lexer)
    selected = session.mailbox()
    if request.names_modseq:
        session.enable_condstore()
    view = await selected.load()
    columns = view.columns
    found = await Search(selected, view).run(request.key)
    uids = columns.uids
    numbers = [uids[at] for at in found] if by_uid else [at + 1 for at in found]
    modseqs = [columns.modseqs[at] for at in found] if request.names_modseq else []
    if request.results is None:
        session.send(_plain(numbers, modseqs))
    else:
        kind = b" UID" if by_uid else b""
        session.send(
            b"* ESEARCH (TAG %b)%b%b\r\n"
            % (string(session.tag), kind, _extended(request.results, numbers, modseqs))
        )
    return b"OK SEARCH completed"


def _plain(numbers: Sequence[int], modseqs: Sequence[int]) -> bytes:
    words = b"".join([b" %d" % number for number in numbers])
    return b"* SEARCH%b%b\r\n" % (words, b" (MODSEQ %d)" % max(modseqs) if modseqs else b"")


def _extended(results: frozenset[bytes], numbers: Sequence[int], modseqs: Sequence[int]) -> bytes:
    """MIN, MAX and ALL are left out where nothing was found, COUNT is not."""
    words = []
    if numbers:
        words += [b" MIN %d" % numbers[0]] if b"MIN" in results else []
        words += [b" MAX %d" % numbers[-1]] if b"MAX" in results else []
        words += [b" ALL " + sequence_set.render(numbers)] if b"ALL" in results else []
    if b"COUNT" in results:
        words.append(b" COUNT %d" % len(numbers))
    if modseqs:
        words.append(b" MODSEQ %d" % _highest(results, modseqs))
    return b"".join(words)


def _highest(results: frozenset[bytes], modseqs: Sequence[int]) -> int:
    """The highest modseq of the messages that are named; MIN and MAX alone name only these."""
    if results & {b"ALL", b"COUNT"}:
        return max(modseqs)
    ends = [modseqs[0]] * (b"MIN" in results) + [modseqs[-1]] * (b"MAX" in results)
    return max(ends)


SEARCH = Command(partial(run, by_uid=False), SELECTED, Sync.NO_EXPUNGE)
UID_SEARCH = Command(partial(run, by_uid=True), SELECTED, Sync.ALL)
