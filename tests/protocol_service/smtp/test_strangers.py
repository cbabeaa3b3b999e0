"""Mail servers that nobody knows: the wait before the banner, talking out of turn, slow answers to errors,
and what they may call themselves. A balancer on this machine hands them over, each with its own address.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.directory import settings
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from backend.kit import db
from backend.kit import redis as redis_module
from backend.kit.runtime import Runtime
from protocol_service.smtp.checks import errors
from protocol_service.smtp.greeted import Greeted
from protocol_service.smtp.server import Server
from tests.support.dns_stub import DnsStub, dns_stub
from tests.support.mail_house import House, mail_house
from tests.support.smtp_raw import RawSmtp
from tests.support.valkey import Valkey

TEASER = b"220-mail.example.test ESMTP Postroom\r\n"
BANNER = b"220 mail.example.test ESMTP Postroom\r\n"


@pytest.fixture
async def dns() -> AsyncIterator[DnsStub]:
    async with dns_stub() as stub:
        stub.add("remote.test", "MX", "10 mx.remote.test.")
        yield stub


@pytest.fixture
async def doors(rt: Runtime, dns: DnsStub) -> AsyncIterator[House]:
    """A house behind a balancer on this machine."""
    behind = rt.settings.model_copy(
        update={"proxy_networks": (ip_network("127.0.0.0/8"),), "dns_servers": (dns.address,)}
    )
    async with mail_house(rt, settings=behind, with_worker=False) as house:
        yield house


async def stranger(doors: House, address: str = "203.0.113.7", door: str = "smtp") -> RawSmtp:
    family = "TCP6" if ":" in address else "TCP4"
    here = "::1" if ":" in address else "127.0.0.1"
    client = await doors.connect(door, greet=False)
    client.send(f"PROXY {family} {address} {here} 4711 25\r\n".encode())
    return client


async def put(key: str, value: int | bool) -> None:
    await settings.set_value(SYSTEM, f"reception.{key}", Level.SYSTEM, 0, value)


async def greeted(doors: House, address: str = "203.0.113.7") -> RawSmtp:
    await put("greet_wait_seconds", 0)
    client = await stranger(doors, address)
    assert (await client.reply()).code == 220
    return client


async def refusals() -> list[tuple[str, dict[str, str]]]:
    rows = await db.fetch_rows("SELECT subject, detail FROM audit_entry WHERE action = 'connection.refuse'")
    return [(subject, json.loads(detail)) for subject, detail in rows]


# -- before the banner


async def test_a_client_that_waits_gets_the_whole_banner_and_waits_no_second_time(
    doors: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = []

    async def hears(server: Server, wait_s: float) -> bool:
        waits.append(wait_s)
        return await real(server, 0.01)

    real = Server.hears
    monkeypatch.setattr(Server, "hears", hears)

    first = await stranger(doors)
    assert await first.reader.readuntil(b"\n") == TEASER
    assert await first.reader.readuntil(b"\n") == BANNER
    second = await stranger(doors)
    assert await second.reader.readuntil(b"\n") == BANNER
    same_network = [await stranger(doors, address) for address in ("2001:db8::1", "2001:db8::2")]
    first_lines = [await client.reader.readuntil(b"\n") for client in same_network[:1]]
    await same_network[0].reader.readuntil(b"\n")

    assert first_lines == [TEASER]
    assert await (await stranger(doors, "2001:db8::3")).reader.readuntil(b"\n") == BANNER
    assert set(waits) == {3}
    assert (await first.command("EHLO mx.remote.test")).code == 250


@pytest.mark.parametrize("sent", [b"EHLO bot.test\r\n", b"E", b"GET / HTTP/1.1\r\n", b"\x16\x03\x01"])
async def test_a_client_that_talks_first_is_refused(doors: House, sent: bytes) -> None:
    await put("greet_wait_seconds", 20)
    client = await stranger(doors)
    client.send(sent)

    assert await client.reader.readuntil(b"\n") == TEASER
    assert str(await client.reply()) == "521 5.5.1 Wait for the reply before you go on"
    assert await client.at_end()
    again = await stranger(doors)
    again.send(sent)
    assert (await again.reply()).code == 521
    assert await refusals() == [("203.0.113.7", {"talked_before": "banner"})]


async def test_a_client_that_leaves_meanwhile_is_forgotten(doors: House) -> None:
    await put("greet_wait_seconds", 20)
    client = await stranger(doors)
    assert await client.reader.readuntil(b"\n") == TEASER

    await client.close()

    await doors.smtp.reception.empty()
    assert not await doors.smtp.reception.greeted.knows("203.0.113.7")
    assert await refusals() == []


async def test_processes_tell_each_other_who_has_waited(
    valkey: Valkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = valkey.connect()
    monkeypatch.setattr(redis_module, "_client", client)
    one, two = Greeted(), Greeted()

    await one.learn("203.0.113.7")
    await one.learn("2001:db8::1")

    assert await two.knows("203.0.113.7")
    assert await two.knows("2001:db8::ffff")
    assert not await two.knows("203.0.113.8")
    await valkey.stop()
    await two.learn("203.0.113.9")
    known = [await two.knows(f"203.0.113.{number}") for number in (7, 8, 9)]
    assert known == [True, False, True]
    await client.aclose()


async def test_no_wait_for_submission_this_machine_and_when_it_is_off(doors: House) -> None:
    await put("greet_wait_seconds", 20)
    balancer = await doors.connect("smtp", greet=False)
    balancer.send(b"PROXY UNKNOWN\r\n")

    assert await balancer.reader.readuntil(b"\n") == BANNER
    assert await (await stranger(doors, door="submission")).reader.readuntil(b"\n") == BANNER
    await put("greet_wait_seconds", 0)
    assert await (await stranger(doors)).reader.readuntil(b"\n") == BANNER


async def test_a_waiting_client_is_told_when_the_service_ends(doors: House) -> None:
    await put("greet_wait_seconds", 20)
    client = await stranger(doors)
    assert await client.reader.readuntil(b"\n") == TEASER

    draining = asyncio.create_task(doors.smtp.drain())

    assert (await client.reply()).code == 421
    await draining


# -- talking before EHLO is answered


async def test_nothing_may_follow_ehlo_before_its_answer(doors: House) -> None:
    client = await greeted(doors)
    client.send(b"EHLO bot.test\r\nMAIL FROM:<a@bot.test>\r\nRCPT TO:<bob@example.test>\r\nDATA\r\n")

    assert str(await client.reply()) == "521 5.5.1 Wait for the reply before you go on"
    assert await client.at_end()
    assert await refusals() == [("203.0.113.7", {"talked_before": "EHLO"})]
    await put("strict_pipelining", False)
    lenient = await greeted(doors)
    lenient.send(b"HELO bot.test\r\nMAIL FROM:<a@bot.test>\r\n")
    assert await lenient.codes(2) == [250, 250]


async def test_what_may_be_pipelined_is(doors: House) -> None:
    client = await greeted(doors)
    assert (await client.command("EHLO mx.remote.test")).code == 250

    client.send(b"MAIL FROM:<a@remote.test>\r\nRCPT TO:<bob@example.test>\r\nDATA\r\n")

    assert await client.codes(3) == [250, 250, 354]


# -- errors


@given(st.integers(0, 10_000), st.integers(0, 100), st.integers(0, 60))
def test_delays_grow_and_are_bounded(number: int, after: int, most: int) -> None:
    found = errors.delay(number, after, most)

    assert 0 <= found <= most
    assert found <= errors.delay(number + 1, after, most)
    assert (found == 0) == (after == 0 or most == 0 or number < after)


async def test_answers_to_errors_come_later_and_later(doors: House, monkeypatch: pytest.MonkeyPatch) -> None:
    lingered: list[float] = []

    async def linger(server: Server, wait_s: float) -> None:
        lingered.append(wait_s)

    monkeypatch.setattr(Server, "linger", linger)
    client = await greeted(doors)
    await client.command("EHLO mx.remote.test")
    await client.command("MAIL FROM:<a@remote.test>")

    for number in range(4):
        assert (await client.command(f"RCPT TO:<nobody{number}@example.test>")).code == 550
    assert (await client.command("WHAT")).code == 500
    assert (await client.command("RCPT TO:<bob@example.test>")).code == 250
    assert (await client.command("RCPT TO:<nobody@example.test>")).code == 550

    assert lingered == [1, 2, 4, 5]


async def test_a_held_back_answer_comes_and_who_leaves_is_not_waited_for(doors: House) -> None:
    await put("tarpit_after", 1)
    await put("tarpit_seconds", 60)
    slow = await greeted(doors)
    assert (await slow.command("WHAT")).code == 500
    slow.send(b"WHAT\r\n" * 6)  # 2, 4, 8, … seconds

    await slow.close()

    await doors.smtp.reception.empty()


async def test_signed_in_users_and_this_machine_are_not_slowed(
    doors: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def linger(server: Server, wait_s: float) -> None:
        raise AssertionError("slowed")

    monkeypatch.setattr(Server, "linger", linger)
    balancer = await doors.connect("smtp", greet=False)
    balancer.send(b"PROXY UNKNOWN\r\n")
    for client in (balancer, await stranger(doors, door="submission")):
        await client.reply()
        assert [(await client.command("WHAT")).code for _ in range(5)] == [500] * 5


async def test_errors_of_a_connection_are_limited_by_a_setting(doors: House) -> None:
    await put("tarpit_after", 0)
    await put("errors_per_connection", 2)
    client = await greeted(doors)

    client.send(b"WHAT\r\n" * 3)

    assert await client.codes(4) == [500, 500, 500, 421]
    assert await client.at_end()


async def test_errors_of_an_address_are_limited_over_its_connections(doors: House) -> None:
    await put("tarpit_after", 0)
    await put("errors_per_address", 3)
    first = await greeted(doors)
    assert [(await first.command("WHAT")).code for _ in range(2)] == [500, 500]
    second = await greeted(doors)
    assert (await second.command("WHAT")).code == 500

    assert str(await second.command("WHAT")) == "421 4.7.0 Too many errors, closing the connection"
    assert (await (await greeted(doors, "203.0.113.8")).command("WHAT")).code == 500
    assert (await (await greeted(doors)).command("EHLO mx.remote.test")).code == 250


# -- names


@pytest.mark.parametrize(
    "name", ["mail.example.test", "MAIL.Example.Test.", "[127.0.0.1]", "127.0.0.1", "[IPv6:127.0.0.1]"]
)
@pytest.mark.parametrize("verb", ["EHLO", "HELO"])
async def test_our_own_name_is_refused(doors: House, verb: str, name: str) -> None:
    client = await greeted(doors)

    assert str(await client.command(f"{verb} {name}")) == "550 5.7.1 That name is ours"
    assert (await client.command("MAIL FROM:<a@remote.test>")).code == 503
    assert (await client.command("EHLO mx.remote.test")).code == 250


async def test_names_without_a_domain_are_refused_by_a_setting(doors: House) -> None:
    client = await greeted(doors)
    assert (await client.command("EHLO printer")).code == 250

    await put("refuse_unqualified_name", True)

    assert str(await client.command("EHLO printer")) == "550 5.7.1 A fully qualified host name is needed"
    assert [(await client.command(f"EHLO {name}")).code for name in ("[203.0.113.7]", "mx.remote.test")] == [
        250,
        250,
    ]


async def test_our_own_name_may_be_said_where_the_setting_allows_it(doors: House) -> None:
    await put("refuse_own_name", False)
    client = await greeted(doors)

    assert (await client.command("EHLO mail.example.test")).code == 250


async def test_senders_that_nobody_can_answer_are_refused(doors: House, dns: DnsStub) -> None:
    dns.add("silent.test", "MX", "0 .")
    client = await greeted(doors)
    await client.command("EHLO mx.remote.test")

    async def mail(sender: str) -> str:
        answer = str(await client.command(f"MAIL FROM:<{sender}>"))
        await client.command("RSET")
        return answer[:10]

    assert await mail("a@silent.test") == "550 5.7.27"
    assert await mail("a@absent.test") == "250 2.1.0 "
    await put("refuse_absent_domain", True)
    assert await mail("a@absent.test") == "550 5.1.8 "
    assert await mail("a@remote.test") == "250 2.1.0 "
    assert await mail("") == "250 2.1.0 "
    assert await mail("a@[192.0.2.1]") == "250 2.1.0 "
    assert await mail("bob@example.test") == "250 2.1.0 "
    await put("refuse_null_mx", False)
    assert await mail("a@silent.test") == "250 2.1.0 "
    assert dns.asked["silent.test", "MX"] == 1, "answers are remembered"


async def test_dns_that_is_silent_refuses_nobody(
    doors: House, dns: DnsStub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("protocol_service.smtp.sender_domains.WAIT_S", 0.2)
    await put("refuse_absent_domain", True)
    dns.is_dead = True
    client = await greeted(doors)
    await client.command("EHLO mx.remote.test")

    assert (await client.command("MAIL FROM:<a@absent.test>")).code == 250


async def test_this_machine_is_not_asked_about(doors: House, dns: DnsStub) -> None:
    dns.add("silent.test", "MX", "0 .")
    client = await greeted(doors, "127.0.0.1")
    await client.command("EHLO mx.remote.test")

    assert (await client.command("MAIL FROM:<a@silent.test>")).code == 250
    assert not dns.asked
