"""Signing in and out, own password, sessions and keys; the first set-up."""

from __future__ import annotations

import strawberry

from backend.api.context import Info
from backend.api.domain_admin.rows import domain_shown
from backend.api.domain_admin.types import Domain
from backend.api.guards import guarded, open_field, signed_in
from backend.api.inputs import one_id
from backend.api.scalars import DateTime
from backend.api.session import cookies
from backend.api.session.types import ApiKey, AppPassword, CreatedApiKey, CreatedAppPassword, Viewer
from backend.directory import api_keys, app_passwords, authentication, sessions
from backend.directory.app_passwords import MailProtocol
from backend.directory.principal import for_user
from backend.directory.roles import Permission
from backend.operations import accounts


@strawberry.input
class SetUpInput:
    """The first system administrator, the first domain and its first user."""

    administrator_name: str
    administrator_password: str
    domain: str
    user_localpart: str
    user_name: str
    user_password: str


@strawberry.type
class SetUpPayload:
    """The new user, signed in, and the domain with the records to publish."""

    viewer: Viewer
    domain: Domain


async def _set_up(info: Info, input: SetUpInput) -> SetUpPayload:
    made = await accounts.bootstrap(
        admin_name=input.administrator_name,
        admin_password=input.administrator_password,
        domain=input.domain,
        user_localpart=input.user_localpart,
        user_name=input.user_name,
        user_password=input.user_password,
        remote_address=info.context.remote_address,
    )
    principal = await cookies.open_session(info.context, for_user(made.user))
    return SetUpPayload(viewer=Viewer(principal=principal), domain=await domain_shown(principal, made.domain))


async def _sign_out(info: Info) -> bool:
    principal = info.context.signed_in
    if info.context.uses_cookie and principal.session_id is not None:
        await sessions.revoke(principal, principal.session_id)
    cookies.forget(info.context.response)
    return True


async def _change_password(info: Info, current: str, new: str) -> bool:
    await authentication.change_own_password(info.context.signed_in, current, new)
    return True


async def _revoke_session(info: Info, id: strawberry.ID) -> bool:
    await sessions.revoke(info.context.signed_in, one_id(id, "id"))
    return True


async def _revoke_other_sessions(info: Info) -> int:
    return await sessions.revoke_all(info.context.signed_in)


async def _create_api_key(
    info: Info, label: str, permissions: list[Permission] | None = None, expires_at: DateTime | None = None
) -> CreatedApiKey:
    text, key = await api_keys.create(
        info.context.signed_in, label, permissions=permissions, expires_at=expires_at
    )
    return CreatedApiKey(api_key=ApiKey.from_row(key), key=text)


async def _revoke_api_key(info: Info, id: strawberry.ID) -> bool:
    await api_keys.revoke(info.context.signed_in, one_id(id, "id"))
    return True


async def _create_app_password(
    info: Info, label: str, protocols: list[MailProtocol] | None = None
) -> CreatedAppPassword:
    text, made = await app_passwords.create(
        info.context.signed_in,
        info.context.account_id,
        label,
        tuple(MailProtocol) if protocols is None else protocols,
    )
    return CreatedAppPassword(app_password=AppPassword.from_row(made), password=text)


async def _revoke_app_password(info: Info, id: strawberry.ID) -> bool:
    await app_passwords.revoke(info.context.signed_in, info.context.account_id, one_id(id, "id"))
    return True


@strawberry.type
class SessionMutations:
    """Sign-in, sessions, keys, set-up."""

    set_up: SetUpPayload = open_field(_set_up)
    sign_out: bool = signed_in(_sign_out)
    change_password: bool = signed_in(_change_password)
    revoke_session: bool = signed_in(_revoke_session)
    revoke_other_sessions: int = signed_in(
        _revoke_other_sessions, description="Ends all but this one; how many there were."
    )
    create_api_key: CreatedApiKey = signed_in(_create_api_key)
    revoke_api_key: bool = signed_in(_revoke_api_key)
    create_app_password: CreatedAppPassword | None = guarded(
        Permission.MAIL_USE, description="Opens the named mail protocols, all of them where none is named."
    )(_create_app_password)
    revoke_app_password: bool | None = guarded(Permission.MAIL_USE)(_revoke_app_password)
