"""Shared mailboxes over the schema: granting, an own read state, acts within rights, and nobody else's."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import pytest

from backend.api import subscriptions
from backend.directory import groups, settings
from backend.directory.principal import Principal, for_user
from backend.directory.roles import MATRIX, Permission, Role
from backend.directory.setting_key import Level
from backend.directory.types import User
from backend.kit import events
from backend.kit.runtime import Runtime
from backend.mailstore import ingest, mailboxes
from backend.mailstore.types import MailboxRow
from schema.events import MailboxChanged, SeenChanged, SharesChanged
from tests.backend.mailstore.consistency import assert_consistent
from tests.backend.mailstore.messages import message
from tests.backend.mailstore.people import grant, make_domain, make_user
from tests.support.api import ask

SET = (
    "mutation ($box: ID!, $holder: String!, $rights: [MailboxRight!]!) { setMailboxShare(input:"
    " {mailboxId: $box, holder: $holder, rights: $rights}) { holder kind isNegative rights } }"
)
UPDATE = "mutation ($input: UpdateMessagesInput!) { updateMessages(input: $input) { failed { id code } } }"
VIEW = "query ($box: ID!) { view(mailboxId: $box) { total state rows { id isSeen isFlagged subject } } }"


@dataclass
class Office:
    domain_id: int
    alice: User
    bob: User
    box: MailboxRow
    refs: list[str]

    @property
    def as_alice(self) -> Principal:
        return for_user(self.alice)

    @property
    def as_bob(self) -> Principal:
        return for_user(self.bob)


@pytest.fixture
async def office(rt: Runtime) -> Office:
    """alice has Projects with three messages; bob is a colleague."""
    domain_id = await make_domain()
    alice, bob = [await make_user(domain_id, f"{name}@example.test") for name in ("alice", "bob")]
    box = await mailboxes.create(alice.id, "Projects")
    filed = [await ingest.store(message(f"Note {n}"), alice.id, box.id, internal_at=n) for n in range(3)]
    return Office(domain_id, alice, bob, box, [str(one.ref) for one in filed])


async def data(document: str, principal: Principal, **variables: Any) -> Any:
    answer = await ask(document, principal, **variables)
    assert "errors" not in answer, answer["errors"]
    return answer["data"]


async def codes(document: str, principal: Principal, **variables: Any) -> list[str]:
    answer = await ask(document, principal, **variables)
    return [error["extensions"]["code"] for error in answer.get("errors", [])]


async def update(office: Office, **wanted: Any) -> list[dict[str, str]]:
    found = await data(UPDATE, office.as_bob, input={"ids": office.refs, **wanted})
    return list(found["updateMessages"]["failed"])


async def test_grant_change_and_revoke(office: Office) -> None:
    box = str(office.box.id)
    granted = await data(SET, office.as_alice, box=box, holder="bob@example.test", rights=["LOOKUP", "READ"])
    assert granted["setMailboxShare"] == [
        {"holder": "bob@example.test", "kind": "USER", "isNegative": False, "rights": ["LOOKUP", "READ"]}
    ]
    [seen] = [
        one
        for one in (await data("{ mailboxes { path owner rights } }", office.as_bob))["mailboxes"]
        if one["owner"]
    ]
    assert seen == {
        "path": "Users/alice@example.test/Projects",
        "owner": "alice@example.test",
        "rights": ["LOOKUP", "READ"],
    }
    ask_shares = "query ($box: ID!) { mailboxShares(mailboxId: $box) { holder } }"
    assert await codes(ask_shares, office.as_bob, box=box) == ["PERMISSION_DENIED"]
    assert await data(SET, office.as_alice, box=box, holder="bob", rights=[]) == {"setMailboxShare": []}
    assert await codes(ask_shares, office.as_bob, box=box) == ["NOT_FOUND"]
    assert await codes(VIEW, office.as_bob, box=box) == ["NOT_FOUND"]


async def test_read_state_is_the_viewers_own(office: Office) -> None:
    await grant(office.alice, office.box, "bob", "lrsw")
    box = str(office.box.id)
    before = (await data(VIEW, office.as_bob, box=box))["view"]["state"]
    failed = await data(
        UPDATE,
        office.as_bob,
        input={"ids": office.refs[:2], "addFlags": ["\\Seen"]},
    )
    assert failed["updateMessages"]["failed"] == []

    rows = (await data(VIEW, office.as_bob, box=box))["view"]["rows"]
    assert [row["isSeen"] for row in rows] == [False, True, True]
    rows = (await data(VIEW, office.as_alice, box=box))["view"]["rows"]
    assert [row["isSeen"] for row in rows] == [False, False, False]
    changes = "query ($box: ID!, $since: Long!) { viewChanges(mailboxId: $box, since: $since)"
    changes += " { state isReset updated { id isSeen } mailboxes { path unread } } }"
    found = (await data(changes, office.as_bob, box=box, since=before))["viewChanges"]
    assert sorted(row["id"] for row in found["updated"]) == sorted(office.refs[:2])
    assert {"path": "Users/alice@example.test/Projects", "unread": 1} in found["mailboxes"]
    again = (await data(changes, office.as_bob, box=box, since=found["state"]))["viewChanges"]
    assert again["updated"] == []
    one = "query ($id: ID!) { message(id: $id) { row { isSeen subject } body { text } thread { id } } }"
    opened = (await data(one, office.as_bob, id=office.refs[0]))["message"]
    assert opened["row"] == {"isSeen": True, "subject": "Note 0"}
    searched = VIEW.replace("(mailboxId: $box)", '(mailboxId: $box, search: "note")')
    assert (await data(searched, office.as_bob, box=box))["view"]["total"] == 3


async def test_acts_need_their_rights(office: Office) -> None:
    await grant(office.alice, office.box, "bob", "lrs")
    denied = [{"id": ref, "code": "PERMISSION_DENIED"} for ref in office.refs]
    archive = await mailboxes.by_use(office.bob.id, "archive")

    assert await update(office, addFlags=["\\Flagged"]) == denied
    assert await update(office, addFlags=["\\Flagged", "\\Seen"]) == []
    assert await update(office, moveTo=str(archive.id)) == denied
    assert await update(office, destroy=True) == denied
    rows = (await data(VIEW, office.as_bob, box=str(office.box.id)))["view"]["rows"]
    assert {(row["isSeen"], row["isFlagged"]) for row in rows} == {(True, False)}

    await grant(office.alice, office.box, "bob", "lrste")
    assert await update(office, moveTo=str(archive.id)) == []
    rows = (await data(VIEW, office.as_bob, box=str(archive.id)))["view"]["rows"]
    assert [(row["isSeen"], row["subject"]) for row in rows] == [(True, f"Note {n}") for n in (2, 1, 0)]
    assert (await mailboxes.by_id(office.alice.id, office.box.id)).exists == 0
    await assert_consistent()


async def test_own_messages_move_into_anothers_mailbox(office: Office) -> None:
    own = await ingest.store(message("Mine"), office.bob.id, "inbox")
    move = {"ids": [str(own.ref)], "moveTo": str(office.box.id)}
    assert await codes(UPDATE, office.as_bob, input=move) == ["NOT_FOUND"]
    await grant(office.alice, office.box, "bob", "lr")
    assert await codes(UPDATE, office.as_bob, input=move) == ["PERMISSION_DENIED"]
    await grant(office.alice, office.box, "bob", "lri")
    assert (await data(UPDATE, office.as_bob, input=move))["updateMessages"]["failed"] == []
    assert (await mailboxes.by_id(office.alice.id, office.box.id)).exists == 4
    await assert_consistent()


@pytest.mark.parametrize(
    "document",
    [
        "query ($box: ID!) { view(mailboxId: $box) { total } }",
        'query ($box: ID!) { view(mailboxId: $box, search: "note") { total } }',
        "query ($box: ID!) { viewChanges(mailboxId: $box, since: 0) { total } }",
        "query ($box: ID!) { mailboxShares(mailboxId: $box) { holder } }",
        'mutation ($box: ID!) { setMailboxShare(input: {mailboxId: $box, holder: "bob@example.test",'
        " rights: [READ, ADMINISTER]}) { holder } }",
        "mutation ($box: ID!) { beginBulkAct(input: {mailboxId: $box, destroy: true}) { id } }",
        "mutation ($box: ID!) { deleteMailbox(id: $box) }",
        'mutation ($box: ID!) { renameMailbox(id: $box, path: "X") { id } }',
    ],
)
async def test_a_mailbox_without_rights_is_not_found(office: Office, document: str) -> None:
    """Neither for a colleague nor for a stranger."""
    stranger = await make_user(await make_domain("other.test"), "eve@other.test")
    for principal in (office.as_bob, for_user(stranger)):
        assert await codes(document, principal, box=str(office.box.id)) == ["NOT_FOUND"]
    assert (await mailboxes.by_id(office.alice.id, office.box.id)).exists == 3


async def test_messages_without_rights_are_not_found(office: Office) -> None:
    rows = "query ($ids: [ID!]!) { messageRows(ids: $ids) { id } }"
    one = "query ($id: ID!) { message(id: $id) { id } }"
    for rights in ("", "l", "lsw"):
        await grant(office.alice, office.box, "bob", rights)
        assert (await data(rows, office.as_bob, ids=office.refs))["messageRows"] == []
        assert (await data(one, office.as_bob, id=office.refs[0]))["message"] is None
        assert [one["code"] for one in await update(office, addFlags=["\\Seen"])] == ["NOT_FOUND"] * 3
    await grant(office.alice, office.box, "bob", "r")
    assert len((await data(rows, office.as_bob, ids=office.refs))["messageRows"]) == 3


async def test_a_key_without_mail_grants_nothing(office: Office) -> None:
    restricted = office.as_alice.restricted_to(frozenset({Permission.API_KEYS_MANAGE}))
    variables = {"box": str(office.box.id), "holder": "bob", "rights": ["READ"]}
    assert await codes(SET, restricted, **variables) == ["NOT_FOUND"]


async def test_groups_and_accounts_without_a_person(office: Office) -> None:
    admin = for_user(await make_user(office.domain_id, "root@example.test", role=Role.DOMAIN_ADMINISTRATOR))
    domain = str(office.domain_id)
    made = await data(
        'mutation ($d: ID!) { createGroup(domainId: $d, name: "Desk") { id name memberCount }'
        ' createSharedAccount(domainId: $d, localpart: "info") { id address isShared } }',
        admin,
        d=domain,
    )
    group, account = made["createGroup"], made["createSharedAccount"]
    assert (group["name"], group["memberCount"]) == ("desk", 0)
    assert (account["address"], account["isShared"]) == ("info@example.test", True)
    await data(
        'mutation ($g: ID!) { addGroupMember(groupId: $g, address: "bob@example.test") { memberCount } }',
        admin,
        g=group["id"],
    )
    found = await data(
        "query ($u: ID!, $g: ID!, $d: ID!) { sharedAccountMailboxes(userId: $u) { id path }"
        " groupMembers(groupId: $g) { address } groups(domainId: $d) { totalCount } }",
        admin,
        u=account["id"],
        g=group["id"],
        d=domain,
    )
    assert [one["address"] for one in found["groupMembers"]] == ["bob@example.test"]
    inbox = next(one["id"] for one in found["sharedAccountMailboxes"] if one["path"] == "INBOX")
    await data(SET, admin, box=inbox, holder="group:desk", rights=["LOOKUP", "READ"])
    paths = [one["path"] for one in (await data("{ mailboxes { path } }", office.as_bob))["mailboxes"]]
    assert paths[-1] == "Shared/info@example.test/INBOX"

    # The administrator's reach ends at what belongs to a person.
    assert await codes(SET, admin, box=str(office.box.id), holder="root", rights=["READ"]) == ["NOT_FOUND"]
    assert await codes(
        "query ($u: ID!) { sharedAccountMailboxes(userId: $u) { id } }", admin, u=str(office.alice.id)
    ) == ["NOT_FOUND"]
    assert await codes(
        'mutation ($u: ID!) { setPassword(userId: $u, password: "a wide calm river") { id } }',
        admin,
        u=account["id"],
    ) == ["PERMISSION_DENIED"]


async def test_changes_reach_who_holds_the_mailbox(office: Office) -> None:
    await grant(office.alice, office.box, "bob", "lrs")
    pending = subscriptions._Pending(office.bob.id, office.domain_id, None)
    pending.shared = await subscriptions._shared(office.bob.id)
    bus = events.bus()
    bus.subscribe(MailboxChanged, pending.on_mailbox)
    bus.subscribe(SeenChanged, pending.on_seen)
    bus.subscribe(SharesChanged, pending.on_rights)
    await ingest.store(message("News"), office.alice.id, office.box.id)
    await asyncio.wait_for(pending.wake.wait(), 10)
    assert pending.take()[:2] == ({office.box.id}, False)
    await ingest.store(message("Private"), office.alice.id, "inbox")
    await update(office, addFlags=["\\Seen"])
    assert pending.take()[:2] == ({office.box.id}, False)
    await grant(office.alice, office.box, "bob", "")
    assert pending.take()[:2] == (set(), True)


async def test_writing_in_anothers_name_over_the_schema(office: Office) -> None:
    put = (
        "mutation ($holder: String!, $mode: SendMode, $user: ID) {"
        " setSendGrant(holder: $holder, mode: $mode, userId: $user) { holder kind mode } }"
    )
    alice = str(office.alice.id)

    granted = await data(put, office.as_alice, holder="bob@example.test", mode="BEHALF")
    assert granted["setSendGrant"] == [{"holder": "bob@example.test", "kind": "USER", "mode": "BEHALF"}]
    shown = await data("{ viewer { identities { address mode } } }", office.as_bob)
    assert shown["viewer"]["identities"] == [
        {"address": "bob@example.test", "mode": None},
        {"address": "alice@example.test", "mode": "BEHALF"},
    ]
    assert await codes(put, office.as_bob, holder="bob", mode="AS", user=alice) == ["PERMISSION_DENIED"]
    assert (await data(put, office.as_alice, holder="bob@example.test"))["setSendGrant"] == []
    assert (await data("{ sendGrants { holder } }", office.as_alice))["sendGrants"] == []


async def test_holders_are_found_in_the_own_domain_alone(office: Office) -> None:
    find = "query ($text: String!) { shareHolders(search: $text) { holder kind name } }"
    foreign = await make_domain("other.test")
    await make_user(foreign, "bobby@other.test")
    boss = Principal("user", 9, "boss@example.test", Role.DOMAIN_ADMINISTRATOR,
                     MATRIX[Role.DOMAIN_ADMINISTRATOR], user_id=9, domain_id=office.domain_id)  # fmt: skip
    await groups.add(boss, office.domain_id, "bobsled")

    async def found(text: str) -> list[tuple[str, str]]:
        answer = await data(find, office.as_alice, text=text)
        return [(one["holder"], one["kind"]) for one in answer["shareHolders"]]

    assert await found("bob") == [("group:bobsled", "GROUP"), ("bob@example.test", "USER")]
    assert await found("BOB@EXAMPLE") == [("bob@example.test", "USER")]
    assert await found("alice") == []
    assert await found("bobby") == []
    assert await found("%") == []
    assert await found(" ") == []
    assert await found("anyone") == []
    await settings.set_value(boss, "shares.anyone", Level.DOMAIN, office.domain_id, True)
    assert await found("any") == [("anyone", "ANYONE")]
