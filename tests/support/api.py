"""Asking the schema without a socket."""

from __future__ import annotations

from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    is_required_argument,
    is_required_input_field,
)
from starlette.requests import Request
from starlette.responses import Response

from backend.api.context import Context
from backend.api.schema import schema
from backend.directory.principal import Principal

SCALARS = {
    "Int": "1",
    "Long": "1",
    "Boolean": "true",
    "ID": '"1"',
    "String": '"a"',
    "SettingScalar": "1",
    "DateTime": '"2026-01-01T00:00:00Z"',
}


async def ask(document: str, principal: Principal | None, **variables: Any) -> dict[str, Any]:
    """Execute a document as that principal; the answer as JSON has it."""
    return await _ask(document, principal, variables, by_cookie=False)


async def ask_from_browser(document: str, principal: Principal, **variables: Any) -> dict[str, Any]:
    """`ask`, where the principal comes by a session's cookie."""
    return await _ask(document, principal, variables, by_cookie=True)


async def _ask(
    document: str, principal: Principal | None, variables: dict[str, Any], *, by_cookie: bool
) -> dict[str, Any]:
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/graphql",
        "headers": [],
        "query_string": b"",
        "scheme": "http",
    }
    context = Context(Request(scope | {"client": ("127.0.0.1", 1)}), Response(), principal, by_cookie)
    result = await schema.execute(document, variable_values=variables, context_value=context)
    answer: dict[str, Any] = {"data": result.data}
    if result.errors:
        answer["errors"] = [error.formatted for error in result.errors]
    return answer


def literal_arguments(field: GraphQLField) -> str:
    """The required arguments of a field with some value of their type."""
    found = [
        f"{name}: {_literal(argument.type)}"
        for name, argument in field.args.items()
        if is_required_argument(argument)
    ]
    return f"({', '.join(found)})" if found else ""


def _literal(kind: Any) -> str:
    if isinstance(kind, GraphQLNonNull):
        return _literal(kind.of_type)
    if isinstance(kind, GraphQLList):
        return f"[{_literal(kind.of_type)}]"
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    if isinstance(kind, GraphQLInputObjectType):
        inner = [
            f"{name}: {_literal(field.type)}"
            for name, field in kind.fields.items()
            if is_required_input_field(field)
        ]
        return "{" + ", ".join(inner) + "}"
    return SCALARS[kind.name]
