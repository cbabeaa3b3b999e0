"""GraphQL types of who is signed in."""

from __future__ import annotations

from enum import Enum

import strawberry

from backend.api.scalars import DateTime, Long
from backend.api.session.preferences import Preference, of_viewer
from backend.api.session.two_step_types import Passkey, TwoStep
from backend.directory import lists, passkeys, sessions, settings, two_step
from backend.directory.api_keys import ApiKey as ApiKeyRow
from backend.directory.app_passwords import AppPassword as AppPasswordRow
from backend.directory.app_passwords import MailProtocol
from backend.directory.principal import Principal
from backend.directory.roles import Permission, Role
from backend.directory.sessions import Session
from backend.formats import client_setup
from backend.kit import db
from backend.mailstore import quota as quota_verbs
from backend.mailstore.send_grants import SendMode
from backend.submission import sender_profiles
from backend.submission.identities import Identity as OwnIdentity
from backend.submission.sender_profiles import Profile

# Enums of the domains, marked as part of the schema.
strawberry.enum(MailProtocol)
strawberry.enum(SendMode)


@strawberry.type(description="What anyone may know of this installation.")
class Instance:
    """This installation."""

    is_set_up: bool
    hostname: str
    version: str


@strawberry.type
class Identity:
    """Whom the viewer may write as."""

    name: str
    address: str
    mode: SendMode | None = strawberry.field(
        description="How another's address may be used; null where it is the viewer's own."
    )
    own_name: str = strawberry.field(
        description="The name set for this address; empty for the account's own."
    )
    reply_to: str = strawberry.field(description="Where answers go; empty for the address itself.")
    is_default: bool = strawberry.field(description="Whether messages begin with it, by the user's choice.")
    signature_id: strawberry.ID | None = strawberry.field(description="For new messages.")
    reply_signature_id: strawberry.ID | None = strawberry.field(
        description="For answers and forwarded messages."
    )

    @classmethod
    def of(cls, identity: OwnIdentity, profile: Profile) -> Identity:
        """As the composer needs it."""
        return cls(
            name=profile.name or identity.name,
            address=str(identity.address),
            mode=identity.mode,
            own_name=profile.name,
            reply_to=profile.reply_to,
            is_default=profile.is_default,
            signature_id=_id(profile.signature_id),
            reply_signature_id=_id(profile.reply_signature_id),
        )


def _id(number: int | None) -> strawberry.ID | None:
    return strawberry.ID(str(number)) if number is not None else None


@strawberry.type
class DomainSummary:
    """The viewer's domain."""

    id: strawberry.ID
    name: str


@strawberry.type
class Quota:
    """How much of the mailbox is used."""

    used_bytes: Long
    limit_bytes: Long


@strawberry.enum(description="How a mail program begins TLS.")
class MailServerSecurity(Enum):
    """From the first byte, or by STARTTLS."""

    TLS = "tls"
    STARTTLS = "starttls"


@strawberry.type
class MailServer:
    """What a mail program has to be told of one of our listeners."""

    protocol: MailProtocol
    host: str
    port: int
    security: MailServerSecurity

    @classmethod
    def of(cls, server: client_setup.MailServer) -> MailServer:
        """From what automatic set-up is told."""
        security = MailServerSecurity.TLS if server.is_implicit else MailServerSecurity.STARTTLS
        return cls(
            protocol=MailProtocol(server.protocol), host=server.host, port=server.port, security=security
        )


@strawberry.type
class SessionInfo:
    """A sign-in of a browser."""

    id: strawberry.ID
    is_current: bool
    created_at: DateTime
    seen_at: DateTime
    remote_address: str
    user_agent: str

    @classmethod
    def from_row(cls, row: Session, current: int | None) -> SessionInfo:
        """As its owner sees it."""
        return cls(
            id=strawberry.ID(str(row.id)),
            is_current=row.id == current,
            created_at=DateTime(row.created_at),
            seen_at=DateTime(row.seen_at),
            remote_address=row.remote_address,
            user_agent=row.user_agent,
        )


@strawberry.type
class ApiKey:
    """A key for integrations."""

    id: strawberry.ID
    label: str
    permissions: list[Permission] | None
    created_at: DateTime
    used_at: DateTime | None
    expires_at: DateTime | None

    @classmethod
    def from_row(cls, row: ApiKeyRow) -> ApiKey:
        """As its owner sees it."""
        return cls(
            id=strawberry.ID(str(row.id)),
            label=row.label,
            permissions=sorted(row.permissions) if row.permissions is not None else None,
            created_at=DateTime(row.created_at),
            used_at=DateTime(row.used_at) if row.used_at is not None else None,
            expires_at=DateTime(row.expires_at) if row.expires_at is not None else None,
        )


@strawberry.type
class CreatedApiKey:
    """A new key with its text."""

    api_key: ApiKey
    key: str = strawberry.field(description="Shown once.")


@strawberry.type
class AppPassword:
    """A password for one mail client."""

    id: strawberry.ID
    label: str
    protocols: list[MailProtocol]
    created_at: DateTime
    used_at: DateTime | None
    used_from: str | None = strawberry.field(description="The address of the last use.")

    @classmethod
    def from_row(cls, row: AppPasswordRow) -> AppPassword:
        """As its owner sees it."""
        return cls(
            id=strawberry.ID(str(row.id)),
            label=row.label,
            protocols=sorted(row.protocols),
            created_at=DateTime(row.created_at),
            used_at=DateTime(row.used_at) if row.used_at is not None else None,
            used_from=row.used_from or None,
        )


@strawberry.type
class CreatedAppPassword:
    """A new app password with its text."""

    app_password: AppPassword
    password: str = strawberry.field(description="Shown once.")


@strawberry.type
class Viewer:
    """Who is signed in."""

    principal: strawberry.Private[Principal]

    @strawberry.field
    def id(self) -> strawberry.ID:
        """Of the user or administrator."""
        return strawberry.ID(str(self.principal.id))

    @strawberry.field
    async def name(self) -> str:
        """Display name."""
        if self.principal.user_id is None:
            return self.principal.name
        name = await db.fetch_value("SELECT name FROM user_account WHERE id = ?", self.principal.user_id)
        return name or self.principal.name.partition("@")[0]

    @strawberry.field(description="Full address; null for a system administrator without a mailbox.")
    def address(self) -> str | None:
        """The own address."""
        return self.principal.name if self.principal.user_id is not None else None

    @strawberry.field
    def role(self) -> Role:
        """The role."""
        return self.principal.role

    @strawberry.field
    def permissions(self) -> list[Permission]:
        """What the viewer may do, by this very session or key."""
        return sorted(self.principal.permissions)

    @strawberry.field
    async def domain(self) -> DomainSummary | None:
        """The own domain."""
        if self.principal.domain_id is None:
            return None
        name = await db.fetch_value("SELECT name FROM domain WHERE id = ?", self.principal.domain_id)
        return DomainSummary(id=strawberry.ID(str(self.principal.domain_id)), name=name or "")

    @strawberry.field(description="Null without a mailbox.")
    async def quota(self) -> Quota | None:
        """Use and limit of the mailbox."""
        user_id = self.principal.user_id
        if user_id is None:
            return None
        usage = await quota_verbs.usage(user_id)
        limit = await settings.get_number("mailbox.quota_bytes", user_id=user_id)
        return Quota(used_bytes=Long(usage.used_bytes), limit_bytes=Long(limit))

    @strawberry.field(description="Addresses the viewer may send from: the default first, then the own.")
    async def identities(self) -> list[Identity]:
        """Whom the viewer may write as."""
        if self.principal.user_id is None:
            return []
        found = await sender_profiles.all_of(self.principal.user_id)
        return [Identity.of(identity, profile) for identity, profile in found]

    @strawberry.field(description="Whether the viewer is an owner or moderator of a mailing list.")
    async def moderates_lists(self) -> bool:
        """Whether there are lists to look after."""
        if self.principal.user_id is None or Permission.MAIL_USE not in self.principal.permissions:
            return False
        return bool(await lists.moderated_by(self.principal))

    @strawberry.field(description="Choices in the web application, by name.")
    async def preferences(self) -> list[Preference]:
        """What was kept."""
        return await of_viewer(self.principal.user_id)

    @strawberry.field
    async def undo_seconds(self) -> int:
        """How long a sent message is held for a change of mind."""
        return await self._number("submission.undo_seconds")

    @strawberry.field
    async def writes_plain_text(self) -> bool:
        """Whether new messages begin as plain text."""
        return bool(await settings.get("submission.plain_text", user_id=self.principal.user_id))

    @strawberry.field
    async def max_message_bytes(self) -> Long:
        """The largest message that may be sent."""
        return Long(await self._number("message.max_bytes"))

    @strawberry.field
    async def max_recipients(self) -> int:
        """How many people one message may go to."""
        return await self._number("submission.max_recipients")

    @strawberry.field
    async def sessions(self) -> list[SessionInfo]:
        """Where the viewer is signed in."""
        found = await sessions.list_own(self.principal)
        return [SessionInfo.from_row(row, self.principal.session_id) for row in found]

    @strawberry.field
    async def two_step(self) -> TwoStep:
        """The second step at sign-in."""
        state = await two_step.state(self.principal)
        return TwoStep(
            is_on=state.is_on,
            is_required=state.is_required,
            has_app=state.has_totp,
            recovery_codes_left=state.recovery_codes_left,
            passkeys=[Passkey.from_row(row) for row in await passkeys.list_of(self.principal.id)],
        )

    @strawberry.field(description="This session may nothing until the required second step is set up.")
    async def must_set_up_two_step(self) -> bool:
        """Whether the session is limited."""
        return not self.principal.permissions and not await two_step.is_on(self.principal.id)

    async def _number(self, key: str) -> int:
        return await settings.get_number(key, user_id=self.principal.user_id)
