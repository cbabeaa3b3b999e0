"""Tells devices of what comes to inboxes: follows the events of deliveries, off their path.

Events only wake it. What is new is what stands behind the place up to which a device was told; taking that
place on is one statement in the database, so of all processes and nodes one tells. An account is told by one
errand at a time: what comes meanwhile is the next errand's, and a push service that hangs holds up nobody
else's mail.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence

from backend.directory import push_devices
from backend.directory.push_devices import PushDevice
from backend.kit import clock, events
from backend.kit.errors import MailError
from backend.kit.logging import bind_correlation
from backend.notifications import arrivals, choices, news, payloads, push_service
from backend.notifications.arrivals import Arrival, Inbox
from backend.notifications.choices import Choice, Which
from backend.notifications.payloads import Notice
from backend.notifications.push_service import Handed
from schema.events import MailboxChanged, PushDeviceAdded

log = logging.getLogger(__name__)

AT_ONCE = 50
ERRAND_S = 60.0
AGAIN_AFTER_S = (2.0, 15.0)
# Where no event arrives, devices are told as late as that.
LOOK_EVERY_S = 60.0


class Runner:
    """The errands of this process. `watched` are the users with devices, all of the installation's."""

    def __init__(self) -> None:
        self._watched: set[int] = set()
        self._due: dict[int, None] = {}
        self._busy: set[int] = set()
        self._is_stopping = False
        self._wake = asyncio.Event()
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._look_at = 0.0

    def stop(self) -> None:
        """Begin no errand any more; `run` returns once those under way are done."""
        self._is_stopping = True
        self._wake.set()

    async def run(self) -> None:
        """Work until `stop`, or until cancelled."""
        bus = events.bus()
        unsubscribe = [
            bus.subscribe(MailboxChanged, self._on_mailbox),
            bus.subscribe(PushDeviceAdded, self._on_device),
            bus.on_gap(self._on_gap),
        ]
        try:
            async with asyncio.TaskGroup() as group:
                while not self._is_stopping:
                    self._wake.clear()
                    if time.monotonic() >= self._look_at:
                        self._look_at = time.monotonic() + LOOK_EVERY_S
                        await self._look_around()
                    await self._begin_errands(group)
                    await self._rest(self._look_at - time.monotonic())
        finally:
            for end in unsubscribe:
                end()

    def _on_mailbox(self, event: MailboxChanged) -> None:
        if event.account_id in self._watched:
            self._due[event.account_id] = None
            self._wake.set()

    def _on_device(self, event: PushDeviceAdded) -> None:
        self._watched.add(event.user_id)

    def _on_gap(self) -> None:
        self._look_at = 0.0
        self._wake.set()

    async def _look_around(self) -> None:
        """Who has devices, and whose were not told: events may have been missed."""
        try:
            self._watched = await push_devices.watched()
            self._due.update(dict.fromkeys(await arrivals.overdue()))
        except MailError as exc:
            log.warning("devices cannot be read: %s", exc.public)

    async def _begin_errands(self, group: asyncio.TaskGroup) -> None:
        for user_id in [one for one in self._due if one not in self._busy]:
            if self._is_stopping:
                return
            await self._slots.acquire()
            del self._due[user_id]
            self._busy.add(user_id)
            group.create_task(self._errand(user_id), name=f"push-{user_id}")

    async def _rest(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(max(0.0, seconds)):
                await self._wake.wait()
        except TimeoutError:
            return

    async def _errand(self, user_id: int) -> None:
        try:
            with bind_correlation():
                async with asyncio.timeout(ERRAND_S):
                    if not await tell(user_id):
                        self._watched.discard(user_id)
        except TimeoutError:
            log.info("the devices of user %d were not all told in time", user_id)
        except Exception:
            # One user's errand must not end the others.
            log.exception("the devices of user %d cannot be told", user_id)
        finally:
            self._busy.discard(user_id)
            self._slots.release()
            self._wake.set()  # something may have come meanwhile


async def tell(user_id: int) -> bool:
    """Tell a user's devices what is new to them; False where the user has no inbox any more."""
    inbox = await arrivals.inbox_of(user_id)
    if inbox is None:
        return False
    if not await push_devices.behind(user_id, inbox.end):
        return True
    devices = await push_devices.claim(user_id, inbox.end)
    choice = await choices.of_user(user_id)
    if not devices or not choice.is_allowed or choice.which is Which.NONE:
        return True
    found = await news.wanted(
        user_id, choice, await arrivals.since(inbox, min(one.told_to for one in devices))
    )
    if found:
        now = clock.now()
        awake = [one for one in devices if not choices.is_quiet(choice.quiet, one.zone, now)]
        await asyncio.gather(*(_tell_device(device, choice, inbox, found) for device in awake))
    return True


async def _tell_device(device: PushDevice, choice: Choice, inbox: Inbox, found: Sequence[Arrival]) -> None:
    mine = [one for one in found if one.place > device.told_to]
    for notice in payloads.of_mail(mine, inbox, shows_content=choice.shows_content):
        outcome = await _hand_over(device, notice)
        if outcome is Handed.GONE:
            await push_devices.forget(device.id, device.subscription.endpoint)
        if outcome is not Handed.TAKEN:
            return  # what does not take this one will not take the next
    if mine:
        await push_devices.note_pushed([device.id])


async def _hand_over(device: PushDevice, notice: Notice) -> Handed:
    for pause_s in (*AGAIN_AFTER_S, None):
        outcome = await push_service.hand_over(device.subscription, notice)
        if outcome is not Handed.LATER or pause_s is None:
            break
        await asyncio.sleep(pause_s)
    return outcome
