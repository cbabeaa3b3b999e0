"""The HTTP and WebSocket door of the API: body limit, CSRF header, persisted documents, subprotocols.

A browser's cookie counts only with the header `X-Postroom-CSRF`, which a foreign page cannot send.
Anonymous peers may run persisted documents and sign in.
"""

from __future__ import annotations

from typing import Any

import orjson
from cross_web import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.exceptions import ConnectionRejectionError
from strawberry.subscriptions import GRAPHQL_SSE_PROTOCOL, GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types.unset import UNSET

from backend.api.context import Context, make_context
from backend.api.persisted import PersistedDocuments

MAX_BODY_BYTES = 2 * 1024 * 1024
# Who is signed in may save a draft: its text as JSON, of up to three bytes a character.
MAX_SIGNED_IN_BYTES = 16 * 1024 * 1024
MAX_ANONYMOUS_CHARS = 2000
CSRF_HEADER = "x-postroom-csrf"
UNKNOWN_DOCUMENT = "query { __typename }  # an unknown persisted document"


class GraphQLEndpoint(GraphQL[Context, None]):
    """Strawberry's ASGI view with our rules of admission."""

    def __init__(self, schema: Any, documents: PersistedDocuments) -> None:
        super().__init__(
            schema,
            graphql_ide=None,
            allow_queries_via_get=False,
            subscription_protocols=[GRAPHQL_TRANSPORT_WS_PROTOCOL, GRAPHQL_SSE_PROTOCOL],
            max_subscriptions_per_connection=20,
        )
        self.documents = documents

    async def get_context(self, request: Request | WebSocket, response: Any) -> Context:
        context = await make_context(request, response if isinstance(response, Response) else None)
        if isinstance(request, Request):
            await self._admit(request, context)
        return context

    async def _admit(self, request: Request, context: Context) -> None:
        if (
            request.method == "POST"
            and CSRF_HEADER not in request.headers
            and (context.uses_cookie or context.principal is None)
        ):
            raise HTTPException(403, "The header X-Postroom-CSRF is missing")
        most = MAX_BODY_BYTES if context.principal is None else MAX_SIGNED_IN_BYTES
        if int(request.headers.get("content-length") or 0) > most:
            raise HTTPException(413, "The request is too large")
        size = 0
        chunks = []
        async for chunk in request.stream():
            size += len(chunk)
            if size > most:
                raise HTTPException(413, "The request is too large")
            chunks.append(chunk)
        request._body = b"".join(chunks)  # what Request.body() answers from now on

    async def execute_operation(self, *args: Any, **kwargs: Any) -> Any:
        context: Context = kwargs["context"]
        text = kwargs["request_data"].query or ""
        if len(text) > MAX_BODY_BYTES:  # the rest of a large body is variables
            raise HTTPException(413, "The document is too large")
        if context.principal is None and len(text) > MAX_ANONYMOUS_CHARS and not self.documents.holds(text):
            raise HTTPException(401, "Sign in before you send documents of your own")
        return await super().execute_operation(*args, **kwargs)

    async def on_ws_connect(self, context: Context) -> Any:
        if context.principal is None:
            raise ConnectionRejectionError({"code": "UNAUTHENTICATED"})
        return UNSET

    def decode_json(self, data: str | bytes) -> object:
        """The body of a POST or a WebSocket message, with a document's hash replaced by its text."""
        message = orjson.loads(data)
        body = message.get("payload") if isinstance(message, dict) and "type" in message else message
        if isinstance(body, dict) and isinstance(body.get("documentId"), str):
            body["query"] = self.documents.find(body["documentId"]) or UNKNOWN_DOCUMENT
        return message

    def parse_json(self, data: str | bytes) -> Any:
        body = super().parse_json(data)
        if not isinstance(body, dict):
            raise HTTPException(400, "Send one operation as a JSON object")
        if body.get("query") is UNKNOWN_DOCUMENT:
            raise HTTPException(404, "PERSISTED_DOCUMENT_NOT_FOUND")
        return body

    def encode_json(self, data: object) -> str | bytes:
        return orjson.dumps(data).decode()
