"""SORT and UID SORT (RFC 5256 §3): messages that a search finds, in an order; with result options as ESORT
has them (RFC 5267 §3).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from backend.mailstore import ordering
from backend.mailstore.columns import Columns
from backend.mailstore.ordering import SortField, SortKey
from backend.mailstore.rights import Rights
from backend.mailstore.view import View
from protocol_service.imap.command import SELECTED, Command, Sync
from protocol_service.imap.commands.search import check
from protocol_service.imap.errors import BadCommand
from protocol_service.imap.grammar import sort as grammar
from protocol_service.imap.grammar.sort import Criterion
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.off_loop import off_loop
from protocol_service.imap.search_answer import Answer, save, saving
from protocol_service.imap.search_evaluation import Search
from protocol_service.imap.selected import Selected
from protocol_service.imap.session import Session

_FIELDS: dict[bytes, SortField] = {
    b"ARRIVAL": "arrival",
    b"CC": "cc",
    b"DATE": "date",
    b"DISPLAYFROM": "displayfrom",
    b"DISPLAYTO": "displayto",
    b"FROM": "from",
    b"SIZE": "size",
    b"SUBJECT": "subject",
    b"TO": "to",
}


async def run(session: Session, lexer: Lexer, *, by_uid: bool) -> bytes:
    """Find messages and put them in order."""
    lexer.space()
    results = grammar.results(lexer)
    selected = session.mailbox()
    with saving(selected, results):
        criteria = grammar.criteria(lexer)
        program = grammar.program(lexer)
        check(results, program)
        if any(one.name == b"RELEVANCY" for one in criteria) and not program.is_fuzzy:
            raise BadCommand("RELEVANCY needs a FUZZY search key")
        if program.names_modseq:
            session.enable_condstore()
        await session.rights(Rights.READ)
        view = await selected.load()
        search = Search(selected, view)
        found = await search.run(program.key)
        ordered = await _ordered(selected, view, criteria, found, search.scores)
    columns = view.columns
    if results is None:
        modseq = max((columns.modseqs[at] for at in ordered), default=0) if program.names_modseq else 0
        session.send(await off_loop(len(ordered), _plain, columns, ordered, by_uid=by_uid, modseq=modseq))
        return b"OK SORT completed"
    if not results.is_silent:
        answer = Answer(results, columns, ordered, by_uid, program.names_modseq, search.scores)
        session.send(await off_loop(len(ordered), answer.line, session.tag))
    if b"SAVE" in results.names:
        save(selected, results, columns, ordered)
    return b"OK SORT completed"


def _plain(columns: Columns, ordered: Sequence[int], *, by_uid: bool, modseq: int) -> bytes:
    words = b"".join([b" %d" % (columns.uids[at] if by_uid else at + 1) for at in ordered])
    return b"* SORT%b%b\r\n" % (words, b" (MODSEQ %d)" % modseq if modseq else b"")


async def _ordered(
    selected: Selected,
    view: View,
    criteria: Sequence[Criterion],
    found: Sequence[int],
    scores: Mapping[int, int],
) -> list[int]:
    """Positions in order. A message that is gone since it was found is left out."""
    if not found:
        return []
    uids = [view.columns.uids[at] for at in found]
    cut = next((at for at, one in enumerate(criteria) if one.name == b"RELEVANCY"), len(criteria))
    behind = [_key(one) for one in criteria[cut + 1 :] if one.name != b"RELEVANCY"]
    ahead = [_key(one) for one in criteria[:cut]]
    among = None if len(found) == view.count else uids
    if cut == len(criteria):
        by_keys = await ordering.in_order(selected.mailbox_id, ahead, among)
        return await off_loop(len(by_keys), _positions, view, by_keys)
    ordered = _positions(
        view, await ordering.in_order(selected.mailbox_id, behind, among) if behind else uids
    )
    # The most relevant first (RFC 6203 §6); sorting keeps the order of equal ones.
    sign = 1 if criteria[cut].is_reversed else -1
    ordered.sort(key=lambda at: sign * scores.get(at, 100))
    for key in reversed(ahead):
        rank = await ordering.ranks(selected.mailbox_id, key, uids)
        ordered.sort(key=lambda at: rank.get(view.columns.uids[at], 0))
    return ordered


def _key(criterion: Criterion) -> SortKey:
    return SortKey(_FIELDS[criterion.name], criterion.is_reversed)


def _positions(view: View, uids: Sequence[int]) -> list[int]:
    """Where these messages stand; many are looked up in a table, which is made faster than they are found."""
    if len(uids) < view.count // 8:
        find, count = view.columns.find, view.count
        return [at for uid in uids if (at := find(uid, count)) >= 0]
    places = {uid: at for at, uid in enumerate(view.columns.uids[: view.count])}
    return [places[uid] for uid in uids if uid in places]


SORT = Command(partial(run, by_uid=False), SELECTED, Sync.NO_EXPUNGE)
UID_SORT = Command(partial(run, by_uid=True), SELECTED, Sync.ALL)
