"""curl: IMAP, submission and POP3 over TLS, and STARTTLS."""

from __future__ import annotations

from pathlib import Path

from tests.interop import programs
from tests.interop.conftest import House
from tests.interop.mailboxes import message
from tests.support.public_clients import PASSWORD


def _curl(house: House, home: Path, address: str, *words: str | Path, given: bytes = b"") -> str:
    return programs.run(
        programs.program("curl"),
        *("--silent", "--show-error", "--max-time", "30", "--cacert", house.authority),
        *("--user", f"{address}:{PASSWORD}"),
        *words,
        home=home,
        given=given,
    )


def test_imaps_lists_appends_fetches_searches_and_flags(house: House, tmp_path: Path) -> None:
    address, url = house.add_user("curl"), f"imaps://localhost:{house.ports['imaps']}"

    assert '* LIST (\\HasNoChildren \\Sent) "/"' in _curl(house, tmp_path, address, url)
    for number in (1, 2):
        (letter := tmp_path / "letter.eml").write_bytes(message(number))  # its size must be known beforehand
        _curl(house, tmp_path, address, "--upload-file", letter, f"{url}/INBOX")
    assert _curl(house, tmp_path, address, f"{url}/INBOX;UID=2").encode().replace(b"\r\n", b"\n") == message(
        2
    ).replace(b"\r\n", b"\n")
    assert "letter 1" in _curl(house, tmp_path, address, f"{url}/INBOX;MAILINDEX=1;SECTION=HEADER")
    assert _curl(house, tmp_path, address, f"{url}/INBOX?SUBJECT%20%22letter%202%22").strip() == "* SEARCH 2"
    said = _curl(house, tmp_path, address, f"{url}/INBOX", "--request", "STORE 1 +FLAGS \\Deleted")
    assert "\\Deleted" in said
    assert "* 1 EXPUNGE" in _curl(house, tmp_path, address, f"{url}/INBOX", "--request", "EXPUNGE")


def test_imap_with_starttls(house: House, tmp_path: Path) -> None:
    address = house.add_user("curl")
    url = f"imap://localhost:{house.ports['imap']}"

    assert "INBOX" in _curl(house, tmp_path, address, "--ssl-reqd", url)


def test_submission_in_both_ways_reaches_a_mailbox(house: House, tmp_path: Path) -> None:
    address, friend = house.add_user("curl"), house.add_user("friend")
    for door, scheme in (("submissions", "smtps"), ("submission", "smtp")):
        _curl(
            house,
            tmp_path,
            address,
            *("--ssl-reqd", "--mail-from", address, "--mail-rcpt", friend, "--upload-file", "-"),
            f"{scheme}://localhost:{house.ports[door]}/client.example.test",
            given=f"From: {address}\r\nTo: {friend}\r\nSubject: by {door}\r\n\r\nHello.\r\n".encode(),
        )

    with house.mailbox(friend) as inbox:
        assert len(inbox.wait(2)) == 2


def test_pop3s_lists_and_retrieves(house: House, tmp_path: Path) -> None:
    url = f"pop3s://localhost:{house.port('pop3s')}"
    address = house.add_user("curl")
    with house.imap(address) as client:
        client.multiappend("INBOX", [message(1), message(2)])

    listed = _curl(house, tmp_path, address, f"{url}/").split()
    assert listed == ["1", str(len(message(1))), "2", str(len(message(2)))]
    assert _curl(house, tmp_path, address, f"{url}/2").encode() == message(2)
    assert "letter 1" in _curl(house, tmp_path, address, "--request", "TOP 1 0", f"{url}/")


def test_pop3_with_stls(house: House, tmp_path: Path) -> None:
    port = house.port("pop3")
    address = house.add_user("curl")

    assert _curl(house, tmp_path, address, "--ssl-reqd", f"pop3://localhost:{port}/").strip() == ""
