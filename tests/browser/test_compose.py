"""Writing a message."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import House
from tests.browser.questions import held
from tests.browser.test_mail import row
from tests.browser.test_writing import editor
from tests.support.browser import Window

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_what_is_typed_before_the_composer_is_there_stands_where_it_is_meant(maren: Window) -> None:
    page = maren.page
    composer_comes = await held(page, "**/assets/compose-*.js")
    editor_comes = await held(page, "**/assets/editor-*.js")
    original_comes = await held(page, "OriginalToAnswer")
    await maren.open()
    await row(page, "Quarterly figures").click()
    await expect(page.get_by_role("heading", name="Quarterly figures")).to_be_visible()

    # Every letter of it would be an act on the list.
    await page.keyboard.press("c")
    await page.keyboard.type("amara@north.example, sofia.rossi@example.org;ve#j!")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    composer_comes.set()
    dialog = page.get_by_role("dialog", name="New message")
    to = dialog.get_by_role("combobox", name="To")
    await expect(to).to_be_focused()
    await expect(to).to_have_value("ve#j!")
    await expect(dialog.get_by_role("group", name="To")).to_contain_text("amara@north.example")
    await to.fill("")
    await dialog.get_by_role("button", name="Discard").click()

    # Escape gives it up: it does not come later, and the keys are those of the list again.
    await page.keyboard.press("r")
    await page.keyboard.type("see")
    await page.keyboard.press("Escape")
    await page.keyboard.press("v")
    await expect(page.get_by_role("dialog", name="Move to")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)

    await page.keyboard.press("r")
    await page.keyboard.type("Dear Amara,\nth")
    original_comes.set()
    text = page.get_by_role("dialog").get_by_role("textbox", name="Message text")
    await expect(text).to_be_focused()
    await page.keyboard.type("ank ")
    editor_comes.set()
    await expect(page.locator("[contenteditable=true][aria-label='Message text']")).to_be_focused()
    await page.keyboard.type("you.")

    lines = text.locator("> div")
    await expect(lines.nth(0)).to_have_text("Dear Amara,")
    await expect(lines.nth(1)).to_have_text("thank you.")
    await expect(page.get_by_role("dialog")).to_have_count(1)
    await expect(page.get_by_role("heading", name="Quarterly figures")).to_be_visible()


async def begin(page: Page, to: str = "amara@north.example", subject: str = "", text: str = "") -> None:
    """A new message with that much in it."""
    await expect(page.get_by_role("grid", name="Inbox")).to_be_visible()
    await page.keyboard.press("c")
    await page.get_by_role("combobox", name="To").fill(to)
    await page.get_by_role("textbox", name="Subject").fill(subject)
    await editor(page).click()
    await page.keyboard.press("ControlOrMeta+Home")
    await page.keyboard.type(text)


async def send(page: Page) -> None:
    await page.get_by_role("button", name="Send", exact=True).click()


async def test_undo_in_the_last_moment_brings_the_message_back(house: House, maren: Window) -> None:
    await set_undo_seconds(maren, 5)
    await maren.page.clock.install()
    page = await maren.open()
    await begin(page, subject="Not after all", text="Too early")
    await send(page)
    undo = page.get_by_role("button", name="Undo")
    await expect(undo).to_be_visible()

    # The notice stands for the undo time; the server holds the message 3 s longer, for a click in the last
    # moment. The page's clock stands still before that moment, and the server's goes on past it.
    await page.clock.pause_at(await page.evaluate("Date.now() / 1000") + 0.01)
    await asyncio.sleep(5.2)
    await undo.click()
    await page.clock.resume()

    await expect(editor(page)).to_contain_text("Too early")
    await asyncio.sleep(3)
    assert all(b"Not after all" not in one.data for one in house.sink.messages)


async def test_undo_outlives_that_the_page_is_loaded_anew(house: House, maren: Window) -> None:
    before = await set_undo_seconds(maren, 30)
    try:
        page = await maren.open()
        await begin(page, subject="Sent and loaded anew", text="Not yet")
        await send(page)
        await expect(page.get_by_role("button", name="Undo")).to_be_visible()
        await page.reload()

        await page.get_by_role("button", name="Undo").click()

        await expect(editor(page)).to_contain_text("Not yet")
        await expect(page.get_by_role("textbox", name="Subject")).to_have_value("Sent and loaded anew")
        await page.reload()
        await expect(page.get_by_role("grid", name="Inbox")).to_be_visible()
        await expect(page.get_by_role("button", name="Undo")).to_have_count(0)
        waiting = await house.served.cli("spool", "list", "--search", "Sent and loaded anew")
        assert "amara@north.example" not in waiting
    finally:
        await set_undo_seconds(maren, before)


async def test_an_undo_that_comes_too_late_says_so_and_the_message_is_sent_once(
    house: House, maren: Window
) -> None:
    before = await set_undo_seconds(maren, 1)
    try:
        page = await maren.open()
        await begin(page, subject="Gone already", text="Word")
        # The page's clock stands still, so that its notice outlives the hold of the server.
        await page.clock.install()
        await page.clock.pause_at(await page.evaluate("Date.now() / 1000") + 1)
        await send(page)
        undo = page.get_by_role("button", name="Undo")
        await expect(undo).to_be_visible()
        while not any(b"Gone already" in one.data for one in house.sink.messages):
            await house.sink.wait_for(len(house.sink.messages) + 1)

        await undo.click()

        await expect(page.get_by_text("It could not be stopped")).to_be_visible()
        await expect(page.get_by_role("dialog")).to_have_count(0)
        assert len([one for one in house.sink.messages if b"Gone already" in one.data]) == 1
    finally:
        await set_undo_seconds(maren, before)


async def set_undo_seconds(window: Window, seconds: int) -> int:
    """How long a sent message can be undone from now on; gives back how long it was before."""
    viewer = (await window.ask("{ viewer { id undoSeconds } }"))["viewer"]
    await window.ask(
        "mutation($id: ID!, $value: SettingScalar) { setSetting(level: USER, targetId: $id,"
        ' key: "submission.undo_seconds", value: $value) { key } }',
        id=viewer["id"],
        value=seconds,
    )
    return int(viewer["undoSeconds"])


@pytest.mark.parametrize(
    ("to", "subject", "text", "asked"),
    [
        ("amara@north.example", "Plan", "The plan is attached.", "Send without an attachment?"),
        ("amara@north.example", "Plan", "Im Anhang der Plan.", "Send without an attachment?"),
        ("amara@north.example", "", "Hello", "Send without a subject?"),
        ("amara@north.example, sofia.rossi@example.org", "Plan", "Hello", "Send outside example.org?"),
        (", ".join(f"p{n}@north.example" for n in range(20)), "Plan", "Hello", "Send to that many people?"),
    ],
    ids=["attachment", "anhang", "subject", "outside", "many"],
)
async def test_what_may_not_be_meant_is_asked_about(
    maren: Window, to: str, subject: str, text: str, asked: str
) -> None:
    page = await maren.open()
    await begin(page, to, subject, text)

    await send(page)
    question = page.get_by_role("alertdialog", name=asked)
    await expect(question).to_be_visible()
    assert await maren.violations() == []
    await question.get_by_role("button", name="Cancel").click()

    await expect(page.get_by_role("dialog")).to_be_visible()
    await expect(editor(page)).to_be_focused()


PASTE = """(element, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}"""


async def test_a_line_of_a_million_letters_is_broken_or_becomes_a_file(maren: Window) -> None:
    page = await maren.open()
    await begin(page, subject="Without line ends")
    await editor(page).evaluate(PASTE, "word " * 200_000)
    await expect(editor(page).locator("> *")).to_have_count(50)
    await page.keyboard.type("and on")
    await expect(editor(page).locator("> *").last).to_contain_text("and on")
    for _ in range(6):
        await page.keyboard.press("Backspace")

    await page.get_by_role("button", name="Attach as a file").click()
    await expect(page.get_by_role("list", name="Attachments")).to_contain_text("Pasted text.txt")
    await expect(editor(page)).to_have_text("")

    await page.get_by_role("button", name="More for this message").click()
    await page.get_by_role("menuitem", name="Write plain text").click()
    field = page.locator("textarea[data-plain]")
    await field.evaluate(PASTE, "word " * 200_000)
    await page.keyboard.type("and on")
    assert await field.evaluate("field => field.value.split('\\n').length") == 50


DRAG = """(element, kind) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File(['a plan'], 'plan.txt', { type: 'text/plain' }));
  const event = new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true });
  element.dispatchEvent(event);
  return event.defaultPrevented;
}"""


async def drag_on(over: Locator) -> None:
    while True:
        await over.evaluate(DRAG, "dragover")
        await asyncio.sleep(0.1)


async def test_links_have_words_and_files_are_dropped_onto_the_message_only(maren: Window) -> None:
    page = await maren.open()
    await begin(page, subject="Dropped", text="See ")
    await page.keyboard.press("ControlOrMeta+k")
    await page.get_by_label("Address").fill("example.org")
    await page.get_by_label("Text (may be empty)").fill("our page")
    await page.get_by_role("button", name="Set link").click()
    await expect(editor(page).locator("a[href='https://example.org']")).to_have_text("our page")
    beside, message = page.get_by_role("grid", name="Inbox"), page.get_by_role("dialog")

    # What is not prevented the browser does: it opens the file.
    assert await beside.evaluate(DRAG, "dragover")
    dragging = asyncio.create_task(drag_on(beside))
    await expect(message.get_by_text("Drop files here to attach them")).to_be_visible()
    dragging.cancel()
    assert await beside.evaluate(DRAG, "drop")
    await expect(message.get_by_text("Drop files here to attach them")).to_have_count(0)
    await expect(page.get_by_role("list", name="Attachments").get_by_role("listitem")).to_have_count(0)
    assert await message.evaluate(DRAG, "dragover")
    assert await message.evaluate(DRAG, "drop")
    await expect(page.get_by_role("list", name="Attachments").get_by_role("listitem")).to_have_count(1)


async def test_a_large_file_goes_as_a_link_that_can_be_revoked(house: House, maren: Window) -> None:
    page = await maren.open()
    await begin(page, subject="Too large", text="Look: ")
    await page.get_by_label("Files to attach").set_input_files(
        {"name": "garden.zip", "mimeType": "application/zip", "buffer": b"g" * 16_000_000}
    )
    offer = page.get_by_role("dialog", name="Send as a link?")
    await expect(offer).to_contain_text("garden.zip")
    assert await maren.violations() == []
    await offer.get_by_label("Password").fill("green hill")
    await offer.get_by_role("button", name="Send as a link").click()
    link = editor(page).get_by_role("link", name="garden.zip")
    await expect(link).to_be_visible()
    address = await link.get_attribute("href") or ""

    async with house.window() as stranger:
        there = stranger.page
        await there.goto(address)
        await expect(there.get_by_role("heading", name="garden.zip")).to_be_visible()
        assert await stranger.violations() == []
        await there.get_by_label("Password").fill("green hill")
        async with there.expect_download() as coming:
            await there.get_by_role("button", name="Download").click()
        download = await coming.value
        assert download.suggested_filename == "garden.zip"
        assert (await asyncio.to_thread(Path(await download.path()).stat)).st_size == 16_000_000

        await page.goto(f"{maren.base}/settings/links")
        entry = page.get_by_role("list", name="Files as links").get_by_role("listitem")
        await expect(entry).to_contain_text("downloaded once")
        await expect(entry).to_contain_text("Password")
        await page.get_by_role("button", name="Revoke garden.zip…").click()
        await page.get_by_role("alertdialog").get_by_role("button", name="Revoke").click()
        await expect(page.get_by_text("No links")).to_be_visible()
        await there.goto(address)
        await expect(there.get_by_role("heading", name="Nothing is here")).to_be_visible()
