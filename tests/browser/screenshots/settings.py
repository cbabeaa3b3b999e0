"""Screens of settings, and those before one is signed in."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser.conftest import MAREN, PASSWORD
from tests.browser.screenshots.screen import Screen


async def _filter(page: Page) -> None:
    await page.get_by_role("button", name="New filter").click()
    dialog = page.get_by_role("dialog", name="New filter")
    await dialog.get_by_role("combobox", name="How", exact=True).select_option("is at")
    await dialog.get_by_role("textbox", name="Value").fill("north.example")
    await dialog.get_by_role("combobox", name="What is done").select_option("Add a tag")
    await dialog.get_by_role("textbox", name="Tag").fill("North_wing")
    await expect(dialog.get_by_role("status")).to_contain_text("Matches")
    await expect(dialog.get_by_role("listitem").first).to_be_visible()


async def _kept(page: Page) -> None:
    await expect(page.get_by_role("list").last.get_by_role("listitem").first).to_be_visible()


async def _vacation(page: Page) -> None:
    # By touch it is the label that is hit, which is larger.
    await page.get_by_role("switch", name="Vacation reply").press("Space")
    await page.get_by_role("textbox", name="Message", exact=True).fill(
        "Thank you for your message. I am in the hills until Friday and read mail again on Monday."
    )


async def _app_password(page: Page) -> None:
    await page.get_by_role("button", name="New app password").click()
    await page.get_by_role("textbox", name="For which program?").fill("Thunderbird on the laptop")


async def _two_step(page: Page) -> None:
    await page.get_by_role("button", name="Set up").first.click()
    await page.get_by_role("dialog").get_by_label("Your password").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("img", name="QR code for the authenticator app")).to_be_visible()


async def _sign_in(page: Page) -> None:
    await expect(page.get_by_role("button", name="Sign in")).to_be_visible()


async def _refused(page: Page) -> None:
    await page.get_by_label("Address").fill(MAREN)
    await page.get_by_label("Password", exact=True).fill("not this one at all")
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("alert")).to_be_visible()


async def _error(page: Page) -> None:
    """The server fails."""
    await page.context.route("**/graphql", lambda route: route.fulfill(status=500))
    await page.reload()
    await expect(page.get_by_role("button", name="Try again")).to_be_visible()


async def _mended(page: Page) -> None:
    await page.context.unroute("**/graphql")


SERIES = {"filter": Screen("/settings/filters", _filter)}
MORE = {
    "filters": Screen("/settings/filters", _kept),
    "settings": Screen("/settings"),
    "signatures": Screen("/settings/signatures", _kept),
    "addresses": Screen("/settings/identities"),
    "sign-ins": Screen("/settings/sign-ins"),
    "two-step": Screen("/settings/two-step", _two_step),
    "programs": Screen("/settings/programs", _app_password),
    "vacation": Screen("/settings/vacation", _vacation),
    "appearance": Screen("/settings/appearance"),
    "error": Screen("/", _error, _mended),
    "unknown": Screen("/nowhere/at/all"),
    "sign-in": Screen("/", _sign_in, login=""),
    "sign-in-refused": Screen("/", _refused, login=""),
    "wizard": Screen("/", login="", is_new=True),
}
