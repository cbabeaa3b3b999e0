"""What a client has not been told yet, as untagged responses (RFC 3501 §7.3, §7.4)."""

from __future__ import annotations

from collections.abc import Sequence

from backend.mailstore.view import News, View
from protocol_service.imap import fetch_columns, sequence_set
from protocol_service.imap.fetch_columns import Data
from protocol_service.imap.flag_names import FlagTable
from protocol_service.imap.manner import Manner
from protocol_service.imap.selected import Batch, Selected


def render(selected: Selected, news: News, table: FlagTable, manner: Manner, *, with_uid: bool) -> bytes:
    """Expunges, the new number of messages, changed flags, in this order."""
    if manner.with_vanished and news.vanished:
        lines = [b"* VANISHED %b\r\n" % sequence_set.render(news.vanished)]
    else:
        lines = [b"* %d EXPUNGE\r\n" * len(news.expunged) % tuple(news.expunged)]
    if news.exists is not None:
        lines.append(manner.exists(news.exists))
    if news.changed:
        lines.append(render_flags(selected, news.changed, table, manner, with_uid=with_uid))
    return b"".join(lines)


def render_flags(
    selected: Selected, uids: Sequence[int], table: FlagTable, manner: Manner, *, with_uid: bool
) -> bytes:
    """`* n FETCH (…)` with the flags of these messages, less what is gone and may not be told yet."""
    view = selected.view
    if view is None or not uids:
        return b""
    items = [b"UID"] * with_uid + [b"FLAGS"] + [b"MODSEQ"] * manner.with_modseq
    data = Data(Batch(view.columns, _positions(view, uids)), table)
    return fetch_columns.render(data, fetch_columns.columns(items), by_uid=manner.is_uid_only)


def _positions(view: View, uids: Sequence[int]) -> Sequence[int]:
    """Where these messages (ascending) stand; neighbours, as they most often are, as a range."""
    places = view.columns.places(uids, view.count)
    if view.epoch == view.index.epoch:
        return places
    current, known = view.index.columns, view.columns.uids
    return [at for at in places if current.find(known[at]) >= 0]
