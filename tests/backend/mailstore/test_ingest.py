"""The one door for every message."""

from __future__ import annotations

from backend.kit.runtime import Runtime
from backend.mailstore import flags, ingest, mailboxes, quota, reader
from tests.backend.mailstore.messages import message


async def test_a_message_comes_to_lie_in_its_mailbox(rt: Runtime, account: int) -> None:
    raw = message("First")

    done = await ingest.store(raw, account, "inbox", flags=flags.FLAGGED, internal_at=1_750_000_000)

    inbox = await mailboxes.by_use(account, "inbox")
    assert (done.mailbox_id, done.uid, done.uidvalidity) == (inbox.id, 1, inbox.uidvalidity)
    assert (inbox.exists, inbox.unseen, inbox.deleted, inbox.uidnext) == (1, 1, 0, 2)
    assert (inbox.size_bytes, inbox.modseq) == (len(raw), done.modseq)
    assert await reader.read_message(account, done.ref) == raw
    assert await reader.fetch_columns(inbox.id, 1, 9, ("flags", "internal_at", "subject")) == [
        (1, flags.FLAGGED, 1_750_000_000, "First")
    ]
    assert await quota.usage(account) == quota.Usage(len(raw), 1)
