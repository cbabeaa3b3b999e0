"""The sample organisation: what stands in it, where it goes, that it is the same every time."""

from __future__ import annotations

import re

import pytest

from backend.directory import authentication, preferences
from backend.formats import icalendar
from backend.kit import clock, db
from backend.kit.errors import Conflict
from backend.kit.runtime import Runtime
from backend.mailstore import listing, mailboxes, reader, saved_searches
from backend.mailstore.flags import keywords_of
from backend.mailstore.keywords import keyword_names
from backend.mailstore.types import MailboxRow
from backend.operations.demo import fill, many
from backend.operations.demo.people import ARCHIVIST, MAREN, USERS
from backend.rules import filters
from backend.submission import origin

PASSWORD, ADMINISTRATOR_PASSWORD = "nine quiet gardens", "a wide calm river"
NOW = 1_795_000_000


@pytest.fixture
async def filled(rt: Runtime, monkeypatch: pytest.MonkeyPatch) -> list[fill.Login]:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return await fill.fill(PASSWORD, ADMINISTRATOR_PASSWORD)


async def maren() -> int:
    found = await db.fetch_value("SELECT id FROM user_account WHERE name = ?", MAREN.name)
    return int(found)


async def boxes(account_id: int) -> dict[str, MailboxRow]:
    return {row.name: row for row in await mailboxes.list_mailboxes(account_id)}


async def test_everybody_of_the_list_can_sign_in(filled: list[fill.Login]) -> None:
    assert [login.login for login in filled] == ["keeper", *(user.address for user in USERS)]

    for login in filled[:3]:
        principal = await authentication.verify_password(
            login.login, login.password, protocol=authentication.WEB, remote_address="127.0.0.1"
        )
        assert principal.name == login.login


async def test_the_mailbox_has_conversations_of_every_kind(filled: list[fill.Login]) -> None:
    account = await maren()
    found = await boxes(account)

    assert found["Drafts"].exists == 2
    assert min(found[name].exists for name in (*fill.FOLDERS, "Sent", "Archive", "Junk")) > 0
    assert 0 < found["INBOX"].unseen < found["INBOX"].exists
    threads = await db.fetch_value(
        "SELECT count(DISTINCT thread_id) FROM message WHERE account_id = ?", account
    )
    assert 100 <= threads <= 130
    for question in ("has_attachments = 1", "subject = 'Re: Minutes: steering group'"):
        assert await db.fetch_value(
            f"SELECT count(*) FROM email WHERE account_id = ? AND {question}", account
        )


async def test_messages_are_listed_in_the_order_of_their_time(filled: list[fill.Login]) -> None:
    account = await maren()
    inbox = (await boxes(account))["INBOX"]

    window = await listing.window(inbox.id, 0, 200)

    assert window.total == inbox.exists
    times = [row.internal_at for row in window.rows]
    assert times == sorted(times, reverse=True)
    assert window.rows[0].subject == "Quarterly figures, first pass"
    assert times[0] == NOW - 9 * 60


async def test_a_letter_has_table_picture_quote_and_file(filled: list[fill.Login]) -> None:
    account = await maren()
    row = await db.fetch_row(
        "SELECT m.ref FROM message m JOIN email e ON e.id = m.email_id"
        " WHERE m.account_id = ? AND e.subject = 'Quarterly figures, first pass'",
        account,
    )
    assert row is not None

    raw = await reader.read_message(account, row[0])

    assert raw.startswith(
        b"Return-Path: <amara.okafor@north.example>\r\nDelivered-To: maren.holt@example.org\r\n"
    )
    assert b"<table" in raw
    assert b"https://images.example.net/" in raw.replace(b"=\r\n", b"")
    assert re.findall(rb'filename="?([^"\r\n]+)', raw) == [b"north-wing-budget.csv", b"site-plan.pdf"]


async def test_the_desk_is_arranged(filled: list[fill.Login]) -> None:
    account = await maren()
    mailbox = (await boxes(account))["INBOX"]

    rows = {row.subject: row for row in (await listing.window(mailbox.id, 0, 200)).rows}
    bits = rows["Invoice 20418 is attached"].flags
    assert "Suppliers" in keywords_of(bits, await keyword_names(account, bits))
    assert (await preferences.all_of(account))["tag:Suppliers"] == '{"hue":2}'
    assert [one.name for one in await filters.list_filters(account)][:2] == ["Tickets and receipts", "Timber"]
    assert [one.name for one in await saved_searches.of_account(account)] == [
        "Invoices to pay",
        "Waiting for me",
    ]


async def test_an_invitation_asks_for_an_answer_and_its_sender_is_verified(filled: list[fill.Login]) -> None:
    account = await maren()
    ref = await db.fetch_value(
        "SELECT m.ref FROM message m JOIN email e ON e.id = m.email_id"
        " WHERE m.account_id = ? AND e.subject = 'Invitation: walk along the quay'",
        account,
    )
    found = await reader.stored(account, ref)
    _, content = await reader.read_part(account, ref, "2")

    calendar = icalendar.parse(content.decode())
    assert calendar is not None
    assert calendar.method == "REQUEST"
    assert [event.summary for event in calendar.events] == ["Walk along the quay"]
    assert calendar.events[0].attendees[-1].address == MAREN.address
    raw = await reader.read_message(account, ref)
    assert origin.read(found.prefix, raw).standing is origin.Standing.VERIFIED


async def test_one_body_serves_several_recipients(filled: list[fill.Login]) -> None:
    rows = await db.fetch_rows(
        "SELECT blob_id FROM email WHERE subject = 'Draft agenda for the planning day' ORDER BY account_id"
    )

    assert len(rows) == 5  # Maren, Noah, Sofia, Priya, and Oliver's Sent
    assert len({row[0] for row in rows}) == 1


async def test_a_second_time_is_refused_and_changes_nothing(filled: list[fill.Login]) -> None:
    before = await db.fetch_value("SELECT count(*) FROM message")

    with pytest.raises(Conflict, match="not empty"):
        await fill.fill(PASSWORD, ADMINISTRATOR_PASSWORD)

    assert await db.fetch_value("SELECT count(*) FROM message") == before


async def test_both_engines_take_it(any_rt: Runtime) -> None:
    await fill.fill(PASSWORD, ADMINISTRATOR_PASSWORD)
    login = await many.fill(5, PASSWORD)

    assert login.login == ARCHIVIST.address
    account = await maren()
    assert await db.fetch_value("SELECT message_count FROM account WHERE id = ?", account) > 200


async def test_the_large_mailbox_holds_every_number_once(filled: list[fill.Login]) -> None:
    await many.fill(1100, PASSWORD)

    rows = await db.fetch_rows(
        "SELECT e.subject FROM message m JOIN email e ON e.id = m.email_id"
        " JOIN user_account u ON u.id = m.account_id WHERE u.name = ? ORDER BY m.id",
        ARCHIVIST.name,
    )
    numbers = [int(row[0].rpartition("(")[2].rstrip(")")) for row in rows]
    assert numbers == list(range(1, 1101))
