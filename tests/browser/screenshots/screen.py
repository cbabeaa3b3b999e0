"""What a picture is of."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from playwright.async_api import Page, expect

from tests.browser.conftest import MAREN

Reach = Callable[[Page], Awaitable[None]]


async def arrive(page: Page) -> None:
    """Nothing is to be done there."""
    await expect(page.get_by_role("heading").first).to_be_visible()


@dataclass(frozen=True, slots=True)
class Screen:
    """A page, what is done there before the picture and after it, and who looks; `login` is empty for nobody,
    `is_new` for an installation in which nothing is set up.
    """

    path: str
    reach: Reach = arrive
    leave: Reach | None = None
    login: str = MAREN
    is_new: bool = False
