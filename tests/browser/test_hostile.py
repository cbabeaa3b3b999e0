"""Mail that wants to run, load or leave: nothing of it may happen."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.conftest import PASSWORD as SOFIAS_PASSWORD
from tests.browser.conftest import SOFIA, House
from tests.browser.test_mail import deliver, frame, row

pytestmark = pytest.mark.asyncio(loop_scope="package")

CORPUS = Path(__file__).parent.parent / "fixtures" / "html" / "hostile.txt"
VECTORS = [line for line in CORPUS.read_text("utf-8").splitlines() if line]


class Ear:
    """A host that must hear nothing."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.port = 0

    async def hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.heard.append(await reader.read(200))
        writer.close()


@pytest_asyncio.fixture(loop_scope="package")
async def ear() -> AsyncIterator[Ear]:
    listening = Ear()
    server = await asyncio.start_server(listening.hear, "127.0.0.1", 0)
    listening.port = server.sockets[0].getsockname()[1]
    yield listening
    server.close()


async def test_remote_images_are_not_asked_for(house: House, ear: Ear) -> None:
    picture = f"http://127.0.0.1:{ear.port}/pixel.png"
    html = (
        f"<html><head><link rel=stylesheet href='{picture}'><style>@import url({picture});"
        f"p {{ background: url({picture}) }}</style></head><body background='{picture}'>"
        f"<p style='background-image:url({picture})'>With a picture</p>"
        f"<img src='{picture}' srcset='{picture} 2x'>"
        f"<video poster='{picture}'></video><picture><source srcset='{picture}'></picture></body></html>"
    )
    await deliver(house, "A picture from far away", html, SOFIA, "html")

    async with house.window() as opened:
        await opened.sign_in(SOFIA, SOFIAS_PASSWORD)
        page = await opened.open()
        await row(page, "A picture from far away").click()
        await expect(frame(page).get_by_text("With a picture")).to_be_visible()
        await expect(page.get_by_role("note").get_by_text(re.compile("blocked"))).to_be_visible()
        await page.wait_for_load_state("networkidle")

        assert opened.foreign == []
    assert ear.heard == []


async def test_hostile_html_does_nothing(house: House, ear: Ear) -> None:
    """All vectors as four messages; each must still be readable to its end."""
    parts = [VECTORS[at::4] for at in range(4)]
    for number, part in enumerate(parts):
        html = "\r\n".join(f"<div>{vector}</div>" for vector in part).replace(
            "http://evil.test", f"http://127.0.0.1:{ear.port}"
        )
        await deliver(house, f"Hostile {number}", html, SOFIA, "html")

    async with house.window() as opened:
        await opened.sign_in(SOFIA, SOFIAS_PASSWORD)
        page = await opened.open()
        for number in range(len(parts)):
            await row(page, f"Hostile {number}").click()
            await expect(page.get_by_role("heading", name=f"Hostile {number}")).to_be_visible()
            await expect(page.locator("iframe")).to_be_visible()
            await page.wait_for_load_state("networkidle")
            inner = await page.locator("iframe").element_handle()
            content = await inner.content_frame()
            assert content is not None
            assert (
                await content.locator(
                    "script, iframe, object, embed, form, link, meta[http-equiv=refresh]"
                ).count()
                == 0
            )
        pages = page.context.pages

        assert opened.foreign == []
        assert [fault for fault in opened.faults if "sandboxed" not in fault] == []
        assert len(pages) == 1
    assert ear.heard == []
