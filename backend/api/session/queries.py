"""Reading who is signed in."""

from __future__ import annotations

from importlib.metadata import version

import strawberry

from backend.api.context import Info
from backend.api.guards import guarded, open_field, signed_in
from backend.api.session.types import ApiKey, AppPassword, Instance, MailServer, Viewer
from backend.directory import api_keys, app_passwords
from backend.directory.roles import Permission
from backend.kit import config
from backend.operations import accounts, client_servers

VERSION = version("postroom")


async def _instance(info: Info) -> Instance:
    return Instance(is_set_up=await accounts.is_set_up(), hostname=config.current().hostname, version=VERSION)


async def _viewer(info: Info) -> Viewer | None:
    principal = info.context.principal
    return Viewer(principal=principal) if principal is not None else None


async def _api_keys(info: Info) -> list[ApiKey]:
    return [ApiKey.from_row(row) for row in await api_keys.list_own(info.context.signed_in)]


async def _app_passwords(info: Info) -> list[AppPassword]:
    found = await app_passwords.list_of(info.context.signed_in, info.context.account_id)
    return [AppPassword.from_row(row) for row in found]


async def _mail_servers(info: Info) -> list[MailServer]:
    return [MailServer.of(server) for server in client_servers.servers()]


@strawberry.type
class SessionQueries:
    """The installation and the viewer."""

    instance: Instance = open_field(_instance)
    viewer: Viewer | None = open_field(_viewer, description="Null when nobody is signed in.")
    api_keys: list[ApiKey] = signed_in(_api_keys)
    app_passwords: list[AppPassword] | None = guarded(Permission.MAIL_USE)(_app_passwords)
    mail_servers: list[MailServer] = signed_in(
        _mail_servers, description="Where mail programs connect, the best first of each protocol."
    )
