"""Choices of a user that hold on all devices."""

from __future__ import annotations

from typing import Any

import pytest

from backend.directory import preferences
from backend.directory.principal import SYSTEM, Principal
from backend.kit import db
from backend.operations import removal
from tests.backend.api.test_mail import codes, data, maren  # noqa: F401  # the fixture

SET = "mutation($entries: [PreferenceInput!]!) { setPreferences(entries: $entries) }"


async def kept(principal: Principal) -> dict[str, str]:
    found = await data("{ viewer { preferences { name value } } }", principal)
    return {one["name"]: one["value"] for one in found["viewer"]["preferences"]}


async def test_choices_are_kept_changed_and_forgotten(maren: Principal) -> None:  # noqa: F811
    first = [{"name": "density", "value": '"roomy"'}, {"name": "tag:Rosé plan", "value": '{"hue": 3}'}]
    await data(SET, maren, entries=first)
    assert await kept(maren) == {"density": '"roomy"', "tag:Rosé plan": '{"hue": 3}'}

    await data(SET, maren, entries=[{"name": "density", "value": '"cosy"'}, {"name": "tag:Rosé plan"}])

    assert await kept(maren) == {"density": '"cosy"'}


@pytest.mark.parametrize(
    "entry",
    [
        {"name": "", "value": "1"},
        {"name": "Density", "value": "1"},
        {"name": "list:", "value": "1"},
        {"name": "list:\n", "value": "1"},
        {"name": "list:" + "a" * 100, "value": "1"},
        {"name": "density", "value": "roomy"},
        {"name": "density", "value": '"' + "a" * 4000 + '"'},
    ],
)
async def test_what_is_no_preference_is_refused(maren: Principal, entry: dict[str, Any]) -> None:  # noqa: F811
    assert await codes(SET, maren, entries=[{"name": "pane", "value": "1"}, entry]) == ["INVALID"]
    assert await kept(maren) == {}


async def test_only_so_many_are_kept(maren: Principal, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    many = [{"name": f"list:{number}", "value": "1"} for number in range(preferences.MAX_AT_ONCE + 1)]
    assert await codes(SET, maren, entries=many) == ["LIMIT_EXCEEDED"]
    monkeypatch.setattr(preferences, "MAX_NAMES", 3)
    assert await codes(SET, maren, entries=many[:4]) == ["LIMIT_EXCEEDED"]
    assert await kept(maren) == {}
    await data(SET, maren, entries=many[:3])
    assert len(await kept(maren)) == 3


async def test_a_removed_user_leaves_none(maren: Principal) -> None:  # noqa: F811
    await data(SET, maren, entries=[{"name": "density", "value": "1"}])

    await removal.remove_user(SYSTEM, maren.id)

    assert await db.fetch_value("SELECT COUNT(*) FROM preference") == 0
