"""What has become of a draft that several windows write."""

from __future__ import annotations

import pytest

from backend.kit import blobs, clock, db
from backend.kit.errors import Conflict, InvalidSyntax
from backend.submission import drafts, fate, scheduled, submit, undo
from backend.submission.draft_content import FileRef
from backend.submission.uploads import store
from tests.backend.submission.test_drafts import content, total
from tests.support.clocks import Clock


async def test_a_draft_is_found_by_its_key_in_its_last_form_with_the_window_that_wrote_it(maren: int) -> None:
    first = await drafts.save(maren, content(key="draft-1", writer="window-1"))
    await drafts.save(maren, content(key="draft-2", writer="window-1"))
    last = await drafts.save(
        maren, content(key="draft-1", writer="window-2", subject="Again"), replaces=first.ref
    )

    found = (await fate.of_key(maren, "draft-1")).draft

    assert found is not None
    assert (found.ref, found.stored.content.subject) == (last.ref, "Again")
    assert found.stored.content.writer == "window-2"
    assert await fate.of_key(maren, "draft-3") == fate.Fate()
    assert await fate.of_key(maren, "") == fate.Fate()
    assert await fate.of_key(maren + 1, "draft-1") == fate.Fate()
    await drafts.discard(maren, last.ref)
    assert await fate.of_key(maren, "draft-1") == fate.Fate()


async def test_what_was_sent_is_told_until_it_is_taken_back_and_the_keys_stay_here(maren: int) -> None:
    saved = await drafts.save(maren, content(key="draft-1", writer="window-1"))
    sent = await submit.submit(maren, saved.ref)

    assert await fate.of_key(maren, "draft-1") == fate.Fate(sent_at=sent.release_at)
    spooled = await blobs.read(await db.fetch_value("SELECT blob_id FROM spool_message"))
    assert b"draft-1" not in spooled
    assert b"window-1" not in spooled

    back = await undo.cancel(maren, sent.id)
    found = await fate.of_key(maren, "draft-1")
    assert found.draft is not None
    assert (found.draft.ref, found.sent_at) == (back.ref, None)


async def test_a_draft_that_waits_for_its_time_is_not_written_over(maren: int, time: Clock) -> None:
    saved = await drafts.save(maren, content(key="draft-1"))
    await scheduled.schedule(maren, saved.ref, clock.now() + 3600)

    with pytest.raises(Conflict):
        await drafts.save(maren, content(key="draft-1", subject="Later words"), replaces=saved.ref)

    assert await total(maren, "drafts") == 0
    found = await fate.of_key(maren, "draft-1")
    assert found.send_at == clock.now() + 3600
    assert found.draft is not None
    assert found.draft.stored.content.subject == saved.stored.content.subject


async def test_a_stale_save_with_files_says_that_the_draft_is_gone_and_not_that_a_file_is(maren: int) -> None:
    upload = await store(maren, "plan.txt", "text/plain", b"a plan")
    first = await drafts.save(maren, content(files=(FileRef(str(upload.id)),)))
    kept = FileRef(first.stored.files[0].id)
    await drafts.save(maren, content(files=(kept,)), replaces=first.ref)

    with pytest.raises(Conflict):
        await drafts.save(maren, content(files=(kept,)), replaces=first.ref)

    assert await total(maren, "drafts") == 1


async def test_keys_are_words(maren: int) -> None:
    with pytest.raises(InvalidSyntax):
        await drafts.save(maren, content(key="window 1\r\nBcc: x"))
    with pytest.raises(InvalidSyntax):
        await drafts.save(maren, content(writer="window 1\r\nBcc: x"))
