"""Each thing that can be wrong in an account: broken, found, mended where it can be."""

from __future__ import annotations

import pytest

from backend.kit import blobs, db
from backend.kit.errors import NotFound
from backend.kit.runtime import Runtime
from backend.mailstore import copy_move, expunge, flags, fulltext, ingest, mailboxes, reader_flags, web_search
from backend.operations.account_check.finding import Finding
from backend.operations.account_check.run import Checked, check
from tests.backend.mailstore.conftest import make_account
from tests.backend.mailstore.consistency import assert_consistent
from tests.backend.mailstore.messages import message

BOX = "(SELECT id FROM mailbox WHERE name = 'INBOX')"
READER = 4711
ROW = f"id = {BOX} * 4294967296 + 2"
EMAIL = f"(SELECT email_id FROM message WHERE {ROW})"
BLOB = f"(SELECT blob_id FROM email WHERE id = {EMAIL})"

# What breaks it, and the finding. The first two need a log, the last one leaves an INBOX without messages.
BREAKS = {
    "UPDATE mailbox_reader SET seen_count = 5": "for user 4711: seen 5 instead of 1",
    "DELETE FROM flag_log": "modseq INBOX UID 1: its change at ",
    f"UPDATE mailbox SET exists_count = 9 WHERE id = {BOX}": "counters INBOX: messages 9 instead of 3",
    f"UPDATE mailbox SET unseen_count = 0 WHERE id = {BOX}": "counters INBOX: unseen 0 instead of 2",
    f"UPDATE mailbox SET deleted_count = 1 WHERE id = {BOX}": "counters INBOX: deleted 1 instead of 0",
    f"UPDATE mailbox SET size_bytes = 1 WHERE id = {BOX}": "counters INBOX: bytes 1 instead of",
    "UPDATE account SET used_bytes = 5": "counters the account: 5 bytes in 4 messages",
    "UPDATE account SET message_count = 7": " in 7 messages instead of",
    f"UPDATE mailbox SET uidnext = 3 WHERE id = {BOX}": "uid INBOX UID 3: lies at or above UIDNEXT 3",
    f"UPDATE mailbox SET uidnext = 4 WHERE id = {BOX}": "uid INBOX: UIDNEXT is 4, but UID 4 was given",
    f"UPDATE mailbox SET modseq = 2 WHERE id = {BOX}": "is above that of its mailbox, 2",
    "UPDATE account SET modseq = 1": "modseq INBOX: the account's modseq 1 is below",
    f"UPDATE message SET arrived_modseq = 1, modseq = 1 WHERE {ROW}": "its arrival 1 is not between",
    f"UPDATE message SET modseq = 99999 WHERE {ROW}": "its modseq 99999 is above",
    f"UPDATE message SET mailbox_id = 77 WHERE {ROW}": "place INBOX UID 2: says that it is in mailbox 77",
    f"UPDATE message SET account_id = 78 WHERE {ROW}": "place INBOX UID 2: belongs to account 78",
    f"UPDATE email SET account_id = 79 WHERE id = {EMAIL}": "its email belongs to account 79",
    "INSERT INTO expunged (id, mailbox_id, ref, modseq, expunged_at)"
    f" SELECT id, mailbox_id, ref, modseq, 0 FROM message WHERE {ROW}": "counts as expunged as well",
    f"UPDATE message SET size_bytes = 3 WHERE {ROW}": "size INBOX UID 2: has ",
    f"UPDATE blob SET refs = 0 WHERE id = {BLOB}": "content INBOX UID 2: its body counts as unused",
    f"UPDATE email SET subject = 'x' WHERE id = {EMAIL}": "row INBOX UID 2: its body gives other subject",
    f"UPDATE email SET envelope = body WHERE id = {EMAIL}": "row INBOX UID 2: its body gives other envelope",
    f"DELETE FROM email_fields WHERE id = {EMAIL}": "gives other searched subject, searched from_text",
    f"UPDATE email_text SET body = '' WHERE id = {EMAIL}": "its body gives other searched body",
    "DELETE FROM thread_key": "thread INBOX UID 2: 1 of its names lead to no thread",
    "UPDATE mailbox_sequence SET mailbox_id = 1": "may be given again: the last one counts as 1",
    "UPDATE mailbox_sequence SET uidvalidity = 1": "mailbox INBOX: its UIDVALIDITY ",
    f"UPDATE mailbox SET name = 'Elsewhere' WHERE id = {BOX}": "mailbox INBOX: there is none",
}


async def filled(runtime: Runtime) -> int:
    """An account with three messages in INBOX, one of them a copy in Archive, and a tombstone."""
    account = await make_account(runtime)
    inbox, archive = [(await mailboxes.by_use(account, use)).id for use in ("inbox", "archive")]
    for number in range(1, 5):
        raw = message(f"letter {number}", message_id=f"{number}@example.test", body=f"word{number} here")
        await ingest.store(raw, account, inbox)
    await flags.store(inbox, account, [1], add=flags.SEEN)
    await flags.store(inbox, account, [4], add=flags.DELETED)
    await expunge.expunge(inbox, account)
    await copy_move.copy(account, inbox, [2], archive)
    await reader_flags.store(READER, account, inbox, [2], flags.change_of(add=flags.SEEN))
    while await fulltext.index_pending():
        pass
    return account


async def findings(account: int, *, repairing: bool = False) -> tuple[list[Finding], Checked]:
    checked = Checked()
    return [one async for one in check(account, checked, repairing=repairing)], checked


def line(finding: Finding) -> str:
    return f"{finding.kind} {finding.where}: {finding.text}"


async def execute(sql: str) -> None:
    async def verb(tx: db.Tx) -> None:
        assert await tx.execute(sql) > 0

    await db.write(verb)


async def test_a_whole_account_has_no_findings(any_rt: Runtime) -> None:
    account = await filled(any_rt)

    found, checked = await findings(account)

    assert found == []
    assert (checked.messages, checked.mailboxes) == (4, 6)
    with pytest.raises(NotFound):
        await findings(account + 1)


async def test_each_fault_is_found_and_mended(any_rt: Runtime) -> None:
    account = await filled(any_rt)
    for sql, told in BREAKS.items():
        await execute(sql)

        found, _ = await findings(account)
        mended, checked = await findings(account, repairing=True)

        assert any(told in line(one) for one in found), (sql, [line(one) for one in found])
        assert {one.outcome for one in found} == {"can be repaired"}
        assert {one.outcome for one in mended} == {"repaired"}
        assert checked.findings == checked.repaired
        assert (await findings(account))[0] == []
        await assert_consistent()


async def test_what_clients_were_told_wrongly_makes_them_start_over(any_rt: Runtime) -> None:
    account = await filled(any_rt)
    before = await mailboxes.by_use(account, "inbox")
    await execute(f"UPDATE message SET size_bytes = 3 WHERE {ROW}")

    await findings(account, repairing=True)

    after = await mailboxes.by_use(account, "inbox")
    assert after.modseq == after.expunged_before > before.modseq


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        (f"DELETE FROM email WHERE id = {EMAIL}", "is not there"),
        (f"DELETE FROM blob WHERE id = {BLOB}", "is not there"),
        (f"DELETE FROM blob_data WHERE id = {BLOB}", "are gone"),
        (f"UPDATE blob SET size_bytes = size_bytes + 1 WHERE id = {BLOB}", "bytes, "),
    ],
)
async def test_a_lost_body_is_told_and_stays(any_rt: Runtime, sql: str, told: str) -> None:
    account = await filled(any_rt)
    await execute(sql)

    found, checked = await findings(account, repairing=True)

    lost = [one for one in found if one.kind == "content"]
    assert {one.where for one in lost} == {"INBOX UID 2", "Archive UID 1"}  # the copy shares it
    assert all(told in one.text and one.outcome == "cannot be repaired" for one in lost)
    assert checked.repaired == checked.findings - len(lost)
    assert (await mailboxes.by_use(account, "inbox")).exists == 3


async def test_a_large_body_that_is_gone_from_the_store(any_rt: Runtime) -> None:
    account = await make_account(any_rt)
    done = await ingest.store(message(body="x" * (blobs.SMALL_BYTES + 1)), account, "inbox")
    assert (await findings(account))[0] == []
    blob_id = await db.fetch_value("SELECT blob_id FROM email WHERE id = ?", done.email_id)
    await blobs.store().delete([blobs.blob_key(blob_id)])

    [finding] = (await findings(account))[0]

    assert line(finding) == f"content INBOX UID 1: the bytes of its body {blob_id} are gone"


async def test_a_thread_key_that_leads_elsewhere_is_told(any_rt: Runtime) -> None:
    account = await filled(any_rt)
    await execute("UPDATE thread_key SET thread_id = 5")

    found, _ = await findings(account)

    assert {one.text for one in found} == {"its Message-ID leads to another thread than its own"}
    assert {one.outcome for one in found} == {"cannot be repaired"}


async def test_what_is_missing_in_the_full_text_index_is_indexed_anew(any_rt: Runtime) -> None:
    account = await filled(any_rt)
    email_id = await db.fetch_value(f"SELECT email_id FROM message WHERE {ROW}")
    await fulltext.engine().update([], [email_id])
    assert (await web_search.search(account, "word2")).refs == []

    found, _ = await findings(account, repairing=True)
    while await fulltext.index_pending():
        pass

    # The copy is of the same email, which waits for the index by then.
    assert [line(one) for one in found] == ["index INBOX UID 2: is not in the full-text index"]
    assert len((await web_search.search(account, "word2")).refs) == 2


async def test_pages_are_read_until_the_end(any_rt: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    account = await filled(any_rt)
    monkeypatch.setattr("backend.operations.account_check.messages.PAGE", 2)

    assert (await findings(account))[1].messages == 4


async def test_a_message_that_goes_while_it_is_checked_is_no_finding(
    any_rt: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = await filled(any_rt)
    inbox = await mailboxes.by_use(account, "inbox")

    async def slow(email_ids: list[int]) -> list[int]:
        await flags.store(inbox.id, account, [2], add=flags.DELETED)
        await expunge.expunge(inbox.id, account)
        return email_ids[:]

    monkeypatch.setattr(fulltext, "missing", slow)
    found, _ = await findings(account)

    assert "INBOX UID 2" not in {one.where for one in found}
    assert {one.where for one in found if one.kind == "index"} == {
        "INBOX UID 1",
        "INBOX UID 3",
        "Archive UID 1",
    }
