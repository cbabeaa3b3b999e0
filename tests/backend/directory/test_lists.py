"""Mailing lists: their addresses, who may change them, members by the thousand, and who may post."""

from __future__ import annotations

import json

import pytest

from backend.directory import (
    aliases,
    domains,
    groups,
    list_addresses,
    list_members,
    list_posting,
    lists,
    resolve,
    settings,
)
from backend.directory.list_members import Added, Change, NewMember
from backend.directory.list_types import (
    AddressKind,
    Command,
    Delivery,
    MailingList,
    MemberView,
    Posting,
    Refusal,
    Standing,
)
from backend.directory.lists import Options
from backend.directory.principal import SYSTEM, for_user
from backend.directory.resolve import Disabled, Expansion, ListTarget, LocalUser, Unknown
from backend.directory.roles import Role
from backend.directory.setting_key import Level
from backend.formats.addresses import Address
from backend.kit import db
from backend.kit.errors import Conflict, InvalidSyntax, LimitExceeded, NotFound, PermissionDenied


@pytest.fixture
async def talk(world) -> MailingList:
    return await lists.add(SYSTEM, world.example.id, "talk", Options(name="Talk"))


async def _add(made: MailingList, *addresses: str, role: Standing = Standing.MEMBER) -> Added:
    return await list_members.add_many(SYSTEM, made.id, [NewMember(one) for one in addresses], role=role)


async def test_a_list_takes_its_addresses(world, talk: MailingList) -> None:
    for localpart in ("TALK", "talk-owner", "talk-request", "talk-subscribe", "talk-unsubscribe"):
        with pytest.raises(Conflict):
            await aliases.add(SYSTEM, world.example.id, localpart, ["ada@example.test"])
    await aliases.add(SYSTEM, world.example.id, "news-owner", ["ada@example.test"])

    for taken in ("talk", "ada", "news"):
        with pytest.raises(Conflict):
            await lists.add(SYSTEM, world.example.id, taken)
    for wrong in ("a+b", "*", "bücher", "x-owner", "a" * 60, ""):
        with pytest.raises(InvalidSyntax):
            await lists.add(SYSTEM, world.example.id, wrong)
    assert await db.fetch_value("SELECT count(*) FROM mailing_list") == 1


async def test_options_are_checked_and_noted(world, talk: MailingList, last_audit) -> None:
    after = await lists.update(
        world.as_deputy, talk.id, Options(subject_prefix=" [a]  b ", footer="x\r\ny\n", is_moderated=True)
    )

    assert (after.subject_prefix, after.footer, after.is_moderated) == ("[a] b", "x\ny", True)
    assert await lists.get(world.as_deputy, talk.id) == after
    assert set(json.loads((await last_audit())[3])) == {"subject_prefix", "footer", "is_moderated"}
    for wrong in (
        Options(subject_prefix="x" * 61),
        Options(footer="\x07"),
        Options(max_bytes=-1),
        Options(unentitled=Refusal.ACCEPT),
        Options(name="a\nb\x01"),
    ):
        with pytest.raises(InvalidSyntax):
            await lists.update(SYSTEM, talk.id, wrong)


async def test_who_may_change_a_list(world, talk: MailingList, add_user) -> None:
    manager = await add_user("manager@example.test", role=Role.LIST_MANAGER)
    helpdesk = await add_user("desk@example.test", role=Role.HELPDESK)
    owner, moderator = await add_user("owner@example.test"), await add_user("mod@example.test")
    await _add(talk, "owner@example.test", role=Standing.OWNER)
    await _add(talk, "mod@example.test", role=Standing.MODERATOR)

    await lists.update(for_user(manager), talk.id, Options(is_enabled=False))
    await lists.update(for_user(manager), talk.id, Options(is_enabled=True))
    await lists.update(for_user(owner), talk.id, Options(description="ours"))
    for actor, change in (
        (owner, Options(is_enabled=False)),
        (owner, Options(max_bytes=1)),
        (moderator, Options(description="mine")),
    ):
        with pytest.raises(PermissionDenied):
            await lists.update(for_user(actor), talk.id, change)
    assert (await lists.get(for_user(helpdesk), talk.id)).description == "ours"
    with pytest.raises(NotFound):
        await list_members.list_page(for_user(helpdesk), talk.id)
    for nobody in (world.as_ada, for_user(world.stranger)):
        with pytest.raises(NotFound):
            await lists.get(nobody, talk.id)
    with pytest.raises(PermissionDenied):
        await lists.add(world.as_ada, world.example.id, "mine")
    assert [one.id for one in await lists.moderated_by(for_user(owner))] == [talk.id]
    assert await lists.moderated_by(world.as_ada) == []
    with pytest.raises(PermissionDenied):
        await lists.remove(for_user(owner), talk.id)


async def test_limits_of_lists_and_members(world, talk: MailingList) -> None:
    await settings.set_value(world.as_root, "domain.max_lists", Level.DOMAIN, world.example.id, 1)
    await settings.set_value(world.as_root, "lists.max_members", Level.DOMAIN, world.example.id, 2)

    with pytest.raises(LimitExceeded, match=r"1 lists and may have 1"):
        await lists.add(SYSTEM, world.example.id, "more")
    await _add(talk, "a@x.test")
    with pytest.raises(LimitExceeded):
        await _add(talk, "b@x.test", "c@x.test")
    assert await db.fetch_value("SELECT count(*) FROM list_member") == 1


async def test_members_come_once_and_what_is_none_is_told(world, talk: MailingList) -> None:
    await groups.add(SYSTEM, world.example.id, "desk")

    first = await list_members.add_many(
        SYSTEM,
        talk.id,
        [
            NewMember("X@Remote.TEST", "Xaver"),
            NewMember("x@remote.test"),
            NewMember("group:desk"),
            NewMember("group:none"),
            NewMember("nonsense"),
            NewMember("talk@example.test"),
        ],
    )
    again = await _add(talk, "x@remote.test", "y@remote.test")

    assert first == Added(2, 0, ("nonsense", "talk@example.test", "group:none"))
    assert again == Added(1, 1, ())
    page = await list_members.list_page(SYSTEM, talk.id, limit=2)
    assert [(one.address, one.name) for one in page.items] == [("group:desk", ""), ("x@remote.test", "Xaver")]
    assert (page.total, page.has_more) == (3, True)
    with pytest.raises(LimitExceeded):
        await list_members.add_many(SYSTEM, talk.id, [NewMember("a@x.test")] * 1001)


async def test_members_are_changed_and_removed(world, talk: MailingList, last_audit) -> None:
    await _add(talk, "x@remote.test", "y@remote.test")
    member_id = await list_members.find_id(SYSTEM, talk.id, "X@remote.test")
    await db.write(lambda tx: tx.execute("UPDATE list_member SET suspended_at = 5, bounces = 7"))

    changed = await list_members.update(
        world.as_deputy,
        talk.id,
        member_id,
        Change(role=Standing.OWNER, delivery=Delivery.NONE, is_suspended=False),
    )

    assert (changed.role, changed.delivery, changed.suspended_at, changed.bounces) == (
        Standing.OWNER,
        Delivery.NONE,
        None,
        0,
    )
    assert (await last_audit())[1] == "list.update_member"
    assert await list_members.remove(world.as_deputy, talk.id, [member_id, 99]) == 1
    with pytest.raises(NotFound):
        await list_members.find_id(SYSTEM, talk.id, "x@remote.test")


async def test_members_see_each_other_only_where_the_list_says_so(world, talk: MailingList) -> None:
    await _add(talk, "ada@example.test", "x@remote.test")

    with pytest.raises(NotFound):
        await list_members.list_page(world.as_ada, talk.id)
    await lists.update(SYSTEM, talk.id, Options(member_view=MemberView.MEMBERS))
    assert (await list_members.list_page(world.as_ada, talk.id)).total == 2


async def test_addresses_mean_the_list(world, talk: MailingList) -> None:
    async def meaning(localpart: str) -> object:
        return await resolve.resolve(Address(localpart, "example.test"))

    found = await meaning("Talk")
    assert isinstance(found, ListTarget)
    assert (found.mailing_list, found.command) == (talk, Command.POST)
    asked = await meaning("talk-unsubscribe")
    assert isinstance(asked, ListTarget)
    assert asked.command is Command.UNSUBSCRIBE
    assert await meaning("talk-owner") == LocalUser(
        world.primary.id, world.example.id, Address("talk-owner", "example.test")
    )
    await _add(talk, "x@remote.test", role=Standing.OWNER)
    owners = await meaning("talk-owner")
    assert isinstance(owners, Expansion)
    assert owners.targets == (Address("x", "remote.test"),)
    await lists.update(SYSTEM, talk.id, Options(is_enabled=False))
    assert isinstance(await meaning("talk"), Disabled)
    await lists.remove(SYSTEM, talk.id)
    assert isinstance(await meaning("talk"), Unknown)
    assert await db.fetch_value("SELECT count(*) FROM list_member") == 0


@pytest.mark.parametrize(
    ("options", "sender", "is_signed_in", "verdict"),
    [
        (Options(posting=Posting.ANYONE), "x@remote.test", False, Refusal.ACCEPT),
        (Options(posting=Posting.ANYONE), "bad@spam.test", False, Refusal.REJECT),
        (Options(posting=Posting.ANYONE, is_moderated=True), "x@remote.test", False, Refusal.HOLD),
        (Options(posting=Posting.MEMBERS), "ada@example.test", True, Refusal.ACCEPT),
        (Options(posting=Posting.MEMBERS), "ada@example.test", False, Refusal.HOLD),
        (Options(posting=Posting.MEMBERS, unverified=Refusal.ACCEPT), "m@remote.test", False, Refusal.ACCEPT),
        (Options(posting=Posting.MEMBERS, unverified=Refusal.REJECT), "m@remote.test", False, Refusal.REJECT),
        (Options(posting=Posting.MEMBERS), "x@remote.test", False, Refusal.REJECT),
        (Options(posting=Posting.MEMBERS, unentitled=Refusal.HOLD), "x@remote.test", False, Refusal.HOLD),
        (Options(posting=Posting.MODERATORS), "ada@example.test", True, Refusal.REJECT),
        (Options(posting=Posting.MODERATORS), "deputy@example.test", True, Refusal.ACCEPT),
        (Options(posting=Posting.CHOSEN), "ada@example.test", True, Refusal.REJECT),
        (Options(posting=Posting.CHOSEN, unverified=Refusal.ACCEPT), "x@chosen.test", False, Refusal.ACCEPT),
        (Options(is_moderated=True), "deputy@example.test", True, Refusal.ACCEPT),
        (Options(is_moderated=True), "ada@example.test", True, Refusal.HOLD),
        (Options(is_enabled=False), "ada@example.test", True, Refusal.REJECT),
        (Options(), "", False, Refusal.REJECT),
    ],
)
async def test_who_may_post(
    world, talk: MailingList, options: Options, sender: str, is_signed_in: bool, verdict: Refusal
) -> None:
    group = await groups.add(SYSTEM, world.example.id, "desk")
    await groups.add_member(SYSTEM, group.id, "ada@example.test")
    await _add(talk, "group:desk", "m@remote.test")
    await _add(talk, "deputy@example.test", role=Standing.MODERATOR)
    await list_addresses.put(SYSTEM, talk.id, AddressKind.BANNED, ["@spam.test"])
    await list_addresses.put(SYSTEM, talk.id, AddressKind.POSTER, ["X@chosen.test"])
    made = await lists.update(SYSTEM, talk.id, options)
    account_id = {"ada": world.ada.id, "deputy": world.deputy.id}.get(sender.partition("@")[0])

    permit = await list_posting.permit(
        made, Address.parse(sender) if sender else None, account_id if is_signed_in else None
    )

    assert permit.verdict is verdict
    assert bool(permit.reason) is (verdict is not Refusal.ACCEPT)


async def test_who_goes_away_is_on_no_list(world, talk: MailingList) -> None:
    group = await groups.add(SYSTEM, world.example.id, "desk")
    await _add(talk, "group:desk", "x@remote.test")
    await groups.remove(SYSTEM, group.id)

    assert await db.fetch_rows("SELECT address FROM list_member") == [("x@remote.test",)]
    foreign = await lists.add(SYSTEM, world.other.id, "talk")
    await _add(foreign, "y@remote.test")
    await db.write(lambda tx: tx.execute("DELETE FROM user_account WHERE domain_id = ?", world.other.id))
    await domains.remove(SYSTEM, world.other.id)
    assert await db.fetch_rows("SELECT id FROM mailing_list") == [(talk.id,)]
