"""Keys and proofs of SCRAM: who has them, who gets in, what tells nothing."""

from __future__ import annotations

import asyncio
from base64 import b64decode

import pytest

from backend.directory import authentication, domains, guessing, scram, scram_keys, users
from backend.directory.principal import SYSTEM
from backend.directory.types import User
from backend.kit import db
from backend.kit.errors import RateLimited, Unauthenticated
from backend.kit.runtime import Runtime
from tests.support.scram_client import ScramClient

PASSWORD = "violet-anchor-73"
LOGIN = "ada@example.test"


@pytest.fixture
async def ada(rt: Runtime) -> User:
    await domains.add(SYSTEM, "example.test")
    new = await users.prepare(SYSTEM, LOGIN, PASSWORD)
    return await db.write(lambda tx: users.insert(tx, SYSTEM, new))


async def prove(login: str = LOGIN, password: str = PASSWORD, *, protocol: str = "imap") -> scram.Admission:
    challenge = await scram.begin(login, protocol=protocol)
    client = ScramClient(login, password)
    salt = scram_keys._text(challenge.salting.salt)
    final = client.final(f"r={client.nonce}x,s={salt},i={challenge.salting.iterations}".encode())
    proof = final.rpartition(b",p=")[2]
    admission = await scram.verify(
        challenge,
        client.auth_message,
        b64decode(proof),
        protocol=protocol,
        remote_address="192.0.2.1",
    )
    assert client.server_final().endswith(scram_keys._text(admission.server_signature).encode())
    return admission


async def test_a_proof_signs_in_and_no_password_is_stored(ada: User) -> None:
    admission = await prove()

    assert (admission.principal.user_id, admission.principal.remote_address) == (ada.id, "192.0.2.1")
    rows = await db.fetch_rows("SELECT * FROM scram_key")
    assert len(rows) == 1
    assert PASSWORD not in str(rows)
    assert (await users.get(SYSTEM, ada.id)).last_sign_in_at is not None


async def test_the_case_of_the_login_does_not_matter(ada: User) -> None:
    assert (await prove("Ada@EXAMPLE.test")).principal.user_id == ada.id


@pytest.mark.parametrize(
    ("login", "password"),
    [(LOGIN, "wrong"), ("nobody@example.test", PASSWORD), ("root", PASSWORD), ("\udcff", PASSWORD)],
)
async def test_whatever_is_wrong_is_refused_alike(ada: User, login: str, password: str) -> None:
    challenge = await scram.begin(login, protocol="imap")

    with pytest.raises(Unauthenticated) as refusal:
        await scram.verify(challenge, b"x", b"p" * 32, protocol="imap", remote_address="192.0.2.1")

    assert refusal.value.public == "Wrong name or password"


async def test_the_salt_does_not_tell_who_exists(ada: User) -> None:
    known = (await scram.begin(LOGIN, protocol="imap")).salting
    unknown = (await scram.begin("nobody@example.test", protocol="imap")).salting

    assert (len(known.salt), known.iterations) == (len(unknown.salt), unknown.iterations) == (16, 4096)
    assert known.salt != unknown.salt
    assert (await scram.begin("NOBODY@example.test", protocol="smtp")).salting == unknown
    # A user who comes and goes changes nothing about it.
    new = await users.prepare(SYSTEM, "nobody@example.test", PASSWORD)
    made = await db.write(lambda tx: users.insert(tx, SYSTEM, new))
    assert (await scram.begin("nobody@example.test", protocol="imap")).salting == unknown
    await db.write(lambda tx: users.delete(tx, SYSTEM, made))
    assert (await scram.begin("nobody@example.test", protocol="imap")).salting == unknown
    assert await db.fetch_value("SELECT count(*) FROM scram_key WHERE user_id = ?", made.id) == 0


async def test_a_disabled_user_looks_like_a_wrong_proof(ada: User) -> None:
    await users.update(SYSTEM, ada.id, is_enabled=False)

    with pytest.raises(Unauthenticated, match="Wrong name or password"):
        await prove()


async def test_a_new_password_replaces_the_keys(ada: User) -> None:
    await users.set_password(SYSTEM, ada.id, "another-anchor-74")

    with pytest.raises(Unauthenticated):
        await prove()
    assert (await prove(password="another-anchor-74")).principal.user_id == ada.id
    assert await db.fetch_value("SELECT count(*) FROM scram_key") == 1


async def test_keys_are_made_at_the_first_sign_in_where_there_are_none(ada: User) -> None:
    await db.write(lambda tx: tx.execute("DELETE FROM scram_key"))
    with pytest.raises(Unauthenticated):
        await prove()

    await authentication.verify_password(LOGIN, PASSWORD, protocol="imap", remote_address="192.0.2.1")

    assert (await prove()).principal.user_id == ada.id


async def test_a_password_that_clients_prepare_in_two_ways_has_both_keys(ada: User) -> None:
    await users.set_password(SYSTEM, ada.id, "Kapitel Ⅸ und Ende")

    for form in ("Kapitel Ⅸ und Ende", "Kapitel IX und Ende"):
        assert (await prove(password=form)).principal.user_id == ada.id


async def test_proofs_and_passwords_share_one_limit(ada: User, moving_clock) -> None:
    for number in range(guessing.PER_ACCOUNT):
        moving_clock.advance(1)
        with pytest.raises(Unauthenticated):
            if number % 2:
                await prove(password=f"guess-{number}", protocol="smtp")
            else:
                await authentication.verify_password(
                    LOGIN, f"guess-{number}", protocol="imap", remote_address="198.51.100.7"
                )

    moving_clock.advance(1)
    with pytest.raises(RateLimited):
        await prove()


async def test_secrets_are_made_once(ada: User) -> None:
    await db.write(lambda tx: tx.execute("DELETE FROM server_secret"))

    begun = await asyncio.gather(*(scram.begin("x@example.test", protocol="imap") for _ in range(5)))

    assert len({challenge.salting.salt for challenge in begun}) == 1
