"""Forwards over GraphQL: one's own, those of the domain's users, and nobody else's."""

from __future__ import annotations

from typing import Any

import pytest

from backend.directory import administrators, settings
from backend.directory.principal import SYSTEM, Principal, for_administrator, for_user
from backend.directory.roles import Role
from backend.directory.setting_key import Level
from backend.kit.runtime import Runtime
from tests.backend.mailstore.people import make_domain, make_user
from tests.support.api import ask

GET = "query ($id: ID) { forward(userId: $id) { targets keepsCopy isAllowed mayLeaveDomain maxTargets } }"
SET = (
    "mutation ($targets: [String!]!, $keeps: Boolean! = true, $id: ID)"
    " { setForward(targets: $targets, keepsCopy: $keeps, userId: $id) { userId targets keepsCopy } }"
)


async def codes(document: str, principal: Principal, **variables: Any) -> list[str]:
    answer = await ask(document, principal, **variables)
    return [error["extensions"]["code"] for error in answer.get("errors", [])]


@pytest.fixture
async def domain_id(rt: Runtime) -> int:
    return await make_domain()


async def test_ones_own_with_what_is_allowed(domain_id: int) -> None:
    alice = await make_user(domain_id, "alice@example.test")
    me = for_user(alice)

    done = await ask(SET, me, targets=["x@far.test"], keeps=False)

    assert done["data"]["setForward"] == {
        "userId": str(alice.id),
        "targets": ["x@far.test"],
        "keepsCopy": False,
    }
    await settings.set_value(SYSTEM, "forward.outside", Level.DOMAIN, domain_id, False)
    assert (await ask(GET, me))["data"]["forward"] == {
        "targets": ["x@far.test"],
        "keepsCopy": False,
        "isAllowed": True,
        "mayLeaveDomain": False,
        "maxTargets": 10,
    }
    assert await codes(SET, me, targets=["y@far.test"]) == ["PERMISSION_DENIED"]
    assert await codes(SET, me, targets=["alice@example.test"]) == ["INVALID"]


async def test_of_others_only_for_who_manages_them(domain_id: int) -> None:
    alice = await make_user(domain_id, "alice@example.test")
    bob = for_user(await make_user(domain_id, "bob@example.test"))
    desk = for_user(await make_user(domain_id, "desk@example.test", role=Role.HELPDESK))
    root = for_administrator(await administrators.add(SYSTEM, "root", "violet-anchor-73"))
    manager = for_user(await make_user(domain_id, "manager@example.test", role=Role.DOMAIN_ADMINISTRATOR))
    wanted = {"targets": ["x@far.test"], "id": str(alice.id)}

    assert await codes(SET, bob, **wanted) == ["PERMISSION_DENIED"]
    assert await codes(GET, desk, id=str(alice.id)) == ["PERMISSION_DENIED"]
    assert await codes(SET, manager, **wanted) == []
    assert (await ask(GET, root, id=str(alice.id)))["data"]["forward"]["targets"] == ["x@far.test"]
    assert await codes(GET, root) == ["PERMISSION_DENIED"]
    assert await codes(GET, root, id="12345") == ["NOT_FOUND"]
    stranger = await make_user(await make_domain("other.test"), "eve@other.test")
    assert await codes(SET, manager, targets=["x@far.test"], id=str(stranger.id)) == ["NOT_FOUND"]
