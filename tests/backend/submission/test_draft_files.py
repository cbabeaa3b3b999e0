"""Files of drafts: carried along from messages, and from drafts that other programs wrote."""

from __future__ import annotations

from typing import Any

import pytest

from backend.formats.mime import scan
from backend.kit import blobs, db
from backend.kit.errors import NotFound
from backend.mailstore import ingest, reader
from backend.mailstore.flag_bits import DRAFT, FORWARDED, SEEN
from backend.submission import drafts, submit
from backend.submission.draft_content import FileRef
from tests.backend.submission.test_drafts import content

PNG = b"Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"


def letter(*parts: bytes, kind: bytes = b"mixed") -> bytes:
    body = b"".join(b"--b\r\n" + part + b"\r\n" for part in parts)
    head = b"From: maren@example.test\r\nSubject: Photos\r\nMIME-Version: 1.0\r\n"
    return head + b"Content-Type: multipart/" + kind + b"; boundary=b\r\n\r\n" + body + b"--b--\r\n"


def photo(cid: bytes, disposition: bytes = b"inline") -> bytes:
    return (
        b"Content-Type: image/png; name=" + cid + b".png\r\nContent-Disposition: " + disposition + b"; "
        b"filename=" + cid + b".png\r\nContent-ID: <" + cid + b"@apple>\r\n" + PNG
    )


TEXT = b"Content-Type: text/plain\r\n\r\nLook:\r\n"
HTML = b'Content-Type: text/html\r\n\r\n<p>Look: <img src="cid:sea%40apple"></p>\r\n'


async def test_photos_of_another_programs_draft_that_no_text_names_are_files(maren: int) -> None:
    theirs = await ingest.store(letter(TEXT, photo(b"sea")), maren, "drafts", flags=DRAFT | SEEN)

    stored = await drafts.find(maren, theirs.ref)

    assert [(file.name, file.content_id) for file in stored.files] == [("sea.png", "")]


async def test_pictures_that_the_text_names_are_of_the_text_wherever_they_stand(maren: int) -> None:
    html = HTML.replace(b"sea%40apple", b"sea%2Bhill@apple")
    theirs = letter(html, photo(b"sea+hill", b"attachment"), photo(b"moor", b"attachment"))
    ref = (await ingest.store(theirs, maren, "drafts", flags=DRAFT | SEEN)).ref

    stored = await drafts.find(maren, ref)

    assert [(file.name, file.content_id) for file in stored.files] == [
        ("sea+hill.png", "sea+hill@apple"),
        ("moor.png", ""),
    ]


async def test_a_text_that_is_forwarded_keeps_its_charset(maren: int) -> None:
    attached = (
        b"Content-Type: text/csv; charset=iso-8859-1; name=a.csv\r\nContent-Disposition: attachment\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\nR3L832U=\r\n"
    )
    original = await ingest.store(letter(TEXT, attached), maren, "inbox")

    saved = await drafts.save(maren, content(files=(FileRef(f"{original.ref}:2"),)))

    raw = await reader.read_message(maren, saved.ref)
    [part] = [part for part in scan(raw).walk() if part.subtype == "csv"]
    assert (part.charset, raw[part.body_start : part.end].strip()) == ("iso-8859-1", b"R3L832U=")


async def test_many_files_of_one_message_cost_one_reading_of_it(
    maren: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [b"photo%d" % number for number in range(20)]
    original = await ingest.store(letter(TEXT, *(photo(name) for name in names)), maren, "inbox")
    read: list[int] = []
    reading = reader.read_message

    async def counted(account_id: int, ref: int) -> Any:
        read.append(ref)
        return await reading(account_id, ref)

    monkeypatch.setattr(reader, "read_message", counted)
    files = tuple(FileRef(f"{original.ref}:{number}") for number in range(2, 22))

    saved = await drafts.save(maren, content(files=files))

    assert [file.name for file in saved.stored.files] == [f"photo{number}.png" for number in range(20)]
    assert read == [original.ref]


async def test_whole_messages_are_attached_without_their_bcc_and_all_are_marked(maren: int) -> None:
    first = await ingest.store(
        b"From: maren@example.test\r\nBcc: hidden@north.example\r\n"
        b"Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe=3A_1/2?=\r\n\r\nHello\r\n",
        maren,
        "sent",
    )
    second = await ingest.store(letter(TEXT, photo(b"sea")), maren, "inbox")
    other = await ingest.store(b"Subject: Third\r\n\r\nme\r\n", maren, "inbox")
    files = tuple(FileRef(f"{one.ref}:message") for one in (first, second))

    begun = await drafts.save(maren, content(files=files, forward_of=first.ref))
    kept = tuple(FileRef(file.id) for file in begun.stored.files)
    third = FileRef(f"{other.ref}:message")
    saved = await drafts.save(maren, content(files=(*kept, third), forward_of=first.ref), replaces=begun.ref)
    await submit.submit(maren, saved.ref)

    assert [(file.name, file.content_type) for file in saved.stored.files] == [
        ("Grüße_ 1_2.eml", "message/rfc822"),
        ("Photos.eml", "message/rfc822"),
        ("Third.eml", "message/rfc822"),
    ]
    raw = await blobs.read(await db.fetch_value("SELECT blob_id FROM spool_message"))
    assert b"hidden@" not in raw
    assert b"Content-ID: <sea@apple>" in raw
    for one in (first, second, other):
        assert (await reader.stored(maren, one.ref)).flags & FORWARDED


async def test_a_message_of_another_account_is_not_attached(maren: int) -> None:
    filed = await ingest.store(b"Subject: keep\r\n\r\nme\r\n", maren, "inbox")

    with pytest.raises(NotFound):
        await drafts.save(maren + 1, content(files=(FileRef(f"{filed.ref}:message"),)))
