"""Signatures, templates and own addresses over GraphQL: one's own and nobody else's."""

from __future__ import annotations

from typing import Any

import pytest

from backend.directory import administrators, settings
from backend.directory.principal import SYSTEM, Principal, for_administrator, for_user
from backend.directory.setting_key import Level
from backend.kit.runtime import Runtime
from tests.backend.mailstore.people import make_domain, make_user
from tests.support.api import ask

CREATE = "mutation ($input: SignatureInput!) { createSignature(input: $input) { id name html } }"
UPDATE = "mutation ($id: ID!, $input: SignatureInput!) { updateSignature(id: $id, input: $input) { name } }"
REMOVE = "mutation ($id: ID!) { removeSignature(id: $id) }"
TEMPLATE = "mutation ($input: TemplateInput!) { createTemplate(input: $input) { id name subject html } }"
SENDER = "mutation ($address: String!, $input: SenderInput!) { setSender(address: $address, input: $input) }"
VIEWER = (
    "{ viewer { writesPlainText identities"
    " { name ownName address replyTo isDefault signatureId replySignatureId } } }"
)
SAVE = "mutation ($input: DraftInput!) { saveDraft(input: $input) { from { name address } html text } }"


@pytest.fixture
async def alice(rt: Runtime) -> Principal:
    return for_user(await make_user(await make_domain(), "alice@example.test"))


async def codes(document: str, principal: Principal | None, **variables: Any) -> list[str]:
    answer = await ask(document, principal, **variables)
    return [error["extensions"]["code"] for error in answer.get("errors", [])]


async def test_the_viewer_knows_how_many_recipients_a_message_may_have(alice: Principal) -> None:
    asked = "{ viewer { maxRecipients } }"

    assert (await ask(asked, alice))["data"]["viewer"] == {"maxRecipients": 500}
    await settings.set_value(SYSTEM, "submission.max_recipients", Level.SYSTEM, 0, 40)
    await settings.set_value(SYSTEM, "submission.max_recipients", Level.USER, alice.id, 3)
    assert (await ask(asked, alice))["data"]["viewer"] == {"maxRecipients": 3}
    operator = for_administrator(await administrators.add(SYSTEM, "root", "violet-anchor-73"))
    assert (await ask(asked, operator))["data"]["viewer"] == {"maxRecipients": 40}


async def test_a_signature_is_made_chosen_and_seen_with_the_address(alice: Principal) -> None:
    made = (await ask(CREATE, alice, input={"name": "Usual", "html": "<div>Al</div>"}))["data"]
    signature_id = made["createSignature"]["id"]

    chosen = {"name": "Al", "replyTo": "team@example.test", "isDefault": True, "signatureId": signature_id}
    assert await codes(SENDER, alice, address="alice@example.test", input=chosen) == []

    assert (await ask(VIEWER, alice))["data"]["viewer"] == {
        "writesPlainText": False,
        "identities": [
            {
                "name": "Al",
                "ownName": "Al",
                "address": "alice@example.test",
                "replyTo": "team@example.test",
                "isDefault": True,
                "signatureId": signature_id,
                "replySignatureId": None,
            }
        ],
    }
    draft = {"to": [], "cc": [], "bcc": [], "subject": "", "attachments": [], "text": "Hi"}
    saved = (await ask(SAVE, alice, input=draft))["data"]["saveDraft"]
    assert saved == {
        "from": {"name": "Al", "address": "alice@example.test"},
        "html": "",
        "text": "Hi",
    }


async def test_nobody_else_sees_or_changes_them(alice: Principal) -> None:
    bob = for_user(await make_user(alice.domain_id or 0, "bob@example.test"))
    made = (await ask(CREATE, alice, input={"name": "Usual", "html": "x"}))["data"]["createSignature"]
    await ask(TEMPLATE, alice, input={"name": "Thanks", "html": "x"})

    assert (await ask("{ signatures { id } templates { id } }", bob))["data"] == {
        "signatures": [],
        "templates": [],
    }
    assert await codes(UPDATE, bob, id=made["id"], input={"name": "B", "html": ""}) == ["NOT_FOUND"]
    assert await codes(REMOVE, bob, id=made["id"]) == ["NOT_FOUND"]
    assert await codes(SENDER, bob, address="alice@example.test", input={}) == ["PERMISSION_DENIED"]
    assert (await ask("{ signatures { name } }", alice))["data"]["signatures"] == [{"name": "Usual"}]


async def test_without_a_mailbox_there_are_none(rt: Runtime) -> None:
    admin = for_administrator(await administrators.add(SYSTEM, "root", "violet-anchor-73"))

    assert await codes("{ signatures { id } }", admin) == ["PERMISSION_DENIED"]
    assert await codes("{ signatures { id } }", None) == ["UNAUTHENTICATED"]
