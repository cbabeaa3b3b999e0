"""offlineimap3: two ways with a Maildir, with changes on both sides."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.interop import mailboxes, programs
from tests.interop.conftest import House
from tests.interop.mailboxes import message
from tests.support.public_clients import PASSWORD

COUNT = 500


def _config(house: House, home: Path, address: str) -> Path:
    return programs.config(
        home / "offlineimaprc",
        f"""
[general]
accounts = postroom
metadata = {home}/state
maxsyncaccounts = 1
[Account postroom]
localrepository = near
remoterepository = far
[Repository near]
type = Maildir
localfolders = {home}/mail
[Repository far]
type = IMAP
remotehost = localhost
remoteport = {house.ports["imaps"]}
ssl = yes
sslcacertfile = {house.authority}
remoteuser = {address}
remotepass = {PASSWORD}
maxconnections = 2
""",
    )


@pytest.mark.timeout(600)
def test_maildir_and_server_agree_after_changes_on_both_sides(house: House, tmp_path: Path) -> None:
    offlineimap = programs.program("offlineimap")
    address = house.add_user("offlineimap")
    rc, mail = _config(house, tmp_path, address), tmp_path / "mail"

    def sync() -> None:
        said = programs.run(offlineimap, "-c", rc, "-o", "-u", "basic", home=tmp_path, timeout_s=300)
        assert "ERROR" not in said, said[-3000:]

    with house.imap(address) as client:
        mailboxes.fill(client, "INBOX", [message(number) for number in range(COUNT)])
        sync()
        assert mailboxes.difference(mailboxes.on_server(client), mailboxes.in_maildir(mail)) == {}

        uids = mailboxes.by_message_id(client, "INBOX")
        client.add_flags(list(uids.values())[:40], ["\\Flagged", "\\Seen"])
        client.move(list(uids.values())[40:60], "Archive")
        client.append("Drafts", message(9000), ["\\Draft"])
        near = {
            mailboxes.message_id(path.read_bytes()): path for path in mailboxes.maildir_files(mail / "INBOX")
        }
        for number in range(100, 130):
            mailboxes.with_flags(near[f"letter.{number}@north.example"], "RS")
        for number in range(130, 150):
            near[f"letter.{number}@north.example"].unlink()
        (mail / "Sent" / "new" / "1.interop.here").write_bytes(message(9001).replace(b"\r\n", b"\n"))
        sync()

        far = mailboxes.on_server(client)
        assert mailboxes.difference(far, mailboxes.in_maildir(mail)) == {}
        assert {name: len(held) for name, held in far.items() if held} == {
            "INBOX": COUNT - 40,
            "Archive": 20,
            "Drafts": 1,
            "Sent": 1,
        }
        sync()
        assert mailboxes.difference(far, mailboxes.on_server(client)) == {}
