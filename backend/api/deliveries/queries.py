"""Looking for mail: that of a domain, and the viewer's own."""

from __future__ import annotations

import strawberry

from backend.api.context import Info
from backend.api.deliveries.types import Delivery, DeliveryConnection
from backend.api.guards import guarded
from backend.api.inputs import one_id
from backend.api.relay import bounded, decode_cursor
from backend.api.scalars import DateTime
from backend.directory.roles import Permission
from backend.kit.errors import NotFound
from backend.spool import deliveries
from backend.spool.delivery_types import Search, Standing
from backend.submission import sent_messages

MAX_SEARCH = 200


async def _domain_deliveries(
    info: Info,
    domain_id: strawberry.ID,
    first: int = 50,
    after: str | None = None,
    search: str | None = None,
    state: Standing | None = None,
    since: DateTime | None = None,
    until: DateTime | None = None,
) -> DeliveryConnection | None:
    wanted = Search((search or "")[:MAX_SEARCH], state, since, until)
    found = await deliveries.of_domain(
        info.context.signed_in,
        one_id(domain_id, "domainId"),
        wanted,
        before=_before(after),
        limit=bounded(first),
    )
    return DeliveryConnection.of(found, after)


async def _domain_delivery(info: Info, domain_id: strawberry.ID, id: strawberry.ID) -> Delivery | None:
    try:
        found = await deliveries.one_of_domain(
            info.context.signed_in, one_id(domain_id, "domainId"), one_id(id, "id")
        )
    except NotFound:
        return None
    return Delivery.of(found)


async def _sent_deliveries(
    info: Info, first: int = 50, after: str | None = None, search: str | None = None
) -> DeliveryConnection | None:
    wanted = Search((search or "")[:MAX_SEARCH])
    found = await deliveries.sent(info.context.signed_in, wanted, before=_before(after), limit=bounded(first))
    return DeliveryConnection.of(found, after)


async def _incoming_deliveries(
    info: Info, first: int = 50, after: str | None = None, search: str | None = None
) -> DeliveryConnection | None:
    wanted = Search((search or "")[:MAX_SEARCH])
    found = await deliveries.received(
        info.context.signed_in, wanted, before=_before(after), limit=bounded(first)
    )
    return DeliveryConnection.of(found, after)


async def _refused_mail(
    info: Info, first: int = 50, after: str | None = None, search: str | None = None
) -> DeliveryConnection | None:
    wanted = Search((search or "")[:MAX_SEARCH])
    found = await deliveries.refused(
        info.context.signed_in, wanted, before=_before(after), limit=bounded(first)
    )
    return DeliveryConnection.of(found, after)


async def _message_delivery(info: Info, message_id: strawberry.ID) -> Delivery | None:
    found = await sent_messages.delivery(info.context.signed_in, one_id(message_id, "messageId"))
    return None if found is None else Delivery.of(found)


def _before(after: str | None) -> int | None:
    key = decode_cursor(after)
    return one_id(key, "after") if key is not None else None


@strawberry.type
class DeliveryQueries:
    """What became of messages, as long as the spool remembers them (30 days after their end)."""

    domain_deliveries: DeliveryConnection | None = guarded(
        Permission.DELIVERIES_READ,
        description="Messages from and to a domain, refused ones among them, newest first;"
        " `search` is part of an address.",
    )(_domain_deliveries)
    domain_delivery: Delivery | None = guarded(Permission.DELIVERIES_READ)(_domain_delivery)
    sent_deliveries: DeliveryConnection | None = guarded(
        Permission.MAIL_USE,
        description="What the viewer sent, or was not let send; `search` is part of a recipient's address"
        " or of the subject.",
    )(_sent_deliveries)
    incoming_deliveries: DeliveryConnection | None = guarded(
        Permission.MAIL_USE,
        description="What was accepted or refused for the viewer; `search` is part of the sender's address.",
    )(_incoming_deliveries)
    refused_mail: DeliveryConnection | None = guarded(
        Permission.SPOOL_READ,
        description="What this server has refused, whoever it was for; `search` is part of an address.",
    )(_refused_mail)
    message_delivery: Delivery | None = guarded(
        Permission.MAIL_USE,
        description="What became of a message that the viewer sent; null where that is not known (any more).",
    )(_message_delivery)
