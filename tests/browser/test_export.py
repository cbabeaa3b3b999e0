"""All of one's mail as one archive."""

from __future__ import annotations

import zipfile

import pytest
from playwright.async_api import Route, expect

from tests.support.browser import Window

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_the_archive_is_downloaded(maren: Window) -> None:
    page = await maren.open("/settings/export")
    await expect(page.get_by_role("heading", level=1, name="Take my mail with me")).to_be_visible()
    assert await maren.violations() == []

    async def refuse(route: Route) -> None:
        await route.fulfill(status=429)

    # The browser would only say that it failed.
    await page.route("**/files/export.zip", refuse, times=1)
    await page.get_by_role("button", name="Download everything").click()
    await expect(page.get_by_role("alert")).to_contain_text("is under way")

    async with page.expect_download() as downloading:
        await page.get_by_role("button", name="Download everything").click()

    download = await downloading.value
    assert download.suggested_filename.startswith("mail 20")
    with zipfile.ZipFile(await download.path()) as archive:
        assert archive.testzip() is None
        assert b"\nSubject: Quarterly figures" in archive.read("INBOX.mbox")
