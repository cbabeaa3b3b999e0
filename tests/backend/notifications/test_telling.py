"""Of which mail devices are told, what they are told, and that each is told once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from backend.directory import domains, known_recipients, push_devices, sessions, settings, users
from backend.directory.principal import SYSTEM, Principal, for_user
from backend.directory.push_devices import Subscription
from backend.directory.setting_key import Level
from backend.kit import db
from backend.kit.runtime import Runtime
from backend.mailstore import copy_move, ingest, mailboxes, snooze, timers
from backend.mailstore.flag_bits import SEEN
from backend.notifications import arrivals, choices, devices, runner
from backend.rules import senders
from backend.rules.senders import Standing
from backend.submission import due, follow_up
from tests.support.clocks import Clock, standing
from tests.support.people import add_user
from tests.support.push_receiver import Browser, PushService

# A Thursday in July, 12:33 in London, 13:33 in Berlin.
NOW = 1_910_000_000.0


@pytest.fixture
def time() -> Iterator[Clock]:
    with standing(NOW) as moved:
        yield moved


@pytest.fixture
async def ada(any_rt: Runtime, time: Clock) -> Principal:
    domain = await domains.add(SYSTEM, "example.test")
    return for_user(await users.get(SYSTEM, await add_user(domain.id, "ada")))


@pytest.fixture
async def browser(ada: Principal, push_service: PushService) -> Browser:
    return await enrolled(ada)


async def enrolled(who: Principal, name: str = "one", zone: str = "Europe/Berlin") -> Browser:
    browser = Browser(name)
    _, here = await sessions.create(who, remote_address="", user_agent=name)
    await devices.add(here, Subscription(browser.endpoint, browser.p256dh, browser.auth), zone=zone)
    return browser


def message(subject: str = "Supper", sender: str = "Amara Okafor <amara@north.example>") -> bytes:
    head = f"From: {sender}\r\nSubject: {subject}\r\n"
    return f"{head}Message-ID: <{subject.replace(' ', '-')}@north.example>\r\n\r\nHello\r\n".encode()


async def deliver(who: Principal, subject: str = "Supper", *, to: str = "inbox", flags: int = 0) -> int:
    return (await ingest.store(message(subject), who.id, to, flags=flags)).ref


async def choose(who: Principal, **values: str | bool) -> None:
    for key, value in values.items():
        await settings.set_value(who, f"notifications.{key}", Level.USER, who.id, value)


def subjects(push_service: PushService, browser: Browser) -> list[object]:
    return [one.get("subject") for one in push_service.said(browser)]


async def test_new_mail_is_told_with_sender_subject_and_place(
    ada: Principal, browser: Browser, push_service: PushService, time: Clock
) -> None:
    ref = await deliver(ada)

    assert await runner.tell(ada.id)

    inbox = await mailboxes.get(ada.id, "INBOX")
    assert push_service.said(browser) == [
        {
            "kind": "mail",
            "id": str(ref),
            "mailboxId": str(inbox.id),
            "unread": 1,
            "at": int(time.now),
            "from": "Amara Okafor",
            "subject": "Supper",
        }
    ]
    [(_, _, headers)] = push_service.taken
    assert headers["Urgency"] == "normal"
    assert headers["Authorization"].startswith("vapid t=")


async def test_what_was_there_before_and_what_was_told_is_not_told_again(
    ada: Principal, push_service: PushService
) -> None:
    await deliver(ada, "Before")
    browser = await enrolled(ada)
    await deliver(ada, "After")

    await runner.tell(ada.id)
    await runner.tell(ada.id)

    assert subjects(push_service, browser) == ["After"]


async def test_processes_that_look_at_once_tell_once(
    ada: Principal, browser: Browser, push_service: PushService
) -> None:
    for number in range(3):
        await deliver(ada, f"No {number}")
        await asyncio.gather(*(runner.tell(ada.id) for _ in range(4)))

    assert subjects(push_service, browser) == ["No 0", "No 1", "No 2"]


async def test_each_device_is_told_what_is_new_to_it(
    ada: Principal, browser: Browser, push_service: PushService
) -> None:
    await deliver(ada, "First")
    later = await enrolled(ada, "two")
    await deliver(ada, "Second")

    await runner.tell(ada.id)

    assert subjects(push_service, browser) == ["First", "Second"]
    assert subjects(push_service, later) == ["Second"]


async def test_many_at_once_are_one_notification(
    ada: Principal, browser: Browser, push_service: PushService
) -> None:
    for number in range(5):
        await deliver(ada, f"No {number}")

    await runner.tell(ada.id)

    [only] = push_service.said(browser)
    assert (only["kind"], only["count"], only["unread"], only["subject"]) == ("many", 5, 5, "No 4")


async def test_silent_are_other_mailboxes_read_mail_imports_moves_and_old_news(
    ada: Principal, browser: Browser, push_service: PushService, time: Clock
) -> None:
    filed = await deliver(ada, "Filed", to="archive")
    await deliver(ada, "Junk", to="junk")
    await deliver(ada, "Draft", to="drafts")
    await deliver(ada, "Read by a filter", flags=SEEN)
    await ingest.store(message("Imported"), ada.id, "inbox", internal_at=1_600_000_000)
    time.now += 60
    inbox = await mailboxes.get(ada.id, "INBOX")
    await copy_move.move_refs(ada.id, [filed], inbox.id)
    await runner.tell(ada.id)
    await deliver(ada, "Of last night")
    time.now += arrivals.NEWS_FOR_S
    await deliver(ada, "Of now")

    await runner.tell(ada.id)

    assert subjects(push_service, browser) == ["Of now"]


async def test_snoozed_mail_and_reminders_are_told_when_they_come(
    ada: Principal, browser: Browser, push_service: PushService, time: Clock
) -> None:
    ref = await deliver(ada, "Later")
    sent = await deliver(ada, "Any answer?", to="sent", flags=SEEN)
    await snooze.snooze(ada.id, [ref], int(time.now) + 7200)
    await follow_up.remind(ada.id, sent, int(time.now) + 9000)
    await runner.tell(ada.id)
    assert push_service.taken == []

    time.now += 7300
    await due.run_due()
    await runner.tell(ada.id)
    time.now += 3600
    await due.run_due()
    await runner.tell(ada.id)

    assert subjects(push_service, browser) == ["Later", "Any answer?"]
    assert await timers.next_wake() is None


async def test_only_known_senders_are_told_where_that_was_chosen(
    ada: Principal, browser: Browser, push_service: PushService
) -> None:
    await choose(ada, mail="known")
    new, _ = await known_recipients.strangers(ada.id, [("Amara", "North.Example")])
    await known_recipients.remember(ada.id, new)
    await senders.put(ada.id, Standing.TRUSTED, "@trusted.example")
    for sender in (
        "x@stranger.example",
        "AMARA@north.example",
        "y@trusted.example",
        "ben@example.test",
        "broken",
    ):
        await ingest.store(message(f"From {sender}", sender), ada.id, "inbox")
        await runner.tell(ada.id)

    assert subjects(push_service, browser) == [
        "From AMARA@north.example",
        "From y@trusted.example",
        "From ben@example.test",
    ]


async def test_nothing_is_told_where_nothing_was_chosen_or_it_is_forbidden(
    ada: Principal, browser: Browser, push_service: PushService
) -> None:
    await choose(ada, mail="none")
    await deliver(ada, "One")
    await runner.tell(ada.id)
    await choose(ada, mail="all")
    await settings.set_value(SYSTEM, "notifications.push", Level.SYSTEM, 0, False)
    await deliver(ada, "Two")
    await runner.tell(ada.id)
    await settings.set_value(SYSTEM, "notifications.push", Level.SYSTEM, 0, None)
    await deliver(ada, "Three")

    await runner.tell(ada.id)

    assert subjects(push_service, browser) == ["Three"]


async def test_hidden_content_never_leaves_the_server(
    ada: Principal, browser: Browser, push_service: PushService
) -> None:
    await choose(ada, content=False)
    await deliver(ada)

    await runner.tell(ada.id)

    [only] = push_service.said(browser)
    assert set(only) == {"kind", "id", "mailboxId", "unread", "at"}


async def test_quiet_hours_are_those_of_the_device(
    ada: Principal, browser: Browser, push_service: PushService
) -> None:
    await choose(ada, quiet_hours="13:00-07:00")
    london = await enrolled(ada, "two", "Europe/London")
    await deliver(ada)

    await runner.tell(ada.id)

    assert subjects(push_service, browser) == []
    assert subjects(push_service, london) == ["Supper"]


@pytest.mark.parametrize(
    ("quiet", "is_quiet"),
    [
        ("", False),
        ("11:00-13:00", True),
        ("12:33-12:34", True),
        ("13:00-12:33", False),
        ("12:34-12:33", False),
        ("22:00-13:00", True),
        ("12:00-12:00", False),
    ],
)
def test_quiet_hours_may_pass_midnight(quiet: str, is_quiet: bool) -> None:
    assert choices.is_quiet(quiet, "Europe/London", 1_910_000_000) is is_quiet


@pytest.mark.parametrize("zone", ["", "Nowhere/Else", "../../etc/passwd", "/etc/localtime", "x" * 200, "\0"])
def test_a_zone_that_is_none_is_utc(zone: str) -> None:
    assert choices.is_zone(zone) is False
    assert choices.is_quiet("11:33-11:34", zone, 1_910_000_000) is True


async def test_a_subscription_that_is_gone_is_forgotten(
    ada: Principal, browser: Browser, push_service: PushService
) -> None:
    kept = await enrolled(ada, "two")
    push_service.statuses = [410]
    await deliver(ada)

    await runner.tell(ada.id)

    left = await push_devices.of_user(ada.id)
    assert len(left) == 1
    assert len(push_service.said(browser) + push_service.said(kept)) == 1


@pytest.mark.parametrize("failure", [503, 429, OSError("away")])
async def test_a_push_service_that_is_busy_is_asked_again(
    ada: Principal,
    browser: Browser,
    push_service: PushService,
    failure: int | Exception,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(runner, "AGAIN_AFTER_S", (0.0, 0.0))
    push_service.statuses = [failure, failure]
    await deliver(ada)

    await runner.tell(ada.id)

    assert subjects(push_service, browser) == ["Supper"]


async def test_one_that_stays_away_is_given_up_and_keeps_its_device(
    ada: Principal, browser: Browser, push_service: PushService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "AGAIN_AFTER_S", (0.0, 0.0))
    push_service.statuses = [503] * 3
    await deliver(ada, "Lost")
    await runner.tell(ada.id)
    await deliver(ada, "Next")

    await runner.tell(ada.id)

    assert subjects(push_service, browser) == ["Next"]


async def test_hostile_text_fits_a_message(
    ada: Principal, browser: Browser, push_service: PushService
) -> None:
    raw = b"From: =?utf-8?q?" + b"=F0=9F=98=80" * 40 + b"?= <a@b.example>\r\nSubject: " + b'\xff\\"' * 3000
    await ingest.store(raw + b"\r\n\r\nx\r\n", ada.id, "inbox")

    await runner.tell(ada.id)

    [only] = push_service.said(browser)
    assert len(only["subject"]) <= 200


async def test_who_is_behind_is_found_without_an_event(ada: Principal, browser: Browser) -> None:
    assert await arrivals.overdue() == set()

    await deliver(ada)

    assert await arrivals.overdue() == {ada.id}
    assert await push_devices.watched() == {ada.id}
    assert await db.fetch_value("SELECT COUNT(*) FROM push_device") == 1
