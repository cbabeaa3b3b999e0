"""The viewer's devices that are told of new mail."""

from __future__ import annotations

import strawberry

from backend.api.context import Info
from backend.api.guards import guarded
from backend.api.inputs import one_id
from backend.api.scalars import DateTime
from backend.directory import push_devices
from backend.directory.push_devices import PushDevice as DeviceRow
from backend.directory.push_devices import Subscription
from backend.directory.roles import Permission
from backend.kit.errors import PermissionDenied
from backend.notifications import devices, news, push_service


@strawberry.type(description="A browser that is told of new mail while its sign-in lasts.")
class PushDevice:
    """One's own device."""

    id: strawberry.ID
    session_id: strawberry.ID
    is_current: bool
    user_agent: str
    created_at: DateTime
    pushed_at: DateTime | None = strawberry.field(description="When its push service last took something.")
    endpoint: str | None = strawberry.field(description="Only of the browser that asks.")

    @classmethod
    def from_row(cls, row: DeviceRow, current: int | None) -> PushDevice:
        """As its owner sees it."""
        is_current = row.session_id == current
        return cls(
            id=strawberry.ID(str(row.id)),
            session_id=strawberry.ID(str(row.session_id)),
            is_current=is_current,
            user_agent=row.user_agent,
            created_at=DateTime(row.created_at),
            pushed_at=DateTime(row.pushed_at) if row.pushed_at is not None else None,
            endpoint=row.subscription.endpoint if is_current else None,
        )


@strawberry.type
class Push:
    """Push notifications of the viewer."""

    server_key: str = strawberry.field(description="The applicationServerKey to subscribe with, base64url.")
    session_id: strawberry.ID | None = strawberry.field(description="The sign-in that asks.")
    devices: list[PushDevice]


@strawberry.input(description="What PushManager.subscribe answers; the keys in base64url.")
class PushSubscriptionInput:
    """A browser's subscription."""

    endpoint: str
    p256dh: str
    auth: str
    zone: str = strawberry.field(default="", description="The device's time zone, for quiet hours.")


@strawberry.type
class NewMessage:
    """A message that has come."""

    id: strawberry.ID
    sender: str | None = strawberry.field(description="Null where notifications show nothing of it.")
    subject: str | None


@strawberry.type(description="What came to the inbox that the viewer wants to hear of, oldest first.")
class News:
    """New mail behind a place."""

    end: strawberry.ID = strawberry.field(description="What to ask with the next time.")
    messages: list[NewMessage]


async def _news(info: Info, after: strawberry.ID | None = None, zone: str = "") -> News:
    place = one_id(after, "after") if after is not None else None
    found = await news.of_page(info.context.account_id, place, zone=zone)
    return News(
        end=strawberry.ID(str(found.end)),
        messages=[
            NewMessage(
                id=strawberry.ID(str(one.ref)),
                sender=(one.sender_name or one.sender_address) if found.shows_content else None,
                subject=one.subject if found.shows_content else None,
            )
            for one in found.messages
        ],
    )


async def _push(info: Info) -> Push:
    principal = info.context.signed_in
    rows = await push_devices.of_user(info.context.account_id)
    return Push(
        server_key=await push_service.server_key(),
        session_id=strawberry.ID(str(principal.session_id)) if principal.session_id is not None else None,
        devices=[PushDevice.from_row(row, principal.session_id) for row in rows],
    )


async def _add_push_device(info: Info, input: PushSubscriptionInput) -> Push:
    if not info.context.uses_cookie:
        raise PermissionDenied("Only a browser that is signed in can be notified")
    given = Subscription(input.endpoint, input.p256dh, input.auth)
    await devices.add(info.context.signed_in, given, zone=input.zone)
    return await _push(info)


async def _remove_push_device(info: Info, id: strawberry.ID) -> Push:
    await push_devices.remove(info.context.account_id, one_id(id, "id"))
    return await _push(info)


async def _test_push_device(info: Info, id: strawberry.ID) -> bool:
    await devices.try_out(info.context.account_id, one_id(id, "id"))
    return True


@strawberry.type
class PushQueries:
    """Reading them."""

    push: Push | None = guarded(Permission.MAIL_USE)(_push)
    news: News | None = guarded(Permission.MAIL_USE)(_news)


@strawberry.type
class PushMutations:
    """Adding, removing, trying out."""

    add_push_device: Push | None = guarded(
        Permission.MAIL_USE, description="This browser is told of new mail from now on."
    )(_add_push_device)
    remove_push_device: Push | None = guarded(Permission.MAIL_USE)(_remove_push_device)
    test_push_device: bool | None = guarded(Permission.MAIL_USE, description="Sends it a notification now.")(
        _test_push_device
    )
