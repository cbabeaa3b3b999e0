"""ESEARCH: one search over several mailboxes (MULTISEARCH, RFC 7377).

Each mailbox with hits gets a response that names it; a mailbox that does not exist is passed over (§2.2).
Results are UIDs. Message numbers and `$` have a meaning only where the selected mailbox alone is searched.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from backend.mailstore import index as indexes
from backend.mailstore import mailboxes, shares
from backend.mailstore.rights import Rights
from backend.mailstore.types import MailboxRow
from backend.mailstore.view import View
from protocol_service.imap import sequence_set
from protocol_service.imap.command import AUTHENTICATED, Command, Sync
from protocol_service.imap.commands.search import check
from protocol_service.imap.errors import BadCommand
from protocol_service.imap.grammar import search as grammar
from protocol_service.imap.grammar import search_results, search_sources
from protocol_service.imap.grammar.search import Program
from protocol_service.imap.grammar.search_results import Results
from protocol_service.imap.grammar.search_sources import Source
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.mailbox_filter import MailboxFilter
from protocol_service.imap.search_answer import Answer, save, saving
from protocol_service.imap.search_evaluation import Search
from protocol_service.imap.selected import Spans
from protocol_service.imap.sequence_set import SequenceSet
from protocol_service.imap.session import Session


class _Mailbox:
    """A mailbox that is searched without being selected."""

    def __init__(self, row: MailboxRow, view: View) -> None:
        self.account_id = row.account_id
        self.mailbox_id = row.id
        self._view = view

    async def spans(self, pairs: SequenceSet, *, by_uid: bool) -> Spans:
        """The positions of UIDs; the grammar has refused message numbers."""
        if not by_uid:
            raise BadCommand("Message numbers are of the selected mailbox")
        view = self._view
        found = [view.positions(low, high) for low, high in sequence_set.resolve(pairs, view.max_uid)]
        return [(run.start, run.stop) for run in found if run]


async def run(session: Session, lexer: Lexer) -> bytes:
    """Search mailboxes one after the other."""
    lexer.space()
    sources = search_sources.sources(lexer)
    results = search_results.results(lexer) or Results(frozenset({b"ALL"}))
    is_selected_only = all(source.kind == b"SELECTED" for source in sources)
    if search_sources.SELECTED in sources and session.selected is None:
        raise BadCommand("No mailbox is selected")
    if b"SAVE" in results.names and not is_selected_only:
        raise BadCommand("SAVE is for the selected mailbox alone")
    with saving(session.selected, results):
        program = grammar.program(lexer)
        check(results, program)
        if program.names_numbers and not is_selected_only:
            raise BadCommand("Message numbers are of the selected mailbox")
        if program.names_modseq:
            session.enable_condstore()
        for row in await _rows(session, sources):
            await _search(session, row, results, program)
            await session.channel.flush()
            await asyncio.sleep(0)
    return b"OK ESEARCH completed"


async def _search(session: Session, row: MailboxRow, results: Results, program: Program) -> None:
    selected = session.selected
    if selected is not None and selected.mailbox_id == row.id:
        view = await selected.load()
        search = Search(selected, view)
        found = await search.run(program.key)
        if b"SAVE" in results.names:
            save(selected, results, view.columns, found)
        _answer(session, row, results, program, search, found)
        return
    index = await indexes.open(row.id, _reader(session, row))
    try:
        view = index.view()
        search = Search(_Mailbox(row, view), view)
        _answer(session, row, results, program, search, await search.run(program.key))
    finally:
        indexes.close(index)


def _reader(session: Session, row: MailboxRow) -> int:
    return 0 if row.account_id == session.account_id else session.account_id


def _answer(
    session: Session,
    row: MailboxRow,
    results: Results,
    program: Program,
    search: Search,
    found: Sequence[int],
) -> None:
    """A mailbox without hits gets no response (RFC 7377 §2.1)."""
    if found and not results.is_silent:
        answer = Answer(
            results,
            search.columns,
            found,
            by_uid=True,
            names_modseq=program.names_modseq,
            scores=search.scores,
            mailbox=(session.mailbox_name(row.name), row.uidvalidity),
        )
        session.send(answer.line(session.tag))


async def _rows(session: Session, sources: Sequence[Source]) -> list[MailboxRow]:
    """The mailboxes that are named, each once, in the order in which they are named first."""
    rows = [*await mailboxes.list_mailboxes(session.account_id)]
    if any(source.kind != b"PERSONAL" for source in sources):
        rows += [box.row for box in await shares.visible(session.account_id) if box.rights & Rights.READ]
    selected_id = 0 if session.selected is None else session.selected.mailbox_id
    chosen: dict[int, MailboxRow] = {}
    for one in map(MailboxFilter.of, sources):
        for row in rows:
            if one.takes(row, session.account_id, selected_id):
                chosen.setdefault(row.id, row)
    return list(chosen.values())


ESEARCH = Command(run, AUTHENTICATED, Sync.NO_EXPUNGE)
