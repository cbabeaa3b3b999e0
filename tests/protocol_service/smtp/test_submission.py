"""Signed-in users: AUTH, whose name they may use, what is completed and what is taken away."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode

import pytest

from backend.directory import api_keys, domain_aliases, settings, users
from backend.directory.principal import SYSTEM, for_user
from backend.directory.setting_key import Level
from backend.kit import blobs, db
from backend.kit.errors import InvalidSyntax
from backend.kit.runtime import Runtime
from backend.mailstore import mailboxes, send_grants
from backend.mailstore.send_grants import SendMode
from tests.support.mail_house import PASSWORD, House, mail_house
from tests.support.scram_client import ScramClient
from tests.support.smtp_raw import RawSmtp, trusting

COMPLETE = (
    b"From: Alice <alice@example.test>\r\nDate: Sat, 22 Nov 2025 18:21:00 +0000\r\n"
    b"Message-ID: <1@example.test>\r\nSubject: x\r\n\r\nHi\r\n"
)


def _plain(login: str, password: str = PASSWORD, authzid: str = "") -> str:
    return b64encode(f"{authzid}\0{login}\0{password}".encode()).decode()


async def _signed_in(house: House, localpart: str = "alice") -> RawSmtp:
    client = await house.connect("submission")
    reply = await client.command(f"AUTH PLAIN {_plain(f'{localpart}@example.test')}")
    assert str(reply) == "235 2.7.0 Authentication successful"
    return client


async def _stored() -> bytes:
    (row,) = await db.fetch_rows("SELECT blob_id FROM spool_message")
    return await blobs.read(row[0])


@pytest.mark.parametrize(
    "lines",
    [
        [f"AUTH PLAIN {_plain('alice@example.test')}"],
        [f"auth plain {_plain('ALICE@Example.test', authzid='alice@example.test')}"],
        ["AUTH PLAIN", _plain("alice@example.test")],
        ["AUTH LOGIN", b64encode(b"alice@example.test").decode(), b64encode(PASSWORD.encode()).decode()],
        [f"AUTH LOGIN {b64encode(b'alice@example.test').decode()}", b64encode(PASSWORD.encode()).decode()],
    ],
    ids=["initial", "case and authzid", "challenge", "login", "login initial"],
)
async def test_right_passwords(doors: House, lines: list[str]) -> None:
    client = await doors.connect("submission")

    replies = [await client.command(line) for line in lines]

    assert [reply.code for reply in replies[:-1]] == [334] * (len(lines) - 1)
    assert replies[-1].code == 235
    assert "AUTH" not in (await client.command("EHLO again.test")).text
    assert (await client.command("AUTH PLAIN")).code == 503


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([f"AUTH PLAIN {_plain('alice@example.test', 'wrong')}"], "535 5.7.8"),
        ([f"AUTH PLAIN {_plain('nobody@example.test')}"], "535 5.7.8"),
        ([f"AUTH PLAIN {_plain('alice@example.test', authzid='bob@example.test')}"], "535 5.7.8 You may"),
        (["AUTH PLAIN !!!"], "501 5.5.2"),
        (["AUTH PLAIN", "*"], "501 5.7.0"),
        (["AUTH LOGIN", "*"], "501 5.7.0"),
        (["AUTH LOGIN", "/w==", "/w=="], "535 5.7.8"),
        (["AUTH LOGIN", "/w"], "501 5.5.2"),
        (["AUTH CRAM-MD5"], "504 5.5.4"),
        (["AUTH"], "504 5.5.4"),
        (["AUTH PLAIN " + "A" * 13_000], "500 5.5.2"),
    ],
)
async def test_wrong_or_broken_sign_in(doors: House, lines: list[str], expected: str) -> None:
    client = await doors.connect("submission")

    replies = [await client.command(line) for line in lines]

    assert str(replies[-1]).startswith(expected)
    assert (await client.command("MAIL FROM:<alice@example.test>")).code == 530


async def test_scram_and_bearer_tokens_as_in_rfc_7628(doors: House) -> None:
    alice = await users.get(SYSTEM, doors.users["alice"])
    token, _ = await api_keys.create(for_user(alice), "Sync")
    bearer = b"n,a=alice@example.test,\x01host=server.example.com\x01port=587\x01auth=Bearer %b\x01\x01"
    client = await doors.connect("submission")
    scram = ScramClient("alice@example.test", PASSWORD)

    refused = await client.command(f"AUTH OAUTHBEARER {b64encode(bearer % b'wrong').decode()}")
    assert (refused.code, b64decode(refused.text)) == (
        334,
        b'{"status": "invalid_token", "scope": "MAIL_USE"}',
    )
    assert (await client.command("AQ==")).code == 535
    assert (
        await client.command(f"AUTH OAUTHBEARER {b64encode(bearer % token.encode()).decode()}")
    ).code == 235
    other = await doors.connect("submission")
    first = await other.command(f"AUTH SCRAM-SHA-256 {b64encode(scram.first()).decode()}")
    final = await other.command(b64encode(scram.final(b64decode(first.text))).decode())
    assert (final.code, b64decode(final.text)) == (334, scram.server_final())
    assert str(await other.command("")) == "235 2.7.0 Authentication successful"


async def test_three_wrong_passwords_close_the_connection(doors: House) -> None:
    client = await doors.connect("submission")

    for _ in range(2):
        assert (await client.command(f"AUTH PLAIN {_plain('alice@example.test', 'wrong')}")).code == 535
    client.send(f"AUTH PLAIN {_plain('alice@example.test', 'wrong')}\r\n".encode())

    assert await client.codes(2) == [535, 421]
    assert await client.at_end()


async def test_a_disabled_user_may_not_submit(doors: House) -> None:
    await users.update(SYSTEM, doors.users["alice"], is_enabled=False)
    client = await doors.connect("submission")

    reply = await client.command(f"AUTH PLAIN {_plain('alice@example.test')}")

    assert str(reply) == "535 5.7.8 Authentication failed"


async def test_sending_that_is_turned_off_is_told_after_the_password(doors: House) -> None:
    await settings.set_value(SYSTEM, "smtp.enabled", Level.USER, doors.users["alice"], False)
    client = await doors.connect("submission")

    wrong = await client.command(f"AUTH PLAIN {_plain('alice@example.test', 'wrong')}")
    right = await client.command(f"AUTH PLAIN {_plain('alice@example.test')}")

    assert wrong.code == 535
    assert str(right) == "525 5.7.13 Sending by mail programs is turned off for this account"


async def test_no_password_is_taken_in_clear(rt: Runtime) -> None:
    strict = rt.settings.model_copy(update={"allow_insecure_auth": False})
    async with mail_house(rt, settings=strict, with_worker=False) as house:
        client = await house.connect("submission")
        offered = (await client.command("EHLO x.test")).text
        in_clear = await client.command(f"AUTH PLAIN {_plain('alice@example.test')}")
        mail = await client.command("MAIL FROM:<alice@example.test>")
        await client.start_tls(trusting())
        inside = (await client.command("EHLO x.test")).text
        covered = await client.command(f"AUTH PLAIN {_plain('alice@example.test')}")

    assert "AUTH" not in offered
    assert [str(in_clear)[:10], str(mail)] == ["538 5.7.11", "530 5.7.0 Issue a STARTTLS command first"]
    assert " SCRAM-SHA-256 PLAIN LOGIN OAUTHBEARER XOAUTH2" in inside
    assert covered.code == 235


async def test_implicit_tls_from_the_first_byte(house: House) -> None:
    client = await house.connect("submissions", tls=trusting())
    await client.command(f"AUTH PLAIN {_plain('alice@example.test')}")

    reply = await client.mail("alice@example.test", ["bob@example.test"], COMPLETE)

    assert reply.code == 250
    (stored,) = await house.wait_for_mail("bob", 1)
    assert b"with ESMTPSA (TLSv1.3) id " in stored


async def test_a_complete_message_is_left_as_it_is(doors: House) -> None:
    client = await _signed_in(doors)

    reply = await client.mail("alice@example.test", ["friend@remote.test"], COMPLETE)

    assert reply.code == 250
    stored = await _stored()
    assert stored.endswith(b" +0000\r\n" + COMPLETE)
    assert b"127.0.0.1" not in stored


async def test_what_is_missing_is_supplied_and_bcc_taken_away(doors: House) -> None:
    client = await _signed_in(doors)
    message = (
        b"To: x@remote.test\r\nBcc: secret@remote.test,\r\n\tother@remote.test\r\n"
        b"Subject: x\r\n\r\nBcc: no field\r\n"
    )
    await client.mail("alice@example.test", ["x@remote.test", "secret@remote.test"], message)

    stored = (await _stored()).partition(b" +0000\r\n")[2].decode()
    assert re.fullmatch(
        r"From: alice@example\.test\r\nDate: .{31}\r\nMessage-ID: <[0-9a-f]{32}@example\.test>\r\n"
        r"To: x@remote\.test\r\nSubject: x\r\n\r\nBcc: no field\r\n",
        stored,
    )


@pytest.mark.parametrize("message", [b"", b"\r\nonly a body\r\n", b"only a body\r\n"])
async def test_a_message_without_header_gets_one(doors: House, message: bytes) -> None:
    client = await _signed_in(doors)

    reply = await client.mail("alice@example.test", ["x@remote.test"], message)

    assert reply.code == 250
    head, _, body = (await _stored()).partition(b"\r\n\r\n")
    assert b"\r\nFrom: alice@example.test\r\n" in head
    assert body == message.lstrip(b"\r\n")


@pytest.mark.parametrize(
    ("sender", "expected"),
    [
        ("alice@example.test", 250),
        ("Alice+news@example.test", 250),
        ("", 250),
        ("bob@example.test", 550),
        ("staff@example.test", 550),
        ("alice@remote.test", 550),
    ],
)
async def test_the_return_path_is_ones_own(doors: House, sender: str, expected: int) -> None:
    await doors.add_alias("staff", "alice@example.test", "bob@example.test")
    client = await _signed_in(doors)

    reply = await client.command(f"MAIL FROM:<{sender}>")

    assert reply.code == expected


@pytest.mark.parametrize(
    "field",
    [
        b"From: Bob <bob@example.test>\r\n",
        b"From: alice@example.test, bob@example.test\r\n",
        b"From: alice@example.test\r\nFrom: bob@example.test\r\n",
        b"From: bob@example.test <boss@remote.test>\r\n",
        b"From: group: bob@example.test;\r\n",
        b"From: no address\r\n",
    ],
)
async def test_nobody_writes_in_a_colleagues_name(doors: House, field: bytes) -> None:
    client = await _signed_in(doors)

    reply = await client.mail("alice@example.test", ["x@remote.test"], field + b"Subject: x\r\n\r\nx\r\n")

    assert str(reply).startswith("550 5.7.1")
    assert await doors.count("spool_message") == 0


async def test_an_alias_of_ones_own_is_a_sender(doors: House) -> None:
    await doors.add_alias("sales", "alice@example.test")
    await doors.add_alias("*", "alice@example.test")
    client = await _signed_in(doors)

    own = await client.mail(
        "sales@example.test", ["x@remote.test"], COMPLETE.replace(b"alice@", b"sales+shop@")
    )
    caught = await client.command("MAIL FROM:<anything@example.test>")

    assert [own.code, caught.code] == [250, 550]


@pytest.mark.parametrize("given", [b"", b"Sender: alice@example.test\r\n"])
async def test_on_behalf_of_a_colleague_the_writer_is_named(doors: House, given: bytes) -> None:
    await send_grants.put(SYSTEM, doors.users["bob"], "alice", SendMode.BEHALF)
    client = await _signed_in(doors)

    reply = await client.mail(
        "alice@example.test", ["x@remote.test"], given + COMPLETE.replace(b"alice@", b"bob@", 1)
    )

    assert reply.code == 250
    stored = await _stored()
    assert stored.count(b"Sender: alice@example.test\r\n") == 1
    assert b"\r\nFrom: Alice <bob@example.test>\r\n" in stored


async def test_as_a_colleague_nobody_sees_who_wrote_and_the_colleague_has_a_copy(doors: House) -> None:
    bob = doors.users["bob"]
    await send_grants.put(SYSTEM, bob, "alice", SendMode.AS)
    await settings.set_value(SYSTEM, "submission.copy_to_owner", Level.USER, bob, True)
    client = await _signed_in(doors)
    message = b"Sender: alice@example.test\r\n" + COMPLETE.replace(b"Alice <alice@", b"Bob <bob@")

    reply = await client.mail("bob@example.test", ["x@remote.test"], message)

    assert reply.code == 250
    assert b"alice" not in await _stored()
    assert (await mailboxes.by_use(bob, "sent")).exists == 1


async def test_a_sender_field_names_nobody_else(doors: House) -> None:
    client = await _signed_in(doors)

    reply = await client.mail(
        "alice@example.test", ["x@remote.test"], b"Sender: bob@example.test\r\n" + COMPLETE
    )

    assert str(reply) == "550 5.7.1 Sender must be your own address"


async def test_unknown_local_recipients_are_refused_at_once(doors: House) -> None:
    client = await _signed_in(doors)
    await client.command("MAIL FROM:<alice@example.test>")

    reply = await client.command("RCPT TO:<nobody@example.test>")

    assert str(reply).startswith("550 5.1.1")


async def test_the_number_of_recipients_is_limited(doors: House) -> None:
    await settings.set_value(SYSTEM, "submission.max_recipients", Level.USER, doors.users["alice"], 2)
    client = await _signed_in(doors)
    await client.command("MAIL FROM:<alice@example.test>")

    codes = [(await client.command(f"RCPT TO:<x{number}@remote.test>")).code for number in range(4)]

    assert codes == [250, 250, 452, 452]


async def test_messages_an_hour_are_limited(doors: House) -> None:
    await settings.set_value(SYSTEM, "submission.messages_per_hour", Level.USER, doors.users["alice"], 2)
    client = await _signed_in(doors)

    replies = [await client.mail("alice@example.test", ["x@remote.test"], COMPLETE) for _ in range(3)]

    assert [reply.code for reply in replies] == [250, 250, 451]
    assert replies[2].text == "4.7.1 You may send 2 messages an hour; try again in 30 min"
    assert await doors.count("spool_message") == 2


async def test_recipients_an_hour_are_limited_over_all_messages(doors: House) -> None:
    await settings.set_value(SYSTEM, "submission.recipients_per_hour", Level.USER, doors.users["alice"], 3)
    client = await _signed_in(doors)

    first = await client.mail("alice@example.test", ["x@remote.test", "y@remote.test"], COMPLETE)
    second = await client.mail("alice@example.test", ["x@remote.test", "y@remote.test"], COMPLETE)

    assert (first.code, second.code) == (250, 451)
    assert "3 recipients an hour" in second.text
    await client.command("RSET")
    assert (await client.mail("alice@example.test", ["x@remote.test"], COMPLETE)).code == 250


async def test_a_domain_shares_its_hour(doors: House) -> None:
    await settings.set_value(SYSTEM, "domain.messages_per_hour", Level.DOMAIN, doors.domain_id, 2)
    codes = []
    for localpart in ("alice", "bob", "alice"):
        client = await _signed_in(doors, localpart)
        own = COMPLETE.replace(b"alice", localpart.encode())
        codes.append((await client.mail(f"{localpart}@example.test", ["x@remote.test"], own)).code)

    assert codes == [250, 250, 451]


async def _put(doors: House, key: str, value: int | str) -> None:
    await settings.set_value(SYSTEM, key, Level.DOMAIN, doors.domain_id, value)


async def _release_times() -> list[int]:
    rows = await db.fetch_rows(
        "SELECT r.next_attempt_at - m.created_at FROM spool_recipient r"
        " JOIN spool_message m ON m.id = r.message_id ORDER BY m.id"
    )
    return [row[0] for row in rows]


async def test_recipients_of_a_domain_in_an_hour(doors: House) -> None:
    await _put(doors, "domain.recipients_per_hour", 3)
    client = await _signed_in(doors)

    first = await client.mail("alice@example.test", ["x@remote.test", "y@remote.test"], COMPLETE)
    second = await client.mail("alice@example.test", ["x@remote.test", "y@remote.test"], COMPLETE)

    assert first.code == 250
    assert str(second).startswith("451 4.7.1 Your domain may send to 3 recipients an hour")


async def test_people_one_never_wrote_to_are_limited_in_a_day(doors: House) -> None:
    await _put(doors, "submission.new_recipients_per_day", 2)
    client = await _signed_in(doors)
    everyone = ["x@remote.test", "X@Remote.Test", "bob@example.test"]

    first = await client.mail("alice@example.test", everyone, COMPLETE)
    second = await client.mail("alice@example.test", ["y@remote.test", "x@remote.test"], COMPLETE)
    third = await client.mail("alice@example.test", ["z@remote.test"], COMPLETE)
    await client.command("RSET")
    known = await client.mail("alice@example.test", ["y@remote.test", "x@remote.test"], COMPLETE)

    assert [first.code, second.code, known.code] == [250, 250, 250]
    assert str(third) == "451 4.7.1 You may send to 2 new recipients a day; try again in 720 min"
    entries = await db.fetch_rows("SELECT subject, detail FROM audit_entry WHERE action = 'submission.limit'")
    assert [(subject, "new_recipients_per_day" in detail) for subject, detail in entries] == [
        ("alice@example.test", True)
    ]


async def test_what_is_too_much_waits_where_the_domain_has_it_so(doors: House) -> None:
    await _put(doors, "submission.over_limit", "delay")
    await _put(doors, "submission.messages_per_hour", 2)
    client = await _signed_in(doors)

    codes = [(await client.mail("alice@example.test", ["x@remote.test"], COMPLETE)).code for _ in range(4)]

    assert codes == [250] * 4
    waits = await _release_times()
    assert waits[:2] == [0, 0]
    assert [round(wait / 60) for wait in waits[2:]] == [30, 60]


async def test_nobody_waits_for_more_than_a_day(doors: House) -> None:
    await _put(doors, "submission.over_limit", "delay")
    await _put(doors, "submission.new_recipients_per_day", 1)
    client = await _signed_in(doors)

    codes = [
        (await client.mail("alice@example.test", [f"x{number}@remote.test"], COMPLETE)).code
        for number in range(3)
    ]

    assert codes == [250, 250, 451]


async def test_nothing_follows_where_the_domain_has_it_so(doors: House) -> None:
    await _put(doors, "submission.over_limit", "none")
    await _put(doors, "submission.messages_per_hour", 1)
    client = await _signed_in(doors)

    codes = [(await client.mail("alice@example.test", ["x@remote.test"], COMPLETE)).code for _ in range(3)]

    assert codes == [250] * 3
    assert await _release_times() == [0, 0, 0]
    assert await db.fetch_value("SELECT COUNT(*) FROM audit_entry WHERE action = 'submission.limit'") == 1


async def test_the_domains_footer_names_the_author_and_goes_outside_only(doors: House) -> None:
    await _put(doors, "footer.text", "{{name}}, {{title}}\nExample Ltd")
    await settings.set_value(SYSTEM, "profile.title", Level.USER, doors.users["alice"], "Head of Tea")
    client = await _signed_in(doors)

    assert (await client.mail("alice@example.test", ["bob@example.test"], COMPLETE)).code == 250
    assert b"Example Ltd" not in await _stored()
    await db.write(lambda tx: tx.execute("DELETE FROM spool_message"))
    both = ["bob@example.test", "x@remote.test"]
    assert (await client.mail("alice@example.test", both, COMPLETE)).code == 250

    assert (await _stored()).endswith(b"\r\n\r\nHi\r\n\r\nAlice, Head of Tea\r\nExample Ltd\r\n")


@pytest.mark.parametrize(
    ("sender", "exempt"), [("", False), ("alice@example.test", True)], ids=["no return path", "exempt user"]
)
async def test_mail_without_the_domains_footer(doors: House, sender: str, exempt: bool) -> None:
    await _put(doors, "footer.text", "Example Ltd")
    if exempt:
        await settings.set_value(SYSTEM, "footer.enabled", Level.USER, doors.users["alice"], False)
    client = await _signed_in(doors)

    assert (await client.mail(sender, ["x@remote.test"], COMPLETE)).code == 250

    assert (await _stored()).endswith(COMPLETE)


async def test_the_footer_of_internal_mail_is_a_setting(doors: House) -> None:
    await _put(doors, "footer.html", "<p>Example &amp; Sons, {{name}}</p>")
    await settings.set_value(SYSTEM, "footer.internal", Level.DOMAIN, doors.domain_id, True)
    client = await _signed_in(doors)

    assert (await client.mail("alice@example.test", ["bob@example.test"], COMPLETE)).code == 250

    assert (await _stored()).endswith(b"Hi\r\n\r\nExample & Sons, Alice\r\n")


@pytest.mark.parametrize("text", ["{{password}}", "{{name", "{{ name }}", "a\0b"])
async def test_a_template_names_what_there_is(doors: House, text: str) -> None:
    with pytest.raises(InvalidSyntax):
        await _put(doors, "footer.text", text)


async def test_the_senders_own_size_limit_is_announced_and_kept(doors: House) -> None:
    await settings.set_value(SYSTEM, "message.max_bytes", Level.USER, doors.users["alice"], 70_000)
    client = await _signed_in(doors)

    offered = (await client.command("EHLO again.test")).text
    declared = await client.command("MAIL FROM:<alice@example.test> SIZE=70001")

    assert "SIZE 70000" in offered
    assert declared.code == 552


async def test_every_name_of_the_domain_signs_in_and_is_ones_own(doors: House) -> None:
    await domain_aliases.add(SYSTEM, doors.domain_id, "example.net")
    client = await doors.connect("submission")

    replies = [
        await client.command(f"AUTH PLAIN {_plain('alice@example.net', authzid='alice@example.net')}"),
        await client.command("MAIL FROM:<bob@example.net>"),
    ]
    sent = await client.mail(
        "alice@example.net",
        ["bob@example.test"],
        COMPLETE.replace(b"alice@example.test", b"Alice@Example.net"),
    )

    assert [reply.code for reply in replies] == [235, 550]
    assert sent.code == 250
