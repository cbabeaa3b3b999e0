"""THREAD and UID THREAD (RFC 5256 §3): messages that a search finds, as trees of conversations."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from backend.formats import thread_trees
from backend.formats.thread_trees import Threaded, Trees
from backend.kit.db import Row
from backend.mailstore import ordering
from protocol_service.imap.command import SELECTED, Command, Sync
from protocol_service.imap.grammar import sort as grammar
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.search_evaluation import Search
from protocol_service.imap.session import Session

_ALGORITHMS: dict[bytes, Callable[[Sequence[Threaded]], Trees]] = {
    b"ORDEREDSUBJECT": thread_trees.ordered_subject,
    b"REFERENCES": thread_trees.references,
}


async def run(session: Session, lexer: Lexer, *, by_uid: bool) -> bytes:
    """Find messages and put them into threads, in a thread of the system: it may be many."""
    lexer.space()
    algorithm = _ALGORITHMS[grammar.algorithm(lexer)]
    program = grammar.program(lexer)
    if program.names_modseq:
        session.enable_condstore()
    selected = session.mailbox()
    view = await selected.load()
    found = await Search(selected, view).run(program.key)
    trees = b""
    if found:
        uids = [view.columns.uids[at] for at in found]
        among = None if len(found) == view.count else uids
        # Sorted by the database already, it is sorted again in no time: the interpreter is not held.
        by_subject = algorithm is thread_trees.ordered_subject
        rows = await ordering.thread_rows(selected.mailbox_id, among, by_subject=by_subject)
        numbers = dict(zip(uids, uids if by_uid else [at + 1 for at in found], strict=True))
        trees = await asyncio.to_thread(_render, algorithm, rows, numbers)
    session.send(b"* THREAD %b\r\n" % trees if trees else b"* THREAD\r\n")
    return b"OK THREAD completed"


def _render(
    algorithm: Callable[[Sequence[Threaded]], Trees], rows: Sequence[Row], numbers: Mapping[int, int]
) -> bytes:
    """The trees of what has a number, as the client counts."""
    messages = [Threaded(numbers[uid], *rest) for uid, *rest in rows if uid in numbers]
    return algorithm(messages).render()


THREAD = Command(partial(run, by_uid=False), SELECTED, Sync.NO_EXPUNGE)
UID_THREAD = Command(partial(run, by_uid=True), SELECTED, Sync.ALL)
