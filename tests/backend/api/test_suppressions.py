"""Where nothing is sent, over GraphQL."""

from __future__ import annotations

from typing import Any

import pytest

from backend.directory.principal import SYSTEM, Principal
from backend.directory.roles import MATRIX, Role
from backend.kit.runtime import Runtime
from tests.support.api import ask

LIST = """query ($domainId: ID, $after: String) { suppressions(first: 1, domainId: $domainId, after: $after) {
  totalCount pageInfo { hasNextPage endCursor } edges { node { address } } } }"""
ADD = """mutation ($address: String!, $domainId: ID) {
  addSuppression(address: $address, domainId: $domainId, detail: "asked", days: 2) {
    id address reason detail domainId actor } }"""


def of_domain(role: Role) -> Principal:
    return Principal("user", 7, "boss@example.test", role, MATRIX[role], user_id=7, domain_id=1)


async def codes(document: str, principal: Principal, **variables: Any) -> list[str]:
    answer = await ask(document, principal, **variables)
    return [error["extensions"]["code"] for error in answer.get("errors", [])]


async def test_suppressions_are_listed_added_and_removed(rt: Runtime) -> None:
    made = (await ask(ADD, SYSTEM, address="X@remote.test"))["data"]["addSuppression"]
    assert made == {
        "id": made["id"],
        "address": "x@remote.test",
        "reason": "MANUAL",
        "detail": "asked",
        "domainId": None,
        "actor": "system",
    }
    again = await ask(ADD, SYSTEM, address="x@remote.test")
    assert again["errors"][0]["extensions"]["code"] == "CONFLICT"
    await ask(ADD, SYSTEM, address="lost.test")

    first = (await ask(LIST, SYSTEM))["data"]["suppressions"]
    assert (first["totalCount"], first["edges"][0]["node"]["address"]) == (2, "lost.test")
    after = first["pageInfo"]["endCursor"]
    second = (await ask(LIST, SYSTEM, after=after))["data"]["suppressions"]
    assert (second["edges"][0]["node"]["address"], second["pageInfo"]["hasNextPage"]) == (
        "x@remote.test",
        False,
    )

    removed = await ask("mutation ($ids: [ID!]!) { removeSuppressions(ids: $ids) }", SYSTEM, ids=[made["id"]])
    assert removed["data"]["removeSuppressions"] == 1
    assert (await ask(LIST, SYSTEM))["data"]["suppressions"]["totalCount"] == 1


@pytest.mark.parametrize("role", [Role.USER, Role.HELPDESK, Role.LIST_MANAGER])
async def test_narrower_roles_are_refused(rt: Runtime, role: Role) -> None:
    principal = of_domain(role)

    assert await codes(LIST, principal, domainId="1") == ["PERMISSION_DENIED"]
    assert await codes(ADD, principal, address="x@remote.test", domainId="1") == ["PERMISSION_DENIED"]


async def test_a_domain_has_its_own_and_no_other(rt: Runtime) -> None:
    boss, reader = of_domain(Role.DOMAIN_ADMINISTRATOR), of_domain(Role.REPORT_READER)

    assert await codes(LIST, boss) == ["PERMISSION_DENIED"]
    assert await codes(LIST, boss, domainId="2") == ["NOT_FOUND"]
    assert await codes(ADD, boss, address="x@remote.test") == ["PERMISSION_DENIED"]
    assert await codes(ADD, boss, address="x@remote.test", domainId="2") == ["NOT_FOUND"]
    assert await codes(LIST, reader, domainId="1") == []
    assert await codes('mutation { removeSuppressions(ids: ["5"]) }', boss) == ["NOT_FOUND"]
