"""Exchanges over the wire, the RFCs' own where they have some."""

from __future__ import annotations

import hashlib
import ssl
from base64 import b64decode, b64encode
from collections.abc import Callable

import pytest
from cryptography import x509

from backend.directory import api_keys, app_passwords, passwords, scram_keys, subjects, users
from backend.directory.app_passwords import MailProtocol
from backend.directory.principal import SYSTEM, for_user
from backend.directory.roles import Permission
from backend.directory.scram_keys import Derived, Salting
from backend.kit import db
from protocol_service.sasl import offered, scram
from protocol_service.sasl.peer import Malformed, Peer
from tests.protocol_service.imap.conftest import PASSWORD, ImapHouse, house
from tests.support.imap_client import Answer, ImapClient
from tests.support.scram_client import ScramClient
from tests.support.smtp_raw import trusting

__all__ = ["house"]
LOGIN = "alice@example.test"
BINDING = "p=tls-server-end-point,,"


def as_login(monkeypatch: pytest.MonkeyPatch, login: str) -> None:
    """Let alice sign in by a name that is no address, as the examples have it."""
    by_login = subjects.by_login

    async def renamed(folded: str) -> subjects.Subject:
        return await by_login(LOGIN if folded == login else folded)

    monkeypatch.setattr(subjects, "by_login", renamed)


async def exchange(
    client: ImapClient, mechanism: str, *answers: Callable[[bytes], bytes] | bytes
) -> tuple[list[bytes], Answer]:
    """Run AUTHENTICATE; what the server said in its challenges, and how it ended."""
    client.send(b"a AUTHENTICATE %b\r\n" % mechanism.encode())
    said: list[bytes] = []
    for answer in answers:
        line = await client.response()
        assert line.startswith(b"+ ")
        said.append(b64decode(line[2:], validate=True))
        client.send(b64encode(answer(said[-1]) if callable(answer) else answer) + b"\r\n")
    return said, await client.answer(b"a")


async def test_scram_sha_256_as_in_rfc_7677(house: ImapHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    as_login(monkeypatch, "user")
    salting = Salting(b64decode("W22ZaJ0SNY7soEsUEjb6gQ=="), 4096)
    derived = Derived(salting, (scram_keys.compute("pencil", salting),))
    await db.write(lambda tx: scram_keys.replace(tx, house.users["alice"], derived))
    monkeypatch.setattr(scram, "_new_nonce", lambda: b"%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0")
    client = await house.connect()

    said, answer = await exchange(
        client,
        "SCRAM-SHA-256",
        b"n,,n=user,r=rOprNGfwEbeRWgbNEkqO",
        b"c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
        b"p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
        b"",
    )

    assert said == [
        b"",
        b"r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        b"v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
    ]
    assert answer.status.endswith(b"Signed in")
    await client.ok("SELECT INBOX")


@pytest.mark.parametrize(
    ("message", "is_right"),
    [
        (b"\0tim\0tanstaaftanstaaf", True),
        (b"Ursel\0Kurt\0xipj3plmq", False),
        (b"tim\0tim\0tanstaaftanstaaf", True),
    ],
)
async def test_plain_as_in_rfc_4616(
    house: ImapHouse, monkeypatch: pytest.MonkeyPatch, message: bytes, is_right: bool
) -> None:
    as_login(monkeypatch, "tim")
    monkeypatch.setattr("protocol_service.sasl.identity.fold_login", lambda name: name.replace(LOGIN, "tim"))
    stored = await passwords.hash_password("tanstaaftanstaaf")
    await db.write(lambda tx: tx.execute("UPDATE user_account SET password_hash = ?", stored))
    client = await house.connect()

    _, answer = await exchange(client, "PLAIN", message)

    assert answer.is_ok is is_right


async def test_oauthbearer_as_in_rfc_7628(house: ImapHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    alice = await users.get(SYSTEM, house.users["alice"])
    token, _ = await api_keys.create(for_user(alice), "Sync", permissions={Permission.MAIL_USE})
    client = await house.connect()
    host = b"host=server.example.com\x01port=143\x01"

    said, refused = await exchange(
        client,
        "OAUTHBEARER",
        b"n,a=alice@example.test,\x01%bauth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\x01\x01" % host,
        b"\x01",
    )
    _, answer = await exchange(
        client,
        "OAUTHBEARER",
        b"n,a=alice@example.test,\x01%bauth=Bearer %b\x01\x01" % (host, token.encode()),
    )

    assert said[1] == b'{"status": "invalid_token", "scope": "MAIL_USE"}'
    assert refused.status == b"NO [AUTHENTICATIONFAILED] Authentication failed"
    assert answer.is_ok


async def test_xoauth2(house: ImapHouse) -> None:
    alice = await users.get(SYSTEM, house.users["alice"])
    token, key = await api_keys.create(for_user(alice), "Sync")
    client = await house.connect()

    said, refused = await exchange(
        client, "XOAUTH2", b"user=bob@example.test\x01auth=Bearer %b\x01\x01" % token.encode(), b""
    )
    _, answer = await exchange(
        client, "XOAUTH2", b"user=alice@example.test\x01auth=Bearer %b\x01\x01" % token.encode()
    )

    assert said[1].startswith(b'{"status": "401"')
    assert not refused.is_ok
    assert answer.is_ok
    await api_keys.revoke(for_user(alice), key.id)
    assert await client.response() == b"* BYE Sign in again"


async def test_login_asks_for_name_and_password(house: ImapHouse) -> None:
    client = await house.connect()

    said, answer = await exchange(client, "LOGIN", LOGIN.encode(), PASSWORD.encode())

    assert said == [b"Username:", b"Password:"]
    assert answer.is_ok


async def with_key(house: ImapHouse, *, tls: bool = False) -> tuple[ImapClient, bytes]:
    """A client in front of alice, who has keys of SCRAM, and the hash of the certificate it was shown."""
    alice = await users.get(SYSTEM, house.users["alice"])
    derived = await scram_keys.derive(alice.address, PASSWORD, alice.id)
    await db.write(lambda tx: scram_keys.replace(tx, alice.id, derived))
    if not tls:
        return await house.connect(), b""
    client = await ImapClient.connect(house.role.addresses["imaps"], tls=trusting())
    house.stack.push_async_callback(client.close)
    shown = client.writer.get_extra_info("ssl_object")
    assert isinstance(shown, ssl.SSLObject)
    certificate = shown.getpeercert(binary_form=True)
    assert certificate is not None
    assert x509.load_der_x509_certificate(certificate).signature_hash_algorithm is not None
    return client, hashlib.sha256(certificate).digest()


async def prove(client: ImapClient, scram_client: ScramClient, mechanism: str) -> tuple[list[bytes], Answer]:
    return await exchange(client, mechanism, scram_client.first(), scram_client.final, b"")


async def test_scram_with_binding_is_there_inside_tls(house: ImapHouse) -> None:
    plain, _ = await with_key(house)
    secure, end_point = await with_key(house, tls=True)

    assert b"AUTH=SCRAM-SHA-256 " in plain.greeting
    assert b"SCRAM-SHA-256-PLUS" not in plain.greeting
    # Announced where the usual type of binding can be had (RFC 9266): neomutt would take it and fail.
    is_usual = "tls-exporter" in ssl.CHANNEL_BINDING_TYPES
    assert (b"AUTH=SCRAM-SHA-256-PLUS " in secure.greeting) is is_usual
    assert b"AUTH=SCRAM-SHA-256 AUTH=PLAIN" in secure.greeting
    alice = ScramClient(LOGIN, PASSWORD, header=BINDING, binding=end_point)
    said, answer = await prove(secure, alice, "SCRAM-SHA-256-PLUS")
    assert said[2] == alice.server_final()
    assert answer.is_ok


async def test_scram_without_binding_inside_tls(house: ImapHouse) -> None:
    client, _ = await with_key(house, tls=True)

    _, answer = await prove(client, ScramClient(LOGIN, PASSWORD), "SCRAM-SHA-256")

    assert answer.is_ok


@pytest.mark.parametrize(
    ("mechanism", "header", "binding", "reason"),
    [
        ("SCRAM-SHA-256-PLUS", BINDING, b"\0" * 32, b"The channel bindings do not match"),
        ("SCRAM-SHA-256-PLUS", BINDING, b"", b"The channel bindings do not match"),
        ("SCRAM-SHA-256", "n,,", b"more", b"The channel bindings do not match"),
    ],
)
async def test_a_binding_to_another_connection_is_refused(
    house: ImapHouse, mechanism: str, header: str, binding: bytes, reason: bytes
) -> None:
    client, _ = await with_key(house, tls=True)
    relayed = ScramClient(LOGIN, PASSWORD, header=header, binding=binding)

    _, answer = await exchange(client, mechanism, relayed.first(), relayed.final)

    assert answer.status == b"BAD " + reason


async def test_a_binding_in_other_base64_of_the_same_bytes_is_refused(house: ImapHouse) -> None:
    """What a lenient reader takes for the right data is not what the client has proved."""
    client, end_point = await with_key(house, tls=True)
    alice = ScramClient(LOGIN, PASSWORD, header=BINDING, binding=end_point)

    def padded(server_first: bytes) -> bytes:
        final = alice.final(server_first)
        return final.replace(b",r=", b"====,r=", 1)

    _, answer = await exchange(client, "SCRAM-SHA-256-PLUS", alice.first(), padded)

    assert answer.status == b"BAD The channel bindings do not match"


@pytest.mark.parametrize(
    ("mechanism", "first", "reason"),
    [
        ("SCRAM-SHA-256", b"p=tls-server-end-point,,n=x,r=1", b"Channel binding needs the mechanism"),
        ("SCRAM-SHA-256-PLUS", b"n,,n=x,r=1", b"SCRAM-SHA-256-PLUS needs channel binding"),
        ("SCRAM-SHA-256-PLUS", b"y,,n=x,r=1", b"SCRAM-SHA-256-PLUS needs channel binding"),
        ("SCRAM-SHA-256-PLUS", b"p=tls-unique,,n=x,r=1", b"The channel binding is not supported"),
        ("SCRAM-SHA-256", b"n,,m=1,n=x,r=1", b"Not the first message"),
        ("SCRAM-SHA-256", b"n,,n=x=,r=1", b"The name is not encoded"),
        ("SCRAM-SHA-256", b"n,,n=,r=1", b"Not the first message"),
        ("SCRAM-SHA-256", b"n,,n=x,r=" + b"1" * 3000, b"Not the first message"),
        ("SCRAM-SHA-256", b"", b"Not the first message"),
    ],
)
async def test_first_messages_that_are_refused(
    house: ImapHouse, mechanism: str, first: bytes, reason: bytes
) -> None:
    client, _ = await with_key(house, tls=True)

    _, answer = await exchange(client, mechanism, first)

    assert answer.status.startswith(b"BAD " + reason)
    assert await client.ok("NOOP") == []


async def test_a_list_of_mechanisms_that_was_changed_on_the_way_is_noticed() -> None:
    peer = Peer("imap", "", is_private=True, bindings={"tls-exporter": b"x", "tls-server-end-point": b"y"})

    async def silent(challenge: bytes) -> bytes:
        raise AssertionError(challenge)

    assert offered(peer)[0] == "SCRAM-SHA-256-PLUS"
    with pytest.raises(Malformed, match="This server offers channel binding"):
        await scram.without_binding(peer, b"y,,n=x,r=1", silent)


async def test_a_client_that_cannot_bind_may_say_so_in_clear_text(house: ImapHouse) -> None:
    client, _ = await with_key(house)

    _, answer = await prove(client, ScramClient(LOGIN, PASSWORD, header="y,,"), "SCRAM-SHA-256")

    assert answer.is_ok


async def test_the_nonce_of_another_exchange_is_refused(house: ImapHouse) -> None:
    client, _ = await with_key(house)
    alice = ScramClient(LOGIN, PASSWORD)
    replayed: list[bytes] = []

    def final(server_first: bytes) -> bytes:
        replayed.append(alice.final(server_first))
        return replayed[0]

    _, first = await exchange(client, "SCRAM-SHA-256", alice.first(), final, b"")
    other, _ = await with_key(house)
    _, second = await exchange(other, "SCRAM-SHA-256", alice.first(), lambda _: replayed[0])

    assert first.is_ok
    assert second.status == b"BAD Not the final message of SCRAM"


async def test_a_client_that_does_not_believe_the_server_is_not_signed_in(house: ImapHouse) -> None:
    client, _ = await with_key(house)
    alice = ScramClient(LOGIN, PASSWORD)
    client.send(b"a AUTHENTICATE SCRAM-SHA-256 %b\r\n" % b64encode(alice.first()))
    server_first = b64decode((await client.response())[2:])
    client.send(b64encode(alice.final(server_first)) + b"\r\n")
    assert (await client.response()).startswith(b"+ ")

    client.send(b"*\r\n")

    assert (await client.answer(b"a")).status == b"BAD Authentication was cancelled"
    assert await client.refused("SELECT INBOX") == b"BAD The command is not allowed now"


@pytest.mark.parametrize("login", [LOGIN, "nobody@example.test"])
async def test_a_wrong_proof_and_an_unknown_name_read_alike(house: ImapHouse, login: str) -> None:
    client, _ = await with_key(house)
    guesser = ScramClient(login, "not this one")

    said, answer = await exchange(client, "SCRAM-SHA-256", guesser.first(), guesser.final)

    assert len(said) == 2
    assert answer.status == b"NO [AUTHENTICATIONFAILED] Authentication failed"


async def test_scram_for_somebody_else_is_refused_at_the_end(house: ImapHouse) -> None:
    client, _ = await with_key(house)
    own, other = (
        ScramClient(LOGIN, PASSWORD, header=f"n,a={name}@example.test,") for name in ("alice", "bob")
    )

    _, refused = await prove(client, other, "SCRAM-SHA-256")
    _, answer = await prove(client, own, "SCRAM-SHA-256")

    assert refused.status == b"NO [AUTHORIZATIONFAILED] You may not act for somebody else"
    assert answer.is_ok


async def test_an_app_password_by_every_mechanism_until_it_is_revoked(house: ImapHouse) -> None:
    alice = await users.get(SYSTEM, house.users["alice"])
    text, made = await app_passwords.create(for_user(alice), alice.id, "Phone", {MailProtocol.IMAP})
    clients = [await house.connect() for _ in range(4)]

    answers = [
        (await exchange(clients[0], "PLAIN", f"\0{LOGIN}\0{text}".encode()))[1],
        (await exchange(clients[1], "LOGIN", LOGIN.encode(), text.encode()))[1],
        (await prove(clients[2], ScramClient(LOGIN, text), "SCRAM-SHA-256"))[1],
        await clients[3].command(f'LOGIN {LOGIN} "{text}"'),
    ]

    assert [answer.is_ok for answer in answers] == [True] * 4
    await app_passwords.revoke(for_user(alice), alice.id, made.id)
    for client in clients:
        assert await client.response() == b"* BYE Sign in again"
        assert await client.ended()
