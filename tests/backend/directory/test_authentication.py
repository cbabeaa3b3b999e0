"""Signing in: right and wrong, known and unknown, remembered, and how many tries there are."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

import pytest

from backend.directory import administrators, authentication, domains, guessing, passwords, users
from backend.directory.authentication import verify_password
from backend.directory.principal import SYSTEM, Principal
from backend.directory.roles import Role
from backend.kit import db
from backend.kit.errors import PermissionDenied, RateLimited, Unauthenticated, Unavailable

PASSWORD = "violet-anchor-73"
HOME, ELSEWHERE = "192.0.2.1", "198.51.100.7"


class Hasher:
    """Counts verifications in place of Argon2; a hash is `plain:` and the password."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    async def verify(self, stored: str, password: str) -> bool:
        self.asked.append((stored, password))
        await asyncio.sleep(0)
        return stored == f"plain:{password}"


@pytest.fixture
def hasher(world, monkeypatch: pytest.MonkeyPatch) -> Hasher:
    counting = Hasher()
    monkeypatch.setattr(passwords, "verify", counting.verify)
    monkeypatch.setattr(passwords, "needs_rehash", lambda stored: False)
    return counting


async def sign_in(
    login: str = "ada@example.test", password: str = PASSWORD, *, protocol: str = "imap", address: str = HOME
) -> Principal:
    return await verify_password(login, password, protocol=protocol, remote_address=address)


async def test_right_password_gives_the_principal(world, hasher: Hasher) -> None:
    principal = await sign_in("  Ada@EXAMPLE.test")

    assert (principal.kind, principal.user_id, principal.domain_id) == (
        "user",
        world.ada.id,
        world.example.id,
    )
    assert (principal.name, principal.role) == ("ada@example.test", Role.USER)
    assert principal.remote_address == HOME
    assert principal.session_id is None


async def test_argon2_end_to_end(rt, add_user) -> None:
    await domains.add(SYSTEM, "example.test")
    await add_user("ada@example.test")

    assert (await sign_in()).name == "ada@example.test"
    with pytest.raises(Unauthenticated):
        await sign_in(password=PASSWORD + "x")


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("ada@example.test", "wrong-anchor-73"),
        ("ada@example.test", ""),
        ("nobody@example.test", PASSWORD),
        ("ada@nowhere.test", PASSWORD),
        ("ada", PASSWORD),
        ("", ""),
        ("@", PASSWORD),
        ("ada@exam ple.test", PASSWORD),
        ("\udcff@example.test", PASSWORD),
        ("x" * 5000, PASSWORD),
    ],
)
async def test_every_refusal_is_the_same_and_costs_the_same(
    hasher: Hasher, login: str, password: str
) -> None:
    with pytest.raises(Unauthenticated) as refusal:
        await sign_in(login, password)

    assert refusal.value.public == "Wrong name or password"
    assert [asked for _, asked in hasher.asked] == [password]


async def test_administrator_signs_in_to_the_web_only(world, hasher: Hasher, moving_clock) -> None:
    principal = await sign_in("Root", protocol="web")
    assert (principal.kind, principal.name, principal.user_id) == ("administrator", "root", None)

    for protocol in ("imap", "smtp", "pop3", "sieve", "dav"):
        moving_clock.advance(1)
        with pytest.raises(Unauthenticated):
            await sign_in("root", protocol=protocol)
    assert len(hasher.asked) == 6


async def test_verification_is_remembered_for_that_address(world, hasher: Hasher, moving_clock) -> None:
    for _ in range(3):
        await sign_in()
    assert len(hasher.asked) == 1

    await sign_in(address=ELSEWHERE)
    assert len(hasher.asked) == 2

    moving_clock.advance(301)
    await sign_in()
    assert len(hasher.asked) == 3


async def test_wrong_password_is_not_remembered(hasher: Hasher) -> None:
    for _ in range(2):
        with pytest.raises(Unauthenticated):
            await sign_in(password="wrong-anchor-73")
    assert len(hasher.asked) == 2


async def test_same_question_at_the_same_time_is_asked_once(hasher: Hasher) -> None:
    found = await asyncio.gather(*(sign_in() for _ in range(50)))

    assert len({principal.id for principal in found}) == 1
    assert len(hasher.asked) == 1


async def test_waiting_caller_may_leave_without_harm_to_the_others(hasher: Hasher) -> None:
    first, second = asyncio.create_task(sign_in()), asyncio.create_task(sign_in())
    await asyncio.sleep(0)
    first.cancel()

    assert (await second).name == "ada@example.test"
    assert len(hasher.asked) == 1


async def test_new_password_ends_what_was_remembered(world, hasher: Hasher) -> None:
    await sign_in()

    await users.set_password(SYSTEM, world.ada.id, "another-anchor-74")

    with pytest.raises(Unauthenticated):
        await sign_in()
    assert (await sign_in(password="another-anchor-74")).user_id == world.ada.id


async def test_new_password_ends_what_was_remembered_even_without_events(
    world, hasher: Hasher, moving_clock
) -> None:
    await sign_in()
    await db.write(
        lambda tx: tx.execute("UPDATE user_account SET password_hash = 'plain:x' WHERE id = ?", world.ada.id)
    )

    moving_clock.advance(6)

    with pytest.raises(Unauthenticated):
        await sign_in()


async def test_disabled_is_said_only_after_the_right_password(world, hasher: Hasher) -> None:
    await sign_in()
    await users.update(SYSTEM, world.ada.id, is_enabled=False)

    with pytest.raises(PermissionDenied):
        await sign_in()
    with pytest.raises(Unauthenticated):
        await sign_in(password="wrong-anchor-73")


async def test_nobody_of_a_disabled_domain_signs_in(world, hasher: Hasher) -> None:
    await sign_in()
    await domains.set_enabled(SYSTEM, world.example.id, enabled=False)

    with pytest.raises(PermissionDenied):
        await sign_in()


async def test_lost_right_is_felt_by_the_next_sign_in(world, hasher: Hasher) -> None:
    assert (await sign_in("deputy@example.test")).role is Role.DOMAIN_ADMINISTRATOR

    await users.update(SYSTEM, world.deputy.id, role=Role.USER)

    assert (await sign_in("deputy@example.test")).role is Role.USER


@pytest.fixture
def fail(moving_clock):
    """Try wrong passwords, one a second."""

    async def tries(
        count: int, login: str = "ada@example.test", address: str = ELSEWHERE, pause_s: float = 1
    ) -> list[type]:
        return await _fail(lambda: moving_clock.advance(pause_s), count, login, address)

    return tries


async def _fail(pause: Callable[[], None], count: int, login: str, address: str) -> list[type]:
    outcomes: list[type] = []
    for number in range(count):
        pause()
        try:
            await sign_in(login, f"guess-{number}", address=address)
        except (Unauthenticated, RateLimited) as refusal:
            outcomes.append(type(refusal))
    return outcomes


@pytest.mark.parametrize("login", ["ada@example.test", "nobody@example.test", "root"])
async def test_account_is_guarded_known_or_not(hasher: Hasher, moving_clock, login: str, fail) -> None:
    outcomes = await fail(12, login)

    assert outcomes == [Unauthenticated] * 10 + [RateLimited] * 2
    assert len(hasher.asked) == 10
    with pytest.raises(RateLimited) as refusal:
        await sign_in(login, PASSWORD, protocol="smtp", address="203.0.113.9")
    assert refusal.value.retry_after_s == pytest.approx(79)


async def test_guarded_account_opens_with_time(hasher: Hasher, moving_clock, fail) -> None:
    await fail(11)

    moving_clock.advance(91)

    assert await fail(2) == [Unauthenticated, RateLimited]


async def test_owner_gets_in_from_a_known_address(hasher: Hasher, moving_clock, fail) -> None:
    await sign_in(address=HOME)
    await fail(20)
    moving_clock.advance(1)

    for second in (400, 800):
        moving_clock.advance(second)  # past what is remembered: this is a full verification
        assert (await sign_in(address=HOME)).name == "ada@example.test"
        await fail(20)
    with pytest.raises(RateLimited):
        await sign_in(address="203.0.113.9")


async def test_known_address_has_an_end_of_guesses_too(hasher: Hasher, moving_clock, fail) -> None:
    await sign_in(address=HOME)

    assert (await fail(22, address=HOME)).count(RateLimited) == 2


async def test_address_is_guarded_over_all_accounts(hasher: Hasher, moving_clock, fail) -> None:
    for number in range(50):
        assert await fail(1, f"u{number}@example.test", pause_s=0) == [Unauthenticated]

    assert await fail(1, "u50@example.test", pause_s=0) == [RateLimited]
    assert await fail(1, "u50@example.test", address="203.0.113.9") == [Unauthenticated]


async def test_batch_of_guesses_gets_no_further(hasher: Hasher, moving_clock) -> None:
    attempts = [sign_in(password=f"guess-{number}", address=ELSEWHERE) for number in range(60)]

    outcomes = await asyncio.gather(*attempts, return_exceptions=True)

    assert [type(outcome) for outcome in outcomes].count(Unauthenticated) == 4
    assert len(hasher.asked) == 4


async def test_office_signs_in_together_from_one_address(
    world, hasher: Hasher, add_user, moving_clock
) -> None:
    people = [f"u{number}@example.test" for number in range(60)]
    for address in people:
        await add_user(address)

    found = await asyncio.gather(*(sign_in(address) for address in people))

    assert [principal.name for principal in found] == people


async def test_right_passwords_use_up_nothing(world, hasher: Hasher, moving_clock, fail) -> None:
    for number in range(30):
        await sign_in(address=f"192.0.2.{number}")

    assert await fail(10) == [Unauthenticated] * 10


async def test_trusted_network_is_not_counted_by_address(
    rt, hasher: Hasher, moving_clock, monkeypatch: pytest.MonkeyPatch, fail
) -> None:
    monkeypatch.setattr(type(rt.settings), "is_trusted", lambda self, address: address == "127.0.0.1")

    for number in range(60):
        assert await fail(1, f"u{number}@example.test", address="127.0.0.1") == [Unauthenticated]
    assert (await fail(11, address="127.0.0.1"))[-1] is RateLimited


async def test_overload_does_not_count_as_a_guess(hasher: Hasher, moving_clock, monkeypatch) -> None:
    async def busy(stored: str, password: str) -> bool:
        raise Unavailable("busy")

    with monkeypatch.context() as patched:
        patched.setattr(passwords, "verify", busy)
        for _ in range(20):
            with pytest.raises(Unavailable):
                await sign_in(address=ELSEWHERE)

    assert (await sign_in(address=ELSEWHERE)).name == "ada@example.test"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("", ""),
        ("unix", "unix"),
    ],
)
def test_one_customer_is_one_address(address: str, network: str) -> None:
    assert guessing.network_of(address) == network


async def test_time_of_sign_in_is_kept(world, hasher: Hasher, moving_clock) -> None:
    await sign_in()

    assert (await users.get(SYSTEM, world.ada.id)).last_sign_in_at == 1_800_000_000


async def test_older_hash_is_renewed(world, hasher: Hasher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "needs_rehash", lambda stored: True)

    async def hash_password(password: str) -> str:
        return "fresh"

    monkeypatch.setattr(passwords, "hash_password", hash_password)

    await sign_in()

    stored = await db.fetch_value("SELECT password_hash FROM user_account WHERE id = ?", world.ada.id)
    assert stored == "fresh"


async def test_no_secret_reaches_the_log(hasher: Hasher, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    for login in ("ada@example.test", "my-secret-typed-as-login"):
        with pytest.raises(Unauthenticated):
            await sign_in(login, "wrong-anchor-73")

    assert "wrong password for ada@example.test by imap from 192.0.2.1" in caplog.text
    assert "wrong-anchor-73" not in caplog.text
    assert "my-secret" not in caplog.text


async def test_own_password_needs_the_current_one(world, hasher: Hasher) -> None:
    ada = await sign_in()

    with pytest.raises(PermissionDenied) as refusal:
        await authentication.change_own_password(ada, "wrong-anchor-73", "another-anchor-74")
    assert refusal.value.field == "current"
    assert (await sign_in()).name == "ada@example.test"

    await authentication.change_own_password(ada, PASSWORD, "another-anchor-74")
    assert (await sign_in(password="another-anchor-74")).name == "ada@example.test"


async def test_administrator_changes_the_own_password(world, hasher: Hasher) -> None:
    root = await sign_in("root", protocol="web")

    await authentication.change_own_password(root, PASSWORD, "another-anchor-74")

    assert (await sign_in("root", "another-anchor-74", protocol="web")).name == "root"


async def test_disabled_administrator_stays_out(world, hasher: Hasher) -> None:
    second = await administrators.add(SYSTEM, "second", PASSWORD)
    await sign_in("second", protocol="web")
    await administrators.set_enabled(SYSTEM, second.id, enabled=False)

    with pytest.raises(PermissionDenied):
        await sign_in("second", protocol="web")


async def test_a_refusal_stands_in_the_audit_once_in_a_while(hasher: Hasher, moving_clock, fail) -> None:
    outcomes = await fail(14)

    assert outcomes.count(RateLimited) >= 2
    rows = await db.fetch_rows("SELECT subject, detail FROM audit_entry WHERE action = 'sign_in.refuse'")
    assert rows == [("ada@example.test", '{"protocol":"imap","by":"account"}')]
