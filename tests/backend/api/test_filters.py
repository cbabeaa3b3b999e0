"""Filters over GraphQL: one's own and nobody else's, dry runs, applying and what takes it back."""

from __future__ import annotations

from typing import Any

import pytest

from backend.directory import administrators
from backend.directory.principal import SYSTEM, Principal, for_administrator, for_user
from backend.kit import blobs, db
from backend.kit.runtime import Runtime
from backend.mailstore import flags, ingest, mailboxes
from backend.rules import filters
from tests.backend.mailstore.people import make_domain, make_user
from tests.support.api import ask

FIELDS = (
    "id name isEnabled match stops trouble conditions { field relation value header isNegated }"
    " actions { act mailboxId path keyword addresses }"
)
LIST = f"{{ filters {{ {FIELDS} }} }}"
CREATE = (
    "mutation ($input: FilterInput!, $at: Int)"
    f" {{ createFilter(input: $input, position: $at) {{ {FIELDS} }} }}"
)
UPDATE = (
    f"mutation ($id: ID!, $input: FilterInput!) {{ updateFilter(id: $id, input: $input) {{ {FIELDS} }} }}"
)
REMOVE = "mutation ($id: ID!) { removeFilter(id: $id) }"
ENABLE = "mutation ($id: ID!, $on: Boolean!) { setFilterEnabled(id: $id, isEnabled: $on) { isEnabled } }"
REORDER = "mutation ($ids: [ID!]!) { reorderFilters(ids: $ids) { name } }"
PREVIEW = (
    "query ($conditions: [FilterConditionInput!]!, $everywhere: Boolean! = false)"
    " { filterPreview(conditions: $conditions, everywhere: $everywhere, first: 2)"
    " { lookedAt matched rows { subject } } }"
)
APPLY = (
    "mutation ($id: ID!, $box: ID!, $after: String) { applyFilter(id: $id, mailboxId: $box, after: $after)"
    " { lookedAt matched next moved { mailboxId ids } marked { flag ids } copied } }"
)
SUGGEST = (
    "query ($id: ID!) { filterSuggestion(messageId: $id)"
    " { sender senderName senderDomain listId subject detailAddress } }"
)


def wanted(
    *actions: dict[str, Any], name: str = "Shop", value: str = "shop.test", **more: Any
) -> dict[str, Any]:
    return {
        "name": name,
        "conditions": [{"field": "FROM", "relation": "DOMAIN", "value": value}],
        "actions": list(actions) or [{"act": "READ"}],
        **more,
    }


async def codes(document: str, principal: Principal | None, **variables: Any) -> list[str]:
    answer = await ask(document, principal, **variables)
    return [error["extensions"]["code"] for error in answer.get("errors", [])]


@pytest.fixture
async def domain_id(rt: Runtime) -> int:
    return await make_domain()


@pytest.fixture
async def alice(domain_id: int) -> Principal:
    return for_user(await make_user(domain_id, "alice@example.test"))


async def store(
    principal: Principal, subject: str, sender: str = "a@shop.test", mailbox: str = "inbox"
) -> int:
    raw = f"From: Ann <{sender}>\r\nSubject: {subject}\r\n\r\nHi".encode()
    assert principal.user_id is not None
    return (
        await ingest.store(raw, principal.user_id, mailbox, prefix=b"Delivered-To: alice+x@example.test\r\n")
    ).ref


async def box(principal: Principal, name: str) -> int:
    assert principal.user_id is not None
    return (await mailboxes.get(principal.user_id, name)).id


async def test_a_filter_is_made_changed_turned_off_and_removed(alice: Principal) -> None:
    assert alice.user_id is not None
    folder = await mailboxes.create(alice.user_id, "Orders")

    made = await ask(
        CREATE,
        alice,
        input=wanted({"act": "MOVE", "mailboxId": str(folder.id)}, {"act": "TAG", "keyword": "Shop"}),
    )
    found = made["data"]["createFilter"]

    assert found == {
        "id": found["id"],
        "name": "Shop",
        "isEnabled": True,
        "match": "ALL",
        "stops": False,
        "trouble": None,
        "conditions": [
            {"field": "FROM", "relation": "DOMAIN", "value": "shop.test", "header": "", "isNegated": False}
        ],
        "actions": [
            {"act": "MOVE", "mailboxId": str(folder.id), "path": "Orders", "keyword": None, "addresses": []},
            {"act": "TAG", "mailboxId": None, "path": None, "keyword": "Shop", "addresses": []},
        ],
    }
    assert "Shop" in await flags.keyword_names(alice.user_id)
    await mailboxes.rename(alice.user_id, "Orders", "Old orders")
    assert (await ask(LIST, alice))["data"]["filters"][0]["actions"][0]["path"] == "Old orders"
    assert (await ask(UPDATE, alice, id=found["id"], input=wanted(name="Other")))["data"]["updateFilter"][
        "name"
    ] == ("Other")
    assert (await ask(ENABLE, alice, id=found["id"], on=False))["data"]["setFilterEnabled"] == {
        "isEnabled": False
    }
    assert (await ask(REMOVE, alice, id=found["id"]))["data"] == {"removeFilter": True}
    assert (await ask(LIST, alice))["data"] == {"filters": []}
    assert await codes(REMOVE, alice, id=found["id"]) == ["NOT_FOUND"]


async def test_order_is_kept_and_a_filter_comes_back_to_its_place(alice: Principal) -> None:
    ids = [
        (await ask(CREATE, alice, input=wanted(name=name)))["data"]["createFilter"]["id"] for name in "abc"
    ]

    assert await codes(REORDER, alice, ids=[ids[2], ids[0], "99", ids[2]]) == []
    await ask(CREATE, alice, input=wanted(name="d"), at=1)

    assert [one["name"] for one in (await ask(LIST, alice))["data"]["filters"]] == ["c", "d", "a", "b"]


async def test_filters_are_the_users_own(domain_id: int, alice: Principal) -> None:
    bob = for_user(await make_user(domain_id, "bob@example.test"))
    root = for_administrator(await administrators.add(SYSTEM, "root", "violet-anchor-73"))
    made = (await ask(CREATE, alice, input=wanted()))["data"]["createFilter"]
    ref = await store(alice, "x")

    assert (await ask(LIST, bob))["data"] == {"filters": []}
    for document, variables in (
        (UPDATE, {"id": made["id"], "input": wanted()}),
        (REMOVE, {"id": made["id"]}),
        (ENABLE, {"id": made["id"], "on": False}),
        (APPLY, {"id": made["id"], "box": str(await box(bob, "INBOX"))}),
        (SUGGEST, {"id": str(ref)}),
        (CREATE, {"input": wanted({"act": "MOVE", "mailboxId": str(await box(alice, "INBOX"))})}),
    ):
        assert await codes(document, bob, **variables) == ["NOT_FOUND"]
    assert await codes(LIST, root) == ["PERMISSION_DENIED"]
    assert await codes(CREATE, None, input=wanted()) == ["UNAUTHENTICATED"]
    assert await codes(APPLY, alice, id=made["id"], box=str(await box(bob, "INBOX"))) == ["NOT_FOUND"]
    await ask(REORDER, bob, ids=[made["id"]])
    assert len((await ask(LIST, alice))["data"]["filters"]) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"conditions": []}, "conditions"),
        ({"actions": []}, "actions"),
        ({"actions": [{"act": "MOVE"}]}, "actions.0.mailboxId"),
        ({"actions": [{"act": "TAG", "keyword": "a b"}]}, "actions.0.keyword"),
        ({"actions": [{"act": "FORWARD", "addresses": ["nobody"]}]}, "actions.0.addresses"),
        ({"actions": [{"act": "FORWARD", "addresses": ["alice@example.test"]}]}, "actions.0.addresses"),
        ({"conditions": [{"field": "SIZE", "relation": "OVER", "value": "big"}]}, "conditions.0.value"),
    ],
)
async def test_what_cannot_be_a_filter_names_its_field(
    alice: Principal, changes: dict[str, Any], field: str
) -> None:
    answer = await ask(CREATE, alice, input=wanted() | changes)

    assert [error["extensions"]["field"] for error in answer["errors"]] == [field]
    assert (await ask(LIST, alice))["data"] == {"filters": []}


async def test_there_is_a_most_of_filters(alice: Principal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filters, "MOST_FILTERS", 1)
    await ask(CREATE, alice, input=wanted())

    assert await codes(CREATE, alice, input=wanted()) == ["LIMIT_EXCEEDED"]


async def test_a_dry_run_counts_and_shows_and_changes_nothing(alice: Principal) -> None:
    for number in range(3):
        await store(alice, f"Order {number}")
    await store(alice, "Else", "a@else.test")
    await store(alice, "Archived", mailbox="archive")
    await store(alice, "Binned", mailbox="trash")
    shop = [{"field": "FROM", "relation": "DOMAIN", "value": "shop.test"}]

    here = (await ask(PREVIEW, alice, conditions=shop))["data"]["filterPreview"]
    everywhere = (await ask(PREVIEW, alice, conditions=shop, everywhere=True))["data"]["filterPreview"]

    assert here == {"lookedAt": 4, "matched": 3, "rows": [{"subject": "Order 2"}, {"subject": "Order 1"}]}
    assert (everywhere["lookedAt"], everywhere["matched"]) == (5, 4)
    for condition, matched in (
        ({"field": "BODY", "relation": "CONTAINS", "value": "hi"}, 4),
        ({"field": "LIST_ID", "relation": "EXISTS"}, 0),
        ({"field": "RECIPIENT", "relation": "IS", "value": "alice+x@example.test"}, 4),
        ({"field": "SUBJECT", "relation": "BEGINS", "value": "else"}, 1),
        ({"field": "SIZE", "relation": "UNDER", "value": "20"}, 0),
        ({"field": "ATTACHMENT", "relation": "EXISTS", "isNegated": True}, 4),
    ):
        answer = (await ask(PREVIEW, alice, conditions=[condition]))["data"]["filterPreview"]
        assert answer["matched"] == matched, condition
    assert await codes(PREVIEW, alice, conditions=[]) == ["INVALID"]
    assert await codes(PREVIEW, alice, conditions=shop * 21) == ["LIMIT_EXCEEDED"]


async def test_applying_goes_in_steps_and_says_what_takes_it_back(
    alice: Principal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.operations.filter_runs.STEP", 2)
    assert alice.user_id is not None
    refs = [str(await store(alice, f"Order {number}")) for number in range(3)]
    await store(alice, "Else", "a@else.test")
    await flags.store_refs(alice.user_id, [int(refs[0])], add=flags.SEEN)
    inbox, archive, drafts = [str(await box(alice, name)) for name in ("INBOX", "Archive", "Drafts")]
    actions = [{"act": "ARCHIVE"}, {"act": "READ"}, {"act": "TAG", "keyword": "Shop"}]
    copy = {"act": "COPY", "mailboxId": drafts}
    forward = {"act": "FORWARD", "addresses": ["x@far.test"]}
    made = (await ask(CREATE, alice, input=wanted(*actions, copy, forward)))["data"]["createFilter"]

    first = (await ask(APPLY, alice, id=made["id"], box=inbox))["data"]["applyFilter"]
    second = (await ask(APPLY, alice, id=made["id"], box=inbox, after=first["next"]))["data"]["applyFilter"]
    third = (await ask(APPLY, alice, id=made["id"], box=inbox, after=second["next"]))["data"]["applyFilter"]

    assert (first["lookedAt"], first["matched"], second["matched"]) == (2, 1, 2)
    assert first["moved"] == [{"mailboxId": inbox, "ids": [refs[2]]}]
    assert {"flag": "\\Seen", "ids": [refs[1]]} in second["marked"]
    assert {"flag": "Shop", "ids": [refs[1], refs[0]]} in second["marked"]
    assert len(second["copied"]) == 2
    assert (third["next"], third["lookedAt"]) == (None, 0)
    rows = await db.fetch_rows("SELECT mailbox_id, COUNT(*) FROM message GROUP BY mailbox_id")
    assert dict(rows) == {int(inbox): 1, int(archive): 3, int(drafts): 3}
    assert await db.fetch_value("SELECT COUNT(*) FROM spool_message") == 0
    assert await codes(APPLY, alice, id=made["id"], box=inbox, after="1") == ["INVALID"]


async def test_a_message_offers_what_a_filter_could_go_by(alice: Principal) -> None:
    assert alice.user_id is not None
    raw = (
        b"From: =?utf-8?q?J=C3=BCrgen?= <J@shop.test>\r\nList-Id: The news <news.shop.test>\r\n"
        b"Subject: AW: Re: [news] May\r\n\r\nHi"
    )
    ref = (
        await ingest.store(raw, alice.user_id, "inbox", prefix=b"Delivered-To: alice+x@example.test\r\n")
    ).ref

    assert (await ask(SUGGEST, alice, id=str(ref)))["data"]["filterSuggestion"] == {
        "sender": "J@shop.test",
        "senderName": "Jürgen",
        "senderDomain": "shop.test",
        "listId": "news.shop.test",
        "subject": "May",
        "detailAddress": "alice+x@example.test",
    }


async def test_messages_in_the_blob_store_are_looked_at_too(alice: Principal) -> None:
    assert alice.user_id is not None
    raw = b"X-Odd: yes\r\nSubject: Large\r\n\r\n" + b"x" * 80 * 1024
    ref = (await ingest.store(raw, alice.user_id, "inbox")).ref
    blob_id = await db.fetch_value(
        "SELECT e.blob_id FROM message m JOIN email e ON e.id = m.email_id WHERE ref = ?", ref
    )

    odd = [{"field": "HEADER", "relation": "IS", "header": "X-Odd", "value": "YES"}]

    assert (await ask(PREVIEW, alice, conditions=odd))["data"]["filterPreview"]["matched"] == 1
    assert await blobs.read_range(blob_id, 0, 5) == b"X-Odd"
