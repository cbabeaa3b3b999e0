"""The second step at sign-in: an authenticator app, a passkey, and an administrator who requires one."""

from __future__ import annotations

import time
from contextlib import AbstractAsyncContextManager
from typing import Any

import pyotp
import pytest
from playwright.async_api import Page, ViewportSize, expect

from tests.browser.conftest import House
from tests.support import browser as browsers
from tests.support.browser import PHONE, Window
from tests.support.web_client import HEADERS

pytestmark = pytest.mark.asyncio(loop_scope="package")

PASSWORD = "seven tall green lanterns"
BEGIN = """mutation($login: String!, $password: String!) {
  signIn(login: $login, password: $password) { secondStep { ticket } } }"""
FINISH = """mutation($ticket: String!, $code: String!) {
  finishSignIn(ticket: $ticket, code: $code) { viewer { id } } }"""


async def add_user(house: House, name: str) -> str:
    address = f"{name}@example.org"
    await house.served.cli("user", "add", address, "--password-stdin", given=f"{PASSWORD}\n")
    return address


def window(
    house: House, size: ViewportSize | None = None, **options: Any
) -> AbstractAsyncContextManager[Window]:
    """By name and not by address: browsers have passkeys for names only."""
    return browsers.window(
        house.browser, house.served.http.replace("127.0.0.1", "localhost"), size, **options
    )


async def type_sign_in(page: Page, address: str) -> None:
    await page.get_by_label("Address").fill(address)
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Sign in", exact=True).click()


async def sign_out(opened: Window) -> Page:
    await opened.context.clear_cookies()
    return await opened.open("/signin")


async def set_up_app(page: Page) -> tuple[pyotp.TOTP, list[str]]:
    """From the question for the password to the recovery codes."""
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Your password").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await expect(dialog.get_by_role("img", name="QR code for the authenticator app")).to_be_visible()
    app = pyotp.TOTP((await dialog.get_by_label("Key", exact=True).inner_text()).replace(" ", ""))
    await dialog.get_by_label("Code that the app shows").fill(app.at(time.time() - 30))
    await page.keyboard.press("Enter")
    shown = dialog.get_by_role("list", name="Recovery codes").get_by_role("listitem")
    await expect(shown).to_have_count(10)
    codes = await shown.all_inner_texts()
    return app, codes


async def add_authenticator(opened: Window) -> None:
    """One that confirms all by itself. It goes when another debugger leaves the page: no axe from here on."""
    debugger = await opened.context.new_cdp_session(opened.page)
    await debugger.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    await debugger.send("WebAuthn.addVirtualAuthenticator", {"options": options})


async def is_taken(opened: Window, address: str, code: str) -> bool:
    """Whether a recovery code finishes a sign-in beside the page."""

    async def ask(query: str, **variables: str) -> dict[str, Any]:
        sent = {"query": query, "variables": variables}
        answer = await opened.context.request.post(
            f"{opened.base}/graphql", data=sent, headers=HEADERS, max_retries=2
        )
        found: dict[str, Any] = await answer.json()
        return found

    begun = await ask(BEGIN, login=address, password=PASSWORD)
    ticket = begun["data"]["signIn"]["secondStep"]["ticket"]
    return "errors" not in await ask(FINISH, ticket=ticket, code=code)


async def test_a_code_of_the_app_is_asked_for_and_a_recovery_code_does(house: House) -> None:
    address = await add_user(house, "tove")
    async with window(house) as opened:
        await opened.sign_in(address, PASSWORD)
        page = await opened.open("/settings/two-step")
        await expect(page.get_by_role("heading", name="It is off")).to_be_visible()
        assert await opened.violations() == []
        await page.get_by_role("button", name="Set up…").click()
        app, codes = await set_up_app(page)
        assert len(codes) == 10
        assert await opened.violations() == []
        await page.get_by_role("button", name="I have kept them").click()
        await expect(page.get_by_role("heading", name="It is on")).to_be_visible()
        await expect(page.get_by_text("10 are left.")).to_be_visible()

        page = await sign_out(opened)
        await type_sign_in(page, address)
        field = page.get_by_label("Code of your authenticator app")
        await expect(field).to_be_focused()
        assert await opened.violations() == []
        await field.fill("123 45x")
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("This code is not right.")).to_be_visible()
        await field.fill(app.now())
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("region", name="Inbox")).to_be_visible()

        page = await sign_out(opened)
        await type_sign_in(page, address)
        await page.get_by_role("button", name="Use a recovery code").click()
        await page.get_by_label("Recovery code").fill(codes[3])
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("region", name="Inbox")).to_be_visible()

        # One is good once, and whoever has few is told so and gets new ones.
        taken = [await is_taken(opened, address, code) for code in (codes[3], *codes[4:10])]
        assert taken == [False, *[True] * 6]
        page = await opened.open("/settings/two-step")
        await expect(page.get_by_text("Only 3 are left. Make new ones before you need them.")).to_be_visible()
        assert await opened.violations_in_both_themes() == []
        await page.get_by_role("button", name="New codes…").click()
        await page.get_by_role("dialog").get_by_label("Your password").fill(PASSWORD)
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("list", name="Recovery codes").get_by_role("listitem")).to_have_count(
            10
        )
        await page.get_by_role("button", name="I have kept them").click()
        await expect(page.get_by_text("10 are left.")).to_be_visible()
        assert not await is_taken(opened, address, codes[0])


async def test_a_passkey_signs_in_without_a_password(house: House) -> None:
    address = await add_user(house, "liv")
    async with window(house) as opened:
        await opened.sign_in(address, PASSWORD)
        page = await opened.open("/settings/two-step")
        await page.get_by_role("button", name="New passkey").click()
        await page.get_by_label("Its name").fill("This laptop")
        await page.get_by_label("Your password").fill(PASSWORD)
        assert await opened.violations() == []
        await add_authenticator(opened)
        await page.get_by_role("button", name="Make passkey").click()
        line = page.get_by_role("list", name="Passkeys").get_by_role("listitem")
        await expect(line).to_contain_text("never used")

        page = await sign_out(opened)
        await page.get_by_role("button", name="Use a passkey").click()
        await expect(page.get_by_role("region", name="Inbox")).to_be_visible()

        await opened.open("/settings/two-step")
        await expect(line).to_contain_text("last used")
        await page.get_by_role("button", name="Turn on…").click()
        await page.get_by_label("Your password").fill(PASSWORD)
        await page.keyboard.press("Enter")
        await page.get_by_role("button", name="I have kept them").click()
        page = await sign_out(opened)
        await type_sign_in(page, address)
        await expect(page.get_by_text("Confirm with your passkey")).to_be_visible()
        await page.get_by_role("button", name="Use a passkey").click()
        await expect(page.get_by_role("region", name="Inbox")).to_be_visible()

        await opened.open("/settings/two-step")
        await page.get_by_role("button", name="Remove This laptop…").click()
        await page.get_by_label("Your password").fill(PASSWORD)
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", name="It is off")).to_be_visible()
        assert opened.faults == []


async def test_whoever_has_to_set_it_up_comes_no_further_before(house: House) -> None:
    address = await add_user(house, "runhild")
    await house.served.cli("user", "set", address, "--set", "sign_in.second_step_required=on")
    async with window(house, size=PHONE, color_scheme="dark") as opened:
        page = await opened.open("/signin")
        await type_sign_in(page, address)
        await expect(page.get_by_role("heading", name="One more step to safety")).to_be_visible()
        assert await opened.violations() == []
        await opened.open("/mail/inbox")
        await page.get_by_role("button", name="Authenticator app").click()
        await set_up_app(page)
        assert await opened.violations() == []
        await page.get_by_role("button", name="I have kept them").click()

        await expect(page.get_by_role("region", name="Inbox")).to_be_visible()
