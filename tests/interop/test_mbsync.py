"""mbsync (isync): 5,000 messages both ways, with changes on both sides."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from imapclient import IMAPClient

from tests.interop import mailboxes, programs
from tests.interop.conftest import House
from tests.interop.mailboxes import message
from tests.support.public_clients import PASSWORD

COUNT = 5000
NEW, FLAGGED, REMOVED, MOVED = 150, 300, 100, 80


def _config(house: House, home: Path, address: str) -> Path:
    return programs.config(
        home / "mbsyncrc",
        f"""
IMAPAccount postroom
Host localhost
Port {house.ports["imaps"]}
User {address}
Pass "{PASSWORD}"
SSLType IMAPS
CertificateFile {house.authority}
PipelineDepth 50

IMAPStore far
Account postroom

MaildirStore near
SubFolders Verbatim
Path {home}/mail/
Inbox {home}/mail/INBOX

Channel all
Far :far:
Near :near:
Patterns *
Create Both
Remove Both
Expunge Both
CopyArrivalDate yes
SyncState *
""",
    )


@pytest.mark.timeout(900)
def test_five_thousand_messages_both_ways(house: House, tmp_path: Path) -> None:
    mbsync = programs.program("mbsync")
    address = house.add_user("mbsync")
    rc, mail = _config(house, tmp_path, address), tmp_path / "mail"
    (tmp_path / "mail").mkdir()

    def sync() -> None:
        programs.run(mbsync, "-c", rc, "-a", home=tmp_path, timeout_s=300)

    with house.imap(address) as client:
        mailboxes.fill(client, "INBOX", [message(number) for number in range(COUNT)])
        sync()
        first = mailboxes.in_maildir(mail)
        assert len(first["INBOX"]) == COUNT
        assert mailboxes.difference(mailboxes.on_server(client), first) == {}

        chosen = random.Random(1).sample(range(COUNT), 2 * (FLAGGED + REMOVED + MOVED))
        half = len(chosen) // 2
        _change_far(client, chosen[:half])
        _change_near(mail, chosen[half:])
        client.create_folder("Projects/Größe")
        mailboxes.fill(client, "Projects/Größe", [message(20_000)])
        sync()

        far, near = mailboxes.on_server(client), mailboxes.in_maildir(mail)
        assert mailboxes.difference(far, _decoded(near)) == {}
        assert len(far["INBOX"]) == COUNT + 2 * (NEW - REMOVED - MOVED)
        assert len(far["Archive"]) == 2 * MOVED
        assert list(far["Projects/Größe"]) == ["letter.20000@north.example"]

        before = {
            path.name for path in mail.rglob("*") if path.is_file() and path.parent.name in ("cur", "new")
        }
        sync()
        assert mailboxes.difference(far, mailboxes.on_server(client)) == {}
        assert before == {
            path.name for path in mail.rglob("*") if path.is_file() and path.parent.name in ("cur", "new")
        }


def _change_far(client: IMAPClient, numbers: list[int]) -> None:
    uids = mailboxes.by_message_id(client, "INBOX")
    chosen = [uids[f"letter.{number}@north.example"] for number in numbers]
    flagged, removed, moved = _parted(chosen)
    client.add_flags(flagged, ["\\Flagged", "\\Seen"])
    client.delete_messages(removed)
    client.uid_expunge(removed)
    client.move(moved, "Archive")
    mailboxes.fill(client, "INBOX", [message(10_000 + number) for number in range(NEW)])


def _change_near(mail: Path, numbers: list[int]) -> None:
    inbox = mail / "INBOX"
    paths = {mailboxes.message_id(path.read_bytes()): path for path in mailboxes.maildir_files(inbox)}
    chosen = [paths[f"letter.{number}@north.example"] for number in numbers]
    flagged, removed, moved = _parted(chosen)
    for path in flagged:
        mailboxes.with_flags(path, "RS")
    for path in removed:
        path.unlink()
    for path in moved:
        # A file that changes its folder must lose the UID that mbsync has written into its name.
        path.rename(mail / "Archive" / "cur" / f"{path.name.partition(',U=')[0]}:2,S")
    for number in range(NEW):
        (inbox / "new" / f"{number}.interop.here").write_bytes(
            message(15_000 + number).replace(b"\r\n", b"\n")
        )


def _parted(chosen: list) -> tuple[list, list, list]:
    return chosen[:FLAGGED], chosen[FLAGGED : FLAGGED + REMOVED], chosen[FLAGGED + REMOVED :]


def _decoded(near: mailboxes.Side) -> mailboxes.Side:
    """mbsync keeps names as IMAP writes them, in modified UTF-7."""
    from imapclient.imap_utf7 import decode

    return {decode(name.encode()): held for name, held in near.items()}
