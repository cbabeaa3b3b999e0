"""STORE and UID STORE (RFC 3501 §6.4.6; UNCHANGEDSINCE: RFC 7162 §3.1.3)."""

from __future__ import annotations

from functools import partial

from backend.kit import db
from backend.kit.errors import PermissionDenied
from backend.mailstore import flags
from backend.mailstore.flag_bits import ALL_MASK, DRAFT, SYSTEM_MASK
from backend.mailstore.flags import StoreResult
from backend.mailstore.rights import Rights, permitted_flags
from backend.mailstore.view import News
from protocol_service.imap import flag_names, sequence_set
from protocol_service.imap import news as news_lines
from protocol_service.imap.command import SELECTED, Command, Sync
from protocol_service.imap.flag_names import FlagTable
from protocol_service.imap.grammar import flags as grammar
from protocol_service.imap.grammar.flags import Change, StoreRequest
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.selected import Selected
from protocol_service.imap.session import Session


async def run(session: Session, lexer: Lexer, *, by_uid: bool) -> bytes:
    """Change flags, and show them unless the client knows better."""
    lexer.space()
    pairs = sequence_set.take(lexer)
    lexer.space()
    request = grammar.store_request(lexer)
    selected = session.writable()
    if request.unchanged_since is not None:
        session.enable_condstore()
    permitted = await _permitted(session, request)
    uids = await selected.uids(await selected.spans(pairs, by_uid=by_uid))
    if not uids:
        return b"OK STORE completed"
    session.goal = len(uids)
    bits = await _change(selected.account_id, request, may_add=bool(permitted & DRAFT))
    result = await selected.store(uids, permitted, request.unchanged_since, **bits)
    selected.watch.modseq = max(selected.watch.modseq, result.modseq if result.changed else 0)
    news = await selected.news(may_expunge=by_uid) or News()
    _choose(news, result, selected, is_silent=request.is_silent)
    await _tell(session, selected, news, with_uid=by_uid)
    if request.is_silent and session.has_condstore:
        session.send(_modseqs(selected, result, by_uid=session.manner.is_uid_only))
    if not result.modified:
        return b"OK STORE completed"
    modified = _modified(selected, result.modified, by_uid=by_uid)
    return b"OK [MODIFIED %b] Conditional STORE failed for some" % sequence_set.render(modified)


async def _permitted(session: Session, request: StoreRequest) -> int:
    """The flags that may be changed; others are passed over, unless none is left (RFC 4314 §4)."""
    permitted = permitted_flags(await session.rights(Rights.NONE))
    if permitted != ALL_MASK:
        bits, keywords = flag_names.system_bits(request.flags)
        named = bits | (ALL_MASK & ~SYSTEM_MASK if keywords else 0)
        if not permitted & (ALL_MASK if request.change is Change.REPLACE else named):
            raise PermissionDenied("You may not change these flags")
    return permitted


async def _change(account_id: int, request: StoreRequest, *, may_add: bool) -> flags.Bits:
    """The flags as bits; keywords that the account does not know yet get one, unless they are removed."""
    bits, keywords = flag_names.system_bits(request.flags)
    if keywords:
        known = await flags.find_keyword_bits(account_id, keywords)
        if all(known) or request.change is Change.REMOVE or not may_add:
            bits |= sum(known)
        else:
            bits |= await db.write(lambda tx: flags.keyword_bits(tx, account_id, keywords), durable=False)
    if request.change is Change.ADD:
        return {"add": bits}
    return {"remove": bits} if request.change is Change.REMOVE else {"replace": bits}


def _choose(news: News, result: StoreResult, selected: Selected, *, is_silent: bool) -> None:
    """Show what was asked to be changed, or with .SILENT only what somebody else has changed.

    That is also what was changed by both: before, so that its flags are not what the client makes of those
    it knows, or since.
    """
    if is_silent:
        own = list(result.changed)
        if not result.overtaken and selected.modseq == result.modseq and news.changed == own:
            news.changed = []  # nobody else has changed anything
        else:
            known = set(own).difference(result.overtaken)
            news.changed = [
                uid for uid in news.changed if uid not in known or selected.modseq_of(uid) != result.modseq
            ]
    elif result.unchanged:
        news.changed = sorted({*news.changed, *result.unchanged})


async def _tell(session: Session, selected: Selected, news: News, *, with_uid: bool) -> None:
    manner = session.manner
    shown, news.changed = news.changed, []

    def render(table: FlagTable) -> bytes:
        lines = news_lines.render(selected, news, table, manner, with_uid=manner.with_uid)
        with_item = (with_uid or manner.with_uid) and not manner.is_uid_only
        return lines + news_lines.render_flags(selected, shown, table, manner, with_uid=with_item)

    session.send(await session.with_flags(render))


def _modseqs(selected: Selected, result: StoreResult, *, by_uid: bool) -> bytes:
    """The new modseqs, which a client with CONDSTORE learns in any case (RFC 7162 §3.1.3).

    A message that somebody else has changed since was shown with its newer one, and must not fall behind it.
    """
    changed = [
        (number, uid, result.modseq)
        for uid in result.changed
        if (number := selected.number_of(uid)) and selected.modseq_of(uid) == result.modseq
    ]
    if by_uid:
        return b"".join([b"* %d UIDFETCH (MODSEQ (%d))\r\n" % (uid, modseq) for _, uid, modseq in changed])
    return b"".join([b"* %d FETCH (UID %d MODSEQ (%d))\r\n" % one for one in changed])


def _modified(selected: Selected, uids: list[int], *, by_uid: bool) -> list[int]:
    """What MODIFIED names: UIDs, or the numbers of messages that the client knows."""
    if by_uid:
        return uids
    return [number for uid in uids if (number := selected.number_of(uid))]


STORE = Command(partial(run, by_uid=False), SELECTED, Sync.NO_EXPUNGE)
UID_STORE = Command(partial(run, by_uid=True), SELECTED, Sync.ALL)
