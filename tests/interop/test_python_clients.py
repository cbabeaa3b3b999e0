"""Scripts by imaplib and IMAPClient over TLS."""

from __future__ import annotations

import imaplib
import smtplib

from tests.interop import mailboxes
from tests.interop.conftest import House
from tests.interop.mailboxes import message
from tests.support.public_clients import PASSWORD


def test_imaplib_moves_a_message_through_its_life(house: House) -> None:
    address = house.add_user("imaplib")
    with imaplib.IMAP4_SSL("localhost", house.ports["imaps"], ssl_context=house.tls, timeout=30) as client:
        client.login(address, PASSWORD)
        assert client.append("INBOX", "(\\Seen)", None, message(1))[0] == "OK"
        assert client.select("INBOX") == ("OK", [b"1"])
        assert client.uid("SEARCH", "SUBJECT", '"letter 1"') == ("OK", [b"1"])
        _, data = client.uid("FETCH", "1", "(BODYSTRUCTURE ENVELOPE BODY.PEEK[])")
        assert isinstance(data[0], tuple)
        assert data[0][1] == message(1)
        assert client.uid("COPY", "1", "Archive")[0] == "OK"
        assert client.uid("STORE", "1", "+FLAGS", "(\\Deleted)")[0] == "OK"
        assert client.expunge() == ("OK", [b"1"])
        assert client.rename("Archive", "Old/2026")[0] == "OK"
        assert client.select("Old/2026") == ("OK", [b"1"])


def test_imapclient_hears_of_mail_in_idle(house: House) -> None:
    address = house.add_user("imapclient")
    with house.imap(address) as client:
        assert client.select_folder("INBOX")[b"EXISTS"] == 0
        client.idle()
        with smtplib.SMTP("localhost", house.ports["smtp"], timeout=30) as sender:
            sender.starttls(context=house.tls)
            sender.sendmail("amara@north.example", [address], message(1))
        news = client.idle_check(timeout=30)
        client.idle_done()
        assert (1, b"EXISTS") in news
        [row] = client.fetch(client.search("UNSEEN"), ["ENVELOPE", "BODY[TEXT]"]).values()
        assert row[b"ENVELOPE"].subject == b"letter 1"
        assert client.search("UNSEEN") == []
        client.create_folder("Größe/Ümlaut")
        client.copy(client.search(), "Größe/Ümlaut")
        assert mailboxes.on_server(client)["Größe/Ümlaut"].keys() == {"letter.1@north.example"}
        client.delete_folder("Größe/Ümlaut")
        client.select_folder("INBOX")
        assert client.thread("REFERENCES") if client.has_capability("THREAD=REFERENCES") else True
