"""Postfix as the host at the other end: what it takes, refuses, and sends back."""

from __future__ import annotations

import asyncio
import json
import re
import smtplib
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.interop import certificates
from tests.interop.conftest import DOMAIN
from tests.interop.postfix import DOMAIN as REMOTE
from tests.interop.postfix import Postfix
from tests.support.public_clients import PASSWORD, Mailbox, any_certificate
from tests.support.served import Served

MAREN = f"maren@{DOMAIN}"


@dataclass
class Pair:
    """Our server, and Postfix, which sends what is not for it back to us."""

    served: Served
    postfix: Postfix

    def submit(self, recipients: list[str], raw: bytes) -> None:
        """Hand in a message as Maren's mail program does."""
        with smtplib.SMTP("127.0.0.1", self.served.ports["submission"], timeout=60) as client:
            client.starttls(context=any_certificate())
            client.login(MAREN, PASSWORD)
            options = ["BODY=8BITMIME"] + ([] if raw.isascii() else ["SMTPUTF8"])
            client.sendmail(MAREN, recipients, raw, mail_options=options)

    def trace(self, recipient: str) -> list[dict[str, Any]]:
        """What happened to the one message that went to a recipient."""
        spool = ("spool", "list", "--json", "--search", recipient, "--state", "delivered")
        (message,) = json.loads(asyncio.run(self.served.cli(*spool, timeout_s=180)))
        shown = json.loads(
            asyncio.run(self.served.cli("spool", "show", message["id"], "--json", timeout_s=180))
        )
        (traced,) = [one["trace"] for one in shown["recipients"] if one["address"] == recipient]
        return list(traced)

    def inbox(self) -> Mailbox:
        """Maren's."""
        return Mailbox(self.served.ports["imap"], MAREN)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that Postfix's own user can reach; that of pytest is closed to others."""
    with tempfile.TemporaryDirectory(prefix="postroom-postfix-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="module")
def pair(folder: Path) -> Iterator[Pair]:
    made = certificates.make(folder, f"mx.{REMOTE}")
    served = Served(folder / "ours", POSTROOM_SMARTHOST="127.0.0.1:1")

    async def begin() -> Postfix:
        await served.start()
        await served.cli("domain", "add", DOMAIN)
        await served.cli("user", "add", MAREN, "--password-stdin", given=PASSWORD)
        postfix = Postfix(
            folder / "postfix", certificate=made.certificate, key=made.key, back=served.ports["smtp"]
        )
        where = ("--host", f"127.0.0.1:{postfix.port}", "--tls", "encrypted")
        await served.cli("gateway", "add", "remote", *where, "--recipient-domain", REMOTE)
        return postfix

    try:
        postfix = asyncio.run(begin())
        try:
            postfix.start()
            yield Pair(served, postfix)
        finally:
            postfix.stop()
    finally:
        asyncio.run(served.close())


def letters() -> list[bytes]:
    """Messages that have gone wrong between servers before: dots, long lines, sizes around blocks, UTF-8."""
    chance = Random(7)
    bodies = [
        b"Hello.\r\n",
        b".\r\n..\r\n.dots\r\n\r\n.\r\n",
        "Grüße aus Straßburg\r\n".encode() * 3,
        b"x" * 990 + b"\r\n",
        *(
            bytes(chance.choices(b"abcdef ", k=76)) * 0 + _text(chance, size)
            for size in (65_000, 66_000, 700_000)
        ),
        _text(chance, 3_000_000),
    ]
    head = f"From: {MAREN}\r\nTo: taker@{REMOTE}\r\nMIME-Version: 1.0\r\n"
    kind = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
    return [
        f"{head}{kind}Subject: letter {number}\r\n\r\n".encode() + body for number, body in enumerate(bodies)
    ]


def delivery_status(report: EmailMessage) -> str:
    """The part for machines (RFC 3464)."""
    assert report.get_content_type() == "multipart/report"
    _, status, *_ = report.iter_parts()
    return status.as_string()


def note(subject: str) -> bytes:
    """A short one."""
    return f"From: {MAREN}\r\nSubject: {subject}\r\n\r\nx\r\n".encode()


def _text(chance: Random, size: int) -> bytes:
    line = bytes(chance.choices(b"abcdefghijklmnopqrstuvwxyz ", k=74)) + b"\r\n"
    return line * (size // len(line))


def test_postfix_takes_every_kind_of_message_unchanged(pair: Pair) -> None:
    sent = letters()

    for raw in sent:
        pair.submit([f"taker@{REMOTE}"], raw)

    taken = pair.postfix.wait(len(sent))
    by_number = {}
    for got in taken:
        head, _, body = got.partition(b"\n\n")
        number = re.search(rb"^Subject: letter (\d+)$", head, re.MULTILINE)
        assert number is not None
        by_number[int(number[1])] = body
        assert b"with ESMTPS" in head or b"with UTF8SMTPS" in head  # STARTTLS was used
    assert sorted(by_number) == list(range(len(sent)))
    for at, raw in enumerate(sent):
        assert by_number[at] == raw.partition(b"\r\n\r\n")[2].replace(b"\r\n", b"\n"), at
    pair.postfix.wait_for_word("bdat=")  # it counts commands when a connection ends


def test_many_messages_go_over_few_connections(pair: Pair) -> None:
    before, count = len(pair.postfix.taken()), 60
    connects = pair.postfix.log().count(": connect from")

    for number in range(count):
        pair.submit([f"taker@{REMOTE}"], note(f"many {number}"))

    pair.postfix.wait(before + count)
    assert pair.postfix.log().count(": connect from") - connects <= 10


def test_messages_that_are_announced_behind_others_arrive_once_each(pair: Pair) -> None:
    before, count = len(pair.postfix.taken()), 60
    log_before = len(pair.postfix.log())
    asyncio.run(pair.served.cli("spool", "pause", REMOTE))
    time.sleep(3.1)  # the mail service hears of it within three seconds
    for number in range(count):
        pair.submit([f"taker@{REMOTE}"], note(f"in line {number}"))

    asyncio.run(pair.served.cli("spool", "resume", REMOTE))

    taken = pair.postfix.wait(before + count)
    subjects = [re.search(rb"^Subject: in line (\d+)$", got, re.MULTILINE) for got in taken]
    assert sorted(int(found[1]) for found in subjects if found is not None) == list(range(count))
    log = pair.postfix.log()[log_before:]
    assert log.count(": connect from") <= 10
    for complaint in ("improper command pipelining", "lost connection", "reject:"):
        assert complaint not in log


def test_what_postfix_refuses_comes_back_with_its_words(pair: Pair) -> None:
    with pair.inbox() as inbox:
        before = len(inbox.uids())
        pair.submit([f"nobody@{REMOTE}", f"taker@{REMOTE}"], note("two"))

        uids = inbox.wait(before + 1)
        report = BytesParser(policy=policy.default).parsebytes(inbox.raw(uids[-1]))

    status = delivery_status(report)
    assert f"Final-Recipient: rfc822; nobody@{REMOTE}".lower() in status.lower()
    assert "Action: failed" in status
    assert "Status: 5.1.1" in status
    assert f"taker@{REMOTE}" not in status


def test_what_postfix_cannot_deliver_later_is_known_on_the_sent_message(pair: Pair) -> None:
    with pair.inbox() as inbox:
        before = len(inbox.uids())
        pair.submit([f"moved@{REMOTE}"], note("on"))

        uids = inbox.wait(before + 1, timeout_s=60)
        report = BytesParser(policy=policy.default).parsebytes(inbox.raw(uids[-1]))

    assert "MAILER-DAEMON" in report["From"]
    assert "No such user" in delivery_status(report)
    _, delivered, bounced = pair.trace(f"moved@{REMOTE}")
    assert (delivered["event"], bounced["event"]) == ("delivered", "bounced")
    # Postfix gives back the envelope identifier, and by that the report is known to be genuine.
    assert bounced["claim"] is False
    assert "No such user" in bounced["reply"]
