"""SEARCH and UID SEARCH (RFC 3501 §6.4.4): plain results with MODSEQ (RFC 7162 §3.1.5), or as RFC 4731 has
them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from backend.mailstore.rights import Rights
from protocol_service.imap.command import SELECTED, Command, Sync
from protocol_service.imap.errors import BadCommand
from protocol_service.imap.grammar import search as grammar
from protocol_service.imap.grammar import search_results
from protocol_service.imap.grammar.search import Program
from protocol_service.imap.grammar.search_results import Results
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.search_answer import Answer, save, saving
from protocol_service.imap.search_evaluation import Search
from protocol_service.imap.session import Session


async def run(session: Session, lexer: Lexer, *, by_uid: bool) -> bytes:
    """Find messages, by number or by UID."""
    lexer.space()
    results = search_results.results(lexer)
    if results is None and session.manner.is_rev2:
        results = Results(frozenset({b"ALL"}))  # RFC 9051 §6.4.4: there is no other answer
    selected = session.mailbox()
    with saving(selected, results):
        program = grammar.program(lexer)
        check(results, program)
        if program.names_modseq:
            session.enable_condstore()
        await session.rights(Rights.READ)
        view = await selected.load()
        session.goal = view.count
        search = Search(selected, view)
        found = await search.run(program.key)
    columns = view.columns
    if results is None:
        modseqs = [columns.modseqs[at] for at in found] if program.names_modseq else []
        session.send(_plain([columns.uids[at] if by_uid else at + 1 for at in found], modseqs))
        return b"OK SEARCH completed"
    if not results.is_silent:
        answer = Answer(results, columns, found, by_uid, program.names_modseq, search.scores)
        session.send(answer.line(session.tag))
    if b"SAVE" in results.names:
        save(selected, results, columns, found)
        return b"OK SEARCH completed, result saved"
    return b"OK SEARCH completed"


def check(results: Results | None, program: Program) -> None:
    """Scores are for fuzzy searches alone (RFC 6203 §4)."""
    if results is not None and b"RELEVANCY" in results.names and not program.is_fuzzy:
        raise BadCommand("RELEVANCY needs a FUZZY search key")


def _plain(numbers: Sequence[int], modseqs: Sequence[int]) -> bytes:
    words = b"".join([b" %d" % number for number in numbers])
    return b"* SEARCH%b%b\r\n" % (words, b" (MODSEQ %d)" % max(modseqs) if modseqs else b"")


SEARCH = Command(partial(run, by_uid=False), SELECTED, Sync.NO_EXPUNGE)
UID_SEARCH = Command(partial(run, by_uid=True), SELECTED, Sync.ALL)
