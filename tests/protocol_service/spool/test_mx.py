"""Which hosts take mail for a domain, asked of a real server that may be dead, slow or lying."""

from __future__ import annotations

import asyncio

import dns.rcode
import pytest

from backend.kit.resolver import Resolver
from protocol_service.spool.mx import MxLookup, NoRoute, is_this_machine
from tests.support.dns_stub import DnsStub


class Watch:
    """A monotonic clock that the test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def lookup(dns: DnsStub, watch: Watch) -> MxLookup:
    return lookup_by(Resolver([dns.address]), watch)


@pytest.fixture
def hasty_lookup(dns: DnsStub, watch: Watch) -> MxLookup:
    return lookup_by(Resolver([dns.address], query_s=0.2, lifetime_s=0.5), watch)


def lookup_by(resolver: Resolver, watch: Watch) -> MxLookup:
    return MxLookup(
        resolver,
        frozenset({"mail.example.test"}),
        watch,
        lambda address: address == "192.0.2.99",
    )


async def _refusal(lookup: MxLookup, domain: str) -> str:
    with pytest.raises(NoRoute) as caught:
        await lookup.hosts(domain)
    return caught.value.status


async def test_hosts_come_by_preference(dns: DnsStub, lookup: MxLookup) -> None:
    dns.add("a.test", "MX", "30 c.a.test.", "10 A.a.test.", "20 b.a.test.")
    for name, address in [("a", "192.0.2.1"), ("b", "192.0.2.2"), ("c", "192.0.2.3")]:
        dns.add(f"{name}.a.test", "A", address)
    dns.add("b.a.test", "AAAA", "2001:db8::2")

    hosts = await lookup.hosts("a.test")

    assert [(host.name, host.addresses) for host in hosts] == [
        ("a.a.test", ("192.0.2.1",)),
        ("b.a.test", ("2001:db8::2", "192.0.2.2")),
        ("c.a.test", ("192.0.2.3",)),
    ]


async def test_equal_preferences_share_the_load(dns: DnsStub, lookup: MxLookup) -> None:
    dns.add("a.test", "MX", "10 one.test.", "10 two.test.")
    dns.add("one.test", "A", "192.0.2.1")
    dns.add("two.test", "A", "192.0.2.2")

    firsts = {(await lookup.hosts("a.test"))[0].name for _ in range(50)}

    assert firsts == {"one.test", "two.test"}


async def test_without_mx_the_domain_is_the_host(dns: DnsStub, lookup: MxLookup) -> None:
    dns.add("a.test", "A", "192.0.2.1")

    hosts = await lookup.hosts("a.test")

    assert [(host.name, host.addresses) for host in hosts] == [("a.test", ("192.0.2.1",))]


async def test_hosts_without_address_are_passed_over(dns: DnsStub, lookup: MxLookup) -> None:
    dns.add("a.test", "MX", "10 gone.test.", "20 b.test.")
    dns.add("b.test", "A", "192.0.2.1")

    assert [host.name for host in await lookup.hosts("a.test")] == ["b.test"]


@pytest.mark.parametrize(
    ("records", "status"),
    [
        ([], "5.1.2"),
        ([("a.test", "MX", "0 .")], "5.1.10"),
        ([("a.test", "TXT", '"no host"')], "5.4.4"),
        ([("a.test", "MX", "10 gone.test.")], "5.4.4"),
        ([("a.test", "MX", "10 mail.example.test.")], "5.4.6"),
        ([("a.test", "MX", "10 mail.example.test."), ("a.test", "MX", "20 b.test.")], "5.4.6"),
        ([("a.test", "MX", "10 b.test."), ("b.test", "A", "192.0.2.99")], "5.4.6"),
        ([("a.test", "A", "192.0.2.99")], "5.4.6"),
    ],
    ids=[
        "no domain",
        "null MX",
        "no host",
        "host gone",
        "only us",
        "we are best",
        "only us by address",
        "we are the domain",
    ],
)
async def test_there_is_no_way(
    dns: DnsStub, lookup: MxLookup, records: list[tuple[str, str, str]], status: str
) -> None:
    for name, kind, value in records:
        dns.add(name, kind, value)

    assert await _refusal(lookup, "a.test") == status


async def test_hosts_behind_us_are_left_out(dns: DnsStub, lookup: MxLookup) -> None:
    dns.add("a.test", "MX", "10 best.test.", "20 mail.example.test.", "30 other.test.")
    dns.add("best.test", "A", "192.0.2.1")

    assert [host.name for host in await lookup.hosts("a.test")] == ["best.test"]


async def test_hosts_behind_one_of_our_addresses_are_left_out(dns: DnsStub, lookup: MxLookup) -> None:
    dns.add("a.test", "MX", "10 best.test.", "20 also-us.test.", "20 peer.test.", "30 other.test.")
    for name, address in [("best", "192.0.2.1"), ("also-us", "192.0.2.99"), ("peer", "192.0.2.3")]:
        dns.add(f"{name}.test", "A", address)

    assert [host.name for host in await lookup.hosts("a.test")] == ["best.test"]


def test_this_machine_knows_its_own_addresses() -> None:
    assert not is_this_machine("127.0.0.1")
    assert not is_this_machine("::1")
    assert not is_this_machine("203.0.113.7")


async def test_a_null_mx_beside_others_says_nothing(dns: DnsStub, lookup: MxLookup) -> None:
    dns.add("a.test", "MX", "0 .", "10 b.test.")
    dns.add("b.test", "A", "192.0.2.1")

    assert [host.name for host in await lookup.hosts("a.test")] == ["b.test"]


@pytest.mark.parametrize("fault", ["dead", "slow", "lying", "servfail", "refused"])
async def test_a_server_in_trouble_is_no_refusal(dns: DnsStub, hasty_lookup: MxLookup, fault: str) -> None:
    dns.is_dead = fault == "dead"
    dns.is_lying = fault == "lying"
    dns.delay_s = 60.0 if fault == "slow" else 0.0
    dns.rcode = {"servfail": dns_rcode("SERVFAIL"), "refused": dns_rcode("REFUSED")}.get(fault)

    async with asyncio.timeout(30):
        assert await _refusal(hasty_lookup, "remote.test") == "4.4.3"


def dns_rcode(name: str) -> dns.rcode.Rcode:
    return dns.rcode.from_text(name)


async def test_a_truncated_answer_is_asked_for_by_tcp(dns: DnsStub, lookup: MxLookup) -> None:
    dns.is_truncating = True

    assert [host.name for host in await lookup.hosts("remote.test")] == ["mx.remote.test"]


async def test_answers_are_remembered_for_their_time(dns: DnsStub, lookup: MxLookup, watch: Watch) -> None:
    for _ in range(3):
        await lookup.hosts("remote.test")
    assert dns.asked["remote.test", "MX"] == 1

    watch.now += 299
    await lookup.hosts("remote.test")
    assert dns.asked["remote.test", "MX"] == 1

    watch.now += 2
    await lookup.hosts("remote.test")
    assert dns.asked["remote.test", "MX"] == 2


async def test_refusals_are_remembered_for_a_minute_and_silence_for_seconds(
    dns: DnsStub, lookup: MxLookup, watch: Watch
) -> None:
    await _refusal(lookup, "gone.test")
    await _refusal(lookup, "gone.test")
    assert dns.asked["gone.test", "MX"] == 1
    dns.rcode = dns_rcode("SERVFAIL")
    await _refusal(lookup, "remote.test")
    asked = dns.asked["remote.test", "MX"]
    await _refusal(lookup, "remote.test")
    assert dns.asked["remote.test", "MX"] == asked

    dns.rcode = None
    watch.now += 11

    assert await lookup.hosts("remote.test")
    assert await _refusal(lookup, "gone.test") == "5.1.2"
    assert dns.asked["gone.test", "MX"] == 1


async def test_a_question_under_way_is_asked_once(dns: DnsStub, lookup: MxLookup) -> None:
    dns.delay_s = 0.1

    found = await asyncio.gather(*(lookup.hosts("remote.test") for _ in range(20)))

    assert {hosts[0].name for hosts in found} == {"mx.remote.test"}
    assert dns.asked["remote.test", "MX"] == 1


async def test_literals_need_no_dns(dns: DnsStub, lookup: MxLookup) -> None:
    hosts = [await lookup.hosts(text) for text in ("[192.0.2.9]", "[IPv6:2001:db8::9]")]

    assert [host.addresses for (host,) in hosts] == [("192.0.2.9",), ("2001:db8::9",)]
    assert await _refusal(lookup, "[nonsense]") == "5.1.2"
    assert not dns.asked
