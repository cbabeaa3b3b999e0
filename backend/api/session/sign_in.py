"""Signing in: password, second step, passkeys; and how somebody's second step is set up."""

from __future__ import annotations

from enum import Enum

import strawberry

from backend.api.context import Context, Info
from backend.api.guards import guarded, open_field, signed_in
from backend.api.inputs import one_id
from backend.api.session import cookies
from backend.api.session.two_step_types import Passkey
from backend.api.session.types import Viewer
from backend.directory import authentication, passkeys, two_step, web_sign_in
from backend.directory.roles import Permission
from backend.directory.web_sign_in import Admitted, SecondStep
from backend.kit.errors import PermissionDenied, Unauthenticated


@strawberry.enum(description="What may be the second step of a sign-in.")
class SecondStepMethod(Enum):
    """A code of an authenticator app, a passkey, or a recovery code."""

    APP = "app"
    PASSKEY = "passkey"
    RECOVERY_CODE = "recovery_code"


@strawberry.type
class SecondStepRequest:
    """The password was right; `finishSignIn` takes the rest."""

    ticket: str
    methods: list[SecondStepMethod]
    passkey_options: str | None = strawberry.field(description="JSON for navigator.credentials.get.")


@strawberry.type
class SignInPayload:
    """Who is signed in now, or what is still asked for: one of the two."""

    viewer: Viewer | None = None
    second_step: SecondStepRequest | None = None


@strawberry.type
class PasskeyRequest:
    """A question for the browser's authenticators; the answer goes back with the ticket."""

    ticket: str
    options: str = strawberry.field(description="JSON for navigator.credentials.")


@strawberry.type
class TotpSetUp:
    """What an authenticator app is told."""

    secret: str = strawberry.field(description="Base32, for typing.")
    uri: str = strawberry.field(description="The otpauth address, for a QR code.")


async def _sign_in(info: Info, login: str, password: str) -> SignInPayload:
    context = info.context
    answer = await web_sign_in.begin(login, password, context.site, context.remote_address)
    if isinstance(answer, SecondStep):
        methods = [SecondStepMethod(method.value) for method in answer.methods]
        return SignInPayload(
            second_step=SecondStepRequest(
                ticket=answer.ticket, methods=methods, passkey_options=answer.passkey_options
            )
        )
    return await _opened(context, answer)


async def _finish_sign_in(
    info: Info, ticket: str, code: str | None = None, passkey: str | None = None
) -> SignInPayload:
    context = info.context
    admitted = await web_sign_in.finish(
        ticket, code=code, credential=passkey, site=context.site, remote_address=context.remote_address
    )
    return await _opened(context, admitted)


async def _begin_passkey_sign_in(info: Info) -> PasskeyRequest:
    request = await web_sign_in.begin_with_passkey(info.context.site)
    return PasskeyRequest(ticket=request.ticket, options=request.options)


async def _opened(context: Context, admitted: Admitted) -> SignInPayload:
    principal = await cookies.open_session(context, admitted.principal, is_limited=admitted.is_limited)
    return SignInPayload(viewer=Viewer(principal=principal))


async def _begin_totp(info: Info, password: str) -> TotpSetUp:
    made = await two_step.begin_totp(info.context.signed_in, password)
    return TotpSetUp(secret=made.secret, uri=made.uri)


async def _confirm_totp(info: Info, code: str) -> list[str]:
    return await two_step.confirm_totp(info.context.signed_in, code)


async def _remove_totp(info: Info, password: str) -> bool:
    await two_step.remove_totp(info.context.signed_in, password)
    return True


async def _set_two_step(info: Info, password: str, is_on: bool) -> list[str]:
    return await two_step.set_on(info.context.signed_in, password, is_wanted=is_on)


async def _renew_recovery_codes(info: Info, password: str) -> list[str]:
    return await two_step.renew_recovery_codes(info.context.signed_in, password)


async def _begin_passkey(info: Info, password: str) -> PasskeyRequest:
    context = info.context
    try:
        await authentication.verify_password(
            context.signed_in.name,
            password,
            protocol=authentication.WEB,
            remote_address=context.remote_address,
        )
    except Unauthenticated:
        raise PermissionDenied("The password is not right", field="password") from None
    ticket, options = await passkeys.begin_adding(context.signed_in, context.site)
    return PasskeyRequest(ticket=ticket, options=options)


async def _add_passkey(info: Info, ticket: str, credential: str, label: str) -> Passkey:
    context = info.context
    return Passkey.from_row(await passkeys.add(context.signed_in, ticket, credential, label, context.site))


async def _rename_passkey(info: Info, id: strawberry.ID, label: str) -> Passkey:
    return Passkey.from_row(await passkeys.rename(info.context.signed_in, one_id(id, "id"), label))


async def _remove_passkey(info: Info, id: strawberry.ID, password: str) -> bool:
    await two_step.remove_passkey(info.context.signed_in, one_id(id, "id"), password)
    return True


async def _reset_two_step(info: Info, user_id: strawberry.ID) -> bool | None:
    await two_step.reset(info.context.signed_in, one_id(user_id, "userId"))
    return True


@strawberry.type
class SignInMutations:
    """Sign-in and its second step."""

    sign_in: SignInPayload = open_field(_sign_in)
    finish_sign_in: SignInPayload = open_field(
        _finish_sign_in, description="With a code, or with a passkey's answer as JSON."
    )
    begin_passkey_sign_in: PasskeyRequest = open_field(
        _begin_passkey_sign_in, description="Without a name or password; `finishSignIn` takes the answer."
    )
    begin_totp: TotpSetUp = signed_in(
        _begin_totp, description="A secret for an authenticator app, good once a code of it is confirmed."
    )
    confirm_totp: list[str] = signed_in(
        _confirm_totp,
        description="Turns two-step sign-in on; new recovery codes, shown once, unless there are some.",
    )
    remove_totp: bool = signed_in(_remove_totp)
    set_two_step: list[str] = signed_in(
        _set_two_step, description="Needs an app or a passkey; new recovery codes, where there were none."
    )
    renew_recovery_codes: list[str] = signed_in(_renew_recovery_codes, description="Shown once.")
    begin_passkey: PasskeyRequest = signed_in(_begin_passkey)
    add_passkey: Passkey = signed_in(
        _add_passkey, description="`credential` is the browser's answer as JSON."
    )
    rename_passkey: Passkey = signed_in(_rename_passkey)
    remove_passkey: bool = signed_in(_remove_passkey)
    reset_two_step: bool | None = guarded(
        Permission.PASSWORDS_SET, description="Takes a user's second step and passkeys away; sessions end."
    )(_reset_two_step)
