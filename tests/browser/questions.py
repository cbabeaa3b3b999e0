"""What pages ask of the server: known by name, waited for, and held back."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from functools import cache

from playwright.async_api import Page, Response, Route

from tests.browser.conftest import SPA


@cache
def document_ids() -> dict[str, str]:
    """By what the pages ask for each query and mutation."""
    documents = json.loads((SPA.parent / "persisted.json").read_text("utf-8"))
    return {re.split(r"\W+", text, maxsplit=2)[1]: key for key, text in documents.items()}


def answers(name: str) -> Callable[[Response], bool]:
    """Whether that is what was asked."""
    return lambda response: document_ids()[name] in (response.request.post_data or "")


async def held(page: Page, address: str) -> asyncio.Event:
    """What is asked for there comes when the event is set; a query or mutation is named bare."""
    may_come = asyncio.Event()
    address = document_ids().get(address, address)

    async def hold(route: Route) -> None:
        if not address.startswith("**") and address not in (route.request.post_data or ""):
            return await route.fallback()
        await may_come.wait()
        await route.fallback()

    await page.route(address if address.startswith("**") else "**/graphql", hold)
    return may_come
