from __future__ import annotations

from backend.kit import db, power_loss
from backend.kit.runtime import Runtime
from backend.mailstore import ingest, mailboxes
from schema.after_power_loss import STEP

RAW = b"Subject: hello\r\n\r\nbody\r\n"


async def test_uids_and_modseqs_step_over_what_a_power_cut_may_have_lost(rt: Runtime) -> None:
    await power_loss.step_over(rt.settings.run_dir, "first boot")
    await db.write(lambda tx: mailboxes.create_standard(tx, 1))
    before = await ingest.store(RAW, 1, "inbox")

    assert await power_loss.step_over(rt.settings.run_dir, "second boot")

    after = await ingest.store(RAW, 1, "inbox")
    assert after.uid == before.uid + 1 + STEP
    assert after.modseq == before.modseq + 1 + STEP


async def test_a_start_on_the_same_boot_changes_nothing(rt: Runtime) -> None:
    await power_loss.step_over(rt.settings.run_dir, "first boot")
    await db.write(lambda tx: mailboxes.create_standard(tx, 1))
    before = await ingest.store(RAW, 1, "inbox")

    assert not await power_loss.step_over(rt.settings.run_dir, "first boot")

    assert (await ingest.store(RAW, 1, "inbox")).uid == before.uid + 1
