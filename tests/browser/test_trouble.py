"""Administration while the server is not ready: few requests, and one press brings everything back."""

from __future__ import annotations

from collections import Counter

import pytest
from playwright.async_api import Route, expect

from tests.browser.conftest import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, MAREN, PASSWORD, House
from tests.browser.questions import document_ids
from tests.browser.screens import go

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_a_page_asks_thrice_and_then_waits_to_be_told(house: House) -> None:
    async with house.window() as opened:
        await opened.sign_in(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
        page = await opened.open("/settings/appearance")
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        asked: Counter[str] = Counter()

        async def refuse(route: Route) -> None:
            asked[route.request.post_data or ""] += 1
            await route.fulfill(status=503, body="busy")

        await page.route("**/graphql", refuse)
        await go(page, "/admin/overview")
        troubles = page.get_by_role("alert")
        await expect(troubles).to_have_count(2)
        await expect(troubles.first).to_contain_text("Try again in a minute.")
        assert set(asked.values()) == {3}

        await page.unroute("**/graphql")
        await page.get_by_role("button", name="Try again").first.click()
        await expect(troubles).to_have_count(0)
        await expect(page.get_by_role("link", name="example.org")).to_be_visible()
        assert opened.faults == []


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("identities", "Job title"),
        ("senders", "Their mail goes to"),
        ("clean-up", "Trash keeps messages for"),
        ("links", "Offer a link for files from"),
    ],
)
async def test_own_settings_that_cannot_be_read_are_said_to_be_so(
    house: House, path: str, field: str
) -> None:
    async with house.window() as opened:
        await opened.sign_in(MAREN, PASSWORD)
        page = opened.page

        async def refuse(route: Route) -> None:
            answer = await route.fetch()
            if '"settings":' in await answer.text():
                return await route.fulfill(status=503, body="busy")
            await route.fulfill(response=answer)

        await page.route("**/graphql", refuse)
        await opened.open(f"/settings/{path}")
        trouble = page.get_by_role("alert")
        await expect(trouble).to_contain_text("Try again in a minute.")
        assert await opened.violations() == []

        await page.unroute("**/graphql")
        await trouble.get_by_role("button", name="Try again").click()
        await expect(page.get_by_label(field)).to_be_visible()
        await expect(trouble).to_have_count(0)


@pytest.mark.parametrize(
    ("path", "press", "choice"),
    [
        ("filters", "New filter", "Folder"),
        ("clean-up", None, "Clean up a folder"),
    ],
)
async def test_folders_that_cannot_be_read_are_not_shown_as_none(
    house: House, path: str, press: str | None, choice: str
) -> None:
    async with house.window() as opened:
        await opened.sign_in(MAREN, PASSWORD)
        page = opened.page

        async def refuse(route: Route) -> None:
            if document_ids()["FilterFolders"] in (route.request.post_data or ""):
                return await route.fulfill(status=503, body="busy")
            await route.fallback()

        await page.route("**/graphql", refuse)
        await opened.open(f"/settings/{path}")
        if press is not None:
            await page.get_by_role("button", name=press).click()
        trouble = page.get_by_role("alert")
        await expect(trouble).to_contain_text("Try again in a minute.")
        assert await opened.violations() == []

        await page.unroute("**/graphql")
        await trouble.get_by_role("button", name="Try again").click()
        await expect(trouble).to_have_count(0)
        if press is None:
            await page.get_by_role("button", name=choice).click()
        await expect(page.get_by_label("Folder", exact=True).locator("option")).not_to_have_count(1)
