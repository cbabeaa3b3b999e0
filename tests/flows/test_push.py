"""A message that comes by SMTP is told once, whichever of several processes hears of it first."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from backend.directory import push_devices, sessions, users
from backend.directory.principal import SYSTEM, for_user
from backend.directory.push_devices import Subscription
from backend.kit import events
from backend.kit.runtime import Runtime
from backend.notifications import devices, runner
from backend.notifications.runner import Runner
from protocol_service.jobs import push
from protocol_service.service import ROLES, Service
from tests.support.mail_house import House, mail_house, until
from tests.support.push_receiver import Browser, PushService


@pytest.fixture
async def house(rt: Runtime) -> AsyncIterator[House]:
    async with mail_house(rt) as running:
        yield running


async def enrolled(house: House, name: str) -> Browser:
    browser = Browser(name)
    principal = for_user(await users.get(SYSTEM, house.users[name]))
    _, here = await sessions.create(principal, remote_address="", user_agent=name)
    await devices.add(here, Subscription(browser.endpoint, browser.p256dh, browser.auth), zone="")
    return browser


@asynccontextmanager
async def running(count: int) -> AsyncIterator[list[Runner]]:
    """That many runners, each as a process has one."""
    runners = [Runner() for _ in range(count)]
    tasks = [asyncio.create_task(one.run()) for one in runners]
    await asyncio.sleep(0)
    yield runners
    for one in runners:
        one.stop()
    async with asyncio.timeout(15):
        await asyncio.gather(*tasks)


async def send(house: House, localpart: str, subject: str) -> None:
    client = await house.connect()
    await client.command("EHLO client.test")
    await client.command("MAIL FROM:<amara@north.example>")
    await client.command(f"RCPT TO:<{localpart}@example.test>")
    await client.command("DATA")
    await client.command(f"From: amara@north.example\r\nSubject: {subject}\r\n\r\nHello\r\n.")


async def test_delivered_mail_is_told_once_by_two_processes(house: House, push_service: PushService) -> None:
    async with running(2):
        alice, bob = await enrolled(house, "alice"), await enrolled(house, "bob")
        for number in range(3):
            await send(house, "alice", f"No {number}")
        await house.wait_for_mail("alice", 3)
        await until(lambda: sum(one.get("count", 1) for one in push_service.said(alice)) >= 3)
        await send(house, "bob", "Yours")
        await until(lambda: push_service.said(bob))

    told = push_service.said(alice)
    assert sum(one.get("count", 1) for one in told) == 3
    assert [one["subject"] for one in push_service.said(bob)] == ["Yours"]


async def test_what_came_while_nobody_listened_is_told_at_the_start(
    house: House, push_service: PushService
) -> None:
    alice = await enrolled(house, "alice")
    await send(house, "alice", "Early")
    await house.wait_for_mail("alice", 1)

    async with running(1):
        await until(lambda: push_service.said(alice))
        events.bus()._gap()

    assert [one["subject"] for one in push_service.said(alice)] == ["Early"]


async def test_a_push_service_that_hangs_holds_up_nobody_else(
    house: House, push_service: PushService, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice, bob = await enrolled(house, "alice"), await enrolled(house, "bob")
    real, hangs = push_service.post, asyncio.Event()

    async def post(url, content, **options):
        if str(url) == alice.endpoint:
            await hangs.wait()
        return await real(url, content, **options)

    monkeypatch.setattr("backend.kit.public_http.post", post)
    monkeypatch.setattr(runner, "AT_ONCE", 2)
    async with running(1):
        await send(house, "alice", "First")
        await send(house, "alice", "Second")
        await house.wait_for_mail("alice", 2)
        await send(house, "bob", "Yours")
        await until(lambda: push_service.said(bob))
        assert push_service.said(alice) == []
        hangs.set()
        await until(lambda: sum(one.get("count", 1) for one in push_service.said(alice)) >= 2)

    assert [one["subject"] for one in push_service.said(bob)] == ["Yours"]


async def test_the_role_starts_drains_and_closes(house: House, push_service: PushService) -> None:
    alice = await enrolled(house, "alice")
    assert ROLES["push"] == push.__name__
    role = await push.start(Service(house.rt.settings, house.rt))
    try:
        await send(house, "alice", "Hello")
        await until(lambda: push_service.said(alice))
        async with asyncio.timeout(15):
            await role.drain()
    finally:
        await role.close()

    assert role.addresses == {}
    assert len(await push_devices.of_user(house.users["alice"])) == 1
