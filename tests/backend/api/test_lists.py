"""Mailing lists over the schema: by those who manage them, by owners and moderators, and by nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from backend.directory import lists as directory_lists
from backend.directory.list_types import Subscription
from backend.directory.principal import SYSTEM, Principal, for_user
from backend.directory.roles import Role
from backend.directory.types import User
from backend.formats.addresses import Address
from backend.kit import blobs, db
from backend.kit.runtime import Runtime
from backend.submission.lists import held, requests
from backend.submission.lists.requests import Action
from tests.backend.mailstore.people import make_domain, make_user
from tests.support.api import ask

CREATE = (
    "mutation ($domain: ID!, $name: String!, $options: MailingListOptions!) { createMailingList(domainId:"
    " $domain, localpart: $name, options: $options) { id address standing posting memberCount } }"
)
UPDATE = (
    "mutation ($id: ID!, $options: MailingListOptions!) { updateMailingList(id: $id, options: $options)"
    " { footer isEnabled } }"
)
ADD = (
    "mutation ($id: ID!, $members: [NewListMember!]!, $role: ListStanding!) { addListMembers(listId: $id,"
    " members: $members, role: $role) { added known refused } }"
)
MEMBERS = (
    "query ($id: ID!) { listMembers(listId: $id, first: 2) { totalCount pageInfo { hasNextPage }"
    " edges { node { id address } } } }"
)
HELD = "query ($id: ID!) { heldListPosts(listId: $id) { totalCount edges { node { id subject reason } } } }"
DECIDE = (
    "mutation ($id: ID!, $ids: [ID!]!, $what: ListDecision!) { decideListPosts(listId: $id, ids: $ids,"
    ' decision: $what, reason: "because") }'
)
REQUESTS = "query ($id: ID!) { listRequests(listId: $id) { id address } }"


@dataclass
class Office:
    domain_id: int
    admin: User
    owner: User
    moderator: User
    nobody: User
    list_id: str

    @property
    def as_admin(self) -> Principal:
        return for_user(self.admin)


async def data(document: str, principal: Principal | User, **variables: Any) -> Any:
    actor = for_user(principal) if isinstance(principal, User) else principal
    answer = await ask(document, actor, **variables)
    assert "errors" not in answer, answer["errors"]
    return answer["data"]


async def code(document: str, user: User, **variables: Any) -> str:
    answer = await ask(document, for_user(user), **variables)
    return str(answer["errors"][0]["extensions"]["code"])


@pytest.fixture
async def office(rt: Runtime) -> Office:
    """A list with an owner and a moderator who are plain users."""
    domain_id = await make_domain()
    people = [await make_user(domain_id, f"{name}@example.test") for name in ("owner", "mod", "nobody")]
    admin = await make_user(domain_id, "admin@example.test", role=Role.DOMAIN_ADMINISTRATOR)
    made = await data(CREATE, admin, domain=str(domain_id), name="team", options={"posting": "ANYONE"})
    list_id = made["createMailingList"]["id"]
    for user, role in zip(people, ("OWNER", "MODERATOR"), strict=False):
        await data(ADD, admin, id=list_id, members=[{"address": user.address}], role=role)
    owner, moderator, nobody = people
    return Office(domain_id, admin, owner, moderator, nobody, list_id)


async def _hold(office: Office, subject: str = "Hello") -> str:
    mailing_list = await directory_lists.get(SYSTEM, int(office.list_id))
    raw = f"From: x@remote.test\r\nSubject: {subject}\r\n\r\nWhat it says\r\n".encode()
    new = await blobs.prepare(raw)
    notice = await held.notice(mailing_list)
    post = held.NewPost("x@remote.test", "x@remote.test", subject, "moderated", new.id, new.size_bytes)

    async def verb(tx: db.Tx) -> None:
        await blobs.insert(tx, new, refs=0)
        await held.hold(tx, mailing_list, post, notice, raw)

    await db.write(verb)
    return str(notice.post_id)


async def test_administrators_make_lists_and_see_them(office: Office) -> None:
    found = await data(
        "query ($d: ID!) { mailingLists(domainId: $d) { totalCount"
        " edges { node { address memberCount standing } } } }",
        office.as_admin,
        d=str(office.domain_id),
    )

    assert found["mailingLists"] == {
        "totalCount": 1,
        "edges": [{"node": {"address": "team@example.test", "memberCount": 2, "standing": "ADMINISTRATOR"}}],
    }
    assert await code(CREATE, office.owner, domain=str(office.domain_id), name="x", options={}) == (
        "PERMISSION_DENIED"
    )


async def test_owners_set_up_their_list_and_moderators_do_not(office: Office) -> None:
    done = await data(UPDATE, office.owner, id=office.list_id, options={"footer": "Bye"})
    assert done["updateMailingList"] == {"footer": "Bye", "isEnabled": True}
    assert await code(UPDATE, office.owner, id=office.list_id, options={"isEnabled": False}) == (
        "PERMISSION_DENIED"
    )
    assert await code(UPDATE, office.moderator, id=office.list_id, options={"footer": "x"}) == (
        "PERMISSION_DENIED"
    )
    assert await code(UPDATE, office.nobody, id=office.list_id, options={"footer": "x"}) == "NOT_FOUND"
    mine = "{ moderatedLists { id standing } }"
    assert (await data(mine, office.moderator))["moderatedLists"] == [
        {"id": office.list_id, "standing": "MODERATOR"}
    ]
    assert (await data(mine, office.nobody))["moderatedLists"] == []


async def test_members_in_pages(office: Office) -> None:
    added = await data(
        ADD, office.owner, id=office.list_id, role="MEMBER",
        members=[{"address": "a@x.test", "name": "A"}, {"address": "nobody@example.test"}, {"address": "?"}],
    )  # fmt: skip
    assert added["addListMembers"] == {"added": 2, "known": 0, "refused": ["?"]}
    page = (await data(MEMBERS, office.moderator, id=office.list_id))["listMembers"]
    assert (page["totalCount"], page["pageInfo"]["hasNextPage"]) == (4, True)
    assert [edge["node"]["address"] for edge in page["edges"]] == ["a@x.test", "mod@example.test"]
    assert await code(MEMBERS, office.nobody, id=office.list_id) == "NOT_FOUND"
    change = (
        "mutation ($id: ID!, $m: ID!) { updateListMember(listId: $id, id: $m, delivery: NONE) { delivery } }"
    )
    member = page["edges"][0]["node"]["id"]
    assert (await data(change, office.owner, id=office.list_id, m=member))["updateListMember"] == {
        "delivery": "NONE"
    }
    remove = "mutation ($id: ID!, $m: ID!) { removeListMembers(listId: $id, ids: [$m]) }"
    assert await code(remove, office.moderator, id=office.list_id, m=member) == "PERMISSION_DENIED"
    assert (await data(remove, office.owner, id=office.list_id, m=member))["removeListMembers"] == 1


async def test_moderators_decide_about_posts(office: Office) -> None:
    first, second, third = [await _hold(office, f"Post {n}") for n in range(3)]
    shown = (await data(HELD, office.moderator, id=office.list_id))["heldListPosts"]
    assert (shown["totalCount"], [edge["node"]["id"] for edge in shown["edges"]]) == (
        3,
        [first, second, third],
    )
    text = "query ($id: ID!, $p: ID!) { heldListPostText(listId: $id, postId: $p) }"
    assert (
        "What it says" in (await data(text, office.moderator, id=office.list_id, p=first))["heldListPostText"]
    )
    for document, more in ((HELD, {}), (text, {"p": first}), (DECIDE, {"ids": [first], "what": "APPROVE"})):
        assert await code(document, office.nobody, id=office.list_id, **more) == "NOT_FOUND"

    for ids, what in (([first], "APPROVE"), ([second], "REJECT"), ([third, third], "DISCARD")):
        done = await data(DECIDE, office.moderator, id=office.list_id, ids=ids, what=what)
        assert done["decideListPosts"] == 1

    assert await db.fetch_value("SELECT count(*) FROM list_post") == 0
    assert await db.fetch_value("SELECT count(*) FROM list_distribution") == 1
    told = await db.fetch_rows(
        "SELECT r.localpart FROM spool_recipient r JOIN spool_message m ON m.id = r.message_id"
        " WHERE m.subject LIKE 'Your post to%'"
    )
    assert told == [("x",)]
    actions = await db.fetch_rows("SELECT actor, action FROM audit_entry WHERE action IN"
                                  " ('list.approve', 'list.reject', 'list.discard') ORDER BY id")  # fmt: skip
    assert actions == [("mod@example.test", f"list.{what}") for what in ("approve", "reject", "discard")]


async def test_moderators_decide_about_requests(office: Office) -> None:
    await data(UPDATE, office.owner, id=office.list_id, options={"subscription": "REQUEST"})
    mailing_list = await directory_lists.get(SYSTEM, int(office.list_id))
    assert mailing_list.subscription is Subscription.REQUEST
    for name in ("in", "out"):
        asking = await requests.prepare(
            mailing_list, Address(name, "remote.test"), Action.SUBSCRIBE, is_proven=True
        )
        await db.write(lambda tx, asking=asking: requests.ask(tx, asking))  # type: ignore[misc]  # bound now
    waiting = (await data(REQUESTS, office.moderator, id=office.list_id))["listRequests"]
    decide = (
        "mutation ($id: ID!, $r: ID!, $yes: Boolean!)"
        " { decideListRequests(listId: $id, ids: [$r], isGranted: $yes) }"
    )

    for request, granted in zip(waiting, (True, False), strict=True):
        assert await code(decide, office.nobody, id=office.list_id, r=request["id"], yes=True) == "NOT_FOUND"
        done = await data(decide, office.moderator, id=office.list_id, r=request["id"], yes=granted)
        assert done["decideListRequests"] == 1

    members = await db.fetch_rows("SELECT address FROM list_member WHERE address LIKE '%remote.test'")
    assert members == [("in@remote.test",)]
    assert await db.fetch_value("SELECT count(*) FROM list_request") == 0


async def test_expiry_discards_posts_and_forgets_requests(office: Office) -> None:
    await _hold(office)
    await db.write(lambda tx: tx.execute("UPDATE list_post SET expires_at = 1"))

    assert (await held.expire(), await held.expire(), await requests.expire()) == (1, 0, 0)

    assert await db.fetch_value("SELECT count(*) FROM blob WHERE refs = 0") == 1
