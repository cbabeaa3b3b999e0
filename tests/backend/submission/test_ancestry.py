"""An answer stays in its conversation, whatever becomes of the original or of the draft."""

from __future__ import annotations

from backend.formats import headers
from backend.kit import db
from backend.kit.db import Tx
from backend.mailstore import expunge, ingest, modseq, reader, refs
from backend.mailstore.flag_bits import DRAFT, SEEN
from backend.mailstore.selection import by_uids
from backend.submission import drafts
from tests.backend.submission.test_drafts import content

LONG = b" ".join(b"<%d.%s@north.example>" % (number, b"x" * 50) for number in range(300))


async def ids(account_id: int, ref: int, name: bytes) -> list[str]:
    return headers.message_ids(headers.first(await reader.read_header(account_id, ref), name) or b"")


async def remove_for_good(account_id: int, ref: int) -> None:
    async def verb(tx: Tx) -> None:
        taken = await modseq.take(tx, account_id)
        for mailbox_id, uids in refs.by_mailbox((await refs.locate(tx, account_id, [ref])).values()).items():
            await expunge.remove(tx, account_id, mailbox_id, by_uids(mailbox_id, uids), taken)

    await db.write(verb)


async def test_of_many_references_the_root_and_the_last_are_kept_on_short_lines(maren: int) -> None:
    original = await ingest.store(
        b"From: amara@north.example\r\nMessage-ID: <last@north.example>\r\nReferences: "
        + LONG
        + b"\r\n\r\nhi",
        maren,
        "inbox",
    )

    saved = await drafts.save(maren, content(in_reply_to=original.ref))

    found = await ids(maren, saved.ref, b"references")
    assert len(found) == 22
    assert (found[0][:2], found[1][:4], found[-2][:4], found[-1]) == (
        *("0.", "280.", "299."),
        "last@north.example",
    )
    head = await reader.read_header(maren, saved.ref)
    assert max(map(len, head.split(b"\r\n"))) < 200


async def test_an_answer_stays_one_when_its_original_is_removed(maren: int) -> None:
    original = await ingest.store(
        b"From: amara@north.example\r\nMessage-ID: <one@north.example>\r\n"
        b"References: <zero@north.example>\r\n\r\nhi",
        maren,
        "inbox",
    )
    first = await drafts.save(maren, content(in_reply_to=original.ref))
    await remove_for_good(maren, original.ref)

    second = await drafts.save(maren, content(in_reply_to=original.ref), replaces=first.ref)

    assert await ids(maren, second.ref, b"in-reply-to") == ["one@north.example"]
    assert await ids(maren, second.ref, b"references") == ["zero@north.example", "one@north.example"]


async def test_another_programs_answer_stays_one_when_it_is_continued(maren: int) -> None:
    theirs = await ingest.store(
        b"From: maren@example.test\r\nTo: amara@north.example\r\nIn-Reply-To: <one@north.example>\r\n"
        b"References: <zero@north.example> <one@north.example>\r\n"
        b"X-Mozilla-Draft-Info: internal/draft; vcard=0\r\nSubject: Re: Figures\r\n\r\nDear Amara,\r\n",
        maren,
        "drafts",
        flags=DRAFT | SEEN,
    )

    ours = await drafts.save(maren, content(), replaces=theirs.ref)

    assert await ids(maren, ours.ref, b"in-reply-to") == ["one@north.example"]
    assert await ids(maren, ours.ref, b"references") == ["zero@north.example", "one@north.example"]


async def test_an_original_with_a_message_id_that_cannot_be_written_can_be_answered(maren: int) -> None:
    original = await ingest.store(
        b"From: amara@north.example\r\nMessage-ID: <one\x01@north.example>\r\n"
        b"References: <" + b"y" * 2000 + b"@north.example> <zero@north.example>\r\n\r\nhi",
        maren,
        "inbox",
    )

    saved = await drafts.save(maren, content(in_reply_to=original.ref))

    assert b"one" not in await reader.read_header(maren, saved.ref)
