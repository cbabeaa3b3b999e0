"""GraphQL types of administration: objects are authorised when they are found, their fields are plain."""

from __future__ import annotations

import strawberry

from backend.api.context import Info
from backend.api.relay import Page, PageInfo
from backend.api.scalars import DateTime, Long, SettingScalar
from backend.directory import types as directory
from backend.directory.roles import Role
from backend.directory.setting_key import Ceiling, Kind, Level
from backend.directory.setting_keys import SUBJECTS
from backend.directory.setting_values import Origin
from backend.directory.settings import Shown
from backend.kit.languages import said
from backend.operations import dns_records

# The directory's own enums, marked as part of the schema.
strawberry.enum(Level, name="SettingLevel")
strawberry.enum(Kind, name="SettingKind")
strawberry.enum(Ceiling, name="SettingCeiling")


@strawberry.type(
    description='Who set it: the level (SYSTEM with name "Default" for a built-in default), its name, who.'
)
class SettingOrigin:
    """Where a value comes from."""

    level: Level
    name: str
    set_by: str
    is_default: bool

    @classmethod
    def of(cls, origin: Origin) -> SettingOrigin:
        """As a form shows it."""
        return cls(
            level=origin.level,
            name=origin.name,
            set_by=origin.set_by,
            is_default=origin.is_default,
        )


@strawberry.type(
    description="One of a few values of a setting, in words; help is empty where the label says it."
)
class SettingChoice:
    """A line of a menu."""

    value: str
    label: str
    help: str


@strawberry.type(description="A setting at a level, with where its value comes from.")
class SettingValue:
    """One line of a form."""

    key: str
    subject: str = strawberry.field(
        description="What it is about: settings of one subject follow each other."
    )
    label: str
    help: str
    kind: Kind
    is_multiline: bool = strawberry.field(description="Whether a text may have several lines.")
    choices: list[SettingChoice] = strawberry.field(
        description="All that a text may be, the tightest first; empty: any text."
    )
    zero_is_unlimited: bool = strawberry.field(description="Whether 0 means that there is no limit.")
    level: Level
    value: SettingScalar | None = strawberry.field(description="What is in force here.")
    own_value: SettingScalar | None = strawberry.field(
        description="What is set here itself; null: inherited."
    )
    inherited_value: SettingScalar | None = strawberry.field(
        description="What would hold without an own value."
    )
    origin: SettingOrigin
    inherited_from: SettingOrigin
    ceiling_kind: Ceiling = strawberry.field(
        description="Which way a ceiling is tighter: MAX allows no more, MIN no less, NONE is never one."
    )
    ceiling: SettingScalar | None = strawberry.field(description="May not be passed here; null: none.")
    ceiling_origin: SettingOrigin | None
    own_ceiling: SettingScalar | None = strawberry.field(
        description="What is set here as a ceiling for this level and those below; null: none."
    )
    is_editable: bool = strawberry.field(description="Whether the viewer may change it here.")
    is_ceiling_editable: bool = strawberry.field(
        description="Whether the viewer may set or lift the ceiling here."
    )

    @classmethod
    def of(cls, found: Shown) -> SettingValue:
        """From what the registry answers."""
        effective = found.effective
        key = effective.key
        return cls(
            key=key.key,
            subject=said(SUBJECTS[key.key]),
            label=said(key.label),
            help=said(key.help),
            kind=key.kind,
            is_multiline=key.is_multiline,
            choices=[
                SettingChoice(value=one.value, label=said(one.label), help=said(one.help))
                for one in key.choices
            ],
            zero_is_unlimited=key.zero_is_unlimited,
            level=effective.level,
            value=SettingScalar(effective.value),
            own_value=_scalar(effective.own_value),
            inherited_value=SettingScalar(effective.inherited_value),
            origin=SettingOrigin.of(effective.origin),
            inherited_from=SettingOrigin.of(effective.inherited_from),
            ceiling_kind=key.ceiling,
            ceiling=_scalar(effective.ceiling),
            ceiling_origin=SettingOrigin.of(effective.ceiling_origin) if effective.ceiling_origin else None,
            own_ceiling=_scalar(effective.own_ceiling),
            is_editable=found.is_editable,
            is_ceiling_editable=found.is_ceiling_editable,
        )


def _scalar(value: object) -> SettingScalar | None:
    return None if value is None else SettingScalar(value)


@strawberry.type
class DnsRecord:
    """A record to publish, and what for."""

    name: str
    type: str
    value: str
    purpose: str

    @classmethod
    def of(cls, found: dns_records.DnsRecord) -> DnsRecord:
        """In the reader's words."""
        return cls(name=found.name, type=found.type, value=found.value, purpose=said(found.purpose))


@strawberry.type
class Domain:
    """A mail domain with what it holds."""

    id: strawberry.ID
    name: str
    display_name: str = strawberry.field(description="For people: U-labels.")
    is_enabled: bool
    created_at: DateTime
    user_count: int
    alias_count: int
    used_bytes: Long
    max_users: SettingValue | None
    disk_bytes: SettingValue | None

    @strawberry.field(description="Records to publish.")
    async def dns_records(self, info: Info) -> list[DnsRecord]:
        """For the domain's zone."""
        found = await dns_records.of_domain(info.context.signed_in, int(self.id), self.name)
        return [DnsRecord.of(record) for record in found]


@strawberry.type
class DomainEdge:
    """A domain in a list."""

    cursor: str
    node: Domain


@strawberry.type
class DomainConnection:
    """A page of domains."""

    edges: list[DomainEdge]
    page_info: PageInfo
    total_count: int

    @classmethod
    def of(cls, page: Page[Domain]) -> DomainConnection:
        """From a page of rows."""
        edges = [DomainEdge(cursor=c, node=n) for c, (_, n) in zip(page.cursors, page.rows, strict=True)]
        return cls(edges=edges, page_info=page.page_info, total_count=page.total)


@strawberry.type
class User:
    """A mailbox user."""

    id: strawberry.ID
    domain_id: strawberry.ID
    address: str
    localpart: str
    name: str
    is_enabled: bool
    role: Role
    is_primary: bool
    is_shared: bool = strawberry.field(description="Belongs to no person: nobody signs in.")
    created_at: DateTime
    last_sign_in_at: DateTime | None
    used_bytes: Long
    message_count: int
    quota: SettingValue | None


@strawberry.type
class UserEdge:
    """A user in a list."""

    cursor: str
    node: User


@strawberry.type
class UserConnection:
    """A page of users."""

    edges: list[UserEdge]
    page_info: PageInfo
    total_count: int

    @classmethod
    def of(cls, page: Page[User]) -> UserConnection:
        """From a page of rows."""
        edges = [UserEdge(cursor=c, node=n) for c, (_, n) in zip(page.cursors, page.rows, strict=True)]
        return cls(edges=edges, page_info=page.page_info, total_count=page.total)


@strawberry.type
class Alias:
    """An address that delivers to others."""

    id: strawberry.ID
    domain_id: strawberry.ID
    localpart: str = strawberry.field(description="* is the catch-all.")
    address: str
    targets: list[str]
    is_enabled: bool

    @classmethod
    def of(cls, row: directory.Alias) -> Alias:
        """From its row."""
        return cls(
            id=strawberry.ID(str(row.id)),
            domain_id=strawberry.ID(str(row.domain_id)),
            localpart=row.localpart,
            address=row.address,
            targets=[str(target) for target in row.targets],
            is_enabled=row.is_enabled,
        )


@strawberry.type
class AliasEdge:
    """An alias in a list."""

    cursor: str
    node: Alias


@strawberry.type
class AliasConnection:
    """A page of aliases."""

    edges: list[AliasEdge]
    page_info: PageInfo
    total_count: int

    @classmethod
    def of(cls, page: Page[Alias]) -> AliasConnection:
        """From a page of rows."""
        edges = [AliasEdge(cursor=c, node=n) for c, (_, n) in zip(page.cursors, page.rows, strict=True)]
        return cls(edges=edges, page_info=page.page_info, total_count=page.total)
