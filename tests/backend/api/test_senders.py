"""Trusted and blocked senders over GraphQL."""

from __future__ import annotations

import pytest

from backend.directory.principal import Principal, for_user
from backend.kit.runtime import Runtime
from backend.rules import senders
from tests.backend.mailstore.people import make_domain, make_user
from tests.support.api import ask

GET = "{ senderLists { trusted blocked } }"
ADD = (
    "mutation ($kind: SenderListKind!, $address: String!)"
    " { addSender(kind: $kind, address: $address) { trusted blocked } }"
)
REMOVE = ADD.replace("addSender", "removeSender")
TRUST = "mutation ($address: String!) { trustSender(address: $address, trusted: true) }"


@pytest.fixture
async def alice(rt: Runtime) -> Principal:
    return for_user(await make_user(await make_domain(), "alice@example.test"))


async def test_a_sender_is_on_one_list_at_most(alice: Principal) -> None:
    assert (await ask(GET, alice))["data"]["senderLists"] == {"trusted": [], "blocked": []}
    await ask(ADD, alice, kind="BLOCKED", address="b@shop.test")
    await ask(ADD, alice, kind="BLOCKED", address="a.test")
    await ask(TRUST, alice, address="Ann@Shop.test")

    done = await ask(ADD, alice, kind="TRUSTED", address="B@shop.test")

    assert done["data"]["addSender"] == {"trusted": ["ann@shop.test", "b@shop.test"], "blocked": ["@a.test"]}
    assert alice.user_id is not None
    assert await senders.is_trusted(alice.user_id, "ANN@shop.test")
    assert not await senders.is_trusted(alice.user_id + 1, "ann@shop.test")
    assert not await senders.is_trusted(alice.user_id, "x@a.test")
    gone = await ask(REMOVE, alice, kind="BLOCKED", address="@a.test")
    assert gone["data"]["removeSender"]["blocked"] == []


async def test_bounds(alice: Principal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(senders, "MOST", 1)
    await ask(ADD, alice, kind="BLOCKED", address="a.test")

    for address, code in (
        ("b.test", "LIMIT_EXCEEDED"),
        ("nobody", "INVALID"),
        ("x" * 400 + "@a.test", "INVALID"),
    ):
        errors = (await ask(ADD, alice, kind="BLOCKED", address=address))["errors"]
        assert [error["extensions"]["code"] for error in errors] == [code]
    assert "errors" not in await ask(ADD, alice, kind="BLOCKED", address="A.test")
    assert (await ask(GET, None))["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
