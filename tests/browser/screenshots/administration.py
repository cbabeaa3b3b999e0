"""Screens of administrators."""

from __future__ import annotations

import re

from playwright.async_api import Page, expect

from tests.browser.conftest import ADMINISTRATOR, MAREN
from tests.browser.screenshots.screen import Screen

# Localpart of a recipient elsewhere, whose host puts every message off, and the subject of one.
STUCK = {
    "mei.tanaka": "Rota for the north ward, second half of December, final",
    "amara.okafor": "Quarterly figures, corrected",
}


async def _users(page: Page) -> None:
    await expect(page.get_by_role("table").get_by_text(MAREN)).to_be_visible()


async def _limits(page: Page) -> None:
    await page.get_by_role("link", name="Limits", exact=True).click()
    await expect(page.get_by_text("Mailbox size").first).to_be_visible()


async def _user(page: Page) -> None:
    await page.get_by_role("link", name=re.compile("Sofia Rossi|sofia.rossi")).first.click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("sofia")


async def _trace(page: Page) -> None:
    await page.get_by_role("link", name="Quarterly figures, corrected").first.click()
    await expect(page.get_by_role("table", name="Recipients")).to_be_visible()


async def _queue(page: Page) -> None:
    await page.get_by_role("checkbox", name="Choose Quarterly figures, corrected").check()


async def _dns(page: Page) -> None:
    await page.get_by_role("link", name="example.org").first.click()
    await page.get_by_role("tab", name="DNS").click()
    await expect(page.get_by_role("button", name="New key")).to_be_visible()


async def _gateway(page: Page) -> None:
    await page.get_by_role("button", name="Add gateway").click()
    await expect(page.get_by_role("textbox", name="Host")).to_be_visible()


SERIES = {
    "users": Screen("/admin", _users),
    "trace": Screen("/admin/queue", _trace, login=ADMINISTRATOR),
}
MORE = {
    "limits": Screen("/admin", _limits),
    "user": Screen("/admin", _user),
    "system": Screen("/admin", login=ADMINISTRATOR),
    "queue": Screen("/admin/queue", _queue, login=ADMINISTRATOR),
    "queue-empty": Screen("/admin/queue?q=nothing", login=ADMINISTRATOR),
    "destinations": Screen("/admin/queue/destinations", login=ADMINISTRATOR),
    "dns": Screen("/admin/domains", _dns, login=ADMINISTRATOR),
    "gateways": Screen("/admin/gateways", login=ADMINISTRATOR),
    "gateway": Screen("/admin/gateways", _gateway, login=ADMINISTRATOR),
}
