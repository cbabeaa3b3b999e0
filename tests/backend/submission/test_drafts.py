from __future__ import annotations

import pytest

from backend.directory import bounce_limits, lists, settings
from backend.directory.list_types import Posting
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from backend.formats.addresses import Mailbox
from backend.kit import blobs, clock, db
from backend.kit.errors import Conflict, InvalidSyntax, NotFound, OverQuota, PermissionDenied, RateLimited
from backend.mailstore import ingest, mailboxes, reader
from backend.mailstore.flag_bits import ANSWERED, DRAFT, SEEN
from backend.spool import suppression_admin
from backend.submission import drafts, scheduled, submit, undo, uploads
from backend.submission.draft_content import DraftContent, FileRef

ME = Mailbox("Maren Holt", "maren", "example.test")
AMARA = Mailbox("Amara Okafor", "amara", "north.example")
HIDDEN = Mailbox("", "hidden", "north.example")


def content(**changes: object) -> DraftContent:
    values: dict[str, object] = {
        "sender": ME,
        "to": (AMARA,),
        "subject": "Figures",
        "html": "<div>Hello</div>",
    }
    return DraftContent(**(values | changes))  # type: ignore[arg-type]  # of any field


async def total(account_id: int, use: str) -> int:
    if use == "inbox":
        return (await mailboxes.get(account_id, "INBOX")).exists
    return (await mailboxes.by_use(account_id, use)).exists


async def test_saved_draft_is_a_message_in_drafts_that_reads_back(maren: int) -> None:
    saved = await drafts.save(maren, content(bcc=(HIDDEN,)))

    stored = await reader.stored(maren, saved.ref)
    assert stored.flags & (DRAFT | SEEN) == DRAFT | SEEN
    again = await drafts.find(maren, saved.ref)
    assert (again.content.to, again.content.bcc, again.content.subject) == ((AMARA,), (HIDDEN,), "Figures")
    assert "Hello" in again.html
    assert await total(maren, "drafts") == 1


async def test_saving_again_replaces_the_draft(maren: int) -> None:
    first = await drafts.save(maren, content())

    second = await drafts.save(maren, content(subject="Figures, again"), replaces=first.ref)

    assert await total(maren, "drafts") == 1
    assert (await drafts.find(maren, second.ref)).content.subject == "Figures, again"
    with pytest.raises(NotFound):
        await drafts.find(maren, first.ref)


async def test_replacing_a_draft_that_is_gone_writes_nothing(maren: int) -> None:
    first = await drafts.save(maren, content())
    await drafts.discard(maren, first.ref)

    with pytest.raises(Conflict):
        await drafts.save(maren, content(), replaces=first.ref)

    assert await total(maren, "drafts") == 0


async def test_what_another_program_put_into_drafts_without_the_flag_is_a_draft(maren: int) -> None:
    raw = b"From: maren@example.test\r\nTo: ann@example.net\r\nSubject: Theirs\r\n\r\nBegun there\r\n"
    theirs = await ingest.store(raw, maren, "drafts")

    assert (await drafts.find(maren, theirs.ref)).text.strip() == "Begun there"
    saved = await drafts.save(maren, content(subject="Ours now"), replaces=theirs.ref)

    assert await total(maren, "drafts") == 1
    again = await ingest.store(raw, maren, "drafts")
    await scheduled.schedule(maren, again.ref, clock.now() + 3600)
    back = await scheduled.cancel(maren, again.ref)
    await submit.submit(maren, back.ref)
    await submit.submit(maren, saved.ref)
    assert await total(maren, "drafts") == 0


async def test_an_ordinary_message_cannot_be_replaced_as_a_draft(maren: int) -> None:
    filed = await ingest.store(b"Subject: keep\r\n\r\nme\r\n", maren, "inbox")

    with pytest.raises(Conflict):
        await drafts.save(maren, content(), replaces=filed.ref)

    assert await total(maren, "inbox") == 1
    assert await total(maren, "drafts") == 0


async def test_attachments_come_from_uploads_and_stay_when_the_draft_is_saved_again(maren: int) -> None:
    upload = await uploads.store(maren, "plan.pdf", "application/pdf", b"%PDF-1.7 plan")
    first = await drafts.save(maren, content(files=(FileRef(str(upload.id)),)))
    kept = first.stored.files[0]

    second = await drafts.save(maren, content(files=(FileRef(kept.id),)), replaces=first.ref)

    file = second.stored.files[0]
    assert (file.name, file.content_type, file.size_bytes) == ("plan.pdf", "application/pdf", 13)


async def test_another_accounts_upload_cannot_be_attached(maren: int) -> None:
    upload = await uploads.store(maren + 1, "secret.txt", "text/plain", b"secret")

    with pytest.raises(NotFound):
        await drafts.save(maren, content(files=(FileRef(str(upload.id)),)))

    assert await total(maren, "drafts") == 0


@pytest.mark.parametrize("field", ["subject", "name"])
async def test_line_breaks_in_a_header_are_refused(maren: int, field: str) -> None:
    evil = "Hello\r\nBcc: everyone@north.example"
    changed = content(subject=evil) if field == "subject" else content(to=(Mailbox(evil, "a", "b.example"),))

    with pytest.raises((InvalidSyntax, ValueError)):
        await drafts.save(maren, changed)

    assert await total(maren, "drafts") == 0


async def test_submitting_files_to_sent_spools_without_bcc_and_ends_the_draft(maren: int) -> None:
    saved = await drafts.save(maren, content(bcc=(HIDDEN,)))

    submission = await submit.submit(maren, saved.ref, hold_s=10)

    assert (await total(maren, "drafts"), await total(maren, "sent")) == (0, 1)
    [(spool_id, sender, blob_id)] = await db.fetch_rows("SELECT id, sender, blob_id FROM spool_message")
    recipients = await db.fetch_rows(
        "SELECT localpart, next_attempt_at FROM spool_recipient WHERE message_id = ? ORDER BY localpart",
        spool_id,
    )
    assert sender == "maren@example.test"
    assert [row[0] for row in recipients] == ["amara", "hidden"]
    assert {row[1] for row in recipients} == {submission.release_at + submit.GRACE_S}
    raw = await blobs.read(blob_id)
    assert b"hidden@" not in raw
    assert b"X-Postroom" not in raw


async def test_cancelling_brings_the_draft_back_with_bcc_and_sends_nothing(maren: int) -> None:
    saved = await drafts.save(maren, content(bcc=(HIDDEN,)))
    submission = await submit.submit(maren, saved.ref, hold_s=10)

    back = await undo.cancel(maren, submission.id)

    assert back.stored.content.bcc == (HIDDEN,)
    assert (await total(maren, "drafts"), await total(maren, "sent")) == (1, 0)
    assert await db.fetch_value("SELECT COUNT(*) FROM spool_recipient WHERE state < 2") == 0
    with pytest.raises(Conflict):
        await undo.cancel(maren, submission.id)


async def test_a_message_on_its_way_cannot_be_cancelled(maren: int) -> None:
    saved = await drafts.save(maren, content())
    submission = await submit.submit(maren, saved.ref, hold_s=0)
    await db.write(lambda tx: tx.execute("UPDATE spool_recipient SET lease_node = 'worker'"))

    with pytest.raises(Conflict):
        await undo.cancel(maren, submission.id)

    assert (await total(maren, "drafts"), await total(maren, "sent")) == (0, 1)


async def test_another_accounts_submission_is_not_found(maren: int) -> None:
    saved = await drafts.save(maren, content())
    submission = await submit.submit(maren, saved.ref, hold_s=10)

    with pytest.raises(NotFound):
        await undo.cancel(maren + 1, submission.id)


async def test_sending_as_somebody_else_is_refused_and_the_draft_stands(maren: int) -> None:
    saved = await drafts.save(maren, content(sender=Mailbox("", "boss", "example.test")))

    with pytest.raises(PermissionDenied):
        await submit.submit(maren, saved.ref)

    assert (await total(maren, "drafts"), await total(maren, "sent")) == (1, 0)
    assert await db.fetch_value("SELECT COUNT(*) FROM spool_message") == 0


async def test_what_a_list_refuses_is_refused_before_it_is_sent(maren: int) -> None:
    domain_id = await db.fetch_value("SELECT id FROM domain")
    await lists.add(SYSTEM, domain_id, "team", lists.Options(posting=Posting.MODERATORS))
    saved = await drafts.save(maren, content(to=(Mailbox("", "team", "example.test"),)))

    with pytest.raises(PermissionDenied, match=r"team@example\.test: Only moderators may post") as refusal:
        await submit.submit(maren, saved.ref)

    assert refusal.value.field == "to"
    assert (await total(maren, "drafts"), await total(maren, "sent")) == (1, 0)


@pytest.mark.parametrize("to", [(), (Mailbox("", "half", ""),)])
async def test_a_draft_without_a_usable_recipient_is_refused(maren: int, to: tuple[Mailbox, ...]) -> None:
    saved = await drafts.save(maren, content(to=to))

    with pytest.raises(InvalidSyntax):
        await submit.submit(maren, saved.ref)

    assert await total(maren, "drafts") == 1


async def test_an_answer_marks_what_it_answers_and_names_it(maren: int) -> None:
    original = await ingest.store(
        b"From: amara@north.example\r\nMessage-ID: <one@north.example>\r\n"
        b"References: <zero@north.example>\r\n\r\nhi",
        maren,
        "inbox",
    )
    saved = await drafts.save(maren, content(in_reply_to=original.ref))

    await submit.submit(maren, saved.ref)

    assert (await reader.stored(maren, original.ref)).flags & ANSWERED
    raw = await blobs.read(await db.fetch_value("SELECT blob_id FROM spool_message"))
    assert b"In-Reply-To: <one@north.example>" in raw
    assert b"References: <zero@north.example> <one@north.example>" in raw


async def test_messages_per_hour_are_limited(maren: int) -> None:
    await db.write(
        lambda tx: tx.execute(
            "INSERT INTO setting (id, level, target_id, key, value, set_at)"
            " VALUES (1, 'user', ?, 'submission.messages_per_hour', '1', 0)",
            maren,
        )
    )
    await submit.submit(maren, (await drafts.save(maren, content())).ref)
    second = await drafts.save(maren, content())

    with pytest.raises(RateLimited):
        await submit.submit(maren, second.ref)

    assert await total(maren, "drafts") == 1


async def test_a_full_mailbox_refuses_the_draft(maren: int) -> None:
    await db.write(
        lambda tx: tx.execute(
            "INSERT INTO setting (id, level, target_id, key, value, set_at)"
            " VALUES (1, 'user', ?, 'mailbox.quota_bytes', '10', 0)",
            maren,
        )
    )

    with pytest.raises(OverQuota):
        await drafts.save(maren, content())

    assert await total(maren, "drafts") == 0


async def test_settling_gives_back_what_left(maren: int) -> None:
    saved = await drafts.save(maren, content())
    await submit.submit(maren, saved.ref, hold_s=0)
    start = clock.now()
    clock.set_source(lambda: start + 120)
    try:
        assert await undo.settle() == 1
        assert await undo.settle() == 0
    finally:
        clock.set_source(None)

    assert await db.fetch_value("SELECT state FROM submission") == "sent"
    assert await db.fetch_value("SELECT draft_blob_id FROM submission") is None


async def test_where_nothing_is_sent_is_refused_with_the_reason(maren: int) -> None:
    await suppression_admin.add(SYSTEM, "amara@north.example")
    draft = await drafts.save(maren, content())

    with pytest.raises(InvalidSyntax) as caught:
        await submit.submit(maren, draft.ref)

    assert caught.value.field == "to"
    assert caught.value.public == ("Nothing is sent to amara@north.example: an administrator has blocked it.")
    assert await total(maren, "drafts") == 1


async def test_after_too_many_bounces_a_message_waits(maren: int) -> None:
    for _ in range(101):
        await bounce_limits.count(maren, 7, 1)
    draft = await drafts.save(maren, content())

    sent = await submit.submit(maren, draft.ref, hold_s=0)

    assert 0 < sent.release_at - clock.now() <= 36


async def test_the_domains_footer_is_in_what_goes_and_in_sent(maren: int) -> None:
    await settings.set_value(SYSTEM, "footer.text", Level.DOMAIN, 7, "{{name}} <{{address}}>")
    saved = await drafts.save(maren, content(bcc=(HIDDEN,)))

    held = await submit.submit(maren, saved.ref, hold_s=60)

    spooled = await blobs.read(await db.fetch_value("SELECT blob_id FROM spool_message"))
    sent_ref = await db.fetch_value("SELECT sent_ref FROM submission")
    for raw in (spooled, await reader.read_message(maren, sent_ref)):
        assert b"Maren Holt <maren@example.test>\r\n" in raw
        assert b"Maren Holt &lt;maren@example.test&gt;" in raw
    assert b"Bcc" not in spooled
    back = await undo.cancel(maren, held.id)
    assert "&lt;maren@example.test" not in back.stored.html
