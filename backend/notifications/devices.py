"""A user's own devices: adding the browser one sits at, removing any of them, trying one out."""

from __future__ import annotations

from backend.directory import policy, push_devices, settings
from backend.directory.principal import Principal
from backend.directory.push_devices import PushDevice, Subscription
from backend.kit import ratelimit
from backend.kit.errors import NotFound, PermissionDenied, RateLimited, Unavailable
from backend.notifications import arrivals, choices, payloads, push_service
from backend.notifications.push_service import Handed

TESTS_PER_HOUR = 30
CHANGES_PER_HOUR = 60


async def add(principal: Principal, given: Subscription, *, zone: str) -> None:
    """Tell the browser of this session of mail that comes from now on.

    Raises InvalidSyntax, PermissionDenied where push is turned off for the user, LimitExceeded, RateLimited.
    """
    user_id = policy.require_mail(principal)
    if not await settings.get("notifications.push", user_id=user_id):
        origin = (await settings.effective("notifications.push", user_id=user_id)).origin
        raise PermissionDenied(f"Push notifications are turned off, {origin}")
    await _pace("add", user_id, CHANGES_PER_HOUR)
    await push_service.require_usable(given)
    inbox = await arrivals.inbox_of(user_id)
    if inbox is None:
        raise NotFound("There is no inbox")
    known_zone = zone if choices.is_zone(zone) else ""
    await push_devices.put(principal, user_id, given, zone=known_zone, told_to=inbox.end)


async def try_out(user_id: int, device_id: int) -> None:
    """Send a notice to one of one's devices now. Raises NotFound, RateLimited, and Unavailable where the push
    service does not take it.
    """
    device = await _find(user_id, device_id)
    await _pace("test", user_id, TESTS_PER_HOUR)
    outcome = await push_service.hand_over(device.subscription, payloads.of_test(), urgency="high")
    if outcome is Handed.TAKEN:
        await push_devices.note_pushed([device.id])
        return
    if outcome is Handed.GONE:
        await push_devices.forget(device.id, device.subscription.endpoint)
        raise NotFound("The browser has ended its subscription: turn notifications on there again")
    if outcome is Handed.REFUSED:
        raise Unavailable("The push service does not take it: turn notifications off and on again")
    raise Unavailable("The push service does not answer: try again later")


async def _find(user_id: int, device_id: int) -> PushDevice:
    for device in await push_devices.of_user(user_id):
        if device.id == device_id:
            return device
    raise NotFound("No such device")


async def _pace(act: str, user_id: int, per_hour: int) -> None:
    verdict = await ratelimit.take(f"push-{act}:{user_id}", per_hour, 3600, fail_open=True)
    if not verdict.allowed:
        raise RateLimited("That was often: try again later", retry_after_s=verdict.retry_after_s)
