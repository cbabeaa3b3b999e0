"""The API's table of errors (rule 10): our own with their code, everything else masked with an id for
the log.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import strawberry
import structlog
from graphql import GraphQLError
from strawberry.extensions import SchemaExtension

from backend.kit import ids
from backend.kit.errors import ErrorCode, MailError, RateLimited
from backend.kit.languages import said

log = structlog.get_logger(__name__)


def public_error(error: GraphQLError) -> GraphQLError:
    """The error as its reader may see it."""
    cause = error.original_error
    if cause is None or isinstance(cause, GraphQLError):
        code = (error.extensions or {}).get("code", ErrorCode.INVALID.value)
        return _rebuilt(error, error.message, {"code": code})
    if isinstance(cause, MailError):
        return _rebuilt(error, said(cause.public), _extensions(cause))
    if isinstance(cause, ValueError) and cause.__class__.__module__.startswith("backend.formats"):
        return _rebuilt(error, said(str(cause)), {"code": ErrorCode.INVALID.value})
    incident = ids.short(ids.new_id())
    log.error("graphql_failed", incident=incident, path=error.path, exc_info=cause)
    text = said("Something went wrong on the server")
    return _rebuilt(error, text, {"code": "INTERNAL", "id": incident})


def _extensions(cause: MailError) -> dict[str, Any]:
    extensions: dict[str, Any] = {"code": cause.code.value}
    if cause.field is not None:
        extensions["field"] = cause.field
    if isinstance(cause, RateLimited):
        extensions["retryAfter"] = cause.retry_after_s
    return extensions


def _rebuilt(error: GraphQLError, message: str, extensions: dict[str, Any]) -> GraphQLError:
    return GraphQLError(message, nodes=error.nodes, path=error.path, extensions=extensions)


def clean(result: Any) -> Any:
    """The result with its errors as their reader may see them; also where execution never began."""
    errors = getattr(result, "errors", None)
    if errors:
        result.errors = [public_error(error) for error in errors]
    return result


class PublicErrors(SchemaExtension):
    """Cleans what a subscription sends."""

    def on_stream_result(self, result: Any) -> Iterator[None]:
        clean(result)
        yield None


class PublicSchema(strawberry.Schema):
    """A schema whose answers never show what only the log may know."""

    def process_errors(self, errors: list[GraphQLError], execution_context: Any = None) -> None:
        """Log nothing here: what a peer did wrong is no error of ours, and `public_error` logs the rest."""

    async def execute(self, *args: Any, **kwargs: Any) -> Any:
        return clean(await super().execute(*args, **kwargs))
