"""FETCH and UID FETCH (RFC 3501 §6.4.5; BINARY: RFC 3516; CHANGEDSINCE and MODSEQ: RFC 7162 §3.1.4; PARTIAL:
RFC 9394 §3.3).
"""

from __future__ import annotations

from bisect import bisect_right
from functools import partial

from backend.mailstore.flag_bits import ALL_MASK, SEEN
from backend.mailstore.rights import Rights
from backend.mailstore.view import View
from protocol_service.imap import resync, sequence_set
from protocol_service.imap.command import SELECTED, Command, Sync
from protocol_service.imap.errors import BadCommand, Refused
from protocol_service.imap.fetcher import Fetcher, plan_of
from protocol_service.imap.grammar import fetch as grammar
from protocol_service.imap.grammar.fetch import FetchRequest, Item
from protocol_service.imap.grammar.partial import Partial
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.selected import Spans
from protocol_service.imap.session import Session


async def run(session: Session, lexer: Lexer, *, by_uid: bool) -> bytes:
    """Answer data of messages; reading a body marks it \\Seen, which is told after the answer."""
    lexer.space()
    pairs = sequence_set.take(lexer)
    lexer.space()
    request = grammar.fetch_request(lexer)
    selected = session.mailbox()
    items = _items(request, with_uid=by_uid and not session.manner.is_uid_only)
    if request.with_vanished and not (by_uid and session.has_qresync):
        raise BadCommand("VANISHED is for UID FETCH, after ENABLE QRESYNC")
    if request.window is not None and not by_uid:
        raise BadCommand("PARTIAL is for UID FETCH")
    if b"MODSEQ" in items:
        session.enable_condstore()
    rights = await session.rights(Rights.READ)
    view = await selected.load()
    spans = await selected.spans(pairs, by_uid=by_uid)
    if request.changed_since is not None:
        spans = _changed(view, spans, request.changed_since)
        if request.with_vanished:
            session.send(await resync.vanished_since(selected, pairs, request.changed_since))
    if request.window is not None:
        spans = _window(spans, request.window)
    fetcher = Fetcher(session, selected, plan_of(items))
    await fetcher.run(spans)
    if fetcher.seen and rights & Rights.SEEN:
        await selected.store(fetcher.seen, ALL_MASK, None, add=SEEN)
    if fetcher.has_unknown_encoding:
        raise Refused("The transfer encoding of a part is not known", "UNKNOWN-CTE")
    if fetcher.has_gone:
        return b"OK [EXPUNGEISSUED] FETCH completed, some messages are gone"
    return b"OK FETCH completed"


def _items(request: FetchRequest, *, with_uid: bool) -> tuple[Item, ...]:
    """The items asked for, UID first where it is implied, MODSEQ last."""
    items = request.items
    if with_uid and b"UID" not in items:
        items = (b"UID", *items)
    if request.changed_since is not None and b"MODSEQ" not in items:
        items = (*items, b"MODSEQ")
    return items


def _changed(view: View, spans: Spans, since: int) -> Spans:
    """Those of the messages that changed after that modseq.

    The index knows whose flags changed; what was added since then stands at the end.
    """
    modseqs, count = view.columns.modseqs, view.count
    changed = {at for uid in view.index.changed_since(since) if (at := view.columns.find(uid, count)) >= 0}
    first_new = count
    while first_new and modseqs[first_new - 1] > since:
        first_new -= 1
    changed.update(range(first_new, count))
    starts = [start for start, _ in spans]
    found = []
    for at in sorted(changed):
        span = bisect_right(starts, at) - 1
        if span >= 0 and at < spans[span][1]:
            found.append((at, at + 1))
    return found


def _window(spans: Spans, window: Partial) -> Spans:
    """Those of the messages whose place among them is in the window."""
    total = sum(stop - start for start, stop in spans)
    wanted = window.of(range(total))
    first, left = (wanted[0], len(wanted)) if wanted else (0, 0)
    found: Spans = []
    for start, stop in spans:
        skipped = min(first, stop - start)
        taken = min(left, stop - start - skipped)
        first, left = first - skipped, left - taken
        if taken:
            found.append((start + skipped, start + skipped + taken))
    return found


FETCH = Command(partial(run, by_uid=False), SELECTED, Sync.NO_EXPUNGE)
UID_FETCH = Command(partial(run, by_uid=True), SELECTED, Sync.ALL)
