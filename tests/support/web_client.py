"""A browser without a screen: GraphQL over HTTP with a session cookie, uploads, and the subscription."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import quote

import httpx
import websockets

HEADERS = {"X-Postroom-CSRF": "1"}

SET_UP = """mutation($input: SetUpInput!) { setUp(input: $input) {
  viewer { address role } domain { id name dnsRecords { type name value } } } }"""
SIGN_IN = """mutation($login: String!, $password: String!) {
  signIn(login: $login, password: $password) { viewer { id } } }"""
MAILBOXES = "{ mailboxes { id path specialUse total unread } }"
ROWS = """query($id: ID!, $limit: Int!) { view(mailboxId: $id, limit: $limit) { total rows {
  id threadId subject preview isAnswered isSeen hasAttachments from { name address } } } }"""


class Refused(AssertionError):
    """The server refused; `errors` are what it said."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__(errors)
        self.errors = errors

    @property
    def code(self) -> str:
        """The first error's code."""
        return str(self.errors[0]["extensions"]["code"])

    @property
    def message(self) -> str:
        """The first error's text."""
        return str(self.errors[0]["message"])


class Web:
    """One signed-in (or not yet signed-in) browser."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.client = httpx.AsyncClient(base_url=base, headers=HEADERS, timeout=30)

    async def ask(self, query: str, **variables: Any) -> Any:
        """Run a document; its data. Raises Refused."""
        answer = await self.client.post("/graphql", json={"query": query, "variables": variables})
        body = answer.json()
        if "errors" in body:
            raise Refused(body["errors"])
        return body["data"]

    async def sign_in(self, login: str, password: str) -> None:
        """Get a session."""
        await self.ask(SIGN_IN, login=login, password=password)

    async def boxes(self) -> dict[str, dict[str, Any]]:
        """The mailboxes by special use, or by path where they have none."""
        found = (await self.ask(MAILBOXES))["mailboxes"]
        return {box["specialUse"] or box["path"]: box for box in found}

    async def rows(self, mailbox_id: str, limit: int = 50) -> list[dict[str, Any]]:
        """The newest rows of a mailbox."""
        found: list[dict[str, Any]] = (await self.ask(ROWS, id=mailbox_id, limit=limit))["view"]["rows"]
        return found

    async def upload(self, name: str, content_type: str, content: bytes) -> dict[str, Any]:
        """Upload a file for a draft."""
        answer = await self.client.post(
            "/files/uploads",
            content=content,
            headers={"X-File-Name": quote(name), "Content-Type": content_type},
        )
        assert answer.status_code == 201, (answer.status_code, answer.text)
        found: dict[str, Any] = answer.json()
        return found

    @asynccontextmanager
    async def live_changes(self) -> AsyncIterator[AsyncIterator[dict[str, Any]]]:
        """The subscription `accountChanged` as an asynchronous iterator."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.client.cookies.items())
        async with websockets.connect(
            self.base.replace("http", "ws") + "/graphql",
            subprotocols=[websockets.Subprotocol("graphql-transport-ws")],
            additional_headers={"Cookie": cookies},
            origin=websockets.Origin(self.base),
        ) as socket:
            await socket.send(json.dumps({"type": "connection_init"}))
            assert json.loads(await socket.recv())["type"] == "connection_ack"
            query = "subscription { accountChanged { modseq mailboxes { id total unread } } }"
            await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": {"query": query}}))
            yield _changes(socket)

    async def close(self) -> None:
        """Drop its connections."""
        await self.client.aclose()


async def _changes(socket: websockets.ClientConnection) -> AsyncIterator[dict[str, Any]]:
    async for text in socket:
        message = json.loads(text)
        if message["type"] == "next":
            yield message["payload"]["data"]["accountChanged"]
