"""Walks through every screen of the application, each after one load of the page.

A walk is a generator that stands on a screen whenever it gives a name. Sections of the settings and parts of
the administration are those that the application itself offers, so a new one is walked through as well.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

from playwright.async_api import Locator, Page, expect

from tests.browser.test_mail import row

OVERLAYS = "[role=dialog]:visible, [role=alertdialog]:visible, [role=menu]:visible"


async def go(page: Page, path: str) -> None:
    """To another address, as Back and Forward do."""
    await page.evaluate(
        "to => { history.pushState(null, '', to); dispatchEvent(new PopStateEvent('popstate')) }", path
    )


async def leave(page: Page) -> None:
    """Close what lies over the page."""
    over = page.locator(OVERLAYS)
    while count := await over.count():
        # A text that was written goes only by its button.
        cancel = over.get_by_role("button", name="Cancel")
        await (cancel.click() if await cancel.count() else page.keyboard.press("Escape"))
        await expect(over).not_to_have_count(count)


async def folders(page: Page) -> Locator:
    """The folders, which slide over the list where there is no room beside it."""
    side = page.get_by_role("navigation", name="Folders")
    if not await side.is_visible():
        await page.get_by_role("button", name=re.compile(", folders$")).click()
    await expect(side).to_be_visible()
    return side


async def inbox(page: Page) -> None:
    """The list, with nothing open."""
    await leave(page)
    await go(page, "/mail/inbox")
    await expect(row(page, "Quarterly figures")).to_be_visible()


async def opened(page: Page, subject: str) -> None:
    """That message."""
    await inbox(page)
    await row(page, subject).click()
    await expect(page.get_by_role("article").get_by_role("heading", level=1, name=subject)).to_be_visible()
    await expect(page.locator("iframe").first).to_be_visible()
    await expect(page).to_have_title(re.compile(subject))


async def signing_in(page: Page, login: str, password: str) -> AsyncIterator[str]:
    """Address and password, then the question for a code."""
    await expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    yield "sign-in"
    await page.get_by_label("Address").fill(login)
    await page.get_by_label("Password", exact=True).fill(password)
    await page.get_by_role("button", name="Sign in", exact=True).click()
    await expect(page.get_by_label("Code of your authenticator app")).to_be_visible()
    yield "second step"


async def reading(page: Page) -> AsyncIterator[str]:
    """Lists, messages, searching, and what opens over them."""
    await inbox(page)
    yield "inbox"
    await page.locator("button[aria-haspopup]").and_(page.get_by_role("button", name="List options")).click()
    await expect(page.get_by_role("menu")).to_be_visible()
    yield "list options"
    await inbox(page)
    await page.keyboard.press("j")
    await page.keyboard.press("x")
    await expect(page.get_by_role("toolbar", name="Selected messages")).to_be_visible()
    yield "selection"
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("toolbar", name="Selected messages")).to_have_count(0)

    await opened(page, "Quarterly figures")
    await expect(page.get_by_role("button", name="Reply", exact=True)).to_be_visible()
    yield "message"
    await page.get_by_role("toolbar", name="Message").get_by_role("button", name="More").click()
    await expect(page.get_by_role("menuitem", name="Where it comes from")).to_be_visible()
    yield "menu of a message"
    await page.get_by_role("menuitem", name="Where it comes from").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    yield "origin"
    await opened(page, "Minutes: steering group")
    await page.get_by_role("button", name="Open the whole conversation").click()
    await expect(page.locator("iframe")).to_have_count(3)
    yield "conversation"
    for key, name in (
        ("b", "Snooze until…"),
        ("v", "Move 2 messages to…"),
        ("l", "Tag…"),
        ("?", "Keyboard shortcuts"),
        ("Control+k", "All commands"),
    ):
        await leave(page)
        await page.keyboard.press(key)
        await expect(
            page.get_by_role("dialog", name=name).locator("[role=combobox], [role=switch]").first
        ).to_be_visible()
        yield name
    await leave(page)
    await page.keyboard.press("b")
    await page.get_by_role("option", name="Pick date and time…").click()
    await expect(page.get_by_label("Date and time")).to_be_visible()
    yield "date and time"

    await inbox(page)
    field = page.get_by_role("combobox", name="Search mail")
    await field.fill("from:sofia budget ha")
    await expect(page.get_by_role("option").first).to_be_visible()
    yield "suggestions of a search"
    await field.press("Escape")
    await field.fill("from:sofia budget")
    await field.press("Enter")
    await expect(page.get_by_role("listitem").filter(has_text="budget").first).to_be_visible()
    await expect(row(page, "Budget for the north wing")).to_be_visible()
    yield "search"
    side = await folders(page)
    await side.get_by_role("link", name="Projects", exact=True).click()
    await expect(page.get_by_text("Nothing here.")).to_be_visible()
    yield "empty folder"
    await go(page, "/mail/none")
    await expect(page.get_by_text("No such folder.")).to_be_visible()
    yield "no such folder"


async def organising(page: Page) -> AsyncIterator[str]:
    """Folders and their dialogs."""
    await inbox(page)
    side = await folders(page)
    await side.get_by_role("button", name="Projects: more").click()
    await expect(page.get_by_role("menuitem", name="Rename")).to_be_visible()
    yield "menu of a folder"
    for act in ("Share…", "Colour…", "Move…", "New folder inside"):
        await leave(page)
        side = await folders(page)
        await side.get_by_role("button", name="Projects: more").click()
        await page.get_by_role("menuitem", name=act).click()
        await expect(page.get_by_role("dialog")).to_be_visible()
        await expect(page.get_by_role("status", name="Loading")).to_have_count(0)
        yield f"{act} of a folder"


async def writing(page: Page) -> AsyncIterator[str]:
    """The composer."""
    await inbox(page)
    await page.keyboard.press("c")
    window = page.get_by_role("dialog", name="New message")
    await expect(window.get_by_role("textbox", name="Message text")).to_be_visible()
    await expect(window.get_by_role("button", name="Bold")).to_be_enabled()
    yield "composer"
    await window.get_by_role("button", name="Send", exact=True).click()
    await expect(window.get_by_role("alert")).to_be_visible()
    yield "refusal of the composer"
    await window.get_by_role("combobox", name="To").fill("sofia")
    await expect(page.get_by_role("option").first).to_be_visible()
    yield "suggestions of recipients"
    await page.keyboard.press("Enter")
    await window.get_by_role("button", name="Cc", exact=True).click()
    await expect(window.get_by_role("combobox", name="Cc")).to_be_focused()
    yield "composer with a recipient"
    await window.get_by_role("button", name="Send later").click()
    await expect(page.get_by_role("menuitem", name="Pick date and time…")).to_be_visible()
    yield "send later"
    await page.get_by_role("menuitem", name="Pick date and time…").click()
    await expect(page.get_by_label("Date and time")).to_be_visible()
    yield "send when"
    await page.keyboard.press("Escape")
    await window.get_by_role("button", name="Send", exact=True).click()
    await expect(page.get_by_role("alertdialog")).to_be_visible()
    yield "send without a subject"
    await page.get_by_role("alertdialog").get_by_role("button", name="Cancel").click()
    await window.get_by_role("button", name="Discard").click()
    await expect(window).to_have_count(0)


async def settings(page: Page) -> AsyncIterator[str]:
    """The overview, every section, and the forms of some."""
    await go(page, "/settings")
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    links = page.get_by_role("navigation", name="Sections").get_by_role("link")
    await expect(links.first).to_be_visible()
    yield "settings"
    places = {await one.inner_text(): str(await one.get_attribute("href")) for one in await links.all()}
    assert len(places) >= 16, places
    for name, path in places.items():
        await go(page, path)
        await expect(page.get_by_role("heading", level=1, name=name, exact=True)).to_be_visible()
        await expect(page.get_by_role("status", name="Loading")).to_have_count(0)
        yield f"settings: {name}"
        if (add := FORMS.get(name)) is not None:
            await page.get_by_role("button", name=add, exact=True).first.click()
            await expect(page.get_by_role("dialog").get_by_role("textbox").first).to_be_visible()
            await expect(page.get_by_role("status", name="Loading")).to_have_count(0)
            if name == "Filters":
                await page.get_by_role("dialog").get_by_role("textbox", name="Value").fill("amara")
                await expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("Matches")
            yield add
            await leave(page)


FORMS = {
    "Signatures": "New signature",
    "Templates": "New template",
    "Filters": "New filter",
    "Mail programs": "New app password",
    "Two-step sign-in": "Set up…",
}


async def domain(page: Page) -> AsyncIterator[str]:
    """What an administrator of a domain has, and a user of it."""
    await go(page, "/admin")
    links = page.get_by_role("navigation", name="Administration").get_by_role("link")
    await expect(links.nth(5)).to_be_visible()
    places = {await one.inner_text(): str(await one.get_attribute("href")) for one in await links.all()}
    forms = {"Users": "Add user", "Aliases": "Add alias", "Lists": "Add list"}
    for name, path in places.items():
        await go(page, path)
        await expect(links.and_(page.locator("[aria-current=page]"))).to_have_text(name)
        await expect(page).to_have_title(re.compile(re.escape(name)))
        await expect(page.get_by_role("status", name="Loading")).to_have_count(0)
        yield f"domain: {name}"
        if (add := forms.get(name)) is not None:
            await page.get_by_role("button", name=add, exact=True).first.click()
            await expect(page.get_by_role("dialog").get_by_role("textbox").first).to_be_visible()
            yield add
            await leave(page)
    await go(page, places["Users"])
    await page.get_by_role("link", name="sofia.rossi@").click()
    await expect(page.get_by_role("region", name="Limits")).to_contain_text("Mailbox size")
    yield "user"


async def system(page: Page) -> AsyncIterator[str]:
    """What the system administrator has."""
    await go(page, "/admin")
    links = page.get_by_role("navigation", name="Administration").get_by_role("link")
    await expect(links.nth(5)).to_be_visible()
    places = {await one.inner_text(): str(await one.get_attribute("href")) for one in await links.all()}
    for name, path in places.items():
        await go(page, path)
        await expect(page.get_by_role("heading", level=1, name=name, exact=True)).to_be_visible()
        await expect(page.get_by_role("status", name="Loading")).to_have_count(0)
        yield f"system: {name}"
        if name == "Queue":
            for tab in await page.get_by_role("tablist").get_by_role("tab").all():
                part = await tab.inner_text()
                await tab.click()
                await expect(page.get_by_role("tabpanel", name=part)).to_be_visible()
                await expect(page).to_have_title(f"{part} – Queue – Postroom")
                await expect(page.get_by_role("status", name="Loading")).to_have_count(0)
                yield f"queue: {part}"
        if (form := {"Gateways": "Add gateway", "Suppression": "Add address"}.get(name)) is not None:
            await page.get_by_role("button", name=form).click()
            await expect(page.get_by_role("textbox").first).to_be_visible()
            yield form
            await leave(page)


async def trouble(page: Page) -> AsyncIterator[str]:
    """Without a connection, and when the server refuses."""
    await inbox(page)
    await page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    await page.context.set_offline(True)
    await expect(page.get_by_text("No connection. What you do is kept")).to_be_visible()
    yield "offline"
    await page.context.set_offline(False)
    await page.route("**/graphql", lambda route: route.fulfill(status=503, body="busy"))
    await go(page, "/mail/inbox/999999999")
    await expect(page.get_by_role("button", name="Try again")).to_be_visible()
    yield "error"
    await page.unroute("**/graphql")
