"""neomutt without anybody at its keys: reading, flags, moving, and sending."""

from __future__ import annotations

from contextlib import closing
from email import message_from_bytes
from email.policy import default
from mailbox import mbox
from pathlib import Path

from tests.interop import mailboxes, programs
from tests.interop.conftest import House
from tests.interop.mailboxes import message
from tests.support.public_clients import PASSWORD


def _config(house: House, home: Path, address: str, *lines: str) -> Path:
    return programs.config(
        home / "neomuttrc",
        "\n".join(
            [
                f"set imap_user = '{address}' imap_pass = '{PASSWORD}'",
                f"set folder = 'imaps://localhost:{house.ports['imaps']}/'",
                "set spoolfile = '+INBOX' record = '+Sent'",
                f"set smtp_url = 'smtp://localhost:{house.ports['submission']}/'",
                # Left to itself, the version of Debian 12 takes SCRAM-SHA-256-PLUS and has no binding for it.
                f"set smtp_user = '{address}' smtp_pass = '{PASSWORD}' smtp_authenticators = 'plain'",
                "set ssl_force_tls = yes ssl_starttls = yes",
                f"set ssl_ca_certificates_file = '{house.authority}'",
                f"set certificate_file = '{home}/certificates'",
                f"set from = '{address}' realname = 'Maren Holt' hostname = 'example.test' use_from = yes",
                "set imap_qresync = yes imap_condstore = yes imap_idle = yes move = no delete = yes",
                "set confirmappend = no confirmcreate = no wait_key = no",
                f"set header_cache = '{home}/cache' copy = yes smime_is_default = no",
                *lines,
            ]
        )
        + "\n",
    )


def test_reads_flags_copies_and_deletes(house: House, tmp_path: Path) -> None:
    neomutt = programs.program("neomutt")
    address = house.add_user("neomutt")
    home = tmp_path / "home"
    with house.imap(address) as client:
        mailboxes.fill(client, "INBOX", [message(number) for number in range(30)])

        keys = (
            f"<tag-pattern>~A<enter><tag-prefix><copy-message>{home}/all.mbox<enter>"
            "<untag-pattern>~A<enter>"
            "<tag-pattern>~s 'letter 7'<enter><tag-prefix><save-message>+Archive<enter>"
            "<search>~s 'letter 12'<enter><flag-message><search>~s 'letter 15'<enter><delete-message>"
            "<sync-mailbox><exit>"
        )
        rc = _config(house, home, address, f'push "{keys}"')
        for _ in range(2):  # the second time from its cache, by QRESYNC
            programs.run_on_terminal(neomutt, "-n", "-F", rc, home=home)
            rc = _config(house, home, address, 'push "<sync-mailbox><exit>"')

        far = mailboxes.on_server(client)
        with closing(mbox(home / "all.mbox")) as copies:
            assert len(copies) == 30
        assert len(far["INBOX"]) == 28
        assert list(far["Archive"]) == ["letter.7@north.example"]
        assert "letter.15@north.example" not in far["INBOX"]
        assert "\\Flagged" in far["INBOX"]["letter.12@north.example"]


def test_sends_and_files_a_copy(house: House, tmp_path: Path) -> None:
    neomutt = programs.program("neomutt")
    address, friend = house.add_user("neomutt"), house.add_user("friend")
    rc = _config(
        house,
        tmp_path,
        address,
        "set editor = true abort_unmodified = no fast_reply = yes send_charset = utf-8",
        f'push "<mail>{friend}<enter>Grüße aus der Ferne<enter><send-message><exit>"',
    )

    programs.run_on_terminal(neomutt, "-n", "-F", rc, home=tmp_path)

    with house.mailbox(friend) as inbox:
        [uid] = inbox.wait(1)
        received = message_from_bytes(inbox.raw(uid), policy=default)
    assert received["Subject"] == "Grüße aus der Ferne"
    with house.imap(address) as client:
        [flags] = mailboxes.on_server(client)["Sent"].values()
        assert flags == {"\\Seen"}
