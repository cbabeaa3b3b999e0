"""Thunderbird sets itself up from an address and a password, hears of mail, shows it, and answers."""

from __future__ import annotations

import asyncio
import smtplib
import socket
import time
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from imapclient import IMAPClient

from tests.interop import certificates, mailboxes, programs
from tests.interop.conftest import DOMAIN, House
from tests.interop.thunderbird import Screen, Thunderbird
from tests.support.public_clients import PASSWORD
from tests.support.served import Served

ADDRESS = f"maren@{DOMAIN}"
PICTURES = Path(__file__).parents[2] / ".build" / "interop"
WAIT_S = 90


@pytest.fixture
def known_house(tmp_path: Path) -> Iterator[House]:
    """A server on ports that are known before it starts: mail programs are told them."""
    made = certificates.make(tmp_path, "mail.example.test", "localhost")
    names = ("HTTP", "IMAP", "IMAPS", "SUBMISSION", "SUBMISSIONS")
    free = [socket.create_server(("127.0.0.1", 0)) for _ in names]
    ports = {
        f"POSTROOM_{name}_PORT": str(one.getsockname()[1]) for name, one in zip(names, free, strict=True)
    }
    for one in free:
        one.close()
    served = Served(
        tmp_path,
        POSTROOM_TLS_CERT=str(made.certificate),
        POSTROOM_TLS_KEY=str(made.key),
        POSTROOM_DNS_SERVERS="127.0.0.1:1",
        POSTROOM_ALLOW_INSECURE_AUTH="false",
        **ports,
    )

    async def start() -> None:
        await served.start()
        await served.cli("domain", "add", DOMAIN)
        for name in ("maren", "sofia"):
            await served.cli("user", "add", f"{name}@{DOMAIN}", "--password-stdin", given=PASSWORD)

    asyncio.run(start())
    try:
        yield House(served, made.authority)
    finally:
        asyncio.run(served.close())


@pytest.fixture
def screen() -> Iterator[Screen]:
    """A screen."""
    for name in ("thunderbird", "xdotool", "import", "certutil"):
        programs.program(name)
    made = Screen()
    yield made
    made.close()


def _until(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + WAIT_S
    while not condition():
        assert time.monotonic() < deadline, f"not in {WAIT_S} s: {what}"
        time.sleep(0.3)


@pytest.mark.timeout(600)
def test_sets_itself_up_shows_a_mail_that_arrives_and_answers(
    known_house: House, screen: Screen, tmp_path: Path
) -> None:
    web = f"http://127.0.0.1:{known_house.ports['http']}"
    thunderbird = Thunderbird(
        screen,
        tmp_path / "thunderbird",
        known_house.authority,
        # No name of the domain leads here: it asks us where it asks its makers' collection otherwise.
        mailnews__auto_config_url=f"{web}/.well-known/autoconfig/mail/config-v1.1.xml?emailaddress=anyone@",
        network__dns__localDomains="mail.example.test",
    )
    PICTURES.mkdir(parents=True, exist_ok=True)
    try:
        thunderbird.start()
        _set_up(thunderbird, screen)
        _send(known_house, "Grüße aus dem Norden")
        _until(
            lambda: b"Good morning, Maren." in thunderbird.stored(), "the mail that came in IDLE is stored"
        )
        thunderbird.stop()  # its dialog may still be open, and what it was told must be on its disk
        thunderbird.start()

        screen.key("n")
        with known_house.imap(ADDRESS) as client:
            _until(lambda: _flags(client, "INBOX") == [{"\\Seen"}], "the mail is read")
            screen.settle()
            screen.picture(PICTURES / "thunderbird.png")

            screen.key("ctrl+r")
            screen.settle()
            screen.type("Good morning to you.")
            screen.key("ctrl+Return")
            _until(lambda: _flags(client, "Sent") == [{"\\Seen"}], "a copy of the answer is filed")
            _until(lambda: _flags(client, "INBOX") == [{"\\Seen", "\\Answered"}], "the mail is marked")
    except AssertionError:
        screen.picture(PICTURES / "thunderbird-failed.png")
        raise
    finally:
        thunderbird.stop()
    with known_house.mailbox(f"sofia@{DOMAIN}") as inbox:
        [uid] = inbox.wait(1)
        assert b"Good morning to you." in inbox.raw(uid)


def _set_up(thunderbird: Thunderbird, screen: Screen) -> None:
    """Name, address, what was found, password: the dialog of the first start."""
    screen.key("ctrl+a")
    screen.type("Maren Holt")
    screen.key("Tab")
    screen.type(ADDRESS)
    screen.settle()
    screen.key("Return")
    screen.settle()
    screen.picture(PICTURES / "thunderbird-found.png")
    screen.key("Return")
    screen.settle()
    screen.type(PASSWORD)
    screen.key("Return")
    _until(lambda: any(thunderbird.profile.glob("ImapMail/*/INBOX.msf")), "the account is set up")
    screen.settle()


def _send(house: House, subject: str) -> None:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = f"Sofia Rossi <sofia@{DOMAIN}>", ADDRESS, subject
    letter["Message-ID"] = "<one@example.test>"
    letter.set_content("Good morning, Maren.\n")
    with smtplib.SMTP_SSL("localhost", house.ports["submissions"], context=house.tls, timeout=30) as client:
        client.login(f"sofia@{DOMAIN}", PASSWORD)
        client.send_message(letter)


def _flags(client: IMAPClient, mailbox: str) -> list[set[str]]:
    return [set(flags) for flags in mailboxes.on_server(client)[mailbox].values()]
