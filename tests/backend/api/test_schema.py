"""The schema by machine: every root field is marked, refused to the wrong role, and masked when it breaks."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import GraphQLField, GraphQLNonNull, GraphQLObjectType

from backend.api.guards import Guard, Requires
from backend.api.schema import schema
from backend.directory.principal import Principal
from backend.directory.roles import MATRIX, Permission, Role
from backend.kit.runtime import Runtime
from tests.support.api import ask, literal_arguments

ROOTS = ("Query", "Mutation")
ANONYMOUS = {"instance", "viewer", "setUp", "signIn", "finishSignIn", "beginPasskeySignIn"}


def root_fields() -> list[tuple[str, str]]:
    return [(root, name) for root in ROOTS for name in graphql_type(root).fields]


def graphql_type(name: str) -> GraphQLObjectType:
    found = schema._schema.get_type(name)
    assert isinstance(found, GraphQLObjectType)
    return found


def strawberry_field(field: GraphQLField) -> Any:
    return field.extensions["strawberry-definition"]


def guard_of(root: str, name: str) -> Guard | None:
    field = strawberry_field(graphql_type(root).fields[name])
    return next((one for one in field.extensions if isinstance(one, Guard)), None)


@pytest.mark.parametrize(("root", "name"), root_fields())
def test_every_root_field_is_marked(root: str, name: str) -> None:
    guard = guard_of(root, name)

    assert guard is not None, f"{root}.{name} has no guard"
    assert guard.is_public == (name in ANONYMOUS)
    directives = strawberry_field(graphql_type(root).fields[name]).directives
    marked = [one.permission for one in directives if isinstance(one, Requires)]
    assert marked == ([guard.permission] if guard.permission is not None else [])
    if guard.permission is not None:
        assert not isinstance(graphql_type(root).fields[name].type, GraphQLNonNull), (
            "a refusal would null its parent"
        )


def test_every_subscription_asks_for_an_account() -> None:
    assert set(graphql_type("Subscription").fields) == {"accountChanged"}


async def test_nobody_may_use_a_field_without_signing_in(rt: Runtime) -> None:
    for root, name in root_fields():
        if name in ANONYMOUS:
            continue
        answer = await ask(document(root, name), None)
        codes = [error["extensions"]["code"] for error in answer["errors"]]
        assert codes == ["UNAUTHENTICATED"], f"{root}.{name}"


@pytest.mark.parametrize("role", list(Role))
async def test_a_role_may_use_what_the_matrix_gives_it_and_nothing_else(rt: Runtime, role: Role) -> None:
    principal = Principal(
        kind="user", id=1, name="x@example.test", role=role, permissions=MATRIX[role], user_id=1, domain_id=1
    )
    for root, name in root_fields():
        guard = guard_of(root, name)
        if guard is None or guard.permission is None:
            continue
        answer = await ask(document(root, name), principal)
        codes = [error["extensions"]["code"] for error in answer.get("errors", [])]
        if guard.permission not in MATRIX[role]:
            assert codes == ["PERMISSION_DENIED"], f"{role} {root}.{name}"
            assert answer["data"] == {name: None}
        else:
            assert "INTERNAL" not in codes, f"{role} {root}.{name}: {answer['errors']}"


def document(root: str, name: str) -> str:
    """A smallest document that uses the field."""
    field = graphql_type(root).fields[name]
    kind: Any = field.type
    while hasattr(kind, "of_type"):
        kind = kind.of_type
    selection = " { __typename }" if isinstance(kind, GraphQLObjectType) else ""
    return f"{root.lower()} {{ {name}{literal_arguments(field)}{selection} }}"


async def test_an_unexpected_error_is_masked_with_an_id(rt: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken() -> bool:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr("backend.operations.accounts.is_set_up", broken)

    answer = await ask("{ instance { isSetUp } }", None)

    [error] = answer["errors"]
    assert error["message"] == "Something went wrong on the server"
    assert error["extensions"]["code"] == "INTERNAL"
    assert "secret" not in str(answer)


def test_permissions_in_the_schema_are_those_of_the_directory() -> None:
    printed = schema.as_str()

    for permission in Permission:
        assert permission.value in printed
