"""Gateways over GraphQL; a password goes in and never comes out."""

from __future__ import annotations

import strawberry

from backend.api.context import Info
from backend.api.guards import guarded
from backend.api.inputs import one_id
from backend.api.scalars import DateTime
from backend.directory.roles import Permission
from backend.directory.types import Tls
from backend.spool import gateways

strawberry.enum(
    Tls,
    name="GatewayTls",
    description="VERIFIED by STARTTLS, IMPLICIT (verified) from the first byte, ENCRYPTED without looking at "
    "the certificate, OPPORTUNISTIC.",
)


@strawberry.type
class Gateway:
    """A server that takes our outgoing mail; empty domains stand for any."""

    id: strawberry.ID
    name: str
    host: str
    port: int
    tls: Tls
    username: str
    has_password: bool
    sender_domain: str
    recipient_domain: str
    priority: int
    is_enabled: bool
    created_at: DateTime

    @classmethod
    def of(cls, row: gateways.Gateway) -> Gateway:
        """As the API shows it."""
        return cls(
            id=strawberry.ID(str(row.id)),
            name=row.name,
            host=row.host,
            port=row.port,
            tls=row.tls,
            username=row.username,
            has_password=bool(row.password),
            sender_domain=row.sender_domain,
            recipient_domain=row.recipient_domain,
            priority=row.priority,
            is_enabled=row.is_enabled,
            created_at=DateTime(row.created_at),
        )


@strawberry.input
class GatewayInput:
    """A gateway as it is to be; without a password that of the gateway there is stays."""

    name: str
    host: str
    port: int = 587
    tls: Tls = Tls.VERIFIED
    username: str = ""
    password: str | None = None
    sender_domain: str = ""
    recipient_domain: str = ""
    priority: int = 10
    is_enabled: bool = True

    def row(self, gateway_id: int = 0) -> gateways.Gateway:
        """As the spool takes it."""
        return gateways.Gateway(
            id=gateway_id,
            name=self.name,
            host=self.host,
            port=self.port,
            tls=self.tls,
            username=self.username,
            password=self.password or "",
            sender_domain=self.sender_domain,
            recipient_domain=self.recipient_domain,
            priority=self.priority,
            is_enabled=self.is_enabled,
        )


async def _gateways(info: Info) -> list[Gateway] | None:
    return [Gateway.of(row) for row in await gateways.list_all(info.context.signed_in)]


async def _create_gateway(info: Info, input: GatewayInput) -> Gateway | None:
    return Gateway.of(await gateways.add(info.context.signed_in, input.row()))


async def _update_gateway(info: Info, id: strawberry.ID, input: GatewayInput) -> Gateway | None:
    row = input.row(one_id(id, "id"))
    keeps = input.password is None
    return Gateway.of(await gateways.update(info.context.signed_in, row, keeps_password=keeps))


async def _remove_gateway(info: Info, id: strawberry.ID) -> bool | None:
    await gateways.remove(info.context.signed_in, one_id(id, "id"))
    return True


@strawberry.type
class GatewayQueries:
    """Looking."""

    gateways: list[Gateway] | None = guarded(
        Permission.SYSTEM_READ, description="Servers that take our outgoing mail, by name."
    )(_gateways)


@strawberry.type
class GatewayMutations:
    """Changing."""

    create_gateway: Gateway | None = guarded(Permission.SYSTEM_MANAGE)(_create_gateway)
    update_gateway: Gateway | None = guarded(Permission.SYSTEM_MANAGE)(_update_gateway)
    remove_gateway: bool | None = guarded(Permission.SYSTEM_MANAGE)(_remove_gateway)
