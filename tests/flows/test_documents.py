"""What is in an attached document is found, wherever the index runs; sorting and threads by a mail client."""

from __future__ import annotations

import asyncio
import imaplib

import pytest

from tests.flows.conftest import DOMAIN, House
from tests.support import documents
from tests.support.public_clients import Mailbox, send

pytestmark = pytest.mark.asyncio(loop_scope="package")

SENDER = "amara@north.example"


async def test_a_document_is_found_by_what_is_in_it(house: House) -> None:
    raw = documents.letter(
        "The papers",
        ("plan.docx", documents.TYPES["docx"], documents.docx("Plant the oleander in May")),
        ("bill.pdf", documents.TYPES["pdf"], documents.pdf("Total for bougainvillea")),
    )

    def work() -> list[int]:
        send(house.served.ports["smtp"], SENDER, [f"oliver@{DOMAIN}"], raw)
        with Mailbox(house.served.ports["imap"], house.address("oliver")) as inbox:
            [uid] = inbox.wait(1, "BODY", "oleander")
            assert inbox.uids("TEXT", "bougainvillea") == [uid]
            assert inbox.uids("BODY", "bougainvillea", "SUBJECT", "papers") == [uid]
            # One document after the other is kept together, so both words came at once.
            _, ordered = inbox.client.uid("SORT", "(REVERSE DATE SUBJECT)", "UTF-8", "BODY", "oleander")
            _, threads = inbox.client.uid("THREAD", "REFERENCES", "UTF-8", "BODY", "oleander")
            assert ordered == [b"%d" % uid]
            assert threads == [b"(%d)" % uid]
            return [uid]

    assert len(await asyncio.to_thread(work)) == 1


async def test_the_standard_library_sorts_and_threads(house: House) -> None:
    def work() -> None:
        client = imaplib.IMAP4("127.0.0.1", house.served.ports["imap"], timeout=30)
        client.login(house.address("oliver"), "nine quiet gardens")
        client.create("Sorted")
        for number, (subject, refers) in enumerate((("b", ""), ("a", ""), ("c", "1")), 1):
            raw = f"Subject: {subject}\r\nMessage-ID: <{number}@x>\r\n"
            raw += f"References: <{refers}@x>\r\n\r\n" if refers else "\r\n"
            client.append("Sorted", "", "", raw.encode())
        client.select("Sorted")
        assert client.sort("(SUBJECT)", "UTF-8", "ALL") == ("OK", [b"2 1 3"])
        assert client.thread("REFERENCES", "UTF-8", "ALL") == ("OK", [b"(1 3)(2)"])
        assert b"THREAD=REFERENCES" in client.capability()[1][0]
        client.logout()

    await asyncio.to_thread(work)
