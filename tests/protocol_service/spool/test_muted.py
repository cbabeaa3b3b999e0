"""Muted conversations at delivery: they skip the inbox, alone or in a batch, until they are unmuted."""

from __future__ import annotations

from backend.kit import blobs, db
from backend.kit.db import Tx
from backend.mailstore import mute
from backend.spool.enqueue import place
from backend.spool.types import Claim, Envelope, SpoolRcpt
from protocol_service.spool import batch
from protocol_service.spool.batch import Work
from tests.protocol_service.spool.conftest import World


def answer(number: int) -> bytes:
    return (
        f"From: x@remote.test\r\nSubject: Re: Noise\r\nMessage-ID: <{number}@remote.test>\r\n"
        "References: <root@remote.test>\r\n\r\nagain\r\n"
    ).encode()


ROOT = b"From: x@remote.test\r\nSubject: Noise\r\nMessage-ID: <root@remote.test>\r\n\r\nhello\r\n"


async def places(of: int) -> dict[str, tuple[int, int]]:
    rows = await db.fetch_rows(
        "SELECT name, exists_count, unseen_count FROM mailbox WHERE account_id = ?", of
    )
    return {name: (exists, unseen) for name, exists, unseen in rows if exists}


async def test_new_mail_of_a_muted_conversation_is_archived_and_read(world: World) -> None:
    await world.settled(await world.send("alice@example.test", raw=ROOT))
    [(ref, account_id)] = await db.fetch_rows("SELECT ref, account_id FROM message")
    await mute.set_muted(account_id, [ref], muted=True)
    assert await places(account_id) == {"Archive": (1, 1)}

    await world.settled(await world.send("alice@example.test", raw=answer(1)))
    other = b"Subject: Re: Another\r\nReferences: <z@z>\r\n\r\nx\r\n"
    await world.settled(await world.send("alice@example.test", raw=other))

    assert await places(account_id) == {"Archive": (2, 1), "INBOX": (1, 1)}

    await mute.set_muted(account_id, [ref], muted=False)
    await world.settled(await world.send("alice@example.test", raw=answer(2)))
    assert await places(account_id) == {"Archive": (2, 1), "INBOX": (2, 2)}


async def test_several_that_are_filed_together_are_looked_at_one_by_one(world: World) -> None:
    await world.settled(await world.send("alice@example.test", raw=ROOT))
    [(ref, account_id)] = await db.fetch_rows("SELECT ref, account_id FROM message")
    await mute.set_muted(account_id, [ref], muted=True)
    works = [await work(world, raw) for raw in (answer(1), b"Subject: plain\r\n\r\nx\r\n", answer(2))]
    assert len((await batch.sort(works))[0]) == 3

    await world.worker._delivery.run_all(works)

    assert await places(account_id) == {"Archive": (3, 1), "INBOX": (1, 1)}


async def work(world: World, raw: bytes) -> Work:
    new = await blobs.prepare(raw)

    async def verb(tx: Tx) -> Claim:
        envelope = Envelope(sender="a@remote.test", recipients=(SpoolRcpt("alice", "example.test"),))
        return await place(tx, envelope, new, lease_to=world.worker.name)

    return Work(await db.write(verb), raw)
