"""Large files as links: one's own, with what became of them."""

from __future__ import annotations

import strawberry

from backend.api.context import Info
from backend.api.guards import signed_in
from backend.api.inputs import one_id
from backend.api.scalars import DateTime, Long
from backend.submission import file_links


@strawberry.type
class FileLink:
    """A file that can be downloaded under a secret address, which is told only when it is made."""

    id: strawberry.ID
    name: str
    size_bytes: Long
    has_password: bool
    downloads: int
    created_at: DateTime
    expires_at: DateTime

    @classmethod
    def of(cls, row: file_links.FileLink) -> FileLink:
        """As its owner sees it."""
        return cls(
            id=strawberry.ID(str(row.id)),
            name=row.name,
            size_bytes=Long(row.size_bytes),
            has_password=bool(row.password_hash),
            downloads=row.downloads,
            created_at=DateTime(row.created_at),
            expires_at=DateTime(row.expires_at),
        )


@strawberry.type
class FileLinkLimits:
    """What may be sent as a link."""

    max_bytes: Long = strawberry.field(description="0: nothing may.")
    offer_bytes: Long = strawberry.field(description="A larger file is offered to be sent as a link.")
    max_days: int


async def _file_links(info: Info) -> list[FileLink]:
    return [FileLink.of(row) for row in await file_links.list_own(info.context.account_id)]


async def _file_link_limits(info: Info) -> FileLinkLimits:
    found = await file_links.limits_of(info.context.account_id)
    return FileLinkLimits(
        max_bytes=Long(found.max_bytes), offer_bytes=Long(found.offer_bytes), max_days=found.max_days
    )


async def _set_file_link_password(info: Info, id: strawberry.ID, password: str) -> bool:
    await file_links.set_password(info.context.account_id, one_id(id, "id"), password)
    return True


async def _revoke_file_link(info: Info, id: strawberry.ID) -> bool:
    await file_links.revoke(info.context.account_id, one_id(id, "id"))
    return True


@strawberry.type
class FileLinkQueries:
    """Reading links."""

    file_links: list[FileLink] = signed_in(_file_links, description="One's own that have not expired.")
    file_link_limits: FileLinkLimits = signed_in(_file_link_limits)


@strawberry.type
class FileLinkMutations:
    """Changing links; they are made by POST /files/links."""

    set_file_link_password: bool = signed_in(
        _set_file_link_password, description="An empty password asks for none."
    )
    revoke_file_link: bool = signed_in(_revoke_file_link, description="The file goes with the link.")
