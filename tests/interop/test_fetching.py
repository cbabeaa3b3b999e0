"""fetchmail and getmail fetch a mailbox, by POP3 and by IMAP."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.interop import mailboxes, programs
from tests.interop.conftest import House
from tests.interop.mailboxes import message
from tests.support.public_clients import PASSWORD

COUNT = 60
LETTERS = [message(number, size_bytes=2000) for number in range(COUNT - 1)] + [
    # What POP3 stuffs and what mail programs trip over.
    b"From: a@north.example\r\nMessage-ID: <dots@north.example>\r\nSubject: dots\r\n"
    b"\r\n.\r\n..\r\n. x\r\n.\r\n"
]


def _filled(house: House, name: str) -> str:
    address = house.add_user(name)
    with house.imap(address) as client:
        mailboxes.fill(client, "INBOX", LETTERS)
    return address


def _count(house: House, address: str) -> int:
    with house.imap(address) as client:
        return int(client.folder_status("INBOX", ["MESSAGES"])[b"MESSAGES"])


@pytest.mark.parametrize(
    ("protocol", "door", "options"),
    [
        ("pop3", "pop3s", "ssl"),
        ("pop3", "pop3", "sslproto TLS1.2+"),
        ("imap", "imaps", "ssl"),
        ("imap", "imap", "sslproto TLS1.2+"),
    ],
)
def test_fetchmail_takes_everything_out(
    house: House, tmp_path: Path, protocol: str, door: str, options: str
) -> None:
    fetchmail, port = programs.program("fetchmail"), house.port(door)
    address = _filled(house, "fetchmail")
    rc = programs.config(
        tmp_path / "fetchmailrc",
        f'poll localhost protocol {protocol} port {port}\n user "{address}" password "{PASSWORD}" {options}\n'
        f' sslcertck sslcertfile "{house.authority}" fetchall no rewrite mda "cat >> {tmp_path}/taken"\n',
    )
    taken = tmp_path / "taken"

    programs.run(fetchmail, "-f", rc, "--nosyslog", home=tmp_path, timeout_s=120)

    text = taken.read_bytes().replace(b"\r\n", b"\n")
    assert all(f"Message-ID: <letter.{number}@north.example>".encode() in text for number in range(COUNT - 1))
    assert b"Subject: dots\n\n.\n..\n. x\n.\n" in text
    assert _count(house, address) == 0
    programs.run(fetchmail, "-f", rc, "--nosyslog", home=tmp_path, allowed=(1,))  # there is no mail


@pytest.mark.parametrize(
    ("retriever", "door"), [("SimplePOP3SSLRetriever", "pop3s"), ("SimpleIMAPSSLRetriever", "imaps")]
)
def test_getmail_takes_each_message_once(house: House, tmp_path: Path, retriever: str, door: str) -> None:
    getmail, port = programs.program("getmail"), house.port(door)
    address = _filled(house, "getmail")
    (taken := tmp_path / "taken").mkdir()
    rc = programs.config(
        tmp_path / "getmailrc",
        f"[retriever]\ntype = {retriever}\nserver = localhost\nport = {port}\nusername = {address}\n"
        f"password = {PASSWORD}\nca_certs = {house.authority}\n"
        # Its own Maildirs are refused to the superuser, who may well be who runs these tests.
        f"[destination]\ntype = MDA_external\npath = /bin/sh\nallow_root_commands = true\n"
        f"arguments = ('-c', 'cat > $(mktemp {taken}/XXXXXXXX)')\n"
        "[options]\nread_all = false\ndelete = false\ndelivered_to = false\nreceived = false\n",
    )

    for _ in range(2):
        programs.run(getmail, f"--getmaildir={tmp_path}", f"--rcfile={rc}", home=tmp_path, timeout_s=120)
    with house.imap(address) as client:
        mailboxes.fill(client, "INBOX", [message(777)])
    programs.run(getmail, f"--getmaildir={tmp_path}", f"--rcfile={rc}", home=tmp_path, timeout_s=120)

    held = [mailboxes.message_id(path.read_bytes()) for path in taken.iterdir()]
    assert len(held) == len(set(held)) == COUNT + 1
    assert _count(house, address) == COUNT + 1
