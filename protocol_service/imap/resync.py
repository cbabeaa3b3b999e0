"""What a returning client has missed (QRESYNC, RFC 7162 §3.2): messages that vanished, messages that changed.

`VANISHED (EARLIER)` goes before the FETCH responses. Where tombstones are gone, every UID that the client may
know and that is not there is told, as ranges, so a huge set costs no more than the mailbox.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backend.kit.errors import SyncLost
from backend.mailstore.changes import changes_since
from backend.mailstore.view import View
from protocol_service.imap import news, sequence_set
from protocol_service.imap.selected import Selected
from protocol_service.imap.sequence_set import Ranges, SequenceSet
from protocol_service.imap.session import Session


@dataclass(frozen=True, slots=True)
class Resync:
    """The arguments of SELECT's QRESYNC parameter; `known` is every UID where the client names none."""

    uidvalidity: int
    modseq: int
    known: SequenceSet | None = None


async def tell(session: Session, selected: Selected, request: Resync) -> None:
    """Tell a client that has just selected the mailbox what it missed."""
    known = _within(request.known, selected.uidnext - 1)
    if not known:
        return
    view = await selected.load()
    try:
        changes = await changes_since(selected.mailbox_id, request.modseq, selected.user_id)
    except SyncLost:
        gone = missing(known, view.columns.uids[: view.count])
        rows = zip(view.columns.uids[: view.count], view.columns.modseqs[: view.count], strict=True)
        changed = [
            uid for uid, modseq in rows if modseq > request.modseq and sequence_set.contains(known, uid)
        ]
    else:
        gone = _gone(view, known, changes.expunged)
        changed = [uid for uid, _, _ in changes.changed if sequence_set.contains(known, uid)]
        changed = [uid for uid in changed if selected.modseq_of(uid) > request.modseq]
    session.send(vanished_earlier(gone))
    session.send(
        await session.with_flags(
            lambda table: news.render_flags(
                selected, changed, table, session.manner, with_uid=session.manner.with_uid
            )
        )
    )


async def vanished_since(selected: Selected, pairs: SequenceSet, modseq: int) -> bytes:
    """For UID FETCH with VANISHED: those of the UIDs that were expunged since a modseq."""
    known = _within(pairs, selected.uidnext - 1)
    view = await selected.load()
    try:
        changes = await changes_since(selected.mailbox_id, modseq, selected.user_id)
    except SyncLost:
        return vanished_earlier(missing(known, view.columns.uids[: view.count]))
    return vanished_earlier(_gone(view, known, changes.expunged))


def _gone(view: View, known: Ranges, expunged: Sequence[int]) -> Ranges:
    """Those of the expunged UIDs that the client may know.

    What was expunged after the client was told how many messages there are is still counted among them: it
    is news to come, and not earlier.
    """
    return _ranges(
        [uid for uid in expunged if sequence_set.contains(known, uid) and not view.sequence_number(uid)]
    )


def vanished_earlier(gone: Ranges) -> bytes:
    """The response, or nothing."""
    if not gone:
        return b""
    text = b",".join(b"%d" % low if low == high else b"%d:%d" % (low, high) for low, high in gone)
    return b"* VANISHED (EARLIER) %b\r\n" % text


def missing(known: Ranges, there: Sequence[int]) -> Ranges:
    """Those of the UIDs in ascending ranges that do not stand in `there` (ascending), as ranges."""
    found: Ranges = []
    at = 0
    for low, high in known:
        begin = low
        while at < len(there) and there[at] < low:
            at += 1
        while at < len(there) and there[at] <= high:
            if there[at] > begin:
                found.append((begin, there[at] - 1))
            begin = there[at] + 1
            at += 1
        if begin <= high:
            found.append((begin, high))
    return found


def _within(pairs: SequenceSet | None, highest: int) -> Ranges:
    """The UIDs that a set names, from 1 to the highest that was ever given."""
    if highest < 1:
        return []
    ranges = [(1, highest)] if pairs is None else sequence_set.resolve(pairs, highest)
    return [(max(low, 1), min(high, highest)) for low, high in ranges if low <= highest]


def _ranges(uids: Sequence[int]) -> Ranges:
    found: Ranges = []
    for uid in uids:
        if found and found[-1][1] == uid - 1:
            found[-1] = (found[-1][0], uid)
        else:
            found.append((uid, uid))
    return found
