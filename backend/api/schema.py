"""The executable schema, put together from the domains' queries and mutations."""

from __future__ import annotations

import strawberry
from strawberry.extensions import MaxTokensLimiter, ParserCache, SchemaExtension, ValidationCache
from strawberry.schema.config import StrawberryConfig

from backend.api.compose.links import FileLinkMutations, FileLinkQueries
from backend.api.compose.mutations import ComposeMutations
from backend.api.compose.queries import ComposeQueries
from backend.api.compose.texts import TextMutations, TextQueries
from backend.api.deliveries.queries import DeliveryQueries
from backend.api.domain_admin.dkim import DkimMutations, DkimQueries
from backend.api.domain_admin.domain_aliases import DomainAliasMutations, DomainAliasQueries
from backend.api.domain_admin.domain_routes import DomainRouteMutations, DomainRouteQueries
from backend.api.domain_admin.forwards import ForwardMutations, ForwardQueries
from backend.api.domain_admin.mutations import DomainAdminMutations
from backend.api.domain_admin.queries import DomainAdminQueries
from backend.api.domain_admin.tls_reports import TlsReportQueries
from backend.api.errors import PublicErrors, PublicSchema
from backend.api.limits import MAX_TOKENS, CostLimit
from backend.api.lists.mutations import ListMutations
from backend.api.lists.queries import ListQueries
from backend.api.mail.bulk import BulkActMutations, BulkActQueries
from backend.api.mail.mutations import MailMutations
from backend.api.mail.queries import MailQueries
from backend.api.mail.searches import SearchMutations, SearchQueries
from backend.api.reading.mutations import ReadingMutations
from backend.api.reading.queries import ReadingQueries
from backend.api.rules.cleanup import CleanupMutations, CleanupQueries
from backend.api.rules.filters import FilterMutations, FilterQueries
from backend.api.rules.senders import SenderMutations, SenderQueries
from backend.api.rules.vacation import VacationMutations, VacationQueries
from backend.api.scalars import SCALARS
from backend.api.session.mutations import SessionMutations
from backend.api.session.preferences import PreferenceMutations
from backend.api.session.push import PushMutations, PushQueries
from backend.api.session.queries import SessionQueries
from backend.api.session.shortcuts import ShortcutMutations, ShortcutQueries
from backend.api.session.sign_in import SignInMutations
from backend.api.shares.mutations import ShareMutations
from backend.api.shares.queries import ShareQueries
from backend.api.shares.sending import SendGrantMutations, SendGrantQueries
from backend.api.spool.mutations import SpoolMutations
from backend.api.spool.queries import SpoolQueries
from backend.api.spool.suppressions import SuppressionMutations, SuppressionQueries
from backend.api.subscriptions import Subscription
from backend.api.system_admin.gateways import GatewayMutations, GatewayQueries
from backend.api.system_admin.queries import SystemAdminQueries


@strawberry.type
class Query(
    SessionQueries,
    PushQueries,
    MailQueries,
    SearchQueries,
    ShortcutQueries,
    ReadingQueries,
    BulkActQueries,
    ShareQueries,
    SendGrantQueries,
    ListQueries,
    ComposeQueries,
    TextQueries,
    FileLinkQueries,
    DomainAdminQueries,
    TlsReportQueries,
    DomainAliasQueries,
    DomainRouteQueries,
    DkimQueries,
    DeliveryQueries,
    ForwardQueries,
    FilterQueries,
    VacationQueries,
    SenderQueries,
    CleanupQueries,
    SpoolQueries,
    SuppressionQueries,
    SystemAdminQueries,
    GatewayQueries,
):
    """Everything that can be read."""


@strawberry.type
class Mutation(
    SessionMutations,
    PushMutations,
    PreferenceMutations,
    SignInMutations,
    MailMutations,
    SearchMutations,
    ShortcutMutations,
    ReadingMutations,
    BulkActMutations,
    ShareMutations,
    SendGrantMutations,
    ListMutations,
    ComposeMutations,
    TextMutations,
    FileLinkMutations,
    DomainAdminMutations,
    DomainAliasMutations,
    DomainRouteMutations,
    DkimMutations,
    ForwardMutations,
    FilterMutations,
    VacationMutations,
    SenderMutations,
    CleanupMutations,
    SpoolMutations,
    SuppressionMutations,
    GatewayMutations,
):
    """Everything that can be done."""


def make_schema() -> PublicSchema:
    """The schema with its limits; one for a process."""
    extensions: list[type[SchemaExtension] | object] = [
        lambda: ParserCache(maxsize=256),
        lambda: ValidationCache(maxsize=256),
        lambda: MaxTokensLimiter(max_token_count=MAX_TOKENS),
        CostLimit,
        PublicErrors,
    ]
    return PublicSchema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        extensions=extensions,  # type: ignore[arg-type]  # factories are accepted at run time
        config=StrawberryConfig(scalar_map=SCALARS, disable_field_suggestions=True),
    )


schema = make_schema()
