"""Signing in to the web: a password and, where two-step sign-in is on, a second step; or a passkey alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from backend.directory import authentication, guessing, passkeys, sign_in_tickets, subjects, two_step
from backend.directory.passkeys import Site
from backend.directory.principal import Principal
from backend.directory.sign_in_tickets import Ticket
from backend.directory.subjects import Subject
from backend.kit import db
from backend.kit.errors import Unauthenticated

_WRONG_CODE = "This code is not right, or was used already"
_WRONG_PASSKEY = "This passkey does not open an account here"


class Method(StrEnum):
    """What may be the second step."""

    APP = "app"
    PASSKEY = "passkey"
    RECOVERY_CODE = "recovery_code"


@dataclass(frozen=True, slots=True)
class Admitted:
    """Somebody who is let in; `is_limited` until the second step that is required has been set up."""

    principal: Principal
    is_limited: bool = False


@dataclass(frozen=True, slots=True)
class SecondStep:
    """The password was right: what is asked for now. `passkey_options` is JSON for the browser."""

    ticket: str
    methods: tuple[Method, ...]
    passkey_options: str | None


@dataclass(frozen=True, slots=True)
class PasskeyRequest:
    """A question to the browser's authenticators, as JSON."""

    ticket: str
    options: str


async def begin(login: str, password: str, site: Site, remote_address: str) -> Admitted | SecondStep:
    """The first step; refuses as `authentication.verify_password` does."""
    principal = await authentication.verify_password(
        login, password, protocol=authentication.WEB, remote_address=remote_address
    )
    if not await two_step.is_on(principal.id):
        return Admitted(principal, is_limited=await two_step.is_required(principal))
    text, ticket = await sign_in_tickets.issue("second-step", principal.kind, principal.id)
    methods = [Method.RECOVERY_CODE]
    options = None
    if await passkeys.count(db.database(), principal.id):
        options = await passkeys.request_options(ticket, site)
        methods.insert(0, Method.PASSKEY)
    if await two_step.has_totp(principal.id):
        methods.insert(0, Method.APP)
    return SecondStep(text, tuple(methods), options)


async def begin_with_passkey(site: Site) -> PasskeyRequest:
    """Ask for anybody's passkey: who it is, the passkey will say."""
    text, ticket = await sign_in_tickets.issue("passkey", "user", 0)
    return PasskeyRequest(text, await passkeys.request_options(ticket, site))


async def finish(
    ticket_text: str, *, code: str | None, credential: str | None, site: Site, remote_address: str
) -> Admitted:
    """The second half, by a code or by an authenticator's answer (JSON).

    Raises `Unauthenticated` for a wrong answer and for a ticket that is over, `RateLimited` after too many.
    """
    ticket = await sign_in_tickets.find(ticket_text, "second-step", "passkey")
    await sign_in_tickets.count_try(ticket)
    if credential is not None:
        subject = await _by_passkey(ticket, credential, site, remote_address)
    else:
        subject = await _by_code(ticket, code or "", remote_address)
    principal = authentication.admitted(subject, remote_address)
    await sign_in_tickets.use(ticket)
    await authentication.note_sign_in(subject)
    return Admitted(principal)


async def _by_passkey(ticket: Ticket, credential: str, site: Site, remote_address: str) -> Subject:
    tried = await guessing.begin_token(remote_address)
    subject = await passkeys.owner_of(ticket, credential, site)
    if subject.principal is None:
        await guessing.fail(tried)
        raise Unauthenticated(_WRONG_PASSKEY)
    return subject


async def _by_code(ticket: Ticket, code: str, remote_address: str) -> Subject:
    subject = await subjects.by_id(ticket.kind, ticket.subject_id)
    if ticket.purpose != "second-step" or subject.principal is None:
        raise Unauthenticated(_WRONG_CODE, field="code")
    # Counted beside the password, not with it: the right password has just given its try back.
    login = f"{await authentication.login_of(subject.principal.name)}#second-step"
    tried = await authentication.begin_try(subject, login, authentication.WEB, remote_address)
    if not await two_step.take_code(subject.principal, code):
        await guessing.fail(tried)
        raise Unauthenticated(_WRONG_CODE, field="code")
    await guessing.succeed(tried)
    return subject
