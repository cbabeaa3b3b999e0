"""Writing and sending from the web: what is kept, what leaves, what comes back."""

from __future__ import annotations

import asyncio
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest

from tests.flows.conftest import House
from tests.support.public_clients import Mailbox
from tests.support.web_client import Refused, Web

pytestmark = pytest.mark.asyncio(loop_scope="package")

SAVE = """mutation($input: DraftInput!) { saveDraft(input: $input) {
  id subject html to { name address } bcc { address } attachments { id name sizeBytes contentType } } }"""
SUBMIT = """mutation($id: ID!, $hold: Int) {
  submitDraft(id: $id, holdSeconds: $hold) { id state releaseAt subject toText } }"""
CANCEL = (
    "mutation($id: ID!) { cancelSubmission(id: $id) { id subject html attachments { id name sizeBytes } } }"
)
PICTURE = bytes(range(256)) * 1200  # in S3 or a file, and every byte value


def draft(subject: str, *to: str, **more: Any) -> dict[str, Any]:
    return {
        "to": [{"address": address} for address in to],
        "cc": [],
        "bcc": [],
        "subject": subject,
        "html": "<div>Dear Amara,</div><div><b>here</b> it is.</div>",
        "attachments": [],
    } | more


async def save(web: Web, **given: Any) -> dict[str, Any]:
    found: dict[str, Any] = (await web.ask(SAVE, input=given))["saveDraft"]
    return found


def parsed(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=policy.default)


async def read(house: House, localpart: str, mailbox: str, subject: str) -> bytes:
    def by_imap() -> bytes:
        with Mailbox(house.served.ports["imap"], house.address(localpart), mailbox) as box:
            return box.raw(box.wait(1, "SUBJECT", f'"{subject}"')[-1])

    return await asyncio.to_thread(by_imap)


async def test_a_draft_with_a_file_is_undone_changed_and_sent(house: House) -> None:
    web = await house.browser("sofia")
    before = await web.boxes()
    arrived = len(house.sink.messages)
    upload = await web.upload("site plan é.png", "image/png", PICTURE)
    assert upload["name"] == "site plan é.png"
    assert upload["size"] == len(PICTURE)

    saved = await save(
        web,
        **draft(
            "Plan to look at",
            "amara@north.example",
            bcc=[{"address": "hidden@north.example"}],
            attachments=[{"id": upload["id"]}],
        ),
    )
    assert [file["sizeBytes"] for file in saved["attachments"]] == [len(PICTURE)]
    assert b"Plan to look at" in await read(house, "sofia", "Drafts", "Plan to look at")

    held = (await web.ask(SUBMIT, id=saved["id"], hold=30))["submitDraft"]
    assert (held["state"], held["subject"]) == ("HELD", "Plan to look at")
    back = (await web.ask(CANCEL, id=held["id"]))["cancelSubmission"]
    assert [file["name"] for file in back["attachments"]] == ["site plan é.png"]
    now = await web.boxes()
    assert (now["SENT"]["total"], now["DRAFTS"]["total"]) == (
        before["SENT"]["total"],
        before["DRAFTS"]["total"] + 1,
    )

    again = await save(
        web,
        **draft(
            "Plan to look at, corrected",
            "amara@north.example",
            id=back["id"],
            bcc=[{"address": "hidden@north.example"}],
            attachments=[{"id": back["attachments"][0]["id"]}],
        ),
    )
    await web.ask(SUBMIT, id=again["id"], hold=0)
    await house.sink.wait_for(arrived + 1, timeout_s=30)

    assert len(house.sink.messages) == arrived + 1  # what was undone never left
    gone = house.sink.messages[-1]
    assert gone.sender == "sofia@example.test"
    assert sorted(gone.addresses) == ["amara@north.example", "hidden@north.example"]
    message = parsed(gone.data)
    assert message["Subject"] == "Plan to look at, corrected"
    assert message["Bcc"] is None
    assert not [name for name in message if name.lower().startswith("x-postroom")]
    assert "<b>here</b>" in message.get_body(("html",)).get_content()  # type: ignore[union-attr]  # it has one
    assert "here it is." in message.get_body(("plain",)).get_content()  # type: ignore[union-attr]  # it has one
    [file] = message.iter_attachments()
    assert (file.get_filename(), file.get_content_type()) == ("site plan é.png", "image/png")
    assert file.get_content() == PICTURE
    sent = parsed(await read(house, "sofia", "Sent", "Plan to look at, corrected"))
    assert sent["Bcc"] == "hidden@north.example"
    assert (await web.boxes())["DRAFTS"]["total"] == before["DRAFTS"]["total"]
    await web.close()


async def test_a_refusal_of_the_other_host_comes_back_as_a_report(house: House) -> None:
    web = await house.browser("oliver")
    house.sink.script("RCPT gone@north.example", "550 5.1.1 no such person here")
    saved = await save(web, **draft("Are you there", "gone@north.example"))

    await web.ask(SUBMIT, id=saved["id"], hold=0)

    def report() -> bytes:
        with Mailbox(house.served.ports["imap"], house.address("oliver")) as inbox:
            return inbox.raw(inbox.wait(1, "FROM", "mailer-daemon")[-1])

    message = parsed(await asyncio.to_thread(report))
    assert message.get_content_type() == "multipart/report"
    assert message["Auto-Submitted"] == "auto-replied"
    assert message["Return-Path"] == "<>"
    parts = [part.get_content_type() for part in message.iter_parts()]
    assert parts[:2] == ["text/plain", "message/delivery-status"]
    text = message.as_string()
    assert "Final-Recipient: rfc822; gone@north.example" in text
    assert "Status: 5.1.1" in text
    assert "no such person here" in text
    await web.close()


async def test_mail_to_people_here_and_elsewhere_takes_both_ways(house: House) -> None:
    web = await house.browser("sofia")
    arrived = len(house.sink.messages)
    saved = await save(web, **draft("Here and there", "oliver@example.test", "amara@north.example"))

    await web.ask(SUBMIT, id=saved["id"], hold=0)

    assert b"From: Sofia Rossi <sofia@example.test>" in await read(house, "oliver", "INBOX", "Here and there")
    await house.sink.wait_for(arrived + 1, timeout_s=30)
    assert house.sink.messages[-1].addresses == ["amara@north.example"]
    await web.close()


async def test_what_cannot_be_sent_stays_a_draft(house: House) -> None:
    web = await house.browser("sofia")
    saved = await save(web, **draft("To nobody"))
    before = await web.boxes()

    with pytest.raises(Refused) as nobody:
        await web.ask(SUBMIT, id=saved["id"], hold=0)
    with pytest.raises(Refused) as other:
        await save(web, **draft("As somebody else", "amara@north.example", **{"from": "maren@example.test"}))

    assert nobody.value.code == "INVALID"
    assert other.value.code == "PERMISSION_DENIED"
    assert await web.boxes() == before
    await web.close()
