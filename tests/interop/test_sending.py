"""msmtp, swaks and smtp-source hand mail over; smtp-sink takes what goes out."""

from __future__ import annotations

import asyncio
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.interop import programs
from tests.interop.conftest import DOMAIN, House
from tests.support.public_clients import PASSWORD
from tests.support.served import Served


@pytest.mark.parametrize(("door", "starttls"), [("submission", "on"), ("submissions", "off")])
def test_msmtp_submits(house: House, tmp_path: Path, door: str, starttls: str) -> None:
    msmtp = programs.program("msmtp")
    address, friend = house.add_user("msmtp"), house.add_user("friend")
    rc = programs.config(
        tmp_path / "msmtprc",
        f"account default\nhost localhost\nport {house.ports[door]}\ntls on\ntls_starttls {starttls}\n"
        f"tls_trust_file {house.authority}\nauth on\nuser {address}\npassword {PASSWORD}\nfrom {address}\n"
        "dsn_notify failure,delay\n",
    )

    letter = f"From: {address}\nTo: {friend}\nSubject: by msmtp\n\nHello.\n.\n..\n"
    programs.run(msmtp, "-C", rc, friend, home=tmp_path, given=letter)

    with house.mailbox(friend) as inbox:
        [uid] = inbox.wait(1)
        assert inbox.raw(uid).endswith(b"\r\n\r\nHello.\r\n.\r\n..\r\n")


def test_msmtp_is_told_why_a_password_is_wrong(house: House, tmp_path: Path) -> None:
    address = house.add_user("msmtp")
    rc = programs.config(
        tmp_path / "msmtprc",
        f"account default\nhost localhost\nport {house.ports['submissions']}\ntls on\ntls_starttls off\n"
        f"tls_trust_file {house.authority}\nauth on\nuser {address}\npassword wrong\nfrom {address}\n",
    )

    said = programs.run(
        programs.program("msmtp"), "-C", rc, address, home=tmp_path, given="\n", allowed=(77,)
    )

    assert "535" in said


def test_swaks_submits_with_an_attachment(house: House, tmp_path: Path) -> None:
    address, friend = house.add_user("swaks"), house.add_user("friend")
    (tmp_path / "notes.txt").write_text("Notes.\n")

    for mechanism in ("PLAIN", "LOGIN"):
        said = programs.run(
            programs.program("swaks"),
            *(
                "--server",
                f"localhost:{house.ports['submission']}",
                "--tls",
                "--tls-ca-path",
                house.authority,
            ),
            *("--auth", mechanism, "--auth-user", address, "--auth-password", PASSWORD),
            *("--from", address, "--to", friend, "--attach", f"@{tmp_path}/notes.txt"),
            home=tmp_path,
        )
        assert "<~  250 2.0.0" in said

    with house.mailbox(friend) as inbox:
        assert all(b"notes.txt" in inbox.raw(uid) for uid in inbox.wait(2))


def test_swaks_is_refused_as_a_relay_and_for_strangers(house: House, tmp_path: Path) -> None:
    swaks, server = programs.program("swaks"), f"localhost:{house.ports['smtp']}"
    for recipient in ("somebody@elsewhere.example", f"nobody@{DOMAIN}"):
        said = programs.run(
            swaks,
            "--server",
            server,
            "--to",
            recipient,
            "--from",
            "a@north.example",
            home=tmp_path,
            allowed=(24,),
        )
        assert "<** 550 5." in said


def test_swaks_pipelines_to_the_mx(house: House, tmp_path: Path) -> None:
    friend = house.add_user("friend")
    said = programs.run(
        programs.program("swaks"),
        *("--server", f"localhost:{house.ports['smtp']}", "--pipeline", "--tls"),
        *("--from", "amara@north.example", "--to", friend),
        home=tmp_path,
    )

    assert "=== TLS started" in said
    with house.mailbox(friend) as inbox:
        inbox.wait(1)


def test_smtp_source_delivers_all_over_many_connections(house: House, tmp_path: Path) -> None:
    friend, count = house.add_user("source"), 500
    programs.run(
        programs.program("smtp-source"),
        *("-m", str(count), "-s", "20", "-l", "3000", "-d"),
        *("-f", "amara@north.example", "-t", friend, f"inet:127.0.0.1:{house.ports['smtp']}"),
        home=tmp_path,
        timeout_s=120,
    )

    with house.mailbox(friend) as inbox:
        assert len(inbox.wait(count)) == count


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """smtp-sink on a port of its own, which writes what it takes into files."""
    found = programs.program("smtp-sink")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path / "taken"
    folder.mkdir(mode=0o777)
    folder.chmod(0o777)
    process = subprocess.Popen(
        [found, "-u", "nobody", "-R", str(folder), "-d", "letter.", f"inet:127.0.0.1:{port}", "100"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield port, folder
    process.terminate()
    process.wait(10)


def test_what_goes_out_reaches_a_postfix_sink(sink: tuple[int, Path], tmp_path: Path) -> None:
    swaks, (port, folder), count = programs.program("swaks"), sink, 5

    async def prepared() -> Served:
        served = Served(tmp_path, POSTROOM_SMARTHOST=f"127.0.0.1:{port}")
        await served.start()
        await served.cli("domain", "add", DOMAIN)
        await served.cli("user", "add", f"maren@{DOMAIN}", "--password-stdin", given=PASSWORD)
        return served

    served = asyncio.run(prepared())
    try:
        for number in range(count):
            programs.run(
                swaks,
                *("--server", f"localhost:{served.ports['submission']}", "--tls", "--auth", "PLAIN"),
                *("--auth-user", f"maren@{DOMAIN}", "--auth-password", PASSWORD, "--from", f"maren@{DOMAIN}"),
                *("--to", f"a{number}@north.example,b{number}@south.example", "--body", "line\n.\n.. end"),
                home=tmp_path,
            )
        deadline = time.monotonic() + 30
        while len(taken := [path.read_bytes() for path in folder.iterdir()]) < count:
            assert time.monotonic() < deadline, served.tail()
            time.sleep(0.1)
    finally:
        asyncio.run(served.close())
    assert all(b"\nline\n.\n.. end\n" in letter for letter in taken)
    assert {rcpt for letter in taken for rcpt in re.findall(rb"^X-Rcpt-Args: <(.+?)>", letter, re.M)} == {
        f"{name}{number}@{place}.example".encode()
        for number in range(count)
        for name, place in (("a", "north"), ("b", "south"))
    }
