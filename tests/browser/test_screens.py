"""Every screen by axe, in three sizes, light and dark, and what is heard of it; with wide spacing, forced
colours and at 400 %.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pyotp
import pytest
import pytest_asyncio
from playwright.async_api import ViewportSize

from tests.browser import looks, screens, trees
from tests.browser.conftest import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, MAREN, PASSWORD, House
from tests.support.browser import COLOURS, DESKTOP, PHONE, TABLET, Window

pytestmark = pytest.mark.asyncio(loop_scope="package")

PRIYA = "priya.nair@example.org"
SIZES: dict[str, dict[str, Any]] = {
    "desktop": {"size": DESKTOP},
    "tablet": {"size": TABLET},
    "phone": {"size": PHONE, "has_touch": True, "is_mobile": True},
}
OTHER = {"light": "dark", "dark": "light"}


@pytest_asyncio.fixture(loop_scope="package")
async def secretive(house: House) -> AsyncIterator[str]:
    """Somebody who is asked for a code when they sign in."""
    async with house.window() as opened:
        await opened.sign_in(PRIYA, PASSWORD)
        begun = await opened.ask("mutation($p: String!) { beginTotp(password: $p) { secret } }", p=PASSWORD)
        code = pyotp.TOTP(begun["beginTotp"]["secret"]).now()
        await opened.ask("mutation($c: String!) { confirmTotp(code: $c) }", c=code)
        yield PRIYA
        await opened.ask("mutation($p: String!) { removeTotp(password: $p) }", p=PASSWORD)


class Inspector:
    """Looks at what a window shows; `found` is what is wrong, by screen and theme.

    A screen is looked at in the theme of the one before it, then for its colours in the other.
    """

    def __init__(self, opened: Window, *, asks_axe: bool = True) -> None:
        self.opened = opened
        self.asks_axe = asks_axe
        self.theme = "light"
        self.seen: list[str] = []
        self.found: dict[str, list[str]] = {}

    async def follow(self, walk: AsyncIterator[str]) -> None:
        """Look at every screen of a walk."""
        async for name in walk:
            self.seen.append(name)
            if self.asks_axe:
                await self._ask_axe(name)
                heard = await trees.tree(self.opened.context, self.opened.page)
                self._note(name, trees.problems(heard))
                self._note(name, await self.opened.page.evaluate(looks.TEXT_SPACING))
            else:
                await self._force_colours(name)
            width = await self.opened.page.evaluate(
                "Math.max(innerWidth, document.documentElement.scrollWidth) - screen.width"
            )
            self._note(name, [f"is {width} px too wide"] if width > 0 else [])

    async def _ask_axe(self, name: str) -> None:
        self._note(name, await self.opened.violations())
        self.theme = OTHER[self.theme]
        await self.opened.page.emulate_media(color_scheme=self.theme)  # type: ignore[arg-type]  # a plain str
        self._note(name, await self.opened.violations(COLOURS))

    async def _force_colours(self, name: str) -> None:
        """What is chosen, and what the keyboard is at; a menu closes where its focus goes."""
        self._note(name, await self.opened.page.evaluate(looks.CHOSEN))
        if not await self.opened.page.locator(screens.OVERLAYS).count():
            self._note(name, await self.opened.page.evaluate(looks.FOCUS))

    def _note(self, name: str, problems: list[str]) -> None:
        if problems:
            self.found.setdefault(f"{name}, {self.theme}", []).extend(problems)


@pytest.mark.timeout(300)  # some eighty screens, on cores that may be busy with other tests
@pytest.mark.parametrize("size", SIZES)
async def test_nothing_is_wrong_with_what_is_seen_and_heard(house: House, secretive: str, size: str) -> None:
    async with house.window(
        color_scheme="light", reduced_motion="reduce", with_worker=True, **SIZES[size]
    ) as opened:
        inspector = Inspector(opened)
        page = await opened.open("/signin")
        await inspector.follow(screens.signing_in(page, secretive, PASSWORD))
        await all_screens(inspector)

        assert inspector.found == {}
        assert len(set(inspector.seen)) >= 75
        assert opened.faults == []


@pytest.mark.timeout(300)
async def test_every_screen_is_worked_at_400_percent_and_in_forced_colours(house: House) -> None:
    """WCAG 1.4.10: a window of 1280 x 1024 at 400 % has 320 x 256 of its pixels, and none scrolls sideways.
    Those who need it so large have often chosen the colours too.
    """
    async with house.window(
        ViewportSize(width=320, height=256), reduced_motion="reduce", forced_colors="active", with_worker=True
    ) as opened:
        inspector = Inspector(opened, asks_axe=False)
        await all_screens(inspector)

        assert inspector.found == {}
        assert await opened.page.evaluate(looks.MOTION) == []
        assert len(set(inspector.seen)) >= 73
        assert opened.faults == []


async def all_screens(inspector: Inspector) -> None:
    """Every screen behind the sign-in, of a domain administrator and of a system administrator."""
    opened = inspector.opened
    await opened.sign_in(MAREN, PASSWORD)
    page = await opened.open("/mail/inbox")
    for walk in (
        screens.reading,
        screens.organising,
        screens.writing,
        screens.settings,
        screens.domain,
        screens.trouble,
    ):
        await inspector.follow(walk(page))

    await opened.sign_in(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
    await opened.open("/admin")
    await inspector.follow(screens.system(page))
