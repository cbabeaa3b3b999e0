"""Further names of a domain, over GraphQL."""

from __future__ import annotations

import strawberry

from backend.api.context import Info
from backend.api.domain_admin.types import DnsRecord
from backend.api.guards import guarded
from backend.api.inputs import one_id
from backend.api.scalars import DateTime
from backend.directory import domain_aliases
from backend.directory import types as directory
from backend.directory.roles import Permission
from backend.operations import dns_records


@strawberry.type
class DomainAlias:
    """A further name of a domain: every address under it means the same localpart of the domain."""

    id: strawberry.ID
    domain_id: strawberry.ID
    name: str
    display_name: str = strawberry.field(description="For people: U-labels.")
    dkim_selectors: list[str] = strawberry.field(
        description="Keys of the domain whose records were seen under this name; they sign."
    )
    created_at: DateTime

    @strawberry.field(description="Records to publish under this name.")
    async def dns_records(self, info: Info) -> list[DnsRecord]:
        """For the name's own zone."""
        found = await dns_records.of_alias(info.context.signed_in, int(self.domain_id), self.name)
        return [DnsRecord.of(record) for record in found]

    @classmethod
    def of(cls, row: directory.DomainAlias) -> DomainAlias:
        """From its row."""
        return cls(
            id=strawberry.ID(str(row.id)),
            domain_id=strawberry.ID(str(row.domain_id)),
            name=row.name,
            display_name=row.display_name,
            dkim_selectors=row.dkim_selectors.split(),
            created_at=DateTime(row.created_at),
        )


async def _domain_aliases(info: Info, domain_id: strawberry.ID) -> list[DomainAlias] | None:
    found = await domain_aliases.list_all(info.context.signed_in, one_id(domain_id, "domainId"))
    return [DomainAlias.of(row) for row in found]


async def _add_domain_alias(info: Info, domain_id: strawberry.ID, name: str) -> DomainAlias | None:
    actor = info.context.signed_in
    return DomainAlias.of(await domain_aliases.add(actor, one_id(domain_id, "domainId"), name))


async def _remove_domain_alias(info: Info, id: strawberry.ID) -> bool | None:
    await domain_aliases.remove(info.context.signed_in, one_id(id, "id"))
    return True


@strawberry.type
class DomainAliasQueries:
    """Looking."""

    domain_aliases: list[DomainAlias] | None = guarded(
        Permission.DOMAIN_READ, description="The further names of a domain, 500 at most, by name."
    )(_domain_aliases)


@strawberry.type
class DomainAliasMutations:
    """Naming."""

    add_domain_alias: DomainAlias | None = guarded(Permission.DOMAINS_MANAGE)(_add_domain_alias)
    remove_domain_alias: bool | None = guarded(Permission.DOMAINS_MANAGE)(_remove_domain_alias)
