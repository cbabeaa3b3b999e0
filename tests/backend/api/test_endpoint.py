"""The HTTP door: CSRF header, persisted documents, body limits, the cookie."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from backend.api.endpoint import MAX_ANONYMOUS_CHARS, MAX_BODY_BYTES, MAX_SIGNED_IN_BYTES, GraphQLEndpoint
from backend.api.persisted import PersistedDocuments
from backend.api.schema import schema
from backend.app import graphql_routes
from backend.kit.runtime import Runtime
from backend.operations import accounts
from backend.submission.draft_content import MAX_HTML_CHARS
from backend.web.spoken_to import SpokenTo

KNOWN = "query Known { instance { isSetUp } viewer { address } }"
DIGEST = hashlib.sha256(KNOWN.encode()).hexdigest()
CSRF = {"X-Postroom-CSRF": "1"}
PASSWORD = "nine quiet gardens"
SIGN_IN_KEEPER = 'mutation { signIn(login: "root", password: "a wide calm river") { viewer { id } } }'


@pytest.fixture
async def web(rt: Runtime) -> AsyncIterator[httpx.AsyncClient]:
    app = Starlette(
        routes=graphql_routes(GraphQLEndpoint(schema, PersistedDocuments({DIGEST: KNOWN}))),
        middleware=[Middleware(SpokenTo)],
    )
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://mail.example.test") as client:
        yield client


@pytest.fixture
async def signed_in(web: httpx.AsyncClient) -> httpx.AsyncClient:
    await accounts.bootstrap(
        admin_name="root",
        admin_password="a wide calm river",
        domain="example.test",
        user_localpart="maren",
        user_name="Maren Holt",
        user_password=PASSWORD,
    )
    answer = await sign_in(web)
    assert "errors" not in answer.json()
    return web


async def sign_in(web: httpx.AsyncClient, password: str = PASSWORD) -> httpx.Response:
    query = "mutation($l: String!, $p: String!) { signIn(login: $l, password: $p) { viewer { address } } }"
    variables = {"l": "maren@example.test", "p": password}
    return await web.post("/graphql", json={"query": query, "variables": variables}, headers=CSRF)


async def post(web: httpx.AsyncClient, body: Any, headers: dict[str, str] = CSRF) -> httpx.Response:
    return await web.post("/graphql", json=body, headers=headers)


async def test_a_persisted_document_runs_by_its_hash(web: httpx.AsyncClient) -> None:
    answer = await post(web, {"documentId": DIGEST})

    assert answer.json() == {"data": {"instance": {"isSetUp": False}, "viewer": None}}


async def test_an_unknown_hash_is_told_apart(web: httpx.AsyncClient) -> None:
    answer = await post(web, {"documentId": "0" * 64})

    assert (answer.status_code, answer.text) == (404, "PERSISTED_DOCUMENT_NOT_FOUND")


async def test_without_the_csrf_header_nothing_runs(signed_in: httpx.AsyncClient) -> None:
    answer = await post(signed_in, {"query": "mutation { signOut }"}, headers={})

    assert answer.status_code == 403
    assert (await post(signed_in, {"documentId": DIGEST})).json()["data"]["viewer"] is not None


async def test_a_form_or_a_get_cannot_ask(signed_in: httpx.AsyncClient) -> None:
    by_form = await signed_in.post("/graphql", data={"query": "mutation { signOut }"}, headers=CSRF)
    by_get = await signed_in.get("/graphql", params={"query": "{ viewer { address } }"}, headers=CSRF)

    assert by_form.status_code == 400
    assert by_get.status_code == 400


async def test_an_anonymous_peer_may_not_send_long_documents(web: httpx.AsyncClient) -> None:
    answer = await post(web, {"query": "{ viewer { id } }" + " " * MAX_ANONYMOUS_CHARS})

    assert answer.status_code == 401


@pytest.mark.parametrize("body", [[{"query": "{ viewer { id } }"}] * 3, "text", 7])
async def test_batches_and_other_json_are_refused(web: httpx.AsyncClient, body: Any) -> None:
    assert (await post(web, body)).status_code == 400


async def test_a_body_beyond_the_limit_is_refused_before_it_is_parsed(web: httpx.AsyncClient) -> None:
    answer = await post(web, {"query": "{ viewer { id } }", "variables": {"x": "y" * MAX_BODY_BYTES}})

    assert answer.status_code == 413


async def test_who_is_signed_in_saves_the_longest_draft(signed_in: httpx.AsyncClient) -> None:
    query = """mutation($html: String!) { saveDraft(input: {to: [], cc: [], bcc: [], subject: "", html: $html,
      attachments: []}) { id } }"""
    html = "<p>" + "€" * (MAX_HTML_CHARS - 7) + "</p>"

    saved = await post(signed_in, {"query": query, "variables": {"html": html}})
    longer = await post(signed_in, {"query": query, "variables": {"html": html + "y"}})
    far_longer = await post(signed_in, {"query": query, "variables": {"html": "y" * MAX_SIGNED_IN_BYTES}})

    assert saved.json()["data"]["saveDraft"]["id"]
    assert longer.json()["errors"][0]["extensions"]["code"] == "TOO_LARGE"
    assert far_longer.status_code == 413


async def test_a_long_document_is_refused_before_it_is_parsed(signed_in: httpx.AsyncClient) -> None:
    answer = await post(signed_in, {"query": "{ viewer { id } } #" + "y" * MAX_BODY_BYTES})

    assert answer.status_code == 413


async def test_broken_json_is_a_400(web: httpx.AsyncClient) -> None:
    headers = CSRF | {"Content-Type": "application/json"}

    assert (await web.post("/graphql", content=b'{"query": ', headers=headers)).status_code == 400


async def test_signing_in_sets_a_strict_cookie_and_signing_out_takes_it_back(web: httpx.AsyncClient) -> None:
    await accounts.bootstrap(
        admin_name="root",
        admin_password="a wide calm river",
        domain="example.test",
        user_localpart="maren",
        user_name="Maren Holt",
        user_password=PASSWORD,
    )
    cookie = (await sign_in(web)).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    token = web.cookies["postroom"]

    await post(web, {"query": "mutation { signOut }"})

    assert "postroom" not in web.cookies
    web.cookies.set("postroom", token)
    assert (await post(web, {"documentId": DIGEST})).json()["data"]["viewer"] is None


async def test_a_wrong_password_is_refused_and_sets_nothing(signed_in: httpx.AsyncClient) -> None:
    signed_in.cookies.clear()

    answer = await sign_in(signed_in, "nine loud gardens")

    assert [error["extensions"]["code"] for error in answer.json()["errors"]] == ["UNAUTHENTICATED"]
    assert "set-cookie" not in answer.headers


async def test_an_api_key_needs_no_csrf_header_and_has_its_own_permissions(
    signed_in: httpx.AsyncClient,
) -> None:
    made = await post(
        signed_in, {"query": 'mutation { createApiKey(label: "script", permissions: [DOMAIN_READ]) { key } }'}
    )
    key = made.json()["data"]["createApiKey"]["key"]
    signed_in.cookies.clear()

    query = "{ viewer { address permissions } }"
    answer = await post(signed_in, {"query": query}, headers={"Authorization": f"Bearer {key}"})

    assert answer.json()["data"]["viewer"] == {
        "address": "maren@example.test",
        "permissions": ["DOMAIN_READ"],
    }


async def test_app_passwords_are_made_listed_and_revoked(signed_in: httpx.AsyncClient) -> None:
    made = await post(
        signed_in,
        {
            "query": 'mutation { createAppPassword(label: "phone", protocols: [IMAP, SMTP])'
            " { password appPassword { id } } }"
        },
    )
    created = made.json()["data"]["createAppPassword"]
    listing = "{ appPasswords { id label protocols usedAt usedFrom } }"

    shown = (await post(signed_in, {"query": listing})).json()["data"]["appPasswords"]
    number = created["appPassword"]["id"]
    query = f'mutation {{ revokeAppPassword(id: "{number}") }}'
    revoked = await post(signed_in, {"query": query})

    assert len(created["password"]) == 24
    assert shown == [
        {"id": number, "label": "phone", "protocols": ["IMAP", "SMTP"], "usedAt": None, "usedFrom": None}
    ]
    assert revoked.json()["data"]["revokeAppPassword"] is True
    assert (await post(signed_in, {"query": listing})).json()["data"]["appPasswords"] == []


SET = """mutation($value: SettingScalar) {
  setSetting(level: SYSTEM, key: "password.min_length", value: $value) { label help } }"""


async def test_the_reader_is_answered_in_the_language_that_the_request_asks_for(
    signed_in: httpx.AsyncClient,
) -> None:
    german = CSRF | {"Accept-Language": "de-DE,de;q=0.9,en;q=0.5"}
    signed_in.cookies.clear()
    refused = await post(signed_in, {"query": "{ mailboxes { id } }"}, german)
    await post(signed_in, {"query": SIGN_IN_KEEPER}, CSRF)

    set_to = await post(signed_in, {"query": SET, "variables": {"value": 14}}, german)
    beyond = await post(signed_in, {"query": SET, "variables": {"value": 2000}}, german)
    english = await post(signed_in, {"query": SET, "variables": {"value": 2000}}, CSRF)

    assert refused.json()["errors"][0]["message"] == "Melden Sie sich zuerst an"
    assert set_to.json()["data"]["setSetting"]["label"] == "Kürzestes Passwort"
    assert beyond.json()["errors"][0]["message"].startswith(
        "Kürzestes Passwort: Möglich sind Werte von 8 bis"
    )
    assert english.json()["errors"][0]["message"].startswith("Shortest password: it accepts values from 8 to")
