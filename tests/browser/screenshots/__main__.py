"""`python -m tests.browser.screenshots FOLDER [WORD ...]`; status 1 where a screen was not reached."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from tests.browser.screenshots import administration, mail, settings
from tests.browser.screenshots.screen import Screen
from tests.browser.screenshots.take import SIZES, Look, studio, take

SERIES = mail.SERIES | settings.SERIES | administration.SERIES
MORE = mail.MORE | settings.MORE | administration.MORE
LOOKS = (Look("desktop", "light"), Look("desktop", "dark"), Look("phone", "light"))
THEMES = ("light", "dark")


def chosen(words: list[str]) -> tuple[dict[str, Screen], tuple[Look, ...]]:
    """Screens and looks by words; SystemExit for a word that is neither."""
    everything = SERIES | MORE
    if unknown := set(words) - {*everything, *SIZES, *THEMES, "more", "all"}:
        raise SystemExit(f"no such screen, size or theme: {', '.join(sorted(unknown))}")
    names = {name for name in words if name in everything}
    names |= set(MORE) if "more" in words else set(everything) if "all" in words else set()
    sizes = [size for size in SIZES if size in words]
    themes = [theme for theme in THEMES if theme in words]
    looks: tuple[Look, ...] = LOOKS
    if sizes or themes:
        looks = tuple(Look(size, theme) for size in sizes or SIZES for theme in themes or THEMES)
    return {name: one for name, one in everything.items() if name in (names or SERIES)}, looks


async def main(folder: Path, words: list[str]) -> int:
    """Take what is chosen."""
    screens, looks = chosen(words)
    async with studio(folder, with_empty=any(one.is_new for one in screens.values())) as made:
        failed = await take(made, screens, looks)
    print(f"{len(screens) * len(looks)} pictures in {folder}, {failed} of a screen that was not reached")
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    raise SystemExit(asyncio.run(main(Path(sys.argv[1]), sys.argv[2:])))
