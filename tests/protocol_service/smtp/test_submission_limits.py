"""How much users may send: recipients, messages and people in an hour and a day."""

from __future__ import annotations

from backend.directory import settings
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from backend.kit import db
from tests.protocol_service.smtp.submitting import COMPLETE, set_of_domain, signed_in
from tests.support.mail_house import House


async def test_the_number_of_recipients_is_limited(doors: House) -> None:
    await settings.set_value(SYSTEM, "submission.max_recipients", Level.USER, doors.users["alice"], 2)
    client = await signed_in(doors)
    await client.command("MAIL FROM:<alice@example.test>")

    codes = [(await client.command(f"RCPT TO:<x{number}@remote.test>")).code for number in range(4)]

    assert codes == [250, 250, 452, 452]


async def test_messages_an_hour_are_limited(doors: House) -> None:
    await settings.set_value(SYSTEM, "submission.messages_per_hour", Level.USER, doors.users["alice"], 2)
    client = await signed_in(doors)

    replies = [await client.mail("alice@example.test", ["x@remote.test"], COMPLETE) for _ in range(3)]

    assert [reply.code for reply in replies] == [250, 250, 451]
    assert replies[2].text == "4.7.1 You may send 2 messages an hour; try again in 30 min"
    assert await doors.count("spool_message") == 2


async def test_recipients_an_hour_are_limited_over_all_messages(doors: House) -> None:
    await settings.set_value(SYSTEM, "submission.recipients_per_hour", Level.USER, doors.users["alice"], 3)
    client = await signed_in(doors)

    first = await client.mail("alice@example.test", ["x@remote.test", "y@remote.test"], COMPLETE)
    second = await client.mail("alice@example.test", ["x@remote.test", "y@remote.test"], COMPLETE)

    assert (first.code, second.code) == (250, 451)
    assert "3 recipients an hour" in second.text
    await client.command("RSET")
    assert (await client.mail("alice@example.test", ["x@remote.test"], COMPLETE)).code == 250


async def test_a_domain_shares_its_hour(doors: House) -> None:
    await settings.set_value(SYSTEM, "domain.messages_per_hour", Level.DOMAIN, doors.domain_id, 2)
    codes = []
    for localpart in ("alice", "bob", "alice"):
        client = await signed_in(doors, localpart)
        own = COMPLETE.replace(b"alice", localpart.encode())
        codes.append((await client.mail(f"{localpart}@example.test", ["x@remote.test"], own)).code)

    assert codes == [250, 250, 451]


async def _release_times() -> list[int]:
    rows = await db.fetch_rows(
        "SELECT r.next_attempt_at - m.created_at FROM spool_recipient r"
        " JOIN spool_message m ON m.id = r.message_id ORDER BY m.id"
    )
    return [row[0] for row in rows]


async def test_recipients_of_a_domain_in_an_hour(doors: House) -> None:
    await set_of_domain(doors, "domain.recipients_per_hour", 3)
    client = await signed_in(doors)

    first = await client.mail("alice@example.test", ["x@remote.test", "y@remote.test"], COMPLETE)
    second = await client.mail("alice@example.test", ["x@remote.test", "y@remote.test"], COMPLETE)

    assert first.code == 250
    assert str(second).startswith("451 4.7.1 Your domain may send to 3 recipients an hour")


async def test_people_one_never_wrote_to_are_limited_in_a_day(doors: House) -> None:
    await set_of_domain(doors, "submission.new_recipients_per_day", 2)
    client = await signed_in(doors)
    everyone = ["x@remote.test", "X@Remote.Test", "bob@example.test"]

    first = await client.mail("alice@example.test", everyone, COMPLETE)
    second = await client.mail("alice@example.test", ["y@remote.test", "x@remote.test"], COMPLETE)
    third = await client.mail("alice@example.test", ["z@remote.test"], COMPLETE)
    await client.command("RSET")
    known = await client.mail("alice@example.test", ["y@remote.test", "x@remote.test"], COMPLETE)

    assert [first.code, second.code, known.code] == [250, 250, 250]
    assert str(third) == "451 4.7.1 You may send to 2 new recipients a day; try again in 720 min"
    entries = await db.fetch_rows("SELECT subject, detail FROM audit_entry WHERE action = 'submission.limit'")
    assert [(subject, "new_recipients_per_day" in detail) for subject, detail in entries] == [
        ("alice@example.test", True)
    ]


async def test_what_is_too_much_waits_where_the_domain_has_it_so(doors: House) -> None:
    await set_of_domain(doors, "submission.over_limit", "delay")
    await set_of_domain(doors, "submission.messages_per_hour", 2)
    client = await signed_in(doors)

    codes = [(await client.mail("alice@example.test", ["x@remote.test"], COMPLETE)).code for _ in range(4)]

    assert codes == [250] * 4
    waits = await _release_times()
    assert waits[:2] == [0, 0]
    assert [round(wait / 60) for wait in waits[2:]] == [30, 60]


async def test_nobody_waits_for_more_than_a_day(doors: House) -> None:
    await set_of_domain(doors, "submission.over_limit", "delay")
    await set_of_domain(doors, "submission.new_recipients_per_day", 1)
    client = await signed_in(doors)

    codes = [
        (await client.mail("alice@example.test", [f"x{number}@remote.test"], COMPLETE)).code
        for number in range(3)
    ]

    assert codes == [250, 250, 451]


async def test_nothing_follows_where_the_domain_has_it_so(doors: House) -> None:
    await set_of_domain(doors, "submission.over_limit", "none")
    await set_of_domain(doors, "submission.messages_per_hour", 1)
    client = await signed_in(doors)

    codes = [(await client.mail("alice@example.test", ["x@remote.test"], COMPLETE)).code for _ in range(3)]

    assert codes == [250] * 3
    assert await _release_times() == [0, 0, 0]
    assert await db.fetch_value("SELECT COUNT(*) FROM audit_entry WHERE action = 'submission.limit'") == 1
