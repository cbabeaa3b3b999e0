"""check_host() over a table of DNS: the RFC's own examples, its grammar, its limits."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.formats import spf, spf_macros, spf_record
from backend.formats.errors import InvalidSyntax
from backend.formats.spf import Result
from tests.support.lookups import TableLookups


def world() -> TableLookups:
    """RFC 7208 appendix A."""
    return TableLookups(
        a={
            "example.com": ["192.0.2.10", "192.0.2.11"],
            "amy.example.com": ["192.0.2.65"],
            "bob.example.com": ["192.0.2.66"],
            "mail-a.example.com": ["192.0.2.129"],
            "mail-b.example.com": ["192.0.2.130"],
            "mail-c.example.org": ["192.0.2.140"],
            "mary.mobile-users._spf.example.com": ["127.0.0.2"],
            "15.15.168.192.joel.remote-users._spf.example.com": ["127.0.0.2"],
        },
        aaaa={"example.com": ["2001:db8::cb01"], "mail-a.example.com": ["2001:db8::1"]},
        mx={
            "example.com": ["mail-a.example.com", "mail-b.example.com"],
            "example.org": ["mail-c.example.org"],
        },
        ptr={
            "192.0.2.10": ["example.com"],
            "192.0.2.65": ["amy.example.com"],
            "192.0.2.140": ["mail-c.example.org"],
            "10.0.0.4": ["bob.example.com"],
        },
    )


async def check(
    record: str | None,
    ip: str = "192.0.2.10",
    *,
    sender: str = "joe@example.com",
    helo: str = "mail.example.com",
    lookups: TableLookups | None = None,
) -> str:
    lookups = lookups or world()
    domain = sender.rpartition("@")[2]
    if record is not None:
        lookups.add("txt", domain, record)
    return (await spf.check(lookups, ip, domain, sender=sender, helo=helo)).value


@pytest.mark.parametrize(
    ("record", "ip", "wanted"),
    [
        ("v=spf1 +all", "198.51.100.1", "pass"),
        ("v=spf1 a -all", "192.0.2.10", "pass"),
        ("v=spf1 a -all", "192.0.2.129", "fail"),
        ("v=spf1 a:example.org -all", "192.0.2.10", "fail"),
        ("v=spf1 mx -all", "192.0.2.129", "pass"),
        ("v=spf1 mx:example.org -all", "192.0.2.140", "pass"),
        ("v=spf1 mx mx:example.org -all", "192.0.2.140", "pass"),
        ("v=spf1 mx/30 mx:example.org/30 -all", "192.0.2.131", "pass"),
        ("v=spf1 mx/30 mx:example.org/30 -all", "192.0.2.143", "pass"),
        ("v=spf1 ptr -all", "192.0.2.65", "pass"),
        ("v=spf1 ptr -all", "192.0.2.140", "fail"),
        ("v=spf1 ptr -all", "10.0.0.4", "fail"),
        ("v=spf1 ip4:192.0.2.128/28 -all", "192.0.2.65", "fail"),
        ("v=spf1 ip4:192.0.2.128/28 -all", "192.0.2.129", "pass"),
        ("v=spf1 ip6:2001:db8::/32 -all", "2001:db8::7", "pass"),
        ("v=spf1 ip6:2001:db8::/32 -all", "192.0.2.1", "fail"),
        ("v=spf1 ip4:192.0.2.1 -all", "::ffff:192.0.2.1", "pass"),
        ("v=spf1 a -all", "2001:db8::cb01", "pass"),
        ("v=spf1 a//64 -all", "2001:db8::1234", "pass"),
        ("v=spf1 a/24//64 -all", "192.0.2.200", "pass"),
        ("v=spf1 mx//127 -all", "2001:db8::", "pass"),
        ("v=spf1 exists:%{l}.mobile-users._spf.%{d} -all", "198.51.100.1", "fail"),
        ("v=spf1 ~all", "198.51.100.1", "softfail"),
        ("v=spf1 ?all", "198.51.100.1", "neutral"),
        ("v=spf1", "198.51.100.1", "neutral"),
        ("V=SPF1 -ALL", "198.51.100.1", "fail"),
        ("v=spf1  a   -all ", "192.0.2.10", "pass"),
        ("v=spf1 unknown=x%{c}y -all", "198.51.100.1", "fail"),
        ("v=spf1 -all exp=explain.%{d}", "198.51.100.1", "fail"),
        ("v=spf10 -all", "198.51.100.1", "none"),
        (None, "198.51.100.1", "none"),
    ],
)
async def test_mechanisms(record: str | None, ip: str, wanted: str) -> None:
    assert await check(record, ip) == wanted


@pytest.mark.parametrize(
    "record",
    [
        "v=spf1 al",
        "v=spf1 all:x",
        "v=spf1 all/8",
        "v=spf1 a:",
        "v=spf1 a:foo",
        "v=spf1 a:foo.123",
        "v=spf1 a/33",
        "v=spf1 a//129",
        "v=spf1 a/08",
        "v=spf1 a/",
        "v=spf1 mx:%{x}.example.com",
        "v=spf1 mx:%(d)",
        "v=spf1 a:%{d0}.com",
        "v=spf1 include",
        "v=spf1 exists",
        "v=spf1 include:",
        "v=spf1 ip4",
        "v=spf1 ip4:1.2.3",
        "v=spf1 ip4:1.2.3.4/33",
        "v=spf1 ip4:1.2.3.4/",
        "v=spf1 ip4:::1",
        "v=spf1 ip6:1.2.3.4",
        "v=spf1 ip6:fe80::1%eth0",
        "v=spf1 ptr/24",
        "v=spf1 redirect=a.test redirect=b.test",
        "v=spf1 exp=a.test exp=a.test",
        "v=spf1 redirect=",
        "v=spf1 a.b=%",
        "v=spf1 -all moo:x",
        "v=spf1 ++all",
        "v=spf1 a\tmx",
        "v=spf1 -all é",
    ],
)
async def test_a_fault_anywhere_is_permanent_even_behind_a_match(record: str) -> None:
    assert await check(record.replace("v=spf1", "v=spf1 +ip4:192.0.2.10")) == "permerror"


async def test_two_records_are_a_permanent_error() -> None:
    lookups = world()
    lookups.add("txt", "example.com", "v=spf1 -all", "other text")
    assert await check("v=spf1 +all", lookups=lookups) == "permerror"


@pytest.mark.parametrize(
    ("inner", "wanted"),
    [
        ("v=spf1 +all", "pass"),
        ("v=spf1 -all", "softfail"),
        ("v=spf1 ~all", "softfail"),
        ("v=spf1 ?all", "softfail"),
        ("v=spf1 foo", "permerror"),
        (None, "permerror"),
    ],
)
async def test_include(inner: str | None, wanted: str) -> None:
    lookups = world()
    if inner is not None:
        lookups.add("txt", "inner.test", inner)
    assert await check("v=spf1 include:inner.test ~all", lookups=lookups) == wanted


@pytest.mark.parametrize(
    ("record", "target", "wanted"),
    [
        ("v=spf1 redirect=inner.test", "v=spf1 -all", "fail"),
        ("v=spf1 redirect=inner.test", "v=spf1", "neutral"),
        ("v=spf1 redirect=inner.test", None, "permerror"),
        ("v=spf1 ?all redirect=inner.test", "v=spf1 -all", "neutral"),
        ("v=spf1 redirect=inner.test ip4:192.0.2.10", "v=spf1 -all", "pass"),
    ],
)
async def test_redirect(record: str, target: str | None, wanted: str) -> None:
    lookups = world()
    if target is not None:
        lookups.add("txt", "inner.test", target)
    assert await check(record, lookups=lookups) == wanted


async def test_the_current_domain_is_that_of_the_record() -> None:
    lookups = world()
    lookups.add("txt", "inner.test", "v=spf1 exists:%{d}.%{o}.check.test -all")
    lookups.add("a", "inner.test.example.com.check.test", "127.0.0.2")
    assert await check("v=spf1 include:inner.test -all", lookups=lookups) == "pass"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("%{s}", "strong-bad@email.example.com"),
        ("%{o}", "email.example.com"),
        ("%{d}", "email.example.com"),
        ("%{d4}", "email.example.com"),
        ("%{d3}", "email.example.com"),
        ("%{d2}", "example.com"),
        ("%{d1}", "com"),
        ("%{dr}", "com.example.email"),
        ("%{d2r}", "example.email"),
        ("%{l}", "strong-bad"),
        ("%{l-}", "strong.bad"),
        ("%{lr}", "strong-bad"),
        ("%{lr-}", "bad.strong"),
        ("%{l1r-}", "strong"),
        ("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"),
        ("%{lr-}.lp._spf.%{d2}", "bad.strong.lp._spf.example.com"),
        ("%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}", "3.2.0.192.in-addr.strong.lp._spf.example.com"),
        ("%{d2}.trusted-domains.example.net", "example.com.trusted-domains.example.net"),
        ("%%%_%-", "% %20"),
        ("%{S}", "strong-bad%40email.example.com"),
    ],
)
def test_the_macros_of_the_rfc(text: str, wanted: str) -> None:
    """RFC 7208 §7.4."""
    values = {
        "s": "strong-bad@email.example.com",
        "l": "strong-bad",
        "o": "email.example.com",
        "d": "email.example.com",
        "i": "192.0.2.3",
        "v": "in-addr",
    }
    assert spf_macros.expand(text, values) == wanted


async def test_addresses_of_ipv6_are_nibbles() -> None:
    lookups = world()
    name = "1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6._spf.example.com"
    lookups.add("a", name, "127.0.0.2")
    assert await check("v=spf1 exists:%{ir}.%{v}._spf.%{d} -all", "2001:db8::cb01", lookups=lookups) == "pass"


async def test_the_null_sender_is_the_postmaster_of_helo() -> None:
    lookups = world()
    lookups.add("txt", "mail.example.com", "v=spf1 exists:%{l}.%{o}.%{h}.check.test -all")
    lookups.add("a", "postmaster.mail.example.com.mail.example.com.check.test", "127.0.0.2")
    found = await spf.check(
        lookups, "192.0.2.1", "mail.example.com", sender="@mail.example.com", helo="mail.example.com"
    )
    assert found is Result.PASS


@pytest.mark.parametrize(
    ("names", "wanted"), [(["example.com"], "pass"), (["a.example.com", "x.test"], "fail")]
)
async def test_the_macro_p(names: list[str], wanted: str) -> None:
    lookups = world()
    lookups.records["ptr"]["192.0.2.10"] = names
    lookups.add("a", "a.example.com", "192.0.2.10")
    lookups.add("a", "example.com.p.test", "127.0.0.2")
    assert await check("v=spf1 exists:%{p}.p.test -all", lookups=lookups) == wanted


@pytest.mark.parametrize(("count", "wanted"), [(10, "fail"), (11, "permerror")])
async def test_ten_terms_ask_dns(count: int, wanted: str) -> None:
    record = "v=spf1 " + " ".join(["a:mail-a.example.com"] * count) + " -all"
    assert await check(record) == wanted


@pytest.mark.parametrize(("count", "wanted"), [(2, "fail"), (3, "permerror")])
async def test_two_answers_may_be_empty(count: int, wanted: str) -> None:
    record = "v=spf1 " + " ".join(f"a:no{n}.example.com" for n in range(count)) + " -all"
    assert await check(record) == wanted


@pytest.mark.parametrize(("count", "wanted"), [(10, "fail"), (11, "permerror")])
async def test_ten_hosts_of_a_domain(count: int, wanted: str) -> None:
    lookups = world()
    lookups.records["mx"]["example.com"] = [f"m{n}.example.com" for n in range(count)]
    assert await check("v=spf1 mx -all", lookups=lookups) == wanted


async def test_more_names_of_an_address_than_ten_are_not_looked_at() -> None:
    lookups = world()
    names = [f"n{n}.example.com" for n in range(12)]
    lookups.records["ptr"]["192.0.2.10"] = names
    lookups.add("a", "n11.example.com", "192.0.2.10")
    assert await check("v=spf1 ptr -all", lookups=lookups) == "fail"
    assert sum(count for (name, _), count in lookups.asked.items() if name in names) == 10


@pytest.mark.parametrize("loop", ["include:example.com", "redirect=example.com"])
async def test_a_record_that_leads_to_itself_ends(loop: str) -> None:
    lookups = world()
    assert await check(f"v=spf1 {loop}", lookups=lookups) == "permerror"
    assert lookups.asked["example.com", "txt"] == 11


@pytest.mark.parametrize("failing", ["example.com", "inner.test", "mail-a.example.com"])
async def test_silence_of_dns_is_temporary(failing: str) -> None:
    lookups = world()
    lookups.failing.add(failing)
    lookups.add("txt", "inner.test", "v=spf1 a:mail-a.example.com -all")
    assert await check("v=spf1 include:inner.test -all", lookups=lookups) == "temperror"


async def test_silence_about_names_of_the_address_is_no_match() -> None:
    lookups = world()
    lookups.failing.add("192.0.2.10")
    assert await check("v=spf1 ptr -all", lookups=lookups) == "fail"


@pytest.mark.parametrize("domain", ["localhost", "[192.0.2.1]", "a..b", "x" * 64 + ".test", "", "é.test"])
async def test_what_is_no_domain_has_no_policy(domain: str) -> None:
    lookups = world()
    assert await spf.check(lookups, "192.0.2.1", domain, sender=f"a@{domain}", helo="x.test") is Result.NONE
    assert not lookups.asked


async def test_a_long_expansion_is_cut_from_the_left() -> None:
    lookups = world()
    sender = "a." * 30 + "z@example.com"
    lookups.add("a", ("a." * 120 + "z.example.com")[-253:].partition(".")[2], "127.0.0.2")
    assert (
        await check("v=spf1 exists:%{l}.%{l}.%{l}.%{l}.%{d} -all", sender=sender, lookups=lookups) == "fail"
    )
    assert all(len(name) <= 253 for name, _ in lookups.asked)


@given(st.binary(max_size=200))
def test_any_record_is_read_or_refused(rest: bytes) -> None:
    with suppress(InvalidSyntax):
        spf_record.parse(b"v=spf1 " + rest)


@given(
    st.lists(st.sampled_from(["a", "mx", "%{d}", "ip4:1.2.3.4", "/24", "//64", ":", "x.test", "=", " ", "-"]))
)
async def test_pieces_of_grammar_never_raise(pieces: list[str]) -> None:
    await check("v=spf1 " + "".join(pieces))
