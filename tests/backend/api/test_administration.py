"""Administration over GraphQL: who reaches what, with ids of other domains and of nobody answered alike."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pytest
from starlette.requests import HTTPConnection

from backend.api.context import Context
from backend.api.schema import schema
from backend.directory import administrators, aliases, domains, settings, users
from backend.directory.principal import SYSTEM, Principal, for_administrator, for_user
from backend.directory.roles import OF_USERS, Role
from backend.directory.setting_key import GIB, Level
from backend.directory.types import Domain, User
from backend.kit import db
from backend.kit.runtime import Runtime
from backend.operations import accounts

PASSWORD = "violet-anchor-73"
NOBODY = "12345"


@dataclass(frozen=True, slots=True)
class House:
    """Two domains; the principals are those of the first."""

    example: Domain
    other: Domain
    ada: User
    stranger: User
    foreign_alias: int
    root: Principal
    admin: Principal
    plain: Principal

    def ids(self) -> dict[str, str]:
        """Ids of the other domain by what they are of."""
        return {
            "domain": str(self.other.id),
            "user": str(self.stranger.id),
            "alias": str(self.foreign_alias),
        }


@pytest.fixture
async def house(rt: Runtime) -> House:
    root = await administrators.add(SYSTEM, "root", PASSWORD)
    example, other = await domains.add(SYSTEM, "example.test"), await domains.add(SYSTEM, "other.test")
    admin = await accounts.add_user(SYSTEM, "boss@example.test", PASSWORD, role=Role.DOMAIN_ADMINISTRATOR)
    ada = await accounts.add_user(SYSTEM, "ada@example.test", PASSWORD)
    stranger = await accounts.add_user(SYSTEM, "stranger@other.test", PASSWORD)
    alias = await aliases.add(SYSTEM, other.id, "info", ["x@y.test"])
    await aliases.add(SYSTEM, example.id, "sales", ["ada@example.test"])
    return House(
        example, other, ada, stranger, alias.id, for_administrator(root), for_user(admin), for_user(ada)
    )


async def ask(document: str, principal: Principal | None, **variables: Any) -> tuple[Any, list[str]]:
    """The data, and the codes of the errors."""
    data, errors = await ask_in_words(document, principal, **variables)
    return data, [error.partition(" ")[0] for error in errors]


async def ask_in_words(document: str, principal: Principal | None, **variables: Any) -> tuple[Any, list[str]]:
    """The data, and code and message of the errors."""
    connection = HTTPConnection({"type": "http", "headers": [], "client": ("192.0.2.1", 1), "path": "/"})
    context = Context(connection, None, principal)
    result = await schema.execute(document, variable_values=variables, context_value=context)
    return result.data, [
        f"{(error.extensions or {}).get('code')} {error.message}" for error in result.errors or []
    ]


# Every administrative field with an id of its own kind in place of $id.
BY_ID = {
    "domain": [
        "query($id: ID!) { domain(id: $id) { name } }",
        "query($id: ID!) { users(domainId: $id) { totalCount } }",
        "query($id: ID!) { aliases(domainId: $id) { totalCount } }",
        "query($id: ID!) { domainAliases(domainId: $id) { name } }",
        'mutation($id: ID!) { addDomainAlias(domainId: $id, name: "further.test") { id } }',
        "query($id: ID!) { domainRoute(domainId: $id) { host } }",
        "query($id: ID!) { routedRecipients(domainId: $id) { totalCount } }",
        "mutation($id: ID!) { setDomainRoute(domainId: $id, input: {}) { host } }",
        "mutation($id: ID!) { removeDomainRoute(domainId: $id) }",
        'mutation($id: ID!) { addRoutedRecipients(domainId: $id, localparts: ["x"]) }',
        'mutation($id: ID!) { removeRoutedRecipients(domainId: $id, localparts: ["x"]) }',
        "query($id: ID!) { auditEntries(domainId: $id) { totalCount } }",
        "query($id: ID!) { settings(level: DOMAIN, targetId: $id) { key } }",
        'mutation($id: ID!) { createUser(domainId: $id, localpart: "x", name: "",'
        ' password: "violet-anchor-73") { id } }',
        'mutation($id: ID!) { createAlias(domainId: $id, localpart: "x", targets: ["a@b.test"]) { id } }',
        'mutation($id: ID!) { setSetting(level: DOMAIN, targetId: $id, key: "mailbox.quota_bytes",'
        " value: 5) { key } }",
        "mutation($id: ID!) { updateDomain(id: $id, isEnabled: false) { id } }",
        "mutation($id: ID!) { removeDomain(id: $id) }",
        'mutation($id: ID!) { setCeiling(level: DOMAIN, targetId: $id, key: "mailbox.quota_bytes",'
        " ceiling: 5) { key } }",
    ],
    "user": [
        "query($id: ID!) { user(id: $id) { address } }",
        "query($id: ID!) { settings(level: USER, targetId: $id) { key } }",
        'mutation($id: ID!) { updateUser(id: $id, name: "X") { id } }',
        "mutation($id: ID!) { updateUser(id: $id, role: DOMAIN_ADMINISTRATOR) { id } }",
        'mutation($id: ID!) { setPassword(userId: $id, password: "another-anchor-74") { id } }',
        "mutation($id: ID!) { removeUser(id: $id) }",
        'mutation($id: ID!) { setSetting(level: USER, targetId: $id, key: "mailbox.quota_bytes",'
        " value: 5) { key } }",
    ],
    "alias": [
        'mutation($id: ID!) { updateAlias(id: $id, targets: ["a@b.test"]) { id } }',
        "mutation($id: ID!) { removeAlias(id: $id) }",
    ],
}
CASES = [(kind, document) for kind, documents in BY_ID.items() for document in documents]


async def snapshot() -> list[list[Any]]:
    """All of the directory but the audit."""
    tables = (
        "domain",
        "domain_alias",
        "domain_route",
        "routed_recipient",
        "user_account",
        "alias",
        "setting",
        "account",
        "mailbox",
    )
    return [await db.fetch_rows(f"SELECT * FROM {table} ORDER BY id") for table in tables]


@pytest.mark.parametrize(("kind", "document"), CASES)
async def test_other_domains_are_as_if_they_were_not(house: House, kind: str, document: str) -> None:
    before = await snapshot()

    foreign = await ask_in_words(document, house.admin, id=house.ids()[kind])
    absent = await ask_in_words(document, house.admin, id=NOBODY)

    assert foreign == absent
    assert {error.partition(" ")[0] for error in foreign[1]} <= {"NOT_FOUND", "PERMISSION_DENIED"}
    assert not any((foreign[0] or {}).values())
    assert await snapshot() == before


@pytest.mark.parametrize(("kind", "document"), CASES)
async def test_plain_user_administers_nothing(house: House, kind: str, document: str) -> None:
    own = {"domain": house.example.id, "user": (await users.get_by_address(SYSTEM, "boss@example.test")).id}
    before = await snapshot()

    data, codes = await ask(document, house.plain, id=str(own.get(kind, 1)))

    assert codes == ["PERMISSION_DENIED"]
    assert not any((data or {}).values())
    assert await snapshot() == before


@pytest.mark.parametrize(("kind", "document"), CASES)
async def test_nobody_signed_in_reaches_nothing(house: House, kind: str, document: str) -> None:
    before = await snapshot()

    data, codes = await ask(document, None, id=house.ids()[kind])

    assert codes == ["UNAUTHENTICATED"]
    assert not any((data or {}).values())
    assert await snapshot() == before


@pytest.mark.parametrize("text", ["", "0x1", "-1", "1e3", "9" * 30, "١", "1; DROP TABLE domain"])
async def test_what_is_no_id_is_refused(house: House, text: str) -> None:
    data, codes = await ask("query($id: ID!) { domain(id: $id) { name } }", house.root, id=text)

    assert (data, codes) == ({"domain": None}, ["INVALID"])


async def test_domain_administrator_walks_through_the_own_domain(house: House) -> None:
    domain_id = str(house.example.id)
    made, codes = await ask(
        """mutation($id: ID!) { createUser(
            domainId: $id, localpart: "Bob", name: "Bob", password: "violet-anchor-73"
        ) { id address isEnabled quota { value origin { name isDefault } isEditable } } }""",
        house.admin,
        id=domain_id,
    )
    assert codes == []
    bob = made["createUser"]
    assert (bob["address"], bob["isEnabled"]) == ("bob@example.test", True)
    assert bob["quota"] == {
        "value": 10 * GIB,
        "origin": {"name": "Default", "isDefault": True},
        "isEditable": True,
    }

    listed, codes = await ask(
        "query($id: ID!) { users(domainId: $id, first: 2) { totalCount pageInfo { hasNextPage endCursor }"
        " edges { node { localpart } } } domains { edges { node { name userCount } } } }",
        house.admin,
        id=domain_id,
    )
    assert codes == []
    assert [edge["node"]["localpart"] for edge in listed["users"]["edges"]] == ["ada", "bob"]
    assert (listed["users"]["totalCount"], listed["users"]["pageInfo"]["hasNextPage"]) == (3, True)
    assert listed["domains"]["edges"] == [{"node": {"name": "example.test", "userCount": 3}}]

    rest, codes = await ask(
        "query($id: ID!, $after: String)"
        " { users(domainId: $id, after: $after) { edges { node { localpart } } } }",
        house.admin,
        id=domain_id,
        after=listed["users"]["pageInfo"]["endCursor"],
    )
    assert (rest["users"]["edges"], codes) == ([{"node": {"localpart": "boss"}}], [])


async def test_a_limit_says_what_it_may_be_and_whether_zero_is_none(house: House) -> None:
    data, codes = await ask(
        "query($id: ID!) { settings(level: DOMAIN, targetId: $id) {"
        " key subject kind choices { value label } ceilingKind zeroIsUnlimited } }",
        house.admin,
        id=str(house.example.id),
    )
    shown = {
        one["key"]: ([choice["value"] for choice in one["choices"]], one["zeroIsUnlimited"])
        for one in data["settings"]
    }

    assert codes == []
    assert shown["submission.over_limit"] == (["reject", "delay", "none"], False)
    assert shown["domain.recipients_per_hour"] == ([], True)
    assert shown["submission.undo_seconds"] == ([], False)
    [over] = [one for one in data["settings"] if one["key"] == "submission.over_limit"]
    assert over["choices"][1] == {"value": "delay", "label": "Let them wait"}
    [shortest] = [one for one in data["settings"] if one["key"] == "password.min_length"]
    assert (shortest["kind"], shortest["ceilingKind"]) == ("COUNT", "MIN")
    # Settings of a subject follow each other, so that a form can put its heading over them.
    subjects = [one["subject"] for one in data["settings"]]
    assert [subject for subject, _ in groupby(subjects)] == list(dict.fromkeys(subjects))
    assert subjects[0] == "Space and accounts"


async def test_refused_limit_names_who_set_it(house: House) -> None:
    await settings.set_ceiling(house.root, "mailbox.quota_bytes", Level.DOMAIN, house.example.id, GIB)
    result = await schema.execute(
        'mutation($id: ID!) { setSetting(level: USER, targetId: $id, key: "mailbox.quota_bytes",'
        " value: 5000000000) { value } }",
        variable_values={"id": str(house.ada.id)},
        context_value=Context(HTTPConnection({"type": "http", "headers": []}), None, house.admin),
    )

    assert result.data == {"setSetting": None}
    [error] = result.errors or []
    assert error.message == "Mailbox size: at most 1 GB, set by the system administrator for example.test"
    assert (error.extensions or {})["code"] == "LIMIT_EXCEEDED"


async def test_a_ceiling_is_shown_where_it_was_set(house: House) -> None:
    form = (
        "query($level: SettingLevel!, $id: ID) { settings(level: $level, targetId: $id)"
        " { key ceiling ownCeiling isCeilingEditable } }"
    )
    set_ = (
        "mutation($id: ID!, $to: SettingScalar) { setCeiling(level: DOMAIN, targetId: $id,"
        ' key: "mailbox.quota_bytes", ceiling: $to) { ownCeiling ceiling } }'
    )
    domain_id = str(house.example.id)

    async def quota(actor: Principal, level: str, id_: str) -> tuple[object, object, object]:
        found, codes = await ask(form, actor, level=level, id=id_)
        assert codes == []
        [one] = [row for row in found["settings"] if row["key"] == "mailbox.quota_bytes"]
        return one["ceiling"], one["ownCeiling"], one["isCeilingEditable"]

    assert await quota(house.root, "DOMAIN", domain_id) == (None, None, True)
    assert await ask(set_, house.root, id=domain_id, to=GIB) == (
        {"setCeiling": {"ownCeiling": GIB, "ceiling": GIB}},
        [],
    )
    assert await quota(house.root, "DOMAIN", domain_id) == (GIB, GIB, True)
    assert await quota(house.admin, "DOMAIN", domain_id) == (GIB, GIB, False)
    assert await quota(house.root, "USER", str(house.ada.id)) == (GIB, None, False)
    assert (await ask(set_, house.admin, id=domain_id, to=None))[1] == ["PERMISSION_DENIED"]
    await ask(set_, house.root, id=domain_id, to=None)
    assert await quota(house.root, "DOMAIN", domain_id) == (None, None, True)


async def test_user_changes_the_own_undo_time_and_nothing_else(house: House) -> None:
    own = str(house.ada.id)
    undo, quota = (
        "mutation($id: ID!) { setSetting(level: USER, targetId: $id,"
        f' key: "{key}", value: 20) {{ value }} }}'
        for key in ("submission.undo_seconds", "mailbox.quota_bytes")
    )

    assert await ask(undo, house.plain, id=own) == ({"setSetting": {"value": 20}}, [])
    assert await ask(quota, house.plain, id=own) == ({"setSetting": None}, ["PERMISSION_DENIED"])


async def test_secrets_are_no_fields(house: House) -> None:
    assert not any(word in schema.as_str().lower() for word in ("passwordhash", "tokenhash", "keyhash"))


GIVEN = "mutation($id: ID!, $role: Role!) { updateUser(id: $id, role: $role) { role isPrimary } }"


@pytest.mark.parametrize("role", OF_USERS)
async def test_each_role_is_given_by_the_administrator(house: House, role: Role) -> None:
    ada = await users.get_by_address(SYSTEM, "ada@example.test")

    data, codes = await ask(GIVEN, house.admin, id=str(ada.id), role=role.value)

    assert (data, codes) == ({"updateUser": {"role": role.value, "isPrimary": False}}, [])


@pytest.mark.parametrize("role", OF_USERS)
async def test_no_role_is_given_by_the_helpdesk(house: House, role: Role) -> None:
    helper = for_user(await accounts.add_user(SYSTEM, "help@example.test", PASSWORD, role=Role.HELPDESK))
    ada = await users.get_by_address(SYSTEM, "ada@example.test")

    data, codes = await ask(GIVEN, helper, id=str(ada.id), role=role.value)

    assert (data, codes) == ({"updateUser": None}, ["PERMISSION_DENIED"])
    assert (await users.get(SYSTEM, ada.id)).role is Role.USER
