"""Greeting, order, parameters and nonsense."""

from __future__ import annotations

import re

import pytest

from tests.support.mail_house import House
from tests.support.smtp_raw import RawSmtp


async def test_ehlo_offers_what_the_door_has(doors: House) -> None:
    mx = await doors.connect(greet=False)
    submission = await doors.connect("submission", greet=False)
    greetings = [await mx.reply(), await submission.reply()]

    answers = [await mx.command("EHLO client.test"), await submission.command("EHLO client.test")]

    assert [str(reply) for reply in greetings] == ["220 mail.example.test ESMTP Postroom"] * 2
    common = [
        "mail.example.test greets client.test",
        "PIPELINING",
        "SIZE 52428800",
        "8BITMIME",
        "CHUNKING",
        "BINARYMIME",
        "SMTPUTF8",
        "ENHANCEDSTATUSCODES",
        "DSN",
        "LIMITS RCPTMAX=500",
    ]
    assert answers[0].text.split("\n") == [*common, "STARTTLS"]
    shown = answers[1].text.split("\n")
    held = next(line for line in shown if line.startswith("FUTURERELEASE "))
    assert re.fullmatch(r"FUTURERELEASE 2592000 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", held)
    assert shown == [
        *common,
        held,
        "MT-PRIORITY",
        "STARTTLS",
        "AUTH SCRAM-SHA-256 PLAIN LOGIN OAUTHBEARER XOAUTH2",
    ]


async def test_helo_begins_a_plain_session(doors: House) -> None:
    client = await doors.connect(greet=False)
    await client.reply()

    reply = await client.command("HELO [192.0.2.7]")

    assert str(reply) == "250 mail.example.test"
    assert (await client.command("MAIL FROM:<a@remote.test>")).code == 250


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("My Printer (2)", "My?Printer??2?"),
        ("<x>\\;", "?x???"),
        ("[IPv6:::1]", "[IPv6:::1]"),
        ("a_b.test", "a_b.test"),
    ],
)
async def test_strange_names_are_taken_and_made_harmless(doors: House, name: str, shown: str) -> None:
    client = await doors.connect(greet=False)
    await client.reply()

    reply = await client.command(f"EHLO {name}")

    assert reply.text.split("\n")[0] == f"mail.example.test greets {shown}"


@pytest.mark.parametrize("name", ["", "x\x01", "é.test", "a" * 300])
async def test_a_greeting_needs_a_name(doors: House, name: str) -> None:
    client = await doors.connect(greet=False)
    await client.reply()

    reply = await client.command(f"EHLO {name}")

    assert reply.code in (500, 501)
    assert (await client.command("MAIL FROM:<a@remote.test>")).code == 503


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["RCPT TO:<bob@example.test>"], "503 5.5.1"),
        (["DATA"], "503 5.5.1"),
        (["MAIL FROM:<a@remote.test>", "MAIL FROM:<a@remote.test>"], "503 5.5.1"),
        (["MAIL FROM:<a@remote.test>", "DATA"], "554 5.5.1 No valid recipients"),
        (["MAIL FROM:<a@remote.test>", "RSET", "RCPT TO:<bob@example.test>"], "503 5.5.1"),
        (["MAIL FROM:<a@remote.test>", "EHLO again.test", "RCPT TO:<bob@example.test>"], "503 5.5.1"),
        (["MAIL"], "501 5.5.4"),
        (["MAIL TO:<a@remote.test>"], "501 5.5.4"),
        (["MAIL FROM:a@remote.test"], "553 5.1.7"),
        (["MAIL FROM:<a b@remote.test>"], "553 5.1.7"),
        (["MAIL FROM:<postmaster>"], "553 5.1.7"),
        (["MAIL FROM:<é@remote.test>"], "553 5.1.7"),
        (["MAIL FROM:<a@remote.test> FOO=1"], "555 5.5.4"),
        (["MAIL FROM:<a@remote.test> SIZE=x"], "501 5.5.4"),
        (["MAIL FROM:<a@remote.test> SIZE=1 SIZE=1"], "501 5.5.4"),
        (["MAIL FROM:<a@remote.test> BODY=BINARY"], "501 5.5.4"),
        (["MAIL FROM:<a@remote.test> RET=HALF"], "501 5.5.4"),
        (["MAIL FROM:<a@remote.test> ENVID=a+zz"], "501 5.5.4"),
        (["MAIL FROM:<a@remote.test> SMTPUTF8=1"], "501 5.5.4"),
        (["MAIL FROM:<a@remote.test> SIZE=52428801"], "552 5.3.4"),
        (["MAIL FROM:<a@remote.test>", "RCPT TO:<>"], "553 5.1.3"),
        (["MAIL FROM:<a@remote.test>", "RCPT TO:<bob@example.test> NOTIFY=NEVER,DELAY"], "501 5.5.4"),
        (["MAIL FROM:<a@remote.test>", "RCPT TO:<bob@example.test> ORCPT=bob"], "501 5.5.4"),
        (["MAIL FROM:<a@remote.test>", "RCPT TO:<bob@example.test> SIZE=3"], "555 5.5.4"),
        (["DATA now"], "501 5.5.4"),
        (["RSET now"], "501 5.5.4"),
        (["QUIT now"], "501 5.5.4"),
        (["STARTTLS now"], "501 5.5.4"),
        (["AUTH PLAIN AGEAYg=="], "502 5.5.1"),
        (["VRFY bob@example.test"], "252 2.5.0"),
        (["EXPN staff"], "502 5.5.1"),
        (["HELP"], "214 2.0.0"),
        (["NOOP what ever"], "250 2.0.0"),
        (["FROB"], "500 5.5.1"),
        ([""], "500 5.5.1"),
    ],
)
async def test_commands_out_of_turn_or_shape(doors: House, lines: list[str], expected: str) -> None:
    client = await doors.connect()

    replies = [await client.command(line) for line in lines]

    assert str(replies[-1]).startswith(expected)
    assert (await client.command("NOOP")).code == 250
    assert await doors.count("spool_message") == 0


@pytest.mark.parametrize(
    "line",
    [
        "mail from:<a@remote.test> size=10 body=8bitmime ret=hdrs envid=abc+2B",
        "MAIL FROM: <a@remote.test>",
        "MAIL FROM:<>",
        'MAIL FROM:<"a b"@remote.test>',
        "MAIL FROM:<@hop.test:a@remote.test>",
        "MAIL FROM:<é@remote.test> SMTPUTF8",
        "MAIL FROM:<a@remote.test> AUTH=<>",
        "MAIL FROM:<a@[192.0.2.1]>",
    ],
)
async def test_senders_that_are_taken(doors: House, line: str) -> None:
    client = await doors.connect()

    reply = await client.command(line)

    assert str(reply) == "250 2.1.0 Sender OK"


@pytest.mark.parametrize(
    "line",
    [b"NOOP\n", b"NOOP\rx\r\n", b"NO\0OP\r\n", b"NOOP\r\r\n"],
    ids=["bare LF", "bare CR", "NUL", "CR CR LF"],
)
async def test_bare_line_ends_and_nul_are_refused(doors: House, line: bytes) -> None:
    client = await doors.connect()

    client.send(line)

    assert str(await client.reply()).startswith("500 5.5.2")
    assert (await client.command("NOOP")).code == 250


@pytest.mark.parametrize("size", [3_000, 100_000, 900_000])
async def test_a_long_line_is_one_refusal(doors: House, size: int) -> None:
    client = await doors.connect()

    client.send(b"MAIL FROM:<" + b"a" * size + b"@remote.test>\r\nNOOP\r\n")

    assert await client.codes(2) == [500, 250]


async def test_a_line_without_end_closes_the_connection(doors: House) -> None:
    client = await doors.connect()

    client.send(b"A" * 3_000_000)

    assert (await client.reply()).code == 421


async def test_a_browser_is_sent_away(doors: House) -> None:
    client = await doors.connect(greet=False)
    await client.reply()

    client.send(b"POST / HTTP/1.1\r\nHost: x\r\n\r\nEHLO x\r\nMAIL FROM:<a@remote.test>\r\n")

    assert str(await client.reply()) == "421 5.7.0 This is a mail server"
    assert await client.at_end()


async def test_too_many_errors_close_the_connection(doors: House) -> None:
    client = await doors.connect()

    client.send(b"FROB\r\n" * 40)

    assert await client.codes(22) == [500] * 21 + [421]
    assert await client.at_end()


async def test_too_many_commands_close_the_connection(doors: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("protocol_service.smtp.server.COMMAND_LIMIT", 10)
    client = await doors.connect()

    client.send(b"NOOP\r\n" * 20)

    assert await client.codes(10) == [250] * 9 + [250]
    assert (await client.reply()).code == 421


async def test_replies_to_a_batch_leave_together(doors: House) -> None:
    client = await doors.connect()

    client.send(
        b"MAIL FROM:<a@remote.test>\r\nRCPT TO:<bob@example.test>\r\nRCPT TO:<x@example.test>\r\nDATA\r\n"
    )
    first = await client.reader.read(65536)

    assert [line[:3] for line in first.splitlines()] == [b"250", b"250", b"550", b"354"]


async def test_quit_says_goodbye(doors: House) -> None:
    client = await doors.connect()

    reply = await client.command("QUIT")

    assert str(reply) == "221 2.0.0 Goodbye"
    assert await client.at_end()


async def test_a_client_that_stops_sending_still_gets_its_answers(house: House) -> None:
    client = await house.connect(greet=False)

    client.send(
        b"EHLO x.test\r\nMAIL FROM:<a@remote.test>\r\nRCPT TO:<bob@example.test>\r\n"
        b"DATA\r\nSubject: x\r\n\r\n.\r\nQUIT\r\n"
    )
    client.writer.write_eof()

    assert await client.codes(7) == [220, 250, 250, 250, 354, 250, 221]
    assert len(await house.wait_for_mail("bob", 1)) == 1


async def test_a_fault_of_ours_is_told_without_its_text(
    doors: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise ValueError("secret path /etc/x")

    monkeypatch.setattr("protocol_service.smtp.checks.recipient.resolve.resolve", broken)
    client: RawSmtp = await doors.connect()
    await client.command("MAIL FROM:<a@remote.test>")

    reply = await client.command("RCPT TO:<bob@example.test>")

    assert str(reply).startswith("451 4.3.0 Temporary failure, please try again later (id ")
    assert "secret" not in reply.text
    assert (await client.command("NOOP")).code == 250
