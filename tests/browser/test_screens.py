"""Every screen by axe, in three sizes, light and dark; and none is wider than its window."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pyotp
import pytest
import pytest_asyncio

from tests.browser import screens
from tests.browser.conftest import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, MAREN, PASSWORD, House
from tests.browser.test_later import ask
from tests.support.browser import DESKTOP, PHONE, TABLET, Window

pytestmark = pytest.mark.asyncio(loop_scope="package")

PRIYA = "priya.nair@example.org"
SIZES: dict[str, dict[str, Any]] = {
    "desktop": {"size": DESKTOP},
    "tablet": {"size": TABLET},
    "phone": {"size": PHONE, "has_touch": True, "is_mobile": True},
}
OTHER = {"light": "dark", "dark": "light"}
# What a theme can change; all else is the same in both.
COLOURS = ["color-contrast", "link-in-text-block"]


@pytest_asyncio.fixture(loop_scope="package")
async def secretive(house: House) -> AsyncIterator[str]:
    """Somebody who is asked for a code when they sign in."""
    async with house.window() as opened:
        await opened.sign_in(PRIYA, PASSWORD)
        begun = await ask(opened, "mutation($p: String!) { beginTotp(password: $p) { secret } }", p=PASSWORD)
        code = pyotp.TOTP(begun["beginTotp"]["secret"]).now()
        await ask(opened, "mutation($c: String!) { confirmTotp(code: $c) }", c=code)
        yield PRIYA
        await ask(opened, "mutation($p: String!) { removeTotp(password: $p) }", p=PASSWORD)


class Inspector:
    """Looks at what a window shows; `found` is what is wrong, by screen and theme.

    A screen is looked at in the theme of the one before it, then for its colours in the other.
    """

    def __init__(self, opened: Window) -> None:
        self.opened = opened
        self.theme = "light"
        self.seen: list[str] = []
        self.found: dict[str, list[str]] = {}

    async def follow(self, walk: AsyncIterator[str]) -> None:
        """Look at every screen of a walk."""
        async for name in walk:
            self.seen.append(name)
            self._note(name, await self.opened.violations())
            self.theme = OTHER[self.theme]
            await self.opened.page.emulate_media(color_scheme=self.theme)  # type: ignore[arg-type]  # a plain str
            self._note(name, await self.opened.violations(COLOURS))
            width = await self.opened.page.evaluate(
                "Math.max(innerWidth, document.documentElement.scrollWidth) - screen.width"
            )
            self._note(name, [f"is {width} px too wide"] if width > 0 else [])

    def _note(self, name: str, problems: list[str]) -> None:
        if problems:
            self.found.setdefault(f"{name}, {self.theme}", []).extend(problems)


@pytest.mark.timeout(300)  # some eighty screens, on cores that may be busy with other tests
@pytest.mark.parametrize("size", SIZES)
async def test_axe_finds_nothing(house: House, secretive: str, size: str) -> None:
    async with house.window(color_scheme="light", reduced_motion="reduce", **SIZES[size]) as opened:
        inspector = Inspector(opened)
        page = await opened.open("/signin")
        await inspector.follow(screens.signing_in(page, secretive, PASSWORD))

        await opened.sign_in(MAREN, PASSWORD)
        await opened.open("/mail/inbox")
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

        assert inspector.found == {}
        assert len(set(inspector.seen)) >= 75
        assert opened.faults == []
