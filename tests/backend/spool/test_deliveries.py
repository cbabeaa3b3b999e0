"""Where is my mail? Who sees which recipients of which messages, in pages that look back step by step."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from backend.directory import domain_aliases, domains, principal
from backend.directory.principal import SYSTEM, Principal
from backend.directory.roles import MATRIX, Role
from backend.kit import blobs, clock, db, ids
from backend.kit.db import Tx
from backend.kit.errors import NotFound, PermissionDenied
from backend.kit.runtime import Runtime
from backend.spool import deliveries, delivery_types, expansion, refusals, reroute, settlements
from backend.spool.delivery_types import Search, Standing
from backend.spool.enqueue import enqueue
from backend.spool.refusals import Refusal
from backend.spool.types import Attempt, Envelope, SpooledRecipient, SpoolRcpt
from tests.support.people import add_user

pytestmark = pytest.mark.usefixtures("any_rt")
NODE = "one"


def user(name: str, account_id: int, domain_id: int) -> Principal:
    return Principal(
        "user",
        account_id,
        f"{name}@example.test",
        Role.USER,
        MATRIX[Role.USER],
        user_id=account_id,
        domain_id=domain_id,
    )


def administrator(domain_id: int, role: Role = Role.DOMAIN_ADMINISTRATOR) -> Principal:
    return Principal("user", 9, "boss@example.test", role, MATRIX[role], user_id=9, domain_id=domain_id)


async def spool(
    sender: str, *recipients: str, account_id: int | None = None, subject: str = "x", message_id: str = ""
) -> int:
    new = await blobs.prepare(b"Subject: x\r\n\r\nx\r\n")
    envelope = Envelope(
        sender=sender,
        recipients=tuple(SpoolRcpt(*text.rsplit("@", 1)) for text in recipients),
        account_id=account_id,
        subject=subject,
        message_id=message_id,
    )
    return await db.write(lambda tx: enqueue(tx, envelope, new))


async def recipient(message_id: int, localpart: str) -> SpooledRecipient:
    row = await db.fetch_row(
        "SELECT id, message_id, localpart, domain FROM spool_recipient"
        " WHERE message_id = ? AND localpart = ?",
        message_id,
        localpart,
    )
    assert row is not None
    return SpooledRecipient(*row)


async def expand(message_id: int, alias: str, *targets: str) -> None:
    one = await recipient(message_id, alias)
    via = f"{one.localpart}@{one.domain}"
    rcpts = [SpoolRcpt(name, domain, via=via) for name, domain in (text.split("@") for text in targets)]

    async def verb(tx: Tx) -> None:
        await expansion.expanded(tx, one, rcpts, now=clock.now(), lease_to=NODE)

    await db.write(verb)


async def settle(message_id: int, localpart: str, how: str, reply: str = "") -> None:
    one = await recipient(message_id, localpart)
    attempt = Attempt(one.id, host="mx.far.test", status="5.1.1" if how == "failed" else "2.0.0", reply=reply)
    verb = getattr(settlements, how)
    await db.write(lambda tx: verb(tx, message_id, [attempt], now=clock.now()))


@pytest.fixture
async def places(any_rt: Runtime) -> tuple[int, int, int, int]:
    """Two domains, and Ada and Ben of the first."""
    first = await domains.add(SYSTEM, "example.test")
    second = await domains.add(SYSTEM, "other.test")
    return first.id, second.id, await add_user(first.id, "ada"), await add_user(first.id, "ben")


def addresses(found: delivery_types.Found) -> list[list[str]]:
    return [[one.address for one in item.recipients] for item in found.items]


async def test_a_domain_sees_its_own_recipients_and_what_its_users_sent(
    places: tuple[int, int, int, int],
) -> None:
    domain_id, other_id, ada, _ = places
    incoming = await spool("x@far.test", "Ada@example.test", "eve@other.test")
    outgoing = await spool("ada@example.test", "y@far.test", "eve@other.test", account_id=ada)
    await spool("x@far.test", "eve@other.test")
    forged = await spool("ada@example.test", "eve@other.test")

    own = await deliveries.of_domain(administrator(domain_id), domain_id, Search())
    others = await deliveries.of_domain(administrator(other_id), other_id, Search())

    assert addresses(own) == [["y@far.test", "eve@other.test"], ["Ada@example.test"]]
    assert [(item.id, item.is_outgoing, item.subject) for item in own.items] == [
        (outgoing, True, ""),
        (incoming, False, ""),
    ]
    assert addresses(others) == [["eve@other.test"]] * 4
    assert others.items[0].id == forged


async def test_nobody_looks_into_another_domain_or_without_the_right(
    places: tuple[int, int, int, int],
) -> None:
    domain_id, other_id, ada, _ = places
    message_id = await spool("x@far.test", "eve@other.test")
    boss = administrator(domain_id)

    with pytest.raises(NotFound):
        await deliveries.of_domain(boss, other_id, Search())
    with pytest.raises(NotFound):
        await deliveries.one_of_domain(boss, domain_id, message_id)
    for role in (Role.USER, Role.USER_CREATOR, Role.REPORT_READER, Role.LIST_MANAGER):
        with pytest.raises(PermissionDenied):
            await deliveries.of_domain(administrator(domain_id, role), domain_id, Search())
    with pytest.raises(PermissionDenied):
        await deliveries.of_domain(user("ada", ada, domain_id), domain_id, Search())
    helpdesk = await deliveries.of_domain(administrator(other_id, Role.HELPDESK), other_id, Search())
    assert addresses(helpdesk) == [["eve@other.test"]]


async def test_members_of_an_alias_are_known_to_its_own_domain_alone(
    places: tuple[int, int, int, int],
) -> None:
    domain_id, other_id, ada, _ = places
    message_id = await spool("ada@example.test", "team@other.test", account_id=ada)
    await expand(message_id, "team", "eve@other.test", "far@far.test")
    await settle(message_id, "eve", "delivered")
    writer = user("ada", ada, domain_id)

    async def group() -> tuple[str, Standing, bool]:
        [item] = (await deliveries.sent(writer, Search())).items
        [one] = item.recipients
        return one.address, one.standing, one.is_group

    assert await group() == ("team@other.test", Standing.WAITING, True)
    await settle(message_id, "far", "failed", "550 nobody here")
    assert await group() == ("team@other.test", Standing.DELIVERED, True)
    own = await deliveries.of_domain(administrator(domain_id), domain_id, Search())
    assert addresses(own) == [["team@other.test"]]
    others = await deliveries.of_domain(administrator(other_id), other_id, Search())
    assert sorted(addresses(others)[0]) == ["eve@other.test", "far@far.test", "team@other.test"]


async def test_a_user_sees_own_submissions_and_own_rows_of_what_comes_in(
    places: tuple[int, int, int, int],
) -> None:
    domain_id, _, ada, ben = places
    sent = await spool("ada@example.test", "ben@example.test", "y@far.test", account_id=ada, subject="Plans")
    await spool("x@far.test", "ADA+news@example.test", "ben@example.test", subject="Both")
    await spool("x@far.test", "adam@example.test", "ada@other.test", "team@example.test")
    writer, reader = user("ada", ada, domain_id), user("ben", ben, domain_id)

    assert addresses(await deliveries.sent(writer, Search())) == [["ben@example.test", "y@far.test"]]
    assert addresses(await deliveries.sent(reader, Search())) == []
    received = await deliveries.received(writer, Search())
    assert addresses(received) == [["ADA+news@example.test"]]
    assert (received.items[0].subject, received.items[0].recipient_count) == ("Both", 1)
    assert addresses(await deliveries.received(reader, Search())) == [["ben@example.test"]] * 2
    found = await deliveries.received(reader, Search("ADA@exam"))
    assert [item.id for item in found.items] == [sent]
    assert (await deliveries.received(reader, Search("y@far"))).items == []
    assert len((await deliveries.sent(writer, Search("plan"))).items) == 1


async def test_an_alias_that_looks_like_a_plus_address_is_not_the_users(
    places: tuple[int, int, int, int],
) -> None:
    domain_id, _, ada, _ = places
    message_id = await spool("x@far.test", "ada+board@example.test")
    await expand(message_id, "ada+board", "ben@example.test")

    assert (await deliveries.received(user("ada", ada, domain_id), Search())).items == []


async def test_a_failure_is_told_in_the_words_of_the_other_server(places: tuple[int, int, int, int]) -> None:
    domain_id, _, ada, _ = places
    message_id = await spool(
        "ada@example.test", "y@far.test", "z@far.test", account_id=ada, message_id="<one@example.test>"
    )
    await settle(message_id, "y", "failed", "550 5.1.1 No such user")
    writer = user("ada", ada, domain_id)

    found = await deliveries.of_sent_message(writer, 1, "<one@example.test>", clock.now())

    assert found is not None
    waiting, failed = found.recipients
    assert (waiting.standing, failed.standing) == (Standing.WAITING, Standing.FAILED)
    assert waiting.next_attempt_at is not None
    assert failed.next_attempt_at is None
    assert (failed.reply, failed.trace[-1].host) == ("550 5.1.1 No such user", "mx.far.test")
    stranger = user("ben", places[3], domain_id)
    assert await deliveries.of_sent_message(stranger, 1, "<one@example.test>", clock.now()) is None
    assert await deliveries.of_sent_message(writer, 1, "<one@example.test>", clock.now() - 9 * 86_400) is None


async def test_search_by_state_text_and_date(places: tuple[int, int, int, int]) -> None:
    domain_id, _, ada, _ = places
    failed = await spool("ada@example.test", "y@far.test", account_id=ada)
    await settle(failed, "y", "failed")
    waiting = await spool("news@far.test", "ben@example.test")
    boss = administrator(domain_id)

    async def ids(wanted: Search) -> list[int]:
        return [item.id for item in (await deliveries.of_domain(boss, domain_id, wanted)).items]

    assert await ids(Search(standing=Standing.FAILED)) == [failed]
    assert await ids(Search(standing=Standing.WAITING)) == [waiting]
    assert await ids(Search(standing=Standing.DELIVERED)) == []
    assert await ids(Search("NEWS@far")) == [waiting]
    assert await ids(Search("y@far.test")) == [failed]
    assert await ids(Search("100%")) == []
    now = clock.now()
    assert await ids(Search(since=now - 60, until=now + 60)) == [waiting, failed]
    assert await ids(Search(since=now + 60)) == []
    assert await ids(Search(until=now - 60)) == []


async def test_pages_and_steps_back_miss_nothing(
    places: tuple[int, int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "LOOKED_AT", 3)
    domain_id, _, ada, _ = places
    wanted = {await spool("rare@far.test", "ada@example.test", "ben@example.test")}
    for _ in range(8):
        await spool("often@far.test", "ada@example.test")
        await spool("ada@example.test", "y@far.test", account_id=ada)
    wanted.add(await spool("rare@far.test", "ben@example.test"))
    boss = administrator(domain_id)

    found: list[int] = []
    before, steps = None, 0
    while steps < 50:
        page = await deliveries.of_domain(boss, domain_id, Search("rare"), before=before, limit=2)
        found += [item.id for item in page.items]
        before, steps = page.before, steps + 1
        assert (before is None) == (page.looked_back_to is None)
        if before is None:
            break

    assert set(found) == wanted
    assert len(found) == 2
    assert 3 < steps < 50
    everything: list[int] = []
    before = None
    for _ in range(50):
        page = await deliveries.of_domain(boss, domain_id, Search(), before=before, limit=2)
        everything += [item.id for item in page.items]
        if (before := page.before) is None:
            break
    assert len(everything) == len(set(everything)) == 18
    assert everything == sorted(everything, reverse=True)


async def test_the_system_administrator_has_no_mail_of_the_own(places: tuple[int, int, int, int]) -> None:
    with pytest.raises(PermissionDenied):
        await deliveries.sent(SYSTEM, Search())
    with pytest.raises(PermissionDenied):
        await deliveries.received(replace(principal.SYSTEM, user_id=None), Search())
    assert (await deliveries.of_domain(SYSTEM, places[0], Search())).items == []


async def test_a_sender_does_not_learn_to_whom_a_message_was_readdressed(
    places: tuple[int, int, int, int],
) -> None:
    domain_id, _, ada, _ = places
    message_id = await spool("ada@example.test", "x@far.test", account_id=ada)
    await reroute.to_address(SYSTEM, [message_id], "secret@third.test")

    (sent,) = (await deliveries.sent(user("ada", ada, domain_id), Search())).items
    (seen,) = (await deliveries.of_domain(administrator(domain_id), domain_id, Search())).items

    assert [one.address for one in sent.recipients] == ["x@far.test"]
    assert "secret" not in repr(sent)
    assert [one.address for one in seen.recipients] == ["secret@third.test"]


async def test_mail_to_a_further_name_of_the_domain_is_found_too(places: tuple[int, int, int, int]) -> None:
    domain_id, _, ada, _ = places
    boss = Principal(
        "user", 9, "boss@example.test", Role.DOMAIN_ADMINISTRATOR, MATRIX[Role.DOMAIN_ADMINISTRATOR],
        user_id=9, domain_id=domain_id,
    )  # fmt: skip
    await domain_aliases.add(SYSTEM, domain_id, "example.alias")
    await spool("x@far.test", "ada@example.alias", "eve@other.test")

    assert addresses(await deliveries.of_domain(boss, domain_id, Search())) == [["ada@example.alias"]]
    received = await deliveries.received(user("ada", ada, domain_id), Search())
    assert addresses(received) == [["ada@example.alias"]]


async def test_a_user_sees_where_the_own_mail_is_forwarded_to(places: tuple[int, int, int, int]) -> None:
    domain_id, _, ada, ben = places
    message_id = await spool("x@far.test", "Ada@example.test", "ben@example.test")
    await expand(message_id, "Ada", "ada@away.test")

    received = await deliveries.received(user("ada", ada, domain_id), Search())
    assert sorted(addresses(received)[0]) == ["Ada@example.test", "ada@away.test"]
    assert addresses(await deliveries.received(user("ben", ben, domain_id), Search())) == [
        ["ben@example.test"]
    ]


async def test_refusals_are_seen_by_whom_they_concern(places: tuple[int, int, int, int]) -> None:
    domain_id, other_id, ada, ben = places
    said = ("192.0.2.1", "mx.far.test", "ESMTP", "5.1.1", "550 5.1.1 No such user here")
    rows = [
        Refusal(ids.new_id(), "eve@far.test", "Ada+x", "example.test", None, None, *said),
        Refusal(ids.new_id(), "eve@far.test", "nobody", "example.test", None, None, *said),
        Refusal(ids.new_id(), "ben@example.test", "z", "other.test", ben, "example.test", *said),
        Refusal(ids.new_id(), "eve@far.test", "z", "third.test", None, None, *said),
    ]
    await db.write(lambda tx: refusals.record(tx, rows))

    own = await deliveries.of_domain(administrator(domain_id), domain_id, Search())
    others = await deliveries.of_domain(administrator(other_id), other_id, Search())
    sought = await deliveries.of_domain(administrator(domain_id), domain_id, Search("NOBODY@"))

    assert addresses(own) == [["z@other.test"], ["nobody@example.test"], ["Ada+x@example.test"]]
    assert [item.is_outgoing for item in own.items] == [True, False, False]
    assert (addresses(others), [item.is_outgoing for item in others.items]) == ([["z@other.test"]], [False])
    assert addresses(sought) == [["nobody@example.test"]]
    assert addresses(await deliveries.received(user("ada", ada, domain_id), Search())) == [
        ["Ada+x@example.test"]
    ]
    assert addresses(await deliveries.sent(user("ben", ben, domain_id), Search())) == [["z@other.test"]]
    assert (await deliveries.sent(user("ada", ada, domain_id), Search())).items == []
    assert len((await deliveries.refused(SYSTEM, Search())).items) == 4
    with pytest.raises(PermissionDenied):
        await deliveries.refused(administrator(domain_id), Search())


async def test_pages_take_refusals_and_messages_by_their_time(places: tuple[int, int, int, int]) -> None:
    domain_id, _, _, _ = places
    said = ("192.0.2.1", "mx.far.test", "ESMTP", "5.1.1", "550 5.1.1 No such user here")
    wanted = []
    for number in range(3):
        row = Refusal(ids.new_id(), "eve@far.test", f"n{number}", "example.test", None, None, *said)
        await db.write(partial(refusals.record, refusals=[row]))
        wanted += [row.id, await spool("x@far.test", "ada@example.test")]

    found: list[int] = []
    before = None
    while True:
        page = await deliveries.of_domain(
            administrator(domain_id), domain_id, Search(), before=before, limit=2
        )
        found += [item.id for item in page.items]
        before = page.before
        if before is None:
            break

    assert found == sorted(wanted, reverse=True)
