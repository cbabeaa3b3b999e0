"""AUTH at submission: what is taken for a sign-in, from whom, and where."""

from __future__ import annotations

from base64 import b64decode, b64encode

import pytest

from backend.directory import api_keys, domain_aliases, settings, users
from backend.directory.principal import SYSTEM, for_user
from backend.directory.setting_key import Level
from backend.kit.runtime import Runtime
from tests.protocol_service.smtp.submitting import COMPLETE, plain
from tests.support.mail_house import PASSWORD, House, mail_house
from tests.support.scram_client import ScramClient
from tests.support.smtp_raw import trusting


@pytest.mark.parametrize(
    "lines",
    [
        [f"AUTH PLAIN {plain('alice@example.test')}"],
        [f"auth plain {plain('ALICE@Example.test', authzid='alice@example.test')}"],
        ["AUTH PLAIN", plain("alice@example.test")],
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
        ([f"AUTH PLAIN {plain('alice@example.test', 'wrong')}"], "535 5.7.8"),
        ([f"AUTH PLAIN {plain('nobody@example.test')}"], "535 5.7.8"),
        ([f"AUTH PLAIN {plain('alice@example.test', authzid='bob@example.test')}"], "535 5.7.8 You may"),
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
        assert (await client.command(f"AUTH PLAIN {plain('alice@example.test', 'wrong')}")).code == 535
    client.send(f"AUTH PLAIN {plain('alice@example.test', 'wrong')}\r\n".encode())

    assert await client.codes(2) == [535, 421]
    assert await client.at_end()


async def test_a_disabled_user_may_not_submit(doors: House) -> None:
    await users.update(SYSTEM, doors.users["alice"], is_enabled=False)
    client = await doors.connect("submission")

    reply = await client.command(f"AUTH PLAIN {plain('alice@example.test')}")

    assert str(reply) == "535 5.7.8 Authentication failed"


async def test_sending_that_is_turned_off_is_told_after_the_password(doors: House) -> None:
    await settings.set_value(SYSTEM, "smtp.enabled", Level.USER, doors.users["alice"], False)
    client = await doors.connect("submission")

    wrong = await client.command(f"AUTH PLAIN {plain('alice@example.test', 'wrong')}")
    right = await client.command(f"AUTH PLAIN {plain('alice@example.test')}")

    assert wrong.code == 535
    assert str(right) == "525 5.7.13 Sending by mail programs is turned off for this account"


async def test_no_password_is_taken_in_clear(rt: Runtime) -> None:
    strict = rt.settings.model_copy(update={"allow_insecure_auth": False})
    async with mail_house(rt, settings=strict, with_worker=False) as house:
        client = await house.connect("submission")
        offered = (await client.command("EHLO x.test")).text
        in_clear = await client.command(f"AUTH PLAIN {plain('alice@example.test')}")
        mail = await client.command("MAIL FROM:<alice@example.test>")
        await client.start_tls(trusting())
        inside = (await client.command("EHLO x.test")).text
        covered = await client.command(f"AUTH PLAIN {plain('alice@example.test')}")

    assert "AUTH" not in offered
    assert [str(in_clear)[:10], str(mail)] == ["538 5.7.11", "530 5.7.0 Issue a STARTTLS command first"]
    assert " SCRAM-SHA-256 PLAIN LOGIN OAUTHBEARER XOAUTH2" in inside
    assert covered.code == 235


async def test_implicit_tls_from_the_first_byte(house: House) -> None:
    client = await house.connect("submissions", tls=trusting())
    await client.command(f"AUTH PLAIN {plain('alice@example.test')}")

    reply = await client.mail("alice@example.test", ["bob@example.test"], COMPLETE)

    assert reply.code == 250
    (stored,) = await house.wait_for_mail("bob", 1)
    assert b"with ESMTPSA (TLSv1.3) id " in stored


async def test_every_name_of_the_domain_signs_in_and_is_ones_own(doors: House) -> None:
    await domain_aliases.add(SYSTEM, doors.domain_id, "example.net")
    client = await doors.connect("submission")

    replies = [
        await client.command(f"AUTH PLAIN {plain('alice@example.net', authzid='alice@example.net')}"),
        await client.command("MAIL FROM:<bob@example.net>"),
    ]
    sent = await client.mail(
        "alice@example.net",
        ["bob@example.test"],
        COMPLETE.replace(b"alice@example.test", b"Alice@Example.net"),
    )

    assert [reply.code for reply in replies] == [235, 550]
    assert sent.code == 250
