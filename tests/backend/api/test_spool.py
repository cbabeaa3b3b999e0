"""The spool over GraphQL: pages, acts, and who is refused."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.requests import HTTPConnection

from backend.api.context import Context
from backend.api.schema import schema
from backend.directory.principal import SYSTEM, Principal
from backend.directory.roles import MATRIX, Role
from backend.kit import blobs, db
from backend.kit.db import Tx
from backend.kit.runtime import Runtime
from backend.spool import admin
from backend.spool.enqueue import enqueue
from backend.spool.types import Envelope, SpoolRcpt

BOSS = Principal(
    "user",
    7,
    "boss@example.test",
    Role.DOMAIN_ADMINISTRATOR,
    MATRIX[Role.DOMAIN_ADMINISTRATOR],
    user_id=7,
    domain_id=1,
)
LIST = """query($first: Int!, $after: String, $search: String) {
  spool(first: $first, after: $after, search: $search) {
    totalCount pageInfo { hasNextPage endCursor }
    edges { node { id sender subject sizeBytes isHeld recipientCount
      recipients { address state attempts nextAttemptAt lastStatus lastReply lastHost } } } } }"""
ACTS = ["retrySpool", "holdSpool", "releaseSpool", "dropSpool"]


async def ask(document: str, principal: Principal | None, **variables: Any) -> tuple[Any, list[str]]:
    """The data, and the codes of the errors."""
    connection = HTTPConnection({"type": "http", "headers": [], "client": ("192.0.2.1", 1), "path": "/"})
    context = Context(connection, None, principal)
    result = await schema.execute(document, variable_values=variables, context_value=context)
    return result.data, [str((error.extensions or {}).get("code")) for error in result.errors or []]


async def spool(subject: str, *recipients: str) -> str:
    """Put a message into the spool; its id as the API says it."""
    new = await blobs.prepare(b"Subject: x\r\n\r\nx\r\n")
    rcpts = tuple(SpoolRcpt(*text.rsplit("@", 1)) for text in recipients)

    async def verb(tx: Tx) -> int:
        return await enqueue(tx, Envelope(sender="a@remote.test", recipients=rcpts, subject=subject), new)

    return str(await db.write(verb))


async def act(name: str, principal: Principal | None, ids: list[str]) -> tuple[Any, list[str]]:
    """Run one of the mutations."""
    data, codes = await ask(f"mutation($ids: [ID!]!) {{ done: {name}(ids: $ids) }}", principal, ids=ids)
    return data and data["done"], codes


async def test_pages_by_cursor_newest_first(rt: Runtime) -> None:
    ids = [await spool(f"plan {number}", "ada@one.test") for number in range(3)]

    data, codes = await ask(LIST, SYSTEM, first=2)
    page = data["spool"]
    rest, _ = await ask(LIST, SYSTEM, first=2, after=page["pageInfo"]["endCursor"])

    assert codes == []
    assert page["totalCount"] == 3
    assert page["pageInfo"]["hasNextPage"] is True
    assert [edge["node"]["id"] for edge in page["edges"]] == [ids[2], ids[1]]
    assert [edge["node"]["id"] for edge in rest["spool"]["edges"]] == [ids[0]]
    assert rest["spool"]["pageInfo"]["hasNextPage"] is False
    assert await ask(LIST, SYSTEM, first=2, after="!") == ({"spool": None}, ["INVALID"])


async def test_search_finds_a_recipient(rt: Runtime) -> None:
    wanted = await spool("plan", "ada@one.test", "eve@two.test")
    await spool("plan", "ada@one.test")

    data, _ = await ask(LIST, SYSTEM, first=10, search="eve@")

    (edge,) = data["spool"]["edges"]
    assert edge["node"]["id"] == wanted
    assert edge["node"]["recipientCount"] == 2
    assert [one["address"] for one in edge["node"]["recipients"]] == ["ada@one.test", "eve@two.test"]
    assert edge["node"]["recipients"][0]["state"] == "QUEUED"


async def test_filters_by_domain_and_state_of_one_recipient(rt: Runtime) -> None:
    dropped = await spool("over", "ada@one.test", "eve@two.test")
    open_ = await spool("open", "ada@one.test")
    await act("dropSpool", SYSTEM, [dropped])
    query = """query($domain: String, $state: SpoolState) {
      spool(domain: $domain, state: $state) { edges { node { id openCount finishedAt
        recipients { via isInHand lastAttemptAt } } } } }"""

    async def found(**wanted: str) -> list[str]:
        data, codes = await ask(query, SYSTEM, **wanted)
        assert codes == []
        return [edge["node"]["id"] for edge in data["spool"]["edges"]]

    assert await found() == [open_]
    assert await found(domain="One.Test.") == [open_]
    assert await found(state="DROPPED") == [dropped]
    assert await found(state="DROPPED", domain="two.test") == [dropped]
    assert await found(state="QUEUED", domain="two.test") == []
    assert (await ask(query, SYSTEM, state="LOST"))[1] != []


async def test_acts_answer_how_many_they_changed(rt: Runtime) -> None:
    first, second = await spool("one", "a@one.test"), await spool("two", "b@one.test")
    one = "query($id: ID!) { spoolMessage(id: $id) { isHeld recipients { state nextAttemptAt } } }"

    assert await act("holdSpool", SYSTEM, [first, second, "12345"]) == (2, [])
    assert await act("retrySpool", SYSTEM, [first]) == (0, [])
    held = {"isHeld": True, "recipients": [{"state": "HELD", "nextAttemptAt": None}]}
    assert await ask(one, SYSTEM, id=first) == ({"spoolMessage": held}, [])
    assert await act("releaseSpool", SYSTEM, [first]) == (1, [])
    assert await act("retrySpool", SYSTEM, [first]) == (1, [])
    assert await act("dropSpool", SYSTEM, [first, second]) == (2, [])
    dropped = {"isHeld": False, "recipients": [{"state": "DROPPED", "nextAttemptAt": None}]}
    assert await ask(one, SYSTEM, id=first) == ({"spoolMessage": dropped}, [])
    assert await ask(one, SYSTEM, id="12345") == ({"spoolMessage": None}, [])


@pytest.mark.parametrize("name", ACTS)
async def test_only_system_administrators_act(rt: Runtime, name: str) -> None:
    spooled = await spool("plan", "a@one.test")
    tables = ("spool_message", "spool_recipient", "audit_entry")
    before = [await db.fetch_rows(f"SELECT * FROM {table}") for table in tables]

    assert await act(name, BOSS, [spooled]) == (None, ["PERMISSION_DENIED"])
    assert await act(name, None, [spooled]) == (None, ["UNAUTHENTICATED"])
    assert await act(name, SYSTEM, ["x"]) == (None, ["INVALID"])
    assert await act(name, SYSTEM, ["1"] * (admin.MAX_IDS + 1)) == (None, ["LIMIT_EXCEEDED"])
    assert [await db.fetch_rows(f"SELECT * FROM {table}") for table in tables] == before


async def test_only_system_administrators_look(rt: Runtime) -> None:
    spooled = await spool("plan", "a@one.test")
    one = "query($id: ID!) { spoolMessage(id: $id) { id } }"

    assert await ask(LIST, BOSS, first=1) == ({"spool": None}, ["PERMISSION_DENIED"])
    assert await ask(one, BOSS, id=spooled) == ({"spoolMessage": None}, ["PERMISSION_DENIED"])
    assert await ask(one, None, id=spooled) == ({"spoolMessage": None}, ["UNAUTHENTICATED"])


REROUTE = """mutation($ids: [ID!]!, $to: SpoolDetour!, $domain: String) {
  done: rerouteSpool(ids: $ids, to: $to, domain: $domain) }"""


async def test_rerouting_and_the_way_back(rt: Runtime) -> None:
    message = await spool("one", "x@one.test", "y@two.test")
    to = {"host": "inside.test", "port": 2525, "tls": "ENCRYPTED"}

    assert await ask(REROUTE, SYSTEM, ids=[message], to=to, domain="one.test") == ({"done": 1}, [])

    read = f"{{ spoolMessage(id: {message}) {{ recipients {{ address route named }} }} }}"
    data, _ = await ask(read, SYSTEM)
    assert data["spoolMessage"]["recipients"] == [
        {"address": "x@one.test", "route": "inside.test:2525 encrypted", "named": ""},
        {"address": "y@two.test", "route": "", "named": ""},
    ]
    assert await act("resetSpoolRoute", SYSTEM, [message]) == (1, [])
    everything = "mutation($to: SpoolDetour) { actOnSpool(act: REROUTE, to: $to) { changed before } }"
    done = await ask(everything, SYSTEM, to={"address": "z@three.test"})
    assert done == ({"actOnSpool": {"changed": 1, "before": None}}, [])
    data, _ = await ask(read, SYSTEM)
    assert {one["address"] for one in data["spoolMessage"]["recipients"]} == {"z@three.test"}
    assert await ask("mutation { actOnSpool(act: RESET_ROUTE) { changed } }", SYSTEM) == (
        {"actOnSpool": {"changed": 1}},
        [],
    )


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ({}, "INVALID"),
        ({"host": "a.test", "address": "b@c.test"}, "INVALID"),
        ({"host": "no host"}, "INVALID"),
        ({"host": "a.test", "port": 0}, "INVALID"),
        ({"gatewayId": "7"}, "NOT_FOUND"),
        ({"gatewayId": "x"}, "INVALID"),
    ],
)
async def test_where_nothing_goes(rt: Runtime, to: dict[str, object], code: str) -> None:
    message = await spool("one", "x@one.test")

    assert await ask(REROUTE, SYSTEM, ids=[message], to=to) == ({"done": None}, [code])
    assert await ask("mutation { actOnSpool(act: REROUTE) { changed } }", SYSTEM) == (
        {"actOnSpool": None},
        ["INVALID"],
    )


async def test_a_domain_administrator_reroutes_nothing(rt: Runtime) -> None:
    message = await spool("one", "x@one.test")

    assert await ask(REROUTE, BOSS, ids=[message], to={"host": "evil.test"}) == (
        {"done": None},
        ["PERMISSION_DENIED"],
    )
