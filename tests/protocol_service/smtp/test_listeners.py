"""Listeners that the configuration adds, each with a policy of its own."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ipaddress import ip_network
from typing import Any

from backend.kit.extra_listeners import ExtraListener
from backend.kit.runtime import Runtime
from tests.support.mail_house import PASSWORD, House, mail_house
from tests.support.smtp_raw import RawSmtp, trusting

MESSAGE = b"Subject: x\r\n\r\nx\r\n"
HERE = ["127.0.0.0/8"]


@asynccontextmanager
async def opened(rt: Runtime, proxies: tuple[str, ...] = (), **extra: Any) -> AsyncIterator[House]:
    """A house with one more listener called `more`."""
    listener = ExtraListener(name="more", port=0, **extra)
    settings = rt.settings.model_copy(
        update={"listeners": (listener,), "proxy_networks": tuple(map(ip_network, proxies))}
    )
    async with mail_house(rt, settings=settings, with_worker=False) as house:
        yield house


async def handed_over(house: House, source: str) -> RawSmtp:
    client = await house.connect("more", greet=False)
    client.send(f"PROXY TCP4 {source} 127.0.0.1 4711 25\r\n".encode())
    return client


async def test_a_relay_sends_to_anywhere_for_its_networks(rt: Runtime) -> None:
    async with opened(rt, kind="relay", networks=HERE) as house:
        client = await house.connect("more")
        accepted = await client.mail("scanner@device.test", ["x@remote.test", "bob@example.test"], MESSAGE)
        unknown = await client.mail("scanner@device.test", ["nobody@example.test"], MESSAGE)
        usual = await (await house.connect()).mail("scanner@device.test", ["x@remote.test"], MESSAGE)
        offered = (await client.command("EHLO scanner.test")).text

        assert [accepted.code, unknown.code] == [250, 550]
        assert str(usual) == "550 5.7.1 Relaying denied"
        assert await house.count("spool_recipient") == 2
        assert "AUTH" not in offered


async def test_who_is_of_no_network_is_sent_away(rt: Runtime) -> None:
    async with opened(rt, ("127.0.0.0/8",), kind="relay", networks=["10.1.0.0/16", "2001:db8::/32"]) as house:
        inside = await handed_over(house, "10.1.2.3")
        outside = await handed_over(house, "10.2.0.1")

        assert (await inside.reply()).code == 220
        assert str(await outside.reply()) == "554 5.7.1 Connections from your address are not taken here"
        assert await outside.at_end()


async def test_a_relay_that_needs_a_sign_in(rt: Runtime) -> None:
    async with opened(rt, kind="relay", require_auth=True) as house:
        client = await house.connect("more")
        before = await client.command("MAIL FROM:<alice@example.test>")
        login = b64encode(f"\0alice@example.test\0{PASSWORD}".encode()).decode()
        signed_in = await client.command(f"AUTH PLAIN {login}")
        after = await client.mail("alice@example.test", ["x@remote.test"], MESSAGE)
        foreign = await client.command("MAIL FROM:<bob@example.test>")

        assert [before.code, signed_in.code, after.code, foreign.code] == [530, 235, 250, 550]


async def test_tls_is_required_before_any_message(rt: Runtime) -> None:
    async with opened(rt, kind="mx", tls="required") as house:
        client = await house.connect("more")
        in_clear = await client.command("MAIL FROM:<a@remote.test>")
        await client.start_tls(trusting())
        await client.command("EHLO mx.remote.test")

        assert str(in_clear) == "530 5.7.0 Issue a STARTTLS command first"
        assert (await client.mail("a@remote.test", ["bob@example.test"], MESSAGE)).code == 250


async def test_tls_need_not_be_offered(rt: Runtime) -> None:
    async with opened(rt, kind="mx", tls="none") as house:
        client = await house.connect("more")
        assert "STARTTLS" not in (await client.command("EHLO mx.remote.test")).text
        assert (await client.command("STARTTLS")).code == 502


async def test_tls_may_be_spoken_from_the_first_byte(rt: Runtime) -> None:
    async with opened(rt, kind="submission", tls="implicit") as house:
        client = await house.connect("more", tls=trusting())
        assert "AUTH " in (await client.command("EHLO client.test")).text


async def test_a_size_limit_of_its_own(rt: Runtime) -> None:
    async with opened(rt, kind="mx", max_message_bytes=70_000) as house:
        client = await house.connect("more")
        assert "SIZE 70000" in (await client.command("EHLO mx.remote.test")).text

        assert (await client.command("MAIL FROM:<a@remote.test> SIZE=70001")).code == 552
        large = b"Subject: x\r\n\r\n" + b"x" * 76 * 1000 + b"\r\n"
        assert (await client.mail("a@remote.test", ["bob@example.test"], large)).code == 552
        assert (await client.mail("a@remote.test", ["bob@example.test"], MESSAGE)).code == 250


async def test_a_second_lmtp_without_balancers(rt: Runtime) -> None:
    async with opened(rt, ("127.0.0.0/8",), kind="lmtp", proxy=False) as house:
        client = await house.connect("more", greet=False)
        assert str(await client.reply()) == "220 mail.example.test LMTP Postroom"
        assert (await client.command("LHLO front.test")).code == 250
        assert (await client.mail("a@remote.test", ["bob@example.test"], MESSAGE)).code == 250
