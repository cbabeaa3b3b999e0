"""The keys that sign a domain's mail, over GraphQL."""

from __future__ import annotations

import strawberry

from backend.api.context import Info
from backend.api.guards import guarded
from backend.api.inputs import one_id
from backend.api.scalars import DateTime
from backend.directory.roles import Permission
from backend.kit import config
from backend.kit.resolver import Resolver
from backend.operations import dkim_keys
from backend.operations.dkim_keys import State

strawberry.enum(State, name="DkimKeyState", description="WAITING for its record; ACTIVE; RETIRED.")


@strawberry.type
class DkimKey:
    """A key: the name and text of the TXT record to publish, and whether it signs."""

    id: strawberry.ID
    selector: str
    algorithm: str
    state: State
    record_name: str
    record_value: str
    created_at: DateTime
    changed_at: DateTime

    @classmethod
    def of(cls, key: dkim_keys.DkimKey) -> DkimKey:
        """As the API shows it."""
        return cls(
            id=strawberry.ID(str(key.id)),
            selector=key.selector,
            algorithm=key.algorithm,
            state=key.state,
            record_name=key.record_name,
            record_value=key.record,
            created_at=DateTime(key.created_at),
            changed_at=DateTime(key.changed_at),
        )


async def _dkim_keys(info: Info, domain_id: strawberry.ID) -> list[DkimKey] | None:
    found = await dkim_keys.list_keys(info.context.signed_in, one_id(domain_id, "domainId"))
    return [DkimKey.of(key) for key in found]


async def _create_dkim_key(
    info: Info, domain_id: strawberry.ID, algorithm: str = "ed25519"
) -> DkimKey | None:
    actor = info.context.signed_in
    return DkimKey.of(await dkim_keys.create(actor, one_id(domain_id, "domainId"), algorithm))


async def _activate_dkim_key(info: Info, id: strawberry.ID) -> DkimKey | None:
    resolver = Resolver(config.current().dns_servers)
    return DkimKey.of(await dkim_keys.activate(info.context.signed_in, one_id(id, "id"), resolver))


async def _remove_dkim_key(info: Info, id: strawberry.ID) -> bool | None:
    await dkim_keys.remove(info.context.signed_in, one_id(id, "id"))
    return True


@strawberry.type
class DkimQueries:
    """Looking."""

    dkim_keys: list[DkimKey] | None = guarded(
        Permission.DOMAIN_MANAGE, description="The keys of a domain; the first ones are made when asked for."
    )(_dkim_keys)


@strawberry.type
class DkimMutations:
    """Rolling over."""

    create_dkim_key: DkimKey | None = guarded(
        Permission.DOMAIN_MANAGE,
        description="A further key (rsa or ed25519); it signs once its record is published.",
    )(_create_dkim_key)
    activate_dkim_key: DkimKey | None = guarded(
        Permission.DOMAIN_MANAGE, description="Look for the record now, and let the key sign if it is there."
    )(_activate_dkim_key)
    remove_dkim_key: bool | None = guarded(Permission.DOMAIN_MANAGE)(_remove_dkim_key)
