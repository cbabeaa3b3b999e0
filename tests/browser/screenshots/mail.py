"""Screens of mail."""

from __future__ import annotations

import re

from playwright.async_api import FilePayload, Page, expect

from tests.browser.screenshots.screen import Screen
from tests.browser.test_mail import row
from tests.support.web_client import HEADERS

FILES: list[FilePayload] = [
    {"name": "north-wing-budget-2.csv", "mimeType": "text/csv", "buffer": b"Line,Plan,Actual\r\n" * 2800},
    {"name": "east-gate.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n" * 9000},
]
DENSITY = """mutation($value: String!) {
  setPreferences(entries: [{name: "density", value: $value}]) }"""


async def _set_density(page: Page, value: str) -> None:
    answer = await page.context.request.post(
        f"{page.url.partition('/mail')[0]}/graphql",
        data={"query": DENSITY, "variables": {"value": f'"{value}"'}},
        headers=HEADERS,
    )
    assert "errors" not in await answer.json()


def is_phone(page: Page) -> bool:
    return page.viewport_size is not None and page.viewport_size["width"] < 760


async def inbox(page: Page) -> None:
    await expect(row(page, "Quarterly figures")).to_be_visible()


async def read(page: Page, subject: str) -> None:
    await inbox(page)
    await row(page, subject).click()
    await expect(page.get_by_role("article").first).to_be_visible()
    # On a phone the tip of what was tapped would stay.
    await page.mouse.move(1, 1)


async def _conversation(page: Page) -> None:
    await read(page, "Minutes: steering group")


async def _figures(page: Page) -> None:
    await read(page, "Quarterly figures")


async def _newsletter(page: Page) -> None:
    await read(page, "Newsletter: five quiet gardens")


async def _invitation(page: Page) -> None:
    await read(page, "Invitation: walk along the quay")
    await expect(page.get_by_role("button", name="Accept")).to_be_visible()


async def _message_menu(page: Page) -> None:
    await _figures(page)
    await page.get_by_role("toolbar", name="Message").get_by_role("button", name="More").click()
    await expect(page.get_by_role("menuitem", name="Print", exact=True)).to_be_attached()


async def _file(page: Page, name: str, subject: str) -> None:
    await read(page, subject)
    await page.get_by_role("button", name=f"Open {name}").first.click()
    await expect(page.get_by_role("dialog")).to_be_visible()


async def _text_file(page: Page) -> None:
    await _file(page, "photos-list.txt", "Photos from the weekend")


async def _pdf(page: Page) -> None:
    await _file(page, "site-plan.pdf", "Quarterly figures")


async def _compact(page: Page) -> None:
    await inbox(page)
    await _set_density(page, "compact")
    await page.reload()
    await inbox(page)
    if not is_phone(page):
        await _figures(page)
    for subject in ("Welcome aboard", "Draft agenda", "Newsletter"):
        await row(page, subject).get_by_role("button", name="Select").click(force=True)
    await expect(page.get_by_role("toolbar", name="Selected messages")).to_be_visible()
    await page.mouse.move(1, 1)


async def _not_compact(page: Page) -> None:
    await _set_density(page, "cosy")


async def _reply(page: Page) -> None:
    await _figures(page)
    await page.keyboard.press("r")
    dialog = page.get_by_role("dialog")
    text = dialog.locator("[contenteditable=true][aria-label='Message text']")
    await expect(text).to_be_focused()
    await page.keyboard.type(
        "Dear Amara,\n\nthe figures look right to me. Two small things before you send them on:\n\n"
        "- The transport line still has last year’s rate.\nPermits should include the east gate.\n\n"
        "The corrected sheet is attached."
    )
    await dialog.locator("input[type=file]").first.set_input_files(FILES)
    await expect(dialog.get_by_text("east-gate.pdf")).to_be_visible()
    await expect(dialog.get_by_text(re.compile(r"^Saved \d"))).to_be_visible()


async def _write(page: Page) -> None:
    await inbox(page)
    await page.keyboard.press("c")
    await expect(page.get_by_role("dialog").get_by_role("textbox", name="Message text")).to_be_visible()


async def _send_later(page: Page) -> None:
    await _reply(page)
    await page.get_by_role("dialog").get_by_role("button", name="Send later").click()
    await expect(page.get_by_role("menuitem").first).to_be_visible()


async def _discard(page: Page) -> None:
    if await page.get_by_role("menuitem").count():
        await page.keyboard.press("Escape")
    await page.get_by_role("dialog").get_by_role("button", name="Discard").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def _search(page: Page) -> None:
    await inbox(page)
    await page.get_by_role("combobox", name="Search mail").fill("from:sofia is:read wing")
    await page.keyboard.press("Enter")
    await expect(row(page, "Budget for the north wing")).to_be_visible()
    await expect(page.get_by_role("button", name="Save search")).to_be_visible()
    if not is_phone(page):
        await row(page, "Budget for the north wing").click()
        await expect(page.get_by_role("article").first).to_be_visible()
        await page.mouse.move(1, 1)


async def _suggestions(page: Page) -> None:
    await inbox(page)
    field = page.get_by_role("combobox", name="Search mail")
    await field.press_sequentially("north")
    await expect(page.get_by_role("option").first).to_be_visible()
    await field.press("ArrowDown")


async def _nothing_found(page: Page) -> None:
    await inbox(page)
    await page.get_by_role("combobox", name="Search mail").fill("hippopotamus")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Nothing found").first).to_be_visible()


async def _snooze(page: Page) -> None:
    await _figures(page)
    await page.keyboard.press("b")
    await expect(page.get_by_role("option").first).to_be_visible()


async def _palette(page: Page) -> None:
    await _figures(page)
    await page.keyboard.press("ControlOrMeta+k")
    await page.get_by_role("dialog").get_by_role("combobox").fill("so")
    await expect(page.get_by_role("option").nth(2)).to_be_visible()


async def _keys(page: Page) -> None:
    await inbox(page)
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog")).to_be_visible()


async def _drawer(page: Page) -> None:
    await inbox(page)
    button = page.get_by_role("button", name="Folders")
    if await button.count() and await button.first.is_visible():
        await button.first.click()
    await expect(page.get_by_role("navigation", name="Folders")).to_be_visible()


async def _folder_dialog(page: Page) -> None:
    await _drawer(page)
    side = page.get_by_role("navigation", name="Folders")
    await side.get_by_role("button", name="New folder").click()
    await page.get_by_role("textbox", name="Name").fill("Harbour")


async def _folder_menu(page: Page) -> None:
    await _drawer(page)
    side = page.get_by_role("navigation", name="Folders")
    await side.get_by_role("button", name="Receipts: more").click(force=True)
    await expect(page.get_by_role("menuitem").first).to_be_visible()


async def _tag_dialog(page: Page) -> None:
    await _drawer(page)
    await page.get_by_role("button", name="Travel: more").click(force=True)
    await page.get_by_role("menuitem", name="Name and colour…").click()
    await expect(page.get_by_role("radio", name="Violet")).to_be_attached()


async def _tags(page: Page) -> None:
    await _figures(page)
    await page.keyboard.press("l")
    await expect(page.get_by_role("option").first).to_be_visible()


async def _empty(page: Page) -> None:
    await expect(page.get_by_role("row")).to_have_count(0)
    await expect(page.get_by_role("heading").first).to_be_visible()


async def _offline(page: Page) -> None:
    await (inbox(page) if is_phone(page) else _figures(page))
    await page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    await page.context.set_offline(True)
    await expect(page.get_by_text("No connection").first).to_be_visible()


SERIES = {
    "conversation": Screen("/", _conversation),
    "compact": Screen("/mail/inbox", _compact, _not_compact),
    "composer": Screen("/", _reply, _discard),
    "search": Screen("/", _search),
    "snooze": Screen("/", _snooze),
}
MORE = {
    "inbox": Screen("/", inbox),
    "figures": Screen("/", _figures),
    "newsletter": Screen("/", _newsletter),
    "invitation": Screen("/", _invitation),
    "message-menu": Screen("/", _message_menu),
    "text-file": Screen("/", _text_file),
    "pdf": Screen("/", _pdf),
    "write": Screen("/", _write, _discard),
    "send-later": Screen("/", _send_later, _discard),
    "suggestions": Screen("/", _suggestions),
    "nothing-found": Screen("/", _nothing_found),
    "palette": Screen("/", _palette),
    "keys": Screen("/", _keys),
    "drawer": Screen("/", _drawer),
    "folder-dialog": Screen("/", _folder_dialog),
    "folder-menu": Screen("/", _folder_menu),
    "tag-dialog": Screen("/", _tag_dialog),
    "tags": Screen("/", _tags),
    "empty": Screen("/mail/trash", _empty),
    "offline": Screen("/", _offline),
}
