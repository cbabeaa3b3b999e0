"""Two-step sign-in: after the password a code of an authenticator app, a passkey, or a recovery code.

Once it is on, the own password opens the web alone, and only with the second step; mail programs need app
passwords (`authentication`, `scram`), so that no door is left with one lock. Turning it on keeps the sessions
and app passwords there are; every change needs the password, so an open browser is not enough.
"""

from __future__ import annotations

from dataclasses import dataclass

from backend.directory import (
    administrators,
    audit,
    authentication,
    passkeys,
    policy,
    recovery_codes,
    second_step_rows,
    session_rows,
    settings,
    totp,
    users,
)
from backend.directory.administrators import NO_DOMAIN
from backend.directory.principal import Principal
from backend.directory.roles import Permission
from backend.directory.setting_store import Reader
from backend.kit import config, db
from backend.kit.db import Tx
from backend.kit.errors import Conflict, InvalidSyntax, NotFound, PermissionDenied, Unauthenticated
from schema.events import UserChanged

REQUIRED = "sign_in.second_step_required"


@dataclass(frozen=True, slots=True)
class State:
    """How somebody's second step stands."""

    is_on: bool
    has_totp: bool
    recovery_codes_left: int
    is_required: bool


@dataclass(frozen=True, slots=True)
class SetUp:
    """What an authenticator app is told: the secret in base32, and the same as an `otpauth:` address."""

    secret: str
    uri: str


async def state(principal: Principal) -> State:
    """Of whoever asks."""
    reader = db.database()
    is_on, has_totp = await _row(reader, principal.id)
    left = await recovery_codes.count(reader, principal.id)
    return State(is_on, has_totp, left, await is_required(principal))


async def is_required(principal: Principal) -> bool:
    """Whether an administrator asks for a second step."""
    return bool(await settings.get(REQUIRED, user_id=principal.user_id))


async def is_on(subject_id: int) -> bool:
    """Whether this person is asked for a second step."""
    return (await _row(db.current_tx.get() or db.database(), subject_id))[0]


async def has_totp(subject_id: int) -> bool:
    """Whether there is an authenticator app."""
    return (await _row(db.database(), subject_id))[1]


async def begin_totp(principal: Principal, password: str) -> SetUp:
    """A new secret for an authenticator app; it counts once `confirm_totp` was given a code of it."""
    await _require_password(principal, password)
    secret = totp.new_secret()

    async def verb(tx: Tx) -> None:
        if (await _row(tx, principal.id))[1]:
            raise Conflict("There is an authenticator app already; remove it first")
        await tx.execute(
            "INSERT INTO two_step (subject_id, totp_secret) VALUES (?, ?)"
            " ON CONFLICT (subject_id) DO UPDATE SET totp_secret = excluded.totp_secret, totp_step = 0",
            principal.id,
            secret,
        )

    await db.write(verb)
    return SetUp(secret, totp.uri(secret, principal.name, config.current().hostname))


async def confirm_totp(principal: Principal, code: str) -> list[str]:
    """The app shows the right codes: it counts from now on, and two-step sign-in is on.

    Answers the recovery codes, once; none where there are some already.
    """

    async def verb(tx: Tx) -> list[str]:
        row = await tx.fetch_row(
            "SELECT totp_secret, totp_is_confirmed FROM two_step WHERE subject_id = ?", principal.id
        )
        if row is None or not row[0] or row[1]:
            raise NotFound("There is no authenticator app that waits for a code")
        step = totp.step_of(row[0], digits_of(code))
        if step is None:
            raise InvalidSyntax("This code is not right. Check that the clock of the device is", field="code")
        await tx.execute(
            "UPDATE two_step SET totp_is_confirmed = 1, totp_step = ? WHERE subject_id = ?",
            step,
            principal.id,
        )
        await audit.record(tx, principal, "two_step.add_app", principal.name, principal.domain_id)
        return await _turn_on(tx, principal)

    return await db.write(verb)


async def remove_totp(principal: Principal, password: str) -> None:
    """Forget the authenticator app; two-step sign-in goes off where no passkey is left to ask for."""
    await _require_password(principal, password)

    async def verb(tx: Tx) -> None:
        sql = "UPDATE two_step SET totp_secret = '', totp_is_confirmed = 0 WHERE subject_id = ?"
        if not (await _row(tx, principal.id))[1]:
            raise NotFound("There is no authenticator app")
        await _require_rest(tx, principal, is_app_leaving=True)
        await tx.execute(sql, principal.id)
        await audit.record(tx, principal, "two_step.remove_app", principal.name, principal.domain_id)
        await _turn_off_without_means(tx, principal)

    await db.write(verb)


async def remove_passkey(principal: Principal, passkey_id: int, password: str) -> None:
    """Forget a passkey; two-step sign-in goes off where nothing is left to ask for."""
    await _require_password(principal, password)

    async def verb(tx: Tx) -> None:
        await _require_rest(tx, principal, is_app_leaving=False)
        await passkeys.delete(tx, principal, passkey_id)
        await _turn_off_without_means(tx, principal)

    await db.write(verb)


async def set_on(principal: Principal, password: str, *, is_wanted: bool) -> list[str]:
    """Ask for a second step from now on, or no more; new recovery codes where there are none, shown once."""
    await _require_password(principal, password)
    if not is_wanted and await is_required(principal):
        raise PermissionDenied("Your administrator requires a second step")

    async def verb(tx: Tx) -> list[str]:
        if is_wanted:
            if not await _has_means(tx, principal.id):
                raise Conflict("Set up an authenticator app or a passkey first")
            return await _turn_on(tx, principal)
        await _turn_off(tx, principal, principal.name, principal.id, principal.domain_id or NO_DOMAIN)
        return []

    return await db.write(verb)


async def renew_recovery_codes(principal: Principal, password: str) -> list[str]:
    """New recovery codes in place of the old ones, shown once."""
    await _require_password(principal, password)

    async def verb(tx: Tx) -> list[str]:
        if not (await _row(tx, principal.id))[0]:
            raise Conflict("Two-step sign-in is off")
        await audit.record(tx, principal, "two_step.renew_codes", principal.name, principal.domain_id)
        return await recovery_codes.make(tx, principal.id)

    return await db.write(verb)


async def take_code(principal: Principal, code: str) -> bool:
    """Whether this is a code of the app, or a recovery code; either is used up."""

    async def verb(tx: Tx) -> bool:
        digits = digits_of(code)
        if len(digits) == 6 and digits.isdigit():
            return await totp.use(tx, principal.id, digits)
        if not await recovery_codes.use(tx, principal.id, code):
            return False
        left = await recovery_codes.count(tx, principal.id)
        await audit.record(
            tx, principal, "two_step.use_code", principal.name, principal.domain_id, {"left": left}
        )
        return True

    return await db.write(verb)


async def reset(actor: Principal, user_id: int) -> None:
    """Take the second step of somebody who lost it away, passkeys as well; the sessions end."""
    policy.require(actor, Permission.PASSWORDS_SET)

    async def verb(tx: Tx) -> None:
        user = await users.find_row(tx, user_id)
        if user is None:
            raise NotFound("No such user")
        policy.require(actor, Permission.PASSWORDS_SET, on=user)
        policy.require_over(actor, user)
        await _turn_off(tx, actor, user.address, user.id, user.domain_id)
        await second_step_rows.delete_of(tx, user.id)
        await session_rows.delete_of(tx, "user", user.id, except_id=actor.session_id)

    await db.write(verb)


async def reset_administrator(actor: Principal, administrator_id: int) -> None:
    """The same for a system administrator, by another one or from the machine itself."""
    policy.require(actor, Permission.ADMINISTRATORS_MANAGE)

    async def verb(tx: Tx) -> None:
        found = await administrators.find_row(tx, administrator_id)
        await _turn_off(tx, actor, found.name, found.id, NO_DOMAIN)
        await second_step_rows.delete_of(tx, found.id)
        await session_rows.delete_of(tx, "administrator", found.id, except_id=actor.session_id)

    await db.write(verb)


def digits_of(code: str) -> str:
    """The code without the blanks that people type in its middle."""
    return "".join(code[:100].split())


async def _row(reader: Reader, subject_id: int) -> tuple[bool, bool]:
    row = await reader.fetch_row(
        "SELECT is_on, totp_is_confirmed FROM two_step WHERE subject_id = ?", subject_id
    )
    return (bool(row[0]), bool(row[1])) if row is not None else (False, False)


async def _has_means(tx: Tx, subject_id: int) -> bool:
    return (await _row(tx, subject_id))[1] or await passkeys.count(tx, subject_id) > 0


async def _require_rest(tx: Tx, principal: Principal, *, is_app_leaving: bool) -> None:
    """Refuse to take the last means away from somebody who has to have one."""
    is_on, has_app = await _row(tx, principal.id)
    left = await passkeys.count(tx, principal.id) + has_app - 1
    if is_on and left <= 0 and await is_required(principal):
        raise PermissionDenied("Your administrator requires a second step: set up another one first")


async def _turn_off_without_means(tx: Tx, principal: Principal) -> None:
    if (await _row(tx, principal.id))[0] and not await _has_means(tx, principal.id):
        await _turn_off(tx, principal, principal.name, principal.id, principal.domain_id or NO_DOMAIN)


async def _turn_on(tx: Tx, principal: Principal) -> list[str]:
    was_on, _ = await _row(tx, principal.id)
    if not was_on:
        await tx.execute(
            "INSERT INTO two_step (subject_id, is_on) VALUES (?, 1)"
            " ON CONFLICT (subject_id) DO UPDATE SET is_on = 1",
            principal.id,
        )
        await audit.record(tx, principal, "two_step.enable", principal.name, principal.domain_id)
        tx.announce(UserChanged(principal.id, principal.domain_id or NO_DOMAIN, credentials=True))
    await session_rows.lift_limits(tx, principal.kind, principal.id)
    if await recovery_codes.count(tx, principal.id):
        return []
    return await recovery_codes.make(tx, principal.id)


async def _turn_off(tx: Tx, actor: Principal, name: str, subject_id: int, domain_id: int) -> None:
    await tx.execute(
        "UPDATE two_step SET is_on = 0, totp_secret = '', totp_is_confirmed = 0 WHERE subject_id = ?",
        subject_id,
    )
    await recovery_codes.delete(tx, subject_id)
    await audit.record(tx, actor, "two_step.disable", name, domain_id if domain_id != NO_DOMAIN else None)
    tx.announce(UserChanged(subject_id, domain_id, credentials=True))


async def _require_password(principal: Principal, password: str) -> None:
    try:
        await authentication.verify_password(
            principal.name,
            password,
            protocol=authentication.WEB,
            remote_address=principal.remote_address,
        )
    except Unauthenticated:
        raise PermissionDenied("The password is not right", field="password") from None
