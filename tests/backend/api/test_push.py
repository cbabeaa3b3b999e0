"""One's own devices over the schema: added by the browser that asks, bounded, nobody else's, never within."""

from __future__ import annotations

from typing import Any

import pytest

from backend.directory import api_keys, push_devices, sessions, settings, users
from backend.directory.principal import SYSTEM, Principal, for_user
from backend.directory.setting_key import Level
from backend.kit import clock, db
from backend.kit.runtime import Runtime
from backend.mailstore import ingest
from backend.operations import accounts, removal
from tests.backend.api.test_mail import maren
from tests.support.api import ask, ask_from_browser
from tests.support.push_receiver import Browser, PushService

__all__ = ["maren"]

ADD = "mutation($input: PushSubscriptionInput!) { addPushDevice(input: $input) { devices { id isCurrent } } }"
LIST = "{ push { serverKey sessionId devices { id isCurrent userAgent endpoint pushedAt } } }"
REMOVE = "mutation($id: ID!) { removePushDevice(id: $id) { devices { id } } }"
TEST = "mutation($id: ID!) { testPushDevice(id: $id) }"


@pytest.fixture
async def here(maren: Principal) -> Principal:
    return await signed_in(maren)


async def signed_in(who: Principal, browser: str = "Firefox") -> Principal:
    return (await sessions.create(who, remote_address="192.0.2.1", user_agent=browser))[1]


async def data(document: str, who: Principal, **variables: Any) -> Any:
    answer = await ask_from_browser(document, who, **variables)
    assert "errors" not in answer, answer["errors"]
    return answer["data"]


async def codes(document: str, who: Principal, **variables: Any) -> list[str]:
    answer = await ask_from_browser(document, who, **variables)
    return [error["extensions"]["code"] for error in answer.get("errors", [])]


async def add(who: Principal, browser: Browser, **changes: str) -> Any:
    return (await data(ADD, who, input=browser.given | changes))["addPushDevice"]["devices"]


async def devices(who: Principal) -> Any:
    return (await data(LIST, who))["push"]["devices"]


async def test_a_browser_is_added_listed_elsewhere_and_removed(here: Principal) -> None:
    browser = Browser()

    [device] = await add(here, browser, zone="Europe/Berlin")

    there = await signed_in(here, "Phone")
    [seen] = await devices(there)
    assert (seen["id"], seen["isCurrent"], seen["userAgent"]) == (device["id"], False, "Firefox")
    assert seen["endpoint"] is None
    [own] = await devices(here)
    assert (own["isCurrent"], own["endpoint"], own["pushedAt"]) == (True, browser.endpoint, None)
    assert (await data(REMOVE, there, id=device["id"]))["removePushDevice"]["devices"] == []
    assert await codes(REMOVE, there, id=device["id"]) == ["NOT_FOUND"]


async def test_the_key_of_the_server_is_made_once(here: Principal) -> None:
    first = (await data(LIST, here))["push"]["serverKey"]

    assert (await data(LIST, here))["push"]["serverKey"] == first
    assert len(first) == 87
    assert (await data(LIST, here))["push"]["sessionId"] == str(here.session_id)


async def test_a_new_subscription_of_a_browser_takes_the_place_of_the_old_one(here: Principal) -> None:
    await add(here, Browser("old"))
    await add(here, Browser("new"))
    again = await signed_in(here)

    await add(again, Browser("new"))

    [only] = await devices(again)
    assert only["isCurrent"] is True
    assert only["endpoint"] == Browser("new").endpoint


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "push",
        "http://push.example.net/x",
        "https://push.example.net:8443/x",
        "https://user@push.example.net/x",
        "https://push.example.net/x#y",
        "https://push.example.net/\n",
        "https://push.example.net/ü",
        "https://push.example.net/" + "x" * 1000,
        "https://localhost/x",
        "https://127.0.0.1/x",
        "https://2130706433/x",
        "https://10.1.2.3/x",
        "https://169.254.169.254/x",
        "https://[::1]/x",
        "https://[fd00::1]/x",
        "https://[64:ff9b::a00:1]/x",
    ],
)
async def test_what_no_push_service_is_is_refused(here: Principal, endpoint: str) -> None:
    assert await codes(ADD, here, input=Browser().given | {"endpoint": endpoint}) == ["INVALID"]
    assert await devices(here) == []


async def test_keys_of_no_browser_are_refused(here: Principal) -> None:
    given = Browser().given

    assert await codes(ADD, here, input=given | {"p256dh": given["p256dh"][:-2]}) == ["INVALID"]
    assert await codes(ADD, here, input=given | {"auth": "short"}) == ["INVALID"]
    assert await devices(here) == []


async def test_only_so_many_devices_are_notified(here: Principal) -> None:
    await settings.set_value(SYSTEM, "notifications.max_devices", Level.USER, here.id, 2)
    others = [await signed_in(here) for _ in range(2)]
    for number, other in enumerate(others):
        await add(other, Browser(str(number)))

    assert await codes(ADD, here, input=Browser("more").given) == ["LIMIT_EXCEEDED"]
    await add(others[0], Browser("renewed"))

    assert len(await devices(here)) == 2


async def test_an_administrator_may_forbid_it_and_the_refusal_says_who(here: Principal) -> None:
    await settings.set_value(SYSTEM, "notifications.push", Level.DOMAIN, here.domain_id or 0, False)

    answer = await ask_from_browser(ADD, here, input=Browser().given)

    [error] = answer["errors"]
    assert error["extensions"]["code"] == "PERMISSION_DENIED"
    assert error["message"] == "Push notifications are turned off, set by system for example.test"
    assert await devices(here) == []


async def test_only_a_browser_that_is_signed_in_can_be_added(here: Principal, maren: Principal) -> None:
    _, key = await api_keys.create(maren, "robot", permissions=None, expires_at=None)
    robot = maren.through(key.id, "")

    answer = await ask(ADD, robot, input=Browser().given)

    assert answer["errors"][0]["extensions"]["code"] == "PERMISSION_DENIED"
    assert await codes(ADD, robot, input=Browser().given) == ["NOT_FOUND"]
    assert await devices(here) == []


async def test_nobody_reaches_the_devices_of_others(here: Principal, push_service: PushService) -> None:
    [device] = await add(here, Browser())
    ben = await accounts.add_user(SYSTEM, "ben@example.test", "violet-anchor-73")
    other = await signed_in(for_user(ben))

    assert await devices(other) == []
    assert await codes(REMOVE, other, id=device["id"]) == ["NOT_FOUND"]
    assert await codes(TEST, other, id=device["id"]) == ["NOT_FOUND"]
    assert len(await devices(here)) == 1
    assert push_service.taken == []


async def test_a_browser_tells_only_whoever_used_it_last(here: Principal) -> None:
    await add(here, Browser())
    ben = await accounts.add_user(SYSTEM, "ben@example.test", "violet-anchor-73")
    other = await signed_in(for_user(ben))

    await add(other, Browser())

    assert await devices(here) == []
    assert len(await devices(other)) == 1


async def test_a_device_goes_with_its_session(here: Principal, maren: Principal) -> None:
    await add(here, Browser("a"))
    kept = await signed_in(maren)
    await add(kept, Browser("b"))
    await sessions.revoke(kept, here.session_id or 0)
    assert [one["isCurrent"] for one in await devices(kept)] == [True]

    more = await signed_in(maren)
    await add(more, Browser("c"))
    await sessions.revoke_all(kept)
    assert [one["isCurrent"] for one in await devices(kept)] == [True]

    clock.set_source(lambda: 4_000_000_000)
    try:
        assert await push_devices.of_user(maren.id) == []
        await sessions.delete_expired()
    finally:
        clock.set_source(None)
    assert await db.fetch_value("SELECT COUNT(*) FROM push_device") == 0


async def test_a_device_goes_with_its_user(here: Principal) -> None:
    await add(here, Browser())
    await users.set_password(SYSTEM, here.id, "another calm river")
    assert await db.fetch_value("SELECT COUNT(*) FROM push_device") == 0
    await add(await signed_in(here), Browser())

    await removal.remove_user(SYSTEM, here.id)

    assert await db.fetch_value("SELECT COUNT(*) FROM push_device") == 0


async def test_a_test_notification_comes_at_once(here: Principal, push_service: PushService) -> None:
    browser = Browser()
    [device] = await add(here, browser)

    assert (await data(TEST, here, id=device["id"]))["testPushDevice"] is True

    assert push_service.said(browser) == [{"kind": "test"}]
    [(_, _, headers)] = push_service.taken
    assert headers["Content-Encoding"] == "aes128gcm"
    assert (headers["TTL"], headers["Urgency"]) == ("86400", "high")
    assert 0 < len(headers["Topic"]) <= 32
    [now] = await devices(here)
    assert now["pushedAt"] is not None


@pytest.mark.parametrize(
    ("status", "code", "left"),
    [(410, "NOT_FOUND", 0), (404, "NOT_FOUND", 0), (403, "UNAVAILABLE", 1), (503, "UNAVAILABLE", 1)],
)
async def test_a_push_service_that_refuses_is_told_of(
    here: Principal, push_service: PushService, status: int, code: str, left: int
) -> None:
    [device] = await add(here, Browser())
    push_service.statuses = [status]

    assert await codes(TEST, here, id=device["id"]) == [code]

    assert len(await devices(here)) == left


async def test_tests_are_paced(here: Principal, push_service: PushService) -> None:
    [device] = await add(here, Browser())
    for _ in range(30):
        assert await codes(TEST, here, id=device["id"]) == []

    assert await codes(TEST, here, id=device["id"]) == ["RATE_LIMITED"]
    assert len(push_service.taken) == 30


async def test_a_disabled_user_is_told_nothing(rt: Runtime, here: Principal) -> None:
    await add(here, Browser())

    await users.update(SYSTEM, here.id, is_enabled=False)

    assert await push_devices.of_user(here.id) == []
    assert await push_devices.claim(here.id, 1 << 62) == []


NEWS = "query($after: ID) { news(after: $after) { end messages { id sender subject } } }"


async def test_an_open_page_hears_of_what_came_since_it_asked(here: Principal) -> None:
    await fill_now(here, "Before")
    first = (await data(NEWS, here))["news"]
    assert first["messages"] == []
    ref = await fill_now(here, "Now")

    second = (await data(NEWS, here, after=first["end"]))["news"]

    assert second["messages"] == [{"id": str(ref), "sender": "Amara Okafor", "subject": "Now"}]
    assert (await data(NEWS, here, after=second["end"]))["news"] == {"end": second["end"], "messages": []}


@pytest.mark.parametrize(
    ("key", "value", "heard"),
    [
        ("content", False, [{"sender": None, "subject": None}]),
        ("mail", "known", []),
        ("mail", "none", []),
        ("quiet_hours", "11:00-12:00", []),
        ("quiet_hours", "12:00-13:00", [{"sender": "Amara Okafor", "subject": "Now"}]),
    ],
)
async def test_an_open_page_hears_what_was_chosen(
    here: Principal, key: str, value: str | bool, heard: list[dict[str, str | None]]
) -> None:
    clock.set_source(lambda: 1_910_000_000)  # 11:33 UTC
    try:
        end = (await data(NEWS, here))["news"]["end"]
        await fill_now(here, "Now")
        await settings.set_value(here, f"notifications.{key}", Level.USER, here.id, value)

        found = (await data(NEWS, here, after=end))["news"]["messages"]
    finally:
        clock.set_source(None)

    assert [{"sender": one["sender"], "subject": one["subject"]} for one in found] == heard


async def fill_now(who: Principal, subject: str) -> int:
    raw = f"From: Amara Okafor <amara@north.example>\r\nSubject: {subject}\r\n\r\nHello\r\n".encode()
    return (await ingest.store(raw, who.id, "inbox")).ref
