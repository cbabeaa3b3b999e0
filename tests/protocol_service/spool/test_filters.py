"""Users' filters from SMTP to the mailbox: where mail is filed, what it carries, and that none is lost."""

from __future__ import annotations

import asyncio
from email.message import EmailMessage

from backend.directory import settings
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from backend.kit import blobs, db
from backend.mailstore import flags, mailbox_removal, mailboxes
from backend.operations import own_filters
from backend.rules import senders
from backend.rules.definition import Act, Action, Condition, Definition, Field, Match, Relation
from backend.rules.filters import NewFilter
from backend.rules.senders import Standing
from backend.spool.types import Envelope, SpoolRcpt
from protocol_service.spool import direct
from tests.protocol_service.spool.conftest import MESSAGE, World

HELLO = Condition(Field.SUBJECT, Relation.CONTAINS, "hello")


async def add(
    world: World, *actions: Action, on: Condition = HELLO, stops: bool = False, who: str = "bob"
) -> int:
    new = NewFilter("A filter", Definition(Match.ALL, (on,), actions, stops))
    return (await own_filters.create(world.house.users[who], new)).filter.id


async def folder(world: World, name: str) -> Action:
    return Action(Act.MOVE, mailbox_id=(await mailboxes.create(world.house.users["bob"], name)).id)


async def filed(world: World, who: str = "bob") -> list[tuple[str, int, list[str]]]:
    """Mailbox, system flags and tags of each message of the account."""
    account_id = world.house.users[who]
    rows = await db.fetch_rows(
        "SELECT b.name, m.flags FROM message m JOIN mailbox b ON b.id = m.mailbox_id"
        " WHERE m.account_id = ? ORDER BY b.name, m.id",
        account_id,
    )
    names = await flags.keyword_names(account_id, max((row[1] for row in rows), default=0))
    return [(name, bits & 31, flags.keywords_of(bits, names)) for name, bits in rows]


async def test_a_message_is_moved_tagged_and_marked(world: World) -> None:
    await add(
        world,
        await folder(world, "Projects"),
        Action(Act.TAG, keyword="Client"),
        Action(Act.READ),
        Action(Act.STAR),
    )

    await world.settled(await world.send("bob@example.test", "alice@example.test"))

    assert await filed(world) == [("Projects", flags.SEEN | flags.FLAGGED, ["Client"])]
    assert await filed(world, "alice") == [("INBOX", 0, [])]


async def test_filters_run_in_order_until_one_stops(world: World) -> None:
    await add(world, Action(Act.READ))
    await add(world, Action(Act.STAR), on=Condition(Field.SUBJECT, Relation.IS, "Other"), stops=True)
    await add(world, Action(Act.ARCHIVE), stops=True)
    await add(world, Action(Act.DELETE))

    await world.settled(await world.send("bob@example.test"))

    assert await filed(world) == [("Archive", flags.SEEN, [])]


async def test_copies_and_two_moves_are_in_each_folder_with_one_body(world: World) -> None:
    one, two = await folder(world, "One"), await folder(world, "Two")
    three = Action(Act.COPY, mailbox_id=(await folder(world, "Three")).mailbox_id)
    await add(world, one, two, three, Action(Act.JUNK))

    await world.settled(await world.send("bob@example.test"))
    await world.worker.idle()

    assert [name for name, _, _ in await filed(world)] == ["Junk", "One", "Three", "Two"]
    assert await db.fetch_rows("SELECT refs FROM blob") == [(4,)]


async def test_a_copy_leaves_the_message_in_the_inbox(world: World) -> None:
    await add(world, Action(Act.COPY, mailbox_id=(await folder(world, "Kept")).mailbox_id))

    await world.settled(await world.send("bob@example.test"))

    assert [name for name, _, _ in await filed(world)] == ["INBOX", "Kept"]


async def test_mail_whose_folder_is_gone_stays_in_the_inbox_and_the_filter_says_so(world: World) -> None:
    account_id = world.house.users["bob"]
    await add(world, await folder(world, "Projects"), Action(Act.READ))
    await mailbox_removal.delete(account_id, "Projects")

    (row,) = await world.settled(await world.send("bob@example.test"))

    assert row["attempts"] == 1
    assert await filed(world) == [("INBOX", flags.SEEN, [])]
    (shown,) = await own_filters.all_of(account_id)
    assert shown.trouble is own_filters.Trouble.FOLDER_GONE
    assert shown.filter.definition is not None
    assert shown.filter.definition.actions[0].path == "Projects"


async def test_nothing_is_filed_into_a_folder_that_was_thrown_into_trash(world: World) -> None:
    account_id = world.house.users["bob"]
    await add(world, await folder(world, "Projects"))
    await mailboxes.rename(account_id, "Projects", "Trash/Projects")

    await world.settled(await world.send("bob@example.test"))

    assert await filed(world) == [("INBOX", 0, [])]
    (shown,) = await own_filters.all_of(account_id)
    assert shown.trouble is own_filters.Trouble.FOLDER_GONE
    await mailboxes.rename(account_id, "Trash/Projects", "Projects")
    await world.settled(await world.send("bob@example.test"))
    assert [name for name, _, _ in await filed(world)] == ["INBOX", "Projects"]


async def test_a_filter_that_cannot_be_read_is_passed_over(world: World) -> None:
    account_id = world.house.users["bob"]
    broken = await add(world, Action(Act.DELETE))
    await add(world, Action(Act.STAR))
    await db.write(lambda tx: tx.execute("UPDATE mail_filter SET definition = '{' WHERE id = ?", broken))

    await world.settled(await world.send("bob@example.test"))

    assert await filed(world) == [("INBOX", flags.FLAGGED, [])]
    assert [one.trouble for one in await own_filters.all_of(account_id)] == [
        own_filters.Trouble.UNREADABLE,
        None,
    ]


async def test_a_match_is_forwarded_besides_as_far_as_the_settings_allow(world: World) -> None:
    await add(world, Action(Act.FORWARD, addresses=("x@remote.test",)))

    await world.settled(await world.send("bob@example.test", sender="carol@far.test"))
    await world.sink.wait_for(1)
    await world.worker.idle()

    assert [name for name, _, _ in await filed(world)] == ["INBOX"]
    [sent] = world.sink.messages
    assert sent.addresses == ["x@remote.test"]
    assert sent.sender.startswith("SRS0=")
    assert sent.data.startswith(b"Delivered-To: bob@example.test\r\n")
    await settings.set_value(SYSTEM, "forward.enabled", Level.SYSTEM, 0, False)
    await world.settled(await world.send("bob@example.test"))
    await world.worker.idle()
    assert len(world.sink.messages) == 1
    (shown,) = await own_filters.all_of(world.house.users["bob"])
    assert shown.trouble is own_filters.Trouble.FORWARD_REFUSED


async def test_content_is_read_where_a_filter_asks_for_it(world: World) -> None:
    await add(world, Action(Act.STAR), on=Condition(Field.BODY, Relation.CONTAINS, "plumber"))
    await add(world, Action(Act.ARCHIVE), on=Condition(Field.ATTACHMENT_NAME, Relation.ENDS, ".pdf"))
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "a@far.test", "bob@example.test", "Bill"
    letter.set_content("The Plumber was here")
    letter.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="Bill.PDF")

    await world.settled(await world.send("bob@example.test", raw=letter.as_bytes()))
    await world.settled(await world.send("bob@example.test"))

    assert await filed(world) == [("Archive", flags.FLAGGED, []), ("INBOX", 0, [])]


async def test_filters_hold_for_what_comes_by_smtp(world: World) -> None:
    await add(world, await folder(world, "Projects"))
    client = await world.house.connect()

    await client.command("EHLO far.test")
    reply = await client.mail("carol@far.test", ["bob+x@example.test"], MESSAGE)
    async with asyncio.timeout(15):
        while not await filed(world):  # noqa: ASYNC110  # `wait_for_mail` watches INBOX alone
            await asyncio.sleep(0.01)

    assert reply.code == 250
    assert [name for name, _, _ in await filed(world)] == ["Projects"]


async def test_what_is_filed_at_once_is_filtered_and_copies_are_left_to_the_queue(world: World) -> None:
    await add(world, await folder(world, "Projects"))
    envelope = Envelope(sender="a@remote.test", recipients=(SpoolRcpt("bob", "example.test"),))

    assert await direct.deliver(envelope, await blobs.prepare(MESSAGE), MESSAGE)
    assert [name for name, _, _ in await filed(world)] == ["Projects"]
    await add(world, Action(Act.JUNK))
    assert not await direct.deliver(envelope, await blobs.prepare(MESSAGE), MESSAGE)
    assert len(await filed(world)) == 1


async def test_a_list_post_is_filtered_by_its_list_id(world: World) -> None:
    await add(
        world,
        await folder(world, "News"),
        on=Condition(Field.LIST_ID, Relation.CONTAINS, "<news.example.org>"),
    )
    post = b"List-Id: News <news.example.org>\r\n" + MESSAGE

    await world.settled(await world.send("bob@example.test", raw=post))

    assert [name for name, _, _ in await filed(world)] == ["News"]


async def test_blocked_senders_go_where_the_setting_says_before_any_filter(world: World) -> None:
    account_id = world.house.users["bob"]
    await add(world, Action(Act.ARCHIVE))
    await senders.put(account_id, Standing.BLOCKED, "example.test")
    await settings.set_value(SYSTEM, "senders.blocked_to", Level.SYSTEM, 0, "trash")

    await world.settled(await world.send("bob@example.test"))
    await settings.set_value(SYSTEM, "senders.blocked_to", Level.SYSTEM, 0, None)
    await world.settled(await world.send("bob@example.test"))
    await senders.put(account_id, Standing.TRUSTED, "alice@example.test")
    await world.settled(await world.send("bob@example.test"))

    found = {name: words for name, _, words in await filed(world)}
    assert found == {"Trash": [], "Junk": ["$Junk"], "Archive": []}
