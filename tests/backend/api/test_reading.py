# ruff: noqa: E501  # what goes over the wire stays on one line
"""Reading over the schema: conversations, origin, attachments, looks, and nobody else's."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from backend.api.mail import views
from backend.directory.principal import Principal
from backend.kit import db
from backend.mailstore import ingest
from tests.backend.api.test_mail import codes, data, maren
from tests.backend.formats.test_icalendar import INVITE
from tests.backend.submission.test_reading import LETTER, ONE_CLICK, PREFIX, RESULTS, SIGNATURE

__all__ = ["maren"]

PREVIEW = """query($id: ID!, $part: String!) { attachmentPreview(messageId: $id, part: $part) {
  text isTruncated contacts { name emails { value kind } }
  message { subject from { address } html blockedImages attachmentCount attachments { part url preview } }
  invitation { method summary canAnswer answer starts { at isDay } attendees { address status } } } }"""


def mixed(*parts: bytes) -> bytes:
    body = b"".join(b"--b\r\n" + part + b"\r\n" for part in parts)
    return LETTER + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + body + b"--b--\r\n"


async def file(principal: Principal, raw: bytes, prefix: bytes = PREFIX + RESULTS) -> str:
    return str((await ingest.store(raw, principal.id, "inbox", prefix=prefix)).ref)


async def test_a_message_tells_its_origin_and_how_to_leave_its_list(maren: Principal) -> None:
    received = (
        b"Received: from mx.news.example ([192.0.2.1]) by mail.example.test with ESMTPS (TLSv1.3);"
        b" Sun, 22 Nov 2026 10:00:30 +0000\r\nReceived: from a by mx.news.example;"
        b" Sun, 22 Nov 2026 10:00:00 +0000\r\n"
    )
    ref = await file(maren, received + SIGNATURE + LETTER + ONE_CLICK + b"\r\nHi")
    document = """query($id: ID!) { message(id: $id) { unsubscribe { way target leftAt }
      senderLook { ownColours hideImages }
      origin { standing fromDomain isSignedByDomain isSentByDomain signers returnPath
        checks { method result domain } path { by tls isEncrypted delaySeconds } } } }"""

    found = (await data(document, maren, id=ref))["message"]

    assert found["unsubscribe"] == {"way": "POST", "target": "https://news.example/leave", "leftAt": None}
    assert found["senderLook"] == {"ownColours": False, "hideImages": False}
    assert found["origin"]["standing"] == "VERIFIED"
    assert found["origin"]["checks"][2] == {"method": "dmarc", "result": "pass", "domain": "news.example"}
    assert found["origin"]["path"] == [
        {"by": "mx.news.example", "tls": "", "isEncrypted": False, "delaySeconds": None},
        {"by": "mail.example.test", "tls": "TLSv1.3", "isEncrypted": True, "delaySeconds": 30},
    ]


async def test_files_are_looked_into(maren: Principal) -> None:
    inner = b"From: b@x.example\r\nSubject: Inside\r\n\r\nHello"
    card = b"BEGIN:VCARD\r\nFN:Amara\r\nEMAIL;TYPE=work:amara@north.example\r\nEND:VCARD\r\n"
    ref = await file(
        maren,
        mixed(
            b"\r\nHi",
            b"Content-Type: text/csv; charset=iso-8859-1; name=a.csv\r\nContent-Disposition: attachment\r\n\r\nf\xfcr,1",
            b"Content-Type: message/rfc822\r\n\r\n" + inner,
            b"Content-Type: text/calendar; name=i.ics\r\n\r\n" + INVITE.encode(),
            b"Content-Type: text/vcard; name=c.vcf\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.b64encode(card),
            b"Content-Type: application/zip; name=z.zip\r\n\r\nPK",
        ),
    )  # fmt: skip

    async def shown(part: str) -> dict[str, Any]:
        found = (await data(PREVIEW, maren, id=ref, part=part))["attachmentPreview"]
        return {name: value for name, value in found.items() if value}

    assert await shown("2") == {"text": "für,1"}
    message = (await shown("3"))["message"]
    assert (message["subject"], message["from"]) == ("Inside", [{"address": "b@x.example"}])
    assert "Hello" in message["html"]
    invitation = (await shown("4"))["invitation"]
    assert (invitation["summary"], invitation["canAnswer"]) == ("Budget, first pass", True)
    assert invitation["starts"] == {"at": "2026-12-01T13:30:00Z", "isDay": False}
    assert (await shown("5"))["contacts"] == [
        {"name": "Amara", "emails": [{"value": "amara@north.example", "kind": "work"}]}
    ]
    assert await codes(PREVIEW, maren, id=ref, part="6") == ["NOT_FOUND"]
    assert await codes(PREVIEW, maren, id=ref, part="9") == ["NOT_FOUND"]
    kinds = await data(
        "query($id: ID!) { message(id: $id) { attachmentCount attachments { name preview } } }", maren, id=ref
    )
    assert [one["preview"] for one in kinds["message"]["attachments"]] == [
        *("TEXT", "MESSAGE", "EVENT", "CONTACTS", None),
    ]


async def test_a_long_text_is_cut_and_said_so(maren: Principal) -> None:
    text = b"Content-Type: text/plain; name=l.txt\r\nContent-Disposition: attachment\r\n\r\n" + b"x" * 400_000
    ref = await file(maren, mixed(b"\r\nHi", text))

    found = (await data(PREVIEW, maren, id=ref, part="2"))["attachmentPreview"]

    assert (len(found["text"]), found["isTruncated"]) == (300_000, True)


async def test_many_attachments_come_in_pages(maren: Principal) -> None:
    files = [b"Content-Disposition: attachment; filename=%d.txt\r\n\r\nx" % n for n in range(120)]
    ref = await file(maren, mixed(b"\r\nHi", *files))
    page = """query($id: ID!, $offset: Int!, $limit: Int!) {
      attachments(messageId: $id, offset: $offset, limit: $limit) { name } }"""

    first = (await data("query($id: ID!) { message(id: $id) { attachmentCount attachments { name } } }",
                        maren, id=ref))["message"]  # fmt: skip
    rest = (await data(page, maren, id=ref, offset=100, limit=200))["attachments"]

    assert (first["attachmentCount"], len(first["attachments"])) == (120, 50)
    assert [one["name"] for one in rest] == [f"{n}.txt" for n in range(100, 120)]
    assert (await data(page, maren, id=ref, offset=-5, limit=-1))["attachments"] == []


async def test_conversations_are_split_and_joined_and_show_a_message_once(maren: Principal) -> None:
    first = await file(maren, LETTER + b"\r\nOne")
    reply = LETTER.replace(b"<1@", b"<2@").replace(b"Subject: ", b"Subject: Re: ")
    second = await file(maren, reply + b"In-Reply-To: <1@news.example>\r\n\r\nTwo")
    await ingest.store(reply + b"In-Reply-To: <1@news.example>\r\n\r\nTwo, back", maren.id, "sent")
    thread = "query($id: ID!) { message(id: $id) { thread { id } } }"

    assert (await data(thread, maren, id=first))["message"]["thread"] == [{"id": second}]
    await data("mutation($id: ID!) { splitConversation(messageId: $id) }", maren, id=second)
    assert (await data(thread, maren, id=first))["message"]["thread"] == []
    await data(
        "mutation($ids: [ID!]!) { joinConversations(messageIds: $ids) { threadId brought } }",
        maren,
        ids=[first, second],
    )
    assert (await data(thread, maren, id=first))["message"]["thread"] == [{"id": second}]


async def test_a_conversation_is_read_again_without_its_messages(maren: Principal) -> None:
    first = await file(maren, LETTER + b"\r\nOne")
    document = "query($id: ID!) { conversation(messageId: $id) { id } }"
    assert await data(document, maren, id=first) == {"conversation": [{"id": first}]}

    reply = LETTER.replace(b"<1@", b"<2@").replace(b"Subject: ", b"Subject: Re: ")
    second = await file(maren, reply + b"In-Reply-To: <1@news.example>\r\n\r\nTwo")

    for ref in (first, second):
        assert await data(document, maren, id=ref) == {"conversation": [{"id": first}, {"id": second}]}
    assert await data(document, maren, id="4711") == {"conversation": None}


async def test_of_a_very_long_conversation_the_newest_messages_are_shown(
    maren: Principal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "MAX_THREAD", 2)
    refs = [await file(maren, LETTER + b"\r\nOne")]
    for number in range(2, 6):
        reply = LETTER.replace(b"<1@", b"<%d@" % number).replace(b"Subject: ", b"Subject: Re: ")
        refs.append(await file(maren, reply + b"In-Reply-To: <1@news.example>\r\n\r\nMore"))

    found = await data("query($id: ID!) { message(id: $id) { thread { id } } }", maren, id=refs[0])

    assert [row["id"] for row in found["message"]["thread"]] == refs[-2:]


async def test_a_look_is_remembered_by_sender(maren: Principal) -> None:
    ref = await file(maren, LETTER + b"\r\nOne")
    choose = """mutation($own: Boolean!, $hide: Boolean!) {
      setSenderLook(address: "Hello@News.example", ownColours: $own, hideImages: $hide) }"""
    look = "query($id: ID!) { message(id: $id) { senderLook { ownColours hideImages } } }"

    await data(choose, maren, own=True, hide=True)
    assert (await data(look, maren, id=ref))["message"]["senderLook"] == {
        "ownColours": True,
        "hideImages": True,
    }

    await data(choose, maren, own=False, hide=False)
    assert (await data(look, maren, id=ref))["message"]["senderLook"] == {
        "ownColours": False,
        "hideImages": False,
    }
    assert await db.fetch_value("SELECT COUNT(*) FROM sender_look") == 0


@pytest.mark.parametrize(
    "document",
    [
        "mutation($id: ID!) { splitConversation(messageId: $id) }",
        'mutation($id: ID!) { joinConversations(messageIds: [$id, "77"]) { threadId } }',
        "mutation($id: ID!) { unsubscribe(messageId: $id) { way } }",
        'mutation($id: ID!) { answerInvitation(messageId: $id, part: "1", answer: ACCEPTED) { method } }',
        'query($id: ID!) { attachmentPreview(messageId: $id, part: "1") { text } }',
        "query($id: ID!) { attachments(messageId: $id) { name } }",
    ],
)
async def test_anothers_message_is_not_there(maren: Principal, document: str) -> None:
    ref = await file(maren, LETTER + b"\r\nOne")
    await db.write(
        lambda tx: tx.execute("UPDATE message SET account_id = ? WHERE ref = ?", maren.id + 1, int(ref))
    )

    assert await codes(document, maren, id=ref) == ["NOT_FOUND"]
