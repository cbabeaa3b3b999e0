"""Notifications of new mail: asked for by a press, pushed to the worker, told by an open page."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from playwright.async_api import Browser, CDPSession, Page, Worker, expect

from tests.browser.conftest import House
from tests.browser.test_mail import deliver, frame, row
from tests.browser.test_offline import window, worker_is_ready
from tests.browser.test_two_step import PASSWORD, add_user
from tests.support.browser import PHONE, Window
from tests.support.public_clients import Mailbox

pytestmark = pytest.mark.asyncio(loop_scope="package")


@pytest.fixture
def house(house: House, whole_browser: Browser) -> House:
    """Not every browser has notifications."""
    return replace(house, browser=whole_browser)


# A browser without a network has no push service: this one gives subscriptions, which lead nowhere.
PUSH_SERVICE = """(() => {
  const KEYS = {
    p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
    auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  };
  const bytes = (text) => Uint8Array.from(
    atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0)).buffer;
  const made = ({ endpoint, key }) => ({
    endpoint,
    options: { applicationServerKey: bytes(key), userVisibleOnly: true },
    toJSON: () => ({ endpoint, keys: KEYS }),
    unsubscribe: async () => { localStorage.removeItem('test.push'); return true; },
  });
  const kept = () => JSON.parse(localStorage.getItem('test.push') ?? 'null');
  PushManager.prototype.getSubscription = async () => kept() && made(kept());
  PushManager.prototype.subscribe = async ({ applicationServerKey: key }) => {
    const given = { key, endpoint: `https://push.invalid/${crypto.randomUUID()}` };
    localStorage.setItem('test.push', JSON.stringify(given));
    return made(given);
  };
})()"""
SHOWN = """async () => (await self.registration.getNotifications())
  .map(({ title, body, data }) => ({ title, body, href: data.href }))"""

# Counts what was shown, and keeps the number on the app's sign. Chromium now and then forgets a notification
# that is asked for while it is being shown, so nobody asks before.
COUNT = """(() => {
  const show = ServiceWorkerRegistration.prototype.showNotification;
  self.told = 0;
  ServiceWorkerRegistration.prototype.showNotification = async function (...words) {
    await show.apply(this, words);
    self.told += 1;
  };
  self.navigator.setAppBadge = async (count) => { self.badge = count; };
})()"""
# No test can press what the system shows: an event of that kind does, though the worker may not wait for it.
PRESS = """(href) => {
  const shown = { close: () => undefined, data: { href } };
  const event = new Event('notificationclick');
  self.dispatchEvent(Object.assign(event, { notification: shown, waitUntil: () => undefined }));
}"""


async def permit(opened: Window) -> None:
    await opened.context.grant_permissions(["notifications"], origin=opened.base)


async def worker_of(opened: Window) -> Worker:
    await worker_is_ready(opened.page)
    workers = opened.context.service_workers
    worker = workers[0] if workers else await opened.context.wait_for_event("serviceworker")
    await worker.evaluate(COUNT)
    return worker


async def told(where: Page | Worker, count: int = 1) -> None:
    """Wait until so many notifications were shown from there."""
    async with asyncio.timeout(20):
        while await where.evaluate("self.told") < count:  # noqa: ASYNC110  # nothing tells of it
            await asyncio.sleep(0.1)


async def registration_of(debugger: CDPSession, base: str) -> str:
    """By which the debugger knows the registration of that server's worker."""
    known: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def hear(event: dict[str, Any]) -> None:
        for one in event["registrations"]:
            if one["scopeURL"].startswith(base) and not one["isDeleted"] and not known.done():
                known.set_result(one["registrationId"])

    debugger.on("ServiceWorker.workerRegistrationUpdated", hear)
    await debugger.send("ServiceWorker.enable")
    async with asyncio.timeout(20):
        return await known


async def push(opened: Window, notice: dict[str, Any]) -> None:
    """What the push service would bring."""
    debugger = await opened.context.new_cdp_session(opened.page)
    await debugger.send(
        "ServiceWorker.deliverPushMessage",
        {
            "origin": opened.base,
            "registrationId": await registration_of(debugger, opened.base),
            "data": json.dumps(notice),
        },
    )
    await debugger.detach()


async def shown(worker: Worker, count: int) -> list[dict[str, str]]:
    """The notifications, once there are so many."""
    for _ in range(200):
        found: list[dict[str, str]] = await worker.evaluate(SHOWN)
        if len(found) == count:
            return found
        await asyncio.sleep(0.1)
    raise AssertionError(f"there are {found}")


async def test_a_device_is_told_by_push_and_a_press_leads_to_the_message(house: House) -> None:
    address = await add_user(house, "eskil")
    async with window(house) as opened, window(house, PHONE) as other:
        await permit(opened)
        await opened.page.add_init_script(PUSH_SERVICE)
        await opened.sign_in(address, PASSWORD)
        page = await opened.open("/settings/notifications")
        worker = await worker_of(opened)
        switch = page.get_by_role("switch", name="Notify me on this device")
        await expect(switch).not_to_be_checked()
        assert await opened.violations() == []
        await switch.click()
        await expect(page.get_by_text("Also while Postroom is closed")).to_be_visible()
        await expect(switch).to_be_checked()
        await page.get_by_role("switch", name="Quiet hours").click()
        await expect(page.get_by_label("From", exact=True)).to_have_value("22:00")
        assert await opened.violations() == []
        await page.reload()
        await expect(switch).to_be_checked()
        await expect(page.get_by_label("Until", exact=True)).to_have_value("07:00")

        await other.sign_in(address, PASSWORD)
        phone = await other.open("/settings/notifications")
        listed = phone.get_by_role("list", name="Other devices").get_by_role("listitem")
        await expect(listed).to_contain_text("nothing sent yet")
        assert await other.violations() == []

        await page.goto("about:blank")
        await push(opened, {"kind": "mail", "id": "12", "from": "Ada", "subject": "Supper", "unread": 1})
        await push(opened, {"kind": "many", "count": 5, "id": "12", "unread": 6})
        await told(worker, 2)
        assert await worker.evaluate("self.badge") == 6
        assert sorted(one["title"] for one in await shown(worker, 2)) == ["Ada", "New messages: 5"]
        await deliver(house, "Read me", "Here I am.", to=address)
        page = await opened.open("/mail/inbox")
        await row(page, "Read me").click()
        message = page.url
        await page.get_by_role("link", name="Archive", exact=True).click()
        await expect(page).to_have_url(re.compile("/mail/archive$"))
        await worker.evaluate(PRESS, message.removeprefix(opened.base))
        await expect(page).to_have_url(message)
        await expect(frame(page).get_by_text("Here I am.")).to_be_visible()

        await listed.get_by_role("button", name=re.compile("Remove")).click()
        await expect(listed).to_have_count(0)
        await opened.open("/settings/notifications")
        await expect(switch).not_to_be_checked()
        # The switch is off before the browser has heard of it.
        await page.wait_for_function("localStorage.getItem('test.push') === null")
        await switch.click()
        await expect(switch).to_be_checked()
        await phone.reload()
        await expect(listed).to_have_count(1)
        await page.get_by_role("button", name="Account and settings").first.click()
        await page.get_by_role("menuitem", name="Sign out").click()
        await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        # The switch is off before the browser has heard of it.
        await page.wait_for_function("localStorage.getItem('test.push') === null")
        await phone.reload()
        await expect(phone.get_by_role("switch", name="Quiet hours")).to_be_checked()
        await expect(listed).to_have_count(0)


async def test_a_press_is_not_lost_on_a_page_that_hears_nothing_yet(house: House) -> None:
    address = await add_user(house, "torun")
    async with window(house) as opened:
        await opened.sign_in(address, PASSWORD)
        page = await opened.open("/mail/inbox")
        worker = await worker_of(opened)
        await page.add_init_script("navigator.serviceWorker.addEventListener = () => undefined")
        await page.reload()
        await expect(page.get_by_role("heading", name="Inbox")).to_be_visible()
        await worker.evaluate(PRESS, "/mail/archive")
        await expect(page).to_have_url(re.compile("/mail/archive$"))
        await expect(page.get_by_role("heading", name="Archive")).to_be_visible()


async def test_without_a_push_service_an_open_page_tells(house: House) -> None:
    address = await add_user(house, "frida")
    async with window(house) as opened:
        await permit(opened)
        await opened.page.add_init_script(COUNT)
        await opened.sign_in(address, PASSWORD)
        page = await opened.open("/settings/notifications")
        worker = await worker_of(opened)
        await page.get_by_role("switch", name="Notify me on this device").click()
        await expect(page.get_by_text("this browser has no push service")).to_be_visible()
        await page.get_by_role("button", name="Send a test notification").click()
        await told(page)
        assert (await shown(worker, 1))[0]["title"] == "Notifications work"

        async with page.expect_response(lambda answer: '"zone"' in (answer.request.post_data or "")):
            await opened.open("/mail/archive")
        await deliver(house, "Seen at once", "Look.", to=address)
        region = page.get_by_role("region", name="Notices")
        await expect(region.get_by_text("Amara Okafor: Seen at once")).to_be_visible()
        await region.get_by_role("button", name="Open", exact=True).click()
        await expect(frame(page).get_by_text("Look.")).to_be_visible()

        # Who looks at one window is not told by another one behind it.
        await page.evaluate("document.hasFocus = () => false; dispatchEvent(new Event('blur'))")
        beside = await opened.context.new_page()
        async with beside.expect_response(lambda answer: '"zone"' in (answer.request.post_data or "")):
            await beside.goto(f"{opened.base}/mail/archive")
        async with page.expect_response(lambda answer: '"zone"' in (answer.request.post_data or "")):
            await deliver(house, "Beside", "Hello.", to=address)
        await expect(
            beside.get_by_role("region", name="Notices").get_by_text("Amara Okafor: Beside")
        ).to_be_visible()
        await beside.close()

        await deliver(house, "From afar", "Hello.", to=address)
        await told(page)
        notices = [(one["title"], one["body"]) for one in await shown(worker, 2)]
        assert ("Amara Okafor", "From afar") in notices
        with Mailbox(house.served.ports["imap"], address, password=PASSWORD) as mailbox:
            mailbox.client.uid("STORE", "1:*", "+FLAGS", "(\\Seen)")
        assert (await shown(worker, 1))[0]["title"] == "Notifications work"


async def test_a_browser_that_blocks_says_how_to_undo_that(house: House) -> None:
    address = await add_user(house, "gerda")
    async with window(house) as opened:
        await opened.page.add_init_script(
            "Object.defineProperty(Notification, 'permission', { get: () => 'denied' })"
        )
        await opened.sign_in(address, PASSWORD)
        page = await opened.open("/settings/notifications")
        await expect(page.get_by_role("switch", name="Notify me on this device")).to_be_disabled()
        await expect(page.get_by_text("This browser blocks notifications of this page.")).to_be_visible()
        await page.get_by_role("combobox", name="Notify me of").select_option("Mail from known people")
        await expect(page.get_by_role("region", name="Notices").get_by_text("Saved")).to_be_visible()
        assert await opened.violations() == []
