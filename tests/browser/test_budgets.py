"""What the first screen may cost, in requests and bytes; the times are measured by `make bench`."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.conftest import ARCHIVIST, LARGE, PASSWORD, House
from tests.browser.test_mail import row

pytestmark = pytest.mark.asyncio(loop_scope="package")

FRONTEND = Path(__file__).parents[2] / "frontend"
# Everything that was asked for before the first rows were there: address, kind, bytes as they came.
BEFORE_THE_LIST = """() => {
  const ready = performance.getEntriesByName('list-ready')[0].startTime;
  return performance.getEntriesByType('resource').filter(({ startTime }) => startTime < ready)
    .map(({ name, encodedBodySize }) => ({ name: new URL(name).pathname, size: encodedBodySize }));
}"""


async def sizes(*options: str) -> tuple[int | None, list[dict[str, Any]]]:
    """What every build is asked: exit status and rows."""
    process = await asyncio.create_subprocess_exec(
        "node", "scripts/budgets.mjs", "--json", *options, cwd=FRONTEND, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    rows: list[dict[str, Any]] = json.loads(out)
    return process.returncode, rows


async def test_a_build_that_passes_a_budget_fails(tmp_path: Path) -> None:
    status, rows = await sizes()
    assert (status, [one["name"] for one in rows if one["value"] > one["limit"]]) == (0, [])
    values = {f"{one['name']} {one['unit']}".strip(): one["value"] for one in rows}
    budgets = json.loads((FRONTEND / "budgets.json").read_text("utf-8"))
    assert {f"{name} gz" for name in budgets["chunks"]} < values.keys()

    tight = {
        **budgets,
        "requests": values["requests before the list"] - 1,
        "initialCssGzip": values["initial CSS gz"] - 1,
        "chunks": {**budgets["chunks"], "src/ui/overlays.ts": values["src/ui/overlays.ts gz"] - 1},
    }
    (tmp_path / "budgets.json").write_text(json.dumps(tight), "utf-8")
    status, rows = await sizes("--budgets", str(tmp_path / "budgets.json"))

    passed = [one["name"] for one in rows if one["value"] > one["limit"]]
    assert (status, passed) == (1, ["requests before the list", "initial CSS", "src/ui/overlays.ts"])


async def test_the_inbox_stands_after_six_requests_within_its_bytes(house: House) -> None:
    budgets = json.loads((FRONTEND / "budgets.json").read_text("utf-8"))
    async with house.window(with_worker=True) as opened:
        await opened.sign_in(ARCHIVIST, PASSWORD)
        page = await opened.open()
        await expect(row(page, f"({LARGE})")).to_be_visible()

        asked = await page.evaluate(BEFORE_THE_LIST)

        fonts = [one["name"] for one in asked if one["name"].endswith(".woff2")]
        others = [one["name"] for one in asked if not one["name"].endswith(".woff2")]
        assert len(fonts) == 2
        assert len(others) + 1 <= budgets["requests"], others
        assert others.count("/graphql") == 1
        scripts, styles = (
            sum(one["size"] for one in asked if one["name"].endswith(kind)) for kind in (".js", ".css")
        )
        # Brotli or gzip, whichever the browser was sent.
        assert 0 < scripts <= budgets["initialJsGzip"]
        assert 0 < styles <= budgets["initialCssGzip"]
        # It answers at once: the first key moves in the list, without a pointer having been there.
        await page.keyboard.press("Enter")
        await expect(row(page, f"({LARGE})")).to_have_attribute("aria-current", "true")
        assert opened.faults == []
