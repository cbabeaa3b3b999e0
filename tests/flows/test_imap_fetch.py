"""Reading real mail with the clients that Python programs use: imaplib and IMAPClient."""

from __future__ import annotations

import asyncio
import email
from collections.abc import Callable
from datetime import date
from email import policy
from pathlib import Path
from typing import Any

import imapclient
import pytest

from tests.flows.conftest import PASSWORD, House
from tests.support.public_clients import Mailbox, any_certificate

pytestmark = pytest.mark.asyncio(loop_scope="package")

FIXTURES = Path(__file__).parent.parent / "fixtures" / "messages"


def crlf(raw: bytes) -> bytes:
    return raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\n", b"\r\n")


MAIL = {path.stem: crlf(path.read_bytes()) for path in sorted(FIXTURES.glob("*.eml"))}


async def use(house: House, work: Callable[[imapclient.IMAPClient], Any], *, tls: bool = False) -> Any:
    """Work with a signed-in IMAPClient in a thread."""

    def run() -> Any:
        port = house.served.ports["imaps" if tls else "imap"]
        with imapclient.IMAPClient(
            "127.0.0.1", port, ssl=tls, ssl_context=any_certificate() if tls else None, timeout=30
        ) as client:
            client.login(house.address("maren"), PASSWORD)
            return work(client)

    return await asyncio.to_thread(run)


@pytest.fixture(scope="module")
def shelf() -> str:
    return "Shelf"


async def fill(house: House, name: str) -> None:
    """A mailbox with every fixture in it, in the order of their names."""

    def work(client: imapclient.IMAPClient) -> None:
        if client.folder_exists(name):
            return
        client.create_folder(name)
        for raw in MAIL.values():
            client.append(name, raw)

    await use(house, work)


async def test_every_message_comes_back_byte_for_byte(house: House, shelf: str) -> None:
    await fill(house, shelf)

    def work(client: imapclient.IMAPClient) -> dict[int, Any]:
        assert client.select_folder(shelf, readonly=True)[b"EXISTS"] == len(MAIL)
        return dict(client.fetch(client.search(), ["BODY.PEEK[]", "RFC822.SIZE", "FLAGS"]))

    found = await use(house, work, tls=True)

    for uid, (name, raw) in zip(sorted(found), MAIL.items(), strict=True):
        assert found[uid][b"BODY[]"] == raw, name
        assert found[uid][b"RFC822.SIZE"] == len(raw), name
        assert b"\\Seen" not in found[uid][b"FLAGS"], name


async def test_envelopes_and_structures_say_what_the_messages_say(house: House, shelf: str) -> None:
    await fill(house, shelf)

    def work(client: imapclient.IMAPClient) -> dict[int, Any]:
        client.select_folder(shelf, readonly=True)
        return dict(client.fetch(client.search(), ["ENVELOPE", "BODYSTRUCTURE", "INTERNALDATE"]))

    found = await use(house, work)

    by_name = dict(zip(MAIL, (found[uid] for uid in sorted(found)), strict=True))
    for name in ("plain", "list", "alternative_related_mixed", "forwarded", "calendar_invitation"):
        message = email.message_from_bytes(MAIL[name], policy=policy.default)
        envelope = by_name[name][b"ENVELOPE"]
        assert (envelope.message_id or b"").decode() == (message["Message-ID"] or "").strip()
        assert envelope.date == message["Date"].datetime.astimezone().replace(tzinfo=None)
        people = [entry for entry in envelope.to or () if entry.host]  # the rest are marks of groups
        assert len(people) == len(message["To"].addresses)
        structure = by_name[name][b"BODYSTRUCTURE"]
        assert structure.is_multipart == message.is_multipart()
        if message.is_multipart():
            assert len(structure[0]) == len(list(message.iter_parts()))


async def test_single_parts_are_what_the_whole_holds(house: House, shelf: str) -> None:
    await fill(house, shelf)
    position = list(MAIL).index("alternative_related_mixed") + 1

    def work(client: imapclient.IMAPClient) -> dict[bytes, bytes]:
        client.select_folder(shelf, readonly=True)
        [uid] = client.search([str(position)])
        wanted = [
            "BODY.PEEK[1]",
            "BODY.PEEK[2.MIME]",
            "BODY.PEEK[HEADER.FIELDS (SUBJECT)]",
            "BODY.PEEK[TEXT]<0.20>",
        ]
        found: dict[bytes, bytes] = client.fetch(uid, wanted)[uid]
        return found

    found = await use(house, work)

    raw = MAIL["alternative_related_mixed"]
    header, _, body = raw.partition(b"\r\n\r\n")
    assert found[b"BODY[TEXT]<0>"] == body[:20]
    assert found[b"BODY[1]"] in raw
    assert found[b"BODY[2.MIME]"] in raw
    assert found[b"BODY[HEADER.FIELDS (SUBJECT)]"].lower().startswith(b"subject: ")
    assert header.lower().count(b"subject:") == 1


async def test_flags_moves_and_expunges_are_seen_by_the_other_client(house: House, shelf: str) -> None:
    await fill(house, shelf)

    def work(client: imapclient.IMAPClient) -> None:
        client.create_folder("Other shelf")
        client.select_folder(shelf)
        [first] = client.search(["1"])
        client.copy([first], "Other shelf")
        client.select_folder("Other shelf")
        with Mailbox(house.served.ports["imap"], house.address("maren"), '"Other shelf"') as other:
            [uid] = client.search()
            client.add_flags([uid], [imapclient.FLAGGED, "$Waiting"])
            other.client.noop()
            assert other.uids("FLAGGED", "KEYWORD", "$Waiting") == [uid]
            other.client.uid("STORE", str(uid), "+FLAGS.SILENT", "(\\Deleted)")
            other.client.expunge()
            assert client.noop()[1]
            assert client.search() == []
        client.unselect_folder() if client.has_capability("UNSELECT") else client.close_folder()
        client.delete_folder("Other shelf")

    await use(house, work)


async def test_search_finds_by_header_text_and_date(house: House, shelf: str) -> None:
    await fill(house, shelf)
    subject = email.message_from_bytes(MAIL["plain"], policy=policy.default)["Subject"]

    def work(client: imapclient.IMAPClient) -> tuple[list[int], list[int], list[int], int]:
        client.select_folder(shelf, readonly=True)
        [position] = client.search([str(list(MAIL).index("plain") + 1)])
        return (
            client.search(["SUBJECT", subject]),
            client.search(["TEXT", "no such words anywhere"]),
            client.search(["SINCE", date(2020, 1, 1)]),
            position,
        )

    by_subject, by_text, since, uid = await use(house, work)

    assert uid in by_subject
    assert by_text == []
    assert len(since) == len(MAIL)


async def test_idle_hears_of_new_mail(house: House) -> None:
    def work(client: imapclient.IMAPClient) -> list[Any]:
        client.select_folder("INBOX")
        before = client.folder_status("INBOX", ["MESSAGES"])[b"MESSAGES"]
        client.idle()
        with Mailbox(house.served.ports["imap"], house.address("maren")) as other:
            other.client.append("INBOX", "", "", MAIL["plain"])
        heard: list[Any] = []
        while (before + 1, b"EXISTS") not in heard:
            found = client.idle_check(timeout=20)
            assert found, "nothing was heard"
            heard += found
        client.idle_done()
        return heard

    assert await use(house, work)
