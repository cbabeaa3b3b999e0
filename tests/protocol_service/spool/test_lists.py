"""Mailing lists over real sockets: rights at RCPT, distribution, moderation, commands, bounces."""

from __future__ import annotations

import base64
import re
from collections.abc import AsyncIterator
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default

import pytest

from backend.directory import domains, groups, list_addresses, list_members, lists
from backend.directory.list_members import NewMember
from backend.directory.list_types import (
    AddressKind,
    Delivery,
    FromRewriting,
    MailingList,
    Posting,
    Refusal,
    ReplyTo,
    Standing,
    Subscription,
)
from backend.directory.lists import Options
from backend.directory.principal import SYSTEM
from backend.formats.dsn import Action, DeliveryReport, RecipientReport, build
from backend.kit import clock, db
from backend.kit.runtime import Runtime
from backend.spool import queue
from backend.spool.types import Claim, SpooledRecipient, SpoolRcpt, State
from backend.submission.lists import distribution
from tests.protocol_service.spool.conftest import World, agent_for
from tests.support.clocks import Clock
from tests.support.dns_stub import DnsStub
from tests.support.mail_house import PASSWORD, House, mail_house
from tests.support.smtp_raw import RawSmtp
from tests.support.smtp_sink import Sink

POST = (
    b"From: Alice <alice@example.test>\r\nTo: talk@example.test\r\nSubject: Hello\r\n"
    b"Message-ID: <1@example.test>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHi all\r\n"
)
OF_BOB = POST.replace(b"Alice <alice", b"Bob <bob")
LIST = "talk@example.test"


@pytest.fixture
async def any_world(any_rt: Runtime, dns: DnsStub, sink: Sink) -> AsyncIterator[World]:
    async with mail_house(any_rt, agent=agent_for(any_rt, dns, sink.address[1])) as house:
        yield World(house, dns, sink)


async def _list(house: House, *members: str, **options: object) -> MailingList:
    made = await lists.add(SYSTEM, house.domain_id, "talk", Options(name="Talk", **options))  # type: ignore[arg-type]  # options of tests
    await list_members.add_many(SYSTEM, made.id, [NewMember(address) for address in members])
    return made


async def _own(house: House, made: MailingList, address: str, role: Standing = Standing.OWNER) -> None:
    await list_members.add_many(SYSTEM, made.id, [NewMember(address)], role=role, delivery=Delivery.NONE)


async def _signed_in(house: House, localpart: str) -> RawSmtp:
    client = await house.connect("submission")
    await client.command("EHLO test")
    token = base64.b64encode(f"\0{localpart}@example.test\0{PASSWORD}".encode()).decode()
    assert (await client.command(f"AUTH PLAIN {token}")).code == 235
    return client


def _parsed(raw: bytes) -> EmailMessage:
    parsed = BytesParser(policy=default).parsebytes(raw)
    assert isinstance(parsed, EmailMessage)
    return parsed


async def test_a_post_reaches_members_here_and_elsewhere(any_world: World) -> None:
    house, sink = any_world.house, any_world.sink
    await _list(house, "alice@example.test", "bob@example.test", "x@remote.test", "y@remote.test",
                subject_prefix="[talk]", footer="Leave: see the header")  # fmt: skip
    client = await _signed_in(house, "alice")

    assert (await client.mail("alice@example.test", [LIST], POST)).code == 250

    for name in ("alice", "bob"):
        (stored,) = await house.wait_for_mail(name, 1)
        assert b"\r\nList-Id: Talk <talk.example.test>\r\n" in stored
        assert b"\r\nSubject: [talk] Hello\r\n" in stored
        assert b"\r\nFrom: Alice <alice@example.test>\r\n" in stored
        assert b"\r\nPrecedence: list\r\n" in stored
        assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in stored
        assert stored.count(b"List-Unsubscribe: <https://mail.example.test/lists/unsubscribe/") == 1
        assert stored.endswith(b"Hi all\r\n\r\n" + b"_" * 40 + b"\r\nLeave: see the header\r\n")
    await sink.wait_for(2)
    assert sorted(message.addresses for message in sink.messages) == [["x@remote.test"], ["y@remote.test"]]
    senders = {message.sender for message in sink.messages}
    assert len(senders) == 2  # each with a return path of its own
    assert all(re.fullmatch(r"bounces\+[a-z2-7]{47}@example\.test", sender) for sender in senders)
    links = {re.search(rb"https://[^>\s]+", message.data)[0] for message in sink.messages}  # type: ignore[index]  # it is there
    assert len(links) == 2
    assert await db.fetch_value("SELECT COUNT(*) FROM list_distribution") == 0


async def test_rights_are_said_at_rcpt(world: World) -> None:
    made = await _list(world.house, "alice@example.test", unverified=Refusal.REJECT)
    await list_addresses.put(SYSTEM, made.id, AddressKind.BANNED, ["@spam.test"])
    outside = await world.house.connect()
    bob = await _signed_in(world.house, "bob")

    for sender, reply in (
        ("alice@example.test", "550 5.7.2 Posts to this list must be submitted by a signed-in sender"),
        ("x@remote.test", "550 5.7.2 Only members may post to this list"),
        ("x@spam.test", "550 5.7.2 You may not post to this list"),
        ("", "550 5.7.2 Lists take no delivery reports"),
    ):
        assert str(await outside.mail(sender, [LIST], POST)) == reply
        await outside.command("RSET")
    assert (
        str(await bob.mail("bob@example.test", [LIST], POST))
        == "550 5.7.2 Only members may post to this list"
    )
    assert await world.house.spool_rows() == []


async def test_groups_are_members_and_nobody_gets_two_copies(any_world: World) -> None:
    group = await groups.add(SYSTEM, any_world.house.domain_id, "desk")
    other = await groups.add(SYSTEM, any_world.house.domain_id, "staff")
    for at, address in ((group, "alice"), (group, "bob"), (other, "bob")):
        await groups.add_member(SYSTEM, at.id, f"{address}@example.test")
    await _list(any_world.house, "alice@example.test", "group:desk", "group:staff")
    bob = await _signed_in(any_world.house, "bob")

    assert (await bob.mail("bob@example.test", [LIST], OF_BOB)).code == 250

    await any_world.house.wait_for_mail("alice", 1)
    (stored,) = await any_world.house.wait_for_mail("bob", 1)
    assert b"List-Unsubscribe: <mailto:talk-unsubscribe@example.test>\r\n" in stored  # no row of one's own
    await any_world.worker.idle()
    assert [len(await any_world.house.inbox(name)) for name in ("alice", "bob")] == [1, 1]


async def test_a_list_does_not_take_its_own_mail(world: World) -> None:
    await _list(world.house, "alice@example.test", posting=Posting.ANYONE)
    client = await world.house.connect()
    loop = b"List-Id: Talk <TALK.example.test>\r\n" + POST

    await client.mail("x@remote.test", [LIST], loop)
    await world.worker.idle()
    await client.mail("x@remote.test", [LIST], b"Auto-Submitted: auto-replied\r\n" + POST)
    await world.worker.idle()

    assert await world.house.inbox("alice") == []
    states = [(row["state"], row["last_status"]) for row in await world.house.spool_rows()]
    assert states[:1] == [(State.FAILED, "5.4.6")]
    assert (State.DROPPED, "5.7.1") in states


async def test_an_outside_author_is_rewritten_and_answers_find_them(world: World) -> None:
    options = {"posting": Posting.ANYONE, "reply_to": ReplyTo.AUTHOR}
    await _list(world.house, "bob@example.test", **options, from_rewriting=FromRewriting.OUTSIDE)
    client = await world.house.connect()
    post = POST.replace(b"Alice <alice@example.test>", b"=?utf-8?q?J=C3=B6rg?= <j@remote.test>")

    await client.mail("j@remote.test", [LIST], b"DKIM-Signature: v=1; b=x\r\n" + post)

    message = _parsed((await world.house.wait_for_mail("bob", 1))[0])
    assert message["From"] == "Jörg via Talk <talk@example.test>"
    assert message["Reply-To"] == "Jörg <j@remote.test>"
    assert message["DKIM-Signature"] is None


async def test_held_post_is_approved_by_answering_the_notice(any_world: World) -> None:
    house = any_world.house
    made = await _list(house, "bob@example.test", is_moderated=True)
    await _own(house, made, "alice@example.test", Standing.MODERATOR)
    bob = await _signed_in(house, "bob")

    await bob.mail("bob@example.test", [LIST], OF_BOB)

    (notice,) = await house.wait_for_mail("alice", 1)
    message = _parsed(notice)
    assert "Posts to this list are moderated" in str(message)
    reply_to = str(message["Reply-To"])
    alice = await _signed_in(house, "alice")
    answer = (
        b"From: alice@example.test\r\nSubject: Re: x\r\n\r\n> quoted\r\nOn Monday Talk wrote:\r\nApprove.\r\n"
    )
    assert (
        await alice.mail("alice@example.test", [reply_to], b"Auto-Submitted: auto-replied\r\n" + answer)
    ).code == 250
    assert await house.count("list_post") == 1  # a vacation notice decides nothing
    assert (await alice.mail("alice@example.test", [reply_to], answer)).code == 250
    (post,) = await house.wait_for_mail("bob", 1)
    assert b"\r\nSubject: Hello\r\n" in post
    assert await house.count("list_post") == 0


async def test_rejected_post_comes_back_with_the_reason(world: World) -> None:
    made = await _list(world.house, "bob@example.test", is_moderated=True)
    await _own(world.house, made, "alice@example.test")
    bob = await _signed_in(world.house, "bob")
    await bob.mail("bob@example.test", [LIST], OF_BOB)
    reply_to = str(_parsed((await world.house.wait_for_mail("alice", 1))[0])["Reply-To"])
    alice = await _signed_in(world.house, "alice")

    await alice.mail("alice@example.test", [reply_to], b"Subject: Re\r\n\r\nreject too long, please cut\r\n")

    (told,) = await world.house.wait_for_mail("bob", 1)
    assert b"too long, please cut" in told
    assert await world.house.count("list_post") == 0
    audit = await db.fetch_value("SELECT detail FROM audit_entry WHERE action = 'list.reject'")
    assert "too long, please cut" in audit


async def test_subscribing_by_mail_needs_the_address_to_confirm(any_world: World) -> None:
    house, sink = any_world.house, any_world.sink
    await _list(house, subscription=Subscription.OPEN)
    client = await house.connect()

    await client.mail("x@remote.test", ["talk-subscribe@example.test"], b"Subject: hi\r\n\r\n\r\n")

    await sink.wait_for(1)
    letter = _parsed(sink.messages[0].data)
    assert sink.messages[0].addresses == ["x@remote.test"]
    assert await house.count("list_member") == 0
    reply_to = str(letter["Reply-To"])
    assert re.fullmatch(r"lists\+[a-z2-7]{44}@example\.test", reply_to)
    assert (await client.mail("x@remote.test", [reply_to], b"Subject: Re\r\n\r\nyes\r\n")).code == 250
    await sink.wait_for(2)  # the welcome
    assert await db.fetch_rows("SELECT address, role FROM list_member") == [("x@remote.test", 0)]
    await client.mail("x@remote.test", ["talk-request@example.test"], b"Subject: unsubscribe\r\n\r\n\r\n")
    await sink.wait_for(3)
    reply_to = str(_parsed(sink.messages[2].data)["Reply-To"])
    await client.mail("x@remote.test", [reply_to], b"\r\nok\r\n")
    await any_world.worker.idle()
    assert await house.count("list_member") == 0


async def test_who_signed_in_needs_no_confirmation_and_a_moderator_decides(world: World) -> None:
    made = await _list(world.house, subscription=Subscription.REQUEST)
    await _own(world.house, made, "alice@example.test")
    await _own(world.house, made, "x@remote.test", Standing.MODERATOR)
    bob = await _signed_in(world.house, "bob")

    await bob.mail("bob@example.test", ["talk-subscribe@example.test"], b"From: bob@example.test\r\n\r\n")

    (told,) = await world.house.wait_for_mail("alice", 1)
    assert b"bob@example.test asks to be put on talk@example.test" in told
    assert await db.fetch_value("SELECT state FROM list_request") == "WAITING"
    await world.sink.wait_for(1)  # owners and moderators alike
    assert world.sink.messages[0].addresses == ["x@remote.test"]
    assert b"\r\nTo: talk-owner@example.test\r\n" in world.sink.messages[0].data


async def test_a_closed_list_says_so_and_help_tells_the_addresses(world: World) -> None:
    await _list(world.house, description="About nothing")
    bob = await _signed_in(world.house, "bob")

    for address in ("talk-subscribe", "talk-request"):
        await bob.mail("bob@example.test", [f"{address}@example.test"], b"From: bob@example.test\r\n\r\n")
    await world.worker.idle()

    closed, help_ = sorted(await world.house.wait_for_mail("bob", 2), key=lambda raw: b"About" in raw)
    assert b"Subject: Talk takes no new members by itself" in closed
    assert b"talk-unsubscribe@example.test" in help_


async def test_bounces_suspend_and_the_owner_is_told(world: World, fake_clock: Clock) -> None:
    made = await _list(world.house, "x@remote.test", "bob@example.test")
    await _own(world.house, made, "alice@example.test")
    member_id = await list_members.find_id(SYSTEM, made.id, "x@remote.test")
    report = build(
        DeliveryReport(
            reporting_mta="mx.remote.test",
            message_id="report@mx.remote.test",
            recipients=(RecipientReport(recipient="x@remote.test", action=Action.FAILED, status="5.1.1"),),
        )
    )
    client = await world.house.connect()

    for day in range(5):
        fake_clock.now += 86_400
        path = await distribution.return_path(made, member_id)
        for _ in range(2):  # twice on a day counts once
            assert (await client.mail("", [path], report)).code == 250
        await world.worker.idle()
        count = await db.fetch_value("SELECT bounces FROM list_member WHERE id = ?", member_id)
        assert count == day + 1

    (told,) = await world.house.wait_for_mail("alice", 1)
    assert b"x@remote.test is suspended from Talk" in told
    bob = await _signed_in(world.house, "bob")
    await bob.mail("bob@example.test", [LIST], OF_BOB)
    await world.house.wait_for_mail("bob", 1)
    await world.worker.idle()
    assert world.sink.messages == []


async def test_a_refusal_at_rcpt_counts_and_nobody_is_sent_a_report(world: World) -> None:
    await _list(world.house, "alice@example.test", "x@remote.test")
    world.sink.script("RCPT x@remote.test", "550 5.1.1 no such user")
    alice = await _signed_in(world.house, "alice")

    await alice.mail("alice@example.test", [LIST], POST)
    await world.house.wait_for_mail("alice", 1)
    await world.worker.idle()

    assert await db.fetch_value("SELECT bounces FROM list_member WHERE address = 'x@remote.test'") == 1
    assert len(await world.house.inbox("alice")) == 1


async def test_success_is_reported_for_the_list(world: World) -> None:
    await _list(world.house, "bob@example.test", posting=Posting.ANYONE)
    await world.send(
        SpoolRcpt("talk", "example.test", notify="SUCCESS"), account_id=world.house.users["alice"]
    )

    (report,) = await world.house.wait_for_mail("alice", 1)

    assert b"Final-Recipient: rfc822; talk@example.test\r\nAction: delivered" in report


async def test_distribution_goes_on_where_a_crash_left_it(any_rt: Runtime) -> None:
    domain = await domains.add(SYSTEM, "example.test")
    made = await lists.add(SYSTEM, domain.id, "talk")
    members = [NewMember(f"m{number:04d}@remote.test") for number in range(250)]
    await list_members.add_many(SYSTEM, made.id, members)
    post = await distribution.prepare(made, POST)
    message_id = await db.write(lambda tx: distribution.begin(tx, post))
    claim = await _claim_of(message_id)
    recipient = claim.recipients[0]

    first = await db.write(lambda tx: distribution.advance(tx, claim.message, recipient, made))
    with pytest.raises(RuntimeError, match="power"):
        await db.write(lambda tx: _fail_after(tx, claim, recipient, made))
    while await db.write(lambda tx: distribution.advance(tx, claim.message, recipient, made)):
        pass

    assert first
    rows = await db.fetch_rows(
        "SELECT localpart, COUNT(*) FROM spool_recipient WHERE via = ? GROUP BY localpart", LIST
    )
    assert len(rows) == 250
    assert {count for _, count in rows} == {1}
    sizes = await db.fetch_rows(
        "SELECT COUNT(*) FROM spool_recipient WHERE via = ? GROUP BY message_id ORDER BY 1 DESC", LIST
    )
    assert sizes == [(100,), (100,), (50,)]
    # One body, named by each message that has still to go.
    assert await db.fetch_value("SELECT refs FROM blob WHERE id = ?", post.blob.id) == 3


async def _claim_of(message_id: int) -> Claim:
    claims = await db.write(lambda tx: queue.claim(tx, "node", now=clock.now()))
    (claim,) = [one for one in claims if one.message.id == message_id]
    return claim


async def _fail_after(tx: db.Tx, claim: Claim, recipient: SpooledRecipient, made: MailingList) -> None:
    await distribution.advance(tx, claim.message, recipient, made)
    raise RuntimeError("power cut")


async def test_an_alias_leads_to_a_list(world: World) -> None:
    await _list(world.house, "bob@example.test", posting=Posting.ANYONE)
    await world.house.add_alias("all", LIST)
    client = await world.house.connect()

    await client.mail("x@remote.test", ["all@example.test"], POST)

    (stored,) = await world.house.wait_for_mail("bob", 1)
    assert b"\r\nList-Id: Talk <talk.example.test>\r\n" in stored


async def test_nobody_outside_can_start_a_distribution(world: World) -> None:
    """A return path of the list, which every member elsewhere has seen, opens nothing."""
    made = await _list(world.house, "bob@example.test", unverified=Refusal.HOLD, unentitled=Refusal.HOLD)
    client = await world.house.connect()

    await client.mail(await distribution.return_path(made), [LIST], POST)
    await world.worker.idle()

    assert await world.house.inbox("bob") == []
    assert await world.house.count("list_post") == 1
