"""What has become of a draft, by its key: for a window that writes on what is no longer there.

Each save makes a draft another message, so a save that names an earlier form is refused. Whoever was refused
asks here: another form may have been written (by the asking window itself, when it never heard the answer, or
by another one), the message may wait for its time or have been sent, or it is gone.
"""

from __future__ import annotations

from dataclasses import dataclass

from backend.kit import db
from backend.kit.errors import NotFound
from backend.mailstore import reader, timers
from backend.mailstore.timers import TimerKind
from backend.mailstore.types import SpecialUse
from backend.submission import draft_content, drafts
from backend.submission.drafts import SavedDraft

# One writes few messages at once; the draft that is looked for was saved a short time ago.
NEWEST = 20


@dataclass(frozen=True, slots=True)
class Fate:
    """The draft as it is now; `send_at` where it is scheduled; `sent_at` where it was sent. None of them: it
    is gone.
    """

    draft: SavedDraft | None = None
    send_at: int | None = None
    sent_at: int | None = None


async def of_key(account_id: int, key: str) -> Fate:
    """The fate of the draft with that key, looked for among the newest drafts and what was sent within the
    last days.
    """
    if not key:
        return Fate()
    draft = await _newest(account_id, key)
    if draft is not None:
        timer = (await timers.of_messages(account_id, [draft.ref])).get(draft.ref)
        waits = timer is not None and timer.kind is TimerKind.SEND
        return Fate(draft, send_at=timer.due_at if timer is not None and waits else None)
    sent_at = await db.fetch_value(
        "SELECT release_at FROM submission WHERE account_id = ? AND draft_key = ? AND state <> 'cancelled'"
        " ORDER BY id DESC LIMIT 1",
        account_id,
        key,
    )
    return Fate(sent_at=sent_at)


async def _newest(account_id: int, key: str) -> SavedDraft | None:
    rows = await db.fetch_rows(
        "SELECT m.ref FROM message m JOIN mailbox b ON b.id = m.mailbox_id"
        " WHERE b.account_id = ? AND b.special_use IN (?, ?) ORDER BY m.ref DESC LIMIT ?",
        account_id,
        SpecialUse.DRAFTS.value,
        SpecialUse.SCHEDULED.value,
        NEWEST,
    )
    for (ref,) in rows:
        try:
            if draft_content.key_of(await reader.read_header(account_id, ref)) == key:
                stored = await reader.stored(account_id, ref)
                return SavedDraft(ref, await drafts.find(account_id, ref), stored.internal_at)
        except NotFound:  # written anew meanwhile
            continue
    return None
