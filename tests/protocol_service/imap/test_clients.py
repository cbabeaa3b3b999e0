"""Clients that others have written: imaplib and IMAPClient."""

from __future__ import annotations

import asyncio
import imaplib

from imapclient import IMAPClient

from tests.protocol_service.imap.conftest import PASSWORD, ImapHouse
from tests.protocol_service.imap.messages import NESTED, PLAIN


async def test_imaplib_walks_through(house: ImapHouse) -> None:
    host, port = house.role.addresses["imap"]

    def walk() -> None:
        with imaplib.IMAP4(host, port) as imap:
            imap.login("alice@example.test", PASSWORD)
            assert imap.append("INBOX", "(\\Seen)", imaplib.Time2Internaldate(0), PLAIN)[0] == "OK"
            assert imap.select("INBOX") == ("OK", [b"1"])
            kind, data = imap.fetch("1", "(RFC822 FLAGS)")
            assert kind == "OK"
            assert isinstance(data[0], tuple)
            assert data[0][1] == PLAIN
            assert imap.search(None, "SEEN") == ("OK", [b"1"])
            assert imap.store("1", "+FLAGS", "\\Deleted")[0] == "OK"
            assert imap.expunge() == ("OK", [b"1"])
            assert len(imap.list()[1]) == 6

    await asyncio.to_thread(walk)


async def test_imapclient_walks_through(house: ImapHouse) -> None:
    host, port = house.role.addresses["imap"]

    def walk() -> None:
        with IMAPClient(host, port, ssl=False, timeout=20) as imap:
            imap.login("alice@example.test", PASSWORD)
            imap.create_folder("Entwürfe/Neu")
            assert "Entwürfe/Neu" in [name for _, _, name in imap.list_folders()]
            imap.multiappend("INBOX", [PLAIN, NESTED])
            assert imap.select_folder("INBOX")[b"EXISTS"] == 2
            answer = imap.fetch(
                [1, 2], ["ENVELOPE", "BODYSTRUCTURE", "BODY.PEEK[2]", "INTERNALDATE", "FLAGS"]
            )
            assert answer[1][b"ENVELOPE"].subject == b"Hello there"
            assert answer[1][b"ENVELOPE"].date is not None
            assert answer[2][b"BODYSTRUCTURE"].is_multipart
            assert answer[1][b"BODY[2]"] is None
            assert imap.search(["SUBJECT", "grüße"], "UTF-8") == [2]
            imap.add_flags([1], [b"\\Flagged"])
            imap.move([1], "Entwürfe/Neu")
            assert imap.folder_status("Entwürfe/Neu", ["MESSAGES"])[b"MESSAGES"] == 1
            imap.idle()
            assert imap.idle_check(timeout=0.05) == []
            assert imap.idle_done()[0] == b"IDLE completed"
            assert imap.find_special_folder(b"\\Sent") == "Sent"

    await asyncio.to_thread(walk)
