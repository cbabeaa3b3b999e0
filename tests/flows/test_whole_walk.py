"""One message through the whole house, by public clients alone: in by SMTP, seen live, read by IMAP,
answered from the web, out by SMTP to another host.
"""

from __future__ import annotations

import asyncio
import imaplib
import smtplib
from collections.abc import AsyncIterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from tests.support.dns_stub import dns_stub
from tests.support.public_clients import any_certificate
from tests.support.served import Served
from tests.support.smtp_sink import Sink, smtp_sink
from tests.support.web_client import SET_UP, Web

ADMIN_PASSWORD = "a wide calm river"
PASSWORD = "nine quiet gardens"


@pytest.fixture
async def elsewhere() -> AsyncIterator[Sink]:
    """Another host that takes mail for north.example."""
    async with smtp_sink() as sink:
        yield sink


@pytest.fixture
async def served(tmp_path: Path, elsewhere: Sink) -> AsyncIterator[Served]:
    """A fresh installation that finds that host by DNS."""
    async with dns_stub() as dns:
        dns.add("north.example", "MX", "10 mx.north.example.")
        dns.add("mx.north.example", "A", "127.0.0.1")
        host, port = dns.address
        house = Served(
            tmp_path,
            POSTROOM_DNS_SERVERS=f"{host}:{port}",
            POSTROOM_REMOTE_SMTP_PORT=str(elsewhere.address[1]),
        )
        await house.start()
        yield house
        await house.close()


async def test_one_message_walks_through_the_whole_house(served: Served, elsewhere: Sink) -> None:
    web = Web(served.http)
    assert await web.ask("{ instance { isSetUp } viewer { id } }") == {
        "instance": {"isSetUp": False},
        "viewer": None,
    }
    made = await web.ask(
        SET_UP,
        input={
            "administratorName": "root",
            "administratorPassword": ADMIN_PASSWORD,
            "domain": "example.test",
            "userLocalpart": "maren",
            "userName": "Maren Holt",
            "userPassword": PASSWORD,
        },
    )
    assert made["setUp"]["viewer"] == {"address": "maren@example.test", "role": "DOMAIN_ADMINISTRATOR"}
    assert "MX" in {record["type"] for record in made["setUp"]["domain"]["dnsRecords"]}
    boxes = {
        box["specialUse"]: box
        for box in (await web.ask("{ mailboxes { id specialUse total unread } }"))["mailboxes"]
    }

    async with web.live_changes() as changes:
        await asyncio.to_thread(send_in, served)
        change = await asyncio.wait_for(anext(changes), 20)
        inbox = next(box for box in change["mailboxes"] if box["id"] == boxes["INBOX"]["id"])
        assert (inbox["total"], inbox["unread"]) == (1, 1)

    row = await newest(web, boxes["INBOX"]["id"])
    assert (row["subject"], row["from"]["address"]) == ("Quarterly figures", "amara@north.example")
    raw = await asyncio.to_thread(read_by_imap, served)
    assert message_from_bytes(raw, policy=policy.default)["Subject"] == "Quarterly figures"

    message = (await web.ask(OPEN, id=row["id"]))["message"]
    assert "have a look" in message["body"]["html"]
    await answer(web, message)
    await elsewhere.wait_for(1, timeout_s=30)
    [gone] = elsewhere.messages
    assert (gone.sender, gone.addresses) == ("maren@example.test", ["amara@north.example"])
    sent = message_from_bytes(gone.data, policy=policy.default)
    assert sent["In-Reply-To"] == "<figures@north.example>"
    assert "They look right" in sent.get_body(("plain",)).get_content()  # type: ignore[union-attr]  # it has one
    assert (await newest(web, boxes["SENT"]["id"]))["subject"] == "Re: Quarterly figures"
    assert (await newest(web, boxes["INBOX"]["id"]))["isAnswered"] is True

    assert await served.stop() == 0
    assert served.survivors() == []


def send_in(served: Served) -> None:
    """What another host does."""
    message = EmailMessage()
    message["From"] = "Amara Okafor <amara@north.example>"
    message["To"] = "maren@example.test"
    message["Subject"] = "Quarterly figures"
    message["Message-ID"] = "<figures@north.example>"
    message.set_content("Hello,\n\nhave a look at the numbers.\n")
    with smtplib.SMTP("127.0.0.1", served.ports["smtp"], timeout=20) as client:
        client.starttls(context=any_certificate())
        client.send_message(message)
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            client.sendmail("amara@north.example", ["nobody@example.test"], b"x")
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            client.sendmail("amara@north.example", ["someone@elsewhere.example"], b"x")


def read_by_imap(served: Served) -> bytes:
    """What a mail client does."""
    with imaplib.IMAP4("127.0.0.1", served.ports["imap"], timeout=20) as client:
        client.login("maren@example.test", PASSWORD)
        assert client.select("INBOX", readonly=True)[1] == [b"1"]
        _, fetched = client.fetch("1", "(FLAGS BODY.PEEK[])")
        assert isinstance(fetched[0], tuple)
        return fetched[0][1]


OPEN = "query($id: ID!) { message(id: $id) { id messageId body { html text } row { isSeen } } }"


async def newest(web: Web, mailbox_id: str) -> dict[str, Any]:
    """The first row of a mailbox."""
    return (await web.rows(mailbox_id, 1))[0]


async def answer(web: Web, message: dict[str, Any]) -> None:
    """Write and send an answer."""
    draft = await web.ask(
        "mutation($input: DraftInput!) { saveDraft(input: $input) { id } }",
        input={
            "to": [{"name": "Amara Okafor", "address": "amara@north.example"}],
            "cc": [],
            "bcc": [],
            "subject": "Re: Quarterly figures",
            "html": "<div>They look right to me.</div>",
            "attachments": [],
            "inReplyTo": message["id"],
        },
    )
    sent = await web.ask(
        "mutation($id: ID!) { submitDraft(id: $id, holdSeconds: 0) { state releaseAt } }",
        id=draft["saveDraft"]["id"],
    )
    assert sent["submitDraft"]["state"] in ("HELD", "SENT")
