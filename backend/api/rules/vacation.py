"""One's own vacation reply."""

from __future__ import annotations

import strawberry

from backend.api.context import Info
from backend.api.guards import signed_in
from backend.api.scalars import DateTime
from backend.kit import clock
from backend.rules import vacation as replies
from backend.rules.vacation import Audience as VacationAudience
from backend.rules.vacation import Outside as VacationOutside

strawberry.enum(
    VacationOutside,
    name="VacationOutside",
    description="What people elsewhere are told: the same, a text of their own, or nothing.",
)
strawberry.enum(
    VacationAudience,
    name="VacationAudience",
    description="Who is answered: anyone, or colleagues and whom one has written to within a year.",
)


@strawberry.type
class Vacation:
    """What is answered while somebody is away."""

    is_enabled: bool
    is_on: bool = strawberry.field(
        description="Mail is answered just now: it is enabled, and it is the time."
    )
    subject: str = strawberry.field(description="Empty: that of the message, with Auto: before it.")
    text: str
    outside: VacationOutside
    outside_text: str
    audience: VacationAudience
    starts_at: DateTime | None
    ends_at: DateTime | None
    every_days: int = strawberry.field(description="Nobody is answered twice within so many days.")


@strawberry.input
class VacationInput:
    """What is to be answered; without times at once, and until it is turned off."""

    is_enabled: bool
    subject: str = ""
    text: str
    outside: VacationOutside = VacationOutside.SAME
    outside_text: str = ""
    audience: VacationAudience = VacationAudience.ANYONE
    starts_at: DateTime | None = None
    ends_at: DateTime | None = None
    every_days: int = 7


def _shown(one: replies.Vacation) -> Vacation:
    return Vacation(
        is_enabled=one.is_enabled,
        is_on=one.is_on(clock.now()),
        subject=one.subject,
        text=one.text,
        outside=one.outside,
        outside_text=one.outside_text,
        audience=one.audience,
        starts_at=DateTime(one.starts_at) if one.starts_at is not None else None,
        ends_at=DateTime(one.ends_at) if one.ends_at is not None else None,
        every_days=one.every_days,
    )


async def _vacation(info: Info) -> Vacation:
    return _shown(await replies.get(info.context.account_id))


async def _set_vacation(info: Info, input: VacationInput) -> Vacation:
    new = replies.Vacation(
        is_enabled=input.is_enabled,
        subject=input.subject,
        text=input.text,
        outside=input.outside,
        outside_text=input.outside_text,
        audience=input.audience,
        starts_at=input.starts_at,
        ends_at=input.ends_at,
        every_days=input.every_days,
    )
    return _shown(await replies.put(info.context.account_id, new))


async def _end_vacation(info: Info) -> Vacation:
    return _shown(await replies.end(info.context.account_id))


@strawberry.type
class VacationQueries:
    """Reading the vacation reply."""

    vacation: Vacation = signed_in(_vacation)


@strawberry.type
class VacationMutations:
    """Setting the vacation reply."""

    set_vacation: Vacation = signed_in(
        _set_vacation,
        description="What says something else, or is turned on again, is told to everyone anew.",
    )
    end_vacation: Vacation = signed_in(_end_vacation, description="Turns it off; what was written stays.")
