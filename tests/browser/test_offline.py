"""Without a connection: reading, acts that are sent later, and a new version while a page is open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import psutil
import pytest
from playwright.async_api import Page, expect

from tests.browser import test_two_step
from tests.browser.conftest import House
from tests.browser.test_bulk import notices
from tests.browser.test_mail import deliver, frame, row
from tests.browser.test_two_step import PASSWORD, add_user
from tests.support.browser import Window

pytestmark = pytest.mark.asyncio(loop_scope="package")

window = partial(test_two_step.window, with_worker=True)

KEPT = """async (wanted) => {
  const [{ name }] = (await indexedDB.databases()).filter((one) => one.name.startsWith('postroom-mail-'));
  const database = await new Promise((done) => {
    const asking = indexedDB.open(name);
    asking.onsuccess = () => done(asking.result);
  });
  const ask = (store) => new Promise((done) => {
    const asking = database.transaction(store).objectStore(store).getAll();
    asking.onsuccess = () => done(asking.result);
  });
  const found = JSON.stringify(await ask(wanted));
  database.close();
  return found;
}"""

# Forgets messages that were read ahead.
FORGET = """async (subject) => {
  const [{ name }] = (await indexedDB.databases()).filter((one) => one.name.startsWith('postroom-mail-'));
  const database = await new Promise((done) => {
    const asking = indexedDB.open(name);
    asking.onsuccess = () => done(asking.result);
  });
  const transaction = database.transaction('bodies', 'readwrite');
  const bodies = transaction.objectStore('bodies');
  const asking = bodies.getAll();
  asking.onsuccess = () => {
    for (const one of asking.result) if (one.detail.row.subject === subject) bodies.delete(one.id);
  };
  await new Promise((done) => { transaction.oncomplete = done; });
  database.close();
}"""


# How many files of a part the page has asked for.
ASSETS = """(part) => performance.getEntriesByType('resource')
  .filter(({ name }) => name.includes(`/assets/${part}-`)).length"""
# How many messages that were being written the device has.
WRITTEN = """() => new Promise((done) => {
  const opening = indexedDB.open('postroom-writing');
  opening.onsuccess = () => {
    const asking = opening.result.transaction('drafts').objectStore('drafts').count();
    asking.onsuccess = () => { opening.result.close(); done(asking.result); };
  };
})"""


async def has_kept(page: Page, store: str, text: str) -> None:
    """Wait until the device has it."""
    for _ in range(200):
        if text in await page.evaluate(KEPT, store):
            return
        await page.wait_for_timeout(100)
    raise AssertionError(f"{text} is not among the {store} that are kept")


@contextmanager
def silent(house: House) -> Iterator[None]:
    """The server answers nothing."""
    backends: list[psutil.Process] = house.served.children("backend")
    for process in backends:
        process.suspend()
    try:
        yield
    finally:
        for process in backends:
            process.resume()


async def worker_is_ready(page: Page) -> None:
    await page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")


async def write(page: Page, subject: str):
    await page.keyboard.press("c")
    dialog = page.get_by_role("dialog", name="New message")
    await dialog.get_by_role("combobox", name="To", exact=True).fill("amara@north.example")
    await dialog.get_by_role("textbox", name="Subject").fill(subject)
    dialog = page.get_by_role("dialog", name=subject)
    await dialog.get_by_role("textbox", name="Message text").fill(f"{subject}.")
    return dialog


async def signed_in(house: House, opened: Window, name: str) -> Page:
    address = await add_user(house, name)
    await deliver(house, "Before the tunnel", "Read me on the train.", to=address)
    await deliver(house, "Not needed any more", "Throw me away.", to=address)
    await opened.sign_in(address, PASSWORD)
    page = await opened.open("/mail/inbox")
    await expect(row(page, "Before the tunnel")).to_be_visible()
    await worker_is_ready(page)
    return page


async def test_mail_is_read_without_a_connection_and_acts_go_out_afterwards(house: House) -> None:
    async with window(house) as opened:
        page = await signed_in(house, opened, "arne")
        await has_kept(page, "rows", "Not needed any more")
        await has_kept(page, "bodies", "Read me on the train.")

        with silent(house):
            await page.reload()
            await expect(row(page, "Before the tunnel")).to_be_visible()
            await expect(page.get_by_role("grid", name="Inbox")).to_have_attribute("aria-rowcount", "2")
        await deliver(house, "Out of the tunnel", "The server is there again.", to="arne@example.org")
        await expect(row(page, "Out of the tunnel")).to_be_visible()

        await opened.context.set_offline(True)
        await has_kept(page, "rows", "Out of the tunnel")
        await page.evaluate(FORGET, "Out of the tunnel")
        await page.reload()

        await expect(page.get_by_text("No connection. What you do is kept")).to_be_visible()
        await row(page, "Before the tunnel").click()
        await expect(frame(page).get_by_text("Read me on the train.")).to_be_visible()
        tools = page.get_by_role("toolbar", name="Message")
        await tools.get_by_role("button", name="Star", exact=True).click()
        await row(page, "Not needed any more").click()
        await page.keyboard.press("#")
        await expect(row(page, "Not needed any more")).to_have_count(0)
        await has_kept(page, "acts", "moveTo")
        await page.reload()
        await expect(row(page, "Before the tunnel")).to_be_visible()
        await expect(row(page, "Not needed any more")).to_have_count(0)
        await opened.open("/settings/vacation")
        await expect(page.get_by_text("The server cannot be reached")).to_be_visible()
        await opened.open("/mail/inbox")
        await row(page, "Before the tunnel").click()
        await page.keyboard.press("r")
        await page.get_by_role("textbox", name="Message text").press_sequentially("Out in a minute.")
        await page.get_by_role("button", name="Send", exact=True).click()
        await expect(notices(page).get_by_text("the message is sent as soon as it can be")).to_be_visible()
        before = len(house.sink.messages)
        await row(page, "Out of the tunnel").click()
        await expect(page.get_by_text("The server cannot be reached.", exact=True)).to_be_visible()

        await opened.context.set_offline(False)

        await expect(frame(page).get_by_text("The server is there again.")).to_be_visible()

        await expect(page.get_by_text("No connection. What you do is kept")).to_have_count(0)
        await expect(notices(page).get_by_text("Sending…")).to_be_visible()
        await expect(page.get_by_role("button", name="1 message waits to be sent")).to_have_count(0)
        await house.sink.wait_for(before + 1)
        assert b"Read me on the train." in house.sink.messages[-1].data
        async with window(house) as other:
            await other.sign_in("arne@example.org", PASSWORD)
            second = await other.open("/mail/inbox")
            await expect(row(second, "Before the tunnel")).to_be_visible()
            await expect(row(second, "Not needed any more")).to_have_count(0)
            await expect(
                row(second, "Before the tunnel").get_by_role("button", name="Remove star")
            ).to_be_visible()


async def test_messages_sent_without_a_connection_wait_for_one_and_can_be_opened(house: House) -> None:
    async with window(house) as opened:
        page = await signed_in(house, opened, "torunn")
        await write(page, "Warm up")
        await page.get_by_role("button", name="Discard").click()
        await opened.context.set_offline(True)
        for subject in ("First from the train", "Not this one", "Last from the train"):
            dialog = await write(page, subject)
            await dialog.get_by_label("Files to attach").set_input_files(
                {"name": f"{subject}.txt", "mimeType": "text/plain", "buffer": subject.encode()}
            )
            await dialog.get_by_role("button", name="Send", exact=True).click()
            await expect(dialog).to_have_count(0)
        waiting = page.get_by_role("button", name="3 messages wait to be sent")
        await waiting.click()
        await expect(page.get_by_role("menuitem")).to_have_count(3)
        assert await opened.violations_in_both_themes() == []

        # Opened it is a draft again, which is not sent by itself.
        await page.get_by_role("menuitem", name="Not this one").click()
        text = page.get_by_role("dialog", name="Not this one").get_by_role("textbox", name="Message text")
        await expect(text).to_contain_text("Not this one")
        await page.reload()
        await expect(text).to_contain_text("Not this one")
        await expect(page.get_by_role("button", name="2 messages wait to be sent")).to_be_visible()

        # Where its window is gone, another one sends what waits.
        other = await opened.context.new_page()
        await other.goto(f"{opened.base}/mail/inbox")
        await expect(row(other, "Before the tunnel")).to_be_visible()
        await page.close()
        before = len(house.sink.messages)
        await opened.context.set_offline(False)

        await expect(notices(other).get_by_text("Sending…").first).to_be_visible()
        await house.sink.wait_for(before + 2, timeout_s=40)
        found = [message.data for message in house.sink.messages[before:]]
        assert [b"First from the train.txt" in one for one in found] == [True, False]
        assert [b"Last from the train.txt" in one for one in found] == [False, True]
        await other.goto(f"{opened.base}/mail/drafts")
        await expect(
            row(other, "Not this one").or_(other.get_by_role("dialog", name="Not this one"))
        ).to_be_visible()
        await expect(other.get_by_role("button", name="to be sent")).to_have_count(0)
        assert len(house.sink.messages) == before + 2


# A page that is being left sends nothing any more but what was asked to outlive it.
LEAVING = """() => {
  const send = window.fetch;
  window.fetch = (to, init) => (init?.keepalive ? send(to, init) : new Promise(() => undefined));
  for (const key of ['s', '#'])
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
}"""


async def test_what_is_done_in_the_last_moment_before_a_page_is_left_is_done(house: House) -> None:
    async with window(house) as opened:
        page = await signed_in(house, opened, "edda")
        await row(page, "Not needed any more").click()
        await expect(frame(page).get_by_text("Throw me away.")).to_be_visible()
        await has_kept(page, "bodies", "Throw me away.")

        # The star is on its way at once, the other act waits behind it.
        await page.evaluate(LEAVING)
        await page.goto("about:blank")

        page = await opened.open("/mail/inbox")
        await expect(row(page, "Before the tunnel")).to_be_visible()
        await expect(row(page, "Not needed any more")).to_have_count(0)
        await page.goto(f"{opened.base}/mail/inbox")
        await page.get_by_role("link", name="Trash").click()
        gone = row(page, "Not needed any more")
        await expect(gone).to_be_visible()
        await expect(gone.get_by_role("button", name="Remove star")).to_be_visible()


async def test_signing_out_leaves_nothing_on_the_device(house: House) -> None:
    async with window(house) as opened:
        page = await signed_in(house, opened, "berit")
        await has_kept(page, "rows", "Before the tunnel")
        await page.get_by_role("combobox", name="Search mail").fill("tunnel")
        await page.keyboard.press("Enter")
        await page.keyboard.press("c")
        await page.get_by_role("textbox", name="Subject").fill("Half a letter")
        await expect(page.get_by_role("dialog", name="Half a letter")).to_be_visible()

        await page.get_by_role("button", name="Account and settings").first.click()
        await page.get_by_role("menuitem", name="Sign out").click()
        await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()

        names = await page.evaluate("indexedDB.databases().then((all) => all.map(({ name }) => name))")
        assert [name for name in names if "mail" in name] == []
        assert await page.evaluate(WRITTEN) == 0
        kept = await page.evaluate("Object.keys(localStorage).concat(Object.keys(sessionStorage))")
        assert set(kept) <= {"postroom.preferences"}
        await opened.context.set_offline(True)
        await page.reload()
        await expect(page.get_by_text("Before the tunnel")).to_have_count(0)

        # What was not saved yet when they left is where they find it again.
        await opened.context.set_offline(False)
        await opened.sign_in("berit@example.org", PASSWORD)
        await opened.open("/mail/drafts")
        await expect(row(page, "Half a letter")).to_be_visible()


async def test_rows_that_are_kept_go_when_the_server_knows_nobody(house: House) -> None:
    async with window(house) as opened:
        page = await signed_in(house, opened, "carla")
        await has_kept(page, "rows", "Before the tunnel")
        await opened.context.clear_cookies()

        await page.reload()

        await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        await expect(page.get_by_text("Before the tunnel")).to_have_count(0)
        address = await add_user(house, "cornelis")
        await page.get_by_label("Address").fill(address)
        await page.get_by_label("Password", exact=True).fill(PASSWORD)
        await page.get_by_role("button", name="Sign in").click()
        await expect(page.get_by_role("heading", name="Inbox")).to_be_visible()
        await expect(page.get_by_text("Before the tunnel")).to_have_count(0)


async def test_the_app_can_be_installed(house: House) -> None:
    async with window(house) as opened:
        page = await opened.open("/signin")
        debugger = await opened.context.new_cdp_session(page)
        manifest = await debugger.send("Page.getAppManifest")
        assert manifest["errors"] == []
        assert '"start_url": "/mail/inbox"' in manifest["data"]
        problems = await debugger.send("Page.getInstallabilityErrors")
        assert {one["errorId"] for one in problems["installabilityErrors"]} <= {"in-incognito"}


async def test_a_part_that_the_server_has_no_longer_takes_nothing_with_it(house: House) -> None:
    async with house.window() as opened:
        await opened.sign_in(await add_user(house, "frieda"), PASSWORD)
        page = await opened.open("/mail/inbox")
        await expect(page.get_by_role("heading", name="Inbox")).to_be_visible()
        await page.wait_for_function(ASSETS, arg="updates")
        await opened.context.route("**/assets/*", lambda route: route.fulfill(status=404))
        notices = page.get_by_role("region", name="Notices")

        await page.keyboard.press("?")
        await expect(notices.get_by_text("That did not come.")).to_be_visible()
        await expect(notices.get_by_text("A new version is ready")).to_be_visible()
        await expect(page.get_by_role("heading", name="Inbox")).to_be_visible()

        await page.keyboard.press("g")
        await page.keyboard.press(",")
        await expect(page.get_by_text("A part of this page did not come.")).to_be_visible()
        await opened.context.unroute_all()
        await page.get_by_role("main").get_by_role("button", name="Reload").click()
        await expect(page.get_by_role("heading", name="Reading and sending")).to_be_visible()


async def test_a_new_version_is_offered_and_the_old_page_goes_on(house: House) -> None:
    async with window(house) as opened:
        page = await signed_in(house, opened, "dagny")
        await page.reload()
        await expect(row(page, "Before the tunnel")).to_be_visible()
        # The page registers its own worker once it has nothing better to do: before ours, which is to win.
        await page.wait_for_function("() => performance.getEntriesByName('updates-followed').length > 0")

        # Under another address the same worker is a new version of what is registered for these pages.
        await page.evaluate(
            "navigator.serviceWorker.register(trustedTypes.createPolicy('dompurify',"
            " { createScriptURL: (url) => url }).createScriptURL('/sw.js?newer')).then(() => undefined)"
        )

        notices = page.get_by_role("region", name="Notices")
        await expect(notices.get_by_text("A new version is ready")).to_be_visible(timeout=60_000)
        # A part the page has not needed so far: the server may have only the newer one.
        assert await page.evaluate(ASSETS, "ShortcutSheet") == 0
        await opened.context.set_offline(True)
        await page.keyboard.press("?")
        await expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
        assert await page.evaluate(ASSETS, "ShortcutSheet") > 0
        await page.keyboard.press("Escape")
        await opened.context.set_offline(False)
        await row(page, "Before the tunnel").click()
        await expect(frame(page).get_by_text("Read me on the train.")).to_be_visible()
        async with page.expect_event("domcontentloaded", timeout=60_000):
            await notices.get_by_role("button", name="Reload").click()
        await expect(row(page, "Before the tunnel")).to_be_visible()
        running = await page.evaluate("navigator.serviceWorker.controller.scriptURL")
        assert running.endswith("/sw.js?newer")
