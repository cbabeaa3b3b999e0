"""The second step at sign-in: authenticator apps, recovery codes, and what they close."""

from __future__ import annotations

import pyotp
import pytest

from backend.directory import (
    app_passwords,
    audit,
    domains,
    passkeys,
    sessions,
    settings,
    sign_in_tickets,
    two_step,
    users,
    web_sign_in,
)
from backend.directory.authentication import verify_password
from backend.directory.passkeys import Site
from backend.directory.principal import SYSTEM, Principal, for_user
from backend.directory.setting_key import Level
from backend.directory.types import User
from backend.directory.web_sign_in import Admitted, Method, SecondStep
from backend.kit import clock, db
from backend.kit.errors import (
    Conflict,
    InvalidSyntax,
    NotFound,
    PermissionDenied,
    RateLimited,
    Unauthenticated,
)
from backend.kit.runtime import Runtime
from tests.backend.directory.test_scram import prove
from tests.support.clocks import Clock

LOGIN, PASSWORD = "ada@example.test", "violet-anchor-73"
SITE = Site("mail.example.test", "https://mail.example.test")
PEER = "192.0.2.1"


@pytest.fixture
async def ada(rt: Runtime) -> User:
    await domains.add(SYSTEM, "example.test")
    new = await users.prepare(SYSTEM, LOGIN, PASSWORD)
    return await db.write(lambda tx: users.insert(tx, SYSTEM, new))


async def begin(password: str = PASSWORD) -> Admitted | SecondStep:
    return await web_sign_in.begin(LOGIN, password, SITE, PEER)


async def second_step() -> SecondStep:
    answer = await begin()
    assert isinstance(answer, SecondStep)
    return answer


async def finish(ticket: str, code: str) -> Admitted:
    return await web_sign_in.finish(ticket, code=code, credential=None, site=SITE, remote_address=PEER)


async def opens(ticket: str, code: str) -> bool:
    return (await finish(ticket, code)).principal.name == LOGIN


async def turn_on(user: User) -> tuple[pyotp.TOTP, list[str]]:
    made = await two_step.begin_totp(for_user(user), PASSWORD)
    app = pyotp.TOTP(made.secret)
    return app, await two_step.confirm_totp(for_user(user), app.at(clock.now()))


async def test_without_it_the_password_is_enough(ada: User) -> None:
    assert await begin() == Admitted(for_user(ada).through(None, PEER))


async def test_a_code_of_the_app_is_asked_for_and_counts_once(ada: User, moving_clock: Clock) -> None:
    app, codes = await turn_on(ada)
    assert len(set(codes)) == 10
    moving_clock.advance(30)

    asked = await second_step()
    assert (asked.methods, asked.passkey_options) == ((Method.APP, Method.RECOVERY_CODE), None)
    code = app.at(clock.now())
    with pytest.raises(Unauthenticated):
        await finish(asked.ticket, "000000" if code != "000000" else "000001")
    admitted = await finish(asked.ticket, f" {code[:3]} {code[3:]} ")

    assert (admitted.principal.user_id, admitted.is_limited) == (ada.id, False)
    with pytest.raises(Unauthenticated):
        await finish(asked.ticket, code)
    with pytest.raises(Unauthenticated):
        await finish((await second_step()).ticket, code)


async def test_clocks_that_are_off_by_half_a_minute_do(ada: User, moving_clock: Clock) -> None:
    app, _ = await turn_on(ada)
    moving_clock.advance(300)

    with pytest.raises(Unauthenticated):
        await finish((await second_step()).ticket, app.at(clock.now() - 60))
    assert await opens((await second_step()).ticket, app.at(clock.now() - 30))
    assert await opens((await second_step()).ticket, app.at(clock.now() + 30))
    # A code from before the last one that was used is no new one.
    with pytest.raises(Unauthenticated):
        await finish((await second_step()).ticket, app.at(clock.now()))


async def test_a_recovery_code_is_good_once_however_it_is_typed(ada: User) -> None:
    _, codes = await turn_on(ada)

    assert await opens((await second_step()).ticket, codes[0].upper().replace("-", " "))

    with pytest.raises(Unauthenticated):
        await finish((await second_step()).ticket, codes[0])
    assert (await two_step.state(for_user(ada))).recovery_codes_left == 9
    assert [entry.detail for entry in await audit.list_entries(SYSTEM) if entry.action == "two_step.use_code"]
    fresh = await two_step.renew_recovery_codes(for_user(ada), PASSWORD)
    with pytest.raises(Unauthenticated):
        await finish((await second_step()).ticket, codes[1])
    assert await opens((await second_step()).ticket, fresh[0])


async def test_guessing_codes_ends_the_ticket_and_then_the_guessing(ada: User) -> None:
    await turn_on(ada)
    asked = await second_step()

    for _ in range(sign_in_tickets.MOST_TRIES):
        with pytest.raises((Unauthenticated, RateLimited)):
            await finish(asked.ticket, "xxxx-xxxx-xxxx-xxxx")

    with pytest.raises(Unauthenticated, match="begin again"):
        await finish(asked.ticket, "xxxx-xxxx-xxxx-xxxx")


async def test_a_ticket_runs_out(ada: User, moving_clock: Clock) -> None:
    _, codes = await turn_on(ada)
    asked = await second_step()

    moving_clock.advance(sign_in_tickets.LASTS_S)

    with pytest.raises(Unauthenticated):
        await finish(asked.ticket, codes[0])
    assert await sign_in_tickets.delete_expired() == 1


async def test_mail_programs_need_app_passwords_from_then_on(ada: User) -> None:
    async def imap(password: str) -> Principal:
        return await verify_password(LOGIN, password, protocol="imap", remote_address=PEER)

    text, _ = await app_passwords.create(for_user(ada), ada.id, "Phone")
    assert (await imap(PASSWORD)).user_id == ada.id
    await turn_on(ada)

    with pytest.raises(PermissionDenied, match="app password"):
        await imap(PASSWORD)
    with pytest.raises(PermissionDenied, match="app password"):
        await prove()
    with pytest.raises(Unauthenticated):
        await imap("not-this-one-12")
    assert (await imap(text)).user_id == ada.id
    assert (await prove(password=text)).principal.user_id == ada.id

    await two_step.set_on(for_user(ada), PASSWORD, is_wanted=False)
    assert (await imap(PASSWORD)).user_id == ada.id
    assert (await prove()).principal.user_id == ada.id


async def test_every_change_needs_the_password_and_a_right_code(ada: User) -> None:
    me = for_user(ada)
    with pytest.raises(PermissionDenied, match="password"):
        await two_step.begin_totp(me, "not-this-one-12")
    with pytest.raises(NotFound):
        await two_step.confirm_totp(me, "123456")
    with pytest.raises(Conflict):
        await two_step.set_on(me, PASSWORD, is_wanted=True)
    made = await two_step.begin_totp(me, PASSWORD)
    assert "secret=" + made.secret in made.uri
    with pytest.raises(InvalidSyntax):
        await two_step.confirm_totp(me, "12345")
    assert await begin() == Admitted(me.through(None, PEER))

    await turn_on(ada)
    with pytest.raises(Conflict):
        await two_step.begin_totp(me, PASSWORD)
    with pytest.raises(PermissionDenied):
        await two_step.remove_totp(me, "not-this-one-12")
    await two_step.remove_totp(me, PASSWORD)

    assert await two_step.state(me) == two_step.State(False, False, 0, False)
    assert await begin() == Admitted(me.through(None, PEER))


async def test_where_it_is_required_a_session_may_nothing_before(ada: User) -> None:
    await settings.set_value(SYSTEM, two_step.REQUIRED, Level.DOMAIN, ada.domain_id, True)

    admitted = await begin()
    assert isinstance(admitted, Admitted)
    assert admitted.is_limited
    token, limited = await sessions.create(admitted.principal, remote_address=PEER, is_limited=True)
    found = await sessions.find(token)
    assert found is not None
    assert (limited.permissions, found.permissions) == (frozenset(), frozenset())

    await turn_on(ada)

    found = await sessions.find(token)
    assert found is not None
    assert found.permissions == for_user(ada).permissions
    with pytest.raises(PermissionDenied, match="requires"):
        await two_step.set_on(for_user(ada), PASSWORD, is_wanted=False)
    with pytest.raises(PermissionDenied, match="requires"):
        await two_step.remove_totp(for_user(ada), PASSWORD)


async def test_an_administrator_resets_it_for_whoever_lost_the_device(ada: User) -> None:
    await turn_on(ada)
    token, _ = await sessions.create(for_user(ada), remote_address=PEER)
    with pytest.raises(PermissionDenied):
        await two_step.reset(for_user(ada), ada.id)

    await two_step.reset(SYSTEM, ada.id)

    assert await begin() == Admitted(for_user(ada).through(None, PEER))
    assert await sessions.find(token) is None


async def test_it_goes_with_its_owner(ada: User) -> None:
    await turn_on(ada)
    await second_step()

    await db.write(lambda tx: users.delete(tx, SYSTEM, ada))

    for table in ("two_step", "recovery_code", "passkey", "sign_in_ticket"):
        assert await db.fetch_value(f"SELECT COUNT(*) FROM {table}") == 0


async def test_secrets_stand_nowhere_but_in_their_row(ada: User) -> None:
    _, codes = await turn_on(ada)
    asked = await second_step()

    rows = str(await db.fetch_rows("SELECT * FROM recovery_code"))
    assert not any(code in rows or code.replace("-", "") in rows for code in codes)
    assert asked.ticket not in str(await db.fetch_rows("SELECT * FROM sign_in_ticket"))


@pytest.mark.parametrize(
    "answer", ["", "[]", "{}", '{"id": 7}', '{"id": "x"}', "{" * 30_000, '{"id":"AA","response":{}}']
)
async def test_broken_answers_of_authenticators_are_refused(ada: User, answer: str) -> None:
    ticket, _ = await passkeys.begin_adding(for_user(ada), SITE)
    with pytest.raises(InvalidSyntax):
        await passkeys.add(for_user(ada), ticket, answer, "Key", SITE)
    request = await web_sign_in.begin_with_passkey(SITE)
    with pytest.raises(Unauthenticated):
        await web_sign_in.finish(request.ticket, code=None, credential=answer, site=SITE, remote_address=PEER)
